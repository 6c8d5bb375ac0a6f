"""Glyphs to words, words to lines, one direction of writing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from extract.pdf.page import Glyph
from extract.pdf.symbols import is_right_to_left
from extract.pdf.turn import turned_glyph
from extract.raised import raised

GAP = 0.16
"""Ems between two glyphs that part words. Word spaces are 0.25 em, down to 0.18 where lines are justified; kerning and
letter spacing stay below 0.12."""
BACK = 0.5
"""Ems by which a glyph may begin before the end of the last one; further back, another word begins."""
LEVEL = 0.12
"""Ems by which the baselines of one row of glyphs may differ."""
SAME_LINE = 0.3
"""Ems by which the baselines of the words of one line may differ."""
SMALL = 0.86
"""A raised mark is at most so much of the size of the text beside it."""
DOUBLED = 0.12
"""Ems by which the second strike of a doubled glyph (fake bold) is moved."""


_BASELINE = attrgetter("baseline")


class Word(NamedTuple):
    """Glyphs without a gap. Raised characters stand in `text` as Unicode superscripts."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    angle: int
    glyphs: tuple[Glyph, ...]


class TextLine(NamedTuple):
    """The words on one baseline over the whole width of the page, from left to right: two columns give one line."""

    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    angle: int

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join([word.text for word in self.words])

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)


def line_of(words: Sequence[Word]) -> TextLine:
    """Words that stand on one line, in order."""
    _, x0s, tops, x1s, bottoms, _, sizes, _, angles, _ = zip(*words, strict=True)
    chief, size = words[0], sizes[0]
    if sizes.count(size) < len(sizes):
        chief = max(words, key=lambda word: (word.size, len(word.text)))
        size = median([word.size for word in words for _ in word.text])
    return TextLine(tuple(words), min(x0s), min(tops), max(x1s), max(bottoms), chief.baseline, size, angles[0])


def read_lines(glyphs: Sequence[Glyph]) -> tuple[TextLine, ...]:
    """The lines that glyphs of one page make, from top to bottom; those that do not run from left to right come last.

    Lines in other directions keep their boxes on the page; their words stand in the order of reading.
    """
    angles = sorted({glyph.angle for glyph in glyphs})
    return tuple(line for angle in angles for line in _lines(glyphs, angle))


def _lines(glyphs: Iterable[Glyph], angle: int) -> Iterator[TextLine]:
    here = [glyph for glyph in glyphs if glyph.angle == angle]
    if angle == 0:
        yield from _upright_lines(here)
    elif angle % 90 == 0:
        for line in _upright_lines([turned_glyph(glyph, angle) for glyph in here]):
            yield line_of([_word([turned_glyph(glyph, -angle) for glyph in word.glyphs]) for word in line.words])
    else:  # slanting text, as in the labels of a chart: in the order in which it is drawn
        words = list(_words(here, in_order=False))
        if words:
            yield line_of(words)


def _upright_lines(glyphs: Sequence[Glyph]) -> Iterator[TextLine]:
    rows = [list(_words(sorted(row, key=attrgetter("x0")))) for row in _rows(glyphs)]
    lines: list[list[Word]] = []
    for row in rows:
        if not row:
            continue
        if lines and _belongs(lines[-1], row):
            lines[-1] = _merged(lines[-1], row)
        else:
            lines.append(row)
    return (line_of(words) for words in lines)


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs on one baseline, from top to bottom."""
    row: list[Glyph] = []
    for baseline, group in groupby(sorted(glyphs, key=_BASELINE), key=_BASELINE):
        level = list(group)
        if row and baseline - row[0].baseline > LEVEL * min(level[0].size, row[0].size):
            yield row
            row = []
        row += level
    if row:
        yield row


def _words(row: Iterable[Glyph], *, in_order: bool = True) -> Iterator[Word]:
    """Part a row of glyphs at its gaps and white space; what is struck twice is taken once."""
    word: list[Glyph] = []
    end, last_em = 0.0, 0.0
    for glyph in row:
        text, x0, _, x1, _, size, _, _, _, _, _ = glyph  # as a tuple: this is done for every character of a paper
        if text.isspace():
            if word:
                yield _word(word)
                word = []
            continue
        if word and in_order:
            em = size if size < last_em else last_em
            if text == word[-1].text and x0 - word[-1].x0 < DOUBLED * em < x1 - x0:
                word[-1] = word[-1]._replace(bold=True)
                continue
            if not -BACK * em <= x0 - end <= GAP * em:
                yield _word(word)
                word = []
        word.append(glyph)
        end, last_em = x1, size
    if word:
        yield _word(word)


def _word(glyphs: Sequence[Glyph], text: str | None = None) -> Word:
    texts, x0s, tops, x1s, bottoms, *_ = zip(*glyphs, strict=True)
    first = glyphs[0]
    return Word(
        _in_reading_order("".join(texts)) if text is None else text,
        min(x0s),
        min(tops),
        max(x1s),
        max(bottoms),
        first.baseline,
        first.size,
        first.bold,
        first.angle,
        tuple(glyphs),
    )


def _in_reading_order(text: str) -> str:
    """The characters of a word in the order in which they are read, of which `text` is the order from the left."""
    is_reversed = not text.isascii() and all(map(is_right_to_left, text))
    return text[::-1] if is_reversed else text


def _belongs(line: Sequence[Word], row: Sequence[Word]) -> bool:
    """Whether a row of glyphs stands on the line above it: nearly the same baseline, or one of them is raised."""
    drop = row[0].baseline - line[0].baseline
    large, small = max(line[0].size, row[0].size), min(line[0].size, row[0].size)
    if small <= SMALL * large and drop < 0.7 * large:
        return _fits(line, row)
    return drop <= SAME_LINE * small and _fits(line, row)


def _fits(line: Sequence[Word], row: Sequence[Word]) -> bool:
    """Whether the words of two rows stand beside each other, none over another."""
    both = sorted([*line, *row], key=attrgetter("x0"))
    return all(b.x0 - a.x1 > -0.3 * min(a.size, b.size) for a, b in pairwise(both))


def _merged(line: Sequence[Word], row: Sequence[Word]) -> list[Word]:
    """The words of two rows as one line, raised marks joined to the words that they belong to."""
    words: list[Word] = []
    for word in sorted([*line, *row], key=attrgetter("x0")):
        before = words[-1] if words else None
        if before is not None and word.x0 - before.x1 <= GAP * max(word.size, before.size):
            if _is_raised(word, before):
                words[-1] = _joined(before, word, before.text + raised(word.text), before)
                continue
            if _is_raised(before, word):
                words[-1] = _joined(before, word, raised(before.text) + word.text, word)
                continue
        words.append(word)
    return words


def _is_raised(mark: Word, word: Word) -> bool:
    """Whether one word is a raised mark of the other."""
    return mark.size <= SMALL * word.size and 0.12 * word.size <= word.baseline - mark.baseline <= 0.7 * word.size


def _joined(one: Word, other: Word, text: str, chief: Word) -> Word:
    joined = _word((*one.glyphs, *other.glyphs), text)
    return joined._replace(baseline=chief.baseline, size=chief.size, bold=chief.bold)
