"""Grids of ruled cells: edges that cross or meet, and the rectangles between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.pdf.tables.edges import Edge, Edges

MEET = 3.0
"""Points by which two edges may miss each other and still meet: the thickness of a border."""
DOUBLE = 4.5
"""Points between the two strokes of a double line; no row or column of text is so small."""
COVERED = 0.6
"""Of the side of a cell, that is drawn at least where there is a border."""
MOST_CELLS = 20_000
"""Cells of a grid, at most."""


class Box(NamedTuple):
    """A ruled cell: its first row and column (from 0), and how many it spans."""

    row: int
    column: int
    row_span: int
    column_span: int


class Lattice(NamedTuple):
    """A grid: the places of its column and row borders, and the cells between them in order of row and column."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]

    def drawn_columns(self) -> list[float]:
        """The borders between columns that are drawn over half of the height at least."""
        heights = [0.0] * len(self.xs)
        for box in self.boxes:
            heights[box.column] += self.ys[box.row + box.row_span] - self.ys[box.row]
        whole = self.ys[-1] - self.ys[0]
        return [x for x, height in zip(self.xs[1:-1], heights[1:], strict=False) if height >= whole / 2]


def lattices(edges: Edges) -> tuple[tuple[Lattice, ...], tuple[Edge, ...]]:
    """The grids of a page from top to bottom, and the horizontal edges that belong to none of them."""
    found: list[Lattice] = []
    loose: list[Edge] = []
    for level, upright in _connected(edges):
        lattice = _lattice(level, upright) if upright else None
        if lattice is None:
            loose += level
        else:
            found.append(lattice)
    return tuple(sorted(found, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))), tuple(sorted(loose))


def _connected(edges: Edges) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """The horizontal and vertical edges of each group that hangs together."""
    level, upright = edges
    places = [edge.at for edge in upright]
    parents = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    for i, edge in enumerate(level):
        for j in range(bisect_left(places, edge.start - MEET), bisect_right(places, edge.end + MEET)):
            if upright[j].start - MEET <= edge.at <= upright[j].end + MEET:
                parents[root(len(level) + j)] = root(i)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for node in range(len(parents)):
        group = groups.setdefault(root(node), ([], []))
        if node < len(level):
            group[0].append(level[node])
        else:
            group[1].append(upright[node - len(level)])
    yield from groups.values()


def _lattice(level: Sequence[Edge], upright: Sequence[Edge]) -> Lattice | None:
    """The grid of a group of edges; a side that is open is closed where the edges end."""
    xs = _borders([e.at for e in upright], [e.start for e in level], [e.end for e in level])
    ys = _borders([e.at for e in level], [e.start for e in upright], [e.end for e in upright])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > MOST_CELLS:
        return None
    return Lattice(xs, ys, tuple(_boxes(_drawn(upright, xs, ys), _drawn(level, ys, xs))))


def _borders(places: Sequence[float], starts: Sequence[float], ends: Sequence[float]) -> tuple[float, ...]:
    """The places of borders, two strokes of a double line as one; the ends of the crossing edges close the sides."""
    every = sorted([*places, min(starts, default=places[0]), max(ends, default=places[0])] if places else [])
    groups: list[list[float]] = []
    for place in every:
        if groups and place - groups[-1][0] <= DOUBLE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple((group[0] + group[-1]) / 2 for group in groups)


def _drawn(edges: Sequence[Edge], across: Sequence[float], along: Sequence[float]) -> list[list[bool]]:
    """For each border across (by number), which of the stretches along it are drawn."""
    lengths = [[0.0] * (len(along) - 1) for _ in across]
    for edge in edges:
        place = bisect_left(across, edge.at - DOUBLE)
        while place < len(across) and across[place] <= edge.at + DOUBLE:
            first = max(bisect_right(along, edge.start) - 1, 0)
            for k in range(first, min(bisect_left(along, edge.end), len(along) - 1)):
                lengths[place][k] += min(edge.end, along[k + 1]) - max(edge.start, along[k])
            place += 1
    return [
        [length >= COVERED * (along[k + 1] - along[k]) for k, length in enumerate(stretches)] for stretches in lengths
    ]


def _boxes(upright: Sequence[Sequence[bool]], level: Sequence[Sequence[bool]]) -> Iterator[Box]:
    """The largest rectangles without a border inside, from the top left."""
    rows, columns = len(level) - 1, len(upright) - 1
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not upright[right][row] and not taken[row][right]:
                right += 1
            below = row + 1
            while below < rows and not any(
                level[below][k] or taken[below][k] or (k > column and upright[k][below]) for k in range(column, right)
            ):
                below += 1
            for k in range(row, below):
                taken[k][column:right] = [True] * (right - column)
            yield Box(row, column, below - row, right - column)
