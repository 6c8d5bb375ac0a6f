"""How wide the columns and how high the rows of a sheet must be for their texts to be read, on screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST: Final = 64
"""Characters of the longest line that is pleasant to read in a cell."""

_PAGE: Final = 220
"""Characters across a printed page that are still legible."""
_TOWER: Final = 36
"""A paragraph in a column of fewer characters is too high to be read, on a screen or on paper."""
_ROOM: Final = 2
_LINE_HEIGHT: Final = 15
_HIGHEST: Final = 409


@dataclass(slots=True)
class Lengths:
    """The length of the longest line in each column, as far as texts have been seen."""

    longest: list[int] = field(default_factory=list)

    def see(self, texts: Sequence[str]) -> None:
        """Take note of the texts of a row."""
        longest = self.longest
        if len(texts) > len(longest):
            longest.extend([0] * (len(texts) - len(longest)))
        for column, text in enumerate(texts):
            if len(text) > longest[column]:
                longest[column] = max(longest[column], line_length(text))


def line_length(text: str) -> int:
    """The length of the longest line of a text."""
    return max(map(len, text.split("\n"))) if "\n" in text else len(text)


def widths(lengths: Sequence[int], least: Sequence[int]) -> list[int]:
    """The widths of columns whose longest lines are given.

    A column gets what it needs, up to `LONGEST`. If that is more than a page, the widest are narrowed, all to the
    same width, but not so far that a paragraph becomes a tower, and none below `least`, which its heading needs, or
    what can't be wrapped in it.
    """
    found: list[int] = []
    for most in range(LONGEST, _TOWER - 1, -4):
        found = [max(low, min(length, most)) + _ROOM for length, low in zip(lengths, least, strict=True)]
        if sum(found) <= _PAGE:
            break
    return found


def pages_across(found: Sequence[int]) -> int:
    """How many printed pages columns of these widths take side by side, to be legible."""
    return -(-sum(found) // _PAGE) or 1


def lines_in(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    if len(text) < width and "\n" not in text:
        return 1
    return sum(-(-len(part) // max(1, width - 1)) or 1 for part in text.split("\n"))


def set_height(sheet: Worksheet, row: int, lines: int) -> None:
    """Make a row high enough for its wrapped text: Excel would do so by itself, LibreOffice doesn't."""
    if lines > 1:
        sheet.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST))
