"""A table of figures, taken to pieces: its parts with one header each, one below another or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalise.read.block_reader import Block, BlockReader
from normalise.read.body import read_columns
from normalise.read.captions import caption_unit, is_caption, note_unit
from normalise.read.header import Head, read_head, repeats
from normalise.read.marks import note_marks
from normalise.read.shapes import Shape
from normalise.read.slots import Row, filled, is_marked, width
from normalise.read.units import Unit

_REACH = 60
"""No header in the middle of a table is so deep that its body begins further down."""


def read_blocks(
    rows: Sequence[Row], first_line: int, caption: str, unit: Unit | None, notes: Sequence[str]
) -> tuple[Block, ...]:
    """Read a table of figures. `caption`, `unit` and `notes` are what stands around it."""
    columns = width(rows)
    trusts = not all(is_marked(row) for row in rows if len(filled(row)) > 1)
    inside = [filled(row)[0].text for row in rows if len(filled(row)) == 1]
    marks = note_marks([*inside, *notes])
    unit = unit or next((found for text in inside if (found := note_unit(text))), None)
    blocks = []
    for head, end in _parts(rows, columns, trusts):
        titles = [filled(rows[at])[0].text for at in head.titles if filled(rows[at])]
        unit = next((found for text in titles if (found := note_unit(text) or caption_unit(text))), unit)
        about = " ".join([caption, *titles])
        size = _period(rows, head.headers, columns) or columns
        for shift in range(0, max(columns, 1), max(size, 1)):
            side = _side(rows, shift, size) if size < columns else rows
            blocks.append(BlockReader(side, first_line, head, end, size, marks, unit, about).block(shift))
    return tuple(blocks)


def _period(rows: Sequence[Row], headers: Sequence[int], columns: int) -> int | None:
    """How many columns a table has that stands several times side by side: its header is that of one, repeated."""
    names = {slot.column: slot.text for slot in rows[headers[-1]]} if headers else {}
    texts = [names.get(column, "") for column in range(columns)]
    for size in range(2, columns // 2 + 1):
        if columns % size == 0 and all(texts[:size]) and texts == texts[:size] * (columns // size):
            return size
    return None


def _side(rows: Sequence[Row], shift: int, size: int) -> list[Row]:
    """One of the tables that stand side by side, its columns counted from 0."""
    return [
        tuple(
            slot._replace(column=slot.column - shift, columns=min(slot.columns, shift + size - slot.column))
            for slot in row
            if shift <= slot.column < shift + size
        )
        for row in rows
    ]


def title_rows(rows: Sequence[Row]) -> tuple[str, ...]:
    """The texts that stand above the header inside a table: its caption, its unit."""
    head = read_head(rows, trusts_marks=True)
    return tuple(cells[0].text for at in head.titles if (cells := filled(rows[at])))


def _parts(rows: Sequence[Row], columns: int, trusts_marks: bool) -> Iterator[tuple[Head, int]]:
    """The parts of a table: each head, and the row before which its body ends."""
    head = read_head(rows, trusts_marks)
    values = read_columns(rows[head.body :], columns).values
    known = [rows[at] for at in head.headers]
    at = head.body
    while at < len(rows):
        if _heads_anew(rows[at], values, trusts_marks) and not repeats(rows[at], known):
            start = at
            while start > head.body and _is_title(rows[start - 1]):
                start -= 1
            following = read_head(rows[start : start + _REACH], trusts_marks)
            if following.headers:
                yield head, start
                head = Head(
                    tuple(n + start for n in following.titles),
                    tuple(n + start for n in following.headers),
                    following.body + start,
                )
                known = [rows[n] for n in head.headers]
                at = head.body
                continue
        at += 1
    yield head, len(rows)


def _heads_anew(row: Row, values: frozenset[int], trusts_marks: bool) -> bool:
    """Whether a row in the middle of a table is a header: words, or years, where all columns hold figures."""
    cells = filled(row)
    if len(cells) < 2 or any(slot.shape in (Shape.FIGURE, Shape.NIL) for slot in cells):
        return False
    named = sum(slot.column in values for slot in cells)
    marked = trusts_marks and is_marked(row) and len(cells) > 1
    return named * 2 >= len(values) and named > 0 and (marked or named > 1)


def _is_title(row: Row) -> bool:
    cells = filled(row)
    return len(cells) == 1 and cells[0].columns > 1 and is_caption(cells[0].text)
