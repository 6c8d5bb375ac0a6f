"""The life of a value: what was printed, what was done to it, what it was read as, what vouches for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from normalise.read.cells import TableCell
from normalise.read.checks import Check
from normalise.read.tables import Table
from normalise.read.work_plan import Action
from papers.errors import PaperError
from papers.paper import Line
from papers.records import Row
from papers.repair import Repair
from pipeline.cite import SHORT_HASH, citation
from pipeline.diffs import small_diff
from pipeline.places import cell_place, line_place
from pipeline.run import Reading
from pipeline.table_rows import table_id, table_rows
from pipeline.texts import counted, shortened
from pipeline.where import Spot, find, origin_test

_ROW_AROUND = 120
"""Characters that are shown of the row around a value."""
_NARROWER = "To see others ask for one of the places, for 'table 2 row 5', for a longer text, or add --limit 0."
_PLAIN = ("text", "blank")


def explain(reading: Reading, where: str = "", limit: int = 0) -> Iterator[str]:
    """Tell the life of what stands at a place, in a row of a table, or holds a text; else of every repaired line.

    `where` is as for `find`. Of many hits the first `limit` are told, and how to get at the others; 0 tells all.

    Raises:
        PaperError: nothing is there.
    """
    spots = [spot for spot in (find(reading, where) if where else _repaired(reading)) if spot.cells]
    others = list(_elsewhere(reading, where))
    if where and not spots and not others:
        remedy = "give a place ('line 6', 'page 4'), a row ('table 2 row 5'), or a text of the paper"
        raise PaperError(f"nothing is found at {where!r}", remedy=remedy)
    source = reading.raw.source
    counts = f"{counted(len(reading.normalised.repairs), 'repair')}, {counted(len(reading.doubts), 'doubt')}"
    yield f"{source.path} ({source.media_type}, sha256 {source.sha256[:SHORT_HASH]}): {counts}"
    total = len(spots) + len(others)
    if limit and total > limit:
        yield f"{total:,} places are found, these are the first {limit:,}. {_NARROWER}"
    known = _know(reading)
    lives = chain((_life(reading, known, spot) for spot in spots), map(_untraced, others))
    for life in islice(lives, limit or None):
        yield ""
        yield from life


def _repaired(reading: Reading) -> Iterator[Spot]:
    for at, histories in enumerate(reading.histories):
        if any(history.repairs for history in histories):
            yield Spot(at, tuple(range(len(histories))))


def _elsewhere(reading: Reading, where: str) -> Iterator[Repair]:
    """The repairs that have left no trace in a cell, of lines that stood at a place or held a text."""
    fits = origin_test(where)
    traced = {number for row in reading.histories for history in row for number in history.repairs}
    for number, entry in enumerate(reading.normalised.repairs):
        origins = (origin for line in entry.hunk.before for cell in line.cells for origin in cell.origins)
        if number not in traced and any(map(fits, origins)):
            yield entry


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the lines and cells of a clean paper: by line, or by line and cell, all from 0."""

    cells: Mapping[tuple[int, int], tuple[Table, TableCell]]
    figures: Mapping[tuple[object, object], Row]
    actions: Mapping[int, Action]
    checks: Mapping[tuple[int, int], Sequence[Check]]


def _know(reading: Reading) -> _Known:
    checks: dict[tuple[int, int], list[Check]] = {}
    for check in reading.checks:
        stated = [] if check.cell is None else [(check.line, check.cell)]
        for key in (*stated, *((part.line, part.index) for part in check.parts)):
            checks.setdefault(key, []).append(check)
    figures = table_rows(reading)["figures"]
    places = Counter((row["table_id"], row["place"]) for row in figures)  # of one, several figures may have been made
    return _Known(
        {(cell.line, cell.index): (table, cell) for table in reading.tables for cell in table.cells},
        {place: row for row in figures if places[place := (row["table_id"], row["place"])] == 1},
        {action.line: action for action in reading.actions},
        checks,
    )


