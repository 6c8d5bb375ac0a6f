"""Tables that go on over a page: what stands at the edge of a page, read by the columns of the table beside that edge.

A single row shows no columns, and a piece of a table may leave some of them blank. The other piece tells them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from extract.pdf.found import FoundTable
from extract.pdf.page import Page
from extract.pdf.tables.assemble import parts_of, table_of
from extract.pdf.tables.blocks import is_caption
from extract.pdf.tables.chunks import Chunk, Row, chunk_of, is_value, row_of
from extract.pdf.tables.columns import column_of
from extract.pdf.tables.edges import drawn_edges
from extract.pdf.tables.grid import read_rows
from extract.pdf.tables.lattice import Lattice, lattices
from extract.pdf.tables.parting import crosses
from extract.pdf.tables.parts import BESIDE, Part
from extract.pdf.words import TextLine

SAME = 1.5
"""Points by which what begins, ends or is centred in line may stand beside each other."""
STEP = 3.0
"""Ems from baseline to baseline within a table, at most."""
SAME_SIZE = 0.06
"""Of its size, by which the type of a table may differ."""
COLUMNS = 2
"""Columns with which a line is in line, at least, if it is a row of a table."""
LABELS = 2
"""Lines at the foot of a page that may be labels of what follows overleaf."""


class Frame(NamedTuple):
    """The columns of a table: the places between them, and the boxes (x0, x1) of what stands in each."""

    places: tuple[float, ...]
    boxes: tuple[tuple[tuple[float, float], ...], ...]
    size: float

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.boxes)


def frame_of(table: FoundTable) -> Frame | None:
    """The columns of a table; None where one of them is blank, or they stand over each other."""
    count = max(cell.column + cell.column_span for cell in table.cells)
    boxes: list[list[tuple[float, float]]] = [[] for _ in range(count)]
    for cell in table.cells:
        if cell.lines and cell.column_span == 1:
            boxes[cell.column].append((cell.x0, cell.x1))
    if count < COLUMNS or not all(boxes):
        return None
    edges = [(min(x0 for x0, _ in found), max(x1 for _, x1 in found)) for found in boxes]
    if any(left[1] > right[0] for left, right in pairwise(edges)):
        return None
    size = next(line.size for cell in table.cells for line in reversed(cell.lines))
    return Frame(tuple((left[1] + right[0]) / 2 for left, right in pairwise(edges)), tuple(map(tuple, boxes)), size)


def carried(
    tables: Sequence[FoundTable], left: Sequence[TextLine], page: Page, above: Frame | None, below: Frame | None
) -> tuple[FoundTable, ...]:
    """The tables of a page, with the rows at its head and foot that belong to the tables beside it.

    `left` are the lines that stand in no table; `above` and `below` are the columns of the table at the end of the page
    before, and at the beginning of the next.
    """
    found = list(tables)
    if above is not None:
        found = _from_above(found, left, page, above)
    if below is not None:
        found = _from_below(found, left, below)
    return tuple(found)


def at_head(tables: Sequence[FoundTable], left: Sequence[TextLine]) -> Frame | None:
    """The columns of the table with which a page begins."""
    if not tables or any(line.baseline < tables[0].top for line in left):
        return None
    return frame_of(tables[0])


def at_foot(tables: Sequence[FoundTable], left: Sequence[TextLine], above: Frame | None) -> Frame | None:
    """The columns of the table with which a page ends; those of the table `above` if it goes on here."""
    if not tables:
        return None
    frame = frame_of(tables[-1])
    columns = max(cell.column + cell.column_span for cell in tables[-1].cells)
    if frame is None and above is not None and above.columns == columns:
        frame = above
    behind = [line for line in left if line.baseline > tables[-1].bottom]
    return frame if frame is not None and (not behind or _labels(behind, frame)) else None


def _from_above(tables: list[FoundTable], left: Sequence[TextLine], page: Page, frame: Frame) -> list[FoundTable]:
    """The tables of a page that may begin with rows of a table of the page before."""
    lines = [line for line in left if not tables or line.baseline < tables[0].top]
    if not lines:
        return [_fitted(tables[0], page, frame), *tables[1:]] if tables else []
    rows = _rows(lines, frame)
    run = _run(rows, frame)
    if not run:
        return tables
    parts = _ruled_rows(run, page, frame) or read_rows(run, frame.places, ())
    if len(run) == len(rows) and tables and _is_fit(tables[0], frame):
        depth = max(part.row + part.row_span for part in parts)
        parts += [part._replace(row=part.row + depth) for part in _mapped(tables[0], frame)]
        return [table_of(parts, frame.columns), *tables[1:]]
    return [table_of(parts, frame.columns), *tables]


def _from_below(tables: list[FoundTable], left: Sequence[TextLine], frame: Frame) -> list[FoundTable]:
    """The tables of a page that may end with rows of a table that goes on overleaf, or with labels of these."""
    lines = [line for line in left if not tables or line.baseline > tables[-1].bottom]
    if not lines:
        return tables
    rows = _rows(lines, frame)
    if tables and _is_fit(tables[-1], frame) and _labels(lines, frame):
        parts = parts_of(tables[-1])
        depth = max(part.row + part.row_span for part in parts)
        labels = [Part(depth + k, 0, 1, 1, row.chunks) for k, row in enumerate(rows)]
        return [*tables[:-1], table_of([*parts, *labels], frame.columns)]
    run = _run(rows[::-1], frame)[::-1]
    if not run or (len(run) == 1 and len(run[0].chunks) < frame.columns):
        return tables
    return [*tables, table_of(read_rows(run, frame.places, ()), frame.columns)]


def _rows(lines: Iterable[TextLine], frame: Frame) -> list[Row]:
    ordered = sorted((line for line in lines if line.angle == 0), key=attrgetter("baseline"))
    return [row_of(k, line, frame.places) for k, line in enumerate(ordered)]


def _run(rows: Sequence[Row], frame: Frame) -> list[Row]:
    """The lines from the first one on that may be rows of a table, up to the last that is sure to be one."""
    end = 0
    for k, row in enumerate(rows):
        step = abs(row.baseline - rows[k - 1].baseline) if k else 0.0
        if step > STEP * row.size or is_caption(row) or not _is_row(row, frame):
            break
        is_beside = 0 < end == k and step < BESIDE * row.size
        if is_beside or (len(row.chunks) > 1 and _in_line(row, frame) >= COLUMNS):
            end = k + 1
    return list(rows[:end])


def _is_row(row: Row, frame: Frame) -> bool:
    """Whether a line has the type of a table, and one text in each of its columns at most."""
    columns = [column_of(frame.places, chunk.x0, chunk.x1) for chunk in row.chunks]
    is_apart = len(set(columns)) == len(columns) and not any(crosses(chunk, frame.places) for chunk in row.chunks)
    left = min(x0 for x0, _ in frame.boxes[0])
    return is_apart and row.x0 > left - row.size and abs(row.size - frame.size) <= SAME_SIZE * frame.size


def _in_line(row: Row, frame: Frame) -> int:
    """With how many columns a line is in line."""
    return sum(_is_in_line(chunk, frame.boxes[column_of(frame.places, chunk.x0, chunk.x1)]) for chunk in row.chunks)


def _is_in_line(chunk: Chunk, boxes: Sequence[tuple[float, float]]) -> bool:
    return any(
        min(abs(chunk.x0 - x0), abs(chunk.x1 - x1), abs(chunk.x0 + chunk.x1 - x0 - x1) / 2) <= SAME for x0, x1 in boxes
    )


def _labels(lines: Sequence[TextLine], frame: Frame) -> bool:
    """Whether a few lines are nothing but labels in the first column."""
    rows = _rows(lines, frame)
    return len(rows) <= LABELS and all(
        len(row.chunks) == 1
        and _is_row(row, frame)
        and any(abs(row.x0 - x0) <= SAME for x0, _ in frame.boxes[0])
        and not is_caption(row)
        for row in rows
    )


def _is_fit(table: FoundTable, frame: Frame) -> bool:
    """Whether the cells of a table with values stand in some columns, those of a row each in another."""
    for _, cells in groupby((cell for cell in table.cells if cell.lines), key=attrgetter("row")):
        row = [cell for cell in cells if cell.column_span == 1]
        if not any(is_value(line.text) for cell in row for line in cell.lines):
            continue
        columns = {column_of(frame.places, cell.x0, cell.x1) for cell in row}
        reach_over = [bisect_right(frame.places, cell.x0) < bisect_right(frame.places, cell.x1) for cell in row]
        if len(columns) < len(row) or any(reach_over):
            return False
    return True


def _fitted(table: FoundTable, page: Page, frame: Frame) -> FoundTable:
    """A table with the columns of the one that it goes on with.

    Some of them it may leave blank, but not if it has a grid without them; and in its first row the cell of a label
    over several rows is cut, so that its border is missing there.
    """
    columns = max(cell.column + cell.column_span for cell in table.cells)
    grid = _grid_at(page, table.top, table.bottom)
    is_narrow = grid is not None and grid.xs[-1] < frame.boxes[-1][0][0]
    if columns > frame.columns or is_narrow or not _is_fit(table, frame):
        return table
    if columns < frame.columns and all(cell.column_span == 1 for cell in table.cells):
        return table_of(_mapped(table, frame), frame.columns)
    parts = parts_of(table)
    cut = [part for part in parts if part.row == 0 and part.column_span > 1 and _column(part, frame) > part.column]
    if not cut or not any(chunk.is_value for part in parts if part.row == 0 for chunk in part.chunks):
        return table
    return table_of([_in_column(part, frame) if part in cut else part for part in parts], columns)


def _mapped(table: FoundTable, frame: Frame) -> list[Part]:
    return [_in_column(part, frame) if part.column_span == 1 else part for part in parts_of(table)]


def _in_column(part: Part, frame: Frame) -> Part:
    return part._replace(column=_column(part, frame), column_span=1)


def _column(part: Part, frame: Frame) -> int:
    return column_of(frame.places, min(chunk.x0 for chunk in part.chunks), max(chunk.x1 for chunk in part.chunks))


def _ruled_rows(rows: Sequence[Row], page: Page, frame: Frame) -> list[Part]:
    """The cells of some lines that stand in a grid together, row by row of it; none if they don't."""
    grid = _grid_at(page, rows[0].baseline, rows[-1].baseline)
    if grid is None:
        return []
    cells: dict[tuple[int, int], list[Chunk]] = {}
    for row in rows:
        number = bisect_right(grid.ys, row.baseline - 0.3 * row.size)
        for chunk in row.chunks:
            key = number, column_of(frame.places, chunk.x0, chunk.x1)
            cells.setdefault(key, []).append(chunk_of(chunk.words, row.at))
    numbers = sorted({number for number, _ in cells})
    return [Part(numbers.index(row), column, 1, 1, tuple(found)) for (row, column), found in sorted(cells.items())]


def _grid_at(page: Page, top: float, bottom: float) -> Lattice | None:
    """The grid drawn around what reaches from `top` to `bottom`."""
    grids, _ = lattices(drawn_edges(page))
    return next((grid for grid in grids if grid.ys[0] <= top + SAME and bottom - SAME <= grid.ys[-1]), None)
