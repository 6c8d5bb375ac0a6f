"""The cells of the header of a table without a grid: headings of several lines, and those that span groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from extract.pdf.tables.chunks import Chunk, Row
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.parts import BESIDE, IN_LINE, Extent, Part
from extract.pdf.tables.spans import Heading, covered, groups, ruled_columns

LEADING = 1.4
"""Ems between the lines of one heading, at most; rows of headings stand further apart where they have room."""
LOOSE = 1.9
"""The same where the words show that they go on."""
OTHER_SIZE = 0.08
"""Of its size, by which type has to differ to be another size."""
SHIFT = 0.3
"""Ems by which a heading in the middle of a header may be off it, and stands above the last line at least."""
OVERLAP = 0.6
"""Of the narrower of two lines, that stands over the other where they are lines of one heading."""
_GOES_ON = re.compile(r"[a-z(]")


def header_parts(rows: Sequence[Row], extents: Sequence[Extent], level: Sequence[Edge]) -> list[Part]:
    """The cells of a header. `extents` are those of the columns below it, `level` the rules in and under it."""
    headings = _headings(rows, extents, level)
    stacks: list[list[Heading]] = [[] for _ in extents]  # from the lowest up
    spans: dict[Heading, tuple[int, int]] = {}
    for line in _levels(headings):
        here = {heading: covered(heading, extents) for heading in line}
        if len(line) == len(extents):
            here = {heading: (k, k) for k, heading in enumerate(line)}
        over = [heading for heading in line if any(stacks[k] for k in range(here[heading][0], here[heading][1] + 1))]
        taken = {k for heading in line if heading not in over for k in range(here[heading][0], here[heading][1] + 1)}
        taken |= {k for heading in _beside(headings, line) for k in _columns(heading, extents)}
        below = [stack[-1] if stack and k not in taken else None for k, stack in enumerate(stacks)]
        apart: frozenset[int] = frozenset()
        if over:
            top, bottom = min(h.top for h in over), max((h.baseline for h in headings), default=0.0)
            apart = frozenset(
                k
                for k, (one, stack) in enumerate(zip(below, stacks, strict=True))
                if one is not None and len(stack) == 1 and _is_beside(one, top, bottom)
            )
        begins = len(over) < len(line)  # headings with none below them begin at the height of the groups
        ruled = [ruled_columns(heading, line, level, extents) for heading in over]
        here |= groups(over, below, extents, apart, ruled, begins=begins)
        for heading, (first, last) in _apart(here):
            spans[heading] = first, last
            for k in range(first, last + 1):
                stacks[k].append(heading)
    return _placed(spans, stacks)


def _headings(rows: Sequence[Row], extents: Sequence[Extent], level: Sequence[Edge]) -> list[Heading]:
    """Put the lines of each heading together: they stand right below each other, and nothing beside comes between."""
    found: list[Heading] = []
    for row in rows:
        above = [heading for heading in found if row.baseline - heading.baseline <= LOOSE * row.size]
        pairs = [(heading, chunk) for heading in above for chunk in row.chunks if _overlap(heading, chunk) > 0]
        tops = _group_tops(above, pairs, row)
        for chunk in row.chunks:
            mine = [heading for heading, other in pairs if other is chunk]
            if len(mine) == 1 and mine[0] not in tops and sum(heading is mine[0] for heading, _ in pairs) == 1:
                heading = mine[0]
                if _is_next_line(heading, chunk, row, extents) and not _is_parted(heading, chunk, row, level):
                    heading.add(chunk, row)
                    continue
            found.append(Heading(chunk, row))
    return found


def _group_tops(above: Sequence[Heading], pairs: Sequence[tuple[Heading, Chunk]], row: Row) -> set[Heading]:
    """The headings that span what begins under them, though they reach over the first of it only.

    Some heading above has nothing under it, so headings of one line do not stand on this one; a chunk without anything
    above it then belongs to the group that begins to its left, in line with the chunk under it.
    """
    if all(any(heading is other for heading, _ in pairs) for other in above):
        return set()
    lone = [chunk for chunk in row.chunks if not any(chunk is other for _, other in pairs)]
    starts = {max((h.x0 for h in above if h.x0 < chunk.x0), default=None) for chunk in lone}
    return {h for h, chunk in pairs if h.x0 in starts and abs(h.x0 - chunk.x0) < IN_LINE * row.size}


def _overlap(heading: Heading, chunk: Chunk) -> float:
    return min(heading.x1, chunk.x1) - max(heading.x0, chunk.x0)


def _is_next_line(heading: Heading, chunk: Chunk, row: Row, extents: Sequence[Extent]) -> bool:
    """Whether a chunk is the next line of a heading: the same type, in line with it, not one of several under it."""
    size = row.size
    step = row.baseline - heading.baseline
    if step < BESIDE * size or abs(heading.size - size) > OTHER_SIZE * size:
        return False
    if step > LEADING * size and not _GOES_ON.match(chunk.text):
        return False
    first, last = covered(heading, extents)
    slack = IN_LINE * size
    is_within = chunk.x0 - slack <= heading.x0 and heading.x1 <= chunk.x1 + slack  # so it reaches over no more columns
    if first != last and not is_within and covered(Heading(chunk, row), extents) != (first, last):
        offs = (chunk.x0 - heading.x0, chunk.x1 - heading.x1)
        if abs(sum(offs)) / 2 > IN_LINE * size:
            return False
    offs = (chunk.x0 - heading.x0, chunk.x1 - heading.x1)
    is_in_line = min(abs(offs[0]), abs(offs[1]), abs(sum(offs)) / 2) < IN_LINE * size
    return is_in_line or _overlap(heading, chunk) >= OVERLAP * min(heading.x1 - heading.x0, chunk.x1 - chunk.x0)


def _is_parted(heading: Heading, chunk: Chunk, row: Row, level: Sequence[Edge]) -> bool:
    """Whether a rule is drawn between a heading and a chunk below it."""
    return any(
        heading.baseline < edge.at < row.baseline - row.size / 2 and edge.start < chunk.x1 and edge.end > chunk.x0
        for edge in level
    )


def _levels(headings: Iterable[Heading]) -> list[list[Heading]]:
    """The headings from the lowest up, those on one line together, from left to right.

    Above the lowest, a heading of several lines is of the level on whose line it ends, if it stands beside it.
    """
    ordered = sorted(headings, key=attrgetter("top"), reverse=True)
    levels: list[list[Heading]] = []
    for heading in ordered:
        is_on_line = bool(levels) and levels[-1][0].top - heading.top < BESIDE * heading.size
        if is_on_line or (len(levels) > 1 and _ends_beside(heading, levels[-1])):
            levels[-1].append(heading)
        else:
            levels.append([heading])
    return [sorted(level, key=attrgetter("x0")) for level in levels]


def _ends_beside(heading: Heading, level: Sequence[Heading]) -> bool:
    """Whether the last line of a heading stands beside a level, and none of it above or below one of its headings."""
    ends = any(abs(heading.baseline - other.baseline) < BESIDE * heading.size for other in level)
    return ends and not any(min(heading.x1, other.x1) > max(heading.x0, other.x0) for other in level)


def _beside(headings: Iterable[Heading], line: Sequence[Heading]) -> Iterator[Heading]:
    """The headings that begin above a line of headings and reach down to it."""
    top = min(heading.top for heading in line)
    for heading in headings:
        if heading not in line and heading.top < top and heading.baseline > top - BESIDE * heading.size:
            yield heading


def _columns(heading: Heading, extents: Sequence[Extent]) -> range:
    first, last = covered(heading, extents)
    return range(first, last + 1)


def _is_beside(heading: Heading, top: float, bottom: float) -> bool:
    """Whether a heading stands in the middle of a whole header, beside all its lines: none stands above it."""
    middle = (heading.top + heading.baseline) / 2
    is_high = bottom - heading.baseline > SHIFT * heading.size
    return is_high and abs(middle - (top + bottom) / 2) < SHIFT * heading.size


def _apart(spans: dict[Heading, tuple[int, int]]) -> list[tuple[Heading, tuple[int, int]]]:
    """The spans of the headings of one line, from left to right, cut where they would overlap."""
    free = 0
    found = []
    for heading, (first, last) in sorted(spans.items(), key=lambda item: (item[0].x0, item[1])):
        first = max(first, free)
        if first <= last:
            found.append((heading, (first, last)))
            free = last + 1
        elif found:  # no column is left for it: more text of the one before
            found[-1][0].take(heading)
    return found


def _placed(spans: dict[Heading, tuple[int, int]], stacks: Sequence[Sequence[Heading]]) -> list[Part]:
    """Give each heading its row; the lowest of a column reaches down to the end of the header."""
    rows: dict[Heading, int] = {}
    for heading in reversed(spans):  # from the top down
        first, last = spans[heading]
        above = [rows[other] for k in range(first, last + 1) for other in stacks[k] if other in rows]
        rows[heading] = max(above, default=-1) + 1
    depth = max(rows.values(), default=-1) + 1
    parts = []
    for heading, row in rows.items():
        first, last = spans[heading]
        below = [rows[other] for k in range(first, last + 1) for other in stacks[k] if rows[other] > row]
        parts.append(Part(row, first, min(below, default=depth) - row, last - first + 1, tuple(heading.chunks)))
    return sorted(parts, key=lambda part: (part.row, part.column))
