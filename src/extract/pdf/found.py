"""A table as found on a page: where it stands, and which words stand in which of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from extract.pdf.words import TextLine


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell of a table; rows and columns count from 0. Every word of the page is in one cell at most.

    `lines` are the visual lines in it, from top to bottom. `is_header` says that the cell is a header beyond doubt.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float
    lines: tuple[TextLine, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table and its box; the cells stand in order of row and column, blank ones among them."""

    x0: float
    top: float
    x1: float
    bottom: float
    cells: tuple[FoundCell, ...]
