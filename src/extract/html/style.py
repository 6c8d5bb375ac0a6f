"""How an element's text looks, as far as it tells headings from prose and what is seen from what is not."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from bs4 import Tag

_MEDIUM = 16  # what a browser takes where nothing is set
_FONT_SIZES = (10, 13, 16, 18, 24, 32, 48)
_KEYWORDS = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)(px|pt|em|rem|%)")
_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*([^;]{1,30})", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*([^;]{1,20})", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SHOWN_WITHOUT = frozenset(("noscript", "noframes", "noembed", "template"))

LOOKS = frozenset(("b", "strong", "th", "font", "big", "small", "sup", "pre", *_SHOWN_WITHOUT))
"""Elements that change the look of the text in them."""


class Style(NamedTuple):
    """The look of some text.

    `size` is in pixels, 0 where nothing sets it; `region` numbers the part of the page that its markup sets apart.
    """

    bold: bool = False
    size: int = 0
    link: str = ""
    raised: bool = False
    kept: bool = False  # white space stays as it is (`<pre>`)
    hidden: bool = False
    picture: bool = False
    region: int = -1


def styled(style: Style, name: str, node: Tag) -> Style:
    """The style inside an element, given the style around it."""
    if name in ("b", "strong", "th"):
        style = style._replace(bold=True)
    elif name == "font":
        size = str(node.get("size", ""))
        style = style._replace(size=_font_size(size, style.size)) if size else style
    elif name in ("big", "small"):
        style = style._replace(size=round((style.size or _MEDIUM) * (1.2 if name == "big" else 0.83)))
    elif name == "sup":
        style = style._replace(raised=True)
    elif name == "pre":
        style = style._replace(kept=True)
    elif name in _SHOWN_WITHOUT:
        style = style._replace(hidden=True)
    css = node.get("style")
    if css:
        style = _with_css(style, str(css))
    if node.get("hidden") is not None:
        style = style._replace(hidden=True)
    return style


@functools.lru_cache(maxsize=512)
def _font_size(printed: str, around: int) -> int:
    """`5`, `+1`, `-2` in pixels; anything else changes nothing."""
    found = re.fullmatch(r"\s*([+-]?)(\d)\s*", printed)
    if not found:
        return around
    number = int(found[2])
    if found[1]:
        number = 3 + (number if found[1] == "+" else -number)
    return _FONT_SIZES[min(max(number, 1), 7) - 1]


def _with_css(style: Style, css: str) -> Style:
    if _HIDDEN.search(css):
        style = style._replace(hidden=True)
    weight = _WEIGHT.search(css)
    if weight:
        value = weight[1].strip().lower()
        style = style._replace(bold=value in ("bold", "bolder", "600", "700", "800", "900"))
    size = _SIZE.search(css)
    if size:
        style = style._replace(size=_css_size(size[1].strip().lower(), style.size))
    return style


def _css_size(value: str, around: int) -> int:
    if value in _KEYWORDS:
        return _KEYWORDS[value]
    found = _LENGTH.match(value)
    if not found:
        return around
    number = float(found[1])
    unit = found[2]
    pixels = (
        number * {"px": 1.0, "pt": 4 / 3, "em": around or _MEDIUM, "rem": _MEDIUM, "%": (around or _MEDIUM) / 100}[unit]
    )
    return round(min(pixels, 200))
