"""One decision for a whole table: where its column was cut, and how every row of it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from normalise.split.language import START, Language, context_after, token_word
from normalise.split.own import Parting
from normalise.split.place import KEEP, Cut, Reading, likely_cuts, place
from normalise.split.search import TIGHT, Search

GAIN = 4.0
"""How much likelier (in natural logarithms) the rows of a table must be with their tails put back than as printed."""
CLEAR = 5.0
"""How far ahead of the next best reading the best must be, or a person is asked to look."""
NEAR = 0.9
"""Cuts of one table lie within this many ems of each other."""
NARROWEST = 4.0
"""Ems; no column of running text is narrower."""
MOST_CUTS = 4
"""Places that are tried."""
HOPELESS = 5.0
"""A place so far behind the best is given up before the width of the column is looked for."""
EDGE_STEP, EDGE_STEPS, EDGE_SLACK = 0.1, 65, 0.3
"""The column is looked for up to 6.4 ems right of the cut; widths whose likelihood differs less are as good."""
FEWEST_ENDS = 4
"""Lines that must tell of the column's width."""
SAMPLE = 5
"""Rows that are tried to find out where the lines of a table were cut."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: line `at`, the words of its left cell, and the ways to part its right one."""

    at: int
    left: tuple[str, ...]
    ways: tuple[Parting, ...]
    searches: dict[tuple[str, ...], Search] = field(default_factory=dict, compare=False, repr=False)

    def search(self, way: Parting, language: Language) -> Search:
        """The search for one way, made once."""
        if way.tails not in self.searches:
            self.searches[way.tails] = Search(self.left, way.tails, language)
        return self.searches[way.tails]

    @property
    def has_tails(self) -> bool:
        """Whether the right cell holds words that are not its own, and can be parted from them."""
        return len(self.ways) > 1


CLOSE = 3.0
"""Ems from the cut within which a whole line end may hide a loss."""
LIKELY = 1.0
"""How much likelier a word must be behind another than by itself, for a line end between them to need no look."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a row is read: which words are whose, where the tails go.

    `gain` is how much likelier that is than the row as printed, `margin` how far it is ahead of the next best reading,
    both in natural logarithms; `rival` is how that parts the right cell. `suspects` are the words at line ends behind
    which something may be lost without a trace.
    """

    row: Row
    way: Parting
    reading: Reading
    gain: float
    margin: float
    rival: Parting
    suspects: tuple[str, ...] = ()
    scraps: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether the row reads otherwise than it is printed."""
        return bool(self.way.tails) or self.has_gaps or self.is_filled

    @property
    def has_gaps(self) -> bool:
        """Whether text is missing."""
        return any(piece.lost for piece in self.reading.pieces)

    @property
    def is_filled(self) -> bool:
        """Whether characters were supplied in a gap."""
        return any(piece.how in ("completed", "inserted") for piece in self.reading.pieces)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look."""
        odd = any(piece.how in ("garbled", "misread", "unknown") for piece in self.reading.pieces)
        return odd or self.margin < CLEAR or self.has_gaps or bool(self.suspects or self.scraps)


def mend_rows(rows: Sequence[Row], table: Sequence[Row], language: Language) -> Iterator[Choice]:
    """Read all rows of a piece of a table whose left column was cut.

    `table` holds all rows of the table: where another piece was cut, this one may have been too. Yields the rows that
    change or that a person should look at.
    """
    cut = find_cut(rows, table, language)
    if cut is None:
        return
    for row in rows:
        choice = choose(row, language, cut)
        if choice and (choice.changes or choice.is_doubtful or row.has_tails):
            yield choice


def find_cut(rows: Sequence[Row], table: Sequence[Row], language: Language) -> Cut | None:
    """Where the lines of a table were cut: the width that explains the rows with tails best.

    The candidates are the widths at which, by its words, a row's first tail may belong; a line before it may be whole
    or have lost its tail, so halves and thirds of them count too. None if no place makes the rows read better.
    """
    cut_rows = [row for row in rows if row.has_tails]
    if not cut_rows:
        return None
    places: list[float] = []
    for row in (row for row in table if row.has_tails):
        for way in row.ways[:3]:
            for gain, at in likely_cuts(row.search(way, language))[:3]:
                if gain > 0:
                    places.extend((at, at / 2, at / 3))
    places = [at for at in places if at > NARROWEST]
    votes = sorted(((sum(abs(at - other) < NEAR for other in places), at) for at in places), reverse=True)
    tried: list[float] = []
    for _, at in votes:
        if all(abs(at - other) > NEAR / 2 for other in tried):
            tried.append(at)
    best: tuple[float, Cut] | None = None
    for at in tried[:MOST_CUTS]:
        near = [other for other in places if abs(at - other) < NEAR]
        cut = Cut(sum(near) / len(near))
        gain, choices = _tried(cut_rows, language, cut)
        if best is not None and gain < best[0] - HOPELESS:
            continue
        edge = _edge(choices, cut.at)
        gain, choices = _tried(cut_rows, language, Cut(cut.at, edge))
        if best is None or gain > best[0]:
            best = gain, _refined(choices, Cut(cut.at, edge))
    return best[1] if best and best[0] > GAIN else None


