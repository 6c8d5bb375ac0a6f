"""What a code point of a PDF's text stands for in print."""

from __future__ import annotations

import sys

UNKNOWN = "\ufffd"
"""Stands for a glyph for which the file names no character."""
_HYPHENS = (0xFFFE, 0x2, 0xAD)
"""pdfium's signs for a hyphen at the end of a line, and the soft hyphen: where a page prints one, it is seen."""
# Symbol fonts put their glyphs into the private area at 0xF000 plus the code; these are the list marks among them.
_SYMBOL = {0xB7: "•", 0x2D: "−"}
# Wingdings has signs where other fonts have letters. A file without a map gives these letters: they are not printed.
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•",
    0xA7: "▪", 0xA8: "◻", 0xB7: "•", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_SYMBOL_FONTS = ("symbol", "dingbats")
_RIGHT_TO_LEFT = "\u0590", "\u08ff"  # Hebrew, Arabic and their neighbours
_LAST_BMP = 0xFFFF


def spelled(code: int, font: str) -> str:
    """The character of a code point; U+FFFD where the file names none.

    Codes that Unicode leaves to controls are read as windows-1252, as everywhere: 0x95 is a bullet.

    >>> spelled(0xF0B7, "SymbolMT"), spelled(0x95, "Times"), spelled(0, "Times"), spelled(0x6E, "Wingdings-Regular")
    ('•', '•', '\ufffd', '■')
    >>> spelled(0xAD, "Times")
    '-'
    """
    if code in _HYPHENS:
        return "-"
    if code in (0x9, 0xA, 0xD):
        return " "
    is_private = 0xF000 <= code <= 0xF0FF
    if is_wingdings(font) and (is_private or (0x20 < code < 0x100 and code != 0xA0)):
        return _WINGDINGS.get(code & 0xFF, UNKNOWN)
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "replace")
    if is_private:
        is_symbol = any(name in font.lower() for name in _SYMBOL_FONTS)
        return _SYMBOL.get(code - 0xF000, chr(code) if is_symbol else UNKNOWN)
    is_named = 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xF900 <= code <= 0xFFFC or code > _LAST_BMP
    return chr(code) if is_named and code <= sys.maxunicode else UNKNOWN


def is_wingdings(font: str) -> bool:
    """Whether a font has signs in place of letters."""
    return "wingdings" in font.lower().replace(" ", "")


def is_right_to_left(char: str) -> bool:
    """Whether a character belongs to a script that runs from right to left."""
    return _RIGHT_TO_LEFT[0] <= char <= _RIGHT_TO_LEFT[1]
