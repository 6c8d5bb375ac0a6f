"""What a paper is likely to say: its own words and phrases first, general English second."""

from __future__ import annotations

import bisect
import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalise import english
from normalise.split import trigrams

START = "<s>"
NUMBER = "<n>"
SMALL_I = "(i"
"""A small `i` by itself, which is no word."""
_EDGE = "\"'‘’“”()[]{}.,;:!?*•-–"
_STOP = re.compile(r"[.;:!?•]['\"’”)]*$")

LEANS = 9.0
"""How well a word goes with another if the paper itself prints them together."""
OWN_THREE, GENERAL_THREE = 0.3, 0.5
"""The same for words behind two others; the rest is for those behind one."""
OWN_PAIR, GENERAL_PAIR, OWN_WORD, GENERAL_WORD = 0.5, 0.25, 0.05, 0.2
"""How much each source of evidence counts; tuned on the development plans, by halves."""


SHORT = frozenset(
    "a i am an as at be by do eu go he hr if in is it me mp my no of on or pa pc so st to uk up us we".split()
)
"""Words of one or two letters; others of this length are rather what is left of a word, unless the paper uses them
often."""
PREFIXES = frozenset("anti co de e ex mid mis multi non post pre pro re semi sub un".split())
"""What stands before a hyphen without being a word of its own."""
NEVER = 1e-14
"""Probability of a word that nobody knows: two rare words are likelier than one unknown."""


@functools.lru_cache(maxsize=50_000)
def token_word(token: str) -> str:
    """A token as the language knows it: lower case, without the points around it, figures as one word.

    >>> token_word("(CDRPs,"), token_word("2006/07")
    ('cdrps', '<n>')
    """
    word = token.strip(_EDGE).replace("’", "'").casefold()
    if word and word[0].isdigit():
        return NUMBER
    if word == "i" and "I" not in token:
        return SMALL_I
    return word.removesuffix("'s") if len(word) > 3 else word


def joined_word(text: str) -> str:
    """The same for a text made of two parts, which mostly is new and such a word already."""
    return text if len(text) > 1 and text.isalpha() and text.islower() and text.isascii() else token_word(text)


def _phrases(text: str) -> list[tuple[str, str, str]]:
    """Each word of a text with the two before it; a sentence begins anew."""
    found = []
    first, second = START, START
    for token in text.split():
        word = token_word(token)
        if word:
            found.append((first, second, word))
            first, second = (START, START) if _STOP.search(token) else (second, word)
    return found


