"""The cells of a table where they stand, with what they look like: what every reader of tables looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from normalise.read.shapes import Shape, shape
from normalise.spans import positions
from papers.paper import Cell, Line


class Slot(NamedTuple):
    """One cell of a table. Row and column count from 0 in the table, `place` in the cells of its line.

    `columns` is how many columns it covers, not more than the table has; `text` has single spaces.
    """

    row: int
    column: int
    columns: int
    place: int
    cell: Cell
    text: str
    shape: Shape


Row = tuple[Slot, ...]


def slots(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Every row of a table as its cells with their places."""
    placed = positions(lines)
    width = max((row[-1][0] + 1 for row in placed if row), default=0)
    return tuple(
        tuple(
            Slot(at, column, min(cell.column_span, width - column), place, cell, text, shape(text))
            for place, (column, cell) in enumerate(row)
            for text in (" ".join(cell.text.split()),)
        )
        for at, row in enumerate(placed)
    )


def width(rows: Sequence[Row]) -> int:
    """How many columns a table has: a column counts if a cell begins in it."""
    return max((row[-1].column + 1 for row in rows if row), default=0)


def filled(row: Row) -> list[Slot]:
    """The cells of a row in which something is printed."""
    return [slot for slot in row if slot.shape is not Shape.BLANK]


def is_marked(row: Row) -> bool:
    """Whether the source marks all printed cells of a row as headers."""
    cells = filled(row)
    return bool(cells) and all(slot.cell.is_header for slot in cells)
