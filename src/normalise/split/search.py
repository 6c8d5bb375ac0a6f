"""One cell to be read, and all that the search for its best reading asks of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise import english
from normalise.split.complete import completions, insertions
from normalise.split.joins import JOIN_COST, joins
from normalise.split.language import SMALL_I, Language, context_after, token_word
from normalise.split.widths import SPACE, width

FAR = 3.0
"""How far ahead of all others (natural logarithms) a word must be to be supplied in a gap."""
INSERTED = -2.5
"""For supplying a whole word, of which nothing is left."""
FILL, LOST = -2.0, -4.5
"""Log likelihoods that the end of a line is lost: where something can be supplied, and where not."""
TAIL = -0.6
"""Log likelihood that the tail of a cut line is still there."""
SCRAP = -26.0
"""A tail that is no word, because its own end is lost too, is not less likely than that."""
LONGEST_TAIL = 6
"""Words that a tail may have; a column is not cut in its middle."""
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


class Search:
    """One cell to be read: its words, the tails in their order, and all that is asked of them again and again."""

    def __init__(self, heads: Sequence[str], tails: Sequence[str], language: Language) -> None:
        self.tight = [token.startswith(TIGHT) for token in heads]
        self.heads = heads = [token.removeprefix(TIGHT) for token in heads]
        self.tails, self.language = tails, language
        self.words = [token_word(token) for token in heads]
        self.widths = [width(token) + (0.0 if tight else SPACE) for token, tight in zip(heads, self.tight, strict=True)]
        self.after = [context_after(token, word) for token, word in zip(heads, self.words, strict=True)]
        self.inner = [0.0]
        for index in range(1, len(heads)):
            self.inner.append(self.inner[-1] + self.pair(self.after[index - 1], self.words[index]))
        self.tail_words = [token_word(token) for token in tails]
        self.tail_widths = [width(token) for token in tails]
        self.odd = [_oddness(token, language) for token in tails]
        self.tail_after = [context_after(token, word) for token, word in zip(tails, self.tail_words, strict=True)]
        self._cuttable: dict[int, bool] = {}
        self._tailings: dict[tuple[int, int, str], list[tuple[float, str, str, int, str, float]]] = {}
        self._fillings: dict[tuple[int, str], list[tuple[float, str, str, str, float]]] = {}
        self._joins: dict[tuple[int, int], list[tuple[str, str, str, str]]] = {}

    def lead(self, start: int) -> float:
        """The space before a head, which it has not at the start of a line."""
        return 0.0 if self.tight[start] else SPACE

    def is_last(self, end: int) -> bool:
        """Whether no more words follow, or those of another item."""
        return end == len(self.heads) or self.heads[end][0] == "•"

    def tailings(self, head: int, used: int, before: str) -> list[tuple[float, str, str, int, str, float]]:
        """Every tail that can follow the last head of a line, and how it joins it. The gain includes that of the head.

        Each is the gain in log likelihood, how, the word made, the tails used then, what follows, and its width.
        """
        key = (head, used, before)
        found = self._tailings.get(key)
        if found is None:
            found = self._tailings[key] = list(self._make_tailings(*key))
        return found

    def _make_tailings(self, head: int, used: int, before: str) -> Iterator[tuple[float, str, str, int, str, float]]:
        for word, how, folded, then in self.joins(head, used):
            gain = TAIL + JOIN_COST[how]
            if how == "space":
                gain += self.pair(before, self.words[head]) + max(self.pair(self.after[head], folded), SCRAP)
                gain += self.odd[used]
            else:
                gain += self.pair(before, folded)
            after, wide = then, self.tail_widths[used] + (SPACE if how == "space" else 0.0)
            for more in range(used + 1, min(len(self.tails), used + LONGEST_TAIL) + 1):
                yield gain, how, word, more, after, wide
                if more < len(self.tails):
                    wide += SPACE + self.tail_widths[more]
                    gain += max(self.pair(after, self.tail_words[more]), SCRAP) + self.odd[more]
                    after = self.tail_after[more]

    def fillings(self, head: int, before: str) -> list[tuple[float, str, str, str, float]]:
        """What may have stood in a gap behind a head: the gain, how, the word as written, and what follows it."""
        key = (head, before)
        if key not in self._fillings:
            token, word = self.heads[head], self.words[head]
            following = self.words[head + 1] if head + 1 < len(self.heads) else ""
            found = []
            if word and token[-1].isalpha():
                for filling in completions(word, before, following, self.language)[:1]:
                    if filling.lead >= FAR:
                        written = token + filling.word[len(word) :]
                        wide = width(written) - width(token)
                        found.append((FILL + filling.score, "completed", written, filling.word, wide))
            if word and following and token[-1].isalnum():
                for filling in insertions(word, following, self.language)[:1]:
                    if filling.lead >= FAR:
                        gain = FILL + INSERTED + self.pair(before, word) + filling.score
                        found.append((gain, "inserted", filling.word, filling.word, SPACE + width(filling.word)))
            self._fillings[key] = found
        return self._fillings[key]

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
