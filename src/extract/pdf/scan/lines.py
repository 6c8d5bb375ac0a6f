"""Rules and pieces of print in a picture: what is a line drawn, and where there is something to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from extract.pdf.scan.picture import RUN, Grey, Picture, bridged, grown, runs, without

THICK = 0.04
"""Inches: a thicker bar is no rule."""
JOIN = 0.1
"""Inches of white between two words of one piece, at most: spaces are 0.04 in type of 10 points, and wider only in
headings and in lines that are set to one width."""
ABOVE = 0.035
"""Inches between the borders of two cells, one above the other, at most."""
CLOSE = 0.03
"""Inches from a rule, within which what is left over from it lies, and another one is its double. Letters reach
further; a full stop on a rule is shown to the recogniser all the same."""
FAINTEST = 40
"""Of 255, the contrast of a mark that is too faint for ink."""
SMALLEST = 0.04
"""Inches: the size of such a mark, at least, and how far it is from ink, whose edges are faint too."""
SHADED = 0.85
"""Of its box, which shading fills at least."""
TOUCHED = 0.35
"""Of the length of a rule, on which letters may touch it."""
SPECK = 5
"""Dots at 200 to the inch: what is smaller is dust, unless it is beside something larger. Full stops have more."""
TALL = 1.7
"""A piece that is so many times as high as usual may be two lines that touch."""
VALLEY = 0.25
"""Of the usual ink of its rows, which a row between two lines that touch has at most."""
MOST_HEIGHT = 0.8
"""Inches: what is higher is no print."""
MOST_PIECES = 4_000
"""Pieces on a page that are read: no page of print has more, but a photograph may."""


class Stroke(NamedTuple):
    """A straight rule, in dots: one of the two directions has no extent."""

    x0: float
    top: float
    x1: float
    bottom: float


class Piece(NamedTuple):
    """A box of ink, in dots, right and bottom not included: some words of one line. `number` marks its dots."""

    number: int
    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def height(self) -> int:
        """How high the ink stands."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Layout:
    """The rules of a picture, the pieces of print without them, and which dots of ink belong to which piece.

    `large` are boxes of ink that is no print.
    """

    strokes: tuple[Stroke, ...]
    pieces: tuple[Piece, ...]
    owners: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    large: tuple[Piece, ...]
    is_cut_short: bool = False


def find_layout(picture: Picture) -> Layout:
    """Take the rules out of a picture, and find the pieces of print in the rest."""
    level, across = _level_rules(picture.ink, picture.dpi, 3)
    rest = _without(picture.ink, across, picture.dpi)
    # Borders of single cells, one below the other, make a rule; letters one below the other stand further apart.
    upright, down = _level_rules(_turned(rest), picture.dpi, int(ABOVE * picture.dpi))
    rest = _turned(_without(_turned(rest), down, picture.dpi))
    near = int(CLOSE * picture.dpi)
    upright = [Stroke(rule.top, rule.x0, rule.bottom, rule.x1) for rule in _joined(upright, near)]
    return _pieces((*_joined(level, near), *upright), rest, across | _turned(down), picture.dpi)


def _joined(level: Sequence[Stroke], near: int) -> list[Stroke]:
    """Level rules, and those that run close to each other as one: the borders of two cells, the lines under a total."""
    joined: list[Stroke] = []
    for rule in sorted(level, key=lambda rule: (rule.top, rule.x0)):
        for place in range(len(joined) - 1, -1, -1):
            other = joined[place]
            if rule.top - other.bottom > near:
                continue
            if min(rule.x1, other.x1) - max(rule.x0, other.x0) > 0:
                x0, x1 = min(rule.x0, other.x0), max(rule.x1, other.x1)
                middle = (rule.top + other.top) / 2
                joined[place] = Stroke(x0, middle, x1, middle)
                break
        else:
            joined.append(rule)
    return joined


