"""Where tables without a grid may stand: runs of lines that leave the same places white."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pdf.tables.chunks import Row, gaps, has_figure, is_bullet
from extract.pdf.tables.parts import BESIDE

Spans = list[tuple[float, float]]
STEP = 3.6
"""Ems from baseline to baseline within a table, at most, while its own distance is not known: two blank lines."""
STEPS = 2.7
"""Line distances from baseline to baseline within a table, at most."""
CLEAR = 0.7, 0.45
"""Ems of white that all lines of a table leave between two columns, at least at one place; less in tight tables."""
AGAIN = 1.3
"""Line distances above a header that stands there a second time, at least, unless a heading is above it."""
LEADING = 1.4
"""Ems between the lines of one label, at most."""
MARGIN = 0.09
"""Of the height of a page, in which running heads and feet stand."""
BETWEEN = 3
"""Lines in a row that may reach over the white: headings inside, titles of groups."""
PROSE_WORDS = 9
"""Words in one chunk that make a line of prose, if it is wide."""
PROSE_WIDTH = 0.7
"""Of the width of a table, that a line of prose has at least."""
_CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.|Chart|Graph|Map|Box|Exhibit)\s+[A-Z]{0,2}[-.]?\d|(?:Source|Note)s?\s?[:.]", re.IGNORECASE
)


def is_caption(row: Row) -> bool:
    """Whether a line is the title of a table or a note below it, from its first words."""
    return bool(_CAPTION.match(row.text))


def find_blocks(rows: Sequence[Row], height: float) -> Iterator[tuple[int, int]]:
    """Runs of lines (first, end) that may be the rows of a table, on a page of the given height."""
    at = 0
    while at < len(rows):
        if len(rows[at].chunks) < 2 or is_caption(rows[at]) or _is_paragraph(rows[at]):
            at += 1
            continue
        behind = max(_end(rows, at, clear) for clear in CLEAR)
        start, end = _without_margins(rows, at, behind, height)
        if end - start > 1:
            yield start, end
        at = behind


def _end(rows: Sequence[Row], start: int, clear: float) -> int:
    """Where a run of lines ends that all leave so much white."""
    run = _Run(rows, start, clear)
    while run.takes_next():
        pass
    return run.end


def _without_margins(rows: Sequence[Row], start: int, end: int, height: float) -> tuple[int, int]:
    """The run without a running head or foot: a line in the margin of the page, with some white between."""
    steps = sorted(b.baseline - a.baseline for a, b in pairwise(rows[start:end]))
    if len(steps) > 1:
        far = AGAIN * steps[len(steps) // 2]
        if rows[start].baseline < MARGIN * height and rows[start + 1].baseline - rows[start].baseline > far:
            start += 1
        if rows[end - 1].baseline > (1 - MARGIN) * height and rows[end - 1].baseline - rows[end - 2].baseline > far:
            end -= 1
    return start, end


class _Run:
    """A run of lines while it grows.

    `end` is the first line behind those that are sure to belong to it; lines after them that reach over the white are
    taken in if the next line leaves it free again.
    """

    def __init__(self, rows: Sequence[Row], start: int, clear: float) -> None:
        first = rows[start]
        self.clear = clear
        self.rows = rows
        self.first = first
        self.at = start
        self.end = start + 1
        self.white = _wide(gaps(first), clear * first.size)
        self.steps: list[float] = []  # sorted
        self.between = 0.0
        self.left, self.right = first.x0, first.x1
        self.figures = int(has_figure(first))
        self.bold = int(has_figure(first) and first.chunks[-1].is_bold)

    def takes_next(self) -> bool:
        """Look at the next line; whether the run may go on behind it."""
        last, self.at = self.rows[self.at], self.at + 1
        if self.at == len(self.rows) or self.between > BETWEEN:
            return False
        row = self.rows[self.at]
        step = row.baseline - last.baseline
        if step < BESIDE * row.size and self.end == self.at and len(row.chunks) == 1:  # the last line of a label
            self.end += 1
            return True
        if step > self._longest(max(row.size, last.size)) or is_caption(row) or self._is_header(row, last, step):
            return False
        if _is_paragraph(row) and self._is_prose(row):
            return False
        free = _wide(_minus(self.white, row), self.clear * row.size)
        if len(row.chunks) > 1:
            return self._takes_columns(row, step, free)
        if free and not any(row.x0 < x0 and row.x1 > x1 for x0, x1 in self.white):  # a part of a cell
            is_label = row.x0 < self.white[0][1] - 1
            if is_label and not self.between and row.text[:1].islower() and step <= LEADING * row.size:
                self.end = self.at + 1
            if not is_label and self.between < 1 and step <= AGAIN * max(self._usual, row.size):
                self.end = self.at + 1
            else:
                self.between += 1 / 2
            return True
        self.between += 1
        return not self._is_prose(row)

    def _takes_columns(self, row: Row, step: float, free: Spans) -> bool:
        if len(self.white) > 1 and 2 * len(free) <= len(self.white) and self._is_prose(row):
            return False
        if not any(row.chunks[0].x1 <= x0 + 1 and row.chunks[-1].x0 >= x1 - 1 for x0, x1 in free):
            self.between += 1
            return True
        self.white, self.end, self.between = free, self.at + 1, 0.0
        insort(self.steps, step)
        self.left, self.right = min(self.left, row.x0), max(self.right, row.x1)
        self.figures += has_figure(row)
        self.bold += has_figure(row) and row.chunks[-1].is_bold
        return True

    @property
    def _usual(self) -> float:
        """The usual distance of its lines."""
        return self.steps[len(self.steps) // 2] if self.steps else 0.0

    def _longest(self, em: float) -> float:
        """The distance up to which a line follows."""
        return max(STEPS * self._usual, 2 * em) if len(self.steps) > 1 else STEP * em

    def _is_header(self, row: Row, last: Row, step: float) -> bool:
        """Whether the next table begins: below some white or a title, a line repeats the header, or looks like one.

        Looking like a header means that it is bold and has no values, and that the lines with values are not bold.
        """
        if len(self.steps) < 3 or len(row.chunks) < 2 or (step <= AGAIN * self._usual and len(last.chunks) > 1):
            return False
        if self.first.chunks[0].text == row.chunks[0].text and not row.chunks[0].is_value:
            return True
        is_bold = all(chunk.is_bold and not chunk.is_value for chunk in row.chunks)
        return is_bold and 2 * self.bold < self.figures

    def _is_prose(self, row: Row) -> bool:
        """Whether the last chunk of a line is running text: many words, about as wide as the table or wider."""
        chunk = row.chunks[-1]
        return len(chunk.words) >= PROSE_WORDS and chunk.x1 - chunk.x0 >= PROSE_WIDTH * (self.right - self.left)


def _is_paragraph(row: Row) -> bool:
    """Whether a line is the first of a numbered paragraph or an item: a mark, and a line of prose behind it."""
    return len(row.chunks) == 2 and is_bullet(row.chunks[0].text) and len(row.chunks[1].words) >= PROSE_WORDS


def _wide(spans: Spans, least: float) -> Spans:
    return [(x0, x1) for x0, x1 in spans if x1 - x0 >= least]


def _minus(white: Spans, row: Row) -> Spans:
    """What a line leaves of some white stretches; both are in order."""
    left: Spans = []
    at = 0
    for x0, x1 in white:
        start = x0
        while at < len(row.chunks) and row.chunks[at].x1 <= x0:
            at += 1
        k = at
        while k < len(row.chunks) and row.chunks[k].x0 < x1:
            if row.chunks[k].x0 > start:
                left.append((start, row.chunks[k].x0))
            start = row.chunks[k].x1
            k += 1
        if start < x1:
            left.append((start, x1))
    return left
