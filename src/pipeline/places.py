"""Where a value stands in its source, as the spreadsheets say it."""

from __future__ import annotations

from papers.paper import Paper


def cell_place(paper: Paper, line: int, cell: int) -> str | None:
    """The place of a cell, or of its line if the cell has none; both count from 0."""
    cells = paper.lines[line].cells
    place = cells[cell].place if cell < len(cells) else None
    return str(place) if place else line_place(paper, line)


def line_place(paper: Paper, line: int) -> str | None:
    """The place of a line, which counts from 0; None if a repair has added it."""
    place = paper.lines[line].place
    return str(place) if place else None
