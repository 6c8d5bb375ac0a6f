"""What stood where the end of a line is lost: only on evidence, and only if one reading is far ahead.

Completing lost characters is dangerous: `results` easily becomes `routh`. The candidates are the paper's own words and
common English; each is weighed with the words on both sides of the gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from normalise import english
from normalise.split.language import Language

LETTER = -0.35
"""For each supplied letter."""
WHOLE = -4.0
"""For going on with what is a word already: `annex`, `report`."""
PHRASE = 3.0
"""If the paper itself prints the word between the same neighbours."""
LONGEST = 9
"""Letters that a lost end of a word may have had: no more fits right of the cuts at hand."""
CANDIDATES = 60
LINKS = (
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "not", "of", "on",
    "or", "out", "that", "the", "their", "to", "up", "was", "which", "will", "with",
)  # fmt: skip
"""Short words that can be lost whole without leaving a trace."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that may have stood in a gap: its log likelihood between its neighbours, and its lead on the next best."""

    word: str
    score: float
    lead: float


@dataclass(frozen=True, slots=True)
class Gap:
    """The words around a gap: two before it and two behind it, each of which may be empty."""

    first: str
    before: str
    following: str
    last: str


def completions(fragment: str, gap: Gap, language: Language, fits: Callable[[str], bool]) -> list[Completion]:
    """Words that a cut word may have been, best first: all begin with the fragment, in lower case, and fit its line."""
    seen = {word for word in _beginning(fragment, language) if len(fragment) < len(word) <= len(fragment) + LONGEST}
    whole = WHOLE if language.is_known(fragment) else 0.0
    scored = [(word, whole + LETTER * (len(word) - len(fragment))) for word in seen if fits(word)]
    return _ranked(scored, gap, language)


def insertions(gap: Gap, language: Language, fits: Callable[[str], bool]) -> list[Completion]:
    """Words that may have stood between two words, best first: those that fit their line."""
    seen = {*LINKS, *language.between(gap.before, gap.following)}
    scored = [(word, LETTER * len(word)) for word in seen if len(word) <= LONGEST and fits(word)]
    return _ranked(scored, gap, language)


def _beginning(fragment: str, language: Language) -> Iterator[str]:
    yield from language.beginning(fragment)
    yield from english.beginning(fragment, CANDIDATES)


def _ranked(candidates: Iterable[tuple[str, float]], gap: Gap, language: Language) -> list[Completion]:
    found = []
    for word, cost in candidates:
        score = language.log_triple(gap.first, gap.before, word) + cost
        onward = language.log_triple(gap.before, word, gap.following) if gap.following else 0.0
        onward += language.log_triple(word, gap.following, gap.last) if gap.last else 0.0
        found.append((score + onward, language.log_pair(gap.before, word) + cost, word))
    found.sort(reverse=True)
    best = found[:3]
    leads = [*(one[0] - two[0] for one, two in pairwise(found)), 9.0]
    return [Completion(word, score, lead) for (_, score, word), lead in zip(best, leads, strict=False)]
