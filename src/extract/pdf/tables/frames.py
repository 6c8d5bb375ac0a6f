"""Rules above, in and below a table without a grid: where it begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from extract.pdf.tables.blocks import is_caption
from extract.pdf.tables.chunks import Row
from extract.pdf.tables.edges import Edge

REACH = 8.0
"""Ems above and below the lines of a table in which its rules are looked for."""
WIDTH = 0.6
"""Of the width of a table, that a rule over all of it has at least."""
HEADER_LINES = 6
"""Lines between the rule at the top of a table and the first line with several columns, at most."""


HEADER_WORDS = 12
"""Words in such a line, at most."""
Run = tuple[int, int]
"""The first of some lines, and the first behind them."""


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
    first = _first(rows, start, (limits[0], head), [at for at in full if at < rows[start].baseline])
    last = _last(rows, start, (end, limits[1]), [at for at in full if at > rows[start].baseline])
    return first, last


def _first(rows: Sequence[Row], start: int, limits: Run, above: Sequence[float]) -> int:
    """The first line below the topmost rule that has nothing but a header between it and the block."""
    limit, head = limits
    best = start
    for k in range(start - 1, max(start - HEADER_LINES, limit) - 1, -1):
        row = rows[k]
        if is_caption(row) or sum(len(chunk.words) for chunk in row.chunks) > HEADER_WORDS:
            break
        if any(at <= row.top + 0.3 * row.size and (k == 0 or at >= rows[k - 1].baseline - 1) for at in above):
            best = k
    if best < start or start <= max(limit, head):
        return best
    is_topped = any(rows[start - 1].baseline - 1 <= at <= rows[start].baseline for at in above)
    return start if is_topped else _spanner(rows, start)


def _spanner(rows: Sequence[Row], start: int) -> int:
    """One line more, if it is a heading over some columns of the first line, and not a title over all of it."""
    row, first = rows[start - 1], rows[start]
    is_close = first.baseline - row.baseline < 1.7 * row.size
    is_inside = row.x0 > first.chunks[0].x1 and row.x1 <= first.x1 + row.size
    return start - 1 if is_close and is_inside and not is_caption(row) else start


def _last(rows: Sequence[Row], start: int, ends: Run, below: Sequence[float]) -> int:
    """Lines without values below the last rule are notes; lines above a rule that follows closely belong to it."""
    end, limit = ends
    last = end
    inside = [at for at in below if at < rows[end - 1].baseline]
    if inside:
        tail = next(k for k in range(start, end) if rows[k].baseline > inside[-1])
        if tail > start + 1 and not any(row.has_value for row in rows[tail:end]):
            last = tail
    for k in range(end, min(end + 3, limit)):
        if is_caption(rows[k]):
            break
        if any(rows[k].baseline - 1 <= at <= rows[k].bottom + rows[k].size for at in below):
            last = k + 1
    return last
