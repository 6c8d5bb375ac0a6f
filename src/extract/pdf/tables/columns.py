"""Columns from the white space between what stands in them, over all lines of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from operator import attrgetter

from extract.pdf.tables.chunks import Row, has_figure, is_nil_sign, is_year, with_chunks
from extract.pdf.tables.parts import BESIDE

NARROWEST = 0.25
"""Ems of white between two columns, at least: a word space, which only many lines can leave at one place."""
CLEAR = 0.6
"""Ems of white that part columns which only some lines show, or few."""
SURE = 0.42
"""The same where each of a few lines has figures: more than a word space."""
FEW = 4
"""Lines that are few."""
CROSSING = 0.1
"""Of the lines, that may reach over the white between two columns: labels that are too long, headings inside."""
MOST = 100
"""Columns of a table, at most: more are a picture made of letters."""
HALF = 0.5
"""Of the lines that have something in a column, that show two columns in its place; some may leave one blank."""
FULL = 0.6
"""Of the most chunks that a line has: lines with so many show the columns."""
_CURRENCY = frozenset("$£€¥")
_UNIT = frozenset({"%", "%)", ")"})


def find_columns(rows: Sequence[Row], hard: Sequence[float] = ()) -> tuple[float, ...]:
    """The places between the columns of some lines, from left to right; `hard` ones are drawn."""
    models = _models(list(_together(rows)))
    if not models:
        return tuple(hard)
    em = sorted(row.size for row in models)[len(models) // 2]
    between = uncovered(coverage(models), int(CROSSING * len(models)))
    if len(between) > MOST:
        return tuple(hard)
    is_regular = all(map(has_figure, models))
    least = (NARROWEST if len(models) > FEW else SURE if is_regular else CLEAR) * em
    soft = [(x0, x1) for x0, x1 in between if x1 - x0 >= least]
    soft = sorted([*soft, *_missed(soft, models, em)])
    soft = _refined(soft, [row for row in rows if len(row.chunks) > 1], em)
    places = list(hard)
    for x0, x1 in soft:
        if not any(x0 - em / 2 <= place <= x1 + em / 2 for place in hard):
            places.append((x0 + x1) / 2)
    return _useful(sorted(places), rows, frozenset(hard))


def _together(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines, those that stand beside each other as one: cells of one row may be set at different heights."""
    run: list[Row] = []
    for row in rows:
        if run and (row.baseline - run[-1].baseline >= BESIDE * row.size or _overlap(row, run)):
            yield _one(run)
            run = []
        run.append(row)
    if run:
        yield _one(run)


def _overlap(row: Row, run: Sequence[Row]) -> bool:
    return any(a.x0 < b.x1 and b.x0 < a.x1 for a in row.chunks for other in run for b in other.chunks)


def _one(rows: Sequence[Row]) -> Row:
    chunks = sorted((chunk for row in rows for chunk in row.chunks), key=attrgetter("x0"))
    return rows[0] if len(rows) == 1 else with_chunks(rows[0].at, rows[0], chunks)


def _models(rows: Sequence[Row]) -> list[Row]:
    """The lines that show the columns best: those with many chunks, from the first full one on."""
    most = max((len(row.chunks) for row in rows), default=0)
    if most < 2:
        return []
    full = max(2.0, FULL * most)
    usual = Counter(len(row.chunks) for row in rows if len(row.chunks) >= full)
    # one line with more chunks than all others is odd, not a model
    if len(rows) > 2 * FEW:
        most = max((count for count, times in usual.items() if times > 1), default=most)
        full = max(2.0, FULL * most)
    start = next((k for k, row in enumerate(rows) if len(row.chunks) >= full and has_figure(row)), None)
    if start is None:
        start = next((k for k, row in enumerate(rows) if len(row.chunks) >= full), 0)
    return [row for row in rows[start:] if len(row.chunks) >= full]


def coverage(rows: Sequence[Row]) -> list[tuple[int, float, float]]:
    """How many lines reach over each stretch from the first to the last chunk of all, from left to right."""
    starts = Counter(chunk.x0 for row in rows for chunk in row.chunks)
    ends = Counter(chunk.x1 for row in rows for chunk in row.chunks)
    over = 0
    found: list[tuple[int, float, float]] = []
    for x0, x1 in pairwise(sorted({*starts, *ends})):
        over += starts[x0] - ends[x0]
        found.append((over, x0, x1))
    return found


def uncovered(stretches: Sequence[tuple[int, float, float]], tolerance: int) -> list[tuple[float, float]]:
    """The stretches over which at most so many lines reach.

    Within a stretch that some lines reach into, only the part that fewest reach over counts.
    """
    found: list[tuple[float, float]] = []
    run: list[tuple[int, float, float]] = []
    for stretch in [*stretches, (tolerance + 1, 0.0, 0.0)]:
        if stretch[0] <= tolerance:
            run.append(stretch)
        elif run:
            fewest = min(count for count, _, _ in run)
            inner = [part for part in run if part[0] == fewest]
            found.append(max(_merged(inner), key=lambda part: part[1] - part[0]))
            run = []
    return found


