"""Where figures stand below each other, with white space between the columns: the bodies of such tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from normalise.flat.body import CAPTION
from normalise.layout.columns import Piece, Printed, part_of, printed, stretches
from normalise.layout.wrapped import ends
from normalise.read.shapes import Shape, shape
from papers.paper import Line, Paper

DRAWN = re.compile(r"[\s+|]*[-=_─]{3,}(?:[\s+|]+[-=_─]{3,})*[\s+|]*")
"""A line drawn with dashes; a shorter dash may be a printed nothing."""
_PARAGRAPH = re.compile(r"\s*\d{1,3}\.\s+[A-Z]")
_HARD = re.compile(r"[£€$%(),.]|[-–−]\d")
_LAST = re.compile(r"(?<=\S) (\S+)$")
_SHORT = 6
"""Words of a line that may end with a full stop and be no sentence."""
_LONGEST = 80
"""Characters of a label or a section inside a table, at most."""
_WIDEST = 400
"""Characters of a line of a table, at most."""
_MOST_RETRIED = 50
"""Rows that may begin with another one if they are no table; longer runs are passed over."""
_BETWEEN = 2
"""Lines without figures between two rows, and blank lines in a row, at most."""
_ALIGNED = 0.6
"""Of the figures of a column, that end or begin below each other, at least; so many rows hold a column of words."""
NEAR = 3
"""Characters by which they may miss each other: a bracket, a footnote mark; and a heading its column."""


class Column(NamedTuple):
    """The characters, from 0 and half open, in which a column has text."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line with figures: the pieces of its label, and what stands in the columns behind, by column."""

    printed: Printed
    lead: tuple[Piece, ...]
    cells: Mapping[int, Piece]


@dataclass(frozen=True, slots=True)
class FigureBody:
    """The rows of a table from line `start` to `end` (half open), and the lines without figures between them.

    `texts` are where columns of words begin that stand between the labels and the figures, `columns` those behind.
    """

    start: int
    end: int
    rows: tuple[FigureRow, ...]
    between: tuple[Printed, ...]
    texts: tuple[int, ...]
    columns: tuple[Column, ...]


class _Seen(NamedTuple):
    """A line with figures before the columns are known."""

    printed: Printed
    lead: tuple[Piece, ...]
    rest: tuple[Piece, ...]


def figure_bodies(paper: Paper) -> Iterator[FigureBody]:
    """The bodies of all tables of figures that are set in columns of white space."""
    at = floor = 0
    while at < len(paper.lines):
        rows, between, end = _rows(paper, at)
        found = _body(paper, at, end, floor, rows, between) if rows else None
        if found:
            yield found
            floor = found.end
        at = found.end if found else end if len(rows) > _MOST_RETRIED else at + 1


def is_text(line: Printed) -> bool:
    """Whether a line is no part of a table: a caption, a paragraph, the end of a sentence, or too long."""
    text = line.text.strip()
    if len(text) > _LONGEST and "  " not in text:
        return True
    is_sentence = len(text.split()) > _SHORT and ends(text)
    return is_sentence or bool(CAPTION.match(line.text) or _PARAGRAPH.match(line.text))


def _seen(line: Printed | None) -> _Seen | None:
    """A line as a row, if a figure stands apart in it, behind something else."""
    if line is None or len(line.text) > _WIDEST or "  " not in line.text.strip() or CAPTION.match(line.text):
        return None
    pieces = [part for piece in stretches(line) for part in _parted(line, piece)]
    first = next((k for k, piece in enumerate(pieces) if _is_value(piece.text)), len(pieces))
    if not any(shape(piece.text) is Shape.FIGURE for piece in pieces[1:]):
        return None
    return _Seen(line, tuple(pieces[:first]), tuple(pieces[first:]))


def _parted(line: Printed, piece: Piece) -> list[Piece]:
    """The figures of a piece between which single spaces stand, as narrow columns leave them; else the piece."""
    words = list(re.finditer(r"\S+", piece.text))
    if len(words) < 2 or _is_value(piece.text) or not all(_is_value(word[0]) for word in words):
        return [piece]
    return [part_of(line, piece.start + word.start(), piece.start + word.end()) for word in words]


def _is_value(text: str) -> bool:
    return shape(text) not in (Shape.WORDS, Shape.BLANK)


def _rows(paper: Paper, start: int) -> tuple[list[_Seen], list[Printed], int]:
    """The lines with figures from line `start` on, what stands between them, and the line behind the last of them."""
    rows: list[_Seen] = []
    between: list[Printed] = []
    waiting: list[Printed] = []
    at = end = start
    blanks = 0
    while at < len(paper.lines) and blanks <= _BETWEEN:
        line = printed(at, paper.lines[at])
        row = _seen(line)
        if row:
            rows.append(row)
            between += waiting
            waiting = []
            end = at + 1
        elif not rows or not _may_stand_between(line, paper.lines[at], waiting):
            break
        elif line:
            waiting.append(line)
        blanks = 0 if line else blanks + 1
        at += 1
    return rows, between, end


