"""Words that ran together inside one cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from normalise import english
from normalise.engine import edit, retext, rule
from papers.paper import Paper
from papers.repair import Hunk

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")

PARTICLES = frozenset(
    "a about across after against all among an and any are around as at be before between by during each early every"
    " for from had has have if in into is it its not of off on or our out over that the their them these they this"
    " those through to under until up upon was were when where which while who will with within without".split()
)
"""Words that are common enough to have run into a neighbour, however short they are."""


@rule()
def words_run_together(paper: Paper) -> Iterator[Hunk]:
    """Part two words that have lost the space between them.

    `procedureswith` becomes `procedures with`. Acts only on a word that English does not know and that the paper uses
    no second time, if it is two words in exactly one way: one of them a particle (`with`, `the`, `and`) and the other
    a word of the paper or common English, or both of them used elsewhere in the paper. The beginning or the end of a
    longer word (`neighbourin`) was cut, not run together, and is left alone, as is a slip of spelling.
    """
    used = Counter(word for line in paper.lines for cell in line.cells for word in _WORD.findall(cell.text))
    folded: Counter[str] = Counter()
    for word, count in used.items():
        folded[word.casefold()] += count
    unknown = [word for word in used if _is_unknown(word, folded)]
    if not unknown:
        return
    pairs = _pairs(paper)
    parted = {word: parts for word in unknown if (parts := part(word, folded, pairs))}
    for at, line in enumerate(paper.lines):
        texts = [cell.text for cell in line.cells]
        here = {word for text in texts for word in _WORD.findall(text) if word in parted}
        if here:
            after = [_WORD.sub(lambda m: " ".join(parted.get(m[0], (m[0],))), text) for text in texts]
            why = "; ".join(f"`{word}` is `{' '.join(parted[word])}`: no word that is known" for word in sorted(here))
            yield edit(paper, at, retext(line, after), why)


def _pairs(paper: Paper) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for line in paper.lines:
        for cell in line.cells:
            words = [word.strip(".,;:()").casefold() for word in cell.text.split()]
            found.update(pairwise(words))
    return frozenset(found)


def _is_unknown(word: str, used: Counter[str]) -> bool:
    """Whether a word is long enough to be two and none that English or the paper knows, nor a part of one."""
    if len(word) < 6:
        return False
    folded = word.casefold()
    if used[folded] > 1 or "'" in word or "’" in word:
        return False
    if english.is_word(folded, 0.02) or word.isupper() or english.is_part(folded):
        return False
    return "-" not in word or not all(english.is_word(piece, 1) for piece in folded.split("-"))


def part(word: str, used: Counter[str], pairs: frozenset[tuple[str, str]]) -> tuple[str, str] | None:
    """Part a word that is not known in two, or None if it isn't two words, or in more than one way.

    `used` counts the paper's words in lower case, `pairs` are its neighbouring words.
    """
    ways = [
        (word[:cut], word[cut:]) for cut in range(2, len(word) - 1) if _are_two(word[:cut], word[cut:], used, pairs)
    ]
    best = [way for way in ways if (way[0].casefold(), way[1].casefold()) in pairs]
    ways = best or ways
    return ways[0] if len(ways) == 1 else None


def _are_two(left: str, right: str, used: Counter[str], pairs: frozenset[tuple[str, str]]) -> bool:
    first, second = left.casefold(), right.casefold()
    if not (_is_word(first, used) and _is_word(second, used)):
        return False
    if (first, second) in pairs and min(len(left), len(right)) > 2:
        return True
    if right.isupper() and left.islower():
        return True
    if left[1:].islower() and min(len(left), len(right)) > 3 and used[first] and used[second]:
        return True
    return (first in PARTICLES and len(right) > 3) or (second in PARTICLES and len(left) > 3)


def _is_word(word: str, used: Counter[str]) -> bool:
    if "-" in word:
        return all(_is_word(piece, used) for piece in word.split("-") if piece) and not word.startswith("-")
    return word in PARTICLES or (len(word) > 2 and (english.is_word(word, 2.0) or used[word] > 0))
