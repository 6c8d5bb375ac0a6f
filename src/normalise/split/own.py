"""Which words of a cell are its own, and which are tails of the cell to its left."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.read.dates import is_whole_deadline
from normalise.read.money import read_money
from papers.readings import Money, Nil

_BUDGET_WORDS = re.compile(
    r"(?:(?:with)?in |from |met from |to be met (?:from|within) )?(?:existing|base|current|core|approved)(?: budgets?| resources?| base budget)?"
    r"|met from base budget|(?:staff|officer) time(?: only)?|t\.?b\.?[cad]\.?|to be (?:confirmed|agreed|determined|decided)",
    re.I,
)
_PER = re.compile(
    r"(?P<amount>\S+)(?: (?:per annum|p\.a\.|pa|per year|a year|one-off|\([^)]*\)|million|thousand|m|k))*", re.I
)


@dataclass(frozen=True, slots=True)
class Parting:
    """A way to part a cell's words: `own` are its own, `tails` are its left neighbour's, both in order.

    `score` is a log likelihood of the own text; it is comparable with those of words.
    """

    own: tuple[str, ...]
    tails: tuple[str, ...]
    score: float
    is_sound: bool


@functools.lru_cache(maxsize=50_000)
def is_deadline(text: str) -> bool:
    """Whether a text is wholly a deadline, with a date or in words."""
    return is_whole_deadline(text)


@functools.lru_cache(maxsize=50_000)
def is_budget(text: str) -> bool:
    """Whether a text is wholly a budget: an amount, a printed nil, or the usual words instead of one."""
    if isinstance(read_money(text), Money | Nil):
        return True
    if _BUDGET_WORDS.fullmatch(text.strip()):
        return True
    match = _PER.fullmatch(text.strip())
    return bool(match) and isinstance(read_money(match["amount"]), Money)


TESTS = {"period": is_deadline, "money": is_budget}


def partings(text: str, kind: str) -> list[Parting]:
    """Every way to part a cell of dates (`period`) or amounts (`money`) that leaves it a sound text of its own.

    The own words stand in one or two runs, because tails stand between the cell's own lines. A cell that is sound as it
    is has one parting, without tails; of the others those with the longest own text in each place are kept.
    """
    words = tuple(text.split())
    is_sound = TESTS[kind]
    if not words:
        return [Parting((), (), 0.0, True)]
    found = []
    for runs in _runs(len(words)):
        inside = [i for first, last in runs for i in range(first, last)]
        own = tuple(words[i] for i in inside)
        if is_sound(" ".join(own)):
            tails = tuple(word for i, word in enumerate(words) if i not in set(inside))
            found.append(Parting(own, tails, -3.0 - 1.2 * len(own) - 1.0 * (len(runs) - 1), True))
    return found


def _runs(count: int) -> Iterator[tuple[tuple[int, int], ...]]:
    count = min(count, 14)
    for first in range(count):
        for last in range(first + 1, count + 1):
            yield ((first, last),)
            for second in range(last + 1, count):
                for end in range(second + 1, count + 1):
                    yield (first, last), (second, end)


def longest(found: Sequence[Parting]) -> list[Parting]:
    """Of partings whose own words include another's, drop the one with fewer only if it leaves a date's own words behind."""
    return sorted(found, key=lambda parting: (-len(parting.own), parting.tails))
