"""One cell to be read, and all that the search for its best reading asks of its words."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalise import english
from normalise.split.complete import Gap, completion, insertion
from normalise.split.geometry import Measure
from normalise.split.halves import left_part_of
from normalise.split.joins import JOIN_COST, joins
from normalise.split.language import SMALL_I, START, Language, context_after, token_word
from normalise.split.widths import Font

INSERTED, FITS = -2.5, 2.0
"""For supplying a whole word, of which nothing is left; and where nothing is: words of which the second is so much
likelier behind the first than by itself go together."""
BLOT, PART = -4.0, -3.0
"""Log likelihood that the letter on the cut was misread as another, and all behind it lost: any other, or one of which
a part reads so."""
FILL, LOST = -0.1, -2.6
"""Log likelihoods that the end of a line is lost: where something can be supplied, and where not."""
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
TIGHT = "\u2060"
"""Stands before a head that follows the one before it without a space: the second half of `long-service`."""


def split_words(text: str) -> tuple[str, ...]:
    """The words of a cell as a line can break: also behind a hyphen. A bullet stays with its first word."""
    parts: list[str] = []
    for token in text.replace("• ", "•").split():
        first, *rest = _HYPHEN.split(token)
        parts.extend((first, *(TIGHT + part for part in rest)))
    return tuple(parts)


_HYPHEN = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])")


_Filling = tuple[float, str, str, str, float]


class Anchor(NamedTuple):
    """A place where a tail reads well: how much likelier it is behind a head than by itself, and how it joins it."""

    gain: float
    tail: int
    head: int
    how: str


ANCHORS, MOST_TAILS, MOST_HEADS = 2, 8, 200
"""Places that are remembered for each tail; tails and heads that are looked at to find them."""


class Search:
    """One cell to be read: its words, the tails in their order, and all that is asked of them again and again."""

    def __init__(self, heads: Sequence[str], tails: Sequence[str], language: Language, number: str = "") -> None:
        self.tight = [token.startswith(TIGHT) for token in heads]
        self.heads = heads = [token.removeprefix(TIGHT) for token in heads]
        self.tails, self.language, self.number = tails, language, number
        self.words = [token_word(token) for token in heads]
        self.after = [context_after(token, word) for token, word in zip(heads, self.words, strict=True)]
        self.inner = [0.0]
        for index in range(1, len(heads)):
            self.inner.append(self.inner[-1] + self.pair(self.after[index - 1], self.words[index]))
        # The log likelihood of the words as they stand, without tails.
        self.printed = self.inner[-1] + (self.pair(START, self.words[0]) if heads else 0.0)
        self.tail_words = [token_word(token) for token in tails]
        self.odd = [_oddness(token, language) for token in tails]
        self.tail_after = [context_after(token, word) for token, word in zip(tails, self.tail_words, strict=True)]
        self._measures: dict[Font, Measure] = {}
        self._fillings: dict[tuple[int, str, Font, float, float], list[_Filling]] = {}
        self._anchors: list[Anchor] | None = None
        self._cuttable: dict[int, bool] = {}
        self._blotted: dict[int, bool] = {}
        self._tailings: dict[tuple[int, int, str], list[tuple[float, str, str, int, str]]] = {}
        self._joins: dict[tuple[int, int], list[tuple[str, str, str, str]]] = {}

    def measure(self, font: Font) -> Measure:
        """The widths of the words in a font."""
        if font not in self._measures:
            space, width = font.space, font.width
            wide = [
                width(token.removeprefix("•")) + (0.0 if tight else space)
                for token, tight in zip(self.heads, self.tight, strict=True)
            ]
            run = [0.0]
            for token in self.tails:
                run.append(run[-1] + space + width(token))
            self._measures[font] = Measure(
                font,
                tuple(wide),
                tuple(width(token[-1]) for token in self.heads),
                tuple(run),
                tuple(width(token[0]) for token in self.tails),
                width(self.number) + space if self.number else 0.0,
                bool(self.heads) and self.heads[0] == self.number,
                self._items(),
            )
        return self._measures[font]

    def _items(self) -> tuple[bool, ...]:
        """Which words belong to list items: from the first sign on all, and those before unless they end in a colon."""
        first = next((index for index, token in enumerate(self.heads) if token[0] == "•"), len(self.heads))
        is_list = first < len(self.heads) and first > 0 and self.heads[first - 1][-1] != ":"
        return tuple(is_list or index >= first for index in range(len(self.heads)))

    def is_last(self, end: int) -> bool:
        """Whether no more words follow, or those of another item."""
        return end == len(self.heads) or self.heads[end][0] == "•"

    def tailings(self, head: int, used: int, before: str) -> list[tuple[float, str, str, int, str]]:
        """Every tail that can follow the last head of a line, and how it joins it. The gain includes that of the head.

        Each is the gain in log likelihood, how, the word made, the tails used then, and what follows.
        """
        key = (head, used, before)
        found = self._tailings.get(key)
        if found is None:
            found = self._tailings[key] = list(self._make_tailings(*key, LONGEST_TAIL))
        return found

    def _make_tailings(
        self, head: int, used: int, before: str, longest: int
    ) -> Iterator[tuple[float, str, str, int, str]]:
        for word, how, folded, then in self.joins(head, used):
            gain, after = TAIL + JOIN_COST[how], then
            if how == "space":
                gain += self.pair(before, self.words[head]) + max(self.pair(self.after[head], folded), SCRAP)
                gain += self.odd[used]
            elif how == "opened":
                gain += self.pair(before, self.words[head]) + self.pair(self.after[head], folded)
            elif how == "closed":
                gain += self.pair(before, folded) + max(self.pair(then, self.tail_words[used]), SCRAP) + self.odd[used]
                after = self.tail_after[used]
            elif how in ENDLESS:
                yield gain, how, word, used + 1, ""
                continue
            else:
                gain += self.pair(before, folded)
            for more in range(used + 1, min(len(self.tails), used + longest) + 1):
                yield gain, how, word, more, after
                if more < len(self.tails):
                    gain += max(self.pair(after, self.tail_words[more]), SCRAP) + self.odd[more]
                    after = self.tail_after[more]

    def fillings(self, head: int, before: str, font: Font, least: float, most: float) -> list[_Filling]:
        """What may have stood in a gap behind a head: the gain, how, the word as written, what follows it, its width.

        It is between `least` and `most` wide.
        """
        key = (head, before, font, least, most)
        found = self._fillings.get(key)
        if found is None:
            found = self._fillings[key] = list(self._make_fillings(*key))
        return found

    def _make_fillings(self, head: int, before: str, font: Font, least: float, most: float) -> Iterator[_Filling]:
        token, word = self.heads[head], "i" if self.words[head] == SMALL_I else self.words[head]
        first = self.words[head - 2] if head > 1 and before == self.words[head - 1] else ""
        following, last = (*self.words[head + 1 : head + 3], "", "")[:2]
        if word and token[-1].isalpha():
            fit = font.fitting(least, most, len(word))
            filling = completion(word, Gap(first, before, following, last), self.language, fit)
            if filling and filling.is_far_ahead:
                rest = filling.word[len(word) :]
                yield FILL + filling.score, "completed", token + rest, filling.word, font.width(rest)
        if self.is_blotted(head):
            yield from self._restored(head, Gap(first, before, following, last), font, least, most)
        if word and following and token[-1].isalnum() and self.language.lean(before, word, following) < FITS:
            fit = font.fitting(least - font.space, most - font.space)
            filling = insertion(Gap(before, word, following, last), self.language, fit)
            if filling and filling.is_far_ahead:
                gain = FILL + INSERTED + self.pair(before, word) + filling.score
                yield gain, "inserted", filling.word, filling.word, font.space + font.width(filling.word)

    def _restored(self, head: int, gap: Gap, font: Font, least: float, most: float) -> Iterator[_Filling]:
        """A word whose letter on the cut was misread, and its lost end."""
        token = self.heads[head]
        stem, letters = token_word(token[:-1]), left_part_of(token[-1])
        fits = font.fitting(least, most, len(stem))

        def fit(word: str) -> bool:
            letter = word[len(stem)]
            return fits(word) and (letter in letters if letters else letter != token[-1])

        filling = completion(stem, gap, self.language, fit)
        if filling is None or not filling.is_far_ahead:
            return
        onward = self.language.lean(gap.before, filling.word, gap.following) if gap.following else 0.0
        if onward >= 0.0:
            rest = filling.word[len(stem) :]
            wide = font.width(rest) - font.width(token[-1])
            cost = PART if letters else BLOT
            yield FILL + cost + filling.score, "restored", token[:-1] + rest, filling.word, wide

    def anchors(self) -> list[Anchor]:
        """The likeliest heads for each tail, by their words alone, if it is likelier behind them than by itself."""
        if self._anchors is None:
            self._anchors = [
                anchor for used in range(min(len(self.tails), MOST_TAILS)) for anchor in self._anchors_of(used)
            ]
        return self._anchors

    def _anchors_of(self, used: int) -> list[Anchor]:
        alone = self.language.log_word(self.tail_words[used]) if self.tail_words[used] else 0.0
        last = len(self.heads) - 1
        found = []
        for head in range(min(len(self.heads), MOST_HEADS)):
            before = self.after[head - 1] if head else START
            plain = self.pair(before, self.words[head])
            plain += self.pair(self.after[head], self.words[head + 1]) if head < last else 0.0
            best, manner = 0.0, ""
            for gain, how, _, more, after in self._make_tailings(head, used, before, 2):
                onward = self.pair(after, self.words[head + 1]) if head < last else 0.0
                better = gain + onward - plain - alone * (more - used)
                if better > best:
                    best, manner = better, how
            if manner:
                found.append(Anchor(best, used, head, manner))
        return heapq.nlargest(ANCHORS, found)

    def may_be_cut(self, head: int) -> bool:
        """Whether a head may be the beginning of a longer word whose end is lost."""
        if head not in self._cuttable:
            self._cuttable[head] = self._may_be_cut(head)
        return self._cuttable[head]

    def _may_be_cut(self, head: int) -> bool:
        token, word = self.heads[head], self.words[head]
        if word == SMALL_I:
            return True
        if not token[-1].isalpha() or self.language.own[word] > 0:
            return False
        if self.language.is_known(word) and (token[0].isupper() or english.is_word(word, 3.0)):
            return False
        return english.is_beginning(word) or bool(self.language.beginning(word))

    def is_blotted(self, head: int) -> bool:
        """Whether the letter of a head that was on the cut seems to be misread."""
        if head not in self._blotted:
            self._blotted[head] = self._is_blotted(head)
        return self._blotted[head]

    def _is_blotted(self, head: int) -> bool:
        """Whether a head is no word, but would be the beginning of one with another last letter: that was on the cut.

        Unless that letter looks like a part of another one, the head must be no beginning as it is.
        """
        token, word = self.heads[head], self.words[head]
        stem = token_word(token[:-1])
        if self.language.is_known(word):
            return False
        parts = [stem + letter for letter in left_part_of(token[-1])] if stem else []
        if any(self.language.is_known(part) or english.is_beginning(part) for part in parts):
            return True
        if len(word) < 2 or not token[-1].islower() or english.is_beginning(word):
            return False
        return not self.language.beginning(word) and (english.is_beginning(word[:-1]) or len(word) == 2)

    def pair(self, context: str, word: str) -> float:
        """Log likelihood of a word behind another; a token without a word costs nothing."""
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


def _oddness(token: str, language: Language) -> float:
    """How unlikely a tail is as a word of its own: a lone point never is, a common word with a capital rarely."""
    if not any(char.isalnum() for char in token) and token != "&":
        return LONE_POINT
    if token[:1].isupper() and token[1:].islower() and language.log_word(token_word(token)) > -7.5:
        return CAPITAL
    return 0.0
