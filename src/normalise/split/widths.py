"""How wide text is in a proportional font.

A table's column was cut at one place, so the parts of lines that remain have nearly the same width. The advance widths
are those of Helvetica (Adobe Font Metrics, in thousandths of the font size), which Arial shares; for lines of text the
ratio to any other proportional font is nearly constant.
"""

from __future__ import annotations

_GROUPS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu£–•", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_WIDTHS = {char: width / 1000 for width, chars in _GROUPS.items() for char in chars} | {"’": 0.222, "‘": 0.222}

SPACE = _WIDTHS[" "]


def width(text: str) -> float:
    """The width of a line of text in ems (font sizes).

    >>> round(width("Sept 2006"), 3)
    4.559
    """
    return sum(_WIDTHS.get(char, 0.556) for char in text)
