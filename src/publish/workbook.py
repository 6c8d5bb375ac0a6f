"""The workbook of a whole run: a cover, then one sheet for every table of the contract that has rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from publish.contract import ISO_DATE, Column, Table
from publish.csv_files import read_rows
from publish.schema import named
from publish.sheets import (
    MAX_ROWS,
    TRUE_OR_FALSE,
    Book,
    Layout,
    complete_date,
    exact_number,
    number_format,
    prepare_print,
    prepare_table,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEETS: Final = (
    "papers",
    "work_plan",
    "figures",
    "checks",
    "recommendations",
    "sections",
    "tables",
    "links",
    "review",
    "repairs",
)
"""The tables that get a sheet, in order. `cells` is left to the CSV: it is for programs, and far too long to read."""

# XlsxWriter can mark a range up as an Excel table only when it holds the whole workbook in memory. Up to this many
# cells that is about 200 MB; a larger run is written row by row, with the filter but without the table.
CELLS_IN_MEMORY: Final = 300_000

_TITLE: Final = "Committee papers"
_NOTES: Final = {
    "What this is": (
        "What committee-papers read in archived committee papers, for sorting, counting and citing. The CSV files "
        "beside this workbook hold the same tables, and are the record: a sheet can't show everything that a paper "
        "can hold. What every column means is said in datapackage.json."
    ),
    "How to cite": (
        "Give the paper_id and the place: the page and the box on it in points from the top left corner, or the line "
        "and its characters, or the path of the HTML element. source_path and source_sha256 in the sheet papers tell "
        "exactly which file was read."
    ),
    "repaired": "A repair changed this text. The sheet repairs shows it before and after, and gives the reason.",
    "supplied": (
        "Some characters were not legible and were supplied on evidence. The sheet repairs shows them in square "
        "brackets: community enga[gement]."
    ),
    "doubted": "A person should compare this with the paper before relying on it. See the sheet review.",
    "[…]": "Something is lost here, and could not be supplied.",
    "Empty cells": "Nothing was printed, or it is not known. A printed dash (nil) is kept as a fact of its own.",
    "Totals": "Totals are as printed. The sheet checks holds them against the sums of their parts.",
}

_Write = Callable[["Worksheet", int, int, str], str]


def write_run_workbook(
    path: Path,
    files: Mapping[str, Path],
    rows: Mapping[str, int],
    scratch: Path,
    *,
    cells_in_memory: int = CELLS_IN_MEMORY,
    rows_per_sheet: int = MAX_ROWS,
) -> None:
    """Write the workbook of a run from its finished CSV files, reading each of them once.

    Args:
        path: the workbook to make.
        files: where the CSV file of each table of the contract is.
        rows: how many records each of them holds.
        scratch: a folder for temporary files.
        cells_in_memory: above this many cells nothing is held in memory, and sheets are not marked up as tables.
        rows_per_sheet: a longer table goes on in another sheet.
    """
    tables = [named(name) for name in SHEETS if rows[name]]
    large = sum(rows[table.name] * len(table.columns) for table in tables) > cells_in_memory
    book = Book(path, _TITLE, "Every text and figure leads to its place in a paper.", scratch, row_by_row=large)
    cover = book.sheet("Cover")
    listed: list[tuple[str, str, int]] = []
    statuses: dict[str, int] = {}
    for table in tables:
        records = read_rows(files[table.name])
        if table.name == "papers":
            records = _counting(records, statuses)
        for name, count in _parts(table.name, rows[table.name], rows_per_sheet - 1):
            _write_sheet(book, book.sheet(name), table, islice(records, count), count, marked_up=not large)
            listed.append((name, table.description, count))
        _run_out(records)
    _write_cover(book, cover, statuses, listed, rows["cells"])
    book.finish()


def _parts(name: str, rows: int, most: int) -> Iterator[tuple[str, int]]:
    """The sheets that so many rows need: their names, and how many rows each takes."""
    for number, start in enumerate(range(0, rows, most), start=1):
        yield (name if number == 1 else f"{name}_{number}"), min(most, rows - start)


def _write_sheet(
    book: Book, sheet: Worksheet, table: Table, records: Iterator[list[str]], count: int, *, marked_up: bool
) -> None:
    last = len(table.columns) - 1
    looks = [book.heading(over_numbers=column.type in {"integer", "number"}) for column in table.columns]
    if marked_up:
        columns = [
            {"header": column.name, "header_format": look} for column, look in zip(table.columns, looks, strict=True)
        ]
        style = "Table Style Light 1"
        sheet.add_table(0, 0, count, last, {"name": sheet.get_name(), "columns": columns, "style": style})
    else:
        sheet.autofilter(0, 0, count, last)
    layout = Layout()
    for position, (column, look) in enumerate(zip(table.columns, looks, strict=True)):
        sheet.write_string(0, position, column.name, look)
        layout.see(position, column.name + "   ")  # the filter's button takes room
    writers = [_writer(book, column, f"{table.name}.csv") for column in table.columns]
    for row, record in enumerate(records, start=1):
        for position, text in enumerate(record):
            if text:
                layout.see(position, writers[position](sheet, row, position, text))
        if marked_up:  # a height for every row takes memory, which a large run is to be spared
            layout.end_row(sheet, row)
    layout.end_sheet(sheet)
    sheet.freeze_panes(1, 0)
    prepare_table(sheet, header_rows=1)


def _writer(book: Book, column: Column, elsewhere: str) -> _Write:
    """Make the function that writes one text of this column's CSV file as a cell; it returns what the cell shows."""

    def as_text(sheet: Worksheet, row: int, position: int, text: str) -> str:
        return book.text(sheet, row, position, text, elsewhere)

    def as_boolean(sheet: Worksheet, row: int, position: int, text: str) -> str:
        sheet.write_boolean(row, position, text == "true", book.format(num_format=TRUE_OR_FALSE, align="left"))
        return text

    def as_number(sheet: Worksheet, row: int, position: int, text: str) -> str:
        value = Decimal(text)
        exact = exact_number(value)
        if exact is None:
            return as_text(sheet, row, position, text)
        sheet.write_number(row, position, exact, book.format(num_format=number_format(value)))
        return f"{value:,}"

    def as_date(sheet: Worksheet, row: int, position: int, text: str) -> str:
        day = complete_date(text)
        if day is None:
            return as_text(sheet, row, position, text)
        sheet.write_datetime(row, position, day, book.format(num_format="yyyy-mm-dd", align="left"))
        return text

    if column.pattern == ISO_DATE:
        return as_date
    return {"string": as_text, "boolean": as_boolean, "integer": as_number, "number": as_number}[column.type]


