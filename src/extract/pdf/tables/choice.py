"""Whether lines that leave the same places white are a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.pdf.page import Fill, Shape
from extract.pdf.tables.chunks import is_bullet, is_leader
from extract.pdf.tables.grid import Grid
from extract.pdf.tables.parts import Part

VALUES = 0.4
"""Of the cells behind the first column, that are values in a table which nothing else shows to be one."""
RULED = 4
"""Rules over most of the width, at least, that make a table of words."""
RULED_ROWS = 0.6
"""Of the rows, that have such a rule at least."""
RULED_WORDS = 60
"""Words in the cells of such a table, on average at most."""
RUNNING_LINES = 4
"""Lines in a column of running text, at least."""
RUNNING_WORDS = 3
"""Words in such a line, on average at least."""
RUNNING = 0.6
"""Of these lines, that begin with a small letter, at least."""
SOME_VALUES = 0.15
"""Of the cells behind the first column, that are values in a table of words with three columns or more."""
FIGURES = 3
"""Figures in the one row of a table that goes on overleaf, at least, where no rule shows it to be one."""
LONG = 2.5
"""Ems: what is drawn in a chart is longer than the signs and marks that stand in cells."""
BARS = 3
"""Areas of one width that stand on one line and are of different heights, at least, in a chart of bars."""
THIN = 3.0
"""Points: what is thinner is a border with slanting ends."""
LINE = 9
"""Words in a line of running text, at least."""
WORDS = 6
"""Words in the cells of a table of words, on average at most."""


def accepts(grid: Grid, rules: int, *, is_last: bool = False) -> bool:
    """Whether a grid is a table, by what stands in it; `rules` counts the rules drawn over most of its width.

    The last lines of a page may be a header with one row, without rules, where there are figures enough.
    """
    body = [part for part in grid.parts if part.row >= grid.header]
    rows = {part.row for part in body}
    behind = [part for part in body if part.column > 0]
    if grid.columns < 2 or not behind or _is_list(body) or _is_contents(grid, body):
        return False
    values = [part for part in behind if all(chunk.is_value for chunk in part.chunks)]
    if len(rows) < 2:  # the first row of a table that goes on overleaf
        is_shown = rules > 0 or (is_last and len(values) == len(behind) >= FIGURES)
        return bool(grid.header) and is_shown and len(values) > 1 and len(behind) == grid.columns - 1
    texts = [" ".join(chunk.text for chunk in part.chunks) for part in body]
    words = sum(text.count(" ") + 1 for text in texts) / len(texts)
    most = RULED_WORDS if len(rows) > 2 else WORDS if grid.columns > 2 else 0
    if words <= most and _has_header(grid) and not _is_running(body, 0):
        return True
    if rules < RULED and any(_is_running(body, column) for column in (0, grid.columns - 1)):
        return False
    if rules >= max(RULED, RULED_ROWS * len(rows)):
        return words <= RULED_WORDS
    if len(values) >= max(2, VALUES * len(behind)) and len(rows) + len(values) > 5:
        return words <= (2 * WORDS if rules else WORDS)
    if rules >= 2:
        return words <= 2 * WORDS
    if grid.columns < 3 or words > WORDS:
        return False
    running = sum(len(chunk.words) >= LINE for part in body for chunk in part.chunks)
    return len(rows) > 2 and len(values) > SOME_VALUES * len(behind) and 2 * running < len(rows)


def _is_running(body: Sequence[Part], column: int) -> bool:
    """Whether running text stands in a column: its lines begin in the middle of sentences."""
    texts = [chunk.text for part in body if part.column == column for chunk in part.chunks]
    words = sum(text.count(" ") + 1 for text in texts)
    inner = sum(text[:1].islower() for text in texts)
    return len(texts) >= RUNNING_LINES and words >= RUNNING_WORDS * len(texts) and inner >= RUNNING * len(texts)


def _has_header(grid: Grid) -> bool:
    """Whether there is a heading over each column in bold type, and what stands below the labels is not bold."""
    header = [part for part in grid.parts if part.row < grid.header]
    columns = {k for part in header for k in range(part.column, part.column + part.column_span)}
    below = [part.chunks[0].is_bold for part in grid.parts if part.row >= grid.header and part.column > 0]
    is_bold = all(chunk.is_bold for part in header for chunk in part.chunks)
    return len(columns) == grid.columns and is_bold and 2 * sum(below) < len(below)


def is_chart(parts: Sequence[Part], fills: Sequence[Fill], shapes: Sequence[Shape]) -> bool:
    """Whether something is drawn among some cells that no table has: bars, or curves and slanting lines."""
    words = [word for part in parts for chunk in part.chunks for word in chunk.words]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    least = LONG * words[0].size
    bars: dict[tuple[int, int], set[int]] = defaultdict(set)
    for fill in fills:
        if fill.x0 < right and fill.x1 > left and fill.top < bottom and fill.bottom > top - least:
            bars[round(fill.bottom), round(fill.x1 - fill.x0)].add(round(fill.top))
    return any(len(tops) >= BARS for tops in bars.values()) or any(
        left <= (shape.x0 + shape.x1) / 2 <= right
        and top <= (shape.top + shape.bottom) / 2 <= bottom
        and least <= max(shape.x1 - shape.x0, shape.bottom - shape.top)
        and min(shape.x1 - shape.x0, shape.bottom - shape.top) > THIN
        and shape.x1 - shape.x0 <= right - left
        and not shape.is_picture
        for shape in shapes
    )


def _is_list(body: Sequence[Part]) -> bool:
    """Whether the first column holds nothing but list marks, and there is only one other."""
    marks = [part for part in body if part.column == 0]
    others = {part.column for part in body if part.column}
    return len(others) == 1 and bool(marks) and all(is_bullet(part.chunks[0].text) for part in marks)


def _is_contents(grid: Grid, body: Sequence[Part]) -> bool:
    """Whether it is a list of contents: leaders, and numbers behind them that never fall."""
    if not any(is_leader(word.text) for part in body for chunk in part.chunks for word in chunk.words):
        return False
    last = [part.chunks[-1].text for part in body if part.column == grid.columns - 1]
    pages = [int(text) for text in last if text.isdigit()]
    return len(pages) >= max(2, 0.8 * len(last)) and pages == sorted(pages) and grid.columns <= 3
