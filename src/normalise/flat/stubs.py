"""How a run of words at the left of each row falls into several columns of labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalise.flat.tokens import Token

# This share of the rows has to bear the cut out.
_SHARE = 0.6
# A number with a stop (`3.`) numbers the text behind it, and has no column of its own.
_ID = re.compile(r"[A-Z]{0,3}\d{1,3}(?:\.\d{1,2})*[a-z]?")
_CONNECTS = frozenset("of and for in to by the at as or on with & / - –".split())

Words = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Label:
    """How the words of one row's label are cut: where its second part begins.

    0: the label of the row above goes on, and all words are the second part. None: a label of its own over all columns,
    as a total's. `is_sure` is False if another cut is as good.
    """

    at: int | None
    is_sure: bool = True


def cut_ids(labels: Sequence[Words]) -> tuple[Label, ...] | None:
    """Cut a number or reference off the front of each label (`A1`, `3`); None if the rows have none."""
    found = [bool(words) and len(words) > 1 and _ID.fullmatch(words[0].text) is not None for words in labels]
    if sum(found) < 2 or sum(found) < _SHARE * sum(len(words) > 2 for words in labels):
        return None
    firsts = [words[0].text for words, is_id in zip(labels, found, strict=True) if is_id]
    if len(set(firsts)) < len(firsts):
        return None
    last = max(place for place, is_id in enumerate(found) if is_id)
    cut = []
    for place, (words, is_id) in enumerate(zip(labels, found, strict=True)):
        goes_on = any(found[:place]) and place <= last + 1 and len(words) > 2
        cut.append(Label(1) if is_id else Label(0) if goes_on else Label(None))
    return tuple(cut)


def repeats(labels: Sequence[Words], totals: Sequence[bool]) -> bool:
    """Whether a label stands whole in several rows: it goes on with different ones above, as `Serious` does."""
    said = Counter(
        " ".join(token.text for token in words)
        for words, total in zip(labels, totals, strict=True)
        if words and not total
    )
    return any(count > 1 for count in said.values())


def cut_pairs(labels: Sequence[Words], totals: Sequence[bool]) -> tuple[Label, ...] | None:
    """Cut each label in two, where a word with a capital begins that also begins the second part of others.

    `totals` says which rows look like totals. A label that can't be cut goes on under the one above (`Assault Minor`,
    `Serious`). None if too few rows bear it out.
    """
    parts = [_endings(words) for words in labels]
    heard = Counter(
        fold
        for words, ends, total in zip(labels, parts, totals, strict=True)
        if words and not total
        for fold in {words[at].text for at in (0, *ends)}
    )
    cut: list[Label] = []
    borne_out = counted = 0
    for words, ends, total in zip(labels, parts, totals, strict=True):
        if total or not words:
            cut.append(Label(None))
            continue
        counted += 1
        ranked = sorted(ends, key=lambda at: (-heard[words[at].text], at))
        whole = heard[words[0].text]
        if cut and (not ranked or whole > heard[words[ranked[0]].text]):
            cut.append(Label(0))
            borne_out += whole > 1
        elif ranked:
            tie = len(ranked) > 1 and heard[words[ranked[0]].text] == heard[words[ranked[1]].text]
            cut.append(Label(ranked[0], is_sure=not tie))
            borne_out += heard[words[ranked[0]].text] > 1
        else:
            return None
    return tuple(cut) if counted > 1 and borne_out >= _SHARE * counted else None


def _endings(words: Words) -> list[int]:
    """Where the second part of a label may begin: at words with a capital, but behind connecting words."""
    return [
        at
        for at in range(1, len(words))
        if words[at].text[0].isupper() and words[at - 1].text.casefold() not in _CONNECTS
    ]