def _counting(records: Iterator[list[str]], statuses: dict[str, int]) -> Iterator[list[str]]:
    """Pass rows of `papers` through, and count how many have which status."""
    position = [column.name for column in named("papers").columns].index("status")
    for record in records:
        statuses[record[position]] = statuses.get(record[position], 0) + 1
        yield record


def _run_out(records: Iterator[list[str]]) -> None:
    """Reach the end of a file, so that it is closed at once."""
    for _ in records:
        raise AssertionError("more rows in the file than were written")


def _write_cover(
    book: Book, cover: Worksheet, statuses: Mapping[str, int], sheets: Sequence[tuple[str, str, int]], cells: int
) -> None:
    """Write the first sheet, last of all: only then is known what the others could not show as it is."""
    by_status = ", ".join(f"{count:,} {status}" for status, count in sorted(statuses.items()))
    papers = f"{sum(statuses.values()):,} papers" + (f": {by_status}" if by_status else "")
    row = book.facts(cover, {_TITLE: papers, **_NOTES}, "datapackage.json") + 1
    layout = Layout()
    not_here = ("cells.csv", f"{named('cells').description} Not in this workbook.", cells)
    for name, description, count in (*sheets, not_here):
        if name == not_here[0]:
            cover.write_string(row, 0, name, book.format())
        else:
            book.link(cover, row, 0, name)
        layout.see(1, book.text(cover, row, 1, f"{description} {count:,} rows.", ""))
        layout.end_row(cover, row)
        row += 1
    cover.set_column(0, 0, 22)
    cover.set_column(1, 1, 72)
    prepare_print(cover)
