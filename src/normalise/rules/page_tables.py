"""Tables that go on over a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from normalise.engine import rule
from normalise.read.shapes import Shape, shape
from normalise.read.wording import fold
from normalise.spans import positions
from papers.paper import Line, PageBox, Paper
from papers.repair import Hunk

HEADER_ROWS = 6
"""Rows that the repeated header of a table has at most."""
ALIGNED = 6.0
"""Points by which a column may stand elsewhere on the next page."""
_CONTINUED = re.compile(r".{0,90}\bcont(?:inued|[’']?d|\.)[.)\]]*", re.IGNORECASE)
_BESIDE = ("furniture", "blank", "hidden")
_TOTAL = re.compile(r"(?:grand |overall )?total\b", re.IGNORECASE)


class _Piece(NamedTuple):
    """A table, or what a page holds of it: lines `start` to `end`, half open."""

    start: int
    end: int
    rows: tuple[Line, ...]


class _Link(NamedTuple):
    """Why a piece goes on with the table before it, and how many rows of it repeat that table's header."""

    why: str
    header: int


@rule("loses ink")
def page_tables(paper: Paper) -> Iterator[Hunk]:
    """Join a table that goes on over a page, and let go of the header that is repeated there.

    The second piece stands on the next page, or a line between the two says `continued`; nothing else but page
    furniture stands there, and they have as many columns. Then either the header of the first stands again over the
    second, or the second has none, its columns stand in the same places (or the first is nothing but a header), and the
    first has not ended with a total, but for one of several.
    Furniture and the line that says `continued` go behind the table. A table that merely looks alike, with a heading, a
    caption or text above it, stays on its own.
    """
    pieces = [_Piece(start, end, paper.lines[start:end]) for start, end in paper.grids()]
    at = 0
    while at < len(pieces):
        links: list[_Link] = []
        while at + len(links) + 1 < len(pieces):
            link = _link(paper, pieces[at], pieces[at + len(links)], pieces[at + len(links) + 1])
            if link is None:
                break
            links.append(link)
        if links:
            yield _joined(paper, pieces[at : at + len(links) + 1], links)
        at += len(links) + 1


def _link(paper: Paper, first: _Piece, before: _Piece, after: _Piece) -> _Link | None:
    """Why `after` goes on with the table that begins with `first` and goes on with `before`; None if it doesn't."""
    between = paper.lines[before.end : after.start]
    says_so = any(_says_continued(line) for line in between)
    if not all(line.kind in _BESIDE or _says_continued(line) for line in between):
        return None
    if _width(first.rows) != _width(after.rows):
        return None
    page, next_page = _page(before.rows[-1:]), _page(after.rows)
    is_next = page is not None and next_page == page + 1
    if not is_next and not says_so:
        return None
    header = _repeated_header(first.rows, after.rows)
    if header:
        return _Link(f"the header of the table stands again over it ({header} rows)", header)
    if not is_next or _ends(before.rows, after.rows) or _has_header(after.rows):
        return None
    if before is first and _is_header(before.rows) and _figures(after.rows):
        return _Link("it has no header of its own, and the page before it ends with one", 0)
    if _aligned(before, after):
        return _Link("it has no header of its own, and its columns stand where those of the table do", 0)
    return None


def _says_continued(line: Line) -> bool:
    return line.kind in ("prose", "heading") and _CONTINUED.fullmatch(line.text.strip()) is not None


def _width(rows: Sequence[Line]) -> int:
    return max((column + cell.column_span for row in positions(rows) for column, cell in row), default=0)


def _page(rows: Sequence[Line]) -> int | None:
    place = next((row.place for row in rows if row.place is not None), None)
    return place.page if isinstance(place, PageBox) else None


def _repeated_header(first: Sequence[Line], after: Sequence[Line]) -> int:
    """How many rows at the top of a piece say what those at the top of the table say; 0 if none do."""
    texts = [fold(row.text) for row in after[: HEADER_ROWS + 1]]
    heads = [fold(row.text) for row in first[: HEADER_ROWS + 1]]
    same = 0
    for head, text in zip(heads, texts, strict=False):
        if head != text:
            break
        same += 1
    is_header = same and any(heads[:same]) and not _is_figures(first[:same])
    return same if is_header and same < min(len(after), len(first)) else 0


