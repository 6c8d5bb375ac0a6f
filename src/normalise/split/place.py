"""Put the tails of cut lines back: one search over a whole cell, over line ends, tails and how they join.

A cell was printed in lines of nearly one width. A column boundary cut them all at one place; what stood right of it,
the tails, moved into the next cell, or was lost. What remains is the heads of the lines, and the tails in their order.
The search goes from line to line: where does this line end, was it cut there, which tail follows, and how (as a word
of its own, as the end of a word, with a letter doubled or misread on the cut)? It keeps the best few readings by the
likelihood of their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from normalise.split.joins import JOIN_COST
from normalise.split.language import START
from normalise.split.search import LOST, Search
from normalise.split.widths import SPACE

SPREAD = 0.5
"""Standard deviation, in ems, of the width at which lines were cut: about one narrow letter."""
REACH = 4.5
"""How many standard deviations from it a cut is looked for."""
KEEP = 3
"""Readings kept for each state of the search."""
BEHIND, PER_TAIL = 14.0, 8.0
"""A state so far behind the best at the same word is given up; each tail used is so much to its credit."""
LONGEST_TAIL = 6
"""Words that a tail may have; a column is not cut in its middle."""

JOINED = ("glue", "hyphen", "double", "garbled", "misread", "unknown")
# Log likelihoods of what happens at a cut, from the development plans.
TAIL, NATURAL, EARLY = -0.6, -1.7, -3.5
WIDEST_TAIL, TOO_WIDE = 6.0, -1.5
"""Ems; for each em more than that a tail is so much less likely. Cuts at hand are up to 5.5 ems from the column's
edge."""
SCRAP = -26.0
"""A tail that is no word, because its own end is lost too, is not less likely than that."""
FRAGMENT = -11.0
"""A head whose last word was cut and its end lost: likelier than an unknown word, less likely than a known one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a reading. `lost` says that its end is missing.

    `joined` holds the parts that the word was made of, if it was; `how` says how they were joined. A tight piece
    follows the one before it without a space. `ends` is the width of its line if that ended here without a sign of a
    cut.
    """

    text: str
    lost: bool = False
    joined: tuple[str, ...] = ()
    how: str = ""
    is_tight: bool = False
    ends: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cell: how likely it is, its words, and at which widths its lines were cut."""

    score: float
    pieces: tuple[Piece, ...]
    cuts: tuple[float, ...]

    @property
    def text(self) -> str:
        """The reading in one line; an ellipsis stands for what is lost."""
        return "".join(
            ("" if piece.is_tight else " ") + piece.text + (" …" if piece.lost else "") for piece in self.pieces
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a table's column was cut: `at` is the width of the heads in ems."""

    at: float


# A step: heads from `start` to `end` are one line; `how` says how it ended; tails from `used` to `more` follow it.
_Step = tuple[int, int, str, str, int, int, float]
# A hypothesis: its score, and the chain of its steps.
_Hypothesis = tuple[float, Any]


def place(search: Search, cut: Cut, *, fill: bool = True) -> list[Reading]:
    """Find the best readings of a cell whose lines were cut, best first.

    With `fill`, words may be supplied in gaps. The result is empty if the tails can't be placed.
    """
    if not search.heads:
        return []
    heads, tails = search.heads, search.tails
    total = len(heads)
    agenda: list[dict[tuple[int, str], list[_Hypothesis]]] = [{} for _ in range(total + 1)]
    agenda[0][0, START] = [(0.0, None)]
    for start in range(total):
        ahead = max((found[0][0] + PER_TAIL * used for (used, _), found in agenda[start].items()), default=0.0)
        for (used, context), hypotheses in agenda[start].items():
            if hypotheses[0][0] + PER_TAIL * used < ahead - BEHIND:
                continue
            for gain, step, after in _lines(search, cut, start, used, context, fill):
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


def _reading(search: Search, score: float, chain: Any) -> Reading:
    steps: list[_Step] = []
    while chain:
        chain, step = chain
        steps.append(step)
    pieces: list[Piece] = []
    cuts = []
    for start, end, how, word, used, more, line in reversed(steps):
        heads, tight = search.heads, search.tight
        pieces.extend(Piece(heads[i], is_tight=tight[i]) for i in range(start, end - 1))
        last, close = heads[end - 1], tight[end - 1]
        if how != "whole":
            cuts.append(line)
        if how in ("whole", "space"):
            pieces.append(Piece(last, is_tight=close, ends=line if how == "whole" and end < len(heads) else 0.0))
        elif how == "cut":
            pieces.append(Piece(last, lost=True, is_tight=close))
        elif how == "completed":
            pieces.append(Piece(word, joined=(last,), how=how, is_tight=close))
        elif how == "inserted":
            pieces.extend((Piece(last, is_tight=close), Piece(word, how=how)))
        else:
            pieces.append(Piece(word, joined=(last, search.tails[used]), how=how, is_tight=close))
        first = used + (how in JOINED)
        pieces.extend(Piece(token) for token in search.tails[first:more])
    return Reading(score, tuple(pieces), tuple(cuts))


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    seen: set[str] = set()
    out = []
    for reading in readings:
        if reading.text not in seen:
            seen.add(reading.text)
            out.append(reading)
    return out


def _lines(
    search: Search, cut: Cut, start: int, used: int, context: str, fill: bool
) -> Iterator[tuple[float, _Step, str]]:
    """Every way in which the line that begins at `start` can end.

    Yields the gain in log likelihood, the step, and what the first word of the next line follows.
    """
    heads, total = search.heads, len(search.heads)
    line = -SPACE
    first = search.pair(context, search.words[start])
    for end in range(start + 1, total + 1):
        line += search.widths[end - 1]
        if line > cut.at + REACH * SPREAD:
            break
        whole = first + search.inner[end - 1] - search.inner[start]
        if end == total or heads[end][0] == "•":
            yield whole, (start, end, "whole", "", used, used, line), search.after[end - 1]
        elif line + search.widths[end] > cut.at + SPREAD:
            yield whole + NATURAL, (start, end, "whole", "", used, used, line), search.after[end - 1]
        elif line > cut.at - REACH * SPREAD:
            yield whole + EARLY, (start, end, "whole", "", used, used, line), search.after[end - 1]
        off = (line - cut.at) / SPREAD
        if abs(off) > REACH:
            continue
        part = first + search.inner[end - 2] - search.inner[start] if end - 1 > start else 0.0
        before = search.after[end - 2] if end - 1 > start else context
        prior = -off * off / 2 if abs(off) < 2 else 2 - 2 * abs(off)
        if search.may_be_cut(end - 1):
            yield part + FRAGMENT + prior + LOST, (start, end, "cut", "", used, used, line), START
        for gain, how, word, after in search.fillings(end - 1, before) if fill else ():
            yield part + gain + prior, (start, end, how, word, used, used, line), after
        if used < len(search.tails):
            for gain, how, word, more, after in _tails(search, end - 1, used, before):
                yield part + gain + prior, (start, end, how, word, used, more, line), after


def _tails(search: Search, head: int, used: int, before: str) -> Iterator[tuple[float, str, str, int, str]]:
    """Every tail that can follow the last head of a line, and how it joins it. The gain includes that of the head."""
    for word, how, folded, then in search.joins(head, used):
        gain = TAIL + JOIN_COST[how]
        if how == "space":
            gain += search.pair(before, search.words[head]) + max(search.pair(search.after[head], folded), SCRAP)
            gain += search.odd[used]
        else:
            gain += search.pair(before, folded)
        after, wide = then, search.tail_widths[used]
        for more in range(used + 1, min(len(search.tails), used + LONGEST_TAIL) + 1):
            yield gain + TOO_WIDE * max(0.0, wide - WIDEST_TAIL), how, word, more, after
            wide += SPACE + search.tail_widths[more] if more < len(search.tails) else 0.0
            if more < len(search.tails):
                gain += max(search.pair(after, search.tail_words[more]), SCRAP) + search.odd[more]
                after = search.tail_after[more]


def likely_cuts(search: Search) -> list[tuple[float, float]]:
    """Where the first line of a cell may have been cut, by its words alone: (gain, width in ems), best first.

    The gain is how much likelier the first tail is behind a head than on its own.
    """
    heads, tails, language = search.heads, search.tails, search.language
    if not heads or not tails:
        return []
    alone = language.log_word(search.tail_words[0]) if search.tail_words[0] else 0.0
    found = []
    line = -SPACE
    for index in range(len(heads)):
        line += search.widths[index]
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
