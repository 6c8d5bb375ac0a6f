"""What a cut may leave of the words of a deadline: `Decembe`, `2006-F`, `200`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from normalise import english
from normalise.split.halves import left_part_of, right_part_of
from papers.repair import GAP

MONTHS = (
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
).split()
WORDS = frozenset(
    "ongoing going onwards continuing continuous immediate immediately quarterly monthly annually weekly spring summer"
    " autumn winter provisional and from quarter".split()
)
"""Words of deadlines that are long enough to be cut."""
PARTICLES = frozenset(
    "a an and any are as at be by do for from if in into is it its no not of off on or our out so that the their this"
    " to up us was we when where which who will with".split()
)
"""Words that are no part of another one, however it was cut."""
USUAL = 20.0
"""Uses in a million words: a word of three letters or more that is as common may stand in any text."""
CUT_YEAR = re.compile(r"2|20\d?|19\d?|(?:19|20)\d\d[/–-]\d?")
_YEAR_END = re.compile(r"\d{1,4}|\d{0,3}[/–-]\d{1,2}")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?")
_WHOLE_YEAR, _SECOND_YEAR = re.compile(r"(?:19|20)\d\d"), re.compile(r"[/–-]\d\d")
_SIGNS = re.compile(r"^[(]+|[).,]+$")
SHORTEST = 3
"""Letters that a fragment must have to be completed, or to count by itself."""

Join = tuple[str, int, int | None, bool]
"""The word that two parts make, how much of what is odd it explains, the place of a letter that it supplies, and
whether a letter was misread."""


def stem(token: str) -> str:
    """The last part of a token, without signs: what a cut may have left of a word.

    >>> [stem(token) for token in ("2006-F", "(Augus", "Nov/Dec")]
    ['F', 'Augus', 'Dec']
    """
    return re.split(r"[/–-]", _SIGNS.sub("", token))[-1]


@functools.lru_cache(maxsize=5_000)
def completions(token: str) -> tuple[str, ...]:
    """Every word of a deadline of which a token may be the beginning; none if it is one itself."""
    part = stem(token)
    if not part.isalpha() or token in PARTICLES - {"a"}:
        return ()
    found = [word for word in WORDS if word.startswith(part)]
    if part[0].isupper():
        found = [word for word in MONTHS if word.startswith(part)]
        if len(part) >= SHORTEST:
            found += [word.capitalize() for word in WORDS if word.startswith(part.lower())]
    return () if part in found else tuple(sorted(set(found)))


def closed(token: str) -> list[str]:
    """The words of a deadline that a token may be whose last letter was read by its left part: `goinc` is `going`."""
    part = stem(token)
    if len(part) < SHORTEST or _is_date_word(part):
        return []
    return [part[:-1] + letter for letter in left_part_of(part[-1]) if _is_date_word(part[:-1] + letter)]


def is_fragment(token: str) -> bool:
    """Whether a token is the beginning of a word of a deadline, or of a year, and no whole one."""
    return bool(completions(token)) or bool(CUT_YEAR.fullmatch(token))


def is_usual(word: str) -> bool:
    """Whether a word is one that any text may hold."""
    return word in PARTICLES or (len(word) >= SHORTEST and english.is_word(word.casefold(), USUAL))


def joined(head: str, tail: str, *, is_stray: bool) -> Iterator[Join]:
    """The words of a deadline that a head and a tail make: `Fe` and `eb` make `Feb`, `200` and `7` make `2007`.

    The letter on the cut may stand on both sides, or be misread on one; one of which only a part was read, as in
    `Decem` and `)er`, is supplied. One or two small letters are joined only to a stray.
    """
    if stem(head).isalpha():
        yield from _joined_letters(head, tail, is_stray=is_stray)
    elif CUT_YEAR.fullmatch(head) and _YEAR_END.fullmatch(tail):
        for word in (head + tail, head + tail[1:] if head[-1] == tail[0] else ""):
            if _YEARS.fullmatch(word):
                yield word, 4, None, False
    elif _WHOLE_YEAR.fullmatch(head) and _SECOND_YEAR.fullmatch(tail):
        yield head + tail, 2, None, False


def _joined_letters(head: str, tail: str, *, is_stray: bool) -> Iterator[Join]:
    part, is_cut = stem(head), is_fragment(head)
    if not head.endswith(part) or (len(part) < SHORTEST and part.islower() and not is_stray):
        return
    lead, explains = head.removesuffix(part), 3 if is_cut else 1
    if tail.isalpha() and not is_usual(tail):
        ways = [(part + tail, 1)] if is_cut or len(tail) > 1 else []
        if is_cut and part[-1].casefold() == tail[0].casefold():
            ways.append((part + tail[1:], 1))
        if is_cut:
            ways += [(part + tail[1:], 0)] * (len(tail) > 1) + [(part[:-1] + tail, 0)] * (len(part) > 1)
        word = next(((word, sure) for word, sure in ways if word != part and _is_date_word(word)), None)
        if word:
            yield lead + word[0], explains + word[1], None, not word[1]
    for whole, place in _given_back(part, tail):
        yield lead + whole, explains, len(lead) + place, True


def _given_back(part: str, tail: str) -> Iterator[tuple[str, int]]:
    """The words of a deadline in which a letter was read by a part of it, and the place of that letter."""
    for letter in left_part_of(part[-1]):
        if tail.isalpha() and _is_date_word(part[:-1] + letter + tail):
            yield part[:-1] + letter + tail, len(part) - 1
    for letter in right_part_of(tail[0]):
        if len(tail) > 1 and _is_date_word(part + letter + tail[1:]):
            yield part + letter + tail[1:], len(part)


def _is_date_word(word: str) -> bool:
    return word in MONTHS or word.lower() in WORDS


def filled(token: str) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
    """How a fragment may be tried, how it is then shown, and which of its letters are supplied.

    >>> [list(filled(token)) for token in ("Augus", "Ma", "200")]
    [[('August', 'August', (5, 6))], [('Mar', 'Ma[…]', None)], [('2000', '200[…]', None)]]
    """
    part, words = stem(token), completions(token)
    if words:
        lead = token.removesuffix(part)
        if len(words) == 1 and len(part) >= SHORTEST:
            yield lead + words[0], lead + words[0], (len(token), len(lead + words[0]))
        else:
            yield lead + words[0], token + GAP, None
    elif len(ends := closed(token)) == 1:
        whole = token.removesuffix(part) + ends[0]
        yield whole, whole, (len(token) - 1, len(token))
    elif CUT_YEAR.fullmatch(token) and token.isdigit():
        yield (token + "000")[:4], token + GAP, None
    elif CUT_YEAR.fullmatch(token):
        yield f"{token[:5]}{(int(token[:4]) + 1) % 100:02d}", token + GAP, None


def without_gap(word: str) -> str:
    """A word of a deadline that ends in a gap as if it were whole, so that the rest can be read."""
    if not word.endswith(GAP) or word == GAP:
        return word
    return next((tried for tried, _, _ in filled(word.removesuffix(GAP))), word)
