"""What stood where the end of a line is lost: only on evidence, and only if one reading is far ahead.

Completing lost characters is dangerous: `results` easily becomes `routh`. The candidates are the paper's own words and
common English; each is weighed with the words on both sides of the gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

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
CANDIDATES = 30
"""General English words that are weighed for a gap, the commonest ones."""
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


def completion(fragment: str, gap: Gap, language: Language, fits: Callable[[str], bool]) -> Completion | None:
    """The word that a cut one was most likely: it begins with the fragment, in lower case, and fits its line."""
    seen = {word for word in _beginning(fragment, language) if len(fragment) < len(word) <= len(fragment) + LONGEST}
    whole = WHOLE if language.is_known(fragment) else 0.0
    scored = [(word, whole + LETTER * (len(word) - len(fragment))) for word in seen if fits(word)]
    return _best(scored, gap, language)


def insertion(gap: Gap, language: Language, fits: Callable[[str], bool]) -> Completion | None:
    """The word that stood most likely between two others, of those that fit their line."""
    seen = {*LINKS, *language.between(gap.before, gap.following)}
    scored = [(word, LETTER * len(word)) for word in seen if len(word) <= LONGEST and fits(word)]
    return _best(scored, gap, language)


def _beginning(fragment: str, language: Language) -> Iterator[str]:
    yield from language.beginning(fragment)
    yield from english.beginning(fragment, CANDIDATES)


def _best(candidates: Iterable[tuple[str, float]], gap: Gap, language: Language) -> Completion | None:
    behind = [(language.log_triple(gap.first, gap.before, word) + cost, cost, word) for word, cost in candidates]
    behind.sort(reverse=True)
    found: list[tuple[float, float, str]] = []
    for score, cost, word in behind:
        if len(found) > 1 and score < found[1][0]:
            break  # what follows can only make a word less likely
        score += language.log_triple(gap.before, word, gap.following) if gap.following else 0.0
        score += language.log_triple(word, gap.following, gap.last) if gap.last else 0.0
        found.append((score, language.log_pair(gap.before, word) + cost, word))
        found = sorted(found, reverse=True)[:2]
    if not found:
        return None
    lead = found[0][0] - found[1][0] if len(found) > 1 else 9.0
    return Completion(found[0][2], found[0][1], lead)
