"""The totals of tables of figures, proved: each against the lines that it was found to be the total of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from normalise.read.block_reader import Block
from normalise.read.cells import TableCell
from normalise.read.checks import Check, Status
from normalise.read.sums import Figure, Total, is_movement, parts_sum
from normalise.read.tables import Table

_Cells = Mapping[tuple[int, int], TableCell]
"""The cells of a block: row from 0, column from 1."""

_NEAR = Decimal("0.1")
"""A total that is out by less than a tenth is meant to be the sum of what stands above it."""


def block_checks(table: Table, block: Block) -> Iterator[Check]:
    """Every total of a part of a table, down and then across."""
    cells = {(at, cell.column): cell for at, row in enumerate(block.cells, start=block.start) for cell in row}
    yield from _down(table, block, cells)
    yield from _across(table, block, cells)


def _down(table: Table, block: Block, cells: _Cells) -> Iterator[Check]:
    unread = _unread(block)
    proved = {at for at, total in block.down.items() if total.is_proved}
    for at, total in sorted(block.down.items()):
        # Where other totals of a table are sums, one that plainly stands at the end of its rows is meant to be one.
        is_sum = at in proved or (bool(proved) and (total.is_plain or total.agreeing > 0))
        for cell in block.cells[at - block.start]:
            place = cell.column - 1, cell.measure
            if cell.why and cell.column - 1 in block.columns.values:
                yield _check(table, block, at, cell, None, "cannot_check")
            if place in block.rows_added[at].figures:
                parts = parts_sum(total.parts, block.rows_added, place)
                blocked = any((part, cell.column) in unread for part, _ in total.parts) if unread else False
                figure = block.rows_added[at].figures[place]
                places = [(part, cell.column) for part, _ in total.parts if place in block.rows_added[part].figures]
                found = _Sum(figure, parts, tuple(cells[each] for each in places), total, is_sum, blocked)
                yield from _judged(table, block, at, cell, found, across=False)


def _across(table: Table, block: Block, cells: _Cells) -> Iterator[Check]:
    unread = _unread(block)
    for column, total in sorted(block.across.items()):
        if not total.is_proved:
            continue
        for (row, kind), figure in sorted(block.columns_added[column].figures.items()):
            place = row, kind
            parts = parts_sum(total.parts, block.columns_added, place)
            blocked = any((row, part + 1) in unread for part, _ in total.parts) if unread else False
            places = [(row, part + 1) for part, _ in total.parts if place in block.columns_added[part].figures]
            found = _Sum(figure, parts, tuple(cells[each] for each in places), total, True, blocked)
            yield from _judged(table, block, row, cells[row, column + 1], found, across=True)


def _unread(block: Block) -> frozenset[tuple[int, int]]:
    """The figures of a block that could not be read: row from 0, column from 1."""
    rows = enumerate(block.cells, start=block.start)
    return frozenset((at, cell.column) for at, row in rows for cell in row if cell.why)


class _Sum(NamedTuple):
    """A printed total and its parts, as figures and as the cells that print them.

    `is_sum` says that it is meant to be their sum, `blocked` that one is unread.
    """

    figure: Figure
    parts: Sequence[Figure]
    cells: tuple[TableCell, ...]
    total: Total
    is_sum: bool
    blocked: bool

    @property
    def value(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))


def _judged(table: Table, block: Block, row: int, cell: TableCell, found: _Sum, *, across: bool) -> Iterator[Check]:
    if not found.parts:
        return
    # A difference whose own parts are not all printed (`-` for one of them) adds up to nothing.
    is_partial = len(found.parts) < len(found.total.parts) and any(map(is_movement, block.header[cell.column - 1]))
    status = _judge(found, found.blocked or is_partial)
    if not across or len(found.parts) > 1 or status != "agrees":
        check = _check(table, block, row, cell, found.value, status)
        yield replace(check, across=across, unread=found.blocked, parts=found.cells)


def _check(table: Table, block: Block, row: int, cell: TableCell, computed: Decimal | None, status: Status) -> Check:
    labels = block.labels[row - block.start], block.header[cell.column - 1]
    row_label, column_label = (" > ".join(path) for path in labels)
    return Check(table, row_label, column_label, cell.value, computed, status, cell.line, cell.index)


def _judge(found: _Sum, blocked: bool) -> Status:
    """Hold one figure of a total against its parts.

    `rounding` is a difference of at most half of the last place of each rounded figure; what is counted has none.
    `differs` needs a reason to hold the figure for the sum: most other figures of the total are sums, or the table
    leaves no other reading and the difference is one that slips make. Else nobody can say: `cannot_check`.
    """
    out = found.figure.value - found.value
    if out == 0:
        return "agrees"
    if abs(out) <= found.figure.slack + sum((part.slack for part in found.parts), Decimal(0)):
        return "rounding"
    if blocked:
        return "cannot_check"
    slip = _is_slip(found.figure.value, out, found.parts)
    if found.is_sum:
        return "cannot_check" if _may_be_average(found.figure, found.parts) and not slip else "differs"
    return "differs" if slip and (found.total.is_plain or found.total.agreeing) else "cannot_check"


def _is_slip(stated: Decimal, out: Decimal, parts: Sequence[Figure]) -> bool:
    """Whether a difference is one that slips make: small, a part left out or counted twice, digits in a wrong order."""
    if abs(out) <= abs(stated) * _NEAR:
        return True
    if abs(out) >= 100 and any(abs(part.value) == abs(out) for part in parts):
        return True  # a part of so many digits that is just what is missing
    one, other = f"{abs(stated):f}", f"{abs(stated - out):f}"
    return len(one) == len(other) and sorted(one) == sorted(other)


def _may_be_average(figure: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a figure lies among its parts, with decimals, as averages and rates do."""
    values = [part.value for part in parts]
    return figure.step < 1 and min(values) >= 0 and len(values) > 1 and min(values) <= figure.value <= max(values)
