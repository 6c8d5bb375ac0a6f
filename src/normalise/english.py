"""General English, as evidence of the second rank: how often words and pairs of words are used.

Word frequencies are wordfreq's (UK spellings included), pairs are those that come with symspellpy. Both are read when
they are first asked for: a paper that is whole never needs them.
"""

from __future__ import annotations

import bisect
import functools
import heapq
import math
from collections import defaultdict
from importlib import resources

UNKNOWN = math.log(1e-14)
"""Log probability of a word that no list holds."""


@functools.cache
def words() -> dict[str, float]:
    """Words in lower case, with their frequencies (share of all words)."""
    import wordfreq

    return wordfreq.get_frequency_dict("en", wordlist="large")


@functools.cache
def _pairs() -> dict[str, dict[str, float]]:
    """The words that follow each word (`of the`), with their shares of all that do."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    file = resources.files("symspellpy") / "frequency_bigramdictionary_en_243_342.txt"
    with file.open(encoding="utf-8-sig") as lines:
        for line in lines:
            first, second, count = line.split()
            counts[first][second] = int(count)
    shares: dict[str, dict[str, float]] = {}
    for first, seconds in counts.items():
        total = sum(seconds.values())
        shares[first] = {second: count / total for second, count in seconds.items()}
    return shares


@functools.cache
def _sorted(backwards: bool) -> list[str]:
    """The commoner words, sorted by their beginnings or, written backwards, by their ends."""
    return sorted(
        word[::-1] if backwards else word for word, share in words().items() if share >= 1e-6 and word.isalpha()
    )


def is_beginning(word: str) -> bool:
    """Whether a word is the beginning of a longer common one."""
    among = _sorted(False)
    at = bisect.bisect_right(among, word)
    return at < len(among) and among[at].startswith(word)


def is_part(word: str) -> bool:
    """Whether a word is the beginning or the end of a longer common one: `neighbourin`, `roughout`."""
    for backwards in (False, True):
        wanted = word[::-1] if backwards else word
        among = _sorted(backwards)
        at = bisect.bisect_right(among, wanted)
        if at < len(among) and among[at].startswith(wanted):
            return True
    return False


@functools.lru_cache(maxsize=20_000)
def beginning(fragment: str, most: int) -> tuple[str, ...]:
    """The commonest words that begin with some letters, at most `most` of them."""
    among = _sorted(False)
    first = bisect.bisect_left(among, fragment)
    last = bisect.bisect_left(among, fragment + "\U0010ffff")
    found = among[first:last]
    if len(found) > most:
        found = heapq.nlargest(most, found, key=words().__getitem__)
    return tuple(found)


@functools.lru_cache(maxsize=20_000)
def ending(end: str, longer: int) -> tuple[str, ...]:
    """The common words that end with some letters and have at most `longer` more in front."""
    among = _sorted(True)
    wanted = end[::-1]
    first = bisect.bisect_right(among, wanted)
    last = bisect.bisect_left(among, wanted + "\U0010ffff")
    return tuple(word[::-1] for word in among[first:last] if len(word) <= len(end) + longer)


def log_word(word: str) -> float:
    """Log probability of a word by itself."""
    frequency = words().get(word, 0.0)
    return math.log(frequency) if frequency > 0 else UNKNOWN


def pair_share(first: str, second: str) -> float:
    """Which share of the words that follow `first` is `second`; 0 if the pair is not listed."""
    seconds = _pairs().get(first)
    return seconds.get(second, 0.0) if seconds else 0.0


def is_word(word: str, per_million: float = 0.1) -> bool:
    """Whether a word, in lower case, is used at least so often."""
    return words().get(word, 0.0) >= per_million * 1e-6
