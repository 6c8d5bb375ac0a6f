"""The workbook of one paper: a contents sheet, then one table a sheet, as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from papers.records import Grid, GridCell
from publish.csv_files import cells_by_row, plain_lines
from publish.sheets import (
    GAP,
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    Layout,
    exact_number,
    number_format,
    prepare_print,
    prepare_table,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_DOUBT: Final = "Doubted: compare this with the paper before relying on it. See review.csv."
_HEAVY_ROWS: Final = frozenset({"header", "subtotal", "total"})
_SCALES: Final = (Decimal(1), Decimal(1_000), Decimal(1_000_000))
_HEADINGS: Final = ("table", "caption", "unit", "rows", "columns", "repaired cells", "supplied cells", "doubted cells")
_FIRST_COUNT: Final = 3
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


def table_name(grid: Grid) -> str:
    """The name of a table's sheet and of its file: `table-01`."""
    return f"table-{grid.number:02d}"


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


def write_paper_workbook(path: Path, facts: Mapping[str, str], grids: Sequence[Grid], scratch: Path) -> None:
    """Write all tables of one paper, each on a sheet of its own that begins at A1 with its first printed row.

    Args:
        path: the workbook to make.
        facts: what the contents sheet says of the paper: labels and texts.
        grids: its tables, in order.
        scratch: a folder for temporary files.
    """
    title = f"Tables of {path.stem}"
    book = Book(path, title, "One table a sheet, as printed. Doubts are in review.csv.", scratch)
    contents = book.sheet("Contents")
    listed = []
    for grid in grids:
        rows = cells_by_row(grid)
        parts = [rows[start : start + MAX_ROWS] for start in range(0, len(rows), MAX_ROWS)] or [[]]
        for number, part in enumerate(parts, start=1):
            name = table_name(grid) if number == 1 else f"{table_name(grid)}_{number}"
            _write_table(book, book.sheet(name), part, f"{table_name(grid)}.csv")
            listed.append((name, grid))
    _write_contents(book, contents, facts, listed)
    book.finish()


def _write_table(book: Book, sheet: Worksheet, rows: Sequence[Sequence[GridCell]], elsewhere: str) -> None:
    layout = Layout()
    for row, cells in enumerate(rows):
        for cell in cells:
            if cell.column < MAX_COLUMNS:
                layout.see(cell.column - 1, _write_cell(book, sheet, row, cell, elsewhere))
        if cells and cells[-1].column >= MAX_COLUMNS:
            book.cut += 1
            sheet.write_string(row, MAX_COLUMNS - 1, f"(continues: see {elsewhere})", book.format())
        layout.end_row(sheet, row)
    layout.end_sheet(sheet)
    header_rows = len(list(takewhile(lambda cells: any(cell.row_type == "header" for cell in cells), rows)))
    if 0 < header_rows < len(rows):
        sheet.freeze_panes(header_rows, 0)
    prepare_table(sheet, header_rows)


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
        return book.text(sheet, row, column, plain_lines(cell.text), elsewhere, **look)
    if look:
        sheet.write_blank(row, column, None, book.format(**look))
    return ""


def _look(cell: GridCell) -> dict[str, Any]:
    """Bold for headers and totals; a doubted cell is shaded, which only repeats what its comment says."""
    bold = {"bold": True} if cell.row_type in _HEAVY_ROWS else {}
    return {**bold, "bg_color": "#FFF2CC"} if cell.doubted else bold


def _write_contents(book: Book, sheet: Worksheet, facts: Mapping[str, str], listed: Sequence[tuple[str, Grid]]) -> None:
    """Write the first sheet last: only then is known what the others could not show as it is."""
    top = book.facts(sheet, facts, "papers.csv") + 1
    for column, heading in enumerate(_HEADINGS):
        book.header(sheet, top, column, heading, over_numbers=column >= _FIRST_COUNT)
    for row, (name, grid) in enumerate(listed, start=top + 1):
        book.link(sheet, row, 0, name)
        book.text(sheet, row, 1, plain_lines(grid.caption), "tables.csv")
        book.text(sheet, row, 2, plain_lines(grid.unit), "tables.csv")
        marks = [sum(getattr(cell, mark) for cell in grid.cells) for mark in ("repaired", "supplied", "doubted")]
        for column, count in enumerate((grid.rows, grid.columns, *marks), start=_FIRST_COUNT):
            sheet.write_number(row, column, count, book.format(num_format=number_format(Decimal(count))))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 64)
    sheet.set_column(2, len(_HEADINGS) - 1, 15)
    prepare_print(sheet)
