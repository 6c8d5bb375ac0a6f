"""Which doubts a person has answered with a ruling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from normalise.rulings import Ruling, only_place
from papers.doubt import Doubt
from papers.paper import Cell, Line, LineSpan, Origin, Paper
from papers.repair import Histories

Answers = Mapping[tuple[int, int], bool]
"""The cells of a clean paper (line and cell, from 0) that are ruled on; True where a person says: it is as printed."""

_Spans = dict[int, list[tuple[int, int, bool]]]


def find_answers(raw: Paper, clean: Paper, rulings: Sequence[Ruling]) -> Answers:
    """Find the cells of the clean paper that hold what rulings are about; each ruling fits one raw cell, once."""
    if not rulings:
        return {}
    origins: dict[Origin, bool] = {}
    spans: _Spans = {}
    for ruling in rulings:
        at, index, start = only_place(raw, ruling)
        _note(raw.lines[at].cells[index], start, ruling, origins, spans)
    found: dict[tuple[int, int], bool] = {}
    for at, line in enumerate(clean.lines):
        for index, cell in enumerate(line.cells):
            said = list(_said(cell, origins, spans))
            if said:
                found[at, index] = any(said)
    return found


def _note(cell: Cell, start: int, ruling: Ruling, origins: dict[Origin, bool], spans: _Spans) -> None:
    """Note what of a raw cell a ruling is about: a stretch of a line, or all of a cell of a page."""
    is_printed = ruling.reads == ruling.printed
    for origin in cell.origins:
        place = origin.place
        if isinstance(place, LineSpan):
            first = place.first + start
            spans.setdefault(place.line, []).append((first, first + len(ruling.printed) - 1, is_printed))
        else:
            origins[origin] = origins.get(origin, False) or is_printed


def _said(cell: Cell, origins: Mapping[Origin, bool], spans: _Spans) -> Iterator[bool]:
    for origin in cell.origins:
        place = origin.place
        if isinstance(place, LineSpan):
            yield from (
                said for first, last, said in spans.get(place.line, ()) if first <= place.last and place.first <= last
            )
        elif origin in origins:
            yield origins[origin]


def without_answered(histories: Histories, answers: Answers) -> Histories:
    """The same histories, without the doubts that came with repairs of cells that are ruled on."""
    if not answers:
        return histories
    return tuple(
        tuple(replace(told, doubts=()) if (at, index) in answers else told for index, told in enumerate(row))
        for at, row in enumerate(histories)
    )


def unanswered(doubts: Iterable[Doubt], clean: Paper, answers: Answers) -> tuple[Doubt, ...]:
    """The doubts that are still open.

    A doubt about a whole line is that of its first cell with a text. A high doubt, such as a total that differs, is
    answered only by a person who says that it is as printed: a correction may have a slip of its own.
    """
    return tuple(doubt for doubt in doubts if not _is_answered(doubt, clean, answers))


def _is_answered(doubt: Doubt, clean: Paper, answers: Answers) -> bool:
    if doubt.line is None or not answers:
        return False
    index = _first(clean.lines[doubt.line]) if doubt.cell is None else doubt.cell
    as_printed = answers.get((doubt.line, index))
    return as_printed is not None and (as_printed or doubt.severity != "high")


def _first(line: Line) -> int:
    """The first cell of a line that says something."""
    return next((index for index, cell in enumerate(line.cells) if cell.text.strip()), 0)
