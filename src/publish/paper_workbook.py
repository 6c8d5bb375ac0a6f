"""The workbook of one paper: what it is, its tables as printed, each on a sheet, and what was read in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from papers.records import Grid, GridCell
from publish.contract import integer, text
from publish.csv_files import cells_by_row, plain_lines
from publish.front_sheets import (
    ABOUT,
    CONTENTS,
    COVER,
    HOW_TO_CITE,
    NOTES,
    WHAT_THIS_IS,
    lengths,
    notes,
    notes_listing,
    write_cover,
    write_leads,
)
from publish.layout import line_length, lines_in, pages_across, set_height, widths
from publish.names import sheet_name
from publish.record_sheets import Listing, Record, Target, add_sheets, ordered, to_review, to_sheet, write_listing
from publish.schema import named
from publish.sheets import DOUBT_FILL, GAP, MAX_COLUMNS, MAX_ROWS, Book, exact_number, parts, prepare_table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST: Final = ("review", "checks")
LAST: Final = ("work_plan", "figures", "repairs")
"""The tables of the contract that get a sheet before and after the paper's own, if it has rows in them."""

_ABOVE: Final = "../../"
_DOUBT: Final = "Doubted: compare this with the paper before relying on it. The sheet review says why."
_HEAVY_ROWS: Final = frozenset({"header", "subtotal", "total"})
_SCALES: Final = (Decimal(1), Decimal(1_000), Decimal(1_000_000))
_LISTED: Final = (
    text("sheet", "Name of the sheet.", required=True),
    text("caption", "Caption of the table, or what the sheet holds."),
    text("unit", "Unit that the table states for its figures."),
    *(integer(name, "") for name in ("rows", "columns", "repaired_cells", "supplied_cells", "doubted_cells")),
)
_AS_ZEROS: Final = str.maketrans("123456789", "0" * 9)
_PRINTED = re.compile(
    r"(?P<open>\()?(?P<minus>[-\u2212])?(?P<sign>[£$€])?(?P<late_minus>[-\u2212])?"
    r"(?P<whole>0|[1-9][0-9]{0,2}(?P<thousands>,[0-9]{3})+|[1-9][0-9]*)(?P<decimals>\.[0-9]+)?(?P<percent>%)?(?P<close>\))?"
)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed, and the number format that shows it so again."""

    value: Decimal
    format: str


def printed_number(cell: GridCell) -> PrintedNumber | None:
    """The number that a cell prints, if the whole of its text is a number and its reading agrees.

    In a table of thousands `1,109` is read as 1109000; its sheet shows the table as printed, so 1,109 it is. None for
    any text that a number with a number format would not show as it was printed (`0012`, `2005/06`, `£9.8m`), and
    for one with more digits than a sheet can hold.
    """
    match = _PRINTED.fullmatch(cell.text.strip())
    if match is None or cell.value is None:
        return None
    part = match.groupdict(default="")
    bracketed = bool(part["open"])
    if bracketed != bool(part["close"]) or bracketed + bool(part["minus"]) + bool(part["late_minus"]) > 1:
        return None
    value = Decimal(part["whole"].replace(",", "") + part["decimals"])
    if bracketed or part["minus"] or part["late_minus"]:
        value = -value
    if not any(value * scale == cell.value for scale in _SCALES) or exact_number(value) is None:
        return None
    digits = ("#,##0" if part["thousands"] else "0") + part["decimals"].translate(_AS_ZEROS)
    sign, percent = (f'"{part["sign"]}"' if part["sign"] else ""), ('"%"' if part["percent"] else "")
    shown = f"{sign}{digits}{percent}"
    if bracketed:
        return PrintedNumber(value, f"{shown}{GAP};({shown})")
    if part["late_minus"]:
        return PrintedNumber(value, f"{shown}{GAP};{sign}-{digits}{percent}{GAP}")
    return PrintedNumber(value, shown + GAP)


def write_paper_workbook(
    path: Path,
    facts: Mapping[str, str],
    grids: Sequence[Grid],
    rows: Mapping[str, Sequence[Record]],
    scratch: Path,
    *,
    rows_per_sheet: int = MAX_ROWS,
) -> None:
    """Write all tables of one paper, each on a sheet of its own that begins at A1 with its first printed row.

    Args:
        path: the workbook to make.
        facts: what the cover says of the paper: labels and texts.
        grids: its tables, in order.
        rows: for the name of a table of the contract its finished records for this paper.
        scratch: a folder for temporary files.
        rows_per_sheet: a longer table goes on in another sheet.
    """
    title = f"Tables of {path.stem}"
    book = Book(path, title, "The tables of one committee paper, as printed, and what was read in them", scratch)
    fronts = {name: book.sheet(name) for name in (COVER, CONTENTS, NOTES)}
    most = rows_per_sheet - 1
    first = {name: add_sheets(book, name, len(rows.get(name, ())), most) for name in FIRST}
    drawn = [(grid, [book.sheet(name) for name, _ in _parts(grid, rows_per_sheet)]) for grid in grids]
    last = {name: add_sheets(book, name, len(rows.get(name, ())), most) for name in LAST}

    for grid, sheets in drawn:
        _write_grid(book, sheets, grid, rows_per_sheet)
    links = _links(grids)
    for name, sheets in {**first, **last}.items():
        if sheets:
            _write_records(book, sheets, name, rows[name], links)
    entries = list(_contents(grids, rows, rows_per_sheet))
    targets = {"sheet": lambda _, sheet: to_sheet(sheet)}
    write_listing(
        book,
        [(fronts[CONTENTS], len(entries))],
        Listing(CONTENTS, ABOUT[CONTENTS], _LISTED, lengths(entries), "", targets),
        entries,
    )
    said = list(notes(book))
    write_listing(book, [(fronts[NOTES], len(said))], notes_listing(said), said)
    about = {**facts, "What this is": WHAT_THIS_IS, "How to cite": HOW_TO_CITE}
    after = write_cover(book, fronts[COVER], title, about, "papers.csv")
    write_leads(book, fronts[COVER], after + 1, _leads(rows))
    book.finish()


def _parts(grid: Grid, rows_per_sheet: int) -> Sequence[tuple[str, int]]:
    """The sheets of a table; one without rows has an empty sheet."""
    return parts(sheet_name(grid.number), grid.rows, rows_per_sheet) or [(sheet_name(grid.number), 0)]


def _links(grids: Sequence[Grid]) -> dict[str, Target]:
    sheets = {grid.table_id: sheet_name(grid.number) for grid in grids}

    def to_table(_: Record, table_id: str) -> str:
        return to_sheet(sheets[table_id]) if table_id in sheets else ""

    return {"place": to_review(_ABOVE), "table_id": to_table}


def _write_records(
    book: Book,
    sheets: Sequence[tuple[Worksheet, int]],
    name: str,
    records: Sequence[Record],
    links: Mapping[str, Target],
) -> None:
    columns = named(name).columns
    known = {column.name for column in columns}
    used = {column: target for column, target in links.items() if column in known}
    listing = Listing(name, named(name).description, columns, lengths(records), f"{name}.csv", used)
    write_listing(book, sheets, listing, ordered(name, columns, lambda: records))


def _contents(grids: Sequence[Grid], rows: Mapping[str, Sequence[Record]], most: int) -> Iterable[list[str]]:
    def records(name: str) -> Iterable[list[str]]:
        for part, count in parts(name, len(rows.get(name, ())), most - 1):
            yield [part, named(name).description, "", str(count), str(len(named(name).columns)), "", "", ""]

    yield [NOTES, ABOUT[NOTES], *[""] * 6]
    for name in FIRST:
        yield from records(name)
    for grid in grids:
        marks = [str(sum(getattr(cell, mark) for cell in grid.cells)) for mark in ("repaired", "supplied", "doubted")]
        for part, count in _parts(grid, most):
            yield [part, plain_lines(grid.caption), plain_lines(grid.unit), str(count), str(grid.columns), *marks]
    for name in LAST:
        yield from records(name)


def _leads(rows: Mapping[str, Sequence[Record]]) -> dict[str, str]:
    leads = {name: ABOUT[name] for name in (CONTENTS, NOTES)}
    for name in FIRST:
        if rows.get(name):
            leads[name] = f"{len(rows[name]):,} rows. {named(name).description}"
    return leads


def _write_grid(book: Book, sheets: Sequence[Worksheet], grid: Grid, rows_per_sheet: int) -> None:
    rows = cells_by_row(grid)
    for number, sheet in enumerate(sheets):
        _write_table(book, sheet, rows[number * rows_per_sheet : (number + 1) * rows_per_sheet], grid)


def _write_table(book: Book, sheet: Worksheet, rows: Sequence[Sequence[GridCell]], grid: Grid) -> None:
    elsewhere = f"{sheet_name(grid.number)}.csv"
    wide = _widths(rows)
    for column, width in enumerate(wide):
        sheet.set_column(column, column, width)
    header_rows = len(list(takewhile(lambda cells: any(cell.row_type == "header" for cell in cells), rows)))
    if 0 < header_rows < len(rows):
        sheet.freeze_panes(header_rows, 0)
    prepare_table(sheet, header_rows, pages_across(wide))
    headings = _headings(rows, grid) if header_rows == 1 else []
    if headings:
        over_numbers = {cell.column for cells in rows for cell in cells if printed_number(cell)}
        looks = {
            name: book.heading(over_numbers=column in over_numbers) for column, name in enumerate(headings, start=1)
        }
        book.mark_up(sheet, grid.caption, looks, len(rows) - 1)
    for row, cells in enumerate(rows):
        lines = 1
        for cell in cells:
            if cell.column < MAX_COLUMNS and (row or not headings):
                lines = max(lines, lines_in(_write_cell(book, sheet, row, cell, elsewhere), wide[cell.column - 1]))
        if cells and cells[-1].column >= MAX_COLUMNS:
            book.cut += 1
            sheet.write_string(row, MAX_COLUMNS - 1, f"(continues: see {elsewhere})", book.format())
        set_height(sheet, row, lines)


def _widths(rows: Sequence[Sequence[GridCell]]) -> list[int]:
    """The widths of the columns, each as its cells ask that stand in it alone."""
    count = min(MAX_COLUMNS, max((cell.column for cells in rows for cell in cells), default=0))
    longest = [0] * count
    for cells in rows:
        for cell in cells:
            if cell.column <= count and cell.column_span == 1:
                longest[cell.column - 1] = max(longest[cell.column - 1], line_length(cell.text))
    return widths(longest, [8] * count)


def _headings(rows: Sequence[Sequence[GridCell]], grid: Grid) -> list[str]:
    """The headings of a table that can be marked up as an Excel table: they are all there, and all different."""
    texts = [cell.text for cell in rows[0]]
    plain = all(text.isprintable() and text.strip() and len(text) <= 255 for text in texts)
    single = all(cell.column_span == cell.row_span == 1 for cell in rows[0])
    whole = len(texts) == grid.columns <= MAX_COLUMNS and len(rows) > 1
    different = len({text.casefold() for text in texts}) == len(texts)
    return texts if plain and single and whole and different else []


def _write_cell(book: Book, sheet: Worksheet, row: int, cell: GridCell, elsewhere: str) -> str:
    """Write one cell and return what it shows."""
    column, look = cell.column - 1, _look(cell)
    if cell.doubted:
        sheet.write_comment(row, column, _DOUBT, {"author": "committee-papers"})
    number = printed_number(cell)
    if number is not None:
        sheet.write_number(row, column, float(number.value), book.format(**look, num_format=number.format))
        return cell.text
    if cell.text:
        return book.writer(sheet, elsewhere, **look)(row, column, plain_lines(cell.text))
    if look:
        sheet.write_blank(row, column, None, book.format(**look))
    return ""


def _look(cell: GridCell) -> dict[str, Any]:
    """Bold for headers and totals; a doubted cell is shaded, which only repeats what its comment says."""
    bold = {"bold": True} if cell.row_type in _HEAVY_ROWS else {}
    return {**bold, "bg_color": DOUBT_FILL} if cell.doubted else bold
