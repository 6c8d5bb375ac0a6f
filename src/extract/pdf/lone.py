"""Letters that stand alone where no word can: signs that a font without a full map gives out for letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from extract.pdf.page import Glyph, Page
from extract.pdf.words import GAP

_NO_WORDS = frozenset("ÂÃÇËÎÏÐÑÕÛÝÞßâãçëîïðñõûýþÿ")
"""Letters that are no word by themselves in any language of western Europe."""

Signs = Mapping[tuple[str, str], str]
"""(font, letter that pdfium reads) -> what stands there, empty if it is not known."""


def lone_letters(page: Page) -> list[int]:
    """The places in `page.glyphs` of letters that are no words and stand alone; a dash or a bullet is printed there."""
    glyphs = page.glyphs
    if _NO_WORDS.isdisjoint(map(attrgetter("text"), glyphs)):
        return []
    return [k for k, glyph in enumerate(glyphs) if glyph.text in _NO_WORDS and _is_alone(glyphs, k)]


def with_signs(page: Page, places: Sequence[int], signs: Signs) -> Page:
    """The page with the signs that stand in some places. A letter never gives way to another letter."""
    glyphs = list(page.glyphs)
    changed = 0
    for place in places:
        sign = signs.get((glyphs[place].font, glyphs[place].text), "")
        if sign and not sign.isalpha():
            glyphs[place] = glyphs[place]._replace(text=sign)
            changed += 1
    return replace(page, glyphs=tuple(glyphs), reread=page.reread + changed) if changed else page


def _is_alone(glyphs: tuple[Glyph, ...], place: int) -> bool:
    """Whether a glyph is a word by itself; the glyphs of a word are drawn one after the other."""
    around = glyphs[max(place - 1, 0) : place] + glyphs[place + 1 : place + 2]
    return not any(_touch(glyphs[place], other) for other in around)


def _touch(glyph: Glyph, other: Glyph) -> bool:
    if other.text.isspace() or abs(other.baseline - glyph.baseline) > glyph.size / 2:
        return False
    return max(glyph.x0 - other.x1, other.x0 - glyph.x1) < GAP * glyph.size