def _body(
    paper: Paper, start: int, end: int, floor: int, rows: Sequence[_Seen], between: Sequence[Printed]
) -> FigureBody | None:
    """The body that some rows are, if they are one."""
    columns = _columns(rows)
    placed = [_placed(row, columns) for row in rows]
    if not columns or None in placed or not _is_table(rows, columns):
        return None
    found = [row for row in placed if row]
    # The label of a row may reach up to its figure: it has to stand in a column of the others.
    glued = [_glued(line, columns) for line in between]
    while start > floor and (above := _glued(printed(start - 1, paper.lines[start - 1]), columns)):
        found.append(above)
        start -= 1
    while end < len(paper.lines) and (below := _glued(printed(end, paper.lines[end]), columns)):
        found.append(below)
        end += 1
    words = tuple(line for line, row in zip(between, glued, strict=True) if row is None)
    around = (printed(at, paper.lines[at]) for at in (start - 1, end) if floor <= at < len(paper.lines))
    if any(
        line and len(stretches(line)) == 1 and not is_text(line) and _ends_in_amount(line) for line in (*words, *around)
    ):
        return None
    rows_found = sorted([*found, *filter(None, glued)], key=lambda row: row.printed.at)
    return FigureBody(start, end, tuple(rows_found), words, _text_starts(rows), columns)


def _ends_in_amount(line: Printed) -> bool:
    last = _LAST.search(line.text)
    return last is not None and shape(last[1]) is Shape.FIGURE and _HARD.search(last[1]) is not None


def _may_stand_between(line: Printed | None, raw: Line, waiting: Sequence[Printed]) -> bool:
    """Whether a line without a figure apart may be part of a table: blank, drawn, a section or a part of a label."""
    if line is None or DRAWN.fullmatch(line.text):
        return line is not None or raw.kind == "blank"
    words = [other for other in waiting if not DRAWN.fullmatch(other.text)]
    return len(words) < _BETWEEN and len(stretches(line)) == 1 and not is_text(line)


def _text_starts(rows: Sequence[_Seen]) -> tuple[int, ...]:
    """Where words begin below each other, behind the labels and before the figures."""
    behind = Counter(piece.start for row in rows for piece in row.lead[1:])
    every = Counter(piece.start for row in rows for piece in row.lead)
    return tuple(sorted(at for at, times in behind.items() if times > 1 and every[at] >= _ALIGNED * len(rows)))


def _columns(rows: Sequence[_Seen]) -> tuple[Column, ...]:
    """The columns behind the labels: those of the rows that have most; none if only one has so many."""
    counts = Counter(len(row.rest) for row in rows)
    most = max((count for count, times in counts.items() if times > 1), default=0)
    full = [row.rest for row in rows if len(row.rest) == most]
    columns = []
    for pieces in zip(*full, strict=True):
        low, high = (median_low(ends) for ends in zip(*map(extent_of, pieces), strict=True))
        near = [extent for extent in map(extent_of, pieces) if extent.low < high and low < extent.high]
        columns.append(Column(min(e.low for e in near), max(e.high for e in near)))
    is_apart = all(left.high <= right.low for left, right in pairwise(columns))
    return tuple(columns) if is_apart else ()


def extent_of(piece: Piece) -> Column:
    """The characters on which a piece stands."""
    return Column(piece.start, piece.start + len(piece.text))


def _placed(row: _Seen, columns: Sequence[Column]) -> FigureRow | None:
    """A row with its figures in their columns; None if it is open which these are."""
    if len(row.rest) == len(columns):
        return FigureRow(row.printed, row.lead, dict(enumerate(row.rest)))
    cells: dict[int, Piece] = {}
    lead = row.lead
    last = _LAST.search(lead[-1].text) if lead else None
    if last and _is_value(last[1]):  # the label may reach up to the first figure
        start = lead[-1].start
        cut = part_of(row.printed, start, start + last.start())
        figure = part_of(row.printed, start + last.start(1), start + last.end(1))
        if columns_over(figure, columns) or _HARD.search(figure.text):
            return _placed(_Seen(row.printed, (*lead[:-1], cut), (figure, *row.rest)), columns)
    for piece in row.rest:
        over = columns_over(piece, columns)
        if len(over) != 1 or over[0] in cells:
            return None
        cells[over[0]] = piece
    return FigureRow(row.printed, lead, cells)


def columns_over(piece: Piece, columns: Sequence[Column]) -> list[int]:
    """The columns, from 0, in which or over which a piece stands."""
    low, high = extent_of(piece)
    return [k for k, column in enumerate(columns) if low < column.high and column.low < high]


def _glued(line: Printed | None, columns: Sequence[Column]) -> FigureRow | None:
    """A line whose label reaches up to its one figure, as a row, if that stands in a column."""
    last = _LAST.search(line.text) if line else None
    if line is None or last is None or len(stretches(line)) > 1 or not _ends_in_amount(line):
        return None
    if is_text(replace(line, text=line.text[: last.start()])):
        return None
    start, end = last.span(1)
    inside = [k for k, column in enumerate(columns) if column.low - 1 <= start and end <= column.high + 1]
    if len(inside) != 1:
        return None
    lead = part_of(line, 0, last.start())
    return FigureRow(line, (lead,), {inside[0]: part_of(line, start, end)})


def _is_table(rows: Sequence[_Seen], columns: Sequence[Column]) -> bool:
    """Whether rows are enough, and their figures stand below each other: so no list of contents, no addresses."""
    if len(rows) < (2 if len(columns) > 1 else 3):
        return False
    full = [row.rest for row in rows if len(row.rest) == len(columns)]
    values = [[piece for piece in pieces if _is_value(piece.text)] for pieces in zip(*full, strict=True)]
    hard = sum(_HARD.search(piece.text) is not None for column in values for piece in column)
    if len(columns) == 1 and 2 * hard < len(values[0]):
        return False
    aligned = sum(_are_aligned(column) for column in values if column)
    return 4 * aligned >= 3 * sum(map(bool, values))


def _are_aligned(column: Sequence[Piece]) -> bool:
    for edges in zip(*map(extent_of, column), strict=True):
        most = Counter(sorted(edges)).most_common(1)[0][0]
        if sum(abs(edge - most) < NEAR for edge in edges) >= _ALIGNED * len(edges):
            return True
    return False
