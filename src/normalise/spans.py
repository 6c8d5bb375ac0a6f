"""Where the cells of a table stand: their columns, worked out from the spans."""

from __future__ import annotations

from collections.abc import Sequence

from papers.paper import Cell, Line

_WIDEST = 1000
"""No real table has more columns; a span that claims more is cut, so that a hostile page costs little."""


def positions(lines: Sequence[Line]) -> list[list[tuple[int, Cell]]]:
    """The column (from 0) of each cell of each row, in order.

    A cell takes the next column that no cell above reaches down to. One that would reach over a column which is so
    taken is cut there: spans in saved pages are often slightly wrong. Spans are never longer than the table.
    """
    free_at: list[int] = []  # for each column the first row in which it is free again
    placed = []
    for row, line in enumerate(lines):
        column, found = 0, []
        for cell in line.cells:
            while column < len(free_at) and free_at[column] > row:
                column += 1
            found.append((column, cell))
            column = _take(free_at, column, cell.column_span if column < _WIDEST else 1, row, row + cell.row_span)
        placed.append(found)
    return placed


def _take(free_at: list[int], start: int, span: int, row: int, until: int) -> int:
    """Take up to `span` columns from `start`, as far as they are free, and return the column after them."""
    for column in range(start, start + min(span, _WIDEST)):
        if column == len(free_at):
            free_at.append(until)
        elif free_at[column] > row:
            return column
        else:
            free_at[column] = until
    return start + min(span, _WIDEST)
