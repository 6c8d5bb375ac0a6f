"""What kind of text a unit holds, and how well that fits a column.

Scores are rough log likelihoods: 3 means "twenty times as likely". They were set by hand, not fitted to papers; what
matters is their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from normalise.layout.numbering import Front, front
from normalise.layout.units import Unit
from normalise.layout.wrapped import BULLET
from normalise.read.dates import is_whole_deadline
from normalise.read.money import budget_kind
from normalise.read.profiles import Profile

NEVER = -50.0
SURE = 8.0
# A measure seldom takes more characters than this, an action often does.
_LONG = 150
# Words in place of an amount (`Met from within existing resources`) or of a date take no more.
_SHORT = 45
# What may be a deadline though the reader of dates doesn't know it: `Before the AGM in May`, `Autumn term`.
_OF_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\d/\d|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:spring|summer|autumn|winter)\b",
    re.I,
)
# What is printed in place of an amount: `Within existing resources`, `Met from base budget`, `Staff time`.
_NO_AMOUNT = re.compile(
    r"(?:[a-z]+ ){0,5}(?:resources|budgets?|funding|funds|time)"
    r"|no (?:[a-z]+ )?cost|to be (?:confirmed|agreed)|funded .+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is to be seen of a unit by itself. `front` is the number in front of it, `budget` as in `budget_kind`."""

    text: str
    front: Front | None
    budget: str
    is_deadline: bool
    is_total: bool
    is_item: bool

    @property
    def is_number(self) -> bool:
        """Whether it is a number and nothing else."""
        return self.front is not None and self.front.text_at == len(self.text)

    @property
    def is_figure(self) -> bool:
        """Whether it is an amount, or a printed nothing."""
        return self.budget in ("amount", "nil")

    @property
    def has_figures(self) -> bool:
        """Whether there is a figure in it."""
        return any(char.isdigit() for char in self.text)


def kind_of(unit: Unit, profile: Profile) -> Kind:
    """See what kind of text a unit holds."""
    text = unit.text
    return Kind(
        text,
        front(text),
        budget_kind(text),
        is_whole_deadline(text),
        profile.is_total(text),
        BULLET.match(text) is not None,
    )


def fit(kind: Kind, column_type: str, *, is_action: bool) -> float:
    """How well a text fits a column of a type, against standing outside the table (0).

    A column that the profile doesn't know takes any text.
    """
    match column_type:
        case "number":
            return -2.0 if kind.front else NEVER
        case "period":
            return fit_period(kind)
        case "money":
            return fit_money(kind)
        case "text":
            return _fit_text(kind, is_action=is_action)
        case _:
            return 0.5


def fit_period(kind: Kind) -> float:
    """How well a text fits a column of deadlines; a lone dash says little."""
    if kind.is_deadline:
        return 3.0 if any(char.isalnum() for char in kind.text) else 0.5
    if len(kind.text) > _SHORT:
        return -6.0
    return -0.5 if _OF_TIME.search(kind.text) else -3.0


def fit_money(kind: Kind) -> float:
    """How well a text fits a column of amounts; below 0 for words that aren't known to stand for one."""
    if kind.budget == "amount":
        return 4.0
    if kind.budget == "nil":
        return 3.0
    if kind.is_deadline and not kind.has_figures:
        return 1.5  # tbc, to be agreed
    if len(kind.text) > _SHORT or "\n" in kind.text:
        return -6.0
    return 2.5 if _NO_AMOUNT.fullmatch(kind.text) else -2.0


def _fit_text(kind: Kind, *, is_action: bool) -> float:
    if kind.budget == "amount":
        return -5.0
    if kind.budget == "nil" or kind.is_deadline:
        return -3.0
    if is_action:
        return 1.0
    if _NO_AMOUNT.fullmatch(kind.text):
        return -1.0
    return 0.0 if len(kind.text) > _LONG else 1.0


def column_types(profile: Profile, roles: Mapping[str, int], width: int) -> tuple[str, ...]:
    """The type of each column; empty for one that the profile doesn't know."""
    types = [""] * width
    for role, column in roles.items():
        types[column] = profile.columns.get(role, "")
    return tuple(types)
