"""A page as a picture: rendered, its paper made white, turned and straightened so that its lines run level."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as c  # type: ignore[import-untyped]

Grey = npt.NDArray[np.uint8]
"""0 is black, 255 white; or, of a mask, 0 no and 1 yes."""

LEAST_DPI, MOST_DPI = 200, 300
"""Dots per inch at which a page is drawn: as many as its picture has, within these. The recogniser reads lines of 48
dots, which is 10 point type at about 280; more dots are only slower."""
MOST_PIXELS = 20_000_000
"""A larger page is drawn with fewer dots: a sheet of A3 has 17 million at 300 dots per inch."""
GROUND = 0.3
"""Inches: a darker or lighter patch of paper is larger than that, a letter is not."""
BAR = 0.16
"""Inches: the side of a box that is mostly dark in a bar, but not in large bold type."""
FULL = 0.72
"""Of such a box, which is dark in a bar, at least; white print takes a quarter of it."""
DARK = 0.6
"""Of the brightness of the paper, below which the ground of white print is."""
FAINT = 0.4
"""Of the usual contrast of print, which a dot of ink has at least. Grey headings have half of it."""
LEAST_CONTRAST = 35
"""Of 255, which a dot of ink has at least: paper and noise stay below."""
MOST_SKEW = 5.0
"""Degrees by which a sheet may lie askew."""
SAMPLE = 100_000
"""Dots of ink that are looked at to find the skew."""
SIDEWAYS = 1.3
"""By how much the columns of a picture are sharper than its rows, if its lines run up or down."""
RUN = 0.3
"""Inches: a straight run of ink that is longer is a rule and no part of a letter."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of white paper with level lines. `turns` says how many quarter turns anticlockwise it was turned.

    `ink` marks the dots that are dark; `dpi` is how many there are to an inch. `skew` is in degrees clockwise.
    """

    grey: Grey
    ink: Grey
    dpi: float
    turns: int = 0
    skew: float = 0.0

    @property
    def scale(self) -> float:
        """Dots to a point."""
        return self.dpi / 72

    def upside_down(self) -> Picture:
        """The same page, turned by a half."""
        grey, ink = (np.ascontiguousarray(part[::-1, ::-1]) for part in (self.grey, self.ink))
        return replace(self, grey=grey, ink=ink, turns=(self.turns + 2) % 4)


def picture_of(document: pypdfium2.PdfDocument, number: int) -> Picture:
    """Draw a page and straighten it; whether it stands on its head is not known yet.

    Raises:
        pypdfium2.PdfiumError: the page can't be drawn.
    """
    page = document[number - 1]
    try:
        width, height = page.get_size()
        most = 72 * math.sqrt(MOST_PIXELS / max(width * height, 1.0))
        dpi = min(max(_own_dpi(page), LEAST_DPI), MOST_DPI, most)
        # A little less than the full scale: pdfium rounds the size of the bitmap up, and then every dot is blurred.
        drawn = page.render(scale=dpi / 72 * (1 - 1e-6), grayscale=True, may_draw_forms=False)
        grey: Grey = drawn.to_numpy().reshape(drawn.height, -1)[:, : drawn.width].copy()
        drawn.close()
    finally:
        page.close()
    return straightened(white_paper(grey, dpi), dpi)


def straightened(grey: Grey, dpi: float) -> Picture:
    """Turn a picture so that its lines run level, up to a half turn."""
    points = _letters(ink_of(grey), dpi)
    turns = 0
    if _best_skew(points[::-1])[0] > SIDEWAYS * _best_skew(points)[0]:
        turns = 1
        grey = np.ascontiguousarray(np.rot90(grey))
        points = _letters(ink_of(grey), dpi)
    skew = _best_skew(points)[1]
    if abs(skew) >= 0.03:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
        grey = _as_grey(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,)))
    return Picture(grey, ink_of(grey), dpi, turns, skew)


def white_paper(grey: Grey, dpi: float) -> Grey:
    """The picture with an even ground of 255, on which print is dark: bars with white print in them are turned over."""
    height, width = grey.shape
    bars = _bars(grey, dpi)
    if bars.any():
        grey = np.where(bars > 0, 255 - grey, grey)
    small = cv2.resize(grey, (max(width // 4, 1), max(height // 4, 1)), interpolation=cv2.INTER_AREA)
    reach = max(int(GROUND * dpi / 4), 1)
    ground = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    ground = cv2.blur(ground, (reach, reach))
    ground = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
    return _as_grey(cv2.divide(grey, np.maximum(ground, 1), scale=255))


def _bars(grey: Grey, dpi: float) -> Grey:
    """Where the ground is dark: what is dark and joined to a box that is mostly so, with the print in it."""
    side = max(int(BAR * dpi), 3)
    dark = (grey < DARK * float(np.percentile(grey, 90))).astype(np.uint8)
    cores = cv2.blur(dark.astype(np.float32), (side, side)) > FULL
    if not cores.any():
        return np.zeros_like(grey)
    stroke = max(side // 4, 3)
    joined = bridged(dark, stroke)
    _, labels = cv2.connectedComponents(joined, connectivity=4)
    held = np.unique(labels[cores & (joined > 0)])
    return np.isin(labels, held[held > 0]).astype(np.uint8)


def ink_of(grey: Grey) -> Grey:
    """Which dots are dark, by the contrast that is usual on the page."""
    contrast = 255 - grey
    dark = contrast[contrast > LEAST_CONTRAST]
    usual = float(np.percentile(dark, 90)) if dark.size else 0.0
    return (contrast > max(LEAST_CONTRAST, FAINT * usual)).astype(np.uint8)


def runs(mask: Grey, wide: int, high: int) -> Grey:
    """What of a mask lies in boxes of the given size that are full."""
    return _as_grey(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8)))


def bridged(mask: Grey, wide: int) -> Grey:
    """A mask with its gaps from left to right closed that are narrower."""
    return _as_grey(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, wide), np.uint8)))


def grown(mask: Grey, wide: int, high: int) -> Grey:
    """A mask grown by half of a box of the given size on every side."""
    return _as_grey(cv2.dilate(mask, np.ones((high, wide), np.uint8)))


def without(mask: Grey, other: Grey) -> Grey:
    """What of a mask is not in another one."""
    return _as_grey(mask & (1 - other))


def _own_dpi(page: pypdfium2.PdfPage) -> float:
    """The dots per inch of the largest picture on a page; 0 if that can't be told."""
    best = (0.0, 0.0)
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = item.get_bounds()
        if right > left and top > bottom:
            # A picture may stand sideways on the page: its dots are counted over the area.
            across, down = item.get_px_size()
            dpi = 72 * math.sqrt(across * down / ((right - left) * (top - bottom)))
            best = max(best, ((right - left) * (top - bottom), dpi))
    return round(best[1], 1)


def _letters(ink: Grey, dpi: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(across, down) of dots of ink that are no parts of rules, not more than are needed."""
    run = max(int(RUN * dpi), 3)
    down, across = np.nonzero(without(without(ink, runs(ink, run, 1)), runs(ink, 1, run)))
    step = max(len(down) // SAMPLE, 1)
    return across[::step].astype(np.float64), down[::step].astype(np.float64)


def _best_skew(points: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]) -> tuple[float, float]:
    """(how sharp, degrees clockwise) at which lines and the white between them part best."""
    if not len(points[0]):
        return 0.0, 0.0
    coarse = max((_sharpness(points, angle / 4), -abs(angle), angle / 4) for angle in _steps(4 * MOST_SKEW))
    fine = max((_sharpness(points, coarse[2] + k / 40), -abs(k), coarse[2] + k / 40) for k in _steps(10))
    return fine[0], fine[2]


def _steps(most: float) -> range:
    return range(-int(most), int(most) + 1)


def _sharpness(points: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]], angle: float) -> float:
    across, down = points
    rows = (down - across * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float(np.square(np.diff(counts)).sum())


def _as_grey(picture: npt.NDArray[np.generic]) -> Grey:
    return picture.astype(np.uint8, copy=False)
