"""The cell whose lines were cut: its words, and all that is asked of them however the other cell is parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from normalise import english
from normalise.split.complete import LINKS, Gap, completion, insertion
from normalise.split.halves import left_part_of
from normalise.split.language import SMALL_I, START, Language, context_after, token_word
from normalise.split.widths import Font

FAR, FAR_LINK = 3.0, 2.5
"""How far ahead of all others (natural logarithms) a word must be to be supplied in a gap, and a link word of which
the beginning is there: of these the language models know most."""
INSERTED, FITS = -2.5, 2.0
"""For supplying a whole word, of which nothing is left; and where nothing is: words of which the second is so much
likelier behind the first than by itself go together."""
BLOT, PART = -4.0, -3.0
"""Log likelihood that the letter on the cut was misread as another, and all behind it lost: any other, or one of which
a part reads so."""
FILL, LOST = -0.1, -2.6
"""Log likelihoods that the end of a line is lost: where something can be supplied, and where not."""
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


class Heads:
    """The words that remain of a cell, and what is asked of them again and again.

    `words` are they as the language knows them, `after` what the next word follows; `inner` are the log likelihoods of
    the words behind the first, added up, `printed` that of all as they stand. `joins` keeps what searches found: the
    words that a head makes with a tail.
    """

    def __init__(self, tokens: Sequence[str], language: Language, number: str = "") -> None:
        self.tight = [token.startswith(TIGHT) for token in tokens]
        self.tokens = tokens = [token.removeprefix(TIGHT) for token in tokens]
        self.language, self.number = language, number
        self.words = [token_word(token) for token in tokens]
        self.after = [context_after(token, word) for token, word in zip(tokens, self.words, strict=True)]
        self.inner = [0.0]
        for before, word in zip(self.after, self.words[1:], strict=False):
            self.inner.append(self.inner[-1] + language.log_pair(before, word))
        self.printed = self.inner[-1] + (language.log_pair(START, self.words[0]) if tokens else 0.0)
        self.items = self._items()
        self.joins: dict[tuple[int, str], list[tuple[str, str, str, str]]] = {}
        self._fillings: dict[tuple[int, str, Font, float, float], list[_Filling]] = {}
        self._cuttable: dict[int, bool] = {}
        self._blotted: dict[int, bool] = {}

    def _items(self) -> tuple[bool, ...]:
        """Which words belong to list items: from the first sign on all, and those before unless they end in a colon."""
        first = next((index for index, token in enumerate(self.tokens) if token[0] == "•"), len(self.tokens))
        is_list = first < len(self.tokens) and first > 0 and self.tokens[first - 1][-1] != ":"
        return tuple(is_list or index >= first for index in range(len(self.tokens)))

    def is_last(self, end: int) -> bool:
        """Whether no more words follow, or those of another item."""
        return end == len(self.tokens) or self.tokens[end][0] == "•"

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
        token, word = self.tokens[head], "i" if self.words[head] == SMALL_I else self.words[head]
        first = self.words[head - 2] if head > 1 and before == self.words[head - 1] else ""
        following, last = (*self.words[head + 1 : head + 3], "", "")[:2]
        if word and token[-1].isalpha():
            fit = font.fitting(least, most, len(word))
            filling = completion(word, Gap(first, before, following, last), self.language, fit)
            if filling and filling.lead >= (FAR_LINK if filling.word in LINKS else FAR):
                rest = filling.word[len(word) :]
                yield FILL + filling.score, "completed", token + rest, filling.word, font.width(rest)
        if self.is_blotted(head):
            yield from self._restored(head, Gap(first, before, following, last), font, least, most)
        if word and following and token[-1].isalnum() and self.language.lean(before, word, following) < FITS:
            fit = font.fitting(least - font.space, most - font.space)
            filling = insertion(Gap(before, word, following, last), self.language, fit)
            if filling and filling.lead >= FAR:
                gain = FILL + INSERTED + self.language.log_pair(before, word) + filling.score
                yield gain, "inserted", filling.word, filling.word, font.space + font.width(filling.word)

    def _restored(self, head: int, gap: Gap, font: Font, least: float, most: float) -> Iterator[_Filling]:
        """A word whose letter on the cut was misread, and its lost end."""
        token = self.tokens[head]
        stem, letters = token_word(token[:-1]), left_part_of(token[-1])
        fits = font.fitting(least, most, len(stem))

        def fit(word: str) -> bool:
            letter = word[len(stem)]
            return fits(word) and (letter in letters if letters else letter != token[-1])

        filling = completion(stem, gap, self.language, fit)
        if filling is None or filling.lead < FAR:
            return
        onward = self.language.lean(gap.before, filling.word, gap.following) if gap.following else 0.0
        if onward >= 0.0:
            rest = filling.word[len(stem) :]
            wide = font.width(rest) - font.width(token[-1])
            cost = PART if letters else BLOT
            yield FILL + cost + filling.score, "restored", token[:-1] + rest, filling.word, wide

    def may_be_cut(self, head: int) -> bool:
        """Whether a head may be the beginning of a longer word whose end is lost."""
        if head not in self._cuttable:
            self._cuttable[head] = self._may_be_cut(head)
        return self._cuttable[head]

    def _may_be_cut(self, head: int) -> bool:
        token, word = self.tokens[head], self.words[head]
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
        token, word = self.tokens[head], self.words[head]
        stem = token_word(token[:-1])
        if self.language.is_known(word):
            return False
        parts = [stem + letter for letter in left_part_of(token[-1])] if stem else []
        if any(self.language.is_known(part) or english.is_beginning(part) for part in parts):
            return True
        if len(word) < 2 or not token[-1].islower() or english.is_beginning(word):
            return False
        return not self.language.beginning(word) and (english.is_beginning(word[:-1]) or len(word) == 2)
