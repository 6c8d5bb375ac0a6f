"""Runs of words without a wide gap, and what they look like."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.words import GAP, TextLine, Word

WIDE = 0.55
"""Ems of white that part two chunks: twice a word space. Justified lines have more, but never at one place."""
PITCH = 0.9
"""Of the advance of a type of fixed width, by which a gap has to be wider than one space."""
LEAST = 0.33
"""Ems of white that may do so, at least, where other words of the line stand closer: a space is 0.25 to 0.35 em."""
SPACED = 1.25
"""Times the space between two words, from which on white is more than a space."""
EVEN = 1.3
"""Times the least white between the words of a justified line, that the most is at most."""
JUSTIFIED = 6
"""Spaces between the words of a line, at least, that show by themselves that it is justified."""
LONGEST = 40
"""Characters of a figure, at most: a range of two long ones."""
STROKE = 8
"""Dashes in a row that are a rule, at least."""
_STROKE = frozenset("-_=—–─━ ")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃ-ᶻⁱⁿ*†‡§¶]+")
_FIGURE = re.compile(
    r"[(\[<>≤≥~±+−–—\-£$€¥]{0,4}\s?(?:[A-Z]{2,3}\s?)?[.,]?"  # signs, currency
    r"\d[\d.,:/'’ –−-]*"
    r"\s?(?:%|[kKmMbB]n?|million|billion|[RrPpEe])?[)\]%]{0,2}"  # scale; revised, provisional, estimated
    r"(?:\s[(\[][<>+−–-]?\d[\d.,:;%/ –−-]*[)\]])?"  # a share or an interval
)
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:[-–/](?:\d\d|(?:19|20)\d\d))?")
_UNIT = re.compile(r"\(?[£$€]\s?000s?\)?")
_SIGN = re.compile(r"[-–—−:.…#]{1,4}|[nN]/?[aA]|[nN]/?[kK]|[nN]il|[xX✓✗●○■□]")
_SENTENCE = (".", ":", ";", "?", "!")
_LEADERS = frozenset(".…·_")
_ENDS = frozenset("0123456789%)")
_LEADER = re.compile(r"[.…·_ ]{3,}$|^[.…·_]+$")
_WHOLE = re.compile(r"[(+−–-]?[£$€]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{4,})%?\)?")
_POINTED = re.compile(r"[(+−–-]?[£$€]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)%?\)?")
_TRIAD = re.compile(r"\d{3}(?!\d)")
_DOT = frozenset("•●▪◦·○■□❖➢✓")
_BULLET = re.compile(r"[•●▪◦·○■□❖➢✓–—-]|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]")


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Words of one line that stand close together. `line` is the number of the line among those looked at."""

    words: tuple[Word, ...]
    line: int
    x0: float
    x1: float
    text: str
    is_value: bool

    @property
    def is_bold(self) -> bool:
        """Whether all words are bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One line of text as chunks. `at` is its number; `has_value` says that a chunk behind the first is a value."""

    at: int
    chunks: tuple[Chunk, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    has_value: bool

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(chunk.text for chunk in self.chunks)


def chunk_of(words: Sequence[Word], line: int) -> Chunk:
    """Words as a chunk; it is a value if it's a figure or stands for one: a dash, `n/a`."""
    text = " ".join(word.text for word in words)
    return Chunk(tuple(words), line, words[0].x0, words[-1].x1, text, is_value(text))


def is_value(text: str) -> bool:
    """Whether a text is a figure, or a sign that stands for one; `£000` is a unit.

    >>> [is_value(text) for text in ("1,234²", "(12.5)", "£1.2m", "–", "2004/05", "9 (12%)", "12 of 30", "£000")]
    [True, True, True, True, True, True, False, False]
    """
    if len(text) > LONGEST or _UNIT.fullmatch(text):
        return False
    bare = _RAISED.sub("", text).strip() or "-"
    return bool(_FIGURE.fullmatch(bare) or _SIGN.fullmatch(bare))


def is_nil_sign(text: str) -> bool:
    """Whether a text stands for a figure that is not there: `n/a`, `N/K`, a dash."""
    return bool(_SIGN.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether a text is a year or two: a heading rather than a figure.

    >>> [is_year(text) for text in ("2004", "2004/05", "FY 2004", "1,204", "£2004")]
    [True, True, True, False, False]
    """
    return bool(_YEAR.fullmatch(text))


def has_figure(row: Row) -> bool:
    """Whether a value stands behind the first chunk of a line that is not a mere year."""
    return any(chunk.is_value and not is_year(chunk.text) for chunk in row.chunks[1:])


def is_leader(text: str) -> bool:
    """Whether a word is nothing but dots or strokes that lead the eye."""
    return bool(_LEADER.match(text)) and len(text) > 1


def is_stroke(text: str) -> bool:
    """Whether a text is a rule that is typed: a row of dashes or underscores."""
    return len(text) >= STROKE and _STROKE.issuperset(text)


def is_bullet(text: str) -> bool:
    """Whether a text is a list mark and nothing else."""
    return bool(_BULLET.fullmatch(text))


def row_of(at: int, line: TextLine, cuts: Sequence[float] = ()) -> Row:
    """A line as chunks; they are parted at wide gaps, between two figures, and at the given places, in order.

    Without such places, the words of a justified line stay together however far apart they are.
    """
    if not cuts and _is_close(line):
        return with_chunks(at, line, [chunk_of(line.words, at)])
    least = wide_gap(line)
    runs: list[list[Word]] = []
    justified = frozenset[int]() if cuts else _justified(line.words, least)
    for k, word in enumerate(line.words):
        if runs and (k in justified or not _is_parted(runs[-1], word, least, cuts)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return with_chunks(at, line, [chunk_of(run, at) for run in runs])


def _is_close(line: TextLine) -> bool:
    """Whether nothing parts the words of a line, as is so for most lines of prose: no white, and no figures."""
    least = LEAST * line.size
    return all(
        b.x0 - a.x1 < least and a.text[-1] not in _ENDS and a.text[-1] not in _LEADERS for a, b in pairwise(line.words)
    )


def with_chunks(at: int, line: TextLine | Row, chunks: Sequence[Chunk]) -> Row:
    """A line with other chunks."""
    return Row(
        at,
        tuple(chunks),
        chunks[0].x0,
        chunks[-1].x1,
        line.top,
        line.bottom,
        line.baseline,
        line.size,
        any(chunk.is_value for chunk in chunks[1:]),
    )


def _is_parted(run: Sequence[Word], word: Word, least: float, cuts: Sequence[float]) -> bool:
    """Whether a word begins another chunk. A list mark belongs to its text, however far away."""
    last = run[-1]
    if cuts and bisect_left(cuts, last.x1 - 1) < bisect_right(cuts, word.x0 + 1):
        return True
    gap = word.x0 - last.x1
    if gap >= least and not (gap < WIDE * word.size and last.text.endswith(_SENTENCE)):
        return len(run) > 1 or last.text not in _DOT
    end = last.text[-1]
    if end in _LEADERS:
        return is_leader(last.text)
    if gap >= LEAST * word.size and is_value(last.text) and is_value(word.text):
        return True
    is_aside = word.text[0] in "([" and gap < LEAST * word.size  # a share or an interval behind its figure
    return end in _ENDS and not is_aside and _are_figures(last.text, word.text)


def _are_figures(left: str, right: str) -> bool:
    """Whether two words are two figures, and not the parts of one (`12 000`) or of a date."""
    if _WHOLE.fullmatch(left) and _WHOLE.fullmatch(right):
        return True
    if not _POINTED.fullmatch(left) and (not _POINTED.fullmatch(right) or _TRIAD.match(right)):
        return False
    return is_value(left) and is_value(right)


def wide_gap(line: TextLine) -> float:
    """Points of white that part two chunks of a line: less than usual where its other words stand much closer."""
    wide = WIDE * line.size
    if len(line.words) < 2:
        return wide
    advances = ((word.x1 - word.x0) / len(word.glyphs) for word in line.words)
    first = next(advances)
    if all(abs(advance - first) < 0.1 for advance in advances):  # a type of fixed width: one space is nothing
        return max(wide, (1 + PITCH) * first - 0.01)
    between = [b.x0 - a.x1 for a, b in pairwise(line.words)]
    space = min((gap for gap in between if gap >= GAP * line.size), default=wide)
    least = max(LEAST * line.size, SPACED * space)
    return min(least, wide)


def _justified(words: Sequence[Word], least: float) -> frozenset[int]:
    """The words (by number) before which the white is that of a justified line: the same many times in a row.

    Only lines of which some words stand at `least` so far apart are looked at.
    """
    found: list[int] = []
    if 2 * sum(b.x0 - a.x1 >= least for a, b in pairwise(words)) < JUSTIFIED:
        return frozenset()
    start, low, high = 1, 0.0, 0.0
    for k in range(1, len(words) + 1):
        gap = words[k].x0 - words[k - 1].x1 if k < len(words) else float("inf")
        if k > start and max(high, gap) > EVEN * min(low, gap):
            if k - start >= JUSTIFIED and is_justified(words[start - 1 : k]):
                found += range(start, k)
            start = k
        low, high = (gap, gap) if k == start else (min(low, gap), max(high, gap))
    return frozenset(found)


def is_justified(words: Sequence[Word]) -> bool:
    """Whether there is the same white between all words of a line, most of which are no values."""
    between = [b.x0 - a.x1 for a, b in pairwise(words)]
    return max(between) <= EVEN * min(between) and 2 * sum(is_value(word.text) for word in words) < len(words)


def usual_space(lines: Iterable[TextLine]) -> float:
    """The white between two words that is usual on a page, in ems; 0 where nothing tells."""
    spaces = sorted((b.x0 - a.x1) / line.size for line in lines for a, b in pairwise(line.words) if line.size)
    within = spaces[bisect_left(spaces, GAP) : bisect_left(spaces, 1.0)]
    return within[len(within) // 2] if within else 0.0


def gaps(row: Row) -> list[tuple[float, float]]:
    """The white between the chunks of a row."""
    return [(a.x1, b.x0) for a, b in pairwise(row.chunks)]
