"""The rules' engine: rules propose hunks, the door applies them, until nothing changes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from papers.errors import PaperError
from papers.paper import Line, Paper
from papers.repair import Hunk, Mark, Power, Repair, apply

Find = Callable[[Paper], Iterable[Hunk]]

ROUNDS = 12
"""A paper at hand needs three rounds at most; a rule list that has not settled after this many has a defect."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A repair: a name, the powers it needs, and a pure function that finds its hunks in a paper.

    One that is `last` sees a paper only when no rule before it finds anything more to repair. The docstring of `find`
    is the rule's explanation: its first line is the title.
    """

    name: str
    powers: frozenset[Power]
    find: Find
    last: bool = False

    @property
    def title(self) -> str:
        """What the rule does, in one line."""
        return (inspect.getdoc(self.find) or "").partition("\n")[0]

    @property
    def body(self) -> str:
        """The rest of its explanation: when it acts, and when it must not."""
        return (inspect.getdoc(self.find) or "").partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class Normalised:
    """A clean paper, the log that makes it from the raw one, and the notes that a person should look at.

    `notes` are about the clean paper: their `at` counts in its lines.
    """

    paper: Paper
    repairs: tuple[Repair, ...]
    notes: tuple[Repair, ...]


def rule(*powers: Power, last: bool = False) -> Callable[[Find], Rule]:
    """Make a rule of a function: `@rule("loses ink")`. The rule is named as the function, with hyphens."""

    def make(find: Find) -> Rule:
        return Rule(find.__name__.strip("_").replace("_", "-"), frozenset(powers), find, last)

    return make


def normalise(raw: Paper, rules: Sequence[Rule]) -> Normalised:
    """Apply the rules in order, round after round, until a round changes nothing.

    One ordered pass is not enough: a repair can bring together what an earlier rule was looking for. A note of any
    round stands if the lines that it is about are still there, as they were, in the clean paper.

    Raises:
        Overreach, StaleHunk: a rule has a defect.
        PaperError: the rules did not come to rest.
    """
    paper = raw
    log: list[Repair] = []
    notes: dict[tuple[str, tuple[Line, ...], str], Repair] = {}
    for _ in range(ROUNDS):
        changed = False
        for each in rules:
            if each.last and changed:
                continue
            hunks = list(each.find(paper))
            for hunk in hunks:
                if hunk.is_note:
                    notes[each.name, hunk.before, hunk.why] = Repair(each.name, each.powers, hunk)
            paper, repairs = apply(paper, each.name, each.powers, hunks)
            log.extend(repairs)
            changed = changed or bool(repairs)
        if not changed:
            return Normalised(paper, tuple(log), _standing(notes.values(), paper))
    raise PaperError(
        f"the rules did not come to rest in {ROUNDS} rounds; the last was {log[-1].rule}",
        remedy="this is an error in the program: please report it with the paper",
    )


def _standing(notes: Iterable[Repair], paper: Paper) -> tuple[Repair, ...]:
    """The notes whose lines are still there, with the places that they have now."""
    places: dict[Line, int] = {}
    for at, line in enumerate(paper.lines):
        places.setdefault(line, at)
    found = []
    for entry in notes:
        at = places.get(entry.hunk.before[0], -1)
        if at >= 0 and paper.lines[at : at + len(entry.hunk.before)] == entry.hunk.before:
            found.append(replace(entry, hunk=replace(entry.hunk, at=at)))
    return tuple(sorted(found, key=lambda entry: entry.hunk.at))


def note(paper: Paper, at: int, why: str, cells: Iterable[int] = ()) -> Hunk:
    """A hunk that changes nothing: a person should look at these cells of line `at`, or at the whole of it."""
    line = paper.lines[at]
    return Hunk(at, (line,), (line,), why, doubted=tuple(Mark(0, cell) for cell in cells))


def edit(paper: Paper, at: int, after: Line, why: str) -> Hunk:
    """A hunk that changes one line."""
    return Hunk(at, (paper.lines[at],), (after,), why)


def retext(line: Line, texts: Sequence[str]) -> Line:
    """The same line whose cells say `texts`."""
    return replace(line, cells=tuple(c.with_text(t) for c, t in zip(line.cells, texts, strict=True)))
