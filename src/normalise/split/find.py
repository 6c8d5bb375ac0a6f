"""Where the columns of a paper's tables were cut: one decision for all rows of the paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from normalise.split.geometry import FARTHEST, GONE, LOOSE, SHARP, Cut, Fit, LineEnd, fit, fit_edge
from normalise.split.language import Language
from normalise.split.mend import Choice, Row, Trial, choose, trial
from normalise.split.place import line_ends
from normalise.split.votes import APART, SETTINGS, Piece, Setting, Vote, likely_places, peak, votes

GAIN = 4.0
"""How much likelier (in natural logarithms) the rows of a table must be with their tails put back than as printed."""
PLACES, CLEARLY = 2, 2.0
"""Places that are tried for a piece; how many times the votes of the next one a place must have to be tried alone, if
the cut is found there to the letter."""
RIVALS, RIVAL = 2, 0.8
"""Settings that are tried; the share of the first one's votes that the second must have."""
SAMPLE, MORE = 5, 8
"""Rows that are tried to find out where the lines of a table were cut: roughly, and to the letter."""
HALFWAY = 0.3
"""Ems: the standard deviation of the cut while it is being looked for."""
POOR = -1.0
"""A font that explains each line end worse than that is not the right one, or the column was not set in lines."""
UNREAD = -30.0
"""What a row that can't be read at some place says about it."""
WRAPS = 0.9
"""What a line that ends as the width of the column wants it says for that width (natural logarithms)."""
SURELY = -4.0
"""No line speaks more against a width for all tables of a paper than that: some tables are still read wrongly."""
CLOSE, BLURRED = 10.0, 0.4
"""Places of which none explains a piece so much better (natural logarithms) are weighed again with the column's width:
at half the width there are twice as many line ends to please. What a line end costs where its width does not fit."""
LOST, KEPT = 0.6, 3.4
"""Tails that are taken for lost and for kept before any is counted."""


@dataclass(frozen=True, slots=True)
class Located:
    """A cut, and how well it explains the rows of a piece, in natural logarithms against the rows as printed.

    `ends` are where the lines of its rows end, read so; `lost` and `kept` count the tails of lines.
    """

    worth: float
    cut: Cut | None
    ends: tuple[LineEnd, ...] = ()
    lost: int = 0
    kept: int = 0

    @property
    def is_likely(self) -> bool:
        """Whether the rows read better so than as printed."""
        return self.cut is not None and self.worth > GAIN

    @property
    def is_sharp(self) -> bool:
        """Whether the lines say to the letter where the cut lies, and how wide the column is."""
        return self.is_likely and self.cut is not None and self.cut.edge is not None


