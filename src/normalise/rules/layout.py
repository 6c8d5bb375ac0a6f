"""Tables that were flattened into running text: columns by white space, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from normalise.engine import rule
from normalise.layout.columns import Header, Printed, boundaries, crossings, cut, find_header, printed, stretches
from normalise.layout.figures import DRAWN
from normalise.layout.numbering import front
from normalise.layout.order import Order
from normalise.layout.rows import Body, RowLine, apart, find_rows, row_cells
from normalise.layout.units import cell_of, find_tables
from normalise.layout.wrapped import paragraphs
from papers.paper import Cell, Line, Paper
from papers.repair import Hunk, Mark

# The number of a page, alone on its line. A bare number counts only far from the margin, where no row's number stands.
_PAGE = re.compile(r"\s*(?:Page \d{1,3}(?: of \d{1,3})?|[-–] ?\d{1,3} ?[-–])|\s{10,}\d{1,3}", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines under one header row; a table that is printed over pages has several parts.

    `after_blank` and `on_new_page` hold the numbers of lines with a blank line or a page end above them. `furniture`
    are lines of the page between those of the table, `below` those behind them. `stop` is the line that ends the part.
    """

    header: Header
    lines: tuple[Printed, ...]
    after_blank: frozenset[int]
    on_new_page: frozenset[int]
    furniture: tuple[Printed, ...]
    below: tuple[Printed, ...]
    stop: int


@rule()
def layout_tables(paper: Paper) -> Iterator[Hunk]:
    """Turn a table whose columns are set by white space into rows of cells, and join the paragraphs around it.

    The header of a known kind of table says which columns there are; white space that runs down all lines of the table
    says where they begin. Lines that go on with a cell are joined to it; page numbers, headers that were printed again
    and lines drawn with dashes inside the table come to stand behind it. A paper that holds no such table is left
    alone, its paragraphs too; so is a table without two columns in any row, and text that runs across the columns.
    """
    lines = [printed(at, line) for at, line in enumerate(paper.lines)]
    grid = max((line.grid or 0 for line in paper.lines), default=0)
    tables: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        header = find_header(lines, at)
        hunk = _table(paper, _parts(paper, lines, header), grid + len(tables) + 1) if header else None
        if hunk:
            yield hunk
            tables.append((at, at + len(hunk.before)))
        at = tables[-1][1] if hunk else at + 1
    if tables:
        yield from paragraphs(paper, tables)


def _parts(paper: Paper, lines: Sequence[Printed | None], header: Header) -> list[Part]:
    """The parts of a table: under its header, and under the same header again if the numbers go on there."""
    parts = [_part(paper, lines, header)]
    while again := find_header(lines, parts[-1].stop):
        part = _part(paper, lines, again)
        numbers = [found.number for line in part.lines if (found := front(line.text.lstrip())) and found.has_stop]
        if again.texts != header.texts or (numbers and numbers[0][-1] == 1) or _has_total(parts[-1]):
            break
        parts.append(part)
    return parts


def _has_total(part: Part) -> bool:
    words = re.split(r"\s{2,}", part.lines[-1].text.strip()) if part.lines else []
    return any(part.header.profile.is_total(word) for word in words)


def _part(paper: Paper, lines: Sequence[Printed | None], header: Header) -> Part:
    """The lines below a header, up to the next heading, paragraph, header or table of another kind."""
    body: list[Printed] = []
    after_blank: set[int] = set()
    on_new_page: set[int] = set()
    furniture: list[Printed] = []
    below: list[Printed] = []
    blank = new_page = False
    stop = header.lines[-1].at + 1
    while stop < len(lines):
        line = lines[stop]
        if line is None and paper.lines[stop].kind == "blank":
            blank = True
        elif line is None or find_header(lines, stop):
            break
        elif DRAWN.fullmatch(line.text) or (_PAGE.fullmatch(line.text) and (blank or line.feeds)):
            below.append(line)
            new_page = new_page or not DRAWN.fullmatch(line.text)
            blank = True
        elif _is_no_row(line, header, blank):
            body = body if blank else _without_heading(body, after_blank)
            break
        else:
            after_blank |= {stop} if blank else set()
            on_new_page |= {stop} if new_page or line.feeds else set()
            body.append(line)
            furniture += below
            below = []
            blank = new_page = False
        stop += 1
    return Part(
        header, tuple(body), frozenset(after_blank), frozenset(on_new_page), tuple(furniture), tuple(below), stop
    )


def _is_no_row(line: Printed, header: Header, after_blank: bool) -> bool:
    """Whether a line is a heading, a labelled paragraph, or runs across the columns as ordinary text does.

    In the middle of a block a table's own text may begin like a heading (`Objective 1` at the end of `see also`), and
    one text may stick out of its column.
    """
    crossed = crossings(line, header)
    profile = header.profile
    if profile.group_pattern.match(line.text) or profile.label_pattern.match(line.text):
        return after_blank or crossed > 0
    return crossed > 1 or (crossed == 1 and after_blank and not front(line.text.lstrip()))


