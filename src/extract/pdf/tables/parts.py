"""What the readers of tables hand to each other: the cells of a table, and the columns in which they stand."""

from __future__ import annotations

from typing import NamedTuple

from extract.pdf.tables.chunks import Chunk

BESIDE = 0.75
"""Ems: lines closer than this stand beside each other, whatever their baselines."""
IN_LINE = 0.35
"""Ems by which two things that are in line may begin, or end, beside each other."""


class Part(NamedTuple):
    """A cell: where it stands (counted from 0), and its chunks from top to bottom."""

    row: int
    column: int
    row_span: int
    column_span: int
    chunks: tuple[Chunk, ...]


class Extent(NamedTuple):
    """A column: what stands in it reaches from `x0` to `x1`, its borders are `left` and `right`."""

    x0: float
    x1: float
    left: float
    right: float
