"""Tables that were flattened into running text: one row a line, the cells parted by single spaces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from normalise.engine import note, rule
from normalise.flat.body import bodies
from normalise.flat.effort import Effort
from normalise.flat.heads import phrases
from normalise.flat.table import build
from normalise.flat.tokens import text_line
from normalise.layout.wrapped import joined
from papers.paper import Cell, Line, Paper
from papers.repair import Hunk

_DASHES = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
# The cells of one row hold no more line breaks than this.
_MOST_PIECES = 24


@rule()
def flat_tables(paper: Paper) -> Iterator[Hunk]:
    """Turn lines that are the rows of a table, with nothing but spaces between the cells, into rows of cells.

    The columns are those that explain all rows: figures are counted from the right, runs of spaces are blank cells, and
    figures inside a label (`2004/05`, `285 wards`) stay with it. Lines above the rows are the header if they can be cut
    into cells for these columns. Rows that can be cut in two ways, and columns whose header can, are marked for a
    person to look at, unless sums across the row decide. A paper of which too many lines could be read as tables in
    too many ways is given up, with a note, and the rest of it stays running text. Paragraphs, lists, contents,
    addresses and lines of contact are left alone: it takes two rows of two figures, or a caption and three rows
    that end with an amount. Web pages and PDFs say themselves where the cells of their tables are.
    """
    if paper.source.media_type != "text/plain":
        return
    lines = [text_line(at, line) for at, line in enumerate(paper.lines)]
    effort = Effort()
    found = list(bodies(lines, effort))
    inside = {at for body, *_ in found for at in range(body.start, body.end)}
    prose = (line.text for at, line in enumerate(paper.lines) if line.kind == "prose" and at not in inside)
    known = phrases(text for text in prose if text.rstrip().endswith("."))
    grid = max((line.grid or 0 for line in paper.lines), default=0)
    floor = 0
    for rivals in found:
        table = None if effort.is_spent else build(rivals, lines, known, floor, grid + 1, effort)
        if table is None:
            continue
        grid, floor = grid + 1, table.end
        why = "the rows of a table with spaces between the cells: these columns explain all of them"
        why += "; the doubted cells may be cut or named in another way" if table.doubted else ""
        yield Hunk(table.start, paper.lines[table.start : table.end], table.rows, why, doubted=table.doubted)
    if effort.is_spent:
        yield note(paper, floor, "the lines from here on could be tables in too many ways: they stay running text")


@rule()
def broken_pipe_rows(paper: Paper) -> Iterator[Hunk]:
    """Join the row of a Markdown table that is broken over several lines, at line breaks inside its cells.

    A line that begins with a pipe and does not end with one goes on up to the next that does, if they hold as many
    pipes together as the table's line of dashes, and no line between begins with a pipe itself. A pipe in running text
    and a table without a line of dashes are left alone.
    """
    widths = {line.text.count("|") for line in paper.lines if line.kind == "prose" and _DASHES.fullmatch(line.text)}
    at = 0
    while at < len(paper.lines):
        end = _pipe_row_end(paper.lines, at, widths) if widths else None
        if end:
            lines = paper.lines[at:end]
            origins = tuple(origin for line in lines for cell in line.cells for origin in cell.origins)
            text = joined([line.text for line in lines])
            yield Hunk(
                at, lines, (Line("prose", (Cell(text, origins),)),), "one row: it ends where the pipes are complete"
            )
        at = end or at + 1


def _pipe_row_end(lines: Sequence[Line], at: int, widths: Collection[int]) -> int | None:
    """The line behind the last of a broken row that begins at `at`; None if no broken row begins there."""
    pipes = 0
    for end in range(at, min(at + _MOST_PIECES, len(lines))):
        line = lines[end]
        text = line.text.strip()
        if line.kind != "prose" or len(line.cells) != 1 or text.startswith("|") != (end == at):
            return None
        pipes += text.count("|")
        if text.endswith("|"):
            return end + 1 if end > at and pipes in widths else None
    return None
