"""Deadlines whose lines were cut: made whole with pieces of the next cell, or shown with a gap."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from normalise import english
from normalise.read.dates import is_whole_deadline
from normalise.split.fragments import MONTHS, SHORTEST, USUAL, closed, completions, filled, is_fragment, joined, stem
from papers.repair import GAP

_MONTH = "|".join(MONTHS)
_DATED = re.compile(
    rf"\(?(?:'?\d[\d/–-]*|(?:{_MONTH})(?:[/–-](?:{_MONTH})?)?|\d{{4}}-(?:{_MONTH})|on-?going|onwards|Q[1-4])[.,)]*",
    re.I,
)
_LINKS = frozenset(
    "by from end of the to and - – — on going early late mid qtr quarter in since until per annum".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DASHES = frozenset("-–—")
FARTHEST, MOST_WORDS, MOST_LINKS = 10, 16, 5
"""Words of the next cell that are looked at; words that a deadline's cell may have; words that link dates."""
MOST_JOINS = 24
"""Ways to put a piece behind a word that are looked at, so that a long cell of figures costs no more."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A deadline made whole: the words of both cells then, and the deadline by itself.

    `supplied` are letters that are printed nowhere: the number of a word of the left cell, from where to where.
    `is_misread` says that a letter on the cut was misread.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    deadline: str
    supplied: tuple[tuple[int, int, int], ...] = ()
    is_misread: bool = False


@dataclass(frozen=True, slots=True)
class _Join:
    """Pieces of the next cell put behind a word: how it reads then, how much that explains, what is supplied."""

    at: int
    pieces: tuple[int, ...]
    word: str
    explains: int
    supplied: int | None = None
    is_misread: bool = False


@functools.lru_cache(maxsize=500)  # a rule asks again for every row in each of its rounds
def mend_deadline(left: tuple[str, ...], right: tuple[str, ...]) -> Mended | None:
    """Make a deadline whole whose lines were cut, with pieces of dates that stand in the next cell.

    `By 31 January 200` beside `8 Assessments dip-sampled` gives `By 31 January 2008`, and `Nov/Decembe 2001` beside `r
    Assessment` `Nov/December 2001`. Words of another cell's lines may stand among those of the deadline; they stay
    where they are. None unless a piece completes a word or the next cell begins with one that is a stranger there, and
    unless exactly one deadline explains most.
    """
    if len(left) > MOST_WORDS or not any(_DATED.fullmatch(word) or is_fragment(word) for word in left):
        return None
    is_odd = not is_whole_deadline(" ".join(left))
    joins = [join for piece in range(min(len(right), FARTHEST)) for join in _joins(left, right, piece, is_odd)]
    joins = joins[:MOST_JOINS]
    found: dict[str, tuple[tuple[int, int], Mended]] = {}
    pairs = (pair for pair in combinations(joins, 2) if pair[0].at < pair[1].at and pair[0].pieces < pair[1].pieces)
    for chosen in (*((join,) for join in joins), *pairs):
        explains = sum(join.explains for join in chosen)
        for mended in _mended(left, right, chosen) if explains else ():
            rank = explains, -len(chosen)
            if mended.deadline not in found or rank > found[mended.deadline][0]:
                found[mended.deadline] = rank, mended
    best = max((rank for rank, _ in found.values()), default=(0, 0))
    ways = [mended for rank, mended in found.values() if rank == best]
    longest = max((len(mended.deadline) for mended in ways), default=0)
    ways = [mended for mended in ways if len(mended.deadline) == longest]
    return ways[0] if len(ways) == 1 else None


def _joins(left: Sequence[str], right: Sequence[str], piece: int, is_odd: bool) -> Iterator[_Join]:
    """Every way to put a word of the next cell behind a word of the deadline."""
    tail, is_stray = right[piece], piece == 0 and _is_stray(right)
    following = right[piece + 1] if piece + 1 < len(right) else ""
    may_stand = is_stray or (is_odd and (tail in _DASHES or _YEAR.fullmatch(tail)))
    for at, head in enumerate(left):
        yield from (_Join(at, (piece,), *join) for join in joined(head, tail, is_stray=is_stray))
        if may_stand and (_DATED.fullmatch(head) or head in _DASHES or head.casefold() in _LINKS):
            yield _Join(at, (piece,), f"{head} {tail}", 2 if is_stray else 1)
            if tail in _DASHES and (following.isdigit() or following in MONTHS) and _is_stray(right[piece + 1 :]):
                yield _Join(at, (piece, piece + 1), f"{head} {tail} {following}", 3)


def _is_stray(words: Sequence[str]) -> bool:
    """Whether the first word hardly belongs there: a scrap of letters, or a word of a date before a capital."""
    word, following = words[0], words[1] if len(words) > 1 else ""
    if following and not following[0].isupper():
        return False
    is_date = word in _DASHES or word.isdigit() or word in MONTHS
    return is_date or (word.isalpha() and word.islower() and not english.is_word(word, USUAL))


def _mended(left: Sequence[str], right: Sequence[str], chosen: Sequence[_Join]) -> Iterator[Mended]:
    words = {join.at: join.word for join in chosen}
    taken = {piece for join in chosen for piece in join.pieces}
    dated = {at for at, word in enumerate(left) if _DATED.fullmatch(word)} | set(words)
    asides = {at for at, word in enumerate(left) if word[0] == "(" or word[-1] == ")"}
    for extra in _subsets(_links(left, dated, asides)):
        deadline = " ".join(words.get(at, left[at]) for at in sorted((*dated, *extra)))
        if is_whole_deadline(deadline):
            yield Mended(
                tuple(words.get(at, word) for at, word in enumerate(left)),
                tuple(word for at, word in enumerate(right) if at not in taken),
                deadline,
                tuple((join.at, join.supplied, join.supplied + 1) for join in chosen if join.supplied is not None),
                any(join.is_misread for join in chosen),
            )


def _links(left: Sequence[str], dated: set[int], others: set[int]) -> list[int]:
    """The words that may belong to a deadline without being dates, those nearest to its dates."""
    links = [at for at, word in enumerate(left) if at not in dated and (at in others or word.casefold() in _LINKS)]
    return sorted(links, key=lambda at: min(abs(at - date) for date in dated))[:MOST_LINKS]


def _subsets(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return (chosen for size in range(len(items) + 1) for chosen in combinations(items, size))


def with_gaps(left: Sequence[str]) -> Mended | None:
    """A deadline of which the end of a line is lost: completed if only one word can stand there, else with a gap.

    `Continuin` is `Continuing`, `By Feb 200` is `By Feb 200[…]`: nobody knows which year. A last letter that was read
    by its left part is given back: `On goinc` is `On going`. None unless there is one way.
    """
    if len(left) > MOST_WORDS:
        return None
    dated = {at for at, word in enumerate(left) if _DATED.fullmatch(word)}
    found: dict[tuple[str, ...], Mended] = {}
    for at, fragment in enumerate(left):
        is_alone = not dated - {at}
        is_poor = len(stem(fragment)) <= SHORTEST or (len(left) > 1 and not closed(fragment))
        if not _is_sure(fragment) or (is_alone and is_poor):
            continue
        for tried, shown, supplied in filled(fragment):
            whole = (*left[:at], shown, *left[at + 1 :])
            for extra in _subsets(_links(left, dated | {at}, set())):
                inside = sorted({*dated, *extra, at})
                if whole not in found and is_whole_deadline(" ".join(tried if i == at else left[i] for i in inside)):
                    deadline = " ".join(whole[i] for i in inside)
                    given = ((at, *supplied),) if supplied else ()
                    found[whole] = Mended(whole, (), deadline, given, is_misread=bool(closed(fragment)))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_sure(token: str) -> bool:
    """Whether a token is a fragment that can hardly be a word of another cell: of a year, a month, or a long word."""
    return bool(closed(token)) or (
        is_fragment(token) and GAP not in token and (not token.isalpha() or token[0].isupper() or len(token) > SHORTEST)
    )


def has_cut_month(left: Sequence[str]) -> bool:
    """Whether part of a month stands right before a year: no other reading of that is likely."""
    return any(
        len(stem(word)) > 1
        and stem(word)[0].isupper()
        and completions(word)
        and any(map(_YEAR.match, left[at + 1 : at + 3]))
        for at, word in enumerate(left)
    )
