"""Every piece of print of a picture is read, figures twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np

from extract.pdf.scan.letters import Letter, words_of
from extract.pdf.scan.lines import Layout, Piece, faint_marks, find_layout
from extract.pdf.scan.picture import Grey, Picture, grown
from extract.pdf.scan.printed import Printed
from extract.pdf.scan.recogniser import HEIGHT, LEAST_WIDTH, Recogniser

SURE = 0.9
"""The probability of a character, below which its word is doubted."""
LEGIBLE = 0.5
"""The mean probability of the characters of a piece, below which it is no print."""
UPRIGHT = 0.96
"""The mean probability of a sample, below which the page is tried on its head. Sound pages have 0.99, those on their
heads up to 0.9."""
SAMPLE = 6
"""Pieces in the sample, the longest of the page."""
STRETCH = 1.25
"""The second reading sees a figure so much wider: two like figures in a row, of which the first saw one, part there."""
SHARE = 25_000
"""Dots of width that are read in one share, which takes two to six seconds: ten to twenty lines of print."""
MOST_DOTS = 400_000
"""Dots of width on a page: the densest page of print has a third of it."""
MARGIN = 0.16
"""Of the height of its ink, which is shown to the recogniser above and below a piece; it was trained so."""
LOWEST = 0.13
"""Inches: what is shown of a piece is as high as this at least: a dash has to look low beside the white around it."""
SIDE = 0.03
"""Inches that are shown on both sides of a piece."""


_ONE_DASH = str.maketrans("–—−‘’", "---''")


@dataclass(frozen=True, slots=True)
class Readings:
    """A picture as it is read, and what is read in it; `unread` counts the marks that are no print."""

    picture: Picture
    layout: Layout
    printed: tuple[Printed, ...]
    unread: int


def read_pieces(engine: Recogniser, picture: Picture, goes_on: Callable[[], None] = lambda: None) -> Readings:
    """Read a picture, turned by a half if it stands on its head.

    `goes_on` is called before each share of the work. A picture of more than `MOST_DOTS` is no print, and not read.
    """
    layout = find_layout(picture)
    score = _sample_score(engine, picture, layout)
    if score < UPRIGHT:
        turned = picture.upside_down()
        turned_layout = find_layout(turned)
        turned_score = _sample_score(engine, turned, turned_layout)
        if turned_score > score:
            picture, layout, score = turned, turned_layout, turned_score
    work = sum(map(_work, layout.pieces))
    if score < LEGIBLE or layout.is_cut_short or work > MOST_DOTS:
        return Readings(picture, layout, (), len(layout.pieces))
    printed = []
    share = 0.0
    for piece in layout.pieces:
        share += _work(piece)
        if share > SHARE:
            goes_on()
            share = 0.0
        printed.append(_printed(engine, picture, layout, piece))
    legible = tuple(part for part in printed if part.words)
    return Readings(picture, layout, legible, len(printed) - len(legible) + faint_marks(picture))


def _work(piece: Piece) -> float:
    """How many dots wide a piece is, when it is as high as the recogniser wants it."""
    return max((piece.x1 - piece.x0) * HEIGHT / piece.height / (1 + 2 * MARGIN), LEAST_WIDTH)


def doubt(part: Printed, number: int) -> str:
    """Why a word may be misread; empty if nothing speaks for it."""
    word = part.words[number]
    text = "".join(letter.text for letter in word)
    least = min(word, key=lambda letter: letter.score)
    if part.other[number]:
        return f"“{text}” is “{part.other[number]}” in a second reading"
    if least.score < SURE:
        return f"the recogniser is sure of “{least.text}” in “{text}” to {least.score:.2f}"
    return ""


def _sample_score(engine: Recogniser, picture: Picture, layout: Layout) -> float:
    longest = sorted(layout.pieces, key=lambda piece: (piece.x0 - piece.x1, piece))[:SAMPLE]
    scores = [sign.score for piece in longest for sign in engine.read(_shown(picture, layout, piece)[0])]
    return mean(scores) if scores else 0.0


def _printed(engine: Recogniser, picture: Picture, layout: Layout, piece: Piece) -> Printed:
    """A piece as read; without words if it is no print."""
    line, left = _shown(picture, layout, piece)
    signs = engine.read(line)
    inked = [sign for sign in signs if not sign.text.isspace()]
    if not inked or mean(sign.score for sign in inked) < LEGIBLE:
        return Printed(piece, ())
    words = words_of(picture, layout, piece, signs, left, line.shape[1])
    return Printed(piece, words, other=tuple(_again(engine, picture, layout, piece, words)))


def _again(
    engine: Recogniser, picture: Picture, layout: Layout, piece: Piece, words: Sequence[Sequence[Letter]]
) -> Iterator[str]:
    """For each word with a figure what the recogniser has when it is shown that word alone; empty if it is the same."""
    for number, word in enumerate(words):
        text = "".join(letter.text for letter in word)
        if not any(char.isdigit() for char in text):
            yield ""
            continue
        before = (word[0].x0 - words[number - 1][-1].x1) // 2 if number else picture.ink.shape[1]
        after = (words[number + 1][0].x0 - word[-1].x1) // 2 if number + 1 < len(words) else picture.ink.shape[1]
        line, left = _shown(picture, layout, piece)
        side = int(SIDE * picture.dpi)
        start = max(word[0].x0 - left - min(side, before), 0)
        alone = line[:, start : word[-1].x1 - left + min(side, after)]
        signs = engine.read(np.ascontiguousarray(alone), STRETCH)
        again = "".join(sign.text for sign in signs if not sign.text.isspace())
        yield again if again.translate(_ONE_DASH) != text.translate(_ONE_DASH) else ""


def _shown(picture: Picture, layout: Layout, piece: Piece) -> tuple[Grey, int]:
    """The part of a picture that shows a piece, and nothing of the pieces beside it; and where it begins."""
    lowest, side = int(LOWEST * picture.dpi), int(SIDE * picture.dpi)
    margin = max(int(MARGIN * piece.height), (lowest - piece.height) // 2) + 1
    top, left = max(piece.top - margin, 0), max(piece.x0 - side, 0)
    window = slice(top, piece.bottom + margin), slice(left, piece.x1 + side)
    owners = layout.owners[window]
    others = grown(((owners != 0) & (owners != piece.number)).astype(np.uint8), 3, 3)
    line: Grey = np.where((others > 0) & (owners != piece.number), np.uint8(255), picture.grey[window])
    return line, left
