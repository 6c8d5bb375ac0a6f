"""pdfplumber as a second reader of what pdfium can't be trusted with: glyphs without a name, letters for signs.

It is asked for as little as possible, since it takes ten times as long: for fonts, if it will do, else for a page.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from typing import Any, TypeVar

import pypdfium2  # type: ignore[import-untyped]

from extract.pdf.matrix import visible_box
from extract.pdf.page import Glyph
from extract.pdf.symbols import UNKNOWN, spelled

MOST_FONTS = 20
"""Fonts of a page that are looked at; with more that lack names it is beyond help."""
MOST_ALIKE = 20
"""Fonts of one name on a page, at most."""
MOST_FORMS = 100
"""Forms of each depth on a page, at most."""
MAX_DEPTH = 12
"""Forms within forms."""
NEAR = 0.5
"""Of the size of a glyph, by which the two readers may put its middle apart."""
SQUARE = 8.0
"""Points: the side of the squares in which the glyphs of the second reading are looked up."""

_T = TypeVar("_T")
Namer = Callable[[str, int], str]
"""(font, code of a glyph in it) -> its characters, empty if the file does not name them."""


def namer(document: pypdfium2.PdfDocument, number: int) -> Namer:
    """Names for the glyphs of a page that pdfium has none for; the fonts are read when the first one is asked for.

    Such are ligatures that a font calls `f_i`. Fonts of one name that read a code in different ways name nothing.
    """

    @cache
    def fonts(font: str) -> list[Any]:
        return _second(document, number, lambda page: islice(_fonts(page, font), MOST_ALIKE))

    @cache
    def name(font: str, code: int) -> str:
        is_known = fonts.cache_info().currsize < MOST_FONTS
        names = {_name(each, code) for each in (fonts(font) if is_known else ())} - {""}
        return _spelt(names.pop(), font) if len(names) == 1 else ""

    return name


def characters_at(document: pypdfium2.PdfDocument, number: int, glyphs: Sequence[Glyph]) -> dict[Glyph, str]:
    """What pdfplumber reads in the places of some glyphs of a page, empty where it reads nothing."""
    squares: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)
    for x, y, text in _second(document, number, _characters):
        squares[int(x // SQUARE), int(y // SQUARE)].append((x, y, text))
    return {glyph: _spelt(_at(squares, glyph), glyph.font) for glyph in glyphs}


def _second(document: pypdfium2.PdfDocument, number: int, read: Callable[[Any], Iterator[_T]]) -> list[_T]:
    """What `read` finds on a page as pdfplumber sees it; if the page is damaged, what it has found so far."""
    import pdfplumber  # it takes long to load, and few papers need it

    found: list[_T] = []
    try:
        with pdfplumber.open(io.BytesIO(_single(document, number))) as opened:
            found.extend(read(opened.pages[0]))
    except MemoryError:
        raise
    except Exception:  # damage makes it raise errors of any kind; the first reading stands then
        return found
    return found


def _single(document: pypdfium2.PdfDocument, number: int) -> bytes:
    """One page as a file of its own, which is no larger than the part of it that is seen.

    So pdfplumber need not find its way through a long or damaged file, and counts from the same corner.
    """
    single = pypdfium2.PdfDocument.new()
    try:
        single.import_pages(document, [number - 1])
        page = single[0]
        box = visible_box(page.get_mediabox(), page.get_cropbox())
        page.set_mediabox(*box)
        page.set_cropbox(*box)
        page.close()
        file = io.BytesIO()
        single.save(file)
        return file.getvalue()
    finally:
        single.close()


def _fonts(page: Any, name: str) -> Iterator[Any]:
    """The fonts of a name on a page and in the forms that it uses."""
    from pdfminer.pdftypes import resolve1

    found = [page.page_obj.resources]
    for _ in range(MAX_DEPTH):
        inner = []
        for resources in map(resolve1, found[:MOST_FORMS]):
            for spec in (resolve1(resources.get("Font")) or {}).values():
                own = resolve1(spec)
                if _without_tag(own.get("BaseFont")) == name:
                    yield page.pdf.rsrcmgr.get_font(getattr(spec, "objid", None), own)
            forms = map(resolve1, (resolve1(resources.get("XObject")) or {}).values())
            inner += [form["Resources"] for form in forms if "Resources" in form]
        found = inner


def _without_tag(name: Any) -> str:
    """The name of a font without the tag that marks a subset."""
    return str(getattr(name, "name", name)).rpartition("+")[2]


def _name(font: Any, code: int) -> str:
    try:
        return str(font.to_unichr(code))
    except Exception:  # what it raises for a code without a name depends on the kind of font
        return ""


def _characters(page: Any) -> Iterator[tuple[float, float, str]]:
    """(middle from the left, middle from the top, text) of each character of a page.

    pdfplumber's own are dictionaries, which take as long to make as the page takes to read.
    """
    drawn = list(page.layout)
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for item in drawn:
            if hasattr(item, "get_text"):
                yield (item.x0 + item.x1) / 2, page.height - (item.y0 + item.y1) / 2, item.get_text()
            elif isinstance(item, Iterable):
                inner += item
        drawn = inner


def _at(squares: Mapping[tuple[int, int], Sequence[tuple[float, float, str]]], glyph: Glyph) -> str:
    x, y, reach = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2, NEAR * glyph.size
    column, row = int(x // SQUARE), int(y // SQUARE)
    around = (squares.get((column + i, row + j), ()) for i, j in product((-1, 0, 1), repeat=2))
    near = [(abs(x - cx) + abs(y - cy), text) for square in around for cx, cy, text in square]
    distance, text = min(near, default=(reach, ""))
    return text if distance < reach else ""


def _spelt(text: str, font: str) -> str:
    """What the second reader has, as print shows it; empty where it has no name either."""
    spelt = "" if text.startswith("(cid:") else "".join(spelled(ord(char), font) for char in text)
    return "" if UNKNOWN in spelt or spelt.isspace() else spelt
