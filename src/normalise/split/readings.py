"""One way to read a cell: its words, what they were made of, and how its lines ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from normalise.split.geometry import JOINED
from normalise.split.joins import GIVEN
from normalise.split.search import ENDLESS, Search


class Piece(NamedTuple):
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
        parts: list[str] = []
        for piece in self.pieces:
            parts += ("" if piece.is_tight else " ", piece.text, " …" if piece.lost else "")
        return "".join(parts)


def lines_of(chain: Any) -> tuple[PlacedLine, ...]:
    """The lines that a chain of steps makes, the last one outermost."""
    lines: list[PlacedLine] = []
    while chain:
        chain, step = chain
        lines.append(PlacedLine(*step))
    return tuple(reversed(lines))


def readings_of(search: Search, hypotheses: Iterable[tuple[float, Any]]) -> Iterator[Reading]:
    """The readings that chains of steps make of a cell: the first of each text."""
    heads = [Piece(token, is_tight=tight) for token, tight in zip(search.heads.tokens, search.heads.tight, strict=True)]
    tails = [Piece(token) for token in search.tails]
    seen: set[str] = set()
    for score, chain in hypotheses:
        lines = lines_of(chain)
        pieces: list[Piece] = []
        for line in lines:
            pieces += heads[line.start : line.end - 1]
            pieces += _at_end(search, line, heads[line.end - 1])
            pieces += tails[line.used + (line.how in JOINED) : line.more]
        reading = Reading(score, tuple(pieces), lines)
        text = reading.text
        if text not in seen:
            seen.add(text)
            yield reading


def _at_end(search: Search, line: PlacedLine, last: Piece) -> Iterator[Piece]:
    """What the last head of a line becomes, with the tail that joins it."""
    how, word = line.how, line.word
    if how in ("whole", "space"):
        yield last._replace(ends=line.width) if how == "whole" and line.end < len(search.heads.tokens) else last
    elif how == "blot":
        yield last._replace(text=last.text[:-1], lost=True, joined=(last.text,), how=how)
    elif how in ("cut", "gap"):
        yield last._replace(lost=True, how=how)
    elif how in ("completed", "restored", "closed"):
        yield last._replace(text=word, joined=(last.text,), how=how)
    elif how == "inserted":
        yield last
        yield Piece(word, how=how)
    elif how == "opened":
        yield last
        yield Piece(word, joined=(search.tails[line.used],), how=how)
    else:
        yield Piece(word, how in ENDLESS, (last.text, search.tails[line.used]), how, last.is_tight)
