"""What the recogniser read, letter by letter: where each stands in the ink, and which of them make a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np

from extract.pdf.scan.lines import Layout, Piece
from extract.pdf.scan.picture import Picture
from extract.pdf.scan.recogniser import Sign

CAPITAL = 0.70
"""Ems: the height of capitals, figures and letters with an ascender. It is 0.66 in Times, 0.72 in Arial, 0.73 in
Verdana."""
SMALL = 0.72
"""The height of letters without ascender by that of capitals, where a page does not tell its own."""
WORD_SPACE = 0.14
"""Ems of white, without which a space that the recogniser sees is none: so much stands between letters."""
FIGURE_SPACE = 0.28
"""The same within a figure: two ones in a row leave 0.2."""
CLEAR_SPACE = 0.24
"""Ems of white between two letters that are a space, also if the recogniser sees none."""
WIDE_SPACE = 0.5
"""The same beside a figure or a sign: a one has much white around it."""
AROUND = 2
"""Dots above and below a piece: its edges are grey."""
NOISE = 0.15
"""Darkness, from 0 to 1, below which paper is white."""
GREY = 0.65
"""The darkest dot of a letter in black type is darker, also if its strokes are thin."""
_FIGURE = frozenset("0123456789,.")
TALL = frozenset("ABCDEFGHIKLMNOPRSTUVWXYZ0123456789bdfhkl£%&")
"""Characters as high as a capital."""
LOW = frozenset("acemnorsuvwxz")
"""Letters without ascender or descender."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One character: its box of ink in dots, and how sure the recogniser is of it.

    `top` and `bottom` are where half of its darkness is reached, between two dots. `darkness` is its ink, in black
    dots; grey type counts as if it were black.
    """

    text: str
    score: float
    x0: int
    top: float
    x1: int
    bottom: float
    darkness: float


def words_of(
    picture: Picture, layout: Layout, piece: Piece, signs: Sequence[Sign], left: int, width: int
) -> tuple[tuple[Letter, ...], ...]:
    """The words of a piece, whose characters were read in a picture that begins at `left` and is `width` wide.

    The recogniser says roughly where they stand; the ink says where exactly. Each character has the columns of ink
    up to the whitest one between it and the next.
    """
    top, bottom = max(piece.top - AROUND, 0), piece.bottom + AROUND
    owners = layout.owners[top:bottom, piece.x0 : piece.x1]
    ink = owners == piece.number
    columns = ink.sum(axis=0)
    dark = np.where(ink | (owners == 0), 255.0 - picture.grey[top:bottom, piece.x0 : piece.x1], 0.0)
    dark = np.clip(dark / 255 - NOISE, 0, None) / (1 - NOISE)
    inked = [sign for sign in signs if not sign.text.isspace()]
    middles = [min(max(left + sign.at * width - piece.x0, 0), len(columns) - 1) for sign in inked]
    cuts = [0, *(_whitest(columns, a, b) for a, b in pairwise(middles)), len(columns)]
    letters = [_letter(sign, (piece.x0, top), ink, dark, *cut) for sign, cut in zip(inked, pairwise(cuts), strict=True)]
    em = size_of(letters, SMALL) or piece.height / CAPITAL
    spaces = _spaces(signs)
    words: list[list[Letter]] = []
    for number, letter in enumerate(letters):
        gap = (letter.x0 - letters[number - 1].x1) / em if number else 0.0
        if not number or gap > _least_space(letters[number - 1].text, letter.text, is_read=number in spaces):
            words.append([])
        words[-1].append(letter)
    return tuple(map(tuple, words))


def _least_space(left: str, right: str, *, is_read: bool) -> float:
    """Ems of white between two characters, from which on they belong to two words."""
    if left in _FIGURE and right in _FIGURE:
        return FIGURE_SPACE if is_read else WIDE_SPACE
    return WORD_SPACE if is_read else CLEAR_SPACE if left.isalpha() and right.isalpha() else WIDE_SPACE


def _letter(sign: Sign, corner: tuple[int, int], ink: Any, dark: Any, start: int, end: int) -> Letter:
    """A character with the box of its ink; if there is none, an empty box where it should be."""
    left, top = corner
    across = np.nonzero(ink[:, start:end].any(axis=0))[0]
    if not len(across):
        at = left + min(start, ink.shape[1])
        return Letter(sign.text, sign.score, at, top, at, top, 0.0)
    part = dark[:, start:end]
    first, last = _edges(part.max(axis=1))
    x0 = left + start
    return Letter(
        sign.text,
        sign.score,
        x0 + int(across[0]),
        top + first,
        x0 + int(across[-1]) + 1,
        top + last,
        float(part.sum()) / peak if (peak := float(part.max())) < GREY else float(part.sum()),
    )


def _edges(profile: Any) -> tuple[float, float]:
    """Where a profile first and last reaches half of its height, between two dots."""
    half = float(profile.max()) / 2
    inside = np.nonzero(profile >= half)[0]
    first, last = int(inside[0]), int(inside[-1])
    before = float(profile[first - 1]) if first else 0.0
    after = float(profile[last + 1]) if last + 1 < len(profile) else 0.0
    # Between the middles of two dots; a dot's own edge is half a dot from its middle.
    start = first + 0.5 - (float(profile[first]) - half) / max(float(profile[first]) - before, 1e-6)
    end = last + 0.5 + (float(profile[last]) - half) / max(float(profile[last]) - after, 1e-6)
    return start, end


def _spaces(signs: Sequence[Sign]) -> frozenset[int]:
    """Before which of the inked characters a space was read."""
    found = set()
    count = 0
    for sign in signs:
        if sign.text.isspace():
            found.add(count)
        else:
            count += 1
    return frozenset(found)


def _whitest(columns: Any, first: float, last: float) -> int:
    """The middle of the whitest stretch between the middles of two characters."""
    start = int(first + 0.15 * (last - first)) + 1
    end = max(int(last - 0.15 * (last - first)) + 1, start + 1)
    stretch = columns[start:end]
    if not len(stretch):
        return min(start, len(columns))
    white = np.nonzero(stretch == stretch.min())[0]
    return start + int(white[len(white) // 2])


def size_of(letters: Iterable[Letter], small: float) -> float:
    """The size of type that the heights of letters tell; 0 if none of them tells."""
    tall, low = heights(letters)
    return median(tall) / CAPITAL if tall else median(low) / (small * CAPITAL) if low else 0.0


def heights(letters: Iterable[Letter]) -> tuple[list[float], list[float]]:
    """The heights of the letters that are as high as a capital, and of those without ascender or descender."""
    inked = [letter for letter in letters if letter.bottom > letter.top]
    return (
        [letter.bottom - letter.top for letter in inked if letter.text in TALL],
        [letter.bottom - letter.top for letter in inked if letter.text in LOW],
    )