def _tried(rows: Sequence[Row], language: Language, cut: Cut) -> tuple[float, list[Choice]]:
    """How much likelier some rows become with a cut, and how those read then that get tails."""
    choices = [choose(row, language, cut, thorough=False) for row in rows[:SAMPLE]]
    gain = sum(choice.gain if choice else -30.0 for choice in choices)
    return gain, [choice for choice in choices if choice and choice.way.tails]


def _refined(choices: Sequence[Choice], cut: Cut) -> Cut:
    """The same cut at the mean of the widths at which it was found."""
    cuts = [at for choice in choices for at in choice.reading.cuts]
    if not cuts:
        return cut
    at = sum(cuts) / len(cuts)
    return Cut(at, _edge(choices, at))


def _edge(choices: Sequence[Choice], at: float) -> float | None:
    """How wide the column was, by where the lines of some rows end; None if they are too few to say.

    A line has no room for the word that begins the next one. The middle of the widths that explain the lines equally
    well is taken.
    """
    ends = [end for choice in choices for end in choice.reading.ends]
    if len(ends) < FEWEST_ENDS:
        return None
    edges = [at + step * EDGE_STEP for step in range(EDGE_STEPS)]
    fits = [sum(Cut(at, edge).wraps(line, following) for line, following in ends) for edge in edges]
    first = last = fits.index(max(fits))
    while last + 1 < len(fits) and fits[last + 1] > fits[first] - EDGE_SLACK:
        last += 1
    return (edges[first] + edges[last]) / 2


def choose(row: Row, language: Language, cut: Cut, *, thorough: bool = True) -> Choice | None:
    """The best way to read a row, all ways to part its right cell taken together.

    To find out where a table was cut it need not be thorough: the best readings do, and nothing is supplied.
    """
    ways = row.ways if thorough or len(row.ways) < 4 else (*row.ways[:2], row.ways[-1])
    keep = KEEP if thorough else 1
    found = [
        (reading.score + way.score, way, reading)
        for way in ways
        for reading in place(row.search(way, language), cut, fill=thorough, keep=keep)[:2]
    ]
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    score, way, reading = found[0]
    margin = score - found[1][0] if len(found) > 1 else 99.0
    as_printed = natural(row.left, language) + row.ways[-1].score
    rival = found[1][1] if len(found) > 1 else way
    return Choice(
        row,
        way,
        reading,
        score - as_printed,
        margin,
        rival,
        suspects(reading, language, cut),
        scraps(reading, way, language),
    )


def scraps(reading: Reading, way: Parting, language: Language) -> tuple[str, ...]:
    """The tails that stand by themselves and are no words: their place is a guess."""
    apart = {piece.text for piece in reading.pieces if not piece.joined}
    return tuple(
        tail for tail in way.tails if tail in apart and token_word(tail) and not language.is_known(token_word(tail))
    )


def suspects(reading: Reading, language: Language, cut: Cut) -> tuple[str, ...]:
    """The words at line ends behind which something may be lost.

    The line must end near the cut, and what follows must not belong to the word.
    """
    found = []
    for piece, following in pairwise(reading.pieces):
        if piece.ends and abs(piece.ends - cut.at) < CLOSE and not following.text.startswith("•"):
            first, second = token_word(piece.text), token_word(following.text)
            if first and second and language.log_pair(first, second) - language.log_word(second) < LIKELY:
                found.append(piece.text)
    return tuple(found)


def natural(words: Sequence[str], language: Language) -> float:
    """Log likelihood of words read one after the other."""
    score, context = 0.0, START
    for token in words:
        word = token_word(token.removeprefix(TIGHT))
        if word:
            score += language.log_pair(context, word)
        context = context_after(token, word)
    return score
