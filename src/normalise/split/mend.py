"""How a row reads once it is known where its table was cut: which words are whose, what is lost, what is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

from normalise.split.complete import LINKS
from normalise.split.geometry import LOSS, SHARP, Cut
from normalise.split.heads import Heads
from normalise.split.joins import UNSURE
from normalise.split.language import START, Language, context_after, token_word
from normalise.split.own import Parting
from normalise.split.place import place, place_roughly
from normalise.split.readings import PlacedLine, Reading
from normalise.split.search import Search

NBEST = 16
"""Readings of each way that are weighed by threes of words."""
HOPELESS = 14.0
"""A reading so far behind the best is not weighed again."""
CLEAR = 7.0
"""How far ahead of the next best reading the best must be, or a person is asked to look."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: line `at`, the words of its left cell, and the ways to part its right one.

    `number` is the number that was printed in front of the first word, whether it is still there or not.
    """

    at: int
    left: tuple[str, ...]
    ways: tuple[Parting, ...]
    number: str = ""
    searches: dict[tuple[str, ...], Search] = field(default_factory=dict, compare=False, repr=False)

    def search(self, way: Parting, language: Language) -> Search:
        """The search for one way, made once."""
        if way.tails not in self.searches:
            known = next(iter(self.searches.values()), None)
            heads = known.heads if known else Heads(self.left, language, self.number)
            self.searches[way.tails] = Search(heads, way.tails)
        return self.searches[way.tails]

    @property
    def has_tails(self) -> bool:
        """Whether the right cell holds words that are not its own, and can be parted from them."""
        return len(self.ways) > 1


CLOSE, LIKELY = 3.0, 1.0
"""A line that ends within so many ems of a cut whose place is known roughly may hide a loss, if the word behind it is
less than so much likelier (natural logarithms) there than by itself."""
BEFORE, BEHIND = 0.8, 0.45
"""The same, in ems left and right of a cut whose place is known to the letter: a line whose head ends elsewhere was not
cut between two words."""
LEAST_ROOM = 0.6
"""Ems that must be free behind it: a lost word takes that at least."""
LIMPS, MOST_ROOM = -3.4, 4.0
"""Something is lost between two words if the second is less likely behind the first than this, in natural logarithms
against the word by itself, plus the ems of room behind the line (to `MOST_ROOM`), less those to the cut, and less where
tails are seldom lost: true of eight in ten on the development plans."""
BREAKS, PHRASE = -0.85, 8
"""The same, by itself: a word completed before one that goes with it so badly was not all that is lost (`glasse
wind-down`: a comma is lost as well), unless one of them is a link word, or the paper prints the completed word so often
behind the one before it."""
SUPPLIED, ODD = -0.65, 1.5
"""The same, by itself: below the one a person should look at a supplied word, below the other at any line end there."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How a row is read: which words are whose, where the tails go.

    `margin` is how far that is ahead of the next best reading, in natural logarithms; `rival` is how that one parts the
    right cell. `suspects` are the words at line ends behind which something may be lost without a trace, and
    those with half a pair of brackets.
    """

    row: Row
    way: Parting
    reading: Reading
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
        return any(piece.supplied for piece in self.reading.pieces)

    @property
    def is_doubtful(self) -> bool:
        """Whether a person should look."""
        odd = any(piece.how in UNSURE for piece in self.reading.pieces)
        return odd or self.margin < CLEAR or self.has_gaps or bool(self.suspects or self.scraps)


@dataclass(frozen=True, slots=True)
class Trial:
    """A row as it is read to find out where its table was cut: the search for one way to part its cells, its lines.

    `gain` is how much likelier that is than the row as printed, in natural logarithms.
    """

    search: Search
    lines: tuple[PlacedLine, ...]
    gain: float


def trial(row: Row, language: Language, cut: Cut) -> Trial | None:
    """A row read in the better of the two likeliest ways to part its right cell; nothing is supplied."""
    best: Trial | None = None
    for way in row.ways[:2]:
        search = row.search(way, language)
        found = place_roughly(search, cut)
        gain = found[0] + way.score - search.heads.printed - row.ways[-1].score if found else 0.0
        if found and (best is None or gain > best.gain):
            best = Trial(search, found[1], gain)
    return best


def choose(row: Row, language: Language, cut: Cut) -> Choice | None:
    """The best way to read a row, all ways to part its right cell taken together."""
    found = [
        (reading.score + way.score, way, reading)
        for way in row.ways
        for reading in place(row.search(way, language), cut, NBEST)
    ]
    if not found:
        return None
    best = max(score for score, _, _ in found)
    found = [
        (score + by_threes(reading, language), way, reading) for score, way, reading in found if score > best - HOPELESS
    ]
    found.sort(key=lambda item: -item[0])
    score, way, reading = found[0]
    margin = score - found[1][0] if len(found) > 1 else 99.0
    rival = found[1][1] if len(found) > 1 else way
    reading, suspected = with_gaps(reading, language, cut)
    return Choice(row, way, reading, margin, rival, (*suspected, *unpaired(reading)), scraps(reading, way, language))


def by_threes(reading: Reading, language: Language) -> float:
    """How much likelier the words of a reading are by threes than by twos."""
    first, before, gain = START, START, 0.0
    for piece in reading.pieces:
        word = token_word(piece.text)
        if piece.lost:
            first, before = "", ""
        elif word:
            gain += language.log_triple(first, before, word) - language.log_pair(before, word)
            first, before = before, context_after(piece.text, word)
    return gain


def with_gaps(reading: Reading, language: Language, cut: Cut) -> tuple[Reading, tuple[str, ...]]:
    """A reading with gaps marked at line ends where whole words must be lost, and the words behind which some may be.

    The line must end at the cut, with room behind it, and what follows must not belong to the word.
    """
    suspected: list[str] = []
    pieces = list(reading.pieces)
    for at, (piece, following) in enumerate(pairwise(reading.pieces)):
        before, word = token_word(piece.text), token_word(following.text)
        if following.text.startswith("•") or not before or not word:
            continue
        first = token_word(pieces[at - 1].text) if at else START
        if piece.how == "completed":
            lean, is_phrase = language.lean(first, before, word), language.pairs[first, before] >= PHRASE
            is_loose = not is_phrase and before not in LINKS and word not in LINKS and following.text[0].isalnum()
            if is_loose and lean < BREAKS:
                pieces[at] = piece._replace(text=piece.joined[0], lost=True, joined=(), how="cut")
            elif lean < SUPPLIED:
                suspected.append(piece.text)
            continue
        if not piece.ends:
            continue
        if cut.edge is None or cut.spread > SHARP:
            near = abs(piece.ends - cut.at) < CLOSE
            if near and language.log_pair(before, word) - language.log_word(word) < LIKELY:
                suspected.append(piece.text)
            continue
        if not -BEFORE <= piece.ends - cut.at <= BEHIND or cut.edge - piece.ends < LEAST_ROOM:
            continue
        lean = language.lean(first, before, word)
        room = min(cut.edge - piece.ends, MOST_ROOM)
        limit = LIMPS + room - abs(piece.ends - cut.at) + min(0.0, cut.loss - LOSS)
        if lean and lean < limit and piece.text[-1].isalnum() and following.text[0].islower():
            pieces[at] = piece._replace(lost=True, how="gap")
        elif lean < ODD:
            suspected.append(piece.text)
    return replace(reading, pieces=tuple(pieces)), tuple(suspected)


def unpaired(reading: Reading) -> tuple[str, ...]:
    """The words with half a pair of brackets: the other half was lost, or a letter on the cut was read as this one.

    `a)`, `b)` and `12)` count items.
    """
    closed: list[str] = []
    opened: list[str] = []
    for text in (piece.text for piece in reading.pieces):
        for at, char in enumerate(text):
            if char == "(":
                opened.append(text)
            elif char == ")" and opened:
                opened.pop()
            elif char == ")" and at > 1 and not text[:at].isdigit():
                closed.append(text)
    return (*closed, *opened)


def scraps(reading: Reading, way: Parting, language: Language) -> tuple[str, ...]:
    """The tails that stand by themselves and are no words: their place is a guess."""
    apart = {piece.text for piece in reading.pieces if not piece.joined}
    return tuple(
        tail for tail in way.tails if tail in apart and token_word(tail) and not language.is_known(token_word(tail))
    )