def _merged(parts: Iterable[tuple[int, float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for _, x0, x1 in parts:
        if merged and merged[-1][1] == x0:
            merged[-1] = (merged[-1][0], x1)
        else:
            merged.append((x0, x1))
    return merged


def _missed(white: Sequence[tuple[float, float]], rows: Sequence[Row], em: float) -> Iterator[tuple[float, float]]:
    """Stretches between two chunks that most lines have where only one column was seen: a long label hides them."""
    places = [(x0 + x1) / 2 for x0, x1 in white]
    gaps: list[list[tuple[float, float]]] = [[] for _ in range(len(places) + 1)]
    used = [0] * (len(places) + 1)
    for row in rows:
        columns = [column_of(places, chunk.x0, chunk.x1) for chunk in row.chunks]
        for column in set(columns):
            used[column] += 1
        for (a, b), (left, right) in zip(pairwise(row.chunks), pairwise(columns), strict=True):
            if left == right:
                gaps[left].append((a.x1, b.x0))
    for count, found in zip(used, gaps, strict=True):
        x0, x1 = max((a for a, _ in found), default=0.0), min((b for _, b in found), default=0.0)
        if len(found) < max(2, HALF * count / 2) or x1 - x0 < CLEAR * em:
            continue
        crossing = sum(chunk.x0 < x0 and chunk.x1 > x1 for row in rows for chunk in row.chunks)
        if crossing <= HALF * len(found):
            yield x0, x1


def _refined(white: Sequence[tuple[float, float]], rows: Sequence[Row], em: float) -> list[tuple[float, float]]:
    """The same stretches, narrowed to what the other lines (headers) leave free as well, if that is wide enough."""
    refined = []
    inf = float("inf")
    spans = sorted((a.x0, a.x1, b.x0 if b else inf) for row in rows for a, b in zip_longest(row.chunks, row.chunks[1:]))
    longest = max((b - a for a, b, _ in spans), default=0.0)
    whole = [row.chunks for row in rows if len(row.chunks) == len(white) + 1]
    bare = [row.chunks for row in rows if len(row.chunks) == len(white) and white and row.x0 >= white[0][0]]
    for k, (x0, x1) in enumerate(white):
        free = (x0, x1)
        end = white[k + 1][0] if k + 1 < len(white) else inf
        right = _is_right(rows, x1 - 0.01, end + 0.01)
        for chunks in whole:  # lines with a chunk in each column
            low, high = max(free[0], chunks[k].x1), min(free[1], chunks[k + 1].x0)
            free = (low, high) if high > low else free
        for chunks in bare if k else ():  # the same without a label
            low, high = max(free[0], chunks[k - 1].x1), min(free[1], chunks[k].x0)
            free = (low, high) if high > low else free
        x0, x1 = free
        for a, b, after in spans[bisect_left(spans, (x0 - longest,)) : bisect_left(spans, (x1,))]:
            if x0 < a and b < x1:  # a heading beside its column: left of figures that have no other, right of words
                free = (free[0], min(free[1], a)) if right and after >= end else (max(free[0], b), free[1])
            elif a <= x0 < b < x1:
                free = (max(free[0], b), free[1])
            elif x0 < a and b >= x1:
                free = (free[0], min(free[1], a))
        refined.append(free if free[1] - free[0] >= NARROWEST * em else (x0, x1))
    return refined


def _is_right(rows: Sequence[Row], x0: float, x1: float) -> bool:
    """Whether the figures between two places end in line rather than begin in line, as figures do."""
    chunks = [
        chunk
        for row in rows
        for chunk in row.chunks
        if chunk.is_value and x0 <= chunk.x0 and chunk.x1 <= x1 and not is_year(chunk.text)
    ]
    starts, ends = [chunk.x0 for chunk in chunks], [chunk.x1 for chunk in chunks]
    return bool(chunks) and max(ends) - min(ends) <= max(starts) - min(starts)


def column_of(places: Sequence[float], x0: float, x1: float) -> int:
    """The column in which most of something stands."""
    first, last = bisect_right(places, x0), bisect_left(places, x1)
    if last <= first:
        return first
    bounds = [x0, *places[first:last], x1]
    return first + max(range(len(bounds) - 1), key=lambda k: bounds[k + 1] - bounds[k])


def _useful(places: Sequence[float], rows: Sequence[Row], hard: frozenset[float]) -> tuple[float, ...]:
    """The places without those that part nothing: a column of nothing but signs is none.

    Such are those of currency and of units, and those that stand for a figure where the column beside them has none.
    """
    texts: list[list[str]] = [[] for _ in range(len(places) + 1)]
    used: list[set[int]] = [set() for _ in range(len(places) + 1)]
    for k, row in enumerate(rows):
        for chunk in row.chunks:
            column = column_of(places, chunk.x0, chunk.x1)
            texts[column].append(chunk.text)
            used[column].add(k)
    kept: list[float] = []
    for k, place in enumerate(places):
        left, right = texts[k], texts[k + 1]
        is_currency = bool(left) and all(_CURRENCY.issuperset(text) for text in left)
        is_unit = bool(right) and all(text in _UNIT for text in right)
        is_nil = not used[k] & used[k + 1] and any(side and all(map(is_nil_sign, side)) for side in (left, right))
        if place in hard or not (is_currency or is_unit or is_nil or not right or (not left and not kept)):
            kept.append(place)
    return tuple(kept)
