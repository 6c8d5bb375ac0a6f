"""Read a plain text into lines of cells. Tabs part cells; nothing is repaired, stripped or joined."""

from __future__ import annotations

import re

from papers.paper import Cell, Line, LineSpan, Origin, Paper, Source

_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(text: str, source: Source, encoding: str) -> Paper:
    """Read a text, tab-separated or not, that may hold scraps of HTML and Markdown.

    A line with a tab in it is a row; rows that follow each other without another line between form one grid. A line of
    white space alone is blank. All other lines are prose, whatever they look like: what they are is said later.
    """
    lines: list[Line] = []
    grid = 0
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        line = _line(raw, number)
        if line.kind == "row":
            grid += not (lines and lines[-1].kind == "row")
            line = Line("row", line.cells, grid)
        lines.append(line)
    while lines and lines[-1].kind == "blank":
        lines.pop()
    return Paper(source, f"text ({encoding})", tuple(lines))


def _line(raw: str, number: int) -> Line:
    if not raw.strip():
        return Line("blank")
    cells = []
    start = 1
    for part in raw.split("\t"):
        cells.append(Cell(part, (Origin(part, LineSpan(number, start, start + len(part) - 1)),)))
        start += len(part) + 1
    return Line("row" if len(cells) > 1 else "prose", tuple(cells))
