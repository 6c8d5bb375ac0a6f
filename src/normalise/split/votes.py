"""Where a piece of a table may have been cut, by the words of its rows alone, before any row is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from normalise.split.language import Language
from normalise.split.mend import Row
from normalise.split.search import Search
from normalise.split.widths import HELVETICA, TIMES, Font

NEAR, APART = 0.3, 0.7
"""Ems: places of a cut that support each other, and that are tried one beside the other."""
AROUND = 2.5
"""Ems: how far apart the cuts of one paper's tables lie, mostly."""
ALONE = 0.3
"""The share of a place's weight that does not depend on the other tables of the paper."""
NARROWEST = 4.0
"""Ems; no column of running text is narrower."""
STRONG = 10.0
"""A place so much likelier than any other (natural logarithms) has a whole vote."""
ELSEWHERE = 0.3
"""The weight of votes of the same table's other pieces."""

Vote = tuple[float, float]
"""A weight, and a width in ems."""


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


def votes(piece: Piece, setting: Setting, language: Language) -> list[Vote]:
    """Where lines may have been cut, by the words of the rows with tails."""
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


def weights(found: Sequence[Vote], places: Sequence[float], near: float = NEAR) -> list[float]:
    """How many votes lie near each of some places."""
    found = sorted(found, key=lambda vote: vote[1])
    widths = [at for _, at in found]
    sums = [0.0, *accumulate(weight for weight, _ in found)]
    return [sums[bisect_left(widths, at + near)] - sums[bisect_left(widths, at - near)] for at in places]


def peak(found: Sequence[Vote]) -> float:
    """How many votes lie at most near one place."""
    return max(weights(found, [at for _, at in found]), default=0.0)


def likely_places(found: Sequence[Vote], usual: Sequence[Vote]) -> Iterator[Vote]:
    """Where a piece may have been cut, best first, each well apart from those before.

    `usual` are the votes of all pieces of the paper, these ones among them: the tables of a paper have the same
    columns, so where the others were cut, this one is likelier to be cut than at twice or half that width. Each place
    comes with the weight of its votes.
    """
    places = [at for _, at in found]
    all_around, own = weights(usual, places, AROUND), weights(found, places, AROUND)
    others = [max(0.0, both - one) for both, one in zip(all_around, own, strict=True)]
    most = max(others, default=0.0) or 1.0
    scores = [weight * (other / most + ALONE) for weight, other in zip(weights(found, places), others, strict=True)]
    taken: list[float] = []
    for weight, at in sorted(zip(scores, places, strict=True), reverse=True):
        if all(abs(at - other) > APART for other in taken):
            taken.append(at)
            yield weight, at


def likely_cuts(search: Search, setting: Setting) -> Iterator[Vote]:
    """Where lines of a cell may have been cut, by its words alone.

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
