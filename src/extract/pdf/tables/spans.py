"""Which columns the headings of a line span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.pdf.tables.chunks import Chunk, Row
from extract.pdf.tables.columns import column_of
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.parts import IN_LINE, Extent

UNDER = 0.9
"""Ems below a line in which the rule stands that belongs to it."""
SOME = 0.4
"""Of the width of what stands in a column, that a heading over it reaches over at least."""
WHOLE = 0.7
"""Of that width, that it reaches over if the column is its own; else it may have come over from beside."""
ALONE = 1.5
"""What it costs that a heading spans one column only, in ems out of line: then it would be a part of the one below."""
LEFT_OUT = 0.5
"""What it costs that a column has a heading of its own, and none above it as those beside it have, in ems."""
LABELS = 2.0
"""What it costs that a group begins with the column of the labels, in ems."""
REPEATED = 2.0
"""What it costs in ems that headings of one text stand in one group, or one of them in a group and one in none."""
UNEQUAL = 0.6
"""What it costs that one group has not as many columns as the one before it, in ems."""
WIDEST = 40
"""Columns of a group, at most."""
Span = tuple[int, int]
"""The first and the last column of a heading."""


class Heading:
    """A heading while it is put together: its lines, and the box of all."""

    def __init__(self, chunk: Chunk, row: Row) -> None:
        self.chunks = [chunk]
        self.x0, self.x1 = chunk.x0, chunk.x1
        self.top = row.baseline
        self.baseline = row.baseline
        self.bottom = row.bottom
        self.size = row.size

    def add(self, chunk: Chunk, row: Row) -> None:
        """One more line."""
        self.chunks.append(chunk)
        self.x0, self.x1 = min(self.x0, chunk.x0), max(self.x1, chunk.x1)
        self.baseline, self.bottom = row.baseline, row.bottom

    def take(self, other: Heading) -> None:
        """All of another heading."""
        self.chunks += other.chunks
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(chunk.text for chunk in self.chunks)


def covered(heading: Heading, extents: Sequence[Extent]) -> Span:
    """The columns over which a heading reaches, or the one in which it stands.

    A heading that is wider than its column reaches over a part of the next one, on one side.
    """
    size = heading.size
    common = [(min(heading.x1, e.x1) - max(heading.x0, e.x0), e.x1 - e.x0) for e in extents]
    hit = [k for k, (both, width) in enumerate(common) if both > min(SOME * width, size / 2)]
    whole = [k for k in hit if common[k][0] >= WHOLE * common[k][1]]
    is_aside = bool(whole) and (hit[0] == whole[0]) != (hit[-1] == whole[-1])
    if is_aside and _off(heading, extents[whole[0]].x0, extents[whole[-1]].x1) < IN_LINE * size:
        hit = whole
    if hit:
        return hit[0], hit[-1]
    places = [extent.left for extent in extents[1:]]
    inner = size / 2  # what only just touches a border does not reach over it
    return column_of(places, heading.x0, heading.x0 + inner), column_of(places, heading.x1 - inner, heading.x1)


def _off(heading: Heading, x0: float, x1: float) -> float:
    """How far a heading is out of line with some columns: at the left, at the right or in the middle."""
    left, right = heading.x0 - x0, heading.x1 - x1
    return min(abs(left), abs(right), abs(left + right) / 2)


def ruled_columns(
    heading: Heading, line: Sequence[Heading], level: Sequence[Edge], extents: Sequence[Extent]
) -> Span | None:
    """The columns over which the rule reaches that stands under a heading; None if it is under others as well."""
    size = heading.size
    for edge in level:
        if sum(edge.start < other.x1 and edge.end > other.x0 for other in line) > 1:
            continue
        is_near = heading.baseline - 0.2 * size <= edge.at <= heading.bottom + UNDER * size
        if not (is_near and edge.start <= heading.x0 + size and edge.end >= heading.x1 - size):
            continue
        hit = [k for k, extent in enumerate(extents) if edge.start - 2 <= (extent.x0 + extent.x1) / 2 <= edge.end + 2]
        if hit and not (hit[0] == 0 and hit[-1] == len(extents) - 1):
            return hit[0], hit[-1]
    return None


def groups(
    headings: Sequence[Heading],
    below: Sequence[Heading | None],
    extents: Sequence[Extent],
    apart: frozenset[int],
    ruled: Sequence[Span | None],
    *,
    begins: bool,
) -> dict[Heading, Span]:
    """The groups of columns that the headings of one line span, each with headings of its own `below`.

    All are chosen together, so that as few columns as possible are left out and each heading is in line with its
    group: at the left, at the right or in its middle. A rule under a heading decides. The columns `apart`
    have a heading in the middle of the header, which needs none above it. If the headings without groups begin at the
    height of the groups (`begins`), those that begin lower are in one.
    """
    costs = _left_out(below, apart, REPEATED if begins else LEFT_OUT)
    best: dict[tuple[int, int], tuple[float, tuple[Span, ...]]] = {(0, 0): (0.0, ())}  # by next column, size of group
    for k, heading in enumerate(headings):
        limit = headings[k + 1].x0 if k + 1 < len(headings) else float("inf")
        step: dict[tuple[int, int], tuple[float, tuple[Span, ...]]] = {}
        for first, last, cost in _choices(heading, below, extents, ruled[k], limit):
            size = last - first + 1
            for (free, before), (sum_, spans) in best.items():
                if first < free:
                    continue
                out = sum(costs[free:first])
                total = sum_ + cost + out + (UNEQUAL if before and before != size else 0.0)
                key = last + 1, size
                if key not in step or total < step[key][0]:
                    step[key] = total, (*spans, (first, last))
        if not step:  # no column is left for it
            return {heading: covered(heading, extents) for heading in headings}
        best = step
    rest = {key: sum(costs[key[0] :]) for key in best}
    chosen = min(best, key=lambda key: (best[key][0] + rest[key], key))
    return dict(zip(headings, best[chosen][1], strict=True))


def _left_out(below: Sequence[Heading | None], apart: frozenset[int], least: float) -> list[float]:
    """What it costs that each column is in no group, as labels are: the same heading is in all groups or in none."""
    texts = Counter(one.text for one in below if one is not None)
    free = {0, *apart}
    return [
        0.0 if one is None or k in free else REPEATED if texts[one.text] > 1 else least for k, one in enumerate(below)
    ]


def _choices(
    heading: Heading, below: Sequence[Heading | None], extents: Sequence[Extent], ruled: Span | None, limit: float
) -> list[tuple[int, int, float]]:
    """The groups that a heading may span, with what each costs in ems."""
    if ruled is not None:
        return [(*ruled, 0.0)]
    low, high = covered(heading, extents)
    found = []
    for first in range(high, max(low - WIDEST, 0) - 1, -1):
        if below[first] is None and first < low:
            break
        for last in range(max(first, low), min(first + WIDEST, len(below))):
            one = below[last]
            if one is None and last > high:
                break
            if last > high and one is not None and one.x0 >= limit and extents[last].x0 >= limit:
                break
            if first <= high and last >= low and not _cuts(below, first, last):
                found.append((first, last, _cost(heading, below, extents, first, last)))
    return found or [(low, high, 0.0)]


def _cuts(below: Sequence[Heading | None], first: int, last: int) -> bool:
    """Whether a group has only a part of the columns of a heading below it."""
    before, after = below[first - 1] if first else None, below[last + 1] if last + 1 < len(below) else None
    return (before is not None and before is below[first]) or (after is not None and after is below[last])


def _cost(heading: Heading, below: Sequence[Heading | None], extents: Sequence[Extent], first: int, last: int) -> float:
    """How far a heading is out of line with a group, and how far it reaches beyond it, in ems."""
    x0 = min(extents[first].x0, *(one.x0 for one in below[first : last + 1] if one is not None), float("inf"))
    x1 = max(extents[last].x1, *(one.x1 for one in below[first : last + 1] if one is not None), 0.0)
    beyond = max(x0 - heading.x0, 0.0) + max(heading.x1 - x1, 0.0)
    texts = [one.text for one in below[first : last + 1] if one is not None]
    odd = (REPEATED if len(set(texts)) < len(texts) else 0.0) + (LABELS if first == 0 < last else 0.0)
    return (_off(heading, x0, x1) + beyond) / heading.size + odd + (ALONE if first == last else 0.0)
