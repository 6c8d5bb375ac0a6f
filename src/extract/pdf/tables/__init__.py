"""Tables on a page: those with a grid first, then those that show in how their lines are set."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extract.pdf.found import FoundTable
from extract.pdf.page import Page
from extract.pdf.tables.assemble import table_of
from extract.pdf.tables.beside import without_running
from extract.pdf.tables.blocks import MARGIN, find_blocks
from extract.pdf.tables.choice import accepts, is_chart
from extract.pdf.tables.chunks import Row, is_stroke, is_year, row_of, usual_space
from extract.pdf.tables.edges import Edge, Edges, drawn_edges, filled_edges
from extract.pdf.tables.frames import framed, full_rules, joined, near
from extract.pdf.tables.grid import read_grid
from extract.pdf.tables.gutters import page_columns
from extract.pdf.tables.lattice import Lattice, lattices
from extract.pdf.tables.parts import Part
from extract.pdf.tables.ruled import (
    CELLS,
    fill,
    is_drawing,
    is_table,
    needs_rows,
    parts_of,
    undrawn_columns,
    without_prose,
)
from extract.pdf.words import TextLine, line_of

MOST_DRAWN = 5000
"""Filled areas and shapes that are looked at to tell a chart, at most."""


def find_tables(page: Page, lines: Sequence[TextLine]) -> tuple[FoundTable, ...]:
    """The tables of a page, from top to bottom; every word is in one cell at most, and what is in none is no table."""
    left = sorted((line for line in lines if line.angle == 0), key=attrgetter("baseline"))
    turned = [line for line in lines if line.angle in (90, 270)]
    space = usual_space(left)
    found: list[Sequence[Part]] = []
    drawn = drawn_edges(page)
    loose: tuple[Edge, ...] = ()
    for edges in (drawn, filled_edges(page)) if page.fills else (drawn,):
        grids, loose = lattices(edges)
        for lattice in grids:
            parts = _ruled_parts(lattice, left, turned, edges, space)
            if parts and _is_header(parts, lattice, left):
                loose += tuple(_rules_of(lattice, edges))
            elif parts and not _is_chart(parts, page):
                found.append(parts)
                left = _without(left, parts)
                turned = _without(turned, parts) if turned else []
    typed = [line for line in left if is_stroke(line.text)]
    loose = tuple(sorted([*loose, *(Edge(line.baseline - line.size / 4, line.x0, line.x1) for line in typed)]))
    rows = [row_of(k, line) for k, line in enumerate(line for line in left if not is_stroke(line.text))]
    for run in page_columns(rows, loose):
        unruled, rest = _unruled_parts(run, loose, page, space)
        found += unruled
        cleared = without_running(rest)
        if len(cleared) < len(rest) or any(len(a.chunks) < len(b.chunks) for a, b in zip(cleared, rest, strict=True)):
            found += _unruled_parts(cleared, loose, page, space)[0]
    tables = [table_of(parts) for parts in found]
    return tuple(sorted(tables, key=attrgetter("top", "x0")))


def _is_chart(parts: Sequence[Part], page: Page) -> bool:
    return is_chart(parts, page.fills[:MOST_DRAWN], page.shapes[:MOST_DRAWN])


def _unruled_parts(
    rows: Sequence[Row], edges: Sequence[Edge], page: Page, space: float
) -> tuple[list[Sequence[Part]], list[Row]]:
    """The cells of each table that shows in how its lines are set, and the lines in none; `edges` are of no grid."""
    found: list[Sequence[Part]] = []
    rest: list[Row] = []
    blocks = joined(rows, list(find_blocks(rows, page.height)), edges)
    done, head = 0, next((k for k, row in enumerate(rows) if row.baseline > MARGIN * page.height), 0)
    for k, (start, end) in enumerate(blocks):
        limit = blocks[k + 1][0] if k + 1 < len(blocks) else len(rows)
        rules = near(rows[start:end], edges)
        first, last = framed(rows, (start, end), rules, (min(done, start), limit), head)
        block = rows[first:last]
        grid = read_grid(block, (), rules, space)
        is_last = all(row.baseline > (1 - MARGIN) * page.height for row in rows[last:])
        if accepts(grid, full_rules(block, rules), is_last=is_last) and not _is_chart(grid.parts, page):
            found.append(grid.parts)
            rest += rows[done:first]
            done = last
    return found, [*rest, *rows[done:]]


def _ruled_parts(
    lattice: Lattice, lines: Sequence[TextLine], turned: Sequence[TextLine], edges: Edges, space: float
) -> Sequence[Part]:
    """The cells of a grid; none if it is no table. One that is ruled in part only is read by its lines as well."""
    if len(lattice.boxes) < CELLS:
        return ()
    lines = list(_inside(lines, lattice))
    lattice = without_prose(lattice, lines)
    ruled = fill(lattice, lines, turned)
    if not is_table(ruled) or is_drawing(ruled, edges):
        return ()
    if not needs_rows(ruled):
        return parts_of(ruled, undrawn_columns(ruled))
    borders = lattice.drawn_columns()
    rows = [row_of(k, line, borders) for k, line in enumerate(_inside(lines, lattice))]
    return read_grid(rows, borders, _rules_of(lattice, edges), space).parts


def _rules_of(lattice: Lattice, edges: Edges) -> list[Edge]:
    """The horizontal edges of a grid."""
    top, bottom = lattice.ys[0] - 1, lattice.ys[-1] + 1
    left, right = lattice.xs[0] - 1, lattice.xs[-1] + 1
    return [e for e in edges.horizontal if top <= e.at <= bottom and left <= e.start and e.end <= right]


def _is_header(parts: Sequence[Part], lattice: Lattice, lines: Sequence[TextLine]) -> bool:
    """Whether a grid parts the headings alone: there is no figure in it, and the line below is full of them."""
    if any(chunk.is_value and not is_year(chunk.text) for part in parts for chunk in part.chunks):
        return False
    below = lines[bisect_left(lines, lattice.ys[-1], key=attrgetter("baseline")) :][:1]
    row = row_of(0, below[0]) if below else None
    if row is None or row.top - lattice.ys[-1] > row.size or row.x0 < lattice.xs[0] - 1 or row.x1 > lattice.xs[-1] + 1:
        return False
    return len(row.chunks) > 2 and all(chunk.is_value for chunk in row.chunks[1:])


def _without(lines: Iterable[TextLine], parts: Iterable[Part]) -> list[TextLine]:
    """The lines without the words of some cells."""
    taken = {id(word) for part in parts for chunk in part.chunks for word in chunk.words}
    left = []
    for line in lines:
        words = [word for word in line.words if id(word) not in taken]
        if len(words) == len(line.words):
            left.append(line)
        elif words:
            left.append(line_of(words))
    return left


def _inside(lines: Sequence[TextLine], lattice: Lattice) -> Iterator[TextLine]:
    """The parts of lines that stand in a grid."""
    left, right, top, bottom = lattice.xs[0], lattice.xs[-1], lattice.ys[0], lattice.ys[-1]
    for line in lines[bisect_left(lines, top, key=attrgetter("baseline")) :]:
        if line.baseline - line.size > bottom:
            break
        if top <= line.baseline - 0.3 * line.size <= bottom:
            words = [word for word in line.words if left <= (word.x0 + word.x1) / 2 <= right]
            if len(words) == len(line.words):
                yield line
            elif words:
                yield line_of(words)
