"""Tables as a reader sees them: header, rows by type, cells by kind, units, captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalise.grids import RecordTable, record_tables
from normalise.read.block_reader import Block
from normalise.read.blocks import read_blocks, title_rows
from normalise.read.body import RowType
from normalise.read.captions import Surroundings, captions_below, is_caption, note_unit, surroundings
from normalise.read.cells import BLANK, TEXT, Meaning, TableCell, meaning
from normalise.read.dates import read_period
from normalise.read.money import read_money, read_number
from normalise.read.naming import name_doubts
from normalise.read.profiles import Profile
from normalise.read.slots import slots
from normalise.read.units import Unit, read_unit
from normalise.spans import positions
from papers.doubt import Doubt
from papers.paper import Line, Paper
from papers.readings import Period


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a paper. `number` counts from 1; `start` and `end` are its lines, half open, from 0.

    `header` holds the path above each column, its parts joined with ` > `; `units` the unit that the header states for
    each, or all of the table; `roles` maps a profile's roles to columns from 0, and is empty for a table of no
    profile. `blocks` is the table as figures with labels; a table of a profile in a plain text has none, because its
    cells may be damaged. `caption_line` is the line its caption was taken from.
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
    blocks: tuple[Block, ...] = ()

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

    def at(self, line: int, column: int) -> TableCell | None:
        """The cell of one line that stands in a column (from 0); None if there is none, or it began further up."""
        return next((cell for cell in self.row(line) if 0 <= column - cell.column + 1 < cell.columns), None)

    def covering(self, line: int, column: int) -> TableCell | None:
        """The cell that stands in a column (from 0) at a line, also if it began further up and spans down to it."""
        for above in range(line, self.start - 1, -1):
            cell = self.at(above, column)
            if cell is not None:
                return cell if cell.line + cell.cell.row_span > line else None
        return None


def read_tables(paper: Paper) -> tuple[Table, ...]:
    """Read every table of a clean paper, in order."""
    records = {table.start: table for table in record_tables(paper)}
    spans = list(_runs(paper, records))
    below = captions_below(paper, spans)
    tables: list[Table] = []
    taken: set[int] = set()
    for start, end in spans:
        number, record = len(tables) + 1, records.get(start)
        around = surroundings(paper, start, end, frozenset(taken), below)
        if record is None:
            table = _read_figures(paper.lines[start:end], number, start, around)
        elif paper.source.media_type == "text/plain":
            table = _read_record(paper, number, start, end, record)
        else:
            figures = _read_figures(paper.lines[start:end], number, start, around)
            table = replace(_read_record(paper, number, start, end, record), blocks=figures.blocks)
        if table.caption_line is not None:
            taken.add(table.caption_line)
        tables.append(table)
    return tuple(tables)


def table_doubts(tables: Sequence[Table]) -> tuple[Doubt, ...]:
    """The figures of tables that can't be read, whose worth is open, or that no label names for certain."""
    figures = [table for table in tables if not table.profile]
    unsure = [_cell_doubt(cell) for table in figures for cell in table.cells if cell.why or cell.doubt]
    unnamed = [
        Doubt("unsure-labels", cell.line, cell.index, why, "see what its row and its column are called", "high")
        for table in figures
        for block in table.blocks
        for cell, why in name_doubts(block)
    ]
    return (*unsure, *unnamed)


def _cell_doubt(cell: TableCell) -> Doubt:
    if cell.why:
        return Doubt("unread-figure", cell.line, cell.index, cell.why, "rule what it reads", "high")
    return Doubt("unsure-unit", cell.line, cell.index, cell.doubt, "see in which unit it is given", "high")


def _runs(paper: Paper, records: Mapping[int, RecordTable]) -> Iterator[tuple[int, int]]:
    """The runs of rows, cut before each header row of a record table."""
    for start, end in paper.grids():
        cuts = [*sorted({start, *(at for at in records if start < at < end)}), end]
        yield from pairwise(cuts)