def faint_marks(picture: Picture) -> int:
    """How many marks are too faint for ink, and larger than dust: smeared or bleached print, but no shading."""
    faint = runs((picture.grey < 255 - FAINTEST).astype(np.uint8), 3, 3)
    least, around = SMALLEST * picture.dpi, 2 * int(SMALLEST * picture.dpi) + 1
    count, labels, stats, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
    wide, high, area = (stats[:, k] for k in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    is_mark = (wide >= least) & (high >= least) & (area < SHADED * wide * high)
    is_mark[np.unique(labels[grown(picture.ink, around, around) > 0])] = False
    return int(is_mark[1:count].sum())


def _turned(mask: Grey) -> Grey:
    return np.ascontiguousarray(mask.T)


def _level_rules(ink: Grey, dpi: float, gap: int) -> tuple[list[Stroke], Grey]:
    """The level rules of a picture, and where they are; gaps of less than `gap` dots do not count."""
    run, thick = max(int(RUN * dpi), 3), max(int(THICK * dpi), 2)
    # Scanned rules are ragged: one dot above or below counts.
    level = runs(bridged(grown(ink, 1, 3), gap), run, 1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(level, connectivity=8)
    found: list[Stroke] = []
    mask = np.zeros_like(ink)
    for number in range(1, count):
        x0, top, width, height, area = (int(value) for value in stats[number])
        if area / width > thick + 2:
            continue
        here = (labels[top : top + height, x0 : x0 + width] == number).astype(np.uint8)
        if _share_touched(ink[max(top - 1, 0) : top + height + 1, x0 : x0 + width], here, top) > TOUCHED:
            continue
        mask[top : top + height, x0 : x0 + width] |= here
        middle = top + float(np.median(np.nonzero(here)[0])) + 0.5
        found.append(Stroke(x0, middle, x0 + width, middle))
    return found, mask


def _share_touched(ink: Grey, run: Grey, top: int) -> float:
    """Of the columns of a run, in which ink goes on above or below it: in a row of letters that is every other one."""
    padded = np.zeros_like(ink)
    padded[min(top, 1) :][: len(run)] = run
    beside = without(grown(padded, 1, 3), padded) & ink
    return float(beside.any(axis=0).mean())


def _without(ink: Grey, rules: Grey, dpi: float) -> Grey:
    """The ink without that of rules, but with the strokes of letters that cross or touch one."""
    thick = max(int(THICK * dpi), 2)
    outside = without(ink, rules)
    touching = outside & grown(rules, 1, 3)
    # A letter goes on through the rule; the rule beside it does not belong to it.
    return outside | (grown(touching, 1, 2 * thick + 1) & rules & ink)


def _pieces(strokes: tuple[Stroke, ...], ink: Grey, rules: Grey, dpi: float) -> Layout:
    least = SPECK * (dpi / 200) ** 2
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    is_speck = stats[:, cv2.CC_STAT_AREA] < least
    is_large = (stats[:, cv2.CC_STAT_HEIGHT] > MOST_HEIGHT * dpi) | (
        stats[:, cv2.CC_STAT_WIDTH] > 3 * MOST_HEIGHT * dpi
    )
    reach = 2 * int(CLOSE * dpi) + 1
    is_scrap = np.ones_like(is_speck)
    is_scrap[np.unique(labels[grown(rules, reach, reach) == 0])] = False
    is_speck |= is_scrap
    is_speck[0] = is_large[0] = True
    large = tuple(
        _piece(number, stats[number]) for number in range(1, count) if is_large[number] and not is_speck[number]
    )
    letters = (~(is_speck | is_large))[labels].astype(np.uint8)
    reach = max(int(JOIN * dpi), 1)
    joined = bridged(letters, reach)
    count, owners, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    owners *= letters
    pieces = [_piece(number, stats[number]) for number in range(1, min(count, MOST_PIECES + 1))]
    pieces = list(_parted(pieces, owners))
    pieces = _with_dots(pieces, owners)
    return Layout(strokes, tuple(pieces), owners, large, count > MOST_PIECES + 1)


def _piece(number: int, stats: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Piece:
    x0, top, width, height = (int(value) for value in stats[:4])
    return Piece(number, x0, top, x0 + width, top + height)


def _parted(pieces: list[Piece], owners: np.ndarray[tuple[int, int], np.dtype[np.int32]]) -> Iterator[Piece]:
    """The pieces, those that are two lines or more cut where their rows have little ink."""
    if not pieces:
        return
    # Long pieces are the witnesses of how high a line is.
    heights = np.repeat([piece.height for piece in pieces], [max(piece.x1 - piece.x0, 1) for piece in pieces])
    usual = float(np.median(heights))
    free = max(piece.number for piece in pieces) + 1
    for piece in pieces:
        box = owners[piece.top : piece.bottom, piece.x0 : piece.x1]
        rows = (box == piece.number).sum(axis=1)
        cuts = _valleys(rows, usual) if piece.height > TALL * usual and piece.x1 - piece.x0 > usual else []
        for start, end in zip([0, *cuts], [*cuts, piece.height], strict=True):
            part = box[start:end]
            columns = np.nonzero((part == piece.number).any(axis=0))[0]
            lines = np.nonzero((part == piece.number).any(axis=1))[0]
            if not len(columns):
                continue
            number = piece.number
            if start:
                number, free = free, free + 1
                part[part == piece.number] = number
            yield Piece(
                number,
                piece.x0 + int(columns[0]),
                piece.top + start + int(lines[0]),
                piece.x0 + int(columns[-1]) + 1,
                piece.top + start + int(lines[-1]) + 1,
            )


def _valleys(rows: np.ndarray[tuple[int], np.dtype[np.int64]], usual: float) -> list[int]:
    """Rows of little ink, about a line's height apart, at which two lines can be parted."""
    most = VALLEY * float(np.percentile(rows, 75))
    cuts: list[int] = []
    reach = int(0.6 * usual)
    for row in range(reach, len(rows) - reach):
        window = rows[max(row - reach // 2, 0) : row + reach // 2 + 1]
        if rows[row] <= most and rows[row] == window.min() and (not cuts or row - cuts[-1] > reach):
            cuts.append(row)
    return cuts


def _with_dots(pieces: list[Piece], owners: np.ndarray[tuple[int, int], np.dtype[np.int32]]) -> list[Piece]:
    """The pieces with the dots and accents that stand over or under them."""
    if not pieces:
        return []
    boxes = np.array([piece[1:] for piece in pieces])
    heights = boxes[:, 3] - boxes[:, 1]
    host = list(range(len(pieces)))
    for index, piece in enumerate(pieces):
        overlap = np.minimum(boxes[:, 2], piece.x1) - np.maximum(boxes[:, 0], piece.x0)
        gap = np.maximum(boxes[:, 1], piece.top) - np.minimum(boxes[:, 3], piece.bottom)
        fits = (overlap > 0.6 * (piece.x1 - piece.x0)) & (gap < 0.3 * heights) & (heights > 1.6 * piece.height)
        fits &= gap < 0.5 * piece.height + 2
        fits[index] = False
        if fits.any():
            host[index] = int(np.where(fits, gap, 1 << 30).argmin())
    merged = dict(enumerate(pieces))
    for index in sorted(merged, key=lambda index: (pieces[index].height, index)):
        other = host[index]
        if other == index or other not in merged:
            continue
        small, large = merged.pop(index), merged[other]
        part = owners[small.top : small.bottom, small.x0 : small.x1]
        part[part == small.number] = large.number
        merged[other] = Piece(
            large.number,
            min(small.x0, large.x0),
            min(small.top, large.top),
            max(small.x1, large.x1),
            max(small.bottom, large.bottom),
        )
    return list(merged.values())
