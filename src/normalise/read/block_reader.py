"""One part of a table of figures, read: labels, units, cells, kinds of rows, totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalise.read.body import Columns, RowType, read_columns, row_types, stub_labels
from normalise.read.cell_units import cell_unit, is_vague, printed_units, row_unit
from normalise.read.cells import BLANK, ONE, TEXT, Meaning, TableCell, read_figure
from normalise.read.header import Head, Path, column_paths, column_units, repeats
from normalise.read.marks import without_mark
from normalise.read.row_kinds import section_paths, with_totals
from normalise.read.shapes import Shape
from normalise.read.slots import Row, Slot
from normalise.read.sums import ZERO, Figure, Place, SumLine, Total, is_average, is_movement, is_part, is_rate, is_total
from normalise.read.table_units import scale_doubt, table_units
from normalise.read.totals_found import ACROSS, DOWN, find_totals
from normalise.read.units import Unit, printed_currencies

_VAGUE = "its row may count posts, or give money for them as the rest of the table does"
_WHOLE, _OUT = Decimal(100), Decimal(5)
_VALUES = (Shape.FIGURE, Shape.YEAR, Shape.NIL)
# Columns whose whole numbers name things; years that stand in a column of figures of their own name something, too.
_NAMES = re.compile(
    r".*\b(?:ref(?:erence)?s?|ids?|codes?|tel(?:ephone)?|phone|fax|ext(?:ension)?|page|para(?:graph)?s?|post ?codes?|"
    r"grid ref)\b",
    re.I,
)
_YEARS = re.compile(
    r".*\b(?:years?|opened|built|date|since|born|founded|established|constructed|acquired|listed)\W*$", re.I
)
_ANY_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
# Figures of these are measured and rounded, even whole ones; figures of all else are counted.
_MEASURED = re.compile(
    r".*(?<![0-9] )(?<![0-9])\b(?:days|hours|hrs|minutes|miles|kilomet(?:re|er)s|km|litres|tonnes|kwh|hectares|acres|"
    r"square (?:met(?:re|er)s|feet))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table under one header. Rows count from 0 in the table; it ends before row `end`.

    Its columns count from 0 at column `shift` of the table: more than 0 if tables stand side by side.

    `unit` is that of the whole part. `header` holds the path above each column, `units` the units of those with one of
    their own; `columns` says which label the rows and which hold figures. `labels` are the paths of its rows from
    `start` on, sections included. `down` and `across` are the totals by row and by column.
    """

    start: int
    end: int
    shift: int
    header: tuple[Path, ...]
    unit: Unit | None
    units: tuple[Unit | None, ...]
    columns: Columns
    types: tuple[RowType, ...]
    labels: tuple[Path, ...]
    cells: tuple[tuple[TableCell, ...], ...]
    down: Mapping[int, Total]
    across: Mapping[int, Total]
    rows_added: Mapping[int, SumLine]
    columns_added: Mapping[int, SumLine]


