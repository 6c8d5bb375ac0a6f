"""Finding the totals of a table: one pass over its lines, with the sums that each may be the total of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalise.read.parts import LONGEST, Choice, below, endings, less, without_parts
from normalise.read.sums import (
    NOTHING,
    Agreement,
    Run,
    SumLine,
    Total,
    added,
    agreement,
    is_hinted,
    is_subtotal,
    is_taken_away,
    is_total,
    is_whole,
)

_SURE = 4
"""So many digits that agree are no accident: one chance in ten thousand."""
_LIKELY = 3
_HINT = 2
_SEARCHES = 100
"""So many totals of one table are searched for in unusual places; a table with more has nothing to find there."""
_ASIDES = 60
_LONG_LABEL = 4
"""`Total number of allegations recorded` is an indicator, unless it adds up; a total has a shorter name."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How totals are told in one direction. `parts`: a line that no label names a total needs so many parts.

    `anywhere`: such a line may stand anywhere, and not only at the end of its section.
    """

    parts: int
    anywhere: bool


DOWN = Habit(2, False)
ACROSS = Habit(3, True)


class _Runs:
    """The runs that a total may close, the likeliest first."""

    def __init__(self) -> None:
        self.own, self.part, self.tops, self.leaves = Run(), Run(), Run(), Run()
        self.group = Run()
        self.kin: dict[str, Run] = {}
        self.section = False  # whether the lines stand under a section label
        self._under: object = None

    def open(self) -> None:
        """Begin a new section."""
        self.section = True
        self.own, self.part, self.group = Run(), Run(), Run()

    def add(self, line: SumLine) -> None:
        """Add a line that is no total."""
        for run in (self.own, self.tops, self.leaves):
            run.add(line)
        if self.section:
            self.part.add(line)
        if line.group != self._under:
            self.group, self._under = Run(), line.group
        if line.group is not None:
            self.group.add(line)
        if line.kin:
            self.kin.setdefault(line.kin, Run()).add(line)

    def named(self, line: SumLine) -> Iterator[tuple[str, Run]]:
        """The runs that a line may be the total of, each once."""
        seen: set[tuple[int, int, int]] = set()
        same = self.kin.get(line.kin)
        group = self.group if line.group == self._under and line.group is not None else None
        runs = (
            ("own", self.own), ("group", group), ("part", self.part), ("tops", self.tops), ("same", same),
            ("leaves", self.leaves),
        )  # fmt: skip
        for name, run in runs:
            if run and run.lines:
                extent = (len(run.lines), run.lines[0], run.lines[-1])
                if extent not in seen:
                    seen.add(extent)
                    yield name, run

    def close(self, line: SumLine, closed: Run) -> None:
        """Put a total in the place of the lines that it is the total of."""
        for run in (self.part, self.tops) if self.section else (self.tops,):
            if run is not closed and run.ends_with(closed):
                run.replace(closed, line)
        if closed is self.part:
            self.part = Run()
        if closed is self.tops or closed is self.leaves:
            self.part, self.tops = Run(), Run()
            self.tops.add(line)
        self.own, self.group = Run(), Run()


@dataclass(frozen=True, slots=True)
class _Scan:
    """What is known while the lines of a table are gone through."""

    lines: Sequence[SumLine]
    by_place: Mapping[int, SumLine]
    ends: frozenset[int]
    last: int
    habit: Habit
    takes_away: bool
    runs: _Runs


def find_totals(lines: Sequence[SumLine], habit: Habit) -> dict[int, Total]:
    """Find the totals among the lines of a table, and what each is the total of.

    A line that a label names a total is held against its own section, the sub-totals, and all lines; if none agrees,
    against lines below it, lines taken away (`Less:`), lines set aside (`of which`), and the last few. A line that no
    label names is a total only if its figures leave no doubt. Must not take percentages: leave them out of the figures.
    """
    takes_away = any(is_taken_away(line.label) for line in lines)
    scan = _Scan(lines, {line.at: line for line in lines}, _ends(lines), _last(lines), habit, takes_away, _Runs())
    found: dict[int, Total] = {}
    for position, line in enumerate(lines):
        if line.opens:
            scan.runs.open()
            continue
        if not line.figures or line.is_aside:
            continue
        named = is_total(line.label)
        total, closed = _named(scan, line, position, len(found)) if named else _unnamed(scan, line, position)
        if total:
            found[line.at] = total
            scan.runs.close(line, closed)
        else:
            scan.runs.add(line)
    return found


def _named(scan: _Scan, line: SumLine, position: int, before: int) -> tuple[Total | None, Run]:
    """What a line that its label names a total is the total of, and the run that it closes."""
    runs = scan.runs
    name, run, best = _best(line, runs)
    if run is not None and (best.parts > 1 or not scan.habit.anywhere):
        return _total(line.at, run.lines, name, best), run
    if before < _SEARCHES and (other := _best_of(scan, line, _elsewhere(scan, line, position), _is_match)):
        return other, runs.own
    if scan.habit.anywhere or (line.at not in scan.ends and len(line.label.split()) > _LONG_LABEL):
        return None, runs.own
    return _unproved(scan, line), runs.own


def _unproved(scan: _Scan, line: SumLine) -> Total:
    """A named total that no sum bears out: what the table's structure says that it is the total of."""
    runs = scan.runs
    own, tops = runs.own, runs.tops
    if own.lines and not (line.at == scan.last and len(tops.lines) > len(own.lines)):
        closes = runs.section and len(own.lines) == len(runs.part.lines)
        plain = len(own.lines) > 1 and (len(own.lines) == len(tops.lines) or is_subtotal(line.label) or closes)
        name, run = "own", own
    else:
        plain = len(tops.lines) > 1
        name, run = "tops", tops
    parts = tuple((at, 1) for at in run.lines)
    return Total(line.at, parts, name, 0, agreement(line, run.sums).checkable, plain)