@dataclass(slots=True)
class Language:
    """Counts of a paper's own words and pairs, backed by general English. Built once for a paper, then only read."""

    own: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    firsts: Counter[str] = field(default_factory=Counter)
    triples: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    total: int = 0
    _sorted: list[str] = field(default_factory=list)
    _after: dict[str, set[str]] = field(default_factory=dict)
    _memo: dict[tuple[str, str], float] = field(default_factory=dict)
    _triple_memo: dict[tuple[str, str, str], float] = field(default_factory=dict)
    _words: dict[str, float] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str], damaged: Iterable[str] = ()) -> Language:
        """Count the words and phrases of texts that are known to be whole.

        Of damaged texts only what at least two of them share counts: a phrase that a cut made stands in one of them.
        """
        language = cls()
        for text in texts:
            language._count(_phrases(text))
        shared: Counter[tuple[str, str, str]] = Counter()
        for text in damaged:
            shared.update(set(_phrases(text)))
        for phrase, count in sorted(shared.items()):
            if count > 1 and all(word in (START, NUMBER) or language.is_known(word) for word in phrase):
                language._count([phrase] * (count - 1))
        language.total = sum(language.own.values())
        language._sorted = sorted(language.own)
        for first, second in language.pairs:
            language._after.setdefault(first, set()).add(second)
        language._memo.clear()
        language._triple_memo.clear()
        language._words.clear()
        language._known.clear()
        return language

    def _count(self, phrases: Sequence[tuple[str, str, str]]) -> None:
        self.own.update([third for _, _, third in phrases])
        self.pairs.update([(second, third) for _, second, third in phrases])
        self.firsts.update([second for _, second, _ in phrases])
        self.triples.update(phrases)

    def log_word(self, word: str) -> float:
        """Log probability of a word by itself: the better of the paper's own use of it and general English."""
        known = self._words.get(word)
        if known is None:
            if len(word) < 3 and word.isalpha() and word not in SHORT and self.own.get(word, 0) < 3:
                self._words[word] = math.log(NEVER)
                return self._words[word]
            general = 1e-3 if word == NUMBER else math.exp(english.log_word(word))
            if "-" in word and general < 1e-8:
                parts = [math.exp(english.log_word(part)) for part in word.split("-") if part]
                general = max(general, min(parts, default=0) * 1e-2)
            own = self.own.get(word, 0) / self.total if self.total else 0.0
            known = math.log(0.8 * general + 0.2 * own + NEVER)
            self._words[word] = known
        return known

    def log_pair(self, before: str, word: str) -> float:
        """Log probability of a word after another; a token without a word costs nothing."""
        key = (before, word)
        known = self._memo.get(key)
        if known is None:
            if not word:
                return 0.0
            alone = math.exp(self.log_word(word))
            uses = self.firsts.get(before, 0)
            own = self.pairs.get(key, 0) / (uses + 0.5) if uses else 0.0
            general = english.pair_share(before, word) if before not in (START, NUMBER) else 0.0
            known = math.log(OWN_PAIR * own + GENERAL_PAIR * general + (OWN_WORD + GENERAL_WORD) * alone)
            self._memo[key] = known
        return known

    def log_triple(self, first: str, before: str, word: str) -> float:
        """Log probability of a word after two others."""
        key = (first, before, word)
        known = self._triple_memo.get(key)
        if known is None:
            pair = math.exp(self.log_pair(before, word))
            uses = self.pairs.get((first, before), 0)
            own = self.triples.get(key, 0) / (uses + 0.5) if uses else 0.0
            is_scrap = len(word) < 3 and word not in SHORT
            general = None if is_scrap else trigrams.log_triple(_listed(first), _listed(before), word)
            if general is None:
                known = math.log(OWN_THREE * own + (1 - OWN_THREE) * pair)
            else:
                rest = 1 - OWN_THREE - GENERAL_THREE
                known = math.log(OWN_THREE * own + rest * pair + GENERAL_THREE * math.exp(general))
            self._triple_memo[key] = known
        return known

    def lean(self, first: str, before: str, word: str) -> float:
        """How much likelier a word is behind two others than by itself, in general English; 0 if that is not known.

        What the paper itself prints belongs together.
        """
        if self.pairs.get((before, word)):
            return LEANS
        behind, alone = trigrams.log_triple(first, before, word), trigrams.log_triple("", "", word)
        return behind - alone if behind is not None and alone is not None else 0.0

    def beginning(self, fragment: str) -> list[str]:
        """The paper's own words that begin with some letters."""
        first = bisect.bisect_left(self._sorted, fragment)
        return self._sorted[first : bisect.bisect_left(self._sorted, fragment + "\U0010ffff")]

    def between(self, before: str, following: str) -> list[str]:
        """The words that stand in this paper both after the one and before the other."""
        return sorted(word for word in self._after.get(before, ()) if following in self._after.get(word, ()))

    def is_known(self, word: str) -> bool:
        """Whether a word is used in this paper or is general English."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._is_known(word)
        return known

    def _is_known(self, word: str) -> bool:
        if len(word) < 3 and word.isalpha() and word not in SHORT and self.own.get(word, 0) < 3:
            return False
        if word == NUMBER or self.own.get(word) or english.is_word(word):
            return True
        first, *rest = word.split("-")
        return bool(rest) and (first in PREFIXES or english.is_word(first)) and all(map(english.is_word, rest))


def _listed(word: str) -> str:
    return "" if word == NUMBER else word


def context_after(token: str, word: str) -> str:
    """What the next word follows: the word, or the start of a sentence after a stop."""
    return START if _STOP.search(token) else word
