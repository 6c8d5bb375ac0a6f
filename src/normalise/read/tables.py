"""Tables as a reader sees them: header, rows by type, cells by kind, units, captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from normalise.grids import RecordTable, filled, record_tables
from normalise.read.dates import read_period
from normalise.read.money import read_money, read_number
from normalise.read.profiles import Profile
from normalise.read.units import Unit, read_unit
from papers.paper import Cell, Paper
from papers.readings import Blank, Money, Nil, Number, Percent, Period

RowType = Literal["header", "section", "item", "subtotal", "total", "note"]
CellKind = Literal["text", "money", "number", "percent", "date", "nil", "blank"]

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table. `row` and `column` count from 1 in the table, `line` and `index` from 0 in the paper.

    `value` is in base units (£000 multiplied out; percentages as printed), `step` is what its last printed place is
    worth in them (1000 under £000, 100000 for £9.8m), `iso` holds a date or a period as ISO 8601.
    """

    cell: Cell
    row: int
    column: int
    line: int
    index: int
    row_type: RowType
    kind: CellKind
    value: Decimal | None = None
    unit: str = ""
    iso: str = ""
    step: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a paper. `number` counts from 1; `start` and `end` are its lines, half open, from 0.

    `header` holds the texts of the header row, one for each column; `roles` maps a profile's roles to columns from 0,
    and is empty for a table of no profile. `caption_line` is the line its caption was taken from.
    """

    number: int
    start: int
    end: int
    caption: str
    caption_line: int | None
    profile: Profile | None
    roles: Mapping[str, int]
    header: tuple[str, ...]
    units: tuple[Unit | None, ...]
    row_types: tuple[RowType, ...]
    rows: tuple[tuple[TableCell, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return len(self.header)

    @property
    def cells(self) -> tuple[TableCell, ...]:
        """All cells, row by row."""
        return tuple(cell for row in self.rows for cell in row)

    def row(self, line: int) -> tuple[TableCell, ...]:
        """The cells of one line of the paper."""
        return self.rows[line - self.start]


def read_tables(paper: Paper) -> tuple[Table, ...]:
    """Read every table of a clean paper, in order."""
    records = {table.start: table for table in record_tables(paper)}
    tables: list[Table] = []
    for start, end in _runs(paper, records):
        tables.append(_read(paper, len(tables) + 1, start, end, records.get(start)))
    return tuple(tables)


def _runs(paper: Paper, records: Mapping[int, RecordTable]) -> Iterator[tuple[int, int]]:
    """The runs of rows, cut before each header row of a record table."""
    for start, end in paper.grids():
        cuts = [*sorted({start, *(at for at in records if start < at < end)}), end]
        yield from pairwise(cuts)


def _read(paper: Paper, number: int, start: int, end: int, record: RecordTable | None) -> Table:
    lines = paper.lines[start:end]
    width = max(len(line.cells) for line in lines)
    row_types = _row_types(paper, start, end, record)
    header = _header(paper, start, row_types, width)
    units = tuple(read_unit(text) for text in header)
    caption, caption_line = _caption(paper, start)
    roles = record.roles if record else {}
    profile = record.profile if record else None
    types = {column: profile.columns[role] for role, column in roles.items()} if profile else {}
    rows = []
    for row, (line, row_type) in enumerate(zip(lines, row_types, strict=True), start=1):
        cells = []
        for index, cell in enumerate(line.cells):
            reading = _reading(cell.text, types.get(index, ""), units[index], row_type)
            cells.append(TableCell(cell, row, index + 1, start + row - 1, index, row_type, *reading))
        rows.append(tuple(cells))
    return Table(
        number, start, end, caption, caption_line, profile, roles, header, units, tuple(row_types), tuple(rows)
    )


def _row_types(paper: Paper, start: int, end: int, record: RecordTable | None) -> list[RowType]:
    types: list[RowType] = []
    for at in range(start, end):
        texts = [cell.text for cell in paper.lines[at].cells]
        if at == start and (record or _looks_like_header(texts)):
            types.append("header")
        elif label := _total_label(texts, record):
            types.append("subtotal" if label.startswith("sub") else "total")
        elif not record and filled(paper.lines[at]) == [0]:
            types.append("section")
        else:
            types.append("item")
    return types


def _total_label(texts: Sequence[str], record: RecordTable | None) -> str:
    """What names a row a total, in lower case; empty if nothing does."""
    if record:
        return next((text.strip().casefold() for text in texts if record.profile.is_total(text)), "")
    label = next((text.strip().casefold() for text in texts if text.strip()), "")
    return label if label.startswith(("total", "grand total", "sub-total", "subtotal", "sub total")) else ""


def _looks_like_header(texts: Sequence[str]) -> bool:
    """A first row without figures, with a text in all columns but perhaps the first."""
    rest = [text.strip() for text in texts[1:]]
    return all(rest) and not any(isinstance(read_number(text), Number | Money | Percent) for text in rest)


def _header(paper: Paper, start: int, row_types: Sequence[RowType], width: int) -> tuple[str, ...]:
    if row_types[0] != "header":
        return ("",) * width
    texts = [" ".join(cell.text.split()) for cell in paper.lines[start].cells]
    return tuple(texts + [""] * (width - len(texts)))


def _caption(paper: Paper, start: int) -> tuple[str, int | None]:
    """The heading, or the line that begins `Table`, nearest above a table, with no other table between."""
    for at in range(start - 1, max(start - 12, -1), -1):
        line = paper.lines[at]
        if line.kind == "row":
            break
        if line.kind == "heading" or line.text.lstrip().casefold().startswith("table "):
            return " ".join(line.text.split()), at
    return "", None


def _reading(
    text: str, column_type: str, unit: Unit | None, row_type: RowType
) -> tuple[CellKind, Decimal | None, str, str, Decimal]:
    """The kind of a cell, its value, its unit, its date and its step."""
    if not text.strip():
        return "blank", None, "", "", _ONE
    if row_type == "header" or column_type == "text":
        return "text", None, "", "", _ONE
    if column_type == "period":
        period = read_period(text)
        return (
            ("date", None, "", iso_period(period), _ONE) if isinstance(period, Period) else ("text", None, "", "", _ONE)
        )
    reading = read_money(text, unit) if column_type == "money" else read_number(text, unit)
    match reading:
        case Money():
            return "money", reading.value, reading.currency, "", _step(reading.amount, reading.scale)
        case Number():
            return "number", reading.value, reading.unit, "", _step(reading.amount, reading.scale)
        case Percent():
            return "percent", reading.amount, "%", "", _step(reading.amount, _ONE)
        case Nil():
            return "nil", None, "", "", _ONE
        case Blank():
            return "blank", None, "", "", _ONE
        case _:
            return "text", None, "", "", _ONE


def _step(amount: Decimal, scale: Decimal) -> Decimal:
    """What the last printed place of a figure is worth."""
    exponent = amount.as_tuple().exponent
    return scale.scaleb(exponent) if isinstance(exponent, int) else scale


def iso_period(period: Period) -> str:
    """A period as ISO 8601: `2006-04/2006-11`, `2006-09/..` if it goes on, empty if it says no date.

    >>> from papers.readings import PaperDate
    >>> iso_period(Period(PaperDate(2006, 9), None, True))
    '2006-09/..'
    """
    start = period.start.iso if period.start else ""
    end = period.end.iso if period.end else ""
    if start == end:
        return start
    return f"{start or '..'}/{end or '..'}"
