"""Tables that came apart: pieces cut by pages, columns that moved, rows broken in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from normalise.engine import note, rule
from normalise.grids import RecordTable, filled, header_roles, is_blank, loose_tables
from normalise.read.money import read_money
from normalise.read.profiles import RECORD
from papers.paper import Cell, Line, Paper
from papers.readings import Money
from papers.repair import Hunk

_NUMBER = re.compile(r"\s*\(?\d{1,3}\s*[.)]?\s*")
NUMBERED = re.compile(r"\s*(\d{1,3}[.)])\s+(?=\S)")
"""The number in front of a row's text: `3. `."""


def join(first: Cell, second: Cell, between: str = " ") -> Cell:
    """One cell that says both, with both origins."""
    texts = [text for text in (first.text.strip(), second.text.strip()) if text]
    return Cell(between.join(texts), first.origins + second.origins, first.row_span, first.column_span)


def pour(cells: tuple[Cell, ...]) -> Cell:
    """One cell that says what some neighbours say, from left to right."""
    poured = cells[0]
    for cell in cells[1:]:
        poured = join(poured, cell) if cell.text.strip() else absorb(poured, cell)
    return poured


def absorb(cell: Cell, *blanks: Cell) -> Cell:
    """The same cell with the origins of blank ones in which something was printed, so that no ink loses its trace.

    Specimen: the stroke `I` beside `TOTAL` is taken away; when its cell goes too, the total keeps its origin.
    """
    printed = tuple(origin for blank in blanks for origin in blank.origins if origin.raw.strip())
    return replace(cell, origins=cell.origins + printed) if printed else cell


@rule()
def table_pieces(paper: Paper) -> Iterator[Hunk]:
    """Join the pieces of a table that a page or a blank line cut in two.

    Rows without a header of their own that follow a record table, with only blank lines between, go on with it if their
    numbers do, or if they end it with a total. Nothing is joined across a heading or a paragraph.
    """
    for table in loose_tables(paper):
        if table.end >= len(paper.lines) or paper.lines[table.end].kind != "blank":
            continue
        start = table.end
        while start < len(paper.lines) and paper.lines[start].kind == "blank":
            start += 1
        end = start
        while end < len(paper.lines) and paper.lines[end].kind == "row" and not header_roles(paper.lines[end]):
            end += 1
        if end == start or not _goes_on(paper, table, start, end):
            continue
        grid = paper.lines[table.start].grid
        rows = tuple(replace(line, grid=grid) for line in paper.lines[start:end])
        yield Hunk(
            table.end,
            paper.lines[table.end : end],
            rows,
            "the table goes on here: no header of its own, and its rows follow on",
        )


def _goes_on(paper: Paper, table: RecordTable, start: int, end: int) -> bool:
    piece = paper.lines[start:end]
    if any(table.profile.is_total(cell.text) for line in piece for cell in line.cells):
        return True
    width = len(paper.lines[table.start].cells)
    if any(abs(len(line.cells) - width) > 2 for line in piece):
        return False
    numbers = [n for at in table.rows if (n := row_number(paper.lines[at])) is not None]
    first = row_number(piece[0])
    return first is None or not numbers or first >= numbers[-1] or first == 1


def row_number(line: Line) -> int | None:
    """The number printed at the front of a row: in a cell of its own, or before the text of its first cell."""
    for cell in line.cells[:1]:
        match = _NUMBER.fullmatch(cell.text) or NUMBERED.match(cell.text)
        if match:
            digits = re.search(r"\d+", match[0])
            return int(digits[0]) if digits else None
    return None


@rule()
def table_columns(paper: Paper) -> Iterator[Hunk]:
    """Bring every row of a record table to the columns of its header.

    Blank cells at the right end go; a number in a cell of its own moves to where the other rows of the table have it;
    the label and the amount of a total row, which stand at the right, move under the column before the budget and the
    budget itself.
    Texts move, nothing else; a row that fits in more than one way is left for a person.
    """
    for table in loose_tables(paper):
        head = paper.lines[table.start]
        width = max(filled(head)) + 1
        for at in range(table.start, table.end):
            line = paper.lines[at]
            cells = line.cells if at == table.start else _align(line, table, width)
            if cells is None:
                yield note(
                    paper,
                    at,
                    f"this row has {len(filled(line))} texts in {len(line.cells)} cells; the table has {width} columns",
                )
            else:
                cells = _cut(cells, width)
                if cells != line.cells:
                    yield Hunk(
                        at,
                        (line,),
                        (line.with_cells(*cells),),
                        "its texts stand under the columns that the header names",
                    )


