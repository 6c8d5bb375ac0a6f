"""Lists of a page, and the marks that a browser draws in front of their items."""

from __future__ import annotations

import re

from bs4 import Tag

from extract.html.blocks import Element

BULLET = "•"
"""The mark of an item whose list does not count."""

_NUMBER = re.compile(r"\s*(\d{1,6})\s*")
_STYLES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Item:
    """A list item; its mark is taken away from it once it stands in front of a block."""

    __slots__ = ("element", "level", "marker")

    def __init__(self, element: Element, marker: str, level: int) -> None:
        self.element = element
        self.marker = marker
        self.level = level


class List:
    """A list: its kind of marks, and the number of its next item."""

    __slots__ = ("_kind", "_next", "element")

    def __init__(self, element: Element, node: Tag) -> None:
        css = str(node.get("style", ""))
        kind = next((letter for name, letter in _STYLES.items() if name in css), str(node.get("type", "1")))
        start = _NUMBER.fullmatch(str(node.get("start", "")))
        self.element = element
        self._kind = "" if node.name != "ol" else kind if kind in ("a", "A", "i", "I") else "1"
        self._next = int(start[1]) if start else 1

    def mark(self, node: Tag) -> str:
        """The mark of the next item, `3.`, `c.` or a bullet; an item may say its own number."""
        if not self._kind:
            return BULLET
        value = _NUMBER.fullmatch(str(node.get("value", "")))
        number = int(value[1]) if value else self._next
        self._next = number + 1
        return f"{_numeral(number, self._kind)}."


def _numeral(number: int, kind: str) -> str:
    if kind in "aA" and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in "iI" and 1 <= number < 40:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if kind == "i" else roman.upper()
    return str(number)
