"""Running text that stands beside a table: it is taken out of the lines before tables are looked for in the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.pdf.tables.chunks import Chunk, Row, with_chunks

GUTTER = 0.8
"""Ems of white between running text and a table beside it, at least."""
ALIGNED = 0.6
"""Ems by which the lines of running text may begin beside each other."""
INDENT = 5.0
"""Ems by which the first line of a paragraph may be indented."""
LINES = 5
"""Lines of running text beside a table, at least."""
WORDS = 3
"""Words in such a line, on average at least."""
SMALL = 0.4
"""Of these lines, that begin with a small letter, at least: in the middle of a sentence."""
LEADING = 1.6
"""Ems between these lines, mostly at most."""


def without_running(rows: Sequence[Row]) -> list[Row]:
    """The lines without running text at their left or right, where other text stands beside it."""
    if all(len(row.chunks) == 1 for row in rows):
        return list(rows)
    for is_right in (False, True):
        running = {id(chunk) for run in _runs(rows, is_right) if _is_running(run) for _, chunk in run}
        rest = [(row, [chunk for chunk in row.chunks if id(chunk) not in running]) for row in rows]
        rows = [with_chunks(row.at, row, chunks) for row, chunks in rest if chunks]
    return list(rows)


def _runs(rows: Sequence[Row], is_right: bool) -> Iterator[list[tuple[Row, Chunk]]]:
    """Lines that begin in line on one side of a gutter, each run with something on the other side of it."""
    run = _Run()
    for row in rows:
        if not run.takes(row, is_right):
            if run.has_other:
                yield run.lines
            run = _Run()
            run.takes(row, is_right)
    if run.has_other:
        yield run.lines


class _Run:
    """Lines on one side of a gutter while they are collected; the gutter reaches from `low` to `high`."""

    def __init__(self) -> None:
        self.lines: list[tuple[Row, Chunk]] = []
        self.low, self.high = 0.0, float("inf")
        self.start = 0.0
        self.has_other = False

    def takes(self, row: Row, is_right: bool) -> bool:
        """Take in a line if it leaves the gutter white and begins where the others do."""
        mine: Sequence[Chunk] = row.chunks[-1:] if is_right else row.chunks[:1]
        others = row.chunks[:-1] if is_right else row.chunks[1:]
        if self.lines and self._is_other(mine[0], is_right):
            mine, others = (), row.chunks
        sides = (others, mine) if is_right else (mine, others)
        low = max([self.low, *(chunk.x1 for chunk in sides[0])])
        high = min([self.high, *(chunk.x0 for chunk in sides[1])])
        if high - low < GUTTER * row.size:
            return False
        back = INDENT if len(self.lines) == 1 else ALIGNED  # the first line may be indented
        if mine and self.lines and not -back * row.size <= mine[0].x0 - self.start <= INDENT * row.size:
            return False
        self.start = min(self.start, mine[0].x0) if mine and self.lines else mine[0].x0 if mine else self.start
        self.low, self.high = low, high
        self.has_other = self.has_other or bool(others)
        self.lines += [(row, chunk) for chunk in mine]
        return True

    def _is_other(self, chunk: Chunk, is_right: bool) -> bool:
        """Whether the nearest chunk of a line stands on the other side of the gutter."""
        return chunk.x1 < self.start if is_right else chunk.x0 > self.low


def _is_running(run: Sequence[tuple[Row, Chunk]]) -> bool:
    """Whether lines are running text: words enough, close together, most of them in the middle of sentences."""
    words = sum(len(chunk.words) for _, chunk in run)
    small = sum(chunk.text[:1].islower() for _, chunk in run)
    close = sum(b.baseline - a.baseline <= LEADING * a.size for (a, _), (b, _) in pairwise(run))
    is_long = len(run) >= LINES and words >= WORDS * len(run)
    return is_long and small >= SMALL * len(run) and 2 * close >= len(run)
