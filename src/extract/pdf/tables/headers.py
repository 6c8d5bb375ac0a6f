"""Where the header of a table without a grid ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.tables.chunks import Row, is_value, is_year
from extract.pdf.tables.columns import column_of
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.parts import BESIDE, IN_LINE
from extract.pdf.tables.rows import value_columns

WIDTH = 0.6
"""Of the width of a table, that a rule under its whole header has at least."""
LABELS = 3.0
"""Ems from the left edge of a table, within which such a rule begins: one under headings alone begins later."""
LINES = 12
"""Lines that a header has, at most."""
_NUMBER = re.compile(r"\d[\d,]{0,20}(?:\.\d+)?")


def header_end(rows: Sequence[Row], places: Sequence[float], level: Sequence[Edge]) -> int:
    """How many lines at the top of a table are its header."""
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    rules = _full_rules(rows, level, width)
    values = value_columns(rows, places)
    first = max(_first_values(rows, places, values), _bold_lines(rows))
    above = sorted(k for k in rules if 0 < k <= first)
    while len(above) > 1 and all(_is_label(row, places) for row in rows[above[-2] : above[-1]]):
        above.pop()  # the heading of a group, ruled off
    if above:
        return above[-1]
    below = min((k for k in rules if first < k <= min(first + 2, LINES)), default=0)
    is_between = below + 1 in rules  # rules between all rows say nothing
    if below and not any(_is_figures(row, places, is_any=is_between) for row in rows[:below]):
        return below
    end = min(first, LINES)
    while 0 < end < len(rows) and rows[end].baseline - rows[end - 1].baseline < BESIDE * rows[end].size:
        end -= 1  # lines that stand beside each other are of one row
    later = [row for row in rows[first:] if column_of(places, row.x0, row.x1) in values and _is_text(row)]
    while end > 0 and (_is_label(rows[end - 1], places) or _is_repeated(rows[end - 1], later)):
        end -= 1  # headings of groups
    return end


def _is_text(row: Row) -> bool:
    """Whether a line is nothing but one text."""
    return len(row.chunks) == 1 and not row.chunks[0].is_value


def _is_repeated(row: Row, later: Sequence[Row]) -> bool:
    """Whether a line is one text at the place of one of those that stand over figures, below the first of them.

    The header is not compared with itself: a heading in several lines has them all at one place.
    """
    return _is_text(row) and any(abs(row.x0 + row.x1 - other.x0 - other.x1) < 2 * IN_LINE * row.size for other in later)


def _is_label(row: Row, places: Sequence[float]) -> bool:
    """Whether a line is nothing but a text that begins in the column of labels."""
    return len(row.chunks) == 1 and column_of(places, row.x0, row.x0) == 0


def _full_rules(rows: Sequence[Row], level: Sequence[Edge], width: float) -> list[int]:
    """The lines above which a rule is drawn over most of the width, in one piece or several, from the labels on."""
    left = min(row.x0 for row in rows)
    widths: dict[int, float] = {}
    starts: dict[int, float] = {}
    at = 0
    for edge in sorted(level):
        while at < len(rows) and (rows[at].top + rows[at].bottom) / 2 < edge.at:
            at += 1
        widths[at] = widths.get(at, 0.0) + edge.end - edge.start
        starts[at] = min(starts.get(at, edge.start), edge.start)
    return [k for k, length in widths.items() if length >= WIDTH * width and starts[k] <= left + LABELS * rows[0].size]


def _first_values(rows: Sequence[Row], places: Sequence[float], values: frozenset[int]) -> int:
    """The first line of the body: it has a label and a figure in a column of values. Without such, the second line."""
    for k, row in enumerate(rows if values else ()):
        labels = [chunk for chunk in row.chunks if column_of(places, chunk.x0, chunk.x1) == 0]
        figures = [chunk for chunk in row.chunks if chunk.is_value and column_of(places, chunk.x0, chunk.x1) in values]
        is_labelled = bool(labels) or not row.chunks[0].is_value
        if is_labelled and figures and not _is_scale([chunk.text for chunk in row.chunks[len(labels) :]]):
            return k
    return min(1, len(rows))


def _bold_lines(rows: Sequence[Row]) -> int:
    """How many lines at the top are bold where most others are not, and at least one that has several chunks."""
    count = next((k for k, row in enumerate(rows) if not all(chunk.is_bold for chunk in row.chunks)), len(rows))
    rest = rows[count:]
    is_told = count <= LINES and 2 * sum(not row.chunks[-1].is_bold for row in rest) > len(rest)
    return count if is_told and any(len(row.chunks) > 1 for row in rows[:count]) else 0


def _is_scale(texts: Sequence[str]) -> bool:
    """Whether figures are headings: years, maybe with words beside them, or numbers that count up."""
    values = [text for text in texts if is_value(text)]
    if all(map(is_year, values)) and (len(values) > 1 or values == texts):
        return True
    counts = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    return len(counts) == len(texts) > 2 and counts == list(range(counts[0], counts[0] + len(counts)))


def _is_figures(row: Row, places: Sequence[float], *, is_any: bool) -> bool:
    """Whether a line has figures behind its label that no heading has: any but years, or else any that don't rise."""
    figures = [c.text for c in row.chunks if c.is_value and column_of(places, c.x0, c.x1) > 0]
    if is_any:
        return not all(map(is_year, figures))
    numbers = [float(match[0].replace(",", "")) for text in dict.fromkeys(figures) if (match := _NUMBER.search(text))]
    return any("," in text for text in figures) or any(a >= b for a, b in pairwise(numbers))
