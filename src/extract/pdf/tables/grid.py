"""A table without a grid: its lines put into columns, header and rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extract.pdf.tables.chunks import Chunk, Row, is_leader
from extract.pdf.tables.columns import column_of, find_columns
from extract.pdf.tables.edges import Edge
from extract.pdf.tables.headers import header_end
from extract.pdf.tables.headings import header_parts
from extract.pdf.tables.parting import crosses, with_headings, with_values
from extract.pdf.tables.parts import IN_LINE, Extent, Part
from extract.pdf.tables.rows import group_rows, value_columns

TITLES = 3
"""Times that titles are taken off the top of a table; each may uncover one more."""


class Grid(NamedTuple):
    """The parts of a table, the places between its columns, and how many of its rows are header."""

    parts: tuple[Part, ...]
    places: tuple[float, ...]
    header: int

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return len(self.places) + 1

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((part.row + part.row_span for part in self.parts), default=0)


def read_grid(rows: Sequence[Row], hard: Sequence[float], level: Sequence[Edge], space: float) -> Grid:
    """Find columns, header and rows of the lines of a table.

    `hard` are drawn column borders, `level` drawn rules; `space` is what usually parts two words of the page, in ems.
    """
    places = find_columns(rows, hard)
    end = header_end(rows, places, level) if places else 0
    for _ in range(TITLES):
        titles = 0 if hard else _titles(rows[:end], places)
        if not titles:
            break
        rows = rows[titles:]
        places = find_columns(rows)
        end = header_end(rows, places, level) if places else 0
    body = [row for row in rows[end:] if not all(is_leader(chunk.text) for chunk in row.chunks)]
    groups = group_rows(body, places, _ruled(rows, level))
    extents = _extents(body or rows, places)
    header = [with_headings(row, places, extents, space, is_last=row is rows[end - 1]) for row in rows[:end]]
    parts = header_parts(header, extents, level)
    depth = max((part.row + part.row_span for part in parts), default=0)
    values = value_columns(body, places)
    for k, group in enumerate(groups):
        parts += _row_parts(depth + k, group, places, extents, values)
    return Grid(tuple(parts), places, depth)


def read_rows(rows: Sequence[Row], places: Sequence[float], level: Sequence[Edge]) -> list[Part]:
    """The cells of some rows of a table whose columns are known, all of its body."""
    extents = _extents(rows, places)
    groups = group_rows(rows, places, _ruled(rows, level))
    values = value_columns(rows, places)
    return [part for k, group in enumerate(groups) for part in _row_parts(k, group, places, extents, values)]


def _titles(header: Sequence[Row], places: Sequence[float]) -> int:
    """How many lines at the top are titles: they begin with the labels and reach over the next column."""
    for k in range(len(header), 0, -1):
        first = header[k - 1].chunks[0]
        if column_of(places, first.x0, first.x0) == 0 and bisect_right(places, first.x1) > 1:
            return k
        if column_of(places, first.x0, first.x0) == 0 and first.x1 > places[0] + 2 * header[k - 1].size:
            return k
    return 0


def _ruled(rows: Sequence[Row], level: Sequence[Edge]) -> frozenset[int]:
    """The lines (by number) above which a rule is drawn that reaches over most of them."""
    cuts: set[int] = set()
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    at = 0
    for edge in sorted(level):
        while at < len(rows) and rows[at].baseline - rows[at].size / 3 < edge.at:
            at += 1
        if at < len(rows) and min(edge.end, right) - max(edge.start, left) >= 0.5 * (right - left):
            cuts.add(rows[at].at)
    return frozenset(cuts)


def _extents(rows: Sequence[Row], places: Sequence[float]) -> list[Extent]:
    """How far what stands in each column reaches; chunks that reach over several columns don't count."""
    lows: list[float | None] = [None] * (len(places) + 1)
    highs: list[float] = [0.0] * (len(places) + 1)
    for row in rows:
        for piece in with_values(row, places).chunks:
            column = column_of(places, piece.x0, piece.x1)
            if crosses(piece, places):
                continue
            low = lows[column]
            lows[column] = piece.x0 if low is None else min(low, piece.x0)
            highs[column] = max(highs[column], piece.x1)
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    borders = [left, *places, right]
    return [
        Extent(low, highs[k], *borders[k : k + 2]) if low is not None else Extent(*borders[k : k + 2] * 2)
        for k, low in enumerate(lows)
    ]


def _row_parts(
    number: int, group: Sequence[Row], places: Sequence[float], extents: Sequence[Extent], values: frozenset[int]
) -> list[Part]:
    """The cells of one row of the body; a text alone in it that stands in a column of `values` is a heading inside."""
    cells: dict[int, list[Chunk]] = {}
    spans: dict[int, int] = {}
    single = len(group) == 1 and len(group[0].chunks) == 1
    for row in group:
        pieces = with_values(row, places).chunks
        for chunk in pieces:
            column = column_of(places, chunk.x0, chunk.x1)
            if single and (crosses(chunk, places) or (column in values and not chunk.is_value)):
                column, last = _range(chunk, extents)
                spans[column] = last - column + 1
            elif len(group) == 1 and column > 0 and chunk is pieces[0] and _is_label(chunk, extents):
                column, spans[0] = 0, column + 1
            cells.setdefault(column, []).append(chunk)
    return [Part(number, column, 1, spans.get(column, 1), tuple(chunks)) for column, chunks in sorted(cells.items())]


def _is_label(chunk: Chunk, extents: Sequence[Extent]) -> bool:
    """Whether a text begins where the labels do, and isn't the value of another column: the label of a total."""
    return not chunk.is_value and abs(chunk.x0 - extents[0].x0) < IN_LINE * chunk.words[0].size


def _range(chunk: Chunk, extents: Sequence[Extent]) -> tuple[int, int]:
    """The columns that a heading inside a table spans: one in the first column is a label, others the rest."""
    size = chunk.words[0].size
    if chunk.x0 < extents[0].x0 + size:
        return 0, 0
    hit = [k for k, extent in enumerate(extents) if extent.x1 > chunk.x0 and extent.x0 < chunk.x1]
    if not hit:
        return 0, 0
    first = max(1, hit[0]) if len(extents) > 1 else 0
    centre = (chunk.x0 + chunk.x1) / 2
    if abs(centre - (extents[0].x0 + extents[-1].x1) / 2) < size:
        return 0, len(extents) - 1
    if abs(centre - (extents[min(1, len(extents) - 1)].x0 + extents[-1].x1) / 2) < 3 * size:
        return first if first == 0 else 1, len(extents) - 1
    return first, max(hit[-1], first)
