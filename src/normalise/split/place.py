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
ROOM, WORST = 0.5, -9.0
"""Standard deviation, in ems, of the room left at a line's end; the least likelihood that a line may have by it."""
NEVER_FITS = 99.0
"""The width of what follows the last line of a text."""
JOINED = ("glue", "hyphen", "double", "merged", "smudge", "garbled", "misread", "unknown")
# Log likelihoods of what happens at a cut, from the development plans.
NATURAL, EARLY, WHOLE = -1.7, -3.5, -1.5
"""A line that ended by itself: near the cut, well before it, and if the width of the column is known."""
LOST_WORDS = -6.0
"""Whole words behind a line's end are lost; only where there was room for them."""
WIDEST_TAIL, TOO_WIDE = 6.0, -1.5
"""Ems; for each em more than that a tail is so much less likely. Cuts at hand are up to 5.5 ems from the column's
edge."""
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
    """One way to read a cell: how likely it is, its words, and at which widths its lines were cut.

    `ends` holds, for each line that is whole and not the last, its width and that of the word that begins the next one.
    """

    score: float
    pieces: tuple[Piece, ...]
    cuts: tuple[float, ...]
    ends: tuple[tuple[float, float], ...] = ()

    @property
    def text(self) -> str:
        """The reading in one line; an ellipsis stands for what is lost."""
        return "".join(
            ("" if piece.is_tight else " ") + piece.text + (" …" if piece.lost else "") for piece in self.pieces
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a table's column was cut: `at` is the width of the heads in ems, `edge` that of whole lines, if known."""

    at: float
    edge: float | None = None

    def wraps(self, line: float, following: float) -> float:
        """Log likelihood that a line of one width ends before a word of another, which `following` has its space in.

        Words go on a line as long as there is room.
        """
        if self.edge is None:
            return 0.0
        room = self.edge - line - following
        over = line - self.edge
        return max(-((max(room, over, 0.0) / ROOM) ** 2) / 2, WORST)


# A step: heads from `start` to `end` are one line; `how` says how it ended; tails from `used` to `more` follow it.
_Step = tuple[int, int, str, str, int, int, float]
# Where a line can end: its first head, the head after its last, its width, and the log likelihoods that it was cut
# there and that it ended there by itself, None if it can't have.
_Stop = tuple[int, int, float, float | None, float | None]
# A hypothesis: its score, and the chain of its steps.
_Hypothesis = tuple[float, Any]


def place(search: Search, cut: Cut, *, fill: bool = True, keep: int = KEEP) -> list[Reading]:
    """Find the best readings of a cell whose lines were cut, best first.

    With `fill`, words may be supplied in gaps. The result is empty if the tails can't be placed. `keep` is how many
    readings are kept for each state of the search.
    """
    if not search.heads:
        return []
    total, tails = len(search.heads), len(search.tails)
    agenda: list[dict[tuple[int, str], list[_Hypothesis]]] = [{} for _ in range(total + 1)]
    agenda[0][0, START] = [(0.0, None)]
    for start in range(total):
        if not agenda[start]:
            continue
        stops = list(_stops(search, cut, start))
        ahead = max(found[0][0] + PER_TAIL * used for (used, _), found in agenda[start].items()) - BEHIND
        for (used, context), hypotheses in agenda[start].items():
            best = hypotheses[0][0]
            if best + PER_TAIL * used < ahead:
                continue
            first = search.pair(context, search.words[start])
            for stop in stops:
                end, line = stop[1], stop[2]
                line_ends = _endings(search, cut, stop, used, context, fill)
                for gain, how, word, more, after in line_ends:
                    gain += first
                    bucket = agenda[end].get((more, after))
                    if bucket is None:
                        bucket = agenda[end][more, after] = []
                    elif len(bucket) == keep and best + gain <= bucket[-1][0]:
                        continue
                    step = (start, end, how, word, used, more, line)
                    for score, chain in hypotheses:
                        if len(bucket) < keep or score + gain > bucket[-1][0]:
                            bucket.append((score + gain, (chain, step)))
                            bucket.sort(key=_score_of, reverse=True)
                            del bucket[keep:]
    ends = [h for (used, _), found in agenda[total].items() if used == tails for h in found]
    ends.sort(key=_score_of, reverse=True)
    return _distinct([_reading(search, score, chain) for score, chain in ends[: 4 * keep]])


def _score_of(hypothesis: _Hypothesis) -> float:
    return hypothesis[0]


def _stops(search: Search, cut: Cut, start: int) -> Iterator[_Stop]:
    """Where the line that begins at `start` can end."""
    total = len(search.heads)
    line = -search.lead(start)
    for end in range(start + 1, total + 1):
        line += search.widths[end - 1]
        off = (line - cut.at) / SPREAD
        if off > REACH:
            return
        prior = None
        if off > -REACH:
            prior = -off * off / 2 if -2 < off < 2 else 2 - 2 * abs(off)
        if search.is_last(end):
            yield start, end, line, prior, 0.0
            if end < total:
                return
            continue
        whole: float | None = None
        if cut.edge is not None:
            wraps = cut.wraps(line, search.widths[end])
            whole = WHOLE + wraps if wraps > WORST else None
        elif line + search.widths[end] > cut.at + SPREAD:
            whole = NATURAL
        elif off > -REACH:
            whole = EARLY
        if whole is not None or prior is not None:
            yield start, end, line, prior, whole


def _endings(
    search: Search, cut: Cut, stop: _Stop, used: int, context: str, fill: bool
) -> Iterator[tuple[float, str, str, int, str]]:
    """Every way in which a line can end after some head.

    Yields the gain in log likelihood of the words behind the first, how it ended, the word made, the tails used then,
    and what the first word of the next line follows.
    """
    start, end, line, prior, whole = stop
    last = end - 1
    inner = search.inner[last] - search.inner[start]
    if whole is not None:
        yield inner + whole, "whole", "", used, search.after[last]
    if prior is None:
        return
    if last > start:
        before, part = search.after[last - 1], search.inner[last - 1] - search.inner[start] + prior
    else:
        before, part = context, prior - search.pair(context, search.words[start])
    following = NEVER_FITS if search.is_last(end) else search.widths[end]
    if search.may_be_cut(last):
        yield part + FRAGMENT + LOST, "cut", "", used, ""
    if cut.edge is not None and not search.is_last(end):
        yield inner + prior + LOST_WORDS, "gap", "", used, ""
    if fill:
        for gain, how, word, after, wide in search.fillings(last, before):
            wraps = cut.wraps(line + wide, following)
            if wraps > WORST:
                yield part + gain + wraps, how, word, used, after
    if used < len(search.tails):
        for gain, how, word, more, after, wide in search.tailings(last, used, before):
            if cut.edge is None:
                yield part + gain + TOO_WIDE * max(0.0, wide - WIDEST_TAIL), how, word, more, after
            else:
                wraps = cut.wraps(line + wide, following)
                if wraps > WORST:
                    yield part + gain + wraps, how, word, more, after


def _reading(search: Search, score: float, chain: Any) -> Reading:
    steps: list[_Step] = []
    while chain:
        chain, step = chain
        steps.append(step)
    pieces: list[Piece] = []
    cuts = []
    ends = []
    for start, end, how, word, used, more, line in reversed(steps):
        heads, tight = search.heads, search.tight
        pieces.extend(Piece(heads[i], is_tight=tight[i]) for i in range(start, end - 1))
        last, close = heads[end - 1], tight[end - 1]
        if how != "whole":
            cuts.append(line)
        if how not in ("cut", "gap", "completed", "inserted") and end < len(heads) and heads[end][0] != "•":
            wide = sum(search.tail_widths[used:more]) + SPACE * (more - used - 1) if more > used else 0.0
            ends.append((line + wide + (SPACE if how == "space" else 0.0), search.widths[end]))
        if how in ("whole", "space"):
            pieces.append(Piece(last, is_tight=close, ends=line if how == "whole" and end < len(heads) else 0.0))
        elif how in ("cut", "gap"):
            pieces.append(Piece(last, lost=True, how=how, is_tight=close))
        elif how == "completed":
            pieces.append(Piece(word, joined=(last,), how=how, is_tight=close))
        elif how == "inserted":
            pieces.extend((Piece(last, is_tight=close), Piece(word, how=how)))
        else:
            pieces.append(Piece(word, joined=(last, search.tails[used]), how=how, is_tight=close))
        first = used + (how in JOINED)
        pieces.extend(Piece(token) for token in search.tails[first:more])
    return Reading(score, tuple(pieces), tuple(cuts), tuple(ends))


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    seen: set[str] = set()
    out = []
    for reading in readings:
        if reading.text not in seen:
            seen.add(reading.text)
            out.append(reading)
    return out


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
        for gain, _, _, more, after, _ in search.tailings(index, 0, before):
            if more > 2:
                continue
            onward = search.pair(after, search.words[index + 1]) if following else 0.0
            best = max(best, gain + onward - plain - alone * more)
        found.append((best, line))
    return sorted(found, reverse=True)