def _read_figures(lines: Sequence[Line], number: int, start: int, around: Surroundings) -> Table:
    """Read a table of no profile."""
    rows = slots(lines)
    titles = [text for text in title_rows(rows) if note_unit(text) is None]
    inside = next((text for text in titles if is_caption(text)), titles[0] if titles else "")
    takes = bool(inside) and (is_caption(inside) or not is_caption(around.caption))
    caption, caption_line = (inside, None) if takes else (around.caption, around.caption_line)
    blocks = read_blocks(rows, start, caption, around.unit, around.notes)
    first = [block for block in blocks if block.start == blocks[0].start]
    return Table(
        number, start, start + len(lines), caption, caption_line, None, {},
        tuple(" > ".join(path) for block in first for path in block.header),
        tuple(unit for block in first for unit in _stated(block)),
        tuple(kind for block in blocks if not block.shift for kind in block.types), tuple(_whole_rows(blocks)), blocks,
    )  # fmt: skip


def _stated(block: Block) -> list[Unit | None]:
    """The unit of each column: its own, else that of the table."""
    return [
        stated or (block.unit if column in block.columns.values else None) for column, stated in enumerate(block.units)
    ]


def _whole_rows(blocks: Sequence[Block]) -> Iterator[tuple[TableCell, ...]]:
    """The rows of a table, put together where tables stand side by side."""
    for start in sorted({block.start for block in blocks}):
        beside = [block for block in blocks if block.start == start]
        if len(beside) == 1:
            yield from beside[0].cells
            continue
        for parts in zip(*(block.cells for block in beside), strict=True):
            yield tuple(
                replace(cell, column=cell.column + block.shift)
                for block, part in zip(beside, parts, strict=True)
                for cell in part
            )


def _read_record(paper: Paper, number: int, start: int, end: int, record: RecordTable) -> Table:
    """Read a table of a profile: one header row, and each column of the type that the profile gives it."""
    lines = paper.lines[start:end]
    placed = positions(lines)
    columns = max(column + cell.column_span for row in placed for column, cell in row[-1:])
    row_types = [_record_type(line, record, is_first=at == 0) for at, line in enumerate(lines)]
    roles = {role: placed[0][index][0] for role, index in record.roles.items()}
    texts = {column: " ".join(cell.text.split()) for column, cell in placed[0]}
    header = tuple(texts.get(column, "") for column in range(columns))
    units = tuple(read_unit(text) for text in header)
    caption, caption_line = _heading_above(paper, start)
    types = {column: record.profile.columns[role] for role, column in roles.items()}
    rows = []
    for row, (cells, row_type) in enumerate(zip(placed, row_types, strict=True), start=1):
        read = []
        for index, (column, cell) in enumerate(cells):
            found = _record_reading(cell.text, types.get(column, ""), units[column], row_type)
            span = min(cell.column_span, columns - column)
            read.append(TableCell(cell, row, column + 1, start + row - 1, index, row_type, *found[:5], span))
        rows.append(tuple(read))
    return Table(
        number, start, end, caption, caption_line, record.profile, roles, header, units, tuple(row_types), tuple(rows),
    )  # fmt: skip


def _record_type(line: Line, record: RecordTable, is_first: bool) -> RowType:
    if is_first:
        return "header"
    labels = (cell.text.strip().casefold() for cell in line.cells if record.profile.is_total(cell.text))
    label = next(labels, "")
    return ("subtotal" if label.startswith("sub") else "total") if label else "item"


def _heading_above(paper: Paper, start: int) -> tuple[str, int | None]:
    """The heading, or the line that begins `Table`, nearest above a record table, with no other table between."""
    for at in range(start - 1, max(start - 12, -1), -1):
        line = paper.lines[at]
        if line.kind == "row":
            break
        if line.kind == "heading" or line.text.lstrip().casefold().startswith("table "):
            return " ".join(line.text.split()), at
    return "", None


def _record_reading(text: str, column_type: str, unit: Unit | None, row_type: RowType) -> Meaning:
    """The kind of a cell of a record table, its value, its unit, its date and its step."""
    if not text.strip():
        return BLANK
    if row_type == "header" or column_type == "text":
        return TEXT
    if column_type == "period":
        period = read_period(text)
        return Meaning("date", iso=iso_period(period)) if isinstance(period, Period) else TEXT
    return meaning(read_money(text, unit) if column_type == "money" else read_number(text, unit))


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
