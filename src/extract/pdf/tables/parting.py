"""Chunks that stand so close that only the columns of their table tell them apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extract.pdf.tables.chunks import LEAST, SPACED, Chunk, Row, chunk_of, with_chunks
from extract.pdf.tables.columns import column_of
from extract.pdf.tables.parts import Extent
from extract.pdf.words import Word

EXACT = 0.12
"""Ems by which two headings that a word space parts may be out of line with their columns."""


def crosses(chunk: Chunk, places: Sequence[float]) -> bool:
    """Whether a chunk reaches over a place between two columns."""
    return bisect_right(places, chunk.x0) < bisect_left(places, chunk.x1)


def with_values(row: Row, places: Sequence[float]) -> Row:
    """A line of the body with its chunks parted at the borders of columns, where values stand behind them."""
    chunks: list[Chunk] = []
    for chunk in row.chunks:
        pieces = _by_column(chunk, places) if crosses(chunk, places) else []
        chunks += pieces if any(piece.is_value for piece in pieces[1:]) else [chunk]
    return _with(row, chunks)


def with_headings(row: Row, places: Sequence[float], extents: Sequence[Extent], space: float, *, is_last: bool) -> Row:
    """A line of the header with its chunks parted where more than a `space` (in ems) lies between two columns.

    Where a mere space does, they are parted if the line then has a heading for each column: those begin or end in line
    with what stands below them, or the line is the last of the header.
    """
    least = max(SPACED * space, LEAST) * row.size
    loose = [part for chunk in row.chunks for part in (_spaced(chunk, places, least) if space else [chunk])]
    close: list[Chunk] = []
    for chunk in loose:
        pieces = _in_line(chunk, places, extents) if crosses(chunk, places) else [chunk]
        close += pieces or (_by_column(chunk, places) if is_last else [chunk])
    return _with(row, close if len(close) == len(extents) else loose)


def _with(row: Row, chunks: Sequence[Chunk]) -> Row:
    return row if len(chunks) == len(row.chunks) else with_chunks(row.at, row, chunks)


def _spaced(chunk: Chunk, places: Sequence[float], least: float) -> list[Chunk]:
    """The parts of a chunk between which there is more white than `least`, and where two columns meet."""
    runs: list[list[Word]] = []
    for word in chunk.words:
        if runs and word.x0 - runs[-1][-1].x1 < least:
            runs[-1].append(word)
        else:
            runs.append([word])
    joined = runs[:1]
    for run in runs[1:]:
        left = joined[-1]
        if bisect_right(places, (left[0].x0 + left[-1].x1) / 2) < bisect_left(places, run[-1].x1):
            joined.append(run)
        else:
            joined[-1] = [*left, *run]
    return [chunk_of(run, chunk.line) for run in joined]


def _by_column(chunk: Chunk, places: Sequence[float]) -> list[Chunk]:
    """The words of a chunk, column by column."""
    runs: list[list[Word]] = []
    last = -1
    for word in chunk.words:
        column = column_of(places, word.x0, word.x1)
        if column == last:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = column
    return [chunk_of(run, chunk.line) for run in runs]


def _in_line(chunk: Chunk, places: Sequence[float], extents: Sequence[Extent]) -> list[Chunk]:
    """A chunk parted where words begin, or else end, in line with the columns that it reaches over; [] if none do."""
    words = chunk.words
    first, last = (column_of(places, word.x0, word.x1) for word in (words[0], words[-1]))
    near = EXACT * words[0].size
    starts, ends = [word.x0 for word in words], [word.x1 for word in words]
    begin = [_nearest(starts, extent.x0, near) for extent in extents[first + 1 : last + 1]]
    end = [_nearest(ends, extent.x1, near) + 1 for extent in extents[first:last]]
    for cuts in (begin, end):
        bounds = [0, *cuts, len(words)]
        if cuts and all(a < b for a, b in pairwise(bounds)):
            return [chunk_of(words[a:b], chunk.line) for a, b in pairwise(bounds)]
    return []


def _nearest(edges: Sequence[float], place: float, near: float) -> int:
    """The first edge that stands at a place; -1 if none does."""
    return next((k for k, edge in enumerate(edges) if abs(edge - place) < near), -1)