NOWHERE = Located(0.0, None)


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

    A paper is set in one way, and its tables have columns of one width. Of the two ways in which the places where tails
    belong lie closest together, the one counts that explains the piece with most tails better.
    """
    if not any(piece.cut_rows for piece in pieces):
        return [None] * len(pieces)
    found = {setting: [votes(piece, setting, language) for piece in pieces] for setting in SETTINGS}
    peaks = {setting: sum(map(peak, found[setting])) for setting in SETTINGS}
    first, *others = sorted(SETTINGS, key=lambda setting: -peaks[setting])
    rivals = [first, *(other for other in others if peaks[other] >= RIVAL * peaks[first])][:RIVALS]
    searched = {setting: _Searched(pieces, found[setting], setting, language) for setting in rivals}
    if len(rivals) > 1:
        largest = max(range(len(pieces)), key=lambda at: (len(pieces[at].cut_rows), -at))
        rivals.sort(key=lambda setting: -searched[setting].roughly(largest).worth)
    places = searched[rivals[0]].located()
    return [_with_loss(place, place.cut) if place.cut and place.is_likely else None for place in places]


class _Searched:
    """The pieces of a paper in one setting, and where each was cut, roughly, as far as that was looked for."""

    def __init__(
        self, pieces: Sequence[Piece], found: Sequence[Sequence[Vote]], setting: Setting, language: Language
    ) -> None:
        self.pieces, self.found, self.setting, self.language = pieces, found, setting, language
        self.usual = [vote for piece in found for vote in piece]
        self.rough: dict[int, Located] = {}

    def located(self) -> list[Located]:
        """Where the pieces were cut: each by itself, then all with the width of column that they agree on."""
        rough = [self.roughly(at) for at in range(len(self.pieces))]
        edge = self._edge(rough)
        return rough if edge is None else [self._refined(at, place, edge) for at, place in enumerate(rough)]

    def roughly(self, at: int) -> Located:
        """Where a piece was cut, by its own rows alone."""
        if at not in self.rough:
            places = list(islice(likely_places(self.found[at], self.usual), PLACES))
            found = [self._near(at, place) for _, place in places[:1]]
            for weight, place in places[1:]:
                if not found[0].is_sharp or places[0][0] < CLEARLY * weight:
                    found.append(self._near(at, place))
            best = _best(found)
            rivals = [place for place in found if place.worth > best.worth - CLOSE]
            self.rough[at] = max(rivals, key=lambda place: self._alone(at, place)) if len(rivals) > 1 else best
        return self.rough[at]

    def _near(self, at: int, place: float) -> Located:
        """Where a piece was cut, somewhere near a place."""
        cut = Cut(place, None, self.setting.font, self.setting.inline)
        return _sharpened(self.pieces[at].cut_rows, cut, self.language)

    def _alone(self, at: int, place: Located) -> float:
        """How well a place explains a piece if its column is as wide as the lines of the piece say."""
        edge = self._edge([place])
        if edge is None or place.cut is None or place.cut.edge is not None:
            return place.worth
        cut = replace(place.cut, edge=edge, spread=HALFWAY)
        better = _sharpened(self.pieces[at].cut_rows, cut, self.language)
        return better.worth if better.cut else place.worth - BLURRED * len(place.ends)

    def _edge(self, places: Iterable[Located]) -> float | None:
        """The width of the column that explains best where the lines of all pieces end."""
        likely = [place for place in places if place.is_likely]
        ends = [end for place in likely for end in place.ends]
        if not ends:
            return None
        at = [place.cut.at for place in likely if place.cut]
        least, most = min(at), max(at)
        fitted = fit_edge(ends, least, most + FARTHEST, HALFWAY, SURELY)
        return fitted[0] if fitted else None

    def _refined(self, at: int, place: Located, edge: float) -> Located:
        """Where a piece was cut, its column being as wide as those of the others, if that explains it better."""
        rows = self.pieces[at].cut_rows
        if not rows:
            return place
        near = [vote for vote in self.found[at] if edge - FARTHEST < vote[1] <= edge]
        known = [place.cut.at] if place.cut else []
        many = 1 if place.cut and place.cut.edge is not None else PLACES
        others = (at for _, at in likely_places(near, self.usual) if all(abs(at - other) > APART for other in known))
        cuts = (
            Cut(at, edge, self.setting.font, self.setting.inline, HALFWAY)
            for at in islice(chain(known, others), many)
            if edge - FARTHEST < at <= edge
        )
        better = _best(_sharpened(rows, cut, self.language) for cut in cuts)
        return better if better.cut and (place.cut is None or better.worth > place.worth) else place


def _best(places: Iterable[Located]) -> Located:
    return max(places, key=lambda place: place.worth, default=NOWHERE)


def _sharpened(rows: Sequence[Row], cut: Cut, language: Language) -> Located:
    """A cut moved to where the line ends say that it is, first roughly, then to the letter.

    The rough one stays if no width of the column explains them; if a width is given that does not, there is none.
    """
    is_known = cut.edge is not None
    trials = _tried(rows[:SAMPLE], cut, language)
    for spread, many in ((SHARP, MORE),) if is_known else ((HALFWAY, SAMPLE), (SHARP, MORE)):
        fitted = _fitted(_ends(trials, cut), cut if is_known else replace(cut, edge=None), spread)
        if fitted is None or fitted.cut.edge is None or fitted.share < POOR:
            if is_known:
                return NOWHERE
            break
        cut = fitted.cut
        trials = _tried(rows[:many], cut, language)
    lines = [line for each in trials if each for line in each.lines]
    lost, kept = sum(line.how in GONE for line in lines), sum(line.more > line.used for line in lines)
    return Located(_worth(trials, cut), cut, tuple(_ends(trials, cut)), lost, kept)


def _tried(rows: Sequence[Row], cut: Cut, language: Language) -> list[Trial | None]:
    return [trial(row, language, cut) for row in rows]


def _ends(trials: Sequence[Trial | None], cut: Cut) -> list[LineEnd]:
    """Where the lines of the rows with tails end, in the font of a cut."""
    ends: list[LineEnd] = []
    for each in trials:
        if each and each.search.tails:
            ends.extend(line_ends(each.search, each.lines, each.search.measure(cut.font), cut.inline))
    return ends


def _fitted(ends: Sequence[LineEnd], cut: Cut, spread: float) -> Fit | None:
    """The cut that explains best where lines end, and the width of the column if that is not known."""
    fitted = fit(ends, cut, spread)
    if fitted is None or cut.edge is not None:
        return fitted
    found = fit_edge(ends, fitted.cut.at, fitted.cut.at + FARTHEST, spread)
    if found is None:
        return fitted
    edge, share = found
    whole = sum(end.line is not None for end in ends) / len(ends)
    return Fit(fitted.share + share * whole, replace(fitted.cut, edge=edge))


def _worth(trials: Sequence[Trial | None], cut: Cut) -> float:
    """How much likelier rows are with a cut than as printed.

    A narrow bell curve says more about a line end that lies in it than a wide one, and so does a known column.
    """
    worth = 0.0
    for each in trials:
        if each is None:
            worth += UNREAD
            continue
        worth += each.gain
        if each.search.tails:
            cut_lines = sum(line.more > line.used or line.how in GONE for line in each.lines)
            worth += math.log(LOOSE / cut.spread) * cut_lines
            if cut.edge is not None:
                worth += WRAPS * sum(line.more > line.used or line.how == "whole" for line in each.lines[:-1])
    return worth


def _with_loss(place: Located, cut: Cut) -> Cut:
    """The cut of a place with the share of tails that are lost there."""
    lost, kept = LOST, KEPT
    if cut.spread < LOOSE:
        lost, kept = lost + place.lost, kept + place.kept
    return replace(cut, loss=math.log(lost / (lost + kept)))
