"""Whether the text layer of a page says what is printed."""

from __future__ import annotations

from collections.abc import Iterator

from extract.pdf.page import Page
from extract.pdf.symbols import is_right_to_left
from papers.paper import Remark

GARBLED = 0.3
"""Of the glyphs of a page, for which the file names no character: with so many the rest is no text either."""
PARTIAL = 0.02
"""Of the glyphs of a page, for which the file names no character: with so many something has not been read."""
LETTERS = 200
"""Letters that a page has at least, before their frequency is looked at."""
SAMPLE = 4_000
"""Glyphs that are looked at; a page of print has 2,000 to 5,000."""
VOWELS = 0.2
"""Of the letters that are vowels, at least. In English and its neighbours it is 0.37 to 0.48; in a text whose letters
stand for others, as a subset font without a map of its own gives it, seldom above 0.15."""
_VOWELS = tuple("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ")
_LATIN_END = "\u024f"


def is_garbled(page: Page) -> bool:
    """Whether the text layer of a page is rubbish: no characters, or letters that make no words.

    Must not act on other scripts than the Latin one, and not on pages with little text.
    """
    if page.garbled > GARBLED * len(page.glyphs):
        return True
    text = "".join([glyph.text for glyph in page.glyphs[:SAMPLE]]).lower()
    counts = {char: text.count(char) for char in sorted(set(text)) if char.isalpha()}
    letters = sum(counts.values())
    latin = sum(count for char, count in counts.items() if char <= _LATIN_END)
    if latin < LETTERS or 2 * latin < letters:
        return False
    return sum(counts.get(char, 0) for char in _VOWELS) < VOWELS * latin


def remarks(page: Page, *, garbled: bool) -> Iterator[Remark]:
    """What a person should know of a page: what of it is not read, or read by a machine."""
    if page.unread:
        yield Remark(page.unread, unread=True)
    if garbled:
        yield Remark("its text layer does not say what is printed: the fonts have no usable map", unread=True)
    elif page.garbled:
        what = f"the file names no character for {page.garbled} of its glyphs; they stand as \ufffd"
        yield Remark(what, unread=page.garbled > PARTIAL * len(page.glyphs))
    if page.reread:
        times = "once" if page.reread == 1 else f"{page.reread} times"
        what = "pdfium names no character, or a letter where a sign must stand"
        yield Remark(f"{times} {what}; what pdfplumber reads there was taken")
    if page.recognised > len(page.glyphs) / 2:
        yield Remark("its text was recognised from a picture by another program: look out for misread characters")
    if any(is_right_to_left(glyph.text) for glyph in page.glyphs):
        yield Remark("some of its text runs from right to left: its words may stand in the wrong order")
    if not page.glyphs and any(shape.is_picture for shape in page.shapes):
        yield Remark("it is a picture without a text layer", unread=True)
