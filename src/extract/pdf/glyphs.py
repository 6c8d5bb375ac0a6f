"""The characters of a page with their boxes, and which of them are seen."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, groupby, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as c  # type: ignore[import-untyped]

from extract.pdf import handles as h
from extract.pdf.drawings import Box, Drawings, TextStyle, common, is_white
from extract.pdf.matrix import Matrix
from extract.pdf.page import BLACK, Glyph
from extract.pdf.second import Namer
from extract.pdf.symbols import UNKNOWN, is_wingdings, spelled

MAX_GLYPHS = 200_000
"""More characters on one page are not a paper: the rest is left out, and the page says so."""
LIGATURE = 4
"""Characters at most that one printed ligature stands for (`ffi` and a spare)."""
MAX_GROUNDS = 500
"""Dark areas under white text that are looked at; on busier pages the smaller ones are not."""
_INVISIBLE = 3  # PDF 32000-1, table 106: neither filled nor stroked
_FILL_AND_STROKE = 2  # what is used to make type bold
_FORCE_BOLD = 1 << 18  # PDF 32000-1, table 123
_EMBOLDENED = ("bold", "black", "heavy", "demi")


@dataclass(slots=True)
class PageText:
    """The glyphs that are seen, those that are not, and how many there are of which kind, as in `Page`."""

    seen: list[Glyph] = field(default_factory=list)
    hidden: list[Glyph] = field(default_factory=list)
    garbled: int = 0
    recognised: int = 0
    reread: int = 0
    is_cut_short: bool = False


class _Font(NamedTuple):
    name: str
    bold: bool
    signs: bool
    descent: float


class _Run(NamedTuple):
    """Characters in one style, and their edges in the page's own space, flat.

    For those in the places `unnamed`, `text` has the codes of the font, since the file names no character.
    """

    style: TextStyle
    text: str
    edges: Sequence[float]
    unnamed: Sequence[int]


def read_glyphs(text: Any, shown: Matrix, drawings: Drawings, sheet: Box, name: Namer) -> PageText:
    """Read the characters of a page's text, in the order in which they are drawn."""
    count = max(c.FPDFText_CountChars(text), 0) if text else 0
    found = PageText(is_cut_short=count > MAX_GLYPHS)
    grounds = _grounds(drawings)
    fonts: dict[int, _Font] = {}
    for run in _runs(text, min(count, MAX_GLYPHS), drawings.texts):
        style = run.style
        if style.font not in fonts:
            fonts[style.font] = _font(style.font)
        font = fonts[style.font]
        chars: str | list[str] = run.text
        if font.signs or run.unnamed or not (run.text.isascii() and run.text.isprintable()):
            chars = [spelled(ord(char), font.name) for char in run.text]
            for place in run.unnamed:
                named = name(font.name, ord(run.text[place]))
                found.reread += bool(named)
                chars[place] = named or UNKNOWN
            found.garbled += chars.count(UNKNOWN)
        glyphs, box = (_level if style.angle == 0 and shown.a > 0 else _turned)(chars, run.edges, style, font, shown)
        within = sheet if style.clip is None else common(sheet, style.clip)
        _part(glyphs, box, _is_inked(glyphs[0], style, drawings, grounds), within, found)
        found.recognised += len(glyphs) if style.mode == _INVISIBLE else 0
    return found


def _runs(text: Any, count: int, styles: Mapping[int, TextStyle]) -> Iterator[_Run]:
    """The characters that the file draws; what pdfium puts in, spaces and line ends, belongs to no object."""
    handle = h.ready_of(text)
    edges = h.boxes(handle, count)
    chars = _characters(text, handle, count)
    items = h.each(h.object_of, handle, count)
    unnamed = frozenset(compress(range(count), h.each(h.is_unnamed, handle, count)))
    unknown = set(items) - styles.keys() - {None}
    known = {**styles, **dict.fromkeys(unknown, TextStyle(1.0, 0, 0.0, 0, 0, BLACK, None))} if unknown else styles
    start = 0
    for style, group in groupby(map(known.get, items)):
        end = start + len(list(group))
        if style is not None:
            here = [place - start for place in range(start, end) if place in unnamed] if unnamed else ()
            yield _Run(style, chars[start:end], edges[4 * start : 4 * end], here)
        start = end


