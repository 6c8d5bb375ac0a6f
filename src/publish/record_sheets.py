"""Sheets of records: a table of the contract, or one made in its likeness, as an Excel table under one heading row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from publish.contract import Column
from publish.layout import lines_in, pages_across, set_height, widths
from publish.sheets import (
    EXACT_DIGITS,
    MAX_LINKS,
    TRUE_OR_FALSE,
    Book,
    Write,
    complete_date,
    exact_number,
    number_format,
    parts,
    prepare_table,
)

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Record = Sequence[str]
Target = Callable[[Record, str], str]
"""Where a link of a record leads, by what its cell shows: an address as XlsxWriter takes it, or nothing."""

FIRST: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "checks": ("status", ("differs", "cannot_check", "rounding", "no_total", "agrees")),
    "review": ("severity", ("high", "medium", "low")),
}
"""The tables whose records a sheet shows in another order than the CSV file, so that what matters stands on top."""

SHADED: Final[Mapping[str, tuple[str, str]]] = {
    "figures": ("doubted", "TRUE"),
    "checks": ("status", '"differs"'),
    "review": ("severity", '"high"'),
}
"""The rows of a table that are shaded: those with this value, as a formula writes it, in this column."""

_FILTER_BUTTON: Final = 3
_NAMES: Final = frozenset({"paper_id", "source_path", "table_id", "table_caption"})
"""Columns that repeat from row to row: they are kept narrow, and their texts on one line."""
_NAME_WIDTH: Final = 20
_MOST_HEIGHTS: Final = 50_000
"""A height for every row takes memory: a longer sheet leaves it to the program that opens it."""
_SHORT: Final = 1_000
"""A sheet may have so many links, however many there are in others."""
_GROUPS: Final = frozenset({"paper_id", "table_id"})


@dataclass(frozen=True, slots=True)
class Listing:
    """What one sheet of records, or a few for a long table, is made of.

    Attributes:
        name: of the sheet; a second one is called `name_2`.
        about: what it holds.
        columns: as in the contract.
        lengths: the longest line of each column.
        elsewhere: the file that holds whole what a sheet has to cut.
        links: for the name of a column where its values lead; the first one is the most important.
        folded: keep the names of papers, files and tables narrow, on one line.
    """

    name: str
    about: str
    columns: Sequence[Column]
    lengths: Sequence[int]
    elsewhere: str
    links: Mapping[str, Target] = field(default_factory=dict)
    folded: bool = True

    def position(self, name: str) -> int:
        """Where a column stands, from 0."""
        return [column.name for column in self.columns].index(name)


def ordered(name: str, columns: Sequence[Column], read: Callable[[], Iterable[Record]]) -> Iterator[Record]:
    """The records of a table in the order of its sheet. They are read anew for every value that goes first."""
    if name not in FIRST:
        yield from read()
        return
    key, values = FIRST[name]
    position = [column.name for column in columns].index(key)
    for value in values:
        yield from (record for record in read() if record[position] == value)


def to_sheet(name: str, row: int = 1) -> str:
    """The address of a row of another sheet of the same workbook."""
    return f"internal:'{name}'!A{row}"


def to_file(path: str, inside: str) -> str:
    """The address of a place inside another file, whose path is relative to the workbook."""
    return f"external:{path}#{inside}"


def to_review(above: str) -> Target:
    """Links to a paper in the review page, and to a place in it if the cell is a place.

    Args:
        above: the way from the workbook's folder to the output folder: nothing, or `../../`.
    """

    def target(record: Record, shown: str) -> str:
        paper = quote(record[0], safe="")
        inside = paper if shown == record[0] else f"{paper}/{quote(shown, safe='')}"
        return to_file(f"{above}review/index.html", inside)

    return target


def add_sheets(book: Book, name: str, rows: int, most: int) -> list[tuple[Worksheet, int]]:
    """Add the sheets that a table of so many rows needs; with each comes the number of its rows."""
    return [(book.sheet(part), count) for part, count in parts(name, rows, most)]


def write_listing(
    book: Book, sheets: Iterable[tuple[Worksheet, int]], listing: Listing, records: Iterable[Record]
) -> None:
    """Write records into the sheets that were added for them."""
    left = iter(records)
    for sheet, count in sheets:
        _write_sheet(book, sheet, listing, islice(left, count), count)


def _write_sheet(book: Book, sheet: Worksheet, listing: Listing, records: Iterator[Record], count: int) -> None:
    columns = listing.columns
    headings = {column.name: book.heading(over_numbers=_is_number(column)) for column in columns}
    book.mark_up(sheet, listing.about, headings, count)
    wide = _widths(listing)
    for position, width in enumerate(wide):
        sheet.set_column(position, position, width)
    sheet.freeze_panes(1, 1)
    prepare_table(sheet, 1, pages_across(wide))
    _shade(book, sheet, listing, count)
    writers = [_writer(book, sheet, column, listing) for column in columns]
    wrapped = [_is_wrapped(column, listing) for column in columns]
    links = _Links(book, sheet, listing, count)
    for row, record in enumerate(records, start=1):
        lines = 1
        linked = links.write(row, record)
        for position, text in enumerate(record):
            if text and position not in linked:
                shown = writers[position](row, position, text)
                if wrapped[position] and (len(shown) >= wide[position] or "\n" in shown):
                    lines = max(lines, lines_in(shown, wide[position]))
        if count <= _MOST_HEIGHTS:
            set_height(sheet, row, lines)


def _widths(listing: Listing) -> list[int]:
    lengths = [
        _length(column, length, listing) for column, length in zip(listing.columns, listing.lengths, strict=True)
    ]
    least = [
        max(len(column.name) + _FILTER_BUTTON, length if _is_number(column) else 0)
        for column, length in zip(listing.columns, lengths, strict=True)
    ]
    return widths(lengths, least)


def _length(column: Column, longest: int, listing: Listing) -> int:
    if _is_number(column):
        return longest + longest // 3  # with its separators
    return longest if _is_wrapped(column, listing) else min(longest, _NAME_WIDTH)


def _is_number(column: Column) -> bool:
    return column.type in {"integer", "number"}


def _is_wrapped(column: Column, listing: Listing) -> bool:
    return column.type == "string" and not (listing.folded and column.name in _NAMES)


def _shade(book: Book, sheet: Worksheet, listing: Listing, count: int) -> None:
    """Shade the rows that a person should look at. A column of them says so in words, and can be filtered."""
    if listing.name not in SHADED:
        return
    name, value = SHADED[listing.name]
    from xlsxwriter.utility import xl_col_to_name

    column = listing.position(name)
    rule = {"type": "formula", "criteria": f"=${xl_col_to_name(column)}2={value}", "format": book.shade()}
    sheet.conditional_format(1, 0, count, len(listing.columns) - 1, rule)


class _Links:
    """Writes the linked cells of a sheet.

    A sheet can hold so many links; a whole book gets no more than one sheet could hold, since they stay in memory to
    the end. With more rows than there is room for, only the first row of each table, or of each paper, is linked. A
    short sheet always has its links. The book notes the name of a sheet that lacks some.
    """

    def __init__(self, book: Book, sheet: Worksheet, listing: Listing, count: int) -> None:
        self._book = book
        self._sheet = sheet
        every = [(listing.position(name), target) for name, target in listing.links.items()]
        self._left = max(MAX_LINKS - book.links, _SHORT)
        self._first_only = count > self._left
        self._targets = every if self._first_only else every[: max(1, self._left // count)]
        self._groups = [at for at, column in enumerate(listing.columns) if column.name in _GROUPS]
        self._last: list[str] = []
        if len(self._targets) < len(every) or (every and self._first_only):
            book.unlinked.append(sheet.get_name())

    def write(self, row: int, record: Record) -> Collection[int]:
        """Write the links of one row, and return the columns that are done with."""
        if self._first_only:
            group = [record[position] for position in self._groups]
            if group == self._last:
                return ()
            self._last = group
        done = []
        for position, target in self._targets:
            text = record[position]
            address = target(record, text) if text and self._left else ""
            if address and self._book.link(self._sheet, row, position, address, text):
                self._left -= 1
                self._book.links += 1
                done.append(position)
        return done


def _writer(book: Book, sheet: Worksheet, column: Column, listing: Listing) -> Write:
    """Make the function that writes one text of this column as a cell; it returns what the cell shows."""
    look = {} if _is_wrapped(column, listing) or column.type != "string" else {"text_wrap": False}
    as_text = book.writer(sheet, listing.elsewhere, **look)
    truth = book.format(num_format=TRUE_OR_FALSE, align="left")
    whole = book.format(num_format=number_format(Decimal(0)))
    date = book.format(num_format="yyyy-mm-dd", align="left")

    def as_boolean(row: int, position: int, text: str) -> str:
        sheet.write_boolean(row, position, text == "true", truth)
        return text

    def as_number(row: int, position: int, text: str) -> str:
        if len(text) <= EXACT_DIGITS and text.isdecimal():
            sheet.write_number(row, position, int(text), whole)
            return text
        value = Decimal(text)
        exact = exact_number(value)
        if exact is None:
            return as_text(row, position, text)
        sheet.write_number(row, position, exact, book.format(num_format=number_format(value)))
        return text

    def as_date(row: int, position: int, text: str) -> str:
        day = complete_date(text)
        if day is None:
            return as_text(row, position, text)
        sheet.write_datetime(row, position, day, date)
        return text

    if column.is_date:
        return as_date
    return {"string": as_text, "boolean": as_boolean, "integer": as_number, "number": as_number}[column.type]