def _without_heading(body: Sequence[Printed], after_blank: Set[int]) -> list[Printed]:
    """The lines before a paragraph, without a short heading that stands on it: the last block, if it is no row."""
    start = max((place for place, line in enumerate(body) if line.at in after_blank), default=len(body))
    is_text = all(len(stretches(line)) == 1 and not front(line.text.lstrip()) for line in body[start:])
    return list(body[:start] if is_text else body)


def _table(paper: Paper, parts: Sequence[Part], grid: int) -> Hunk | None:
    """The hunk that makes rows of a table; None if it has no row with texts in two columns."""
    header = parts[0].header
    lines = _row_lines(parts)
    body = find_rows(lines, header)
    rows, doubted = _rows(lines, body, header, grid)
    if not any(sum(bool(cell.text) for cell in row.cells) > 1 for row in rows[1:]):
        return None
    start, end = header.lines[0].at, lines[body.rows[-1][1] - 1].printed.at + 1
    furniture = [line for line in _furniture(parts) if line.at < end]
    after = (*rows, *(Line("furniture", paper.lines[line.at].cells) for line in furniture))
    why = "a table set in columns of white space: the header says which there are, the gutters where they begin"
    why += "; in the doubted cells a text may begin or end elsewhere" if doubted else ""
    return Hunk(start, paper.lines[start:end], after, why, doubted=doubted)


def _row_lines(parts: Sequence[Part]) -> list[RowLine]:
    """The lines of all parts, each cut at the boundaries of its own part."""
    lines = []
    for number, part in enumerate(parts):
        bounds = boundaries(part.header, part.lines)
        for line in part.lines:
            new_page = line.at in part.on_new_page or (number > 0 and line is part.lines[0])
            lines.append(RowLine(line, tuple(cut(line, bounds)), line.at in part.after_blank, new_page))
    return lines


def _furniture(parts: Sequence[Part]) -> Iterator[Printed]:
    for number, part in enumerate(parts):
        if number:
            yield from part.header.lines
        yield from part.furniture
        yield from part.below


def _rows(lines: Sequence[RowLine], body: Body, header: Header, grid: int) -> tuple[list[Line], tuple[Mark, ...]]:
    """The rows of a table, its header first, and the cells that are doubted.

    Those are cells that no gutter parts from their neighbours, and actions that may begin or end elsewhere.

    Numbers without a stop get a column of their own, as otherwise nothing would part them from the text.
    """
    own_column = "number" not in header.roles and any(not found.has_stop for found in body.numbers.values())
    rows = [Line("row", ((Cell(""),) if own_column else ()) + header.cells, grid)]
    doubted = []
    for start, end in body.rows:
        if body.unsure & set(range(start, end + 1)):
            doubted.append(Mark(len(rows), header.roles["action"] + own_column))
        found = list(row_cells(lines[start:end]))
        cells = [cell for cell, _ in found]
        if own_column:
            number = body.numbers.get(start)
            cells[:1] = apart(cells[0], number) if number else (Cell(""), cells[0])
        shift = len(cells) - len(found)
        doubted += [Mark(len(rows), column + shift) for column, (_, is_torn) in enumerate(found) if is_torn]
        rows.append(Line("row", tuple(cells), grid))
    return rows, tuple(doubted)


@rule()
def line_tables(paper: Paper) -> Iterator[Hunk]:
    """Turn a table that has one cell a line, or one a block of lines, into rows of cells.

    It begins with the header of a known kind of table, its names one below the other. Blank cells show as blank lines
    or not at all; then the kinds of the texts (a number that counts on, a deadline, an amount) say which cells are
    blank. A text that may belong to two columns is marked for a person to look at. A table ends at the next heading or
    labelled paragraph, or where the texts no longer fit.
    """
    grid = max((line.grid or 0 for line in paper.lines), default=0)
    for number, table in enumerate(find_tables(paper), start=grid + 1):
        order = Order(table)
        rows = order.rows()
        if not any(len(row.cells) > 1 for row in rows):
            continue
        head = [Cell("")] * order.adds_numbers + [cell_of(paper, [unit]) for unit in table.header]
        after = [Line("row", tuple(head), number)]
        doubted = []
        for row in rows:
            cells = [cell_of(paper, row.cells[c]) if c in row.cells else Cell("") for c in range(order.width)]
            doubted += [Mark(len(after), column) for column in sorted(row.doubted)]
            after.append(Line("row", tuple(cells), number))
        start = table.header[0].start
        end = max(unit.end for units in rows[-1].cells.values() for unit in units)
        why = "a table with one cell a line: the header says which columns come round, the texts which cells are blank"
        why += "; the doubted cells may stand in another column" if doubted else ""
        yield Hunk(start, paper.lines[start:end], tuple(after), why, doubted=tuple(doubted))
