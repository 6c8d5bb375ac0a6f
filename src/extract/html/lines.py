"""From the blocks and tables of a page to the lines of a paper: what is a heading, furniture, hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.html.blocks import Block, Grid, Page, TableCell
from papers.paper import Cell, Kind, Line, Origin

_MEDIUM = 16  # what a browser takes where a page sets no size
_LONGEST_HEADING = 200
_LONGEST_BOLD = 100
# What parts the links of a row of navigation.
_BAR = re.compile(r"\s(?:[|¦•·]|::)\s")
# What ends a line that leads over to the next or says something, and heads nothing.
_OPEN_END = re.compile(r"[.;,–—-]\s*$")
_STYLE = 2
"""A part of the page that stands on it more often than so is none."""
_CONTENTS = 3
"""So many lines in a row that lead to the page itself are its list of contents."""


def make_lines(page: Page) -> tuple[Line, ...]:
    """Make the lines of a paper, a blank one where the page leaves a gap, none at its ends."""
    blocks = [part for part in page.contents if isinstance(part, Block)]
    apart = _regions_apart(page, blocks) | _contents_lists(blocks)
    levels = _levels(blocks)
    lines: list[Line] = []
    grid = 0
    begun = False  # whether the paper's own text has begun
    for part in page.contents:
        if isinstance(part, Grid):
            grid += 1
            new = list(_rows(part, grid))
            gap = True
        else:
            kind, level = _kind(part, levels, apart=id(part) in apart, begun=begun)
            begun = begun or kind in ("heading", "prose", "item")
            new = [Line(kind, (Cell(part.text, part.origins),), level=level, marker=part.marker)]
            gap = part.gap
        if lines and (gap or lines[-1].kind == "row"):
            lines.append(Line("blank"))
        lines += new
    return tuple(lines)


def _rows(table: Grid, grid: int) -> Iterator[Line]:
    for block in table.caption:
        yield Line("prose", (Cell(block.text, block.origins),))
    for row in table.rows:
        yield Line("row", tuple(map(_cell, row)), grid)


def _cell(cell: TableCell) -> Cell:
    raw = "\n".join([raw for block in cell.blocks for raw, _ in block.printed])
    return Cell(cell.text, (Origin(raw, cell.element.place),), cell.row_span, cell.column_span, cell.is_header)


def _kind(block: Block, levels: dict[tuple[int, bool], int], *, apart: bool, begun: bool) -> tuple[Kind, int]:
    style = block.style
    if style.hidden:
        return "hidden", 0
    if apart or block.aside or (style.picture and not begun) or _is_navigation(block):
        return "furniture", 0
    if block.heading:
        return "heading", block.heading
    if block.item:
        return "item", block.level
    level = levels.get((style.size, style.bold), 0)
    if level and _heads(block, larger=level < max(levels.values())):
        return "heading", level
    return "prose", block.level


def _is_navigation(block: Block) -> bool:
    """Whether a line is a row of links with bars between."""
    return block.links > 0 and _BAR.search(block.text) is not None and block.links == len(re.sub(r"\W", "", block.text))


def _heads(block: Block, *, larger: bool) -> bool:
    """Whether a block that stands out by its style is short enough for a heading, and says no more than one."""
    text = block.text
    if "\n" in text and not larger:
        return False
    return len(text) <= (_LONGEST_HEADING if larger else _LONGEST_BOLD) and not _OPEN_END.search(text)


def _levels(blocks: Sequence[Block]) -> dict[tuple[int, bool], int]:
    """The styles (size, bold) that stand out from most of the text, the strongest first, with their levels.

    Larger than most of the text, or bold where most of it is not and hardly smaller. Text of no set size is never
    larger. Headings that the markup names stand above all of these.
    """
    ink: Counter[tuple[int, bool]] = Counter()
    for block in blocks:
        if not block.style.hidden and not block.heading:
            ink[block.style.size, block.style.bold] += block.ink
    if not ink:
        return {}
    most, is_bold = max(sorted(ink), key=lambda style: ink[style])
    size = most or _MEDIUM
    above = max(block.heading for block in blocks)
    larger = sorted((style for style in ink if style[0] > size), key=lambda style: (-style[0], not style[1]))
    found = {style: level for level, style in enumerate(larger, start=above + 1)}
    level = above + len(larger) + 1
    bold = (style for style in ink if style[1] and not is_bold and (style[0] or size) * 5 >= size * 4)
    return dict.fromkeys(bold, level) | found


def _regions_apart(page: Page, blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks in regions that are furniture: those that hold neither the paper's title nor much of its text.

    What stands on a page again and again (a class `header` for all headings) is a style, and no part of the page.
    """
    inside: dict[int, list[Block]] = {}
    for block in blocks:
        inside.setdefault(block.style.region, []).append(block)
    outside = inside.pop(-1, [])
    titled = any(block.heading == 1 for block in outside)
    total = sum(block.ink for block in blocks)
    names = Counter(page.regions[number].name for number in inside)
    found: set[int] = set()
    for number, part in inside.items():
        region = page.regions[number]
        ink = sum(block.ink for block in part)
        is_own = (not titled and any(block.heading == 1 for block in part)) or names[region.name] > _STYLE
        if ink * 2 <= total and (region.sure or (ink * 4 <= total and not is_own)):
            found.update(id(block) for block in part)
    return frozenset(found)


def _contents_lists(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks of lists of contents: lines in a row that are links to places on the page itself."""
    found: set[int] = set()
    run: list[Block] = []
    for at, block in enumerate((*blocks, None)):
        if block is not None and block.inner and block.inner * 10 >= block.ink * 9:
            run.append(block)
            continue
        if len(run) >= _CONTENTS:
            found.update(map(id, run))
            head = blocks[at - len(run) - 1] if at > len(run) else None
            if head is not None and (head.heading or head.style.bold) and len(head.text.split()) <= 4:
                found.add(id(head))
        run = []
    return frozenset(found)
