"""What is left of a page beside its tables, as strips in reading order: one strip is one visual line of one column."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from extract.pdf.found import FoundTable
from extract.pdf.page import Page, Shape
from extract.pdf.words import LEVEL, TextLine, line_of

GUTTER = 1.0
"""Ems of white between two columns of prose, at least."""
COLUMN_LINES = 4
"""Lines that each of two columns has, at least; fewer are labels and values side by side."""
COLUMN_CHARS = 18
"""Characters that the lines of a column have on average, at least."""
COLUMN_GAPS = 0.2
"""Of the lines of a column, that have a wide gap, at most: more are a table."""
COLUMN_LEVEL = 0.35
"""Of the lines of one column, that happen to be level with one of the other's, at most."""
CANDIDATES = 4
"""Places at which columns are looked for."""
RAGGED = 4.0
"""Ems by which lines that are full may end before the edge of their column."""
WIDE = 30.0
"""Ems: a line that is so long shows the edge of its column by itself."""
MAX_DEPTH = 2
"""Columns are looked for within columns so often: up to four side by side."""
BULLET = "•"


class Strip(NamedTuple):
    """One visual line of running text.

    `right` is the edge that the lines of its column reach; `tail` is where the text begins behind a list mark or a
    number in front (the left edge, if there is none); `mark` is a bullet that is drawn in front, not printed.
    """

    page: int
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    right: float
    tail: float
    first_width: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A line or a table, as something that takes room on the page."""

    spans: tuple[tuple[float, float], ...]
    top: float
    content: TextLine | FoundTable


def reading_order(page: Page, lines: Iterable[TextLine], tables: Sequence[FoundTable]) -> list[Strip | FoundTable]:
    """Everything on a page in the order in which it is read: column by column where there are columns."""
    parts = sorted([*(_line_part(line) for line in lines), *(_table_part(table) for table in tables)], key=_top)
    dots = [shape for shape in page.shapes if not shape.is_picture]
    order: list[Strip | FoundTable] = []
    for column in _columns(parts):
        texts = [part.content for part in column if isinstance(part.content, TextLine)]
        right = _right_edge(texts, page.width)
        for part in column:
            content = part.content
            order.append(strip_of(page.number, content, right, dots) if isinstance(content, TextLine) else content)
    return order


def _right_edge(lines: Sequence[TextLine], width: float) -> float:
    """The edge that the lines of a column reach: that of the page, if they are short and no two reach as far."""
    if not lines:
        return width
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    far = [line for line in lines if line.x1 > right - RAGGED * line.size]
    return right if len(far) > 1 or right - left > WIDE * lines[0].size else width


def strip_of(page: int, line: TextLine, right: float | None = None, dots: Sequence[Shape] = ()) -> Strip:
    """A line of text as a strip."""
    first = line.words[0]
    return Strip(
        page,
        line.text,
        line.x0,
        line.top,
        line.x1,
        line.bottom,
        line.baseline,
        line.size,
        line.bold,
        line.x1 if right is None else right,
        line.words[1].x0 if len(line.words) > 1 else line.x0,
        first.x1 - first.x0,
        BULLET if _has_dot(line, dots) else "",
    )


def without(lines: Iterable[TextLine], taken: Set[int]) -> list[TextLine]:
    """The lines without the words that are taken (by identity)."""
    if not taken:
        return list(lines)
    left = []
    for line in lines:
        words = [word for word in line.words if id(word) not in taken]
        if len(words) == len(line.words):
            left.append(line)
        elif words:
            left.append(line_of(words))
    return left


def _has_dot(line: TextLine, dots: Sequence[Shape]) -> bool:
    """Whether a small drawn shape stands where a bullet does."""
    return any(
        max(dot.x1 - dot.x0, dot.bottom - dot.top) <= 0.7 * line.size
        and 0.1 * line.size <= line.x0 - dot.x1 <= 3 * line.size
        and line.top <= (dot.top + dot.bottom) / 2 <= line.bottom
        for dot in dots
    )


def _top(part: _Part) -> float:
    return part.top


def _table_part(table: FoundTable) -> _Part:
    return _Part(((table.x0, table.x1),), table.top, table)


def _line_part(line: TextLine) -> _Part:
    """A line with its wide gaps left open."""
    spans: list[tuple[float, float]] = []
    for word in line.words:
        if spans and word.x0 - spans[-1][1] < GUTTER * line.size:
            spans[-1] = (spans[-1][0], max(word.x1, spans[-1][1]))
        else:
            spans.append((word.x0, word.x1))
    return _Part(tuple(spans), line.top, line)


def _columns(parts: Sequence[_Part], depth: int = 0) -> list[list[_Part]]:
    """Runs of parts that are read one after the other: above the columns, the left one, the right one, below."""
    for gutter in _gutters(parts) if depth < MAX_DEPTH else ():
        columns: list[list[_Part]] = [[]]
        for crosses, group in groupby(parts, key=lambda part, at=gutter: _crosses(part, at)):  # type: ignore[misc]
            run = list(group)
            left, right = ([], run) if crosses else _split(run, gutter)
            if (_is_prose(left) and _is_prose(right)) or _are_apart(left, right):
                columns += [*_columns(left, depth + 1), *_columns(right, depth + 1), []]
            else:
                columns[-1] += run
        if len(columns) > 1:
            return [column for column in columns if column]
    return [list(parts)]


def _gutters(parts: Sequence[_Part]) -> list[float]:
    """Where columns may be parted: where fewest parts lie over the white between two edges, wide places first."""
    sizes = [part.content.size for part in parts if isinstance(part.content, TextLine)]
    if len(sizes) < 2 * COLUMN_LINES:
        return []
    edges = sorted({edge for part in parts for span in part.spans for edge in span})
    starts = Counter(x0 for part in parts for x0, _ in part.spans)
    ends = Counter(x1 for part in parts for _, x1 in part.spans)
    width = GUTTER * median(sizes)
    over = 0
    places: list[tuple[int, float, float]] = []
    for x0, x1 in pairwise(edges):
        over += starts[x0] - ends[x0]
        if x1 - x0 >= width:
            places.append((over, x0 - x1, (x0 + x1) / 2))
    return [place for _, _, place in sorted(places)[:CANDIDATES]]


def _crosses(part: _Part, gutter: float) -> bool:
    return any(x0 < gutter < x1 for x0, x1 in part.spans)


def _split(parts: Sequence[_Part], gutter: float) -> tuple[list[_Part], list[_Part]]:
    """The parts left and right of a gutter; a line with words on both sides becomes two."""
    left: list[_Part] = []
    right: list[_Part] = []
    for part in parts:
        sides = left, right
        if isinstance(part.content, FoundTable) or part.spans[-1][1] <= gutter or part.spans[0][0] >= gutter:
            sides[part.spans[0][0] >= gutter].append(part)
            continue
        words = part.content.words
        left.append(_line_part(line_of([word for word in words if word.x0 < gutter])))
        right.append(_line_part(line_of([word for word in words if word.x0 >= gutter])))
    return left, right


def _are_apart(left: Sequence[_Part], right: Sequence[_Part]) -> bool:
    """Whether two sides of a gutter have nothing to do with each other, as navigation beside a text.

    There are lines enough, and most of those on the shorter side stand on a baseline of their own.
    """
    lines, others = sorted(
        ([part.content for part in side if isinstance(part.content, TextLine)] for side in (left, right)), key=len
    )
    baselines = sorted(line.baseline for line in others)
    level = sum(_has_near(baselines, line.baseline, LEVEL * line.size) for line in lines)
    return len(lines) >= COLUMN_LINES and level <= COLUMN_LEVEL * len(lines)


def _has_near(values: Sequence[float], value: float, reach: float) -> bool:
    """Whether sorted values have one within reach."""
    place = bisect_left(values, value - reach)
    return place < len(values) and values[place] <= value + reach


def _is_prose(parts: Sequence[_Part]) -> bool:
    """Whether one side of a gutter is running text: lines enough, and not the values of labels or of a table."""
    texts = [part.content.text for part in parts if isinstance(part.content, TextLine)]
    gaps = sum(len(part.spans) > 1 for part in parts)
    is_long = len(texts) >= COLUMN_LINES and sum(map(len, texts)) >= COLUMN_CHARS * len(texts)
    return is_long and gaps <= COLUMN_GAPS * len(texts)
