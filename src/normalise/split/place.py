"""Put the tails of cut lines back: one search over a whole cell, over line ends, tails and how they join.

A cell was printed in lines of nearly one width. A column boundary cut them all at one place; what stood right of it, the
tails, moved into the next cell, or was lost. What remains is the heads of the lines, and the tails in their order. The
search goes from line to line: where does this line end, was it cut there, which tail follows, and how (as a word of its
own, as the end of a word, with a letter doubled or misread on the cut)? It keeps the best few readings by the likelihood
of their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from normalise.split.joins import JOIN_COST, joins
from normalise.split.language import START, Language, context_after, token_word
from normalise.split.widths import width

SPACE = 0.278
SPREAD = 0.42
"""Standard deviation, in ems, of the width at which lines were cut: about one narrow letter."""
REACH = 3.2
"""How many standard deviations from it a cut is looked for."""
KEEP = 3
"""Readings kept for each state of the search."""
LONGEST_TAIL = 6
"""Words that a tail may have; a column is not cut in its middle."""

# Log likelihoods of what happens at a cut, from the development plans.
TAIL, LOST = -0.6, -1.6
FRAGMENT = -11.0
"""A head whose last word was cut and its end lost: likelier than an unknown word, less likely than a known one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a reading. `lost` says that text is missing behind it, `cut` that its own end is missing.

    `joined` holds the parts that the word was made of, if it was; `how` says how they were joined.
    """

    text: str
    lost: bool = False
    cut: bool = False
    joined: tuple[str, ...] = ()
    how: str = ""
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cell: how likely it is, its words, and at which widths its lines were cut."""

    score: float
    pieces: tuple[Piece, ...]
    cuts: tuple[float, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text + (" …" if piece.lost else "") for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a table's column was cut: `at` is the width of the heads in ems; `lead` that of a lost row number."""

    at: float
    lead: float = 0.0


# A step: heads from `start` to `end` are one line; `how` says how it ended; tails from `used` to `more` follow it.
_Step = tuple[int, int, str, str, int, int, float]
# A hypothesis: its score, and the chain of its steps.
_Hypothesis = tuple[float, Any]


class _Search:
    """One cell being read: everything about its words that the search asks for again and again."""

    def __init__(self, heads: Sequence[str], tails: Sequence[str], language: Language, cut: Cut) -> None:
        self.heads, self.tails, self.language, self.cut = heads, tails, language, cut
        self.words = [token_word(token) for token in heads]
        self.widths = [width(token) for token in heads]
        self.after = [context_after(token, word) for token, word in zip(heads, self.words, strict=True)]
        self.inner = [0.0]
        for index in range(1, len(heads)):
            self.inner.append(self.inner[-1] + self.pair(self.after[index - 1], self.words[index]))
        self.tail_words = [token_word(token) for token in tails]
        self.tail_after = [context_after(token, word) for token, word in zip(tails, self.tail_words, strict=True)]
        self._joins: dict[tuple[int, int], list[tuple[str, str, str, str]]] = {}

    def pair(self, context: str, word: str) -> float:
        return self.language.log_pair(context, word) if word else 0.0

    def joins(self, head: int, tail: int) -> list[tuple[str, str, str, str]]:
        """Joins of two tokens by number: the word, how, the word for the language, what the next word follows."""
        key = (head, tail)
        if key not in self._joins:
            self._joins[key] = [
                (word, how, folded := token_word(word), context_after(word, folded))
                for word, how in joins(self.heads[head], self.tails[tail], self.language)
            ]
        return self._joins[key]


def place(heads: Sequence[str], tails: Sequence[str], language: Language, cut: Cut) -> list[Reading]:
    """Find the best readings of a cell, best first, from its words and the tails of its lines in order.

    The result is empty if the tails can't be placed.
    """
    if not heads:
        return []
    search = _Search(heads, tails, language, cut)
    total = len(heads)
    agenda: list[dict[tuple[int, str], list[_Hypothesis]]] = [{} for _ in range(total + 1)]
    agenda[0][0, START] = [(0.0, None)]
    for start in range(total):
        for (used, context), hypotheses in agenda[start].items():
            for gain, step, after in _lines(search, start, used, context):
                bucket = agenda[step[1]].setdefault((step[5], after), [])
                for score, chain in hypotheses:
                    if len(bucket) < KEEP or score + gain > bucket[-1][0]:
                        bucket.append((score + gain, (chain, step)))
                        bucket.sort(key=_score_of, reverse=True)
                        del bucket[KEEP:]
    ends = [h for (used, _), found in agenda[total].items() if used == len(tails) for h in found]
    ends.sort(key=_score_of, reverse=True)
    return _distinct([_reading(search, score, chain) for score, chain in ends[: 4 * KEEP]])


def _score_of(hypothesis: _Hypothesis) -> float:
    return hypothesis[0]


def _reading(search: _Search, score: float, chain: Any) -> Reading:
    steps: list[_Step] = []
    while chain:
        chain, step = chain
        steps.append(step)
    pieces: list[Piece] = []
    cuts = []
    for start, end, how, word, used, more, line in reversed(steps):
        heads = search.heads
        pieces.extend(Piece(token) for token in heads[start : end - 1])
        last = heads[end - 1]
        if how != "whole":
            cuts.append(line)
        if how in ("whole", "space"):
            pieces.append(Piece(last))
        elif how in ("lost", "cut"):
            pieces.append(Piece(last, lost=True, cut=how == "cut"))
        else:
            pieces.append(Piece(word, joined=(last, search.tails[used]), how=how, is_tail=True))
        first = used if how == "space" else used + 1
        pieces.extend(Piece(token, is_tail=True) for token in search.tails[first:more])
    return Reading(score, tuple(pieces), tuple(cuts))


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    seen: set[str] = set()
    out = []
    for reading in readings:
        if reading.text not in seen:
            seen.add(reading.text)
            out.append(reading)
    return out


def _lines(search: _Search, start: int, used: int, context: str) -> Iterator[tuple[float, _Step, str]]:
    """Every way in which the line that begins at `start` can end.

    Yields the gain in log likelihood, the step, and what the first word of the next line follows.
    """
    heads, cut, total = search.heads, search.cut, len(search.heads)
    line = (cut.lead if start == 0 else 0.0) - SPACE
    first = search.pair(context, search.words[start])
    for end in range(start + 1, total + 1):
        line += SPACE + search.widths[end - 1]
        if line > cut.at + REACH * SPREAD:
            break
        whole = first + search.inner[end - 1] - search.inner[start]
        if end == total or heads[end][0] == "•" or line + SPACE + search.widths[end] > cut.at + SPREAD:
            yield whole, (start, end, "whole", "", used, used, line), search.after[end - 1]
        off = (line - cut.at) / SPREAD
        if abs(off) > REACH:
            continue
        part = first + search.inner[end - 2] - search.inner[start] if end - 1 > start else 0.0
        before = search.after[end - 2] if end - 1 > start else context
        prior = -off * off / 2
        last = heads[end - 1]
        if not last.endswith("."):
            yield whole + prior + LOST, (start, end, "lost", "", used, used, line), START
        if last[-1].isalpha() or last[-1] in "'-/":
            yield part + FRAGMENT + prior + LOST, (start, end, "cut", "", used, used, line), START
        if used < len(search.tails):
            for gain, how, word, more, after in _tails(search, end - 1, used, before):
                yield part + gain + prior, (start, end, how, word, used, more, line), after


def _tails(search: _Search, head: int, used: int, before: str) -> Iterator[tuple[float, str, str, int, str]]:
    """Every tail that can follow the last head of a line, and how it joins it. The gain includes that of the head."""
    for word, how, folded, then in search.joins(head, used):
        gain = TAIL + JOIN_COST[how]
        if how == "space":
            gain += search.pair(before, search.words[head]) + search.pair(search.after[head], folded)
        else:
            gain += search.pair(before, folded)
        after = then
        for more in range(used + 1, min(len(search.tails), used + LONGEST_TAIL) + 1):
            yield gain, how, word, more, after
            if more < len(search.tails):
                gain += search.pair(after, search.tail_words[more])
                after = search.tail_after[more]


def likely_cuts(
    heads: Sequence[str], tails: Sequence[str], language: Language, lead: float
) -> list[tuple[float, float]]:
    """Where the first line of a cell may have been cut, by its words alone: (gain, width in ems), best first.

    The gain is how much likelier the first tail is behind a head than on its own.
    """
    if not heads or not tails:
        return []
    search = _Search(heads, tails, language, Cut(0.0))
    alone = language.log_word(search.tail_words[0]) if search.tail_words[0] else 0.0
    found = []
    line = lead - SPACE
    for index in range(len(heads)):
        line += SPACE + search.widths[index]
        before = search.after[index - 1] if index else START
        following = index + 1 < len(heads)
        plain = search.pair(before, search.words[index]) + (
            search.pair(search.after[index], search.words[index + 1]) if following else 0.0
        )
        best = -99.0
        for gain, _, _, more, after in _tails(search, index, 0, before):
            if more > 2:
                continue
            onward = search.pair(after, search.words[index + 1]) if following else 0.0
            best = max(best, gain + onward - plain - alone * more)
        found.append((best, line))
    return sorted(found, reverse=True)
