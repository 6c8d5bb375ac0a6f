"""One way to read two cells, which words are whose: where the tails can go, and how they join the heads."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalise.split.geometry import Measure
from normalise.split.heads import Heads
from normalise.split.joins import JOIN_COST, joins
from normalise.split.language import START, Language, context_after, token_word
from normalise.split.widths import Font

TAIL = -0.6
"""Log likelihood that the tail of a cut line is still there."""
SCRAP = -26.0
"""A tail that is no word, because its own end is lost too, is not less likely than that."""
LONGEST_TAIL = 6
"""Words that a tail may have; a column is not cut in its middle."""
ENDLESS = ("stump", "shard")
"""Ways to join a tail whose own end is lost: its line ends there."""
CAPITAL = -3.0
LONE_POINT = -12.0
"""For a tail that is a common word with a capital (`By` rather belongs to a deadline), or a point by itself."""


Tailing = tuple[str, str, list[tuple[float, int, str]]]
"""How a tail joins a head, and the word made; and for so many words of it the gain in log likelihood (that of the head
included), the tails used then, and what follows."""


class Anchor(NamedTuple):
    """A place where a tail reads well: how much likelier it is behind a head than by itself, and how it joins it."""

    gain: float
    tail: int
    head: int
    how: str


ANCHORS, MOST_TAILS, MOST_HEADS = 2, 8, 200
"""Places that are remembered for each tail; tails and heads that are looked at to find them."""


class Search:
    """The words of a cell, the tails in their order, and all that is asked of both again and again."""

    def __init__(self, heads: Heads, tails: Sequence[str]) -> None:
        self.heads, self.tails, self.language = heads, tails, heads.language
        self.tail_words = [token_word(token) for token in tails]
        self.odd = [_oddness(token, self.language) for token in tails]
        self.tail_after = [context_after(token, word) for token, word in zip(tails, self.tail_words, strict=True)]
        self._measures: dict[Font, Measure] = {}
        self._anchors: list[Anchor] | None = None
        self._tailings: dict[tuple[int, int, str], list[Tailing]] = {}

    def measure(self, font: Font) -> Measure:
        """The widths of the words in a font."""
        if font not in self._measures:
            heads, space, width = self.heads, font.space, font.width
            wide = [
                width(token.removeprefix("•")) + (0.0 if tight else space)
                for token, tight in zip(heads.tokens, heads.tight, strict=True)
            ]
            run = [0.0]
            for token in self.tails:
                run.append(run[-1] + space + width(token))
            self._measures[font] = Measure(
                font,
                tuple(wide),
                tuple(width(token[-1]) for token in heads.tokens),
                tuple(run),
                tuple(width(token[0]) for token in self.tails),
                width(heads.number) + space if heads.number else 0.0,
                bool(heads.tokens) and heads.tokens[0] == heads.number,
                heads.items,
            )
        return self._measures[font]

    def tailings(self, head: int, used: int, before: str) -> list[Tailing]:
        """Every way in which the tails from `used` on can follow the last head of a line, which follows `before`."""
        key = (head, used, before)
        found = self._tailings.get(key)
        if found is None:
            found = self._tailings[key] = list(self._make_tailings(*key, LONGEST_TAIL))
        return found

    def _make_tailings(self, head: int, used: int, before: str, longest: int) -> Iterator[Tailing]:
        pair, word_before, after_head = self.language.log_pair, self.heads.words[head], self.heads.after[head]
        last = min(len(self.tails), used + longest)
        for word, how, folded, after in self.joins(head, used):
            gain = TAIL + JOIN_COST[how]
            if how == "space":
                gain += pair(before, word_before) + max(pair(after_head, folded), SCRAP) + self.odd[used]
            elif how == "opened":
                gain += pair(before, word_before) + pair(after_head, folded)
            elif how == "closed":
                gain += pair(before, folded) + max(pair(after, self.tail_words[used]), SCRAP) + self.odd[used]
                after = self.tail_after[used]
            elif how in ENDLESS:
                yield how, word, [(gain, used + 1, "")]
                continue
            else:
                gain += pair(before, folded)
            runs = [(gain, used + 1, after)]
            for more in range(used + 1, last):
                gain += max(pair(after, self.tail_words[more]), SCRAP) + self.odd[more]
                after = self.tail_after[more]
                runs.append((gain, more + 1, after))
            yield how, word, runs

    def anchors(self) -> list[Anchor]:
        """The likeliest heads for each tail, by their words alone, if it is likelier behind them than by itself."""
        if self._anchors is None:
            self._anchors = [
                anchor for used in range(min(len(self.tails), MOST_TAILS)) for anchor in self._anchors_of(used)
            ]
        return self._anchors

    def _anchors_of(self, used: int) -> list[Anchor]:
        pair, words, after_heads = self.language.log_pair, self.heads.words, self.heads.after
        alone = self.language.log_word(self.tail_words[used]) if self.tail_words[used] else 0.0
        found = []
        for head, (word, following) in enumerate(zip(words[:MOST_HEADS], (*words[1:], ""), strict=False)):
            before = after_heads[head - 1] if head else START
            plain = pair(before, word) + pair(after_heads[head], following)
            best, manner = 0.0, ""
            for how, _, runs in self._make_tailings(head, used, before, 2):
                for gain, more, after in runs:
                    better = gain + pair(after, following) - plain - alone * (more - used)
                    if better > best:
                        best, manner = better, how
            if manner:
                found.append(Anchor(best, used, head, manner))
        return heapq.nlargest(ANCHORS, found)

    def joins(self, head: int, tail: int) -> list[tuple[str, str, str, str]]:
        """Joins of two tokens by number: the word, how, the word for the language, what the next word follows."""
        key = (head, self.tails[tail])
        found = self.heads.joins.get(key)
        if found is None:
            found = self.heads.joins[key] = [
                (word, how, folded := token_word(word), context_after(word, folded))
                for word, how in joins(self.heads.tokens[head], self.tails[tail], self.language)
            ]
        return found


def _oddness(token: str, language: Language) -> float:
    """How unlikely a tail is as a word of its own: a lone point never is, a common word with a capital rarely."""
    if not any(char.isalnum() for char in token) and token != "&":
        return LONE_POINT
    if token[:1].isupper() and token[1:].islower() and language.log_word(token_word(token)) > -7.5:
        return CAPITAL
    return 0.0
