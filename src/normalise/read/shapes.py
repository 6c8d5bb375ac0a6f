"""What a cell of a table looks like, before it is read: a figure, a year, a placeholder, words, nothing.

A reader of tables asks this first, to tell header from body and labels from values. Only then is a cell read.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from normalise.read.marks import RAISED
from normalise.read.units import SIGN

_FLAGS = re.ASCII | re.IGNORECASE

# A printed nothing, or a note in place of a figure: too few cases, not known, to be decided.
_NIL = re.compile(
    r"[-‐‑‒]+|–+|—+|_+|\*{1,3}|\.{2,}|…|#|nil|none|zero|n ?[/.] ?[akd]\.?|n[ak]|unknown|t\.?b\.?[acd]\.?"
    r"|not (?:known|available|applicable|recorded|yet known|collected)",
    _FLAGS,
)
# Digits with their signs, their unit and what may be printed behind them. What has a slash, a colon or a dash inside
# is a date, a year, a time, a ratio or a range; what begins with a nought is a code or a telephone number.
_SIGNS = rf"(?:(?:up|down) )?[-‐‑‒–−+(]{{0,2}} ?(?:{SIGN} ?)?[-‐‑‒–−(]? ?"
_DIGITS = r"(?!0[0-9])\.?[0-9](?:[0-9,.]| (?=[0-9]{3}(?![0-9])))*"
_UNIT = r" ?(?:k|mn?|bn|thousand|million|billion)? ?(?:%|per ?cent)?[).%]{0,2}"
_MARKS = rf"(?: ?(?:\*{{1,3}}|[†‡§]|\[[0-9a-z]{{1,2}}\]|[{RAISED}]{{1,4}}))?"
_FIGURE = re.compile(
    rf"{_SIGNS}{_DIGITS}{_UNIT}{_MARKS}(?: ?\([^()]{{0,40}}\))?(?: ?(?:p\.? ?a\.?|per annum))?", _FLAGS
)
# £1,1O9,00O: letters where figures belong
_MISREAD = re.compile(r"£? ?[0-9OolISB]{1,3}(?:,[0-9OolISB]{3})+(?:\.[0-9]+)?", re.ASCII)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]", re.ASCII)
_LONGEST = 80
# `days lost`; not `a. Pay`, `e-learning`, `iv) Fees`
_SMALL = re.compile(r"[a-z]{3,}(?![.)\w])")


class Shape(Enum):
    """What a cell looks like. A year is a figure too, where others of its column are none."""

    BLANK = "blank"
    NIL = "nil"
    YEAR = "year"
    FIGURE = "figure"
    WORDS = "words"


@lru_cache(maxsize=16384)
def shape(text: str) -> Shape:
    """Say what a text looks like.

    >>> [shape(text).value for text in ("1,732", "-6.8%", "2004", "n/a", "Amber", "2004/05", "020 7202 0202", " ")]
    ['figure', 'figure', 'year', 'nil', 'words', 'words', 'words', 'blank']
    """
    text = " ".join(text.split())
    if not text:
        return Shape.BLANK
    if len(text) > _LONGEST:
        return Shape.WORDS
    if _NIL.fullmatch(text):
        return Shape.NIL
    if _YEAR.fullmatch(text):
        return Shape.YEAR
    if _FIGURE.fullmatch(text) or (_MISREAD.fullmatch(text) and any(char.isdigit() for char in text)):
        return Shape.FIGURE
    return Shape.WORDS


def begins_inside(text: str) -> bool:
    """Whether a text begins in the middle of a sentence, as the second line of a label does: with a small letter.

    >>> [begins_inside(text) for text in ("days lost (£000)", "Days lost", "a. Pay", "e-learning", "iii) Fees")]
    [True, False, False, False, False]
    """
    return _SMALL.match(text) is not None
