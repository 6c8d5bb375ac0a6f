"""Tables of figures whose columns are set by white space."""

from __future__ import annotations

from collections.abc import Iterator

from normalise.engine import rule
from normalise.layout.figure_table import figure_table
from normalise.layout.figures import figure_bodies
from papers.paper import Paper
from papers.repair import Hunk


@rule()
def figure_columns(paper: Paper) -> Iterator[Hunk]:
    """Turn lines whose figures stand below each other, with white space between the columns, into rows of cells.

    So `pdftotext -layout` and preformatted parts of web pages print tables. It takes three rows, or two with two
    columns of figures, whose figures end or begin below each other. Lines above them whose words stand over the columns
    are the header; a heading that may stand over more columns than one is marked for a person. Lines drawn with dashes
    come to stand behind the table. Contents with page numbers, lists, and lines in which two figures share a column are
    left alone.
    """
    grid = max((line.grid or 0 for line in paper.lines), default=0)
    floor = 0
    for body in figure_bodies(paper):
        grid += 1
        table = figure_table(paper, body, floor, grid)
        floor = table.end
        why = "a table of figures set in columns of white space"
        why += "; the doubted headings may stand over other columns" if table.doubted else ""
        yield Hunk(table.start, paper.lines[table.start : table.end], table.rows, why, doubted=table.doubted)
