"""General English, as evidence of the second rank: how often words and pairs of words are used.

Word frequencies are wordfreq's (UK spellings included), pairs are those that come with symspellpy. Both are read when
they are first asked for: a paper that is whole never needs them.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from importlib import resources

UNKNOWN = math.log(1e-9)
"""Log probability of a word that no list holds."""


@functools.cache
def words() -> dict[str, float]:
    """Words in lower case, with their frequencies (share of all words)."""
    import wordfreq

    return wordfreq.get_frequency_dict("en", wordlist="large")


@functools.cache
def _pairs() -> tuple[dict[str, int], dict[str, int]]:
    """Counts of pairs (`of the`), and of their first words."""
    pairs: dict[str, int] = {}
    firsts: dict[str, int] = defaultdict(int)
    file = resources.files("symspellpy") / "frequency_bigramdictionary_en_243_342.txt"
    with file.open(encoding="utf-8-sig") as lines:
        for line in lines:
            first, second, count = line.split()
            pairs[f"{first} {second}"] = int(count)
            firsts[first] += int(count)
    return pairs, dict(firsts)


def log_word(word: str) -> float:
    """Log probability of a word by itself."""
    frequency = words().get(word, 0.0)
    return math.log(frequency) if frequency > 1e-9 else UNKNOWN


def pair_share(first: str, second: str) -> float:
    """Which share of the words that follow `first` is `second`; 0 if the pair is not listed."""
    pairs, firsts = _pairs()
    count = pairs.get(f"{first} {second}")
    return count / firsts[first] if count else 0.0


def is_word(word: str, per_million: float = 0.1) -> bool:
    """Whether a word, in lower case, is used at least so often."""
    return words().get(word, 0.0) >= per_million * 1e-6
