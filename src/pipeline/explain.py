"""The life of a line: what was printed, what was done to it, what it was read as."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalise.read.work_plan import Action
from papers.errors import PaperError
from papers.paper import Line, LineSpan, Place
from papers.repair import Repair, shown
from pipeline.run import Reading

# `line 6` and `page 4`, and the rest of a place as the spreadsheets give it, which is not asked.
_WHERE = re.compile(r"(line|page)\s+(\d+)(?:, characters \d+-\d+| \(\d+,\d+\)-\(\d+,\d+\))?", re.I)


def explain(reading: Reading, where: str = "") -> Iterator[str]:
    """Tell the life of the lines at a place (`line 6`, `page 4`), of those that hold a text, or of the whole paper.

    Raises:
        PaperError: nothing is there.
    """
    clean = reading.clean
    chosen = [at for at, line in enumerate(clean.lines) if line.cells and _is_there(line, where)]
    gone = [
        entry
        for entry in reading.normalised.repairs
        if not entry.hunk.after and any(_is_there(x, where) for x in entry.hunk.before)
    ]
    if not chosen and not gone:
        raise PaperError(
            f"nothing is found at {where!r}", remedy="give a place such as 'line 6', or a text of the paper"
        )
    if not where:
        yield f"{reading.raw.source.path}: {len(reading.normalised.repairs)} repairs, {len(reading.doubts)} doubts"
        chosen = [at for at in chosen if any(history.repairs for history in reading.histories[at])]
    for at in chosen:
        yield from _life(reading, at)
    for entry in gone:
        place = next((line.place for line in entry.hunk.before if line.place), None)
        yield ""
        yield f"{place or 'a line added by a repair'}: dropped"
        yield from _diff(entry)


def _is_there(line: Line, where: str) -> bool:
    origins = [origin for cell in line.cells for origin in cell.origins]
    if where and any(str(origin.place) == where.strip() for origin in origins):
        return True
    match = _WHERE.fullmatch(where.strip())
    if not match:
        return where.casefold() in line.text.casefold()
    number = int(match[2])
    return any(_number(origin.place, match[1].lower()) == number for origin in origins)


def _number(place: Place, unit: str) -> int | None:
    if unit == "line":
        return place.line if isinstance(place, LineSpan) else None
    return getattr(place, "page", None)


def _life(reading: Reading, at: int) -> Iterator[str]:
    line = reading.clean.lines[at]
    yield ""
    yield f"{line.place}"
    raw = {origin: None for cell in line.cells for origin in cell.origins if origin.raw.strip()}
    yield "  printed  " + " | ".join(origin.raw for origin in raw)
    numbers = sorted({n for history in reading.histories[at] for n in history.repairs})
    for number in numbers:
        yield from _diff(reading.normalised.repairs[number])
    if not numbers:
        yield "  no repair"
    yield "  clean    " + shown([line]).replace("\n", "\n           ")
    for action in reading.actions:
        if action.line == at:
            yield from _action(action)
    for check in reading.checks:
        if check.line == at and check.cell is not None:
            yield f"  check    stated {check.stated}, computed {check.computed}: {check.status}"
    for doubt in reading.doubts:
        if doubt.line == at:
            yield f"  doubt    {doubt.why} ({doubt.rule}, {doubt.severity})"


def _diff(entry: Repair) -> Iterator[str]:
    hunk = entry.hunk
    yield f"  {entry.rule}: {hunk.why}"
    for text in shown(hunk.before).split("\n"):
        yield f"    - {text}"
    if hunk.after:
        for text in shown(hunk.after, hunk.supplied).split("\n"):
            yield f"    + {text}"


def _action(action: Action) -> Iterator[str]:
    period = action.period
    dates = [date.iso for date in (period.start, period.end) if date] if period else []
    when = [" to ".join(dict.fromkeys(dates))] if dates else []
    when += ["ongoing"] if period and period.ongoing else []
    budget = f"£{action.budget:,}" if action.budget is not None else action.budget_kind
    number = f"objective {action.group.number}, action {action.number}"
    yield f"  read     {number}; {', '.join(when) or 'no date'}; budget {budget}"
