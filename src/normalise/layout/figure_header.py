"""What stands above the columns of a table of figures that is set in columns of white space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from normalise.layout.columns import Piece, Printed, part_of, printed, stretches
from normalise.layout.figures import DRAWN, NEAR, Column, FigureBody, columns_over, extent_of, is_text
from normalise.read.shapes import Shape, shape
from papers.paper import Paper

_MOST_LINES = 6
_MOST_BLANK = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A piece of the header over columns `low` to `high` (both included); not `is_sure` if it may be over others."""

    piece: Piece
    low: int
    high: int
    is_sure: bool = True

    @property
    def is_wide(self) -> bool:
        """Whether it is the heading of a group."""
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class FigureHeader:
    """The rows of a header from the top, and the lines below it that open the first section. It begins at `start`."""

    start: int
    rows: tuple[tuple[Heading, ...], ...] = ()
    sections: tuple[Printed, ...] = ()


def find_figure_header(paper: Paper, body: FigureBody, floor: int) -> FigureHeader:
    """The header above a body, which begins at line `floor` at the earliest.

    Lines of headings over one column each are one row; a line with headings of groups is a row of its own.
    """
    columns = [*(Column(start, start + 1) for start in body.texts), *body.columns]
    start, lines, sections = _lines(paper, body, columns, floor)
    if not lines:
        return FigureHeader(body.start)
    parted = [_pieces(line, columns) for line in lines]
    base = next((k for k, pieces in enumerate(parted) if _is_one_each(pieces, columns)), None)
    extents = columns
    label = None
    if base is not None:
        labels = list(map(extent_of, parted[base]))
        extents, label = labels[-len(columns) :], labels[0] if len(labels) > len(columns) else None
    is_sure = base is not None
    levels: list[list[Heading]] = []
    for k, pieces in enumerate(parted):
        if k == base:
            shift = len(columns) - len(pieces) + 1
            found = [Heading(piece, at, at) for at, piece in enumerate(pieces, start=shift)]
        else:
            found = _headings(lines[k], extents, label, is_above=base is not None and k > base, texts=parted[base or 0])
            is_sure = is_sure and _is_complete(found, len(columns))
        if levels and not any(heading.is_wide for heading in (*found, *levels[-1])):
            levels[-1] = [*found, *levels[-1]]
        else:
            levels.append(found)
    rows = (tuple(replace(h, is_sure=is_sure or h.high == 0) for h in level) for level in reversed(levels))
    return FigureHeader(start, tuple(rows), tuple(sections))


def _is_one_each(pieces: Sequence[Piece], columns: Sequence[Column]) -> bool:
    """Whether a line has one heading for each column, and perhaps one for the labels; they may stand beside theirs."""
    more = len(pieces) - len(columns)
    if more not in (0, 1) or _is_label(pieces[0], columns, None) != bool(more):
        return False
    over = (columns_over(piece, columns) for piece in pieces[more:])
    return all(not found or column in found for column, found in enumerate(over))


def _is_complete(found: Sequence[Heading], columns: int) -> bool:
    """Whether a line leaves nothing open: it stands over the labels alone, or over each of the columns."""
    behind = [heading for heading in found if heading.high]
    return all(h.is_sure for h in found) and sum(h.high - h.low + 1 for h in behind) in (0, columns)


