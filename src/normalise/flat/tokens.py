"""The words of a line of running text, and which of them could be the figure of a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from papers.paper import Cell, Line

Shape = Literal["figure", "nil", "code", "word"]

# A line of more characters or words is a paragraph; the limit also bounds the work on hostile input.
_LONGEST = 1200
_MOST_TOKENS = 160

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\.?"
_DATE = re.compile(rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} (?:19|20)\d\d")
_PHONE = r"\(?0\d{2,4}\)? \d{3,4} \d{3,4}(?!\S)"
# Some words go together as one: `30 Sept 2008`, `Nov 2007`, `1 July`; `up 4.4%`, `£ 4,500`, `5.1 %`; telephone numbers.
_TOKEN = re.compile(
    _PHONE + rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} (?:19|20)\d\d(?![\w/])|\d{{1,2}} {_MONTH}(?!\S)"
    r"|(?:up|down) \d[\d,.]*%?(?!\S)|\(?[£€$] \d[\d,.]*\)?(?!\S)|\(?[+\-–−]?\d[\d,.]* %\)?(?!\S)(?! [a-z])|[^\s\xa0]+"
)
_SIGN = r"[+\-–−]?"
_MARKS = r"(?:[*†‡§]{1,3}|[¹²³⁰⁴-⁹ᵃ-ᶻ]{1,3}|\[\w{1,2}\])?"
# `1,012,480`, `(17)`, `-5.1%`, `£9.8m`, `+2.2%`, `22.50*`; not `020` nor `1,2`, which are parts of other things.
_FIGURE = re.compile(
    rf"\(?{_SIGN}[£€$]?{_SIGN}(?:\d{{1,3}}(?:,\d{{3}})+|(?!0\d)\d+)(?:\.\d+)?(?:%|bn|[mkM])?\)?%?{_MARKS}|\(?{_SIGN}\.\d+\)?%?"
)
# What is printed where there is no figure.
_NIL = re.compile(r"[-–—*~#†‡]{1,2}|\.{2,3}|…|(?:n/?[aks]|nil|tbc|tba|[£€$]?nil|not\sknown)", re.I)
# Dates, ratios and telephone numbers: single words that fill a cell as a figure does, but can't be added.
_CODE = re.compile(
    _PHONE + r"|\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d+(?:\.\d+)?:\d+(?:\.\d+)?"
)
# A figure that could as well number or date something: `285 wards`, `Band 3`, `2006`.
_SOFT = re.compile(rf"\d{{1,4}}{_MARKS}")
_SPACED_FIGURE = re.compile(
    rf"\(?{_SIGN} ?[£€$]? ?\d{{1,3}}(?: \d{{3}})*(?:[.,]\d+)? ?(?:%|million|billion|per cent)?\)?"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line: characters `start` to `end` (half open, from 0), with `gap` spaces in front."""

    text: str
    start: int
    end: int
    gap: int
    shape: Shape

    @property
    def is_figure_like(self) -> bool:
        """Whether it could fill the cell of a column of figures."""
        return self.shape != "word"

    @property
    def is_soft(self) -> bool:
        """Whether it is a bare whole number of up to four figures, as labels hold them too."""
        return _SOFT.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of running text as words: `at` is its number in the paper, `trail` the number of spaces at its end."""

    at: int
    cell: Cell
    tokens: tuple[Token, ...]
    trail: int

    @property
    def text(self) -> str:
        """The line as printed, without the spaces around it."""
        return self.cell.text.strip()

    @property
    def figures(self) -> int:
        """How many of its words could fill a column of figures."""
        return sum(token.is_figure_like for token in self.tokens)


def text_line(at: int, line: Line) -> TextLine | None:
    """The words of a line, if it is one of running text that could be the row of a table; None for a long paragraph."""
    if line.kind != "prose" or len(line.cells) != 1 or len(line.cells[0].text) > _LONGEST:
        return None
    text = line.cells[0].text
    tokens = []
    done = 0
    for match in _TOKEN.finditer(text):
        tokens.append(Token(match[0], match.start(), match.end(), match.start() - done, shape_of(match[0])))
        done = match.end()
    return TextLine(at, line.cells[0], tuple(tokens), len(text) - done) if 0 < len(tokens) <= _MOST_TOKENS else None


def shape_of(text: str) -> Shape:
    """What a word could be by itself.

    >>> [shape_of(text) for text in ("1,012,480", "(17)", "–9.7", "n/a", "14/10/05", "May 2006", "2004/05", "020")]
    ['figure', 'figure', 'figure', 'nil', 'code', 'code', 'word', 'word']
    """
    figure = text.removeprefix("up ").removeprefix("down ").replace(" ", "")
    if _FIGURE.fullmatch(figure) and text.count("(") == text.count(")"):
        return "figure"
    if _NIL.fullmatch(text):
        return "nil"
    return "code" if _CODE.fullmatch(text) or _DATE.fullmatch(text) else "word"


def is_spaced_figure(text: str) -> bool:
    """Whether some words together are one figure that was printed with spaces: `1 109`, `£ 4,500`, `9.8 million`."""
    return _SPACED_FIGURE.fullmatch(text) is not None
