"""One way to read a cell: its words, what they were made of, and how its lines ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from normalise.split.geometry import JOINED
from normalise.split.joins import GIVEN
from normalise.split.search import ENDLESS, Search


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

    @property
    def supplied(self) -> tuple[int, int] | None:
        """From where to where the characters of the word are printed nowhere; None if all are."""
        if self.how == "inserted":
            return 0, len(self.text)
        if self.how == "completed":
            return len(self.joined[0]), len(self.text)
        if self.how == "restored":
            return len(self.joined[0]) - 1, len(self.text)
        if self.how == "opened":
            return 0, 1
        if self.how in GIVEN:
            letter = len(self.joined[0]) - (not self.text.startswith(self.joined[0]))
            return letter, letter + 1
        return None


class PlacedLine(NamedTuple):
    """One line of a reading: heads from `start` to `end`; `how` it ended; tails from `used` to `more` follow it.

    `word` is what the tail and the last head make, `width` that of the heads in ems.
    """

    start: int
    end: int
    how: str
    word: str
    used: int
    more: int
    width: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a cell: how likely it is, its words, and how its lines ended."""

    score: float
    pieces: tuple[Piece, ...]
    lines: tuple[PlacedLine, ...]

    @property
    def text(self) -> str:
        """The reading in one line; an ellipsis stands for what is lost."""
        return "".join(
            ("" if piece.is_tight else " ") + piece.text + (" …" if piece.lost else "") for piece in self.pieces
        )


def reading_of(search: Search, score: float, chain: Any) -> Reading:
    """The reading that a chain of steps, the last one outermost, makes of a cell."""
    steps: list[tuple[int, int, str, str, int, int, float]] = []
    while chain:
        chain, step = chain
        steps.append(step)
    steps.reverse()
    pieces: list[Piece] = []
    for start, end, how, word, used, more, line in steps:
        heads, tight = search.heads, search.tight
        pieces.extend(Piece(heads[i], is_tight=tight[i]) for i in range(start, end - 1))
        last, close = heads[end - 1], tight[end - 1]
        if how in ("whole", "space"):
            pieces.append(Piece(last, is_tight=close, ends=line if how == "whole" and end < len(heads) else 0.0))
        elif how == "blot":
            pieces.append(Piece(last[:-1], lost=True, joined=(last,), how=how, is_tight=close))
        elif how in ("cut", "gap"):
            pieces.append(Piece(last, lost=True, how=how, is_tight=close))
        elif how in ("completed", "restored"):
            pieces.append(Piece(word, joined=(last,), how=how, is_tight=close))
        elif how == "inserted":
            pieces.extend((Piece(last, is_tight=close), Piece(word, how=how)))
        elif how == "closed":
            pieces.append(Piece(word, joined=(last,), how=how, is_tight=close))
        elif how == "opened":
            pieces.extend((Piece(last, is_tight=close), Piece(word, joined=(search.tails[used],), how=how)))
        else:
            pieces.append(Piece(word, how in ENDLESS, (last, search.tails[used]), how, close))
        first = used + (how in JOINED)
        pieces.extend(Piece(token) for token in search.tails[first:more])
    return Reading(score, tuple(pieces), tuple(PlacedLine(*step) for step in steps))


def distinct(readings: Iterable[Reading]) -> Iterator[Reading]:
    """The first reading of each text."""
    seen: set[str] = set()
    for reading in readings:
        text = reading.text
        if text not in seen:
            seen.add(text)
            yield reading
