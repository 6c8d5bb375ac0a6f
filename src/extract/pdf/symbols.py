"""What a code point of a PDF's text stands for in print."""

from __future__ import annotations

import sys

UNKNOWN = "\ufffd"
"""Stands for a glyph for which the file names no character."""
_LINE_END_HYPHEN = (0xFFFE, 0x2)  # pdfium's sign for a hyphen at the end of a line
# Symbol fonts put their glyphs into the private area at 0xF000 plus the code; these are the list marks among them.
_SYMBOL = {0xB7: "•", 0xD8: "➢", 0xA7: "▪", 0xA8: "◦", 0xFC: "✓", 0x6F: "o", 0x71: "□", 0x76: "❖", 0x2D: "−"}
_SYMBOL_FONTS = ("symbol", "wingdings", "dingbats")
_LAST_BMP = 0xFFFF


def spelled(code: int, font: str) -> str:
    """The character of a code point; U+FFFD where the file names none.

    Codes that Unicode leaves to controls are read as windows-1252, as everywhere: 0x95 is a bullet.

    >>> spelled(0xFFFE, "Times"), spelled(0xF0B7, "SymbolMT"), spelled(0x95, "Times"), spelled(0, "Times")
    ('-', '•', '•', '\ufffd')
    """
    if code in _LINE_END_HYPHEN:
        return "-"
    if code in (0x9, 0xA, 0xD):
        return " "
    if 0x80 <= code < 0xA0:
        return bytes([code]).decode("cp1252", "replace")
    if 0xF000 <= code <= 0xF0FF:
        is_symbol = any(name in font.lower() for name in _SYMBOL_FONTS)
        return _SYMBOL.get(code - 0xF000, chr(code) if is_symbol else UNKNOWN)
    is_named = 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or 0xF900 <= code <= 0xFFFC or code > _LAST_BMP
    return chr(code) if is_named and code <= sys.maxunicode else UNKNOWN