def _cut(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """Give a row `width` cells: blank ones are added at the end, or taken away there."""
    while len(cells) > width and not cells[-1].text.strip():
        cells = (*cells[:-2], absorb(cells[-2], cells[-1]))
    return cells + tuple(Cell("") for _ in range(width - len(cells)))


def _align(line: Line, table: RecordTable, width: int) -> tuple[Cell, ...] | None:
    cells = line.cells
    places = filled(line)
    if any(table.profile.is_total(cells[c].text) for c in places):
        return _align_total(line, table, width)
    own_column = "number" in table.roles
    if own_column and places and places[0] == 0 and (match := NUMBERED.match(cells[0].text)):
        text = cells[0].text
        number, rest = cells[0].with_text(match[1]), cells[0].with_text(text[match.end() :])
        cells = (number, rest, *cells[1:])
    elif not own_column and len(places) > 1 and places[:2] == [0, 1] and _NUMBER.fullmatch(cells[0].text):
        cells = (join(cells[0], cells[1]), *cells[2:])
    elif own_column and places and places[0] == 0 and len(cells) < width and not _NUMBER.fullmatch(cells[0].text):
        cells = (Cell(""), *cells)
    return cells if all(not c.text.strip() for c in cells[width:]) else None


def _align_total(line: Line, table: RecordTable, width: int) -> tuple[Cell, ...] | None:
    """Put a total's label before the budget column and its amount into it."""
    budget = table.roles.get("budget", width - 1)
    texts = [line.cells[c] for c in filled(line)]
    labels = [cell for cell in texts if table.profile.is_total(cell.text)]
    amounts = [cell for cell in texts if isinstance(read_money(cell.text), Money)]
    if len(labels) != 1 or len(amounts) > 1 or len(labels) + len(amounts) != len(texts) or budget < 1:
        return line.cells if len(line.cells) <= width else None
    cells = [Cell("") for _ in range(width)]
    cells[budget - 1] = absorb(labels[0], *(cell for cell in line.cells if not cell.text.strip()))
    if amounts:
        cells[budget] = amounts[0]
    return line.cells if tuple(c.text for c in cells) == tuple(c.text for c in line.cells) else tuple(cells)


@rule()
def continuation_rows(paper: Paper) -> Iterator[Hunk]:
    """Join a row that only goes on with the texts of the row above.

    It has no number and no amount of its own, is no total, and either has no action or one that goes on in lower case
    where the one above has no stop. Its texts are put behind those of the same columns above; a row that repeats one of
    them is a row of its own.
    """
    for table in loose_tables(paper):
        at = table.start + 1
        while at < table.end:
            end = at + 1
            while end < table.end and _continues_row(paper.lines[end], paper.lines[end - 1], table):
                end += 1
            if end > at + 1 and not _is_total_row(paper.lines[at], table):
                rows = paper.lines[at:end]
                width = max(len(row.cells) for row in rows)
                padded = [_cut(row.cells, width) for row in rows]
                cells = [pour(tuple(parts)) for parts in zip(*padded, strict=True)]
                yield Hunk(
                    at, rows, (rows[0].with_cells(*cells),), "the rows below hold only the rest of this row's texts"
                )
            at = end


def _continues_row(line: Line, above: Line, table: RecordTable) -> bool:
    places = filled(line)
    if not places or _is_total_row(line, table):
        return False
    if any(_same(line.cells[c], above.cells[c]) for c in places if c < len(above.cells)):
        return False
    action, budget = table.roles[RECORD], table.roles.get("budget")
    if table.roles.get("number") in places:
        return False
    if budget is not None and budget in places and isinstance(read_money(line.cells[budget].text), Money):
        return False
    if action not in places:
        return True
    text = line.cells[action].text.strip()
    before = above.cells[action].text.rstrip() if action < len(above.cells) else ""
    if NUMBERED.match(text) or before.endswith((".", ":")):
        return False
    return text[0].islower() or (len(text.split()) < 3 and table.roles.get("deadline") not in places and bool(before))


def _same(cell: Cell, other: Cell) -> bool:
    return " ".join(cell.text.split()).casefold() == " ".join(other.text.split()).casefold()


def _is_total_row(line: Line, table: RecordTable) -> bool:
    return any(table.profile.is_total(cell.text) for cell in line.cells)


@rule("loses ink")
def blank_rows(paper: Paper) -> Iterator[Hunk]:
    """Take away rows of a record table in which nothing is printed.

    Or nothing but scraps that other rules have taken away: with the row goes the trace of where they stood. A row with
    any text in it stays, and so do the blank rows of other tables, where they may part groups.
    """
    for table in loose_tables(paper):
        for at in table.rows:
            line = paper.lines[at]
            if is_blank(line):
                yield Hunk(at, (line,), (), "nothing is printed in this row")