def _is_header(rows: Sequence[Line]) -> bool:
    """Whether rows are nothing but a header: texts in several columns, none of them a figure."""
    return len(rows) <= HEADER_ROWS and not _figures(rows) and _width(rows) > 1


def _figures(rows: Sequence[Line]) -> int:
    """How many figures stand behind the first column."""
    return sum(
        column > 0 and shape(cell.text.strip()) is Shape.FIGURE for row in positions(rows) for column, cell in row
    )


def _is_figures(rows: Sequence[Line]) -> bool:
    """Whether rows are a table's body rather than its header: figures in most cells."""
    texts = [cell.text for row in rows for cell in row.cells if cell.text.strip()]
    return sum(map(_is_figure, texts)) * 2 > len(texts)


def _is_figure(text: str) -> bool:
    return shape(text) in (Shape.FIGURE, Shape.NIL)


def _ends(rows: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether a table ends with its total, and not with one of several, of which the last stands overleaf."""
    totals = [any(_TOTAL.match(cell.text.strip()) for cell in row.cells) for row in rows]
    is_one_of_several = any(totals[:-1]) and any(_TOTAL.match(cell.text.strip()) for cell in after[-1].cells)
    return totals[-1] and not is_one_of_several


def _has_header(rows: Sequence[Line]) -> bool:
    """Whether a piece begins with a header: marked so, or words over a column of figures."""
    if any(cell.is_header for cell in rows[0].cells):
        return True
    placed = positions(rows)
    head = {column: cell.text.strip() for column, cell in placed[0]}
    for column, text in head.items():
        below = [cell.text.strip() for row in placed[1:] for at, cell in row if at == column and cell.text.strip()]
        if text and not _is_figure(text) and len(below) > 1 and all(map(_is_figure, below)):
            return True
    return False


def _aligned(before: _Piece, after: _Piece) -> bool:
    """Whether the columns of two pieces stand in the same places: by their left edges, their right ones or middles."""
    one, other = _edges(before.rows), _edges(after.rows)
    shared = one.keys() & other.keys()
    fits = sum(any(abs(a - b) <= ALIGNED for a, b in zip(one[c], other[c], strict=True)) for c in shared)
    return len(shared) > 1 and fits == len(shared)


def _edges(rows: Sequence[Line]) -> dict[int, tuple[float, float, float]]:
    """The left edge, the right edge and the middle of the figures of each column, or of its texts if it has none."""
    texts: dict[int, list[PageBox]] = {}
    figures: dict[int, list[PageBox]] = {}
    for row in positions(rows):
        for column, cell in row:
            if cell.column_span == 1:
                found = [origin.place for origin in cell.origins if isinstance(origin.place, PageBox)]
                texts.setdefault(column, []).extend(found)
                if _is_figure(cell.text.strip()):
                    figures.setdefault(column, []).extend(found)
    boxes = texts | figures
    edges = {column: (min(b.x0 for b in found), max(b.x1 for b in found)) for column, found in boxes.items() if found}
    return {column: (x0, x1, (x0 + x1) / 2) for column, (x0, x1) in edges.items()}


def _joined(paper: Paper, pieces: Sequence[_Piece], links: Sequence[_Link]) -> Hunk:
    first = pieces[0]
    grid = first.rows[0].grid
    rows = [
        replace(row, grid=grid)
        for piece, link in zip(pieces[1:], links, strict=True)
        for row in piece.rows[link.header :]
    ]
    beside = [
        replace(line, kind="furniture") if line.kind in ("prose", "heading") else line
        for before, after in pairwise(pieces)
        for line in paper.lines[before.end : after.start]
    ]
    reasons = "; ".join(dict.fromkeys(link.why for link in links))
    why = f"the table goes on over {'a page' if len(links) == 1 else f'{len(links)} pages'}: {reasons}"
    return Hunk(first.end, paper.lines[first.end : pieces[-1].end], (*rows, *beside), why)
