"""Pages set in columns: a table in one of them has nothing to do with what stands beside it in the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from extract.pdf.tables.chunks import Chunk, Row, chunk_of, is_justified, with_chunks
from extract.pdf.tables.columns import coverage, uncovered
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.frames import Stack, stacks
from extract.pdf.tables.lattice import MEET

GUTTER = 0.8
"""Ems of white between two columns of a page, at least."""
CROSSING = 0.5
"""Of the lines that reach over the middle of a column, as many may reach over the gutter: titles, wide tables."""
NARROWEST = 0.15
"""Of the width of a page's text, that a column has at least."""
LINES = 8
"""Lines of running text in each column, at least."""
WORDS = 4
"""Words in such a line, at least."""
RAGGED = 4.0
"""Ems by which it may begin or end before the edge of its column."""
SHORT = 0.3
"""The same as a share of the width of the column, if that is more: few words stand in the line of a narrow one."""
RULES = 2
"""Rules over both columns with running text above and below, at most: more are those of a table of words."""
ROWS = 4
"""Lines in a row with short texts in both columns, at least, that are a table over both where no rule says so."""
DEPTH = 2
"""Columns are looked for within columns so often: up to four side by side."""
ABOVE = 3.0
"""Ems above the first rule of a table, in which its header may stand."""
Side = tuple[Chunk, ...]


class _Gutter(NamedTuple):
    """White from `low` to `high` that may part two columns, the first from `left`, the second to `right`."""

    low: float
    high: float
    left: float
    right: float


class _Split(NamedTuple):
    """A line as what stands left and right of a gutter, and whether something reaches over it."""

    row: Row
    left: Side
    right: Side
    is_over: bool


def page_columns(rows: Sequence[Row], edges: Sequence[Edge]) -> list[list[Row]]:
    """The lines of a page in runs that are read apart: each column, and what stands over several.

    Columns show by enough lines of running text on both sides of some white, or by the rules of two tables that stand
    beside each other. It must not act on a table of words, which rules cross, and on lines that have something short
    on both sides, as the rows of a wide table do.
    """
    return [part for run in _by_text(rows, edges, DEPTH) for part in _by_rules(run, edges)]


def _by_text(rows: Sequence[Row], edges: Sequence[Edge], depth: int) -> list[list[Row]]:
    """The lines parted where running text stands in columns."""
    for gutter in _gutters(rows) if depth else ():
        splits = [_split(row, gutter) for row in rows]
        if not _are_running(splits, gutter) or _rules_between(splits, gutter, edges) > RULES:
            continue
        runs: list[list[Row]] = []
        for is_parted, group in groupby(_parted(splits, gutter, edges), key=itemgetter(1)):
            run = [split for split, _ in group]
            if is_parted:
                runs += [part for column in _columns(run) for part in _by_text(column, edges, depth - 1)]
            else:
                runs.append([split.row for split in run])
        return runs
    return [list(rows)] if rows else []


def _by_rules(rows: list[Row], edges: Sequence[Edge]) -> list[list[Row]]:
    """The lines parted between two tables beside each other, of which each has rules as wide as itself."""
    for one, other in combinations(stacks(edges) if rows else (), 2):
        low, high = one.x1, other.x0
        above, below = (sorted(pair) for pair in ((one.ats[0], other.ats[0]), (one.ats[-1], other.ats[-1])))
        if high - low < MEET or 2 * (below[0] - above[1]) < below[1] - above[0]:
            continue
        first = bisect_left(rows, above[0] - ABOVE * rows[0].size, key=attrgetter("baseline"))
        last = bisect_left(rows, below[1] + 1, key=attrgetter("baseline"))
        splits = [_split(row, _Gutter(low, high, one.x0, other.x1)) for row in rows[first:last]]
        while splits and splits[0].is_over:  # the title of both
            splits, first = splits[1:], first + 1
        if any(split.is_over for split in splits) or not (_fill(splits, one, 0) and _fill(splits, other, 1)):
            continue
        left, right = _columns(splits)
        return [*_by_rules(rows[:first], edges), left, *_by_rules(right, edges), *_by_rules(rows[last:], edges)]
    return [rows] if rows else []


def _fill(splits: Sequence[_Split], frame: Stack, side: int) -> bool:
    """Whether what stands on one side of a gutter stands between the ends of its rules, and in several columns."""
    sides = [(split.left, split.right)[side] for split in splits]
    chunks = [chunk for chunks in sides for chunk in chunks]
    return sum(len(chunks) > 1 for chunks in sides) > 1 and all(
        frame.x0 - MEET <= chunk.x0 and (chunk.x1 <= frame.x1 + MEET or side) for chunk in chunks
    )


def _columns(splits: Sequence[_Split]) -> tuple[list[Row], list[Row]]:
    """What stands left and right of a gutter."""
    left = [with_chunks(split.row.at, split.row, split.left) for split in splits if split.left]
    right = [with_chunks(split.row.at, split.row, split.right) for split in splits if split.right]
    return left, right


