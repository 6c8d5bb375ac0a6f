"""Tables of a page: which are data, which only lay the page out, and what comes of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.html.blocks import Block, Grid, Table, TableCell
from extract.html.paragraphs import MARK

_DATA_WORDS = frozenset(("data", "datatable", "grid", "figures"))
# `2,434`, `(292,850)`, `£18,750`, `-6.8%`, `4.9m`, a lone dash, `n/a`: what stands in a table of figures.
_FIGURE = re.compile(r"[(+‑–-]?\s?[£€$]?\s?[(+‑–-]?\d[\d,.]*\s?(?:%|m|k)?\)?[*†²³¹]?|[-–—]|n/a|nil|N/K", re.IGNORECASE)
_LONG = 500
"""A cell of a table of data is seldom longer; one that lays a page out holds the page."""
_SHORT = 60
"""Cells of a list in two columns, such as names and offices, are no longer."""
_WIDEST = 500
"""No table has so many columns; what stands further to the right spans no rows, so that nonsense costs little."""

Contents = Sequence[Block | Grid]


def settle(table: Table) -> Iterator[Block | Grid]:
    """What a table comes to: a grid, or the contents of its cells, one after the other."""
    rows = [row for row in (*table.rows, *table.foot) if row]
    yield from table.outside
    if not is_data(table, rows):
        yield from table.caption
        yield from _laid_out(table, rows)
        return
    caption = tuple(part for part in table.caption if isinstance(part, Block))
    yield from (part for part in table.caption if isinstance(part, Grid))
    cells = [cell for row in rows for cell in row]
    _bound(rows)
    yield Grid(caption, tuple(map(tuple, rows)))
    # What nobody sees stands behind the table; so does a table inside a cell of it.
    yield from (block for cell in cells for block in cell.contents if isinstance(block, Block) and block.style.hidden)


def is_data(table: Table, rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether a table is one of data, on the evidence of its markup and of what its cells hold."""
    cells = [cell for row in rows for cell in row if cell.contents]
    if not cells or table.presentation or any(isinstance(part, Grid) for cell in cells for part in cell.contents):
        return False
    filled = [sum(bool(cell.contents) for cell in row) for row in rows]
    if max(filled) < 2 or any(block.heading in (1, 2) for cell in cells for block in cell.blocks):
        return False
    if any(cell.is_header for cell in cells) or table.caption:
        return True
    figures = sum(_FIGURE.fullmatch(cell.text) is not None for cell in cells)
    if len(rows) < 2:
        return table.border and figures > 1
    if table.border or table.tokens & _DATA_WORDS:
        return not (any(cell.holds_table for cell in cells) and _longest(cells) > _LONG)
    if (
        _is_list(rows)
        or _is_pairs(rows)
        or any(cell.holds_table or block.heading for cell in cells for block in cell.blocks)
    ):
        return False
    if _is_linked(cells):
        return False
    many = sum(count > 1 for count in filled) * 2 >= len(rows)
    if figures * 5 >= len(cells):
        return many
    has_header = filled[0] > 1 and all(block.style.bold for cell in rows[0] for block in cell.blocks)
    if has_header or max(filled) > 2:
        return many and len(rows) > 2 and _longest(cells) <= _LONG
    return len(rows) > 2 and set(filled) == {2} and _longest(cells) <= _SHORT


def _longest(cells: Sequence[TableCell]) -> int:
    return max(sum(block.ink for block in cell.blocks) for cell in cells)


def _is_linked(cells: Sequence[TableCell]) -> bool:
    """Whether all text of a table is links: navigation, set in cells."""
    blocks = [block for cell in cells for block in cell.blocks]
    return sum(block.links for block in blocks) * 10 >= sum(block.ink for block in blocks) * 9


