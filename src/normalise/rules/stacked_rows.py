"""Rows of a table that were typed into one, line below line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise.engine import note, retext, rule
from normalise.read.shapes import Shape, shape
from papers.paper import Line, Paper
from papers.repair import BULLET, Hunk

_FIGURES = (Shape.FIGURE, Shape.YEAR, Shape.NIL)
_BEGINS = re.compile(r"[^\W_a-z]|\(?[a-z][.)]")
"""A label begins with a capital, a figure, or a mark such as `(a)`; in the middle of one a line begins small."""


@rule()
def stacked_rows(paper: Paper) -> Iterator[Hunk]:
    """Part a row whose cells hold as many lines each into rows: `Pay / Rent` beside `12 / 3` are two.

    Old web pages have all figures of a column in one cell, with line breaks between. Acts only if all cells that hold
    something have equally many lines, one of them nothing but figures of one kind, and each line of the words begins
    like a label. A header, a list and `1,200 / (5%)` are left alone. Where it is open which label a figure belongs to,
    since a label may be broken over lines or a cell of the table spans rows, a person is asked.
    """
    for start, end in paper.grids():
        spans_rows = any(cell.row_span > 1 for line in paper.lines[start:end] for cell in line.cells)
        for at in range(start, end):
            line = paper.lines[at]
            columns = [cell.text.strip().split("\n") for cell in line.cells]
            if not spans_rows and _are_stacked(line, columns):
                count = max(map(len, columns))
                rows = tuple(retext(line, [c[k] if len(c) > 1 else "" for c in columns]) for k in range(count))
                yield Hunk(at, (line,), rows, f"{len(rows)} rows that stand line by line in the cells of one")
            elif open_cells := [i for i, column in enumerate(columns) if _may_be_stacked(line, column)]:
                yield note(paper, at, "figures stand line by line in one cell: they may be several rows", open_cells)


def _are_stacked(line: Line, columns: Sequence[Sequence[str]]) -> bool:
    filled = [column for column in columns if any(column)]
    if line.kind != "row" or len(filled) < 2 or any(cell.is_header for cell in line.cells):
        return False
    count = len(filled[0])
    if count < 2 or any(len(column) != count or not all(map(str.strip, column)) for column in filled):
        return False
    figures = [column for column in filled if _is_of_figures(column)]
    words = [column for column in filled if column not in figures]
    return bool(figures) and all(map(_begins_each, words))


def _may_be_stacked(line: Line, column: Sequence[str]) -> bool:
    """Whether a cell holds several figures below each other; years may be a heading."""
    is_open = line.kind == "row" and len(column) > 1 and not any(cell.is_header for cell in line.cells)
    return is_open and _is_of_figures(column) and any(shape(text) is Shape.FIGURE for text in column)


def _is_of_figures(column: Sequence[str]) -> bool:
    """Whether the lines of a cell are figures, all with the same signs of their kind, but for a minus."""
    shapes = {shape(text) for text in column}
    kinds = {re.sub(r"[^%()£€$]", "", text) for text in column if shape(text) is not Shape.NIL}
    return shapes <= set(_FIGURES) and bool(shapes - {Shape.NIL}) and (len(kinds) == 1 or kinds <= {"", "()"})


def _begins_each(column: Sequence[str]) -> bool:
    return all(_BEGINS.match(text) and not text.startswith(BULLET.strip()) for text in map(str.strip, column))
