"""Whether the text layer of a page says what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from extract.pdf.page import Page, Shape
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
STAMP = 300
"""Glyphs over the picture of a sheet, at most, if they are a stamp and not its text layer."""
COVER = 0.6
"""Of a page, which the picture of a sheet covers at least."""
_VOWELS = tuple("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ")
_LATIN_END = "\u024f"


def is_garbled(page: Page) -> bool:
    """Whether the text layer of a page is rubbish: no characters, or letters that make no words.

    Must not act on other scripts than the Latin one, and not on pages with little text.
    """
    if page.garbled > GARBLED * len(page.glyphs):
        return True
    text = "".join(map(attrgetter("text"), page.glyphs[:SAMPLE])).lower()
    counts = {char: text.count(char) for char in sorted(set(text)) if char.isalpha()}
    letters = sum(counts.values())
    latin = sum(count for char, count in counts.items() if char <= _LATIN_END)
    if latin < LETTERS or 2 * latin < letters:
        return False
    return sum(counts.get(char, 0) for char in _VOWELS) < VOWELS * latin


def is_picture(page: Page) -> bool:
    """Whether what is printed on a page can be seen only in its picture, at least most of it.

    There is no text layer, or one that is rubbish, or one of a few words over a picture, as a stamp on a scanned sheet.
    """
    covered = max((_area(shape) for shape in page.shapes if shape.is_picture), default=0.0)
    if len(page.glyphs) > STAMP:
        return is_garbled(page)
    return covered > (COVER * page.width * page.height if page.glyphs else 0.0)


def _area(shape: Shape) -> float:
    return (shape.x1 - shape.x0) * (shape.bottom - shape.top)


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
    text = "".join([glyph.text for glyph in page.glyphs])
    if not text.isascii() and any(map(is_right_to_left, sorted(set(text)))):
        yield Remark("some of its text runs from right to left: its words may stand in the wrong order")
    if not page.glyphs and is_picture(page):
        yield Remark("it is a picture without a text layer", unread=True)
