"""Repairs: hunks of lines, as in a patch. The clean paper is the raw paper plus its repairs, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from papers.errors import Overreach, StaleHunk
from papers.paper import Cell, Line, Origin, Paper

Power = Literal["loses ink", "supplies ink", "adds signs"]

GAP = "[…]"
"""Stands where characters were lost and can't be filled."""
BULLET = "• "
"""Stands at the start of a list item inside a cell."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell of a hunk's `after`: line and cell count from 0. What was supplied there stands from `start` to `end`."""

    line: int
    cell: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Hunk:
    """The lines `before`, found at line `at` (from 0), become `after`, and `why` says on what evidence.

    A hunk whose `after` equals its `before` is a **note**: nothing changes, a person should look. `doubted` names the
    cells of `after` that a person should look at, `supplied` those that hold characters given from evidence.
    """

    at: int
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    why: str
    doubted: tuple[Mark, ...] = ()
    supplied: tuple[Mark, ...] = ()

    @property
    def is_note(self) -> bool:
        """Whether nothing changes."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Repair:
    """One entry of the log: which rule made which hunk, and with which powers.

    Entries apply one after the other: `hunk.at` counts in the paper as all earlier entries have left it.
    """

    rule: str
    powers: frozenset[Power]
    hunk: Hunk


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one cell of the clean paper: the numbers (from 0) of its repairs, and what they said of it."""

    repairs: tuple[int, ...] = ()
    doubts: tuple[int, ...] = ()
    supplies: tuple[int, ...] = ()

    def __or__(self, other: History) -> History:
        return History(
            tuple(sorted({*self.repairs, *other.repairs})),
            tuple(sorted({*self.doubts, *other.doubts})),
            tuple(sorted({*self.supplies, *other.supplies})),
        )


Histories = tuple[tuple[History, ...], ...]


@dataclass(frozen=True, slots=True)
class InkChange:
    """How many non-space characters a hunk drops and supplies, and how many signs of ours (`[…]`, `•`) it adds."""

    dropped: int
    supplied: int
    signs: int


def shown(lines: Sequence[Line], supplied: Iterable[Mark] = ()) -> str:
    """Write lines for a person: ` | ` between cells, supplied characters in square brackets, as editors do."""
    marks = list(supplied)
    rows = []
    for i, line in enumerate(lines):
        texts = []
        for j, cell in enumerate(line.cells):
            text = cell.text
            for mark in sorted((m for m in marks if (m.line, m.cell) == (i, j)), key=lambda m: -m.start):
                text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
            texts.append(text)
        rows.append(" | ".join(texts))
    return "\n".join(rows)


def ink(lines: Iterable[Line]) -> Counter[str]:
    """Count the characters of some lines, white space left out."""
    count: Counter[str] = Counter()
    for line in lines:
        for cell in line.cells:
            count.update(cell.text)
    for char in [c for c in count if c.isspace()]:
        del count[char]
    return count


def _signs(lines: Iterable[Line]) -> Counter[str]:
    """Count the characters of the signs that rules may add without having them printed."""
    texts = [cell.text for line in lines for cell in line.cells]
    gaps = sum(text.count(GAP) for text in texts)
    bullets = sum(part.startswith(BULLET) for text in texts for part in text.split("\n"))
    return Counter({"[": gaps, "…": gaps, "]": gaps, "•": bullets})


def ink_change(hunk: Hunk) -> InkChange:
    """Compare the ink of a hunk's two sides. Signs count as signs only as far as they were not printed before."""
    before, after = ink(hunk.before), ink(hunk.after)
    lost, gained = before - after, after - before
    signs = (_signs(hunk.after) - _signs(hunk.before)) & gained
    return InkChange(lost.total(), (gained - signs).total(), signs.total())


def check(rule: str, powers: frozenset[Power], hunk: Hunk) -> None:
    """See that a hunk stays within its rule's powers.

    Raises:
        Overreach: it drops, supplies or adds characters that the rule has not declared.
    """
    if hunk.before == hunk.after:
        return
    change = ink_change(hunk)
    for count, power in (
        (change.dropped, "loses ink"),
        (change.supplied, "supplies ink"),
        (change.signs, "adds signs"),
    ):
        if count and power not in powers:
            raise Overreach(
                f"the rule {rule} changed {count} characters without the power {power!r} in "
                f"{hunk.before[0].text[:60] if hunk.before else ''!r}",
                remedy="this is an error in the program: please report it with the paper",
            )