def _unnamed(scan: _Scan, line: SumLine, position: int) -> tuple[Total | None, Run]:
    """What a line that no label names is the total of: the figures must leave no doubt."""
    name, run, best = _best(line, scan.runs)
    if run is not None and _is_proof(scan, line, best):
        return _total(line.at, run.lines, name, best), run
    other = _tail(scan, line) if scan.habit.anywhere else None
    return other or _best_of(scan, line, _unusual(scan, line, position), _is_sure_match), scan.runs.own


def _tail(scan: _Scan, line: SumLine) -> Total | None:
    """What an unnamed column may be the sum of, if not of all before it: some columns just before it."""
    best: Total | None = None
    weight = 0.0
    run = Run()
    for at in reversed(scan.runs.tops.lines[-LONGEST:]):
        run.add(scan.by_place[at])
        found = agreement(line, run.sums)
        if found.weight > weight and _is_proof(scan, line, found):
            best, weight = _total(line.at, run.lines[::-1], "last", found), found.weight
    return best


def _ends(lines: Sequence[SumLine]) -> frozenset[int]:
    """The last line with figures of the table, of each section, and of each group if its label hints at a total."""
    ends: set[int] = set()
    last: SumLine | None = None
    for line in lines:
        leaves = last is not None and last.group is not None and line.figures and line.group != last.group
        if last is not None and (line.opens or (leaves and is_hinted(last.label))):
            ends.add(last.at)
        if line.figures:
            last = line
    return frozenset(ends if last is None else {*ends, last.at})


def _last(lines: Sequence[SumLine]) -> int:
    return next((line.at for line in reversed(lines) if line.figures), -1)


def _best(line: SumLine, runs: _Runs) -> tuple[str, Run | None, Agreement]:
    """The run that most figures of a line are the sums of; of a tie, the likeliest."""
    best: tuple[str, Run | None, Agreement] = ("own", None, NOTHING)
    for name, run in runs.named(line):
        found = agreement(line, run.sums)
        if found.agreeing > best[2].agreeing:
            best = name, run, found
    return best


def _is_proof(scan: _Scan, line: SumLine, found: Agreement) -> bool:
    """Whether figures alone make a line a total."""
    hint, at_end = is_hinted(line.label), line.at in scan.ends
    if not found.agreeing or found.parts < (2 if hint else scan.habit.parts):
        return False
    if scan.habit.anywhere:
        if hint:
            return found.agreeing * 2 >= found.checkable and found.weight >= _HINT
        return found.agreeing * 4 >= found.checkable * 3 and found.weight >= _SURE
    if found.agreeing == found.checkable:
        if not at_end:
            return found.weight >= (_SURE if hint else 2 * _SURE)
        return found.weight >= (_HINT if hint else _LIKELY)
    enough = found.weight >= (_LIKELY if hint else _SURE)
    return at_end and enough and found.agreeing * 2 >= found.checkable and found.parts > 2


def _total(at: int, lines: Sequence[int], name: str, found: Agreement) -> Total:
    parts = tuple((line, 1) for line in lines)
    return Total(at, parts, name, found.agreeing, found.checkable)


def _best_of(
    scan: _Scan, line: SumLine, choices: Iterable[Choice], fits: Callable[[_Scan, SumLine, str, Agreement], bool]
) -> Total | None:
    """The choice of parts that fits a total, and of which most digits agree."""
    best: Total | None = None
    weight = 0.0
    for name, parts in choices:
        found = agreement(line, added(parts, scan.by_place))
        if found.weight > weight and fits(scan, line, name, found):
            best, weight = Total(line.at, tuple(parts), name, found.agreeing, found.checkable), found.weight
    return best


def _is_match(_scan: _Scan, _line: SumLine, name: str, found: Agreement) -> bool:
    """Whether parts in an unusual place explain a named total; the last few lines must do so without a doubt."""
    if name == "last":
        return found.agreeing == found.checkable and found.weight >= _SURE and found.parts > 1
    return found.agreeing * 2 >= found.checkable and found.parts > 1


def _is_sure_match(scan: _Scan, line: SumLine, name: str, found: Agreement) -> bool:
    return _is_proof(scan, line, found) and (name != "below" or found.agreeing == found.checkable)


def _elsewhere(scan: _Scan, line: SumLine, position: int) -> Iterator[Choice]:
    """What a named total may be the sum of if it is not that of the lines above it."""
    near = [run.lines for _, run in scan.runs.named(line)][:3]
    if not scan.runs.own.lines:
        yield from below(scan.lines, position)
    for ats in near:
        yield from less(ats, scan.by_place)
        above = scan.lines[max(0, position - _ASIDES) : position]
        if aside := [one.at for one in above if one.is_aside and one.at > ats[0]]:
            yield "own", [(at, 1) for at in sorted((*ats, *aside))]
        whole = without_parts([scan.by_place[at] for at in ats])
        if len(whole) < len(ats):
            yield "own", [(at, 1) for at in whole]
    if near:
        yield from (("last", [(at, 1) for at in ats]) for ats in endings(near[-1]))


def _unusual(scan: _Scan, line: SumLine, position: int) -> Iterator[Choice]:
    """What a line without a total's name may be the sum of, if not of all lines before it."""
    runs = scan.runs
    if not runs.leaves.lines and is_whole(line.label):
        yield from below(scan.lines, position)
    if scan.takes_away and not scan.habit.anywhere and line.at in scan.ends:
        for _, run in list(runs.named(line))[:3]:
            yield from less(run.lines, scan.by_place)
