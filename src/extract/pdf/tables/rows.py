"""Which lines make one row of a table, where no rules say so: wrapped cells, labels over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.pdf.tables.chunks import Row, is_bullet, is_value
from extract.pdf.tables.columns import column_of
from extract.pdf.tables.parts import BESIDE

LOOSE = 1.25
"""How much larger the distance between rows is than that between the lines of one cell, at least, where it tells."""
VALUES = 0.5
"""Of what stands in a column of values that is a value, at least."""
ALONE = 0.4
"""Of the lines close to the one before them, that look like rows of their own where the distances tell, at most."""
RULES = 3
"""Rules inside a table, at least, that may part all of its rows."""
LEADING = 1.6
"""Ems between the lines of a cell, at most, where nothing but the words tells that they belong together."""
INDENT = 0.5
"""Ems by which a line hangs behind the first of its cell, at least."""
_GOES_ON = re.compile(r"(?:[a-z(&/]|[–—-]\s)")
_OPEN = re.compile(r"(?:[-–—/,&(]|\b(?:and|or|of|the|in|to|for|by|with|from|per|as|a|an|on|at|than))$")


class _Line(NamedTuple):
    """A line with what it says in each column."""

    row: Row
    texts: dict[int, str]

    @property
    def columns(self) -> frozenset[int]:
        """The columns in which it has text."""
        return frozenset(self.texts)


class _Group:
    """The lines of one row while they are put together."""

    def __init__(self, first: _Line) -> None:
        self.lines = [first]
        self.columns = set(first.texts)

    def add(self, line: _Line) -> None:
        """Take in one more line."""
        self.lines.append(line)
        self.columns.update(line.texts)


def group_rows(rows: Sequence[Row], places: Sequence[float], cuts: frozenset[int]) -> list[list[Row]]:
    """Put the lines of a table's body together to rows; `cuts` are the lines above which a rule is drawn."""
    lines = [_Line(row, _texts(row, places)) for row in rows]
    values = _value_columns((line.texts for line in lines), len(places) + 1)
    pitch = _pitch(lines, values)
    groups: list[_Group] = []
    boxed = _boxed(lines, values, cuts)
    for line in lines:
        is_cut = line.row.at in cuts
        if groups and not is_cut and (line.row.at in boxed or _belongs(groups[-1], line, values, pitch)):
            groups[-1].add(line)
        else:
            groups.append(_Group(line))
    return [[line.row for line in group.lines] for group in groups]


def _boxed(lines: Sequence[_Line], values: frozenset[int], cuts: frozenset[int]) -> frozenset[int]:
    """The lines that belong to the row before them because rules are drawn between all rows, and none before them."""
    if len(cuts) < RULES:
        return frozenset()
    boxed: list[int] = []
    alone = 0
    for above, below in pairwise(lines):
        if below.row.at not in cuts:
            if values & above.columns & below.columns:
                return frozenset()
            boxed.append(below.row.at)
            alone += _is_alone(above.texts, below.texts, values)
    return frozenset(boxed) if alone <= ALONE * len(boxed) else frozenset()


def _texts(row: Row, places: Sequence[float]) -> dict[int, str]:
    """The text of a line in each column."""
    texts: dict[int, str] = {}
    for chunk in row.chunks:
        column = column_of(places, chunk.x0, chunk.x1)
        texts[column] = f"{texts[column]} {chunk.text}" if column in texts else chunk.text
    return texts


def value_columns(rows: Sequence[Row], places: Sequence[float]) -> frozenset[int]:
    """The columns behind the first in which mostly values stand."""
    return _value_columns((_texts(row, places) for row in rows), len(places) + 1)


def _value_columns(lines: Iterable[Mapping[int, str]], count: int) -> frozenset[int]:
    all_texts = [0] * count
    figures = [0] * count
    for texts in lines:
        for column, text in texts.items():
            all_texts[column] += 1
            figures[column] += is_value(text)
    return frozenset(k for k in range(1, count) if all_texts[k] and figures[k] >= VALUES * all_texts[k])


def _pitch(lines: Sequence[_Line], values: frozenset[int]) -> float:
    """The distance up to which lines are of one row; 0 where the distances do not tell.

    They tell where each line is either close to the one before it or clearly further away, and most of those that are
    close do not look like rows of their own.
    """
    steps = sorted(b.row.baseline - a.row.baseline for a, b in pairwise(lines))
    if len(steps) < 2:
        return 0.0
    low, high = max(pairwise(steps), key=lambda pair: pair[1] / max(pair[0], 0.1))
    if high < LOOSE * low or low < BESIDE * lines[0].row.size:
        return 0.0
    limit = (low + high) / 2
    close = [pair for pair in pairwise(lines) if pair[1].row.baseline - pair[0].row.baseline < limit]
    alone = sum(_is_alone(above.texts, below.texts, values) for above, below in close)
    return limit if alone <= ALONE * len(close) else 0.0


def _is_alone(above: dict[int, str], below: dict[int, str], values: frozenset[int]) -> bool:
    """Whether a line is a row of its own however close it stands: it has values as well, or nothing in it goes on."""
    shared = above.keys() & below.keys()
    if values & shared:
        return True
    return 0 in below and not any(_OPEN.search(above[k]) or _GOES_ON.match(below[k]) for k in shared)


def _belongs(group: _Group, line: _Line, values: frozenset[int], pitch: float) -> bool:
    """Whether a line belongs to the row before it."""
    last, row = group.lines[-1], line.row
    step = row.baseline - last.row.baseline
    if values & group.columns & line.columns:
        return False
    if step < BESIDE * min(last.row.size, row.size):
        return True
    if pitch:
        return step < pitch
    if step > LEADING * max(row.size, last.row.size):
        return False
    if not last.columns & line.columns:  # the values of a label that stands alone above them
        return 0 not in line.texts and last.columns == {0} and len(group.lines) == 1
    return _wraps(group.lines[0], last, line, values)


def _wraps(first: _Line, last: _Line, line: _Line, values: frozenset[int]) -> bool:
    """Whether the texts of a line go on with those above it, judged from the words and the indentation."""
    above, below = last.texts, line.texts
    is_bold = first.row.chunks[0].is_bold
    if not line.columns <= last.columns or values & line.columns:  # the values stand on the last line of a label
        is_label = last.columns == {0} and 0 in below and not above[0].endswith(":")
        if not is_label or is_bold or not (_GOES_ON.match(below[0]) or line.columns <= {0}):
            return False
    shared = min(line.columns & last.columns)
    if is_bullet(below[shared].split(" ", 1)[0]):
        return False
    if _OPEN.search(above[shared]) or _GOES_ON.match(below[shared]):
        return line.row.chunks[0].is_bold == last.row.chunks[0].is_bold
    is_hanging = line.row.x0 - first.row.x0 > INDENT * line.row.size and len(below) == 1 and len(above) > 1
    return is_hanging and 0 not in below