def _gutters(rows: Sequence[Row]) -> list[_Gutter]:
    """The white places that may part columns, from left to right."""
    if len(rows) < LINES:
        return []
    stretches = coverage(rows)
    left, right = stretches[0][1], stretches[-1][2]
    least, size = NARROWEST * (right - left), rows[len(rows) // 2].size
    places = uncovered(stretches, int(CROSSING * max(over for over, _, _ in stretches)))
    wide = [(x0, x1) for x0, x1 in places if x1 - x0 >= GUTTER * size]
    lefts, rights = [left, *(x1 for _, x1 in wide)], [*(x0 for x0, _ in wide[1:]), right]
    return [
        _Gutter(low, high, x0, x1)
        for (low, high), x0, x1 in zip(wide, lefts, rights, strict=False)
        if low - x0 >= least and x1 - high >= least
    ]


def _split(row: Row, gutter: _Gutter) -> _Split:
    left = tuple(chunk for chunk in row.chunks if chunk.x1 <= gutter.low)
    right = tuple(chunk for chunk in row.chunks if chunk.x0 >= gutter.high)
    return _Split(row, _joined(left, gutter), _joined(right, gutter), len(left) + len(right) < len(row.chunks))


def _joined(side: Side, gutter: _Gutter) -> Side:
    """One side of a line; a justified line beside the gutter is one chunk, however wide the white between its words."""
    near = _near(side, gutter)
    if len(near) < 2 or not _is_running(side, gutter):
        return side
    one = chunk_of([word for chunk in near for word in chunk.words], near[0].line)
    return tuple(sorted([one, *(chunk for chunk in side if chunk not in near)], key=attrgetter("x0")))


def _near(side: Side, gutter: _Gutter) -> Side:
    """What stands in the column right beside the gutter."""
    return tuple(chunk for chunk in side if gutter.left <= chunk.x0 and chunk.x1 <= gutter.right)


def _is_running(side: Side, gutter: _Gutter) -> bool:
    """Whether one side of a line is running text beside the gutter: words evenly apart that fill the column."""
    near = _near(side, gutter)
    words = [word for chunk in near for word in chunk.words]
    if len(words) < WORDS:
        return False
    x0, x1 = (gutter.left, gutter.low) if words[-1].x1 <= gutter.low else (gutter.high, gutter.right)
    if max(words[0].x0 - x0, x1 - words[-1].x1) > max(RAGGED * words[0].size, SHORT * (x1 - x0)):
        return False
    return len(near) == 1 or is_justified(words)


def _are_running(splits: Sequence[_Split], gutter: _Gutter) -> bool:
    """Whether there is running text enough on both sides of a gutter."""
    apart = [split for split in splits if not split.is_over]
    left = sum(_is_running(split.left, gutter) for split in apart)
    right = sum(_is_running(split.right, gutter) for split in apart)
    return min(left, right) >= LINES


def _crossing(edges: Sequence[Edge], gutter: _Gutter) -> list[float]:
    """The places of the rules that reach over a gutter."""
    return [edge.at for edge in edges if edge.start < gutter.low and edge.end > gutter.high]


def _rules_between(splits: Sequence[_Split], gutter: _Gutter, edges: Sequence[Edge]) -> int:
    """How many rules over a gutter have running text right above and right below."""
    ats = _crossing(edges, gutter)
    return sum(
        any(above.row.baseline < at < below.row.baseline for at in ats)
        for above, below in pairwise(splits)
        if ats and _has_running(above, gutter) and _has_running(below, gutter)
    )


def _parted(splits: Sequence[_Split], gutter: _Gutter, edges: Sequence[Edge]) -> Iterator[tuple[_Split, bool]]:
    """Each line with whether it is parted at a gutter: not if it reaches over it, or is among the rows of a table."""
    ats = _crossing(edges, gutter)
    for is_short, group in groupby(splits, key=lambda split: _is_short(split, gutter)):
        run = list(group)
        first, last = run[0].row, run[-1].row
        is_ruled = any(first.top - first.size < at < last.bottom + last.size for at in ats)
        is_table = is_short and sum(len(_near((*split.left, *split.right), gutter)) > 2 for split in run) >= (
            1 if is_ruled else ROWS
        )
        for split in run:
            yield split, not (split.is_over or is_table)


def _is_short(split: _Split, gutter: _Gutter) -> bool:
    """Whether a line has something on both sides of a gutter, and no running text."""
    is_both = bool(_near(split.left, gutter) and _near(split.right, gutter))
    return is_both and not _has_running(split, gutter)


def _has_running(split: _Split, gutter: _Gutter) -> bool:
    """Whether there is running text on one side of a gutter at least."""
    return not split.is_over and any(_is_running(side, gutter) for side in (split.left, split.right) if side)
