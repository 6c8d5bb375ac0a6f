"""How the two sides of a cut make a word."""

from __future__ import annotations

from collections.abc import Iterator

from normalise import english
from normalise.split.halves import halved
from normalise.split.language import Language, joined_word, token_word

# Log likelihoods, from the development plans.
JOIN_COST = {
    "space": -0.7,
    "glue": -0.7,
    "hyphen": -0.7,
    "double": -1.6,
    "merged": -4.0,
    "echoed": -3.5,
    "parted": -3.5,
    "closed": -5.0,
    "opened": -5.0,
    "stump": -14.0,
    "shard": -17.5,
    "smudge": -8.0,
    "garbled": -8.0,
    "unknown": -8.0,
}


GIVEN = ("parted", "closed", "opened", "shard")
"""Ways to join in which a letter is given back that is printed nowhere."""
UNSURE = (*GIVEN, "garbled", "echoed", "stump", "unknown")
"""Ways to join that a person should look at."""
USUAL = 0.5
"""Uses in a million words that a word must have if a letter of it was misread in no known way."""


def joins(head: str, tail: str, language: Language) -> Iterator[tuple[str, str]]:
    """Every word that the last word of a head and the first of its tail can make, and how.

    `space`: two words (the word yielded is the tail); `glue`: one word; `double`: one word, the letter on the cut is on
    both sides; `merged`: the same, but the letter could be a word (`a` and `as`); `smudge`: the tail is only a misread
    copy of the letter on the cut; `garbled`: one word in which the letter on the cut is misread on one side; `hyphen`:
    a word with a hyphen; `unknown`: one word that nobody knows. If the letter on the cut was cut itself: see `halved`.
    """
    yield tail, "space"
    found = list(halved(head, tail, language))
    yield from found
    seen = {word for word, how in found if how in ("echoed", "parted")}
    yield from ((word, how) for word, how in _whole(head, tail, language) if word not in seen)


def _whole(head: str, tail: str, language: Language) -> Iterator[tuple[str, str]]:
    """Words that are made of whole letters, or of letters misread in any way."""
    if not any(char.isalnum() for char in head + tail):
        return
    if head[-1] == "-":
        if language.is_known(token_word(tail)):
            yield head + tail, "hyphen"
        return
    if len(tail) == 1 and tail not in "aI.,;:)&" and not tail.isdigit():
        yield head, "smudge"
    if head[-1] == tail[0] and head[-1] in ",;":
        yield head + tail[1:], "double"
    if not _may_glue(head[-1], tail[0]):
        return
    glued = joined_word(head + tail)
    is_known = language.is_known(glued)
    yield head + tail, "glue" if is_known else "unknown"
    if head[-1].casefold() == tail[0].casefold() and language.is_known(joined_word(head + tail[1:])):
        yield head + tail[1:], "merged" if len(head) == 1 else "double"
    elif is_known and len(glued) > 3:
        return
    if len(head) > 2 and head[-1].isalpha() and _is_usual(joined_word(head[:-1] + tail), language):
        yield head[:-1] + tail, "garbled"
    if len(tail) > 1 and _is_usual(joined_word(head + tail[1:]), language):
        yield head + tail[1:], "garbled"


def _is_usual(word: str, language: Language) -> bool:
    """Whether the paper uses a word, or English uses it so often that it may be read where a letter is wrong."""
    return bool(language.own.get(word)) or (language.is_known(word) and (english.is_word(word, USUAL) or "-" in word))


def _may_glue(left: str, right: str) -> bool:
    """Whether one word can go on across a cut between these characters: never from a letter to a figure."""
    if left.isalpha():
        return not right.isdigit() and right not in "(£•–"
    if left.isdigit():
        return not right.isalpha() and right not in "(£•"
    return left in "(/'’&" or (right in ".,;:)" and left not in ".,;:")
