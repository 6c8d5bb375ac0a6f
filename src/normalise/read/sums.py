"""Which lines of a table are totals, and of what: decided on what the labels say and on what adds up.

A line is a row, read down, or a column, read across: the same reasoning serves both. Nothing here changes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
Place = tuple[int, str]
"""Where figures can be added up: the other coordinate (the column of a row's figure), and the kind of figure: money
and counts are never added to one another."""
Part = tuple[int, int]
"""A line that is added up, and 1, or -1 if its figures are taken away."""

# `Total`, `Sub-total`, `Grand total`, `Total pay`, `MPS total`; weaker: `All claims`, `Net expenditure`
_NAMED = re.compile(
    r"\W*(?:(?:grand|overall|combined|net|gross|sub)[ -]?)?(?:sub[ -]?)?totals?\b|.*\btotals?\W*$", re.I
)
_SUB = re.compile(r"\W*sub[ -]?totals?\b|.*\bsub[ -]?totals?\W*$", re.I)
_GRAND = re.compile(r"\W*(?:grand|overall) total\b", re.I)
_HINTED = re.compile(
    r"\W*(?:all|both|overall|net|gross|combined|sum|whole|grand|balance)\b|.*\b(?:overall|combined)\W*$", re.I
)
_PART = re.compile(r"\W*(?:of (?:which|whom)|including|includes?|incl\.?|memo(?:randum)?)\b", re.I)
_AVERAGE = re.compile(r".*\b(?:average|avg|mean|median)\b", re.I)
_RATE = re.compile(
    r".*\b(?:rate|ratio|index|percentage|unit (?:cost|price)|per (?!cent\b|annum\b|year\b|month\b|week\b|quarter\b))",
    re.I,
)
_MOVEMENT = re.compile(r".*(?:\b(?:variance|variation|change|difference|movement|increase|decrease)\b|\+/-)", re.I)
_WHOLE = re.compile(r"\W*(?:all|both|overall|combined|whole)\b", re.I)
_LESS = re.compile(r"\W*(?:less|deduct|minus)\b(?! than)", re.I)


class Figure(NamedTuple):
    """A figure to be added up: its value, what its last printed place is worth, how far rounding may have moved it."""

    value: Decimal
    step: Decimal
    slack: Decimal


@dataclass(frozen=True, slots=True)
class SumLine:
    """A row or a column with its figures. `opens` is True for a line that begins a new section and has no figures.

    `group` is what a run of lines stands under, `kin` what alike lines of several groups share; `is_aside` says that
    its figures are no parts of a sum.
    """

    at: int
    label: str
    figures: Mapping[Place, Figure] = field(default_factory=dict)
    opens: bool = False
    group: object = None
    kin: str = ""
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """A line that is a total, and the lines that it is held against, in order; none if nothing was found.

    Of its `checkable` figures `agreeing` are the sums of their parts. `run` says where the parts stand: `own` since the
    last section or total, `group` under one label, `same` in like places, `tops` sub-totals and what stands beside
    them, `leaves` every line but totals, `below` under it. `is_plain`: the table leaves no other reading.
    """

    at: int
    parts: tuple[Part, ...]
    run: str
    agreeing: int = 0
    checkable: int = 0
    is_plain: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether the figures themselves say that this is the sum."""
        return self.agreeing > 0 and self.agreeing * 2 >= self.checkable


def is_total(label: str) -> bool:
    """Whether a label names a total."""
    return _NAMED.match(label) is not None and not is_average(label)


def is_subtotal(label: str) -> bool:
    """Whether a label names a sub-total."""
    return _SUB.match(label) is not None


def is_grand_total(label: str) -> bool:
    """Whether a label names a total of totals."""
    return _GRAND.match(label) is not None


def is_part(label: str) -> bool:
    """Whether a label says that its figures are parts of those above: `of which agency cover`."""
    return _PART.match(label) is not None


def is_average(label: str) -> bool:
    """Whether a label names an average."""
    return _AVERAGE.match(label) is not None


def is_rate(label: str) -> bool:
    """Whether the label of a column says that its figures are averages or rates, which nobody adds up.

    >>> [is_rate(label) for label in ("Days per case", "Cost per annum", "Arrest rate", "Average days")]
    [True, False, True, True]
    """
    return is_average(label) or _RATE.match(label) is not None


def is_movement(label: str) -> bool:
    """Whether a label names a difference between other figures."""
    return _MOVEMENT.match(label) is not None


def is_hinted(label: str) -> bool:
    """Whether a label may name a total, if the figures say so too."""
    return _HINTED.match(label) is not None


def is_whole(label: str) -> bool:
    """Whether a label may name what all other lines are parts of: `All offences`."""
    return _WHOLE.match(label) is not None


def is_taken_away(label: str) -> bool:
    """Whether a label says that its figures are taken away: `Less: fees and charges`."""
    return _LESS.match(label) is not None


class Sum(NamedTuple):
    """Some figures added up: how far rounding may have moved them, how many they are, how many are not nought."""

    value: Decimal = ZERO
    slack: Decimal = ZERO
    size: int = 0
    solid: int = 0


NO_SUM = Sum()


class Run:
    """Lines that are added up, with the sum of their figures at each place."""

    __slots__ = ("lines", "sums")

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.sums: dict[Place, Sum] = {}

    def add(self, line: SumLine) -> None:
        """Add one line."""
        self.lines.append(line.at)
        for place, figure in line.figures.items():
            value, slack, size, solid = self.sums.get(place, NO_SUM)
            self.sums[place] = Sum(value + figure.value, slack + figure.slack, size + 1, solid + bool(figure.value))

    def replace(self, other: Run, line: SumLine) -> None:
        """Put a total in the place of the lines at the end that it is the total of."""
        del self.lines[len(self.lines) - len(other.lines) :]
        for place, (value, slack, size, solid) in other.sums.items():
            mine = self.sums.get(place, NO_SUM)
            self.sums[place] = Sum(mine.value - value, mine.slack - slack, mine.size - size, mine.solid - solid)
        self.add(line)

    def ends_with(self, other: Run) -> bool:
        """Whether the last lines are those of another run."""
        return self.lines[len(self.lines) - len(other.lines) :] == other.lines


class Agreement(NamedTuple):
    """How many figures of a line are the sums of a run, of how many.

    `weight` is how much that says: the number of digits that agree; `parts` the most lines that one sum is made of,
    those with noughts left out.
    """

    agreeing: int
    checkable: int
    weight: float
    parts: int


NOTHING = Agreement(0, 0, 0.0, 0)


def agreement(line: SumLine, sums: Mapping[Place, Sum]) -> Agreement:
    """Hold the figures of a line against the sums of a run."""
    agreeing = checkable = parts = 0
    weight = 0.0
    for place, figure in line.figures.items():
        value, slack, size, solid = sums.get(place, NO_SUM)
        if not size:
            continue
        checkable += 1
        out = abs(figure.value - value)
        if out and out > slack + figure.slack:
            continue
        agreeing += 1
        if solid > 1:
            parts = max(parts, solid)
            blur = max(figure.step, 2 * (slack + figure.slack) if out else ZERO)
            weight += max(0, (abs(figure.value) / blur).adjusted() + 1) if figure.value else 0
    return Agreement(agreeing, checkable, weight, parts)


def parts_sum(parts: Sequence[Part], lines: Mapping[int, SumLine], place: Place) -> list[Figure]:
    """The figures of all parts at one place, those that are taken away with their sign turned."""
    found = [(lines[at].figures.get(place), sign) for at, sign in parts]
    return [figure if sign > 0 else figure._replace(value=-figure.value) for figure, sign in found if figure]


def added(parts: Sequence[Part], lines: Mapping[int, SumLine]) -> dict[Place, Sum]:
    """The sums of some lines, with their signs."""
    run = Run()
    for at, sign in parts:
        line = lines[at]
        if sign < 0:
            turned = {place: figure._replace(value=-figure.value) for place, figure in line.figures.items()}
            line = SumLine(line.at, line.label, turned)
        run.add(line)
    return run.sums
