"""Tables with a grid: the words of each ruled cell, and whether the grid is all that parts them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.pdf.tables.chunks import Chunk, Row, chunk_of, row_of
from extract.pdf.tables.columns import column_of, find_columns
from extract.pdf.tables.edges import Edges
from extract.pdf.tables.lattice import DOUBLE, Box, Lattice
from extract.pdf.tables.parts import Part
from extract.pdf.words import TextLine, Word, line_of

VALUES = 0.7
"""Of the lines of a cell, that end in a value where each of them is a row of its own."""
THROUGH = 0.15
"""Of the words of a grid, through which a line may run: some are struck out."""
PROSE = 40
"""Words in a cell as wide as the table that are no heading or note of it, at least."""
CELLS = 4
"""Cells with text, at least."""
SPARSE = 0.15
"""Of the cells of a grid, that hold text at least: between the lines of a chart there are few words."""
LAYOUT = 120
"""Words in a cell that holds most of the text of a grid, at least, if the grid is the layout of a page."""
FEW = 3
"""Lines with label and value side by side, at least, that show two columns where only one is drawn."""


class Ruled(NamedTuple):
    """A grid with the words in it: for each cell, by line of the page."""

    lattice: Lattice
    cells: tuple[tuple[Chunk, ...], ...]

    @property
    def filled(self) -> int:
        """How many cells hold text."""
        return sum(bool(cell) for cell in self.cells)


def fill(lattice: Lattice, lines: Sequence[TextLine], turned: Sequence[TextLine] = ()) -> Ruled:
    """Put the words of a page into the cells of a grid: each to where its middle is.

    `turned` are lines that run up or down the page, as headings over narrow columns do.
    """
    places = {
        (row, column): k
        for k, box in enumerate(lattice.boxes)
        for row in range(box.row, box.row + box.row_span)
        for column in range(box.column, box.column + box.column_span)
    }
    cells: list[list[Chunk]] = [[] for _ in lattice.boxes]
    for at, line in enumerate((*lines, *turned)):
        runs: dict[int, list[Word]] = {}
        for word in line.words:
            level = (word.top + word.bottom) / 2 if word.angle else word.baseline - 0.3 * word.size
            row = bisect_right(lattice.ys, level) - 1
            column = bisect_right(lattice.xs, (word.x0 + word.x1) / 2) - 1
            if (row, column) in places:
                runs.setdefault(places[row, column], []).append(word)
        for k, run in runs.items():
            cells[k].append(chunk_of(run, at))
    return Ruled(lattice, tuple(tuple(cell) for cell in cells))


def is_table(ruled: Ruled) -> bool:
    """Whether a grid holds a table: text in two rows and two columns at least, and not nearly all of it in one cell."""
    filled = [box for box, cell in zip(ruled.lattice.boxes, ruled.cells, strict=True) if cell]
    rows = {box.row for box in filled}
    columns = {box.column for box in filled}
    if len(rows) < 2 or len(columns) < 2 or len(filled) < max(CELLS, SPARSE * len(ruled.lattice.boxes)):
        return False
    words = [sum(len(chunk.words) for chunk in cell) for cell in ruled.cells]
    return max(words) < LAYOUT or 2 * max(words) < sum(words)


def without_prose(lattice: Lattice, lines: Sequence[TextLine]) -> Lattice:
    """The grid without what stands in one frame with it, above and below: cells over the whole width with prose."""
    ruled = fill(lattice, lines)
    rows = len(lattice.ys) - 1
    prose = {
        row
        for box, cell in zip(lattice.boxes, ruled.cells, strict=True)
        if box.column_span == len(lattice.xs) - 1 and sum(len(chunk.words) for chunk in cell) > PROSE
        for row in range(box.row, box.row + box.row_span)
    }
    first = next((row for row in range(rows) if row not in prose), 0)
    last = next((row for row in reversed(range(rows)) if row not in prose), rows - 1)
    if (first, last) == (0, rows - 1) or first > last:
        return lattice
    boxes = [box._replace(row=box.row - first) for box in lattice.boxes if first <= box.row <= last]
    return Lattice(lattice.xs, lattice.ys[first : last + 2], tuple(boxes))


def is_drawing(ruled: Ruled, edges: Edges) -> bool:
    """Whether the edges run through the words: the lines of a chart, not the borders of cells."""
    words = [word for cell in ruled.cells for chunk in cell for word in chunk.words if word.angle == 0]
    places = [edge.at for edge in edges.horizontal]
    crossed = 0
    for word in words:
        top, bottom = word.baseline - 0.45 * word.size, word.baseline - 0.2 * word.size
        middle = (word.x0 + word.x1) / 2
        crossed += any(
            edge.start < middle < edge.end
            for edge in edges.horizontal[bisect_left(places, top) : bisect_right(places, bottom)]
        )
    return crossed > THROUGH * len(words)


def needs_rows(ruled: Ruled) -> bool:
    """Whether the grid parts only some of the rows: one of its cells holds a value on each of several lines.

    The lines of a cell that wraps are words.
    """
    values: dict[int, int] = {}
    for box, cell in zip(ruled.lattice.boxes, ruled.cells, strict=True):
        if len(cell) < 2:
            continue
        lines = [row_of(k, line_of(chunk.words)) for k, chunk in enumerate(cell)]
        if sum(row.chunks[-1].is_value for row in lines) >= max(2, VALUES * len(lines)):
            values[box.row] = values.get(box.row, 0) + 1
            if len(lines) > 2 or values[box.row] > 1:
                return True
    return False


def undrawn_columns(ruled: Ruled) -> list[float]:
    """The places between columns that the grid does not part: in a ruled column, label and value beside each other."""
    rows: dict[tuple[int, int], list[Row]] = {}
    for box, cell in zip(ruled.lattice.boxes, ruled.cells, strict=True):
        key = box.column, box.column_span
        rows.setdefault(key, []).extend(row_of(chunk.line, line_of(chunk.words)) for chunk in cell)
    found: set[float] = set()
    for lines in rows.values():
        if sum(row.has_value for row in lines) >= max(FEW, len(lines) / 2):
            found.update(find_columns(lines))
    drawn = ruled.lattice.xs
    return sorted(place for place in found if min(abs(place - x) for x in drawn) > DOUBLE)


def parts_of(ruled: Ruled, undrawn: Sequence[float] = ()) -> list[Part]:
    """The cells of a grid. One over several columns in which text stands column by column is parted.

    Rows and columns without any text, such as the white between two borders, are left out.
    """
    places = sorted([*ruled.lattice.xs[1:-1], *undrawn])
    filled = [(box, cell) for box, cell in zip(ruled.lattice.boxes, ruled.cells, strict=True) if cell]
    parts = [part for box, cell in filled for part in _cells(ruled, box, cell, places)]
    rows = sorted({part.row for part in parts})
    columns = sorted({part.column for part in parts})
    return [_dense(part, rows, columns) for part in parts]


def _cells(ruled: Ruled, box: Box, cell: Sequence[Chunk], places: Sequence[float]) -> Iterator[Part]:
    """The cells that a ruled one is, with the columns between all places."""
    left, right = ruled.lattice.xs[box.column], ruled.lattice.xs[box.column + box.column_span]
    first, last = bisect_right(places, left + DOUBLE), bisect_left(places, right - DOUBLE)
    if first == last:
        yield Part(box.row, first, box.row_span, 1, tuple(cell))
        return
    pieces = [piece for chunk in cell for piece in row_of(chunk.line, line_of(chunk.words)).chunks]
    columns = [column_of(places, piece.x0, piece.x1) for piece in pieces]
    is_parted = len(set(columns)) > 1 and not any(
        piece.x0 < place - 1 and piece.x1 > place + 1 for piece in pieces for place in places[first:last]
    )
    if not is_parted:
        yield Part(box.row, first, box.row_span, last - first + 1, tuple(cell))
        return
    for column in sorted(set(columns)):
        chunks = tuple(piece for piece, place in zip(pieces, columns, strict=True) if place == column)
        yield Part(box.row, column, box.row_span, 1, chunks)


def _dense(part: Part, rows: Sequence[int], columns: Sequence[int]) -> Part:
    """The same cell, where only the rows and columns count in which something begins."""
    row, column = bisect_left(rows, part.row), bisect_left(columns, part.column)
    below, right = bisect_left(rows, part.row + part.row_span), bisect_left(columns, part.column + part.column_span)
    return Part(row, column, below - row, right - column, part.chunks)
