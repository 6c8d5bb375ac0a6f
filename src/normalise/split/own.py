"""Which words of a cell are its own, and which are tails of the cell to its left."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from normalise.read.dates import is_whole_deadline
from normalise.read.money import read_money
from normalise.split.fragments import without_gap
from papers.readings import Money, Nil

_BUDGET_WORDS = re.compile(
    r"(?:within |in |from |met from |to be met (?:from|within) )?(?:existing|base|current|core|approved)"
    r"(?: base)?(?: budgets?| resources?)?"
    r"|(?:staff|officer) time(?: only)?|t\.?b\.?[cad]\.?|to be (?:confirmed|agreed|determined|decided)",
    re.I,
)
_PER = re.compile(
    r"(?P<amount>\S+)(?: (?:per annum|p\.a\.|pa|per year|a year|one-off|\([^)]*\)|million|thousand|m|k))*", re.I
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATED = re.compile(
    rf"(?:'?\d[\d/–-]*|{_MONTH}(?:[/–-](?:{_MONTH})?)?|\d{{4}}-{_MONTH}|on-?going|onwards|Q[1-4]|spring|summer|autumn|winter)[.,]?",
    re.I,
)
_MONTHS = re.compile(rf"{_MONTH}(?:[/-]{_MONTH})?[.,]?|{_MONTH}-\d{{4}}", re.I)
_DATE_PART = re.compile(r"\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^[-–]?$|^on-?$|going", re.I)
"""What may be part of a date that was cut, which never goes elsewhere."""
_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")
_AMOUNT = re.compile(r"[£(-]?\d[\d,.]*[km]?\)?\.?", re.I)
_LINKS = frozenset(
    "by from end of the to and - – — on going early late mid qtr quarter in since until per annum p.a.".split()
)

# Log likelihoods of a cell's own words, comparable with those of the words that are put back.
OWN_WORD, RUN, SMALL_START, EMPTY, UNSOUND = -1.6, -2.0, -1.5, -9.0, -9.0
"""For each own word; for each break between them; for beginning in lower case, as few do; for having no own text; for
each word of one that can't be read."""
DAMAGED = -10.0
"""For own text that was itself cut."""
MOST = 4


@dataclass(frozen=True, slots=True)
class Parting:
    """A way to part a cell's words: `own` are its own, `tails` are its left neighbour's, both in order.

    `score` is a log likelihood of the own text. `is_sound` is False if the own text can't be read.
    """

    own: tuple[str, ...]
    tails: tuple[str, ...]
    score: float
    is_sound: bool


@functools.lru_cache(maxsize=50_000)
def is_deadline(text: str) -> bool:
    """Whether a text is wholly a deadline, with a date or in words; a gap in it may hide the end of a word."""
    return is_whole_deadline(" ".join(map(without_gap, text.split())))


@functools.lru_cache(maxsize=50_000)
def is_budget(text: str) -> bool:
    """Whether a text is wholly a budget: an amount, a printed nil, or the usual words instead of one."""
    if isinstance(read_money(text), Money | Nil) or _BUDGET_WORDS.fullmatch(text.strip()):
        return True
    match = _PER.fullmatch(text.strip())
    return match is not None and isinstance(read_money(match["amount"]), Money)


_DASHES = frozenset("-–—_")
"""Never tails by themselves: a lone dash is part of a date or means nil."""
TESTS = {"period": is_deadline, "money": is_budget}
FIGURES = {"period": _DATED, "money": _AMOUNT}


@functools.lru_cache(maxsize=500)  # rules ask again for every row in each of their rounds
def partings(text: str, kind: str) -> tuple[Parting, ...]:
    """Every likely way to part a cell of dates (`period`) or amounts (`money`), the likeliest first.

    The own words hold all figures and months of the cell; words that link dates (`to`, `by`) can be on either side. A
    cell without figures keeps a run of words that is a deadline in words, or is all tails. The last way leaves the
    cell as it is, in case it is merely one that can't be read.
    """
    words = tuple(text.split())
    is_sound = TESTS[kind]
    if not words:
        return (Parting((), (), 0.0, True),)
    dated = _dated(words, kind)
    found = []
    for inside in _choices(words, dated, kind):
        own = " ".join(words[i] for i in inside)
        way = _parting(words, inside)
        if is_sound(own) and not _DASHES & set(way.tails):
            found.append(way)
    if not dated:
        found.append(Parting((), words, EMPTY, True))
    elif not found:
        way = _parting(words, _with_links(words, dated))
        if way.tails and not any(_DATE_PART.search(word) for word in way.tails):
            found.append(replace(way, score=way.score + DAMAGED, is_sound=False))
    # Of many ways those with more words of its own are kept: what is left over must be placed, and that costs more.
    found = sorted(found, key=lambda way: -way.score - 2.0 * len(way.own))[:MOST]
    found.sort(key=lambda way: -way.score)
    return (*found, Parting(words, (), UNSOUND * (len(words) - len(dated)) + OWN_WORD * len(dated) - 6.0, False))


