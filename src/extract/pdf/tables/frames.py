"""Rules above, in and below a table without a grid: where it begins and ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.tables.blocks import is_caption
from extract.pdf.tables.chunks import Chunk, Row
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.lattice import MEET
from extract.pdf.tables.parts import BESIDE, IN_LINE

REACH = 8.0
"""Ems above and below the lines of a table in which its rules are looked for."""
WIDTH = 0.6
"""Of the width of a table, that a rule over all of it has at least."""
HEADER_LINES = 6
"""Lines between the rule at the top of a table and the first line with several columns, at most."""


CLOSE = 1.7
"""Ems from a heading to the line below it, at most, where no rule stands above it."""
LARGER = 1.25
"""Times the size of a table: larger type is a title above it."""
APART = 2.2
"""Ems between two lines of a header that rules frame, at most; more are the white above a title."""
HEADER_WORDS = 12
"""Words in such a line, at most."""
INSIDE = 2
"""Rules of one length that frame what has another one inside, at most."""
MOST = 40
"""Tables with rules that a page may have, at most; more are a drawing."""
ROOM = 2.2
"""Ems between two rules that have the title of a table between them, at least; less is the height of a row."""
Run = tuple[int, int]
"""The first of some lines, and the first behind them."""


class Stack(NamedTuple):
    """Rules of one length below each other, as above, in and below a table; `ats` are their places."""

    x0: float
    x1: float
    ats: tuple[float, ...]


def stacks(edges: Sequence[Edge]) -> list[Stack]:
    """Where rules of one length stand below each other, from left to right; none on a page that is a drawing."""
    found: dict[tuple[int, int], list[Edge]] = defaultdict(list)
    for edge in sorted(edges):
        found[round(edge.start / MEET), round(edge.end / MEET)].append(edge)
    every = [
        Stack(min(edge.start for edge in same), max(edge.end for edge in same), tuple(edge.at for edge in same))
        for same in found.values()
        if len(same) > 1
    ]
    return sorted(every) if len(every) <= MOST else []


def joined(rows: Sequence[Row], blocks: Sequence[Run], edges: Sequence[Edge]) -> list[Run]:
    """The blocks, those as one between which a table with rules goes on: a long label, cells with a single line.

    Must not act over a caption, running text, white, or the title of the next table between its rules and these.
    """
    found: list[Run] = []
    ruled = [stack for stack in stacks(edges) if len(stack.ats) > INSIDE] if len(blocks) > 1 else []
    for block in blocks:
        if found and any(_goes_on(rows, found[-1], block, stack) for stack in ruled):
            found[-1] = found[-1][0], block[1]
        else:
            found.append(block)
    return found


def _goes_on(rows: Sequence[Row], one: Run, other: Run, stack: Stack) -> bool:
    """Whether two blocks stand between rules of one stack, and what is between them belongs there too."""
    run = rows[one[0] : other[1]]
    between = rows[one[1] - 1 : other[0] + 1]
    size = rows[one[0]].size
    if not stack.ats[0] - size <= rows[one[0]].baseline or rows[other[0]].baseline > stack.ats[-1]:
        return False
    if any(row.x0 < stack.x0 - MEET or row.x1 > stack.x1 + MEET for row in run):
        return False
    if any(map(is_caption, between)) or not all(_is_close(a, b, stack) for a, b in pairwise(between)):
        return False
    if any(sum(len(chunk.words) for chunk in row.chunks) > HEADER_WORDS for row in between[1:-1]):
        return False
    ats = [at for at in stack.ats if between[0].baseline - 1 <= at <= between[-1].baseline]
    return len(ats) < 2 or ats[-1] - ats[0] < ROOM * size


def near(block: Sequence[Row], edges: Sequence[Edge]) -> list[Edge]:
    """The rules that may belong to some lines: they lie over or under them, not far away."""
    left, right = min(row.x0 for row in block), max(row.x1 for row in block)
    size = block[0].size
    top, bottom = block[0].top - REACH * size, block[-1].bottom + REACH * size
    return [
        edge
        for edge in edges
        if top <= edge.at <= bottom and edge.start < right and edge.end > left and edge.start > left - 6 * size
    ]


def _is_close(above: Row, below: Row, stack: Stack) -> bool:
    """Whether a line follows right below another one, or right below a rule between the two."""
    if below.baseline - above.baseline <= CLOSE * below.size:
        return True
    return any(
        above.baseline - 1 <= at and below.baseline - CLOSE * below.size <= at <= below.baseline for at in stack.ats
    )


def is_full(edge: Edge, block: Sequence[Row]) -> bool:
    """Whether a rule reaches over most of some lines."""
    left, right = min(row.x0 for row in block), max(row.x1 for row in block)
    return min(edge.end, right) - max(edge.start, left) >= WIDTH * (right - left)


def full_rules(block: Sequence[Row], edges: Sequence[Edge]) -> int:
    """How many rules reach over most of some lines, among them or right above or below."""
    top, bottom = block[0].top - block[0].size, block[-1].bottom + block[-1].size
    return sum(top <= edge.at <= bottom and is_full(edge, block) for edge in edges)


def framed(rows: Sequence[Row], block: Run, edges: Sequence[Edge], limits: Run, head: int) -> Run:
    """The lines of a table, from the rule above its header to the one below its last line, where there are such.

    It stays within the lines `limits`. The first `head` lines of a page are no headings, unless a rule says so.
    """
    start, end = block
    full = sorted(edge.at for edge in edges if is_full(edge, rows[start:end]))
    first = _first(rows, block, (limits[0], head), [at for at in full if at < rows[start].baseline])
    last = _last(rows, start, (end, limits[1]), [at for at in full if at > rows[start].baseline])
    return first, last


def _first(rows: Sequence[Row], block: Run, limits: Run, above: Sequence[float]) -> int:
    """The first line below the topmost rule that has nothing but a header between it and the block."""
    limit, head = limits
    start = block[0]
    best = start
    is_topped = any(rows[start - 1].baseline - 1 <= at <= rows[start].baseline for at in above)
    for k in range(start - 1, max(start - HEADER_LINES, limit) - 1, -1):
        row = rows[k]
        if is_caption(row) or sum(len(chunk.words) for chunk in row.chunks) > HEADER_WORDS:
            break
        if row.size > LARGER * rows[start].size:
            break
        if is_topped and k == limit > 0:  # the rule that closes the table before
            break
        if best < start and rows[k + 1].baseline - row.baseline > APART * row.size:  # a note of that table
            break
        if any(at <= row.top + 0.3 * row.size and (k == 0 or at >= rows[k - 1].baseline - 1) for at in above):
            best = k
    if best < start or start <= max(limit, head):
        return best
    return start if is_topped else _spanners(rows, block, max(limit, head))


def _spanners(rows: Sequence[Row], run: Run, limit: int) -> int:
    """The lines above that are headings over some columns of the first line, and no titles over all of it.

    A label may stand beside them, half a line off.
    """
    start = best = run[0]
    block, right = rows[start], max(row.x1 for row in rows[slice(*run)])
    for k in range(start - 1, max(start - HEADER_LINES, limit) - 1, -1):
        row, below = rows[k], rows[k + 1]
        step = below.baseline - row.baseline
        if step > CLOSE * row.size or is_caption(row) or len(row.chunks) > 1 or row.size > LARGER * block.size:
            break
        is_within = row.x1 <= right + row.size or any(_in_line(row.chunks[0], chunk) for chunk in block.chunks)
        if row.x0 > block.chunks[0].x1 and is_within:
            best = k
        elif step >= BESIDE * row.size or row.x1 > block.chunks[0].x1 + row.size:
            break
    return best


def _in_line(one: Chunk, other: Chunk) -> bool:
    """Whether two chunks begin, end or are centred in line."""
    offs = one.x0 - other.x0, one.x1 - other.x1
    return min(abs(offs[0]), abs(offs[1]), abs(sum(offs)) / 2) < IN_LINE * one.words[0].size


def _last(rows: Sequence[Row], start: int, ends: Run, below: Sequence[float]) -> int:
    """Lines without values below the last rule are notes; lines above a rule that follows closely belong to it.

    Not if a rule closes it before them, if one of them is running text, or if the rule is at the top of the next table.
    """
    end, limit = ends
    last = end
    inside = [at for at in below if at < rows[end - 1].baseline]
    is_closed = any(0 <= at - rows[end - 1].baseline <= CLOSE * rows[end - 1].size for at in below)
    if inside and not is_closed:
        tail = next(k for k in range(start, end) if rows[k].baseline > inside[-1])
        if tail > start + 1 and not any(row.has_value for row in rows[tail:end]):
            last = tail
    if is_closed:
        return last
    is_followed = limit < len(rows)
    for k in range(end, min(end + 3, limit - is_followed)):
        if is_caption(rows[k]) or sum(len(chunk.words) for chunk in rows[k].chunks) > HEADER_WORDS:
            break
        if any(rows[k].baseline - 1 <= at <= rows[k].bottom + rows[k].size for at in below):
            last = k + 1
    return last
