"""Finds what a person asks for in a paper: by place, by table and row, or by a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from normalise.read.tables import Table
from papers.paper import Cell, HtmlPath, Line, LineSpan, Origin, PageBox
from pipeline.run import Reading
from pipeline.table_rows import table_id

_LINE = re.compile(r"line (\d{1,9})(?:, characters (\d{1,9})-(\d{1,9}))?", re.I)
_WHOLE = re.compile(r"(line|page) \d{1,9}", re.I)
_NUMBER = r"(-?\d{1,9}(?:\.\d{1,9})?)"
_PAGE = re.compile(rf"page (\d{{1,9}})(?: \({_NUMBER}, ?{_NUMBER}\)-\({_NUMBER}, ?{_NUMBER}\))?", re.I)
_ELEMENT = re.compile(r"html(\[\d{1,9}\])?(/[\w:-]{1,40}(\[\d{1,9}\])?){0,500}", re.I)
_NAME = r"(?P<table>(?P<paper>[\w-]{0,200}-)?table[- ]?(?P<number>\d{1,9}))"
_TABLE = re.compile(rf"{_NAME}(?:,? row (?P<row>\d{{1,9}})(?:,? column (?P<column>\d{{1,9}}))?)?", re.I)
_QUOTED = re.compile(r"(['\"])(.+)\1")


@dataclass(frozen=True, slots=True)
class Spot:
    """Some cells of one line of the clean paper, all counted from 0. `is_whole` says that they are all of its cells."""

    line: int
    cells: tuple[int, ...]
    is_whole: bool = True


_Fits = Callable[[Origin], bool]


def find(reading: Reading, where: str) -> list[Spot]:
    """Find what stands at a place, in a row of a table, or what holds a text, in the order of the paper.

    A place is as the spreadsheets give it (`line 9, characters 1-20`, `page 4 (269,96)-(318,114)`, an element path), or
    a wider one (`line 9`, `page 4`, the path of a whole table). A row is `table 2 row 5`, a cell `table 2 row 5 column
    3`, where a table_id may stand for the table. Whatever is none of these, or in quotes, or not there, is looked for
    as a text, in the clean paper and in what was printed; case and white space do not matter.
    """
    where = " ".join(where.split())
    quoted = _QUOTED.fullmatch(where)
    if quoted:
        return list(_with_text(reading, quoted[2]))
    found = list(_in_table(reading, where))
    if not found and (fits := _place_test(where)):
        exact = list(_cells(reading, lambda origin: str(origin.place) == where)) if _is_narrow(where) else []
        found = exact or list(_cells(reading, fits))
    return found or list(_with_text(reading, where))


def origin_test(where: str) -> _Fits:
    """A test of whether something was printed at the place that is asked for, or holds the text."""
    where = " ".join(where.split())
    quoted = _QUOTED.fullmatch(where)
    wanted = _folded(quoted[2] if quoted else where)
    fits = None if quoted else _place_test(where)
    return fits or (lambda origin: wanted in _folded(origin.raw))


def _is_narrow(where: str) -> bool:
    """Whether a place is that of a cell, and not of a whole line or page."""
    return _WHOLE.fullmatch(where) is None


def _place_test(where: str) -> _Fits | None:
    """A test of whether an origin stands at a place, within it, or touches it; None if no place is asked for."""
    if match := _LINE.fullmatch(where):
        line, *span = (int(group) for group in match.groups() if group)
        return lambda origin: isinstance(origin.place, LineSpan) and _touches_span(origin.place, line, span)
    if match := _PAGE.fullmatch(where):
        page, *edges = (float(group) for group in match.groups() if group)
        return lambda origin: isinstance(origin.place, PageBox) and _touches_box(origin.place, page, edges)
    if _ELEMENT.fullmatch(where):
        return lambda origin: isinstance(origin.place, HtmlPath) and f"{origin.place.path}/".startswith(f"{where}/")
    return None


def _touches_span(place: LineSpan, line: int, span: Sequence[int]) -> bool:
    """Whether a stretch of a line has a character in common with another; with any if none is given."""
    return place.line == line and (not span or (span[0] <= place.last and place.first <= span[1]))


def _touches_box(place: PageBox, page: float, edges: Sequence[float]) -> bool:
    """Whether a box has more than an edge in common with one whose edges are rounded; with any if none is given."""
    if place.page != page or not edges:
        return place.page == page
    x0, top, x1, bottom = edges
    return x0 < place.x1 - 1 and place.x0 + 1 < x1 and top < place.bottom - 1 and place.top + 1 < bottom


def _cells(reading: Reading, fits: _Fits) -> Iterator[Spot]:
    for at, line in enumerate(reading.clean.lines):
        yield from _spot(at, line, [index for index, cell in enumerate(line.cells) if any(map(fits, cell.origins))])


def _spot(at: int, line: Line, chosen: Sequence[int]) -> Iterator[Spot]:
    if chosen:
        filled = {index for index, cell in enumerate(line.cells) if cell.text.strip()}
        yield Spot(at, tuple(chosen), filled <= set(chosen))


def _in_table(reading: Reading, where: str) -> Iterator[Spot]:
    match = _TABLE.fullmatch(where)
    if not match:
        return
    row, column = (int(match[part]) if match[part] else None for part in ("row", "column"))
    for table in reading.tables:
        is_named = match["table"].casefold() == table_id(reading, table).casefold()
        if is_named or (not match["paper"] and int(match["number"]) == table.number):
            yield from _in_rows(reading, table, row, column)


def _in_rows(reading: Reading, table: Table, row: int | None, column: int | None) -> Iterator[Spot]:
    for at in range(table.start, table.end):
        if row not in (None, at - table.start + 1):
            continue
        if column is None:
            line = reading.clean.lines[at]
            yield from _spot(at, line, range(len(line.cells)))
        elif cell := table.covering(at, column - 1):
            yield Spot(cell.line, (cell.index,), is_whole=False)


def _with_text(reading: Reading, text: str) -> Iterator[Spot]:
    wanted = _folded(text)
    for at, line in enumerate(reading.clean.lines):
        chosen = [index for index, cell in enumerate(line.cells) if _holds(cell, wanted)]
        if (chosen and chosen[0] == _label(line)) or (not chosen and wanted in _folded(line.text)):
            chosen = list(range(len(line.cells)))
        yield from _spot(at, line, chosen)


def _label(line: Line) -> int:
    """The first cell of a line that says something: who asks for it asks for the whole row."""
    return next((index for index, cell in enumerate(line.cells) if cell.text.strip()), 0)


def _holds(cell: Cell, wanted: str) -> bool:
    return wanted in _folded(cell.text) or any(wanted in _folded(origin.raw) for origin in cell.origins)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