def _is_list(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether each row is a list item: a mark in the first cell, its text in the next."""
    marked = 0
    for row in rows:
        texts = [cell.text for cell in row if cell.contents]
        if len(texts) > 1 and all(MARK.fullmatch(text) for text in texts[:-1]) and not MARK.fullmatch(texts[-1]):
            marked += 1
        elif len(texts) > 1 or (row[0].contents and texts):
            return False
    return marked > 0


def _is_pairs(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether the rows are labels with a colon and their values, as in the header of a report, or text alone."""
    labelled = 0
    for row in rows:
        texts = [cell.text for cell in row if cell.contents]
        if len(texts) > 2 or (len(texts) == 2 and not (texts[0].endswith(":") and "\n" not in texts[0])):
            return False
        labelled += len(texts) == 2
    return labelled * 2 > len(rows)


def _laid_out(table: Table, rows: Sequence[Sequence[TableCell]]) -> Iterator[Block | Grid]:
    joins = _is_list(rows) or (not table.border and _is_pairs(rows))
    aside = _beside(rows)
    for row in rows:
        filled = [cell for cell in row if cell.contents]
        if joins and len(filled) > 1:
            yield from _joined(filled)
            continue
        for cell in filled:
            yield from _set_aside(cell.contents) if id(cell) in aside else cell.contents


def _joined(cells: Sequence[TableCell]) -> Iterator[Block | Grid]:
    """A mark or label and the text behind it as one block."""
    parts = [part for cell in cells[:-1] for part in cell.contents]
    front = [part for part in parts if isinstance(part, Block) and not part.style.hidden]
    first, *rest = cells[-1].contents
    if not isinstance(first, Block) or first.style.hidden or len(front) < len(parts):
        yield from parts
        yield from cells[-1].contents
        return
    mark = " ".join(block.text for block in front)
    printed = tuple(part for block in (*front, first) for part in block.printed)
    ink, links, inner = (sum(getattr(b, name) for b in (*front, first)) for name in ("ink", "links", "inner"))
    is_item = MARK.fullmatch(mark) is not None
    yield first._replace(
        text=f"{mark} {first.text}",
        printed=printed,
        ink=ink,
        links=links,
        inner=inner,
        item=is_item,
        level=1 if is_item else 0,
        gap=front[0].gap and not is_item,
    )
    yield from rest


def _beside(rows: Sequence[Sequence[TableCell]]) -> frozenset[int]:
    """Cells that hold only links and stand beside the text of the page: its navigation."""
    inks = {id(cell): sum(b.ink for b in cell.contents if isinstance(b, Block)) for row in rows for cell in row}
    most = max(inks.values(), default=0)
    found = set()
    for row in rows:
        for cell in row:
            blocks = [block for block in cell.contents if isinstance(block, Block)]
            links = sum(block.links for block in blocks)
            if len(blocks) > 2 and len(blocks) == len(cell.contents) and links * 10 >= inks[id(cell)] * 9:
                found |= {id(cell)} if most > max(4 * inks[id(cell)], 200) else set()
    return frozenset(found)


def _set_aside(contents: Contents) -> Iterator[Block | Grid]:
    for part in contents:
        yield part._replace(aside=True) if isinstance(part, Block) else part


def _bound(rows: Sequence[Sequence[TableCell]]) -> None:
    """See that all spans stay within the table.

    The last column is the last one in which a cell of one column begins; a span that goes beyond it is a slip.
    """
    taken: dict[int, int] = {}  # column -> rows that a span above still covers
    starts: list[list[int]] = []
    width = 0
    for row in rows:
        column = 0
        places: list[int] = []
        starts.append(places)
        below: dict[int, int] = {}
        for cell in row:
            while taken.get(column, 0):
                column += 1
            places.append(column)
            if column > _WIDEST:
                cell.row_span = 1
            if cell.row_span > 1:
                below |= dict.fromkeys(range(column, column + cell.column_span), cell.row_span)
            if cell.column_span == 1 and column >= width:
                width = column + 1
            column += cell.column_span
        if taken or below:
            taken = {c: n - 1 for c, n in taken.items() if n > 1} | {c: n - 1 for c, n in below.items()}
    for at, (row, columns) in enumerate(zip(rows, starts, strict=True)):
        for cell, column in zip(row, columns, strict=True):
            cell.row_span = min(cell.row_span, len(rows) - at)
            cell.column_span = max(1, min(cell.column_span, width - column)) if width else cell.column_span
