"""Affine transformations of the plane, as PDF writes them."""

from __future__ import annotations

import math
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Matrix(NamedTuple):
    """`x' = a x + c y + e` and `y' = b x + d y + f`."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, after: Matrix) -> Matrix:
        """The transformation that does this one and then another."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box around a transformed box, smaller coordinates first."""
        if not self.b and not self.c:
            xa, xb = self.a * x0 + self.e, self.a * x1 + self.e
            ya, yb = self.d * y0 + self.f, self.d * y1 + self.f
            return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
        xs, ys = zip(*(self.point(x, y) for x in (x0, x1) for y in (y0, y1)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def height(self) -> float:
        """How long a unit of height becomes."""
        return math.hypot(self.c, self.d)

    @property
    def direction(self) -> int:
        """Where the x axis comes to point, in whole degrees from 0 to 359."""
        if not self.b and self.a > 0:
            return 0
        return round(math.degrees(math.atan2(self.b, self.a))) % 360


def as_shown(box: Box, turns: int) -> Matrix:
    """From a PDF's own space (up is positive) to the page as shown (down is positive, the corner of `box` at 0, 0).

    `box` is (left, bottom, right, top); `turns` counts quarter turns clockwise.
    """
    left, bottom, right, top = box
    return (
        Matrix(1, 0, 0, -1, -left, top),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, right, -bottom),
        Matrix(0, -1, -1, 0, top, right),
    )[turns % 4]


def visible_box(media: Box, crop: Box) -> Box:
    """The crop box as far as it lies on the sheet, as viewers do; both are (left, bottom, right, top)."""
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media
