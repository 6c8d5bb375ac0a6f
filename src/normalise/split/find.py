"""Where the columns of a paper's tables were cut: one decision for all rows that were printed together."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from normalise.split.geometry import LOOSE, SHARP, Cut, Fit, LineEnd, fit
from normalise.split.language import Language
from normalise.split.mend import Choice, Row, choose
from normalise.split.place import line_ends
from normalise.split.search import Search
from normalise.split.widths import HELVETICA, TIMES, Font

GAIN = 4.0
"""How much likelier (in natural logarithms) the rows of a table must be with their tails put back than as printed."""
NEAR, APART = 0.3, 0.7
"""Ems: places of a cut that support each other, and that are tried one beside the other."""
NARROWEST = 4.0
"""Ems; no column of running text is narrower."""
PLACES = 2
"""Places that are tried for a piece."""
SAMPLE, MORE = 5, 8
"""Rows that are tried to find out where the lines of a table were cut: roughly, and to the letter."""
STRONG = 10.0
"""A place so much likelier than any other (natural logarithms) has a whole vote."""
ELSEWHERE = 0.3
"""The weight of votes of the same table's other pieces."""
HALFWAY = 0.3
"""Ems: the standard deviation of the cut while it is being looked for."""
POOR = -1.0
"""A font that explains each line end worse than that is not the right one, or the column was not set in lines."""
LOST, KEPT = 0.6, 3.4
"""Tails that are taken for lost and for kept before any is counted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that were printed together, and all rows of their table, for where another piece was cut this one may be.

    `columns` are those of the text and of its neighbour.
    """

    rows: tuple[Row, ...]
    table: tuple[Row, ...]
    columns: tuple[int, int]

    @property
    def cut_rows(self) -> list[Row]:
        """The rows that hold tails."""
        return [row for row in self.rows if row.has_tails]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paper may be set: in which font, and whether the numbers of actions stand in the lines of their text."""

    font: Font
    inline: bool


SETTINGS = tuple(Setting(font, inline) for font in (HELVETICA, TIMES) for inline in (True, False))


def mend_pieces(pieces: Sequence[Piece], language: Language) -> Iterator[tuple[Piece, Choice]]:
    """Read all rows of the tables of a paper whose left columns were cut.

    Yields the rows that change or that a person should look at.
    """
    for piece, cut in zip(pieces, find_cuts(pieces, language), strict=True):
        if cut is None:
            continue
        for row in piece.rows:
            choice = choose(row, language, cut)
            if choice and (choice.changes or choice.is_doubtful or row.has_tails):
                yield piece, choice


def find_cuts(pieces: Sequence[Piece], language: Language) -> list[Cut | None]:
    """Where each piece of a paper's tables was cut; None if no place makes its rows read better.

    A paper is set in one way, the one in which the places where tails belong lie closest together. Of the two best, the
    one counts that makes the piece with most tails read better.
    """
    if not any(piece.cut_rows for piece in pieces):
        return [None] * len(pieces)
    votes = [{setting: _votes(piece, setting, language) for setting in SETTINGS} for piece in pieces]
    peaks = {s: sum(max(weights(found[s]), default=(0.0, 0.0))[0] for found in votes) for s in SETTINGS}
    largest = max(range(len(pieces)), key=lambda at: (len(pieces[at].cut_rows), -at))
    first, second, *_ = sorted(SETTINGS, key=lambda s: -peaks[s])
    found = {s: _cut(pieces[largest], votes[largest][s], s, language) for s in (first, second)}
    best = first if found[first][0] >= found[second][0] else second
    settled: list[Cut | None] = []
    for at, piece in enumerate(pieces):
        gain, cut = found[best] if at == largest else _cut(piece, votes[at][best], best, language)
        settled.append(_with_loss(piece.rows, cut, language) if cut and gain > GAIN else None)
    return settled


def _votes(piece: Piece, setting: Setting, language: Language) -> list[tuple[float, float]]:
    """Where lines may have been cut, by the words of the rows with tails: (weight, width in ems)."""
    own = {row.at for row in piece.rows}
    if not piece.cut_rows:
        return []
    return [
        (weight * (1.0 if row.at in own else ELSEWHERE), at)
        for row in piece.table
        if row.has_tails
        for way in row.ways[:2]
        for weight, at in likely_cuts(row.search(way, language), setting)
        if at > NARROWEST
    ]


def weights(votes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """How many votes lie near each of them: (weight, place)."""
    votes = sorted(votes, key=lambda vote: vote[1])
    places = [at for _, at in votes]
    sums = [0.0, *accumulate(weight for weight, _ in votes)]
    return [(sums[bisect_left(places, at + NEAR)] - sums[bisect_left(places, at - NEAR)], at) for at in places]


def _cut(
    piece: Piece, votes: Sequence[tuple[float, float]], setting: Setting, language: Language
) -> tuple[float, Cut | None]:
    """The best place to cut a piece that was set in some way, and how much likelier its rows are then."""
    rows = piece.cut_rows
    places: list[float] = []
    for _, at in sorted(weights(votes), reverse=True):
        if all(abs(at - other) > APART for other in places):
            places.append(at)
    found: list[tuple[float, Cut]] = []
    for at in places[:PLACES]:
        cut = Cut(at, None, setting.font, setting.inline)
        choices = _tried(rows[:SAMPLE], cut, language)
        for spread, many in ((HALFWAY, SAMPLE), (SHARP, MORE)):
            fitted = _fitted(choices, cut, spread, language)
            if fitted is None or fitted.cut.edge is None or fitted.share < POOR:
                break
            cut = fitted.cut
            choices = _tried(rows[:many], cut, language)
        found.append((sum(choice.gain if choice else -30.0 for choice in choices), cut))
    return max(found, key=lambda item: item[0], default=(0.0, None))


def _tried(rows: Sequence[Row], cut: Cut, language: Language) -> list[Choice | None]:
    return [choose(row, language, cut, thorough=False) for row in rows]


def _fitted(choices: Sequence[Choice | None], cut: Cut, spread: float, language: Language) -> Fit | None:
    """The cut that explains best where the lines of the rows with tails end, in the font of another."""
    ends: list[LineEnd] = []
    for choice in choices:
        if choice and choice.way.tails:
            search = choice.row.search(choice.way, language)
            ends.extend(line_ends(search, choice.reading, search.measure(cut.font), cut.inline))
    return fit(ends, cut.font, cut.inline, spread)


def _with_loss(rows: Sequence[Row], cut: Cut, language: Language) -> Cut:
    """The same cut with the share of tails that are lost in these rows."""
    lost, kept = LOST, KEPT
    for choice in _tried(rows, cut, language) if cut.spread < LOOSE else ():
        for line in choice.reading.lines if choice else ():
            lost += line.how in ("cut", "gap")
            kept += line.more > line.used
    return replace(cut, loss=math.log(lost / (lost + kept)))


def likely_cuts(search: Search, setting: Setting) -> Iterator[tuple[float, float]]:
    """Where lines of a cell may have been cut, by its words alone: (weight, width in ems).

    A place at which a tail reads well behind a head lies a line or more from the start of the text, and from the place
    of an earlier tail.
    """
    measure = search.measure(setting.font)
    reach = list(accumulate(measure.heads, initial=measure.indent(0, setting.inline) - measure.font.space))[1:]
    anchors = search.anchors()
    for anchor in anchors:
        at = reach[anchor.head] + sum(measure.bounds(anchor.how, anchor.head, anchor.tail)) / 2
        weight = min(anchor.gain, STRONG) / STRONG
        if anchor.tail == 0:
            yield from ((weight / lines, at / lines) for lines in (1, 2, 3))
        for other in anchors:
            if other.tail < anchor.tail and other.head < anchor.head:
                start = reach[other.head] + measure.font.space
                yield min(weight, other.gain / STRONG) / (anchor.tail - other.tail), at - start