class BlockReader:
    """Reads one part of a table; made once for each, asked once."""

    def __init__(
        self, rows: Sequence[Row], first_line: int, head: Head, end: int, columns: int, marks: frozenset[str],
        unit: Unit | None, about: str,
    ) -> None:  # fmt: skip
        self.rows, self.head, self.end, self.marks = rows, head, end, marks
        self.first_line = first_line
        self.start = min((*head.titles, *head.headers, head.body))
        self.body = rows[head.body : end]
        self.header = column_paths(rows, head.headers, columns, marks)
        stated = column_units(rows, head.headers, columns)
        self.names = self._names(columns)
        found = read_columns(self.body, columns)
        self.columns = replace(found, values=found.values - self.names)
        self.signs = printed_units(self.body, stated)
        self.units = table_units(self.body, self.header, stated, self.signs, self.columns, unit)
        self.types = self._types()
        self.is_measured = _MEASURED.match(about) is not None

    def block(self, shift: int) -> Block:
        """The whole part, which begins at column `shift` of its table."""
        body_labels = stub_labels(self.body, self.types, self.columns, self.marks)
        sections = section_paths(self.types, body_labels, {})
        cells = self._cells(body_labels, sections)
        down_lines = self._down(cells, body_labels, sections)
        down = find_totals(down_lines, DOWN)
        across_lines = self._across(cells, body_labels)
        across = find_totals(across_lines, ACROSS)
        totals = {at - self.head.body: total for at, total in down.items()}
        types = with_totals(self.types, body_labels, totals, self.head.body, sections)
        labels = tuple(
            section if kind == "section" else (*section, *label)
            for kind, section, label in zip(types, section_paths(types, body_labels, totals), body_labels, strict=True)
        )
        top = self.head.body - self.start
        heads: list[RowType] = ["header"] * top
        return Block(
            self.start, self.end, shift, self.header, self.units.table, self.units.columns, self.columns,
            (*heads, *types), ((),) * top + labels, (*self._head_cells(), *_retyped(cells, types)), down, across,
            {line.at: line for line in down_lines}, {line.at: line for line in across_lines},
        )  # fmt: skip

    def _names(self, columns: int) -> frozenset[int]:
        """The columns whose numbers name things and count nothing: whole, without signs, under such a header."""
        found: list[list[Slot]] = [[] for _ in range(columns)]
        for row in self.body:
            for slot in row:
                if slot.shape in _VALUES:
                    found[slot.column].append(slot)
        return frozenset(
            column for column, path in enumerate(self.header) if path and _only_name(path[-1], found[column])
        )

    def _types(self) -> list[RowType]:
        known = [self.rows[at] for at in self.head.headers]
        types = row_types(self.body, self.columns)
        return ["header" if repeats(row, known) else kind for row, kind in zip(self.body, types, strict=True)]

    def _head_cells(self) -> Iterator[tuple[TableCell, ...]]:
        for row in self.rows[self.start : self.head.body]:
            yield tuple(self._cell(slot, "header", _words(slot)) for slot in row)

    def _cells(self, labels: Sequence[Path], sections: Sequence[Path]) -> list[tuple[TableCell, ...]]:
        cells = []
        for row, kind, label, section in zip(self.body, self.types, labels, sections, strict=True):
            of_row = row_unit((*section, *label)) if kind == "item" else None
            vague = of_row is not None and of_row.kind == "count" and is_vague((*section, *label))
            unsure = scale_doubt((*section, *label))
            read = (self._read(slot, of_row, vague, unsure) if kind == "item" else _words(slot) for slot in row)
            cells.append(tuple(self._cell(slot, kind, each) for slot, each in zip(row, read, strict=True)))
        return cells

    def _read(self, slot: Slot, of_row: Unit | None, vague: bool, unsure: str) -> Meaning:
        """What a cell of an item says: a figure, unless it stands among labels or only names something."""
        column, look = slot.column, slot.shape
        if look in (Shape.BLANK, Shape.WORDS) or column in self.columns.stub:
            return _words(slot)
        if column not in self.columns.values and (look is Shape.YEAR or column in self.names):
            return _words(slot)
        unit = cell_unit(of_row, self.units.columns[column], self.signs[column], self.units.table, vague)
        read = read_figure(without_mark(slot.text, self.marks), unit)
        if look is Shape.NIL and read.why:
            return TEXT  # `N/K` and `*` say in words that there is no figure: nothing is in doubt
        if not read.value or "%" in slot.text or printed_currencies(slot.text):
            return read
        if vague and unit == of_row and (self.units.table or self.signs[column]):
            return read._replace(doubt=_VAGUE)
        return read if of_row else read._replace(doubt=self.units.doubts.get(column, unsure))

    def _cell(self, slot: Slot, kind: RowType, read: Meaning) -> TableCell:
        return TableCell(
            slot.cell, slot.row + 1, slot.column + 1, self.first_line + slot.row, slot.place, kind,
            read.kind, read.value, read.unit, read.iso, read.step, slot.columns, read.why, read.doubt,
        )  # fmt: skip

    def _figure(self, cell: TableCell) -> Figure:
        assert cell.value is not None  # the callers ask for figures only
        rounded = cell.kind in ("money", "percent") or cell.step != ONE or self._measures(cell.column - 1)
        return Figure(cell.value, cell.step, cell.step / 2 if rounded else ZERO)

    def _measures(self, column: int) -> bool:
        return self.is_measured or any(_MEASURED.match(part) for part in self.header[column])

    def _adds(self, cell: TableCell) -> bool:
        return cell.value is not None and cell.kind != "percent" and cell.column - 1 in self.columns.values

    def _shares(self, cells: Sequence[Sequence[TableCell]], labels: Sequence[Path]) -> frozenset[int]:
        """The columns (from 1) of percentages that are shares of a whole: their totals say 100, and they add up to it.

        All other percentages are never added up.
        """
        sums: dict[int, Decimal] = {}
        wholes: dict[int, int] = {}
        for row, label in zip(cells, labels, strict=True):
            named = bool(label) and is_total(label[-1])
            for cell in row:
                if cell.kind != "percent" or cell.value is None:
                    continue
                if not named:
                    sums[cell.column] = sums.get(cell.column, Decimal(0)) + cell.value
                elif cell.value == _WHOLE:
                    wholes[cell.column] = wholes.get(cell.column, 0) + 1
        return frozenset(c for c, n in wholes.items() if abs(sums.get(c, Decimal(0)) - n * _WHOLE) <= n * _OUT)

    def _down(
        self, cells: Sequence[Sequence[TableCell]], labels: Sequence[Path], sections: Sequence[Path]
    ) -> list[SumLine]:
        rates = {c for c in self.columns.values if is_rate(" > ".join(self.header[c]))}
        shares = self._shares(cells, labels)
        lines = []
        for at, (row, kind, label, section) in enumerate(zip(cells, self.types, labels, sections, strict=True)):
            figures: dict[Place, Figure] = {
                (cell.column - 1, cell.measure): self._figure(cell)
                for cell in row
                if kind == "item" and (cell.column in shares or (self._adds(cell) and cell.column - 1 not in rates))
                if cell.value is not None
            }
            name = label[-1] if label else ""
            aside = any(is_part(part) for part in (*section, *label)) or any(map(is_average, label))
            group = (section, label[0]) if len(label) > 1 else None
            lines.append(SumLine(self.head.body + at, name, figures, kind == "section", group, "", aside))
        return lines

    def _across(self, cells: Sequence[Sequence[TableCell]], labels: Sequence[Path]) -> list[SumLine]:
        figures: dict[int, dict[Place, Figure]] = {column: {} for column in sorted(self.columns.values)}
        for at, (row, label) in enumerate(zip(cells, labels, strict=True)):
            if any(map(is_average, label)):
                continue
            for cell in row:
                if self._adds(cell):
                    figures[cell.column - 1][self.head.body + at, cell.measure] = self._figure(cell)
        lines = []
        for column, found in figures.items():
            path = self.header[column]
            name = " > ".join(path)
            aside = is_rate(name) or any(map(is_part, path)) or any(map(is_movement, path[-1:]))
            group, kin = (path[0], path[-1].casefold()) if len(path) > 1 else (None, "")
            lines.append(SumLine(column, name, found, False, group, kin, aside))
        return lines


def _words(slot: Slot) -> Meaning:
    return BLANK if slot.shape is Shape.BLANK else TEXT


def _only_name(title: str, found: Sequence[Slot]) -> bool:
    if _YEARS.match(title):
        return all(_ANY_YEAR.fullmatch(slot.text) for slot in found)
    return _NAMES.match(title) is not None and all(slot.text.isdigit() for slot in found)


def _retyped(cells: Sequence[tuple[TableCell, ...]], types: Sequence[RowType]) -> Iterator[tuple[TableCell, ...]]:
    for row, kind in zip(cells, types, strict=True):
        same = not row or row[0].row_type == kind
        yield row if same else tuple(replace(cell, row_type=kind) for cell in row)
