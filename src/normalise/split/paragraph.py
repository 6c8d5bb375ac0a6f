"""A paragraph whose line ends were cut off into the next column: put back where they read best."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.split.joins import JOIN_COST, UNSURE, joins
from normalise.split.language import START, Language, context_after, token_word


def put_back(text: str, tail: str, language: Language) -> str:
    """Put the cut-off end of one line back into its paragraph, at the end or where a later line went on.

    >>> put_back("but the unit will supp", "ort where feasible", Language.of(["we support where feasible"]))
    'but the unit will support where feasible'
    """
    heads, tails = text.split(), tail.split()
    if not heads or not tails:
        return f"{text} {tail}".strip()
    options = [
        (_gain(heads, end, word, how, tails, language), end == len(heads), -end, word, how)
        for end in range(1, len(heads) + 1)
        for word, how in joins(heads[end - 1], tails[0], language)
        if how == "unknown" or how not in UNSURE
    ]
    _, _, behind, word, how = max(options)
    end = -behind
    middle = [heads[end - 1], word] if how == "space" else [word]
    return " ".join([*heads[: end - 1], *middle, *tails[1:], *heads[end:]])


def _gain(heads: Sequence[str], end: int, word: str, how: str, tails: Sequence[str], language: Language) -> float:
    """How much likelier the words around `end` are with the tail there than without."""
    before = heads[end - 2] if end > 1 else ""
    first = [heads[end - 1], word] if how == "space" else [word]
    following = heads[end : end + 1]
    with_tail = _read([before, *first, *tails[1:], *following], language)
    without = _read([before, heads[end - 1], *following], language)
    return with_tail - without + JOIN_COST[how]


def _read(tokens: Sequence[str], language: Language) -> float:
    score, context = 0.0, START
    for token in tokens:
        word = token_word(token)
        if word:
            score += language.log_pair(context, word)
            context = context_after(token, word)
    return score
