"""Pages whose text runs up or down the sheet, turned so that it can be read, and their boxes turned back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from operator import attrgetter

from extract.pdf.page import Fill, Glyph, Link, Page, Rule, Shape
from papers.paper import PageBox

Box = tuple[float, float, float, float]
_ANGLE = attrgetter("angle")


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page was turned: by `angle` degrees anticlockwise. `width` and `height` are those of the turned page."""

    page: int
    angle: int
    width: float
    height: float

    def back(self, x0: float, top: float, x1: float, bottom: float) -> PageBox:
        """Where a box of the turned page stands on the page as shown."""
        x0, top, x1, bottom = _turn((x0, top, x1, bottom), -self.angle, self.width, self.height)
        return PageBox(self.page, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def upright(page: Page) -> tuple[Page, Turn]:
    """Turn a page so that most of its text runs from left to right."""
    angles = Counter(map(_ANGLE, page.glyphs))
    angle = min(angles, key=lambda angle: (-angles[angle], angle), default=0)
    if angle not in (90, 180, 270):
        return page, Turn(page.number, 0, page.width, page.height)
    size = page.width, page.height
    width, height = size if angle == 180 else size[::-1]
    turned = replace(
        page,
        width=width,
        height=height,
        glyphs=tuple(turned_glyph(glyph, angle, *size) for glyph in page.glyphs),
        hidden=tuple(turned_glyph(glyph, angle, *size) for glyph in page.hidden),
        rules=tuple(Rule(*_turn(rule[:4], angle, *size), rule.colour) for rule in page.rules),
        fills=tuple(Fill(*_turn(fill[:4], angle, *size), fill.colour) for fill in page.fills),
        links=tuple(Link(*_turn(link[:4], angle, *size), link.href) for link in page.links),
        shapes=tuple(Shape(*_turn(shape[:4], angle, *size), shape.is_picture) for shape in page.shapes),
    )
    return turned, Turn(page.number, angle, width, height)


def _turn(box: Box, angle: int, width: float, height: float) -> Box:
    """A box on a sheet of the given size, turned anticlockwise."""
    if not angle % 360:
        return box
    x0, top, x1, bottom = box
    return {
        90: (top, width - x1, bottom, width - x0),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (height - bottom, x0, height - top, x1),
    }[angle % 360]


def turned_glyph(glyph: Glyph, angle: int, width: float = 0.0, height: float = 0.0) -> Glyph:
    """A glyph on a sheet that is turned anticlockwise; its line turns with it."""
    x0, top, x1, bottom = _turn(glyph[1:5], angle, width, height)
    direction = (glyph.angle - angle) % 360
    base = glyph.baseline
    # The baseline is an x where the text ran up or down the sheet, else a y.
    point = (base, 0.0) if glyph.angle in (90, 270) else (0.0, base)
    x, y, _, _ = _turn((*point, *point), angle, width, height)
    return glyph._replace(
        x0=x0, top=top, x1=x1, bottom=bottom, angle=direction, baseline=x if direction in (90, 270) else y
    )
