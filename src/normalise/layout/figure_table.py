"""A table of figures that is set in columns of white space, put together: its header and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from normalise.layout.columns import Piece, Printed, printed, stretches
from normalise.layout.figure_header import Heading, find_figure_header
from normalise.layout.figures import DRAWN, FigureBody, FigureRow
from normalise.layout.wrapped import joined
from papers.paper import Cell, Line, Paper
from papers.repair import Mark

_FAR = 10**9


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table in place of lines `start` to `end` (half open): its rows with drawn lines behind, and doubted cells."""

    start: int
    end: int
    rows: tuple[Line, ...]
    doubted: tuple[Mark, ...]


def figure_table(paper: Paper, body: FigureBody, floor: int, grid: int) -> FigureTable:
    """The table around a body; its header begins at line `floor` at the earliest."""
    width = 1 + len(body.texts) + len(body.columns)
    header = find_figure_header(paper, body, floor)
    rows: list[Line] = []
    doubted: list[Mark] = []
    for level in header.rows:
        cells, unsure = _head_cells(level, width)
        doubted += [Mark(len(rows), cell) for cell in unsure]
        rows.append(Line("row", cells, grid))
    open_columns = {k for level in header.rows for h in level if not h.is_sure for k in range(h.low, h.high + 1)}
    rows += [_section(line, width, grid) for line in header.sections]
    for row in _body_rows(body, width, grid):
        if len(row.cells) == width:
            doubted += [Mark(len(rows), column) for column in sorted(open_columns) if row.cells[column].text]
        rows.append(row)
    lines = (printed(at, paper.lines[at]) for at in range(header.start, body.end))
    rows += [Line("furniture", (line.cell,)) for line in lines if line and DRAWN.fullmatch(line.text)]
    return FigureTable(header.start, body.end, tuple(rows), tuple(doubted))


def _head_cells(level: Sequence[Heading], width: int) -> tuple[tuple[Cell, ...], list[int]]:
    """The cells of a header row, and which of them are unsure; headings that share a column share a cell."""
    cells: list[Cell] = []
    unsure: list[int] = []
    column = 0
    while column < width:
        here: list[Heading] = []
        last = column
        for heading in sorted(level, key=attrgetter("low")):
            if column <= heading.low <= last:
                here.append(heading)
                last = max(last, heading.high)
        if any(not heading.is_sure for heading in here):
            unsure.append(len(cells))
        cells.append(_cell([heading.piece for heading in here], last - column + 1))
        column = last + 1
    return tuple(cells), unsure


def _cell(pieces: Sequence[Piece], span: int = 1) -> Cell:
    origins = tuple(dict.fromkeys(origin for piece in pieces for origin in piece.origins))
    return Cell(joined([piece.text for piece in pieces]), origins, column_span=span)


def _section(line: Printed, width: int, grid: int) -> Line:
    return Line("row", (_cell(stretches(line), width),), grid)


def _body_rows(body: FigureBody, width: int, grid: int) -> list[Line]:
    """The rows with figures, and the lines between them: a section, or the beginning or the end of a label."""
    rows: list[Line] = []
    between = [line for line in body.between if not DRAWN.fullmatch(line.text)]
    for row in body.rows:
        waiting = [line for line in between if line.at < row.printed.at]
        between = between[len(waiting) :]
        cells = list(_row_cells(body, row))
        begun = waiting.pop() if waiting and cells[0].text[:1].islower() else None
        for line in waiting:
            if rows and line.text.lstrip()[:1].islower() and len(rows[-1].cells) == width:
                first, *others = rows[-1].cells
                rows[-1] = rows[-1].with_cells(_joined(first, _cell(stretches(line))), *others)
            else:
                rows.append(_section(line, width, grid))
        if begun:
            cells[0] = _joined(_cell(stretches(begun)), cells[0])
        rows.append(Line("row", tuple(cells), grid))
    return rows


def _joined(one: Cell, other: Cell) -> Cell:
    """A label that stands on two lines."""
    origins = tuple(dict.fromkeys((*one.origins, *other.origins)))
    return replace(one, text=joined([one.text, other.text]), origins=origins)


def _row_cells(body: FigureBody, row: FigureRow) -> Iterator[Cell]:
    for low, high in pairwise([0, *body.texts, _FAR]):
        yield _cell([piece for piece in row.lead if low <= piece.start < high])
    for column in range(len(body.columns)):
        yield _cell([row.cells[column]] if column in row.cells else [])