def apply(paper: Paper, rule: str, powers: frozenset[Power], hunks: Sequence[Hunk]) -> tuple[Paper, list[Repair]]:
    """Apply the hunks that one rule found in one paper, all at once; the cost grows with the paper, not its square.

    Returns the new paper and the log entries, whose `at` are shifted so that they apply one after the other.

    Raises:
        StaleHunk: the paper does not hold `before` at `at`, or two hunks overlap.
        Overreach: a hunk goes beyond `powers`.
    """
    ordered = sorted((h for h in hunks if not h.is_note), key=lambda h: h.at)
    if not ordered:
        return paper, []
    lines: list[Line] = []
    log: list[Repair] = []
    done = 0
    for hunk in ordered:
        if hunk.at < done or paper.lines[hunk.at : hunk.at + len(hunk.before)] != hunk.before:
            raise StaleHunk(f"a repair of the rule {rule} does not fit line {hunk.at + 1} of the paper")
        check(rule, powers, hunk)
        lines.extend(paper.lines[done : hunk.at])
        log.append(Repair(rule, powers, replace(hunk, at=len(lines))))
        lines.extend(hunk.after)
        done = hunk.at + len(hunk.before)
    lines.extend(paper.lines[done:])
    return replace(paper, lines=tuple(lines)), log


def replay(raw: Paper, repairs: Iterable[Repair]) -> Paper:
    """Make the clean paper from the raw paper and its log.

    Raises:
        StaleHunk: the log does not belong to this paper.
    """
    lines = list(raw.lines)
    for repair in repairs:
        hunk = repair.hunk
        end = hunk.at + len(hunk.before)
        if tuple(lines[hunk.at : end]) != hunk.before:
            raise StaleHunk(f"entry of the rule {repair.rule} does not fit line {hunk.at + 1} of the paper")
        lines[hunk.at : end] = hunk.after
    return replace(raw, lines=tuple(lines))


def trace(raw: Paper, repairs: Sequence[Repair]) -> Histories:
    """Follow every cell of the clean paper through the log.

    Returns one tuple of histories for each line of the clean paper, one history for each of its cells. A cell that a
    hunk leaves as it was keeps its history; a changed one joins the histories of the cells whose origins it holds.
    """
    lines = [tuple(History() for _ in line.cells) for line in raw.lines]
    for number, repair in enumerate(repairs):
        hunk = repair.hunk
        end = hunk.at + len(hunk.before)
        lines[hunk.at : end] = _follow(hunk, lines[hunk.at : end], number)
    return tuple(lines)


def _follow(hunk: Hunk, earlier: Sequence[tuple[History, ...]], number: int) -> list[tuple[History, ...]]:
    same: dict[Cell, History] = {}
    told: dict[Origin, History] = {}
    for line, histories in zip(hunk.before, earlier, strict=True):
        for cell, history in zip(line.cells, histories, strict=True):
            same.setdefault(cell, history)
            for origin in cell.origins:
                told[origin] = told.get(origin, History()) | history
    doubted = {(m.line, m.cell) for m in hunk.doubted}
    supplied = {(m.line, m.cell) for m in hunk.supplied}
    rows = []
    for i, line in enumerate(hunk.after):
        row = []
        for j, cell in enumerate(line.cells):
            history = same[cell] if cell in same else _history(cell, told, number)
            here = (number,)
            history |= History(doubts=here if (i, j) in doubted else (), supplies=here if (i, j) in supplied else ())
            row.append(history)
        rows.append(tuple(row))
    return rows


def _history(cell: Cell, told: Mapping[Origin, History], number: int) -> History:
    """The history of a cell that this repair has made: all that is told of its origins, and the repair itself."""
    if not cell.origins:
        return History()
    joined = History(repairs=(number,))
    for origin in cell.origins:
        joined |= told.get(origin, History())
    return joined