def _life(reading: Reading, known: _Known, spot: Spot) -> Iterator[str]:
    line = reading.clean.lines[spot.line]
    chosen = [line.cells[index] for index in spot.cells]
    histories = [reading.histories[spot.line][index] for index in spot.cells]
    numbers = sorted({number for history in histories for number in history.repairs})
    yield _stands(reading, known, spot)
    printed = dict.fromkeys(origin for cell in chosen for origin in cell.origins if origin.raw.strip())
    yield from _told("printed", " | ".join(origin.raw for origin in printed))
    if not spot.is_whole:
        yield f"  in row   {shortened(_shown(line), _ROW_AROUND)}"
    for number in numbers:
        yield from _repair(reading.normalised.repairs[number])
    if not numbers:
        yield "  no repair"
    yield from _told("clean", " | ".join(cell.text for cell in chosen))
    yield from _reading(reading, known, spot)
    doubts = [doubt for doubt in reading.doubts if doubt.line == spot.line and doubt.cell in (None, *spot.cells)]
    told = {reading.normalised.repairs[number].hunk.why for number in numbers}
    for doubt in doubts:
        why = "compare it with the source, for the reason given above" if doubt.why in told else doubt.why
        remedy = f"; {doubt.suggestion}" if doubt.suggestion else ""
        yield f"  doubt    {why}{remedy} ({doubt.rule}, {doubt.severity})"
    rules = dict.fromkeys(reading.normalised.repairs[number].rule for number in numbers)
    text = " | ".join(cell.text for cell in chosen if cell.text.strip())
    yield f"  cite     {citation(reading, text, _stands(reading, known, spot), list(rules), is_doubted=bool(doubts))}"


def _stands(reading: Reading, known: _Known, spot: Spot) -> str:
    """Where something is: its table, row and column if it stands in a table, and its place in the source."""
    if spot.is_whole:
        place = line_place(reading.clean, spot.line)
    else:
        place = cell_place(reading.clean, spot.line, spot.cells[0])
    place = place or "a line added by a repair"
    found = known.cells.get((spot.line, spot.cells[0]))
    if not found:
        return place
    table, cell = found
    column = f" column {cell.column}" if len(spot.cells) == 1 and not spot.is_whole else ""
    return f"table {table.number} row {cell.row}{column}, {place}"


def _shown(line: Line) -> str:
    return " | ".join(" ".join(cell.text.split()) for cell in line.cells if cell.text.strip())


def _told(label: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n")
    yield f"  {label:<8} {first}"
    for part in rest:
        yield f"  {'':<8} {part}"


def _repair(entry: Repair) -> Iterator[str]:
    yield f"  {entry.rule}: {entry.hunk.why}"
    for text in small_diff(entry.hunk):
        yield f"    {text}"


def _untraced(entry: Repair) -> Iterator[str]:
    place = next((line.place for line in entry.hunk.before if line.place), None)
    what = "changed, but no text in it" if entry.hunk.after else "dropped"
    yield f"{place or 'a line added by a repair'}: {what}"
    yield from _repair(entry)


def _reading(reading: Reading, known: _Known, spot: Spot) -> Iterator[str]:
    """What some cells were read as, and how the totals came out that they are, or are parts of."""
    checks: list[Check] = []
    for index in spot.cells:
        table, cell = known.cells.get((spot.line, index), (None, None))
        if table is not None and cell is not None and cell.kind not in _PLAIN:
            yield f"  read     {_as_read(table, cell)}"
            place = cell_place(reading.clean, spot.line, index)
            figure = known.figures.get((table_id(reading, table), place))
            if figure and not spot.is_whole:
                yield f"  labels   {figure['row_label']} | {figure['column_label']}"
        checks += known.checks.get((spot.line, index), ())
    if action := known.actions.get(spot.line):
        yield f"  read     {_as_action(action)}"
    for check in {id(check): check for check in checks}.values():
        yield f"  check    {_as_checked(reading, check, spot)}"


def _as_read(table: Table, cell: TableCell) -> str:
    header = " ".join(table.header[cell.column - 1].split()) if cell.column <= table.columns else ""
    worth = "" if cell.value is None else f" {cell.value:,f}{' ' if cell.unit else ''}{cell.unit}"
    date = f" {cell.iso}" if cell.iso else ""
    return f"column {cell.column}{f' {header!r}' if header else ''}: {cell.kind}{worth}{date}"


def _as_action(action: Action) -> str:
    period = action.period
    dates = [date.iso for date in (period.start, period.end) if date] if period else []
    when = [" to ".join(dict.fromkeys(dates))] if dates else []
    when += ["ongoing"] if period and period.ongoing else []
    budget = f"£{action.budget:,}" if action.budget is not None else action.budget_kind
    number = f"objective {action.group.number}, action {action.number}"
    return f"{number}; {', '.join(when) or 'no date'}; budget {budget}"


def _as_checked(reading: Reading, check: Check, spot: Spot) -> str:
    name = " | ".join(part for part in (check.row_label, check.column_label) if part)
    sums = f"{check.status} (stated {_sum(check.stated)}, computed {_sum(check.computed)})"
    if check.line == spot.line and check.cell in spot.cells:
        return f"{name} is the total of {counted(len(check.parts), 'figure')}: {sums}"
    if check.cell is None:
        return f"one of {counted(len(check.parts), 'figure')} under {name} without a printed total: {sums}"
    return f"a part of {name} at {cell_place(reading.clean, check.line, check.cell)}: {sums}"


def _sum(value: object) -> str:
    return "nothing" if value is None else f"{value:,f}"