def _dated(words: Sequence[str], kind: str) -> list[int]:
    """The words that are surely the cell's own: figures and months, and what stands right between or before them.

    A small number is a date's only beside a month or a quarter: `return to 9` is not.
    """
    figures = [i for i, word in enumerate(words) if FIGURES[kind].fullmatch(without_gap(word))]
    if kind != "period":
        return figures
    folded = [word.casefold() for word in words]
    sure = {
        i
        for i in figures
        if len(words[i].strip(".,")) > 2
        or not words[i][0].isdigit()
        or (i + 1 < len(words) and _MONTHS.fullmatch(words[i + 1]))
        or (i and _MONTHS.fullmatch(words[i - 1]))
        or (i and folded[i - 1] in ("qtr", "quarter", "q"))
    }
    for i in range(len(words) - 1, -1, -1):
        following = i + 1 in sure or (i + 1 < len(words) and folded[i + 1] == "end" and i + 2 in sure)
        if (
            (folded[i] in ("to", "and", "-", "–") and i - 1 in sure and i + 1 in sure and not _is_year_of(words, i))
            or (
                following
                and ((folded[i] in ("of", "the") and i and folded[i - 1] in ("end", "by", "of")) or folded[i] == "end")
            )
            or (folded[i] == "by" and i + 1 in sure and folded[i + 1] in ("end", "the"))
        ):
            sure.add(i)
    return sorted(sure)


def _with_links(words: Sequence[str], dated: Sequence[int]) -> list[int]:
    """The dated words of a cell whose own text is damaged, and the link words right beside them."""
    own = set(dated)
    for i in [*range(len(words)), *reversed(range(len(words)))]:
        if words[i].casefold() in _LINKS - {"and", "of", "in", "the"} and (i - 1 in own or i + 1 in own):
            own.add(i)
    return sorted(own)


def _is_year_of(words: Sequence[str], between: int) -> bool:
    """Whether a month stands before a word and only its year behind: what is between parts them by mistake."""
    return bool(_MONTHS.fullmatch(words[between - 1]) and _YEAR.fullmatch(words[between + 1]))


def _parting(words: Sequence[str], inside: Sequence[int]) -> Parting:
    own = tuple(words[i] for i in inside)
    tails = tuple(word for i, word in enumerate(words) if i not in set(inside))
    runs = sum(i - 1 not in inside for i in inside)
    score = OWN_WORD * len(own) + RUN * (runs - 1) + (SMALL_START if own[0][0].islower() else 0.0)
    return Parting(own, tails, score, True)


def _choices(words: Sequence[str], dated: Sequence[int], kind: str) -> Iterator[tuple[int, ...]]:
    if dated:
        links = [
            i for i, word in enumerate(words) if i not in dated and (_may_link(word) or FIGURES[kind].fullmatch(word))
        ]
        links = sorted(links, key=lambda i: min(abs(i - d) for d in dated))[:6]
        for size in range(len(links) + 1):
            for chosen in combinations(links, size):
                yield tuple(sorted((*dated, *chosen)))
        if kind == "money":
            yield from _stretches(len(words), dated)
        return
    yield from _stretches(len(words), ())


def _may_link(word: str) -> bool:
    """Whether a word can belong to a deadline without being a date: `to`, or an aside such as `(Full Authority)`."""
    return word.casefold() in _LINKS or word.startswith("(") or word.endswith(")")


def _stretches(count: int, needed: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Runs of words, one or two, that hold all that are needed; at most the first twelve words are looked at."""
    count = min(count, 12)
    spans = [range(first, last) for first in range(count) for last in range(first + 1, min(count, first + 6) + 1)]
    for one in spans:
        if all(i in one for i in needed):
            yield tuple(one)
    if count > 8:
        return
    for one in spans:
        for two in spans:
            if two.start > one.stop and len(one) + len(two) <= 4 and all(i in one or i in two for i in needed):
                yield (*one, *two)