def _lines(
    paper: Paper, body: FigureBody, columns: Sequence[Column], floor: int
) -> tuple[int, list[Printed], list[Printed]]:
    """Where the header begins, its lines from the bottom, and the lines below it that stand over the labels alone."""
    start = body.start
    lines: list[Printed] = []
    sections: list[Printed] = []
    labels: list[Printed] = []
    blanks = 0
    for at in range(body.start - 1, max(floor, body.start - 4 * _MOST_LINES) - 1, -1):
        line = printed(at, paper.lines[at])
        if line is None:
            blanks += 1
            if lines or paper.lines[at].kind != "blank" or blanks > _MOST_BLANK:
                break
            continue
        blanks = 0
        if DRAWN.fullmatch(line.text):
            continue
        pieces = stretches(line)
        has_figure = any(shape(piece.text) is Shape.FIGURE for piece in pieces)
        if is_text(line) or len(lines) == _MOST_LINES or has_figure or "\f" in paper.lines[at].text:
            break
        if pieces[-1].start + len(pieces[-1].text) > columns[0].low - NEAR and not _is_title(pieces, columns):
            lines += [*labels, line]
            labels, start = [], at
        elif len(pieces) > 1 or (not lines and len(sections) == _MOST_BLANK):
            break
        elif lines:
            labels.append(line)
        else:
            sections.insert(0, line)
    while lines and sections and sections[0].text.lstrip()[0].islower():  # the label's heading goes on
        lines.insert(0, sections.pop(0))
    return start, lines, sections


def _is_title(pieces: Sequence[Piece], columns: Sequence[Column]) -> bool:
    """Whether a line begins where the labels do and runs on over the columns."""
    return (
        len(pieces) == 1 and pieces[0].start + 2 * NEAR < columns[0].low and len(columns_over(pieces[0], columns)) != 1
    )


def _pieces(line: Printed, columns: Sequence[Column]) -> list[Piece]:
    """The pieces of a line; one whose words stand over one column each is as many."""
    return [part for piece in stretches(line) for part in _words(line, piece, columns)]


def _words(line: Printed, piece: Piece, columns: Sequence[Column]) -> list[Piece]:
    words = [part_of(line, piece.start + w.start(), piece.start + w.end()) for w in re.finditer(r"\S+", piece.text)]
    over = [columns_over(word, columns) for word in words]
    is_each = len(words) > 1 and all(len(columns) == 1 for columns in over)
    return words if is_each and all(a[0] < b[0] for a, b in pairwise(over)) else [piece]


def _headings(
    line: Printed, extents: Sequence[Column], above: Column | None, *, is_above: bool, texts: Sequence[Piece]
) -> list[Heading]:
    """The headings of a line by the columns, or the headings, that they stand over; `above` is that of the labels."""
    pieces = stretches(line)
    label = [Heading(pieces[0], 0, 0)] if _is_label(pieces[0], extents, above) else []
    pieces = pieces[len(label) :]
    if groups := _groups(pieces, extents, texts) if is_above else []:
        return [*label, *groups]
    found = []
    taken = -1
    for piece in pieces:
        over = columns_over(piece, extents)
        is_sure = len(over) == 1
        if not over:
            end = piece.start + len(piece.text)
            distances = [max(column.low - end, piece.start - column.high) for column in extents]
            over = [distances.index(min(distances))]
            is_sure = min(distances) < NEAR
        low = max(over[0], taken + 1) if over[-1] > taken else over[-1]
        found.append(Heading(piece, low + 1, over[-1] + 1, is_sure and low > taken))
        taken = max(taken, over[-1])
    return [*label, *found]


def _is_label(piece: Piece, extents: Sequence[Column], above: Column | None) -> bool:
    """Whether a piece is a heading of the labels: left of the columns, or below the heading that surely is."""
    low, high = extent_of(piece)
    is_below = above is not None and low < above.high and above.low < high
    return is_below or high <= extents[0].low - NEAR or low < min(NEAR, extents[0].low)


def _groups(pieces: Sequence[Piece], extents: Sequence[Column], texts: Sequence[Piece]) -> list[Heading]:
    """Headings of groups that have the same headings below them, as many each; none if they haven't."""
    names = [piece.text for piece in texts][-len(extents) :]
    if len(pieces) < 2 or len(names) % len(pieces) or len(names) == len(pieces):
        return []
    size = len(names) // len(pieces)
    if any(names[k] != names[k % size] for k in range(len(names))):
        return []
    return [Heading(piece, k * size + 1, (k + 1) * size) for k, piece in enumerate(pieces)]
