"""Where the cells of a flattened header row begin: by capitals, units, connecting words and the paper's own phrases."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalise.flat.tokens import TextLine, Token

# Rough log odds that a header cell begins at a word, and that none does, set by hand.
_CAPITAL, _CAPITAL_CONNECTS, _FIGURE, _SMALL, _BRACKET = 1.0, 0.3, 0.2, -3.5, -2.5
_CONNECTED, _LOOSELY, _AFTER_UNIT, _BEFORE_UNIT, _OPENING_UNIT = -3.0, -2.0, 0.8, -1.5, 1.0
_PHRASE, _SAME_WORD, _UNCUT_SAME = -1.5, 0.6, -0.2
_BREAK, _BREAK_CAPITAL, _BREAK_LETTERS = -2.5, -1.8, -0.6
_UNCUT_CAPITAL, _AFTER_FIGURE, _UNCUT_AFTER_UNIT = -0.8, 1.0, -0.8
# The first cell with a further capital; each word that a cell has had before one; a bracket closed before one.
_MERGE_FIRST, _MERGE_LONG, _MERGE_CLOSED = 0.5, -0.1, -0.6

_CONNECTS = frozenset("of and for the or than a an & / - – — + per vs v".split())
# These may end a name: `Treated as`, `Paid by`.
_MAY_END = frozenset("in to by at as on with from under over".split())
_UNIT = re.compile(
    r"\(?(?:[£€$] ?['’‘]?(?:000s?|k|m|mn|bn|million)?|[£€$]['’‘]000s?|['’‘]?000s?|%|no\.?|nos\.?|ftes?|#)\)?", re.I
)
_PLAIN = re.compile(r"[^a-z0-9%£€$&/]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a header; `token` is None for a blank cell that left only its spaces. `breaks`: it begins a line."""

    line: TextLine
    token: Token | None
    breaks: bool = False

    @property
    def text(self) -> str:
        """What is printed; empty for a blank cell."""
        return self.token.text if self.token else ""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut some words into cells: where each cell begins, the end of the words last; and how likely."""

    score: float
    bounds: tuple[int, ...]

    @property
    def cells(self) -> tuple[tuple[int, int], ...]:
        """The half-open ranges of words that are cells."""
        return tuple(pairwise(self.bounds))


def words_of(lines: Iterable[TextLine]) -> tuple[Word, ...]:
    """The words of a header row that stands on some lines; runs of spaces are blank cells."""
    found: list[Word] = []
    for number, line in enumerate(lines):
        for place, token in enumerate(line.tokens):
            blanks = (token.gap + 1) // 2 if place == 0 else token.gap // 2
            found += [Word(line, None)] * (blanks if number == 0 or place else 0)
            found.append(Word(line, token, breaks=number > 0 and place == 0))
        found += [Word(line, None)] * ((line.trail + 1) // 2)
    return tuple(found)


def is_unit(text: str) -> bool:
    """Whether a word names a unit and nothing else: `£000`, `(£m)`, `%`, `No.`."""
    return _UNIT.fullmatch(text) is not None


def phrases(texts: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs of words that a paper prints next to each other in its running text."""
    found: set[tuple[str, str]] = set()
    for text in texts:
        found.update(pairwise(fold(word) for word in text.split()))
    return frozenset(found)


def fold(text: str) -> str:
    """A word in small letters, without marks around it."""
    return _PLAIN.sub("", text.casefold())


def cuts(words: Sequence[Word], most: int, known: Collection[tuple[str, str]]) -> dict[int, tuple[Cut, ...]]:
    """The two likeliest ways to cut some words into each number of cells, up to `most`."""
    if not words:
        return {}
    seen = [fold(word.text) for word in words]
    kept: dict[int, list[Cut]] = {1: [Cut(0.0, (0,))]}
    for place in range(1, len(words)):
        begin, go_on = _odds(words, place, known, seen)
        after: dict[int, list[Cut]] = {}
        for count, found in kept.items():
            for cut in found:
                if go_on is not None:
                    merged = _merge_odds(words, cut.bounds[-1], place) if go_on < 0 else 0.0
                    after.setdefault(count, []).append(Cut(cut.score + go_on + merged, cut.bounds))
                if begin is not None and count < most:
                    after.setdefault(count + 1, []).append(Cut(cut.score + begin, (*cut.bounds, place)))
        kept = {count: sorted(found, key=lambda c: (-c.score, c.bounds))[:2] for count, found in after.items()}
    end = len(words)
    return {count: tuple(Cut(c.score, (*c.bounds, end)) for c in found) for count, found in sorted(kept.items())}


