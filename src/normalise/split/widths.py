"""How wide text is in a proportional font.

A table's column was cut at one place, so the parts of lines that remain have nearly the same width. The papers don't
say in which font they were printed: the advance widths are the mean of those of Helvetica (which Arial shares) and of
Times, made as wide, in thousandths of the font size (Adobe Font Metrics). Either alone fits half of the papers worse.
"""

from __future__ import annotations

_GROUPS = {
    194: "'", 239: '|', 263: 'ijl', 275: ' ,.', 291: '/:;\\t', 292: '’‘', 320: '!I[]f', 348: '()-`r', 366: '•',
    400: '"', 429: '{}', 462: 'Js', 467: '*', 490: '^', 492: 'cz', 520: '?ae', 522: 'kvxy',
    550: '#$0123456789_bdghnopqu£–', 587: '~', 599: '+<=>', 609: 'F', 611: 'L', 637: 'PS', 638: 'TZ', 666: 'E',
    697: 'B', 725: 'CR', 727: 'AKVXY', 754: 'DHNUw', 758: '&', 782: 'GOQ', 841: 'm', 898: '%', 901: 'M', 986: 'W',
    1009: '@', 1045: '—…',
}  # fmt: skip
_WIDTHS = {char: width / 1000 for width, chars in _GROUPS.items() for char in chars}

SPACE = _WIDTHS[" "]


def width(text: str) -> float:
    """The width of a line of text in ems (font sizes).

    >>> round(width("Sept 2006"), 3)
    4.473
    """
    return sum(_WIDTHS.get(char, 0.556) for char in text)
