"""A web page made inert: what it says and how its tables stand, and nothing that a browser could run, load or follow.

The copy is data, not markup: nested lists with names out of a short list, from which the review page builds nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bs4 import Tag
from bs4.element import CData, NavigableString

from extract.encodings import decode
from extract.html.parse import declared_charset, parse

Json = list[Any]

MOST_ELEMENTS: Final = 30_000
"""A page with more is shown by its lines: no browser could lay it out while a person waits."""

_KEPT: Final = frozenset(
    "address b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr u ul".split()
)
_SHOWN_AS: Final = {"menu": "ul", "dir": "ul", "strike": "s", "tt": "code"} | dict.fromkeys(
    "article aside body center details dialog fieldset figcaption figure footer form header hgroup html legend main "
    "nav noframes noscript optgroup option search section select summary textarea".split(),
    "div",
)
_LEFT_OUT: Final = frozenset(("frame", "head", "iframe", "script", "style"))
_ALIGNED: Final = frozenset(("left", "right", "center"))
_LOOSE: Final = frozenset("div dl ol table tbody tfoot thead tr ul".split())
"""White space between the parts of these is not seen."""
_DEEPEST: Final = 60
"""What is nested deeper is shown at this depth."""
_DEEPEST_PLACE: Final = 200
_LONGEST_TITLE: Final = 300
_WIDEST: Final = 100
_SPAN: Final = re.compile(r"\s*(\d{1,5})")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")


def inert_copy(data: bytes, cells: Mapping[str, list[int]], charset: str = "") -> Json | None:
    """Copy what a web page shows.

    An element is `[name, about, child, ...]`, a text is a string. `about` is 0, or holds any of: `raw`, the raw cells
    that stand in it; `columns` and `rows`, its spans; `align`, which is left, right or center; `border`, 1 for a table
    that has one; `title`, the address that a link leads to; `picture`, 1 for the words in place of one; `start`, the
    first number of a list.

    Args:
        data: the bytes of the page.
        cells: the numbers of the raw cells, by the paths of their elements.
        charset: the one that a web server declared, if any.

    Returns:
        The copy; None if the page is too large to be shown so.

    Raises:
        Unsupported: the page is not one that is read.
    """
    text, _ = decode(data, charset or declared_charset(data))
    top: Json = ["div", 0]
    stack = [_Inside(top, iter(parse(text).contents))]
    count = 0
    while stack:
        inside = stack[-1]
        for child in inside.children:
            if isinstance(child, Tag):
                number = inside.counts[child.name] = inside.counts.get(child.name, 0) + 1
                count += 1
                if count > MOST_ELEMENTS:
                    return None
                if child.name not in _LEFT_OUT:
                    stack.append(_enter(child, number, inside, len(stack), cells))
                    break
            elif type(child) is NavigableString or type(child) is CData:
                _add(inside, child)
        else:
            stack.pop()
    return top


class _Inside:
    """An element on the way down: its copy, what is still to come, its path, whether it keeps its white space."""

    __slots__ = ("children", "copy", "counts", "is_kept", "path")

    def __init__(self, copy: Json, children: Iterator[object], path: str = "", *, is_kept: bool = False) -> None:
        self.copy = copy
        self.children = children
        self.path = path
        self.is_kept = is_kept
        self.counts: dict[str, int] = {}


def _enter(node: Tag, number: int, parent: _Inside, depth: int, cells: Mapping[str, list[int]]) -> _Inside:
    own = f"{node.name}[{number}]"
    path = f"{parent.path}/{own}" if parent.path else own
    about = _about(node)
    if path in cells:
        about["raw"] = cells[path]
    if depth > _DEEPEST:
        copy = parent.copy
        if "raw" in about:
            copy[1] = {**(copy[1] or {}), "raw": [*(copy[1] or {}).get("raw", ()), *about["raw"]]}
        copy.append(" ")
    else:
        name = node.name if node.name in _KEPT else _SHOWN_AS.get(node.name, "span")
        copy = [name, about or 0]
        parent.copy.append(copy)
    if node.name == "img":
        copy.append(f"[{_SPACE.sub(' ', str(node.get('alt', ''))).strip() or 'picture'}]")
    is_kept = parent.is_kept or node.name in ("pre", "textarea")
    return _Inside(copy, iter(node.contents), path if depth <= _DEEPEST_PLACE else parent.path, is_kept=is_kept)


def _about(node: Tag) -> dict[str, Any]:
    found: dict[str, Any] = {}
    name, attributes = node.name, node.attrs
    if name in ("td", "th"):
        found["columns"] = min(_number(attributes.get("colspan")), _WIDEST)
        found["rows"] = _number(attributes.get("rowspan"))
    align = "center" if name == "center" else str(attributes.get("align", "")).strip().lower()
    if align in _ALIGNED:
        found["align"] = align
    found["border"] = int(name == "table" and str(attributes.get("border", "0")).strip() not in ("0", "0px", "none"))
    found["start"] = _number(attributes.get("start")) if name == "ol" else 1
    found["picture"] = int(name == "img")
    if name == "a" and "href" in attributes:
        found["title"] = str(attributes["href"]).strip()[:_LONGEST_TITLE]
    plain = {"columns": 1, "rows": 1, "border": 0, "start": 1, "picture": 0, "title": ""}
    return {key: value for key, value in found.items() if value != plain.get(key)}


def _number(printed: object) -> int:
    """A span or a number as a browser reads it: `2;` is 2, nonsense is 1."""
    found = _SPAN.match(str(printed)) if printed is not None else None
    return int(found[1]) if found else 1


def _add(inside: _Inside, text: str) -> None:
    text = text if inside.is_kept else _SPACE.sub(" ", text)
    if text.isspace() and not inside.is_kept and inside.copy[0] in _LOOSE:
        return
    inside.copy.append(text)
