"""What is read in place of a letter that a column boundary cut through, and the words that such a letter was part of.

The left part of a `d` reads as a `c`, that of an `m` as an `n`; the right part of an `o` as a bracket, that of an `e`
as an apostrophe. The lists say which parts look alike in text faces such as Helvetica and Times.
"""

from __future__ import annotations

from collections.abc import Iterator

from normalise import english
from normalise.split.language import Language, joined_word

_LEFT = {
    "(": "cdegoq", "c": "adegoq", "o": "adgq", "l": "bfhikmnprtu", "1": "l", "I": "l", "t": "fhl", "b": "h", "n": "m",
    "r": "mnp", "i": "mnrtu", "v": "wy", "\\": "v", ">": "x", "-": "z",
}  # fmt: skip
_RIGHT = {
    ")": "bnop", "'": "efr", "’": "efr", "-": "cfstz", "/": "vwy", "I": "l", "i": "ahmnu", "j": "gy", "l": "adhinqu",
    "n": "mu", "]": "a", "<": "kx", "v": "w",
}  # fmt: skip
COMMON = 500.0
"""Uses in a million words: shorter words than three letters are made of a part of a letter only if they are so common
(`to`, but not `pa`)."""
SHORTEST = 3
"""Letters that a tail must have whose own end is lost, to be put behind a head."""


def left_part_of(sign: str) -> str:
    """The letters of which the left part reads as some sign."""
    return _LEFT.get(sign, "")


def right_part_of(sign: str) -> str:
    """The letters of which the right part reads as some sign."""
    return _RIGHT.get(sign, "")


def halved(head: str, tail: str, language: Language) -> Iterator[tuple[str, str]]:
    """Words in which the letter on the cut was read by a part of it, on the one side or the other, and how.

    `echoed`: the letter is whole on the other side (`Agen(` and `cy.`); `parted`: it is given back (`an` and `'lysis`);
    `closed`: the same, in a word that ends there, so that the tail is another one (`wearinc` and `of`; the word yielded
    is the head's); `opened`: in a word that begins there (`a` and `/ear`; the tail's); `shard`: given back in a word of
    which the end is lost (`fran` and `ewor`); `stump`: such a word without a letter given back (`d` and `isabl`).
    """
    if letters := left_part_of(head[-1]):
        yield from _by_left_part(head, letters, tail, language)
    if letters := right_part_of(tail[0]):
        yield from _by_right_part(head, letters, tail, language)
    if len(tail) >= SHORTEST and tail.isalpha() and tail.islower() and not language.is_known(tail):
        if head[-1].isalpha() and _begins(head + tail, language):
            yield head + tail, "stump"
        for letter in left_part_of(head[-1]) if head[-2:-1].isalpha() else "":
            if _begins(head[:-1] + letter + tail, language):
                yield head[:-1] + letter + tail, "shard"


def _by_left_part(head: str, letters: str, tail: str, language: Language) -> Iterator[tuple[str, str]]:
    stem = head[:-1]
    if stem and not stem[-1].isalpha():
        return
    if tail[0] in letters and _is_word(stem + tail, language):
        yield stem + tail, "echoed"
    for letter in letters:
        # A letter by itself is not part of another one before a word: `t` and `and` are not `hand`.
        if tail[0].isalpha() and (stem or not _is_word(tail, language)) and _is_word(stem + letter + tail, language):
            yield stem + letter + tail, "parted"
        if stem and _is_word(stem + letter, language):
            yield stem + letter, "closed"


def _by_right_part(head: str, letters: str, tail: str, language: Language) -> Iterator[tuple[str, str]]:
    rest = tail[1:]
    if not rest and head[-1].isalpha():
        # A lone sign; `I` is a word, but hardly one of these papers.
        for letter in letters:
            if _is_word(head + letter, language) and (tail == "I" or not _is_word(head, language)):
                yield head + letter, "parted"
    if not rest[:1].isalpha():
        return
    if head[-1] in letters and _is_word(head + rest, language):
        yield head + rest, "echoed"
    for letter in letters:
        if head[-1].isalpha() and _is_word(head + letter + rest, language):
            yield head + letter + rest, "parted"
        if _is_word(letter + rest, language):
            yield letter + rest, "opened"


def _is_word(text: str, language: Language) -> bool:
    word = joined_word(text)
    return language.is_known(word) and (len(word) >= SHORTEST or english.is_word(word, COMMON))


def _begins(text: str, language: Language) -> bool:
    """Whether a text is no word but the beginning of one."""
    word = joined_word(text)
    return not language.is_known(word) and (english.is_beginning(word) or bool(language.beginning(word)))