def _characters(text: Any, handle: h.Ready, count: int) -> str:
    """All characters: in one call, or one by one where the text has not as many as pdfium counts."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(text, 0, count, buffer) if count else 0
    chars = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace") if written > 0 else ""
    if not len(chars) == written - 1 == count:
        codes = h.each(h.unicode_of, handle, count)
        return "".join(chr(code) if code <= sys.maxunicode else UNKNOWN for code in codes)
    return chars


def _level(
    chars: Sequence[str], edges: Sequence[float], style: TextStyle, font: _Font, shown: Matrix
) -> tuple[list[Glyph], Box]:
    """The glyphs of ordinary text, and the box around them.

    Their own are as high as the type is large, and stand on the font's descent.
    """
    bottom = style.baseline + font.descent * style.size
    lefts, rights = edges[0::4], edges[2::4]
    if shown.e:
        lefts, rights = [x + shown.e for x in lefts], [x + shown.e for x in rights]
    top = bottom - style.size
    same = (bottom, style.size, font.name, _is_bold(style, font), 0, style.baseline, style.colour)
    values = zip(chars, lefts, repeat(top), rights, *map(repeat, same), strict=False)
    glyphs: list[Glyph] = list(map(tuple.__new__, repeat(Glyph), values))
    box = min(lefts), top, max(rights), bottom
    return _parted(glyphs) if len(set(lefts)) < len(lefts) else glyphs, box


def _turned(
    chars: Sequence[str], edges: Sequence[float], style: TextStyle, font: _Font, shown: Matrix
) -> tuple[list[Glyph], Box]:
    """The glyphs of text in any direction, or on a turned page, and the box around them."""
    size, angle, baseline = style.size, style.angle, style.baseline
    glyphs = []
    for text, left, upper, right, lower in zip(chars, *(edges[k::4] for k in range(4)), strict=True):
        x0, top, x1, bottom = shown.box(left, lower, right, upper)
        if angle == 0:
            bottom = baseline + font.descent * size
            top = bottom - size
        bold = _is_bold(style, font)
        glyphs.append(Glyph(text, x0, top, x1, bottom, size, font.name, bold, angle, baseline, style.colour))
    _, x0s, tops, x1s, bottoms, *_ = zip(*glyphs, strict=True)
    return _parted(glyphs) if angle == 0 else glyphs, (min(x0s), min(tops), max(x1s), max(bottoms))


def _is_bold(style: TextStyle, font: _Font) -> bool:
    return font.bold or style.mode == _FILL_AND_STROKE


def _parted(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The same glyphs; characters that have one box, as they come out of one ligature, share its width."""
    parted: list[Glyph] = []
    for (x0, x1), group in groupby(glyphs, key=lambda glyph: (glyph.x0, glyph.x1)):
        same = list(group)
        if 1 < len(same) <= LIGATURE:
            step = (x1 - x0) / len(same)
            same = [glyph._replace(x0=x0 + n * step, x1=x0 + (n + 1) * step) for n, glyph in enumerate(same)]
        parted += same
    return parted


def _part(glyphs: Sequence[Glyph], box: Box, is_inked: bool, within: Box, found: PageText) -> None:
    """Put glyphs to those that are seen or to the hidden ones. A word that an edge cuts in two stays whole."""
    if not is_inked:
        found.hidden += glyphs
        return
    if within[0] <= box[0] and within[1] <= box[1] and box[2] <= within[2] and box[3] <= within[3]:
        found.seen += glyphs
        return
    for glyph in glyphs:
        is_seen = _holds(within, glyph) or bool(found.seen and _goes_on(found.seen[-1], glyph))
        (found.seen if is_seen else found.hidden).append(glyph)


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    is_level = last.angle == glyph.angle == 0 and last.baseline == glyph.baseline
    return is_level and not last.text.isspace() and abs(glyph.x0 - last.x1) < 0.1 * glyph.size


def _grounds(drawings: Drawings) -> list[Box]:
    """What white text can be seen on: coloured areas, pictures, shapes; the largest first."""
    boxes = {fill[:4] for fill in drawings.fills if not is_white(fill.colour)}
    boxes |= {shape[:4] for shape in drawings.shapes}
    return sorted(boxes, key=lambda box: ((box[0] - box[2]) * (box[3] - box[1]), box))[:MAX_GROUNDS]


def _is_inked(first: Glyph, style: TextStyle, drawings: Drawings, grounds: Sequence[Box]) -> bool:
    """Whether text shows: it is drawn, and not white on the white paper.

    Invisible text over a picture is the text layer of a scanned page, and is what the picture shows.
    """
    if style.mode == _INVISIBLE:
        pictures = (shape for shape in drawings.shapes[:MAX_GROUNDS] if shape.is_picture)
        return any(_holds(picture[:4], first) for picture in pictures)
    return not is_white(style.colour) or any(_holds(ground, first) for ground in grounds)


def _font(number: int) -> _Font:
    if not number:
        return _Font("", False, False, 0.0)
    handle = ctypes.cast(number, c.FPDF_FONT)
    buffer = ctypes.create_string_buffer(256)
    c.FPDFFont_GetBaseFontName(handle, buffer, 256)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    descent = ctypes.c_float()
    c.FPDFFont_GetDescent(handle, 1.0, descent)
    is_bold = any(word in name.lower() for word in _EMBOLDENED)
    is_bold = is_bold or bool(c.FPDFFont_GetFlags(handle) & _FORCE_BOLD)
    return _Font(name, is_bold, is_wingdings(name), abs(descent.value))