def _odds(
    words: Sequence[Word], place: int, known: Collection[tuple[str, str]], seen: Sequence[str]
) -> tuple[float | None, float | None]:
    """How likely a cell begins at a word, and how likely none does; None if that can't be."""
    before, here = words[place - 1], words[place]
    if before.token is None or here.token is None:
        return 0.0, None
    text = here.text
    begins_unit = text[0] in "%£€$#" and place + 1 < len(words) and words[place + 1].text[:1].islower()
    begin, go_on = 0.0, 0.0
    if begins_unit:
        begin, go_on = _OPENING_UNIT, _UNCUT_CAPITAL
    elif is_unit(text):
        begin = 0.5 if is_unit(before.text) else _BEFORE_UNIT
        go_on = -2.0 if is_unit(before.text) else 0.0
    elif text[0] in "(+":
        begin = _BRACKET
    elif text[0].islower():
        begin = _SMALL
    elif text[0].isdigit():
        after_figure = _AFTER_FIGURE if before.text[0].isdigit() else 0.0
        begin, go_on = _FIGURE + after_figure, -after_figure
    elif text.casefold() in _CONNECTS | _MAY_END:
        begin = _CAPITAL_CONNECTS
    else:
        begin, go_on = _CAPITAL, _UNCUT_CAPITAL
    if before.text.casefold() in _CONNECTS or text in _CONNECTS or text in _MAY_END:
        begin += _CONNECTED
        go_on = 0.0
    elif before.text.casefold() in _MAY_END:
        begin += _LOOSELY
        go_on = 0.0
    elif is_unit(before.text) and text[0].isupper():
        begin += _AFTER_UNIT
        go_on += _UNCUT_AFTER_UNIT
    if (seen[place - 1], seen[place]) in known:
        begin += _PHRASE
    is_again = begin > 0 and seen.count(seen[place]) > 1
    if is_again:
        begin, go_on = begin + _SAME_WORD, go_on + _UNCUT_SAME
    if here.breaks:
        return begin + _BREAK, _across(text) + (_UNCUT_SAME if is_again else 0.0)
    return begin, go_on


def _merge_odds(words: Sequence[Word], low: int, place: int) -> float:
    """How likely the cell that begins at `low` goes on at a word that could begin one, next to other cells that do.

    The name of the labels at the left may have several capitals (`Crown Court`, `Head of Service`); a longer one and
    one that ends with a unit in brackets are complete.
    """
    if low == 0:
        return _MERGE_FIRST
    closed = words[place - 1].text.endswith(")")
    return _MERGE_LONG * (place - low - 1) + (_MERGE_CLOSED if closed else 0.0)


def _across(text: str) -> float:
    """How likely a cell goes on across a line break with such a word."""
    if not text[0].isupper() or is_unit(text):
        return 0.0
    return _BREAK_LETTERS if text.isupper() else _BREAK_CAPITAL


def unit_cells(line: TextLine) -> int:
    """How many cells a line has that holds units and nothing else; 0 for any other line."""
    words = words_of([line])
    return len(words) if all(word.token is None or is_unit(word.text) for word in words) else 0


def ends_open(words: Sequence[Word]) -> bool:
    """Whether some words want another one behind them: `Spend to`."""
    return bool(words) and (words[-1].text in _CONNECTS or words[-1].text == "to")


def lines_of(words: Sequence[Word]) -> Iterator[tuple[TextLine, list[Token]]]:
    """Some words, line by line."""
    held: list[Token] = []
    line: TextLine | None = None
    for word in words:
        if word.token is None:
            continue
        if line is not None and word.line is not line:
            yield line, held
            held = []
        line = word.line
        held.append(word.token)
    if line is not None:
        yield line, held
