"""How wide text is in a proportional font.

A table's column was cut at one place, so the parts of lines that remain have nearly the same width. The papers don't
say in which font they were printed, but nearly all of that time were set in one of two families, Arial (which has the
widths of Helvetica) and Times. The advance widths are those of the Adobe Font Metrics, in thousandths of the font size.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

_HELVETICA = {
    191: "'", 222: "ijl’‘", 260: "|", 278: " ,.!:;/I[]\\ft·", 333: "()-`r“”", 334: "{}", 350: "•", 355: '"', 389: "*",
    469: "^", 500: "cksvxyzJ", 556: "abdeghnopqu0123456789?#$_L£–é", 584: "+<=>~", 611: "FTZ", 667: "ABEKPSVXY&",
    722: "CDHNRUw", 778: "GOQ", 833: "mM", 889: "%", 944: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_TIMES = {
    180: "'", 200: "|", 250: " ,.·", 278: "ijlt:;/\\", 333: "fr()-!I[]`’‘", 350: "•", 389: "sJ", 408: '"',
    444: "acez?“”é", 469: "^", 480: "{}", 500: "bdghknopquvxy0123456789#$*_£–", 541: "~", 556: "FPS", 564: "+<=>",
    611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYw", 778: "m&", 833: "%", 889: "M", 921: "@", 944: "W", 1000: "—…",
}  # fmt: skip
_WIDER = 1.088
"""How much wider running text is in Helvetica than in Times."""


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """The widths of characters in ems (font sizes); one that is not listed is as wide as a figure."""

    widths: dict[str, float]
    space: float
    other: float

    @classmethod
    def of(cls, widths: dict[str, float]) -> Font:
        """A font of these widths."""
        return cls(widths, widths[" "], widths["0"])

    def width(self, text: str) -> float:
        """The width of a line of text.

        >>> round(TIMES.width("Sept 2006"), 3), round(HELVETICA.width("Sept 2006"), 3)
        (4.028, 4.559)
        """
        return _width(self, text)

    def fitting(self, least: float, most: float, start: int = 0) -> Callable[[str], bool]:
        """A test whether a word, from its letter `start`, is between two widths."""
        return lambda word: least <= self.width(word[start:]) <= most


@functools.lru_cache(maxsize=20_000)
def _width(font: Font, text: str) -> float:
    widths, other = font.widths, font.other
    return sum([widths.get(char, other) for char in text])


def _listed(groups: dict[int, str]) -> dict[str, float]:
    return {char: width / 1000 for width, chars in groups.items() for char in chars}


HELVETICA, TIMES = Font.of(_listed(_HELVETICA)), Font.of(_listed(_TIMES))
BETWEEN = Font.of({char: (width + _WIDER * TIMES.widths[char]) / 2 for char, width in HELVETICA.widths.items()})
"""For a table of which too little is known to tell its font."""
