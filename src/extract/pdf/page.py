"""What stands on a page: glyphs, drawn lines, filled areas. All in points from the top left of the page as shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)


class Glyph(NamedTuple):
    """One printed character.

    The box is as wide as the character's advance, and as high as the type is large. `size` is in points as shown;
    `angle` is the direction of the line in whole degrees clockwise, 0 for ordinary text, 90 for text that runs down the
    page, 270 for text that runs up. `baseline` is measured across the direction of the text: for ordinary text the
    distance from the top of the page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    bold: bool
    angle: int
    baseline: float
    colour: Colour


class Rule(NamedTuple):
    """A horizontal or vertical line as drawn: a stroke (no thicker than 0), a thin fill or a side of a frame."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: Colour = BLACK


class Fill(NamedTuple):
    """A filled rectangle that is too thick for a line."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: Colour


class Link(NamedTuple):
    """An area of the page that leads to an address."""

    x0: float
    top: float
    x1: float
    bottom: float
    href: str


class Shape(NamedTuple):
    """The box of anything else that is drawn: a curve, a slanting line, a polygon, a picture."""

    x0: float
    top: float
    x1: float
    bottom: float
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page as shown, that is turned as its `/Rotate` says and cut to its crop box, whose corner is (0, 0).

    `glyphs` stand in the order in which the file draws them, white space among them. `hidden` are those that nobody
    sees: white on white, clipped away, outside the page. `garbled` counts the glyphs for which the file names no
    character, `recognised` those that stand invisible over a picture, as text recognition leaves them, `reread` those
    whose character comes from a second reader. `unread` says what of the page could not be taken in, empty if nothing.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    shapes: tuple[Shape, ...] = ()
    links: tuple[Link, ...] = ()
    hidden: tuple[Glyph, ...] = ()
    garbled: int = 0
    recognised: int = 0
    reread: int = 0
    unread: str = ""
