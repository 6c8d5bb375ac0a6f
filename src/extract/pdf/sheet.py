"""One page as what it holds: strips of running text and rows of tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extract.pdf.found import FoundTable
from extract.pdf.furniture import EDGE
from extract.pdf.legible import is_garbled, remarks
from extract.pdf.page import Link, Page
from extract.pdf.strips import BULLET, Strip, reading_order, strip_of, without
from extract.pdf.tables import find_tables
from extract.pdf.turn import Turn, upright
from extract.pdf.words import TextLine, Word, read_lines
from papers.paper import Anchor, Cell, Line, Origin, Remark

SPACE = 0.5
"""Ems of white between two words of one phrase, at most."""
CUT_LINES = 3
"""Lines that are cut within a phrase by what is no table, at least."""
CUT = 0.25
"""Of the lines in a table, that are cut within a phrase, from which on it is none."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page turned upright, its lines, and its outermost ones as strips: those could be running heads and feet."""

    page: Page
    turn: Turn
    lines: tuple[TextLine, ...]
    edges: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page with its tables as far as it shows them by itself; `lines` are those without its `heads` and feet."""

    leaf: Leaf
    lines: tuple[TextLine, ...] = ()
    heads: tuple[Strip, ...] = ()
    tables: tuple[FoundTable, ...] = ()
    is_garbled: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is kept of a page when it is closed: no glyphs, so that a long paper takes little memory.

    `content` is the body in reading order: strips, and tables as lines of the kind `row`. `running` are running heads
    and feet; `aside` runs in other directions than the body; `hidden` is not seen, or not what is printed.
    """

    turn: Turn
    content: tuple[Strip | tuple[Line, ...], ...] = ()
    running: tuple[Strip, ...] = ()
    aside: tuple[Strip, ...] = ()
    hidden: tuple[Strip, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def strips(self) -> list[Strip]:
        """The running text of the page, with its heads and feet."""
        return [*self.running, *(part for part in self.content if isinstance(part, Strip))]

    @property
    def tables(self) -> int:
        """How many tables the page holds."""
        return sum(not isinstance(part, Strip) for part in self.content)


def open_leaf(printed: Page) -> Leaf:
    """Turn a page upright and read its lines."""
    page, turn = upright(printed)
    lines = read_lines(page.glyphs)
    level = sorted((line for line in lines if line.angle == 0), key=lambda line: (line.baseline, line.x0))
    ends = level if len(level) <= 2 * EDGE else [*level[:EDGE], *level[-EDGE:]]
    return Leaf(page, turn, lines, tuple(strip_of(page.number, line) for line in ends))


def draft_of(leaf: Leaf, running: frozenset[Strip]) -> Draft:
    """Find the tables of a page, which don't take in the `running` heads and feet."""
    if is_garbled(leaf.page):
        return Draft(leaf, is_garbled=True)
    heads = tuple(strip for strip in leaf.edges if strip in running)
    places = {(strip.text, strip.x0, strip.baseline) for strip in heads}
    kept = (line for line in leaf.lines if (line.text, line.x0, line.baseline) not in places)
    lines = tuple(kept) if places else leaf.lines
    tables = tuple(table for table in find_tables(leaf.page, lines) if not _cuts_lines(table, lines))
    return Draft(leaf, lines, heads, tables)


def read_sheet(draft: Draft, tables: tuple[FoundTable, ...], grids: int) -> Sheet:
    """Read a page; its tables are numbered from `grids` + 1."""
    leaf, page, turn = draft.leaf, draft.leaf.page, draft.leaf.turn
    hidden = tuple(strip_of(page.number, line) for line in read_lines(page.hidden))
    about = tuple(remarks(page, garbled=draft.is_garbled))
    if draft.is_garbled:
        return Sheet(turn, hidden=(*(strip_of(page.number, line) for line in leaf.lines), *hidden), remarks=about)
    left = left_of(draft, tables)
    body = reading_order(page, [line for line in left if line.angle == 0], tables)
    content: list[Strip | tuple[Line, ...]] = []
    for part in body:
        if isinstance(part, FoundTable):
            grids += 1
            content.append(_rows(part, grids, turn))
        else:
            content.append(part)
    aside = tuple(strip_of(page.number, line) for line in left if line.angle != 0)
    return Sheet(turn, tuple(content), draft.heads, aside, hidden, tuple(_anchors(leaf)), about)


def left_of(draft: Draft, tables: tuple[FoundTable, ...]) -> list[TextLine]:
    """The lines of a page without what stands in its tables, its heads and its feet."""
    return without(draft.lines, _taken(tables))


def _anchors(leaf: Leaf) -> Iterator[Anchor]:
    """The links of a page, each with the words that stand on it; a link over several lines has several areas."""
    words = [word for line in leaf.lines for word in line.words] if leaf.page.links else []
    for href, group in groupby(leaf.page.links, key=lambda link: link.href):
        areas = list(group)
        text = " ".join(word.text for area in areas for word in words if _is_on(word, area))
        first = areas[0]
        yield Anchor(text, href, "", leaf.turn.back(first.x0, first.top, first.x1, first.bottom))


def _is_on(word: Word, area: Link) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def origin(line: Strip | TextLine, turn: Turn) -> Origin:
    """What a visual line says, and where it stands on the page as shown."""
    return Origin(line.text, turn.back(line.x0, line.top, line.x1, line.bottom))


def _cuts_lines(table: FoundTable, lines: Sequence[TextLine]) -> bool:
    """Whether the edge of a table lies between words that a mere space parts, and so often that it is no edge of cells.

    Such is a coloured bar or the frame of a page, over which its running text goes on.
    """
    taken = _taken((table,))
    held = cut = 0
    for line in lines:
        if table.top <= line.bottom and line.top <= table.bottom:
            inside = [id(word) in taken for word in line.words]
            held += any(inside)
            if any(inside) and not all(inside):
                cut += any(
                    here != there and after.x0 - word.x1 < SPACE * line.size
                    for (word, here), (after, there) in pairwise(zip(line.words, inside, strict=True))
                )
    return cut >= max(CUT_LINES, CUT * held)


def _taken(tables: tuple[FoundTable, ...]) -> set[int]:
    """The words that stand in tables, by identity."""
    return {id(word) for table in tables for cell in table.cells for line in cell.lines for word in line.words}


def _rows(table: FoundTable, grid: int, turn: Turn) -> tuple[Line, ...]:
    """A table as lines of the kind `row`; a row all of whose positions are covered from above has no cells."""
    rows: list[list[Cell]] = [[] for _ in range(max(cell.row + cell.row_span for cell in table.cells))]
    for found in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        origins = tuple(origin(line, turn) for line in found.lines)
        text = _text([origin.raw for origin in origins])
        rows[found.row].append(Cell(text, origins, found.row_span, found.column_span, found.is_header))
    return tuple(Line("row", tuple(cells), grid) for cells in rows)


def _text(lines: Sequence[str]) -> str:
    """The visual lines of a cell as running text; an item of a list begins a line of its own."""
    text = ""
    for line in lines:
        between = "\n" if line.startswith(BULLET) else " "
        text += between + line if text else line
    return text
