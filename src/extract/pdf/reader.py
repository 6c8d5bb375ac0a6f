"""A PDF's bytes to a raw paper: first page by page, then what only the whole paper shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import pypdfium2  # type: ignore[import-untyped]

from extract.pdf.furniture import find_furniture, set_apart
from extract.pdf.legible import is_picture
from extract.pdf.lone import Signs, lone_letters, with_signs
from extract.pdf.page import Page
from extract.pdf.paragraphs import Paragraph, heading_levels, paragraphs, usual_style
from extract.pdf.pdfium import opened, read_page
from extract.pdf.scan import Scanner, installed, scored
from extract.pdf.second import characters_at
from extract.pdf.sheet import Draft, Leaf, Sheet, draft_of, left_of, open_leaf, origin, read_sheet
from extract.pdf.strips import Strip
from extract.pdf.tables.overleaf import Frame, at_foot, at_head, carried
from extract.pdf.turn import Turn
from papers.errors import NoText, PaperError
from papers.paper import Cell, Line, Paper, Remark, Source

MAX_PAGES = 5_000
"""No paper has more pages; a damaged file may claim any number."""
MOST_SIGNS = 10
"""Letters in place of signs, over which a second reader is asked; with more of them a paper's fonts are beyond help."""
MOST_GLYPHS = 20_000
"""Glyphs of a page that is read a second time, at most: no page of print has more."""
AROUND = 2
"""Pages before and after a page that are looked at for its running heads; those of left and right pages differ."""
_Part = Strip | tuple[Line, ...]


def read_pdf(
    data: bytes, source: Source, begins: Callable[[int], None] = lambda _: None, *, scans: bool = True
) -> Paper:
    """Read a PDF: headings, paragraphs, list items, tables and page furniture in reading order, each with its boxes.

    A paragraph has one origin for each of its visual lines. What nobody sees becomes lines of the kind `hidden`.
    `begins` is told the number of each page before it is worked on, the same below 0 before each share of a page that
    is a picture, and 0 after the last. With `scans`, pages that are pictures are read by a recogniser, if the extra
    `ocr` is installed.

    Raises:
        Encrypted: it asks for a password.
        NoText: none of its pages has a text layer, or a picture that could be read.
        PaperError: it can't be opened, or has no page that can.
    """
    scanner = Scanner() if scans and installed() else None
    with opened(data) as document:
        count = len(document)
        sheets = _sheets(document, min(count, MAX_PAGES), begins, scanner)
    lines = tuple(_lines(sheets))
    remarks = tuple(_remarks(sheets))
    if scanner:
        lines, doubted = scored(lines, scanner.words)
        remarks += doubted
    if count > MAX_PAGES:
        remarks = (Remark(f"only the first {MAX_PAGES} of {count} pages are read", unread=True), *remarks)
    if not lines:
        raise _nothing(remarks, scans=scans)
    anchors = tuple(anchor for sheet in sheets for anchor in sheet.anchors)
    extractor = f"pdf (pdfium, {scanner.name})" if scanner and scanner.name else "pdf (pdfium)"
    return Paper(source, extractor, lines, anchors, pages=count, remarks=remarks)


def _nothing(remarks: Sequence[Remark], *, scans: bool) -> PaperError:
    """Why a PDF gives no text at all."""
    why = "; ".join(remark.why for remark in remarks)
    if any("picture" in remark.why for remark in remarks):
        return NoText(f"there is no text layer: {why}", remedy=_remedy(scans=scans))
    if remarks:
        return PaperError(f"no page can be read: {why}", remedy="fetch it again")
    return NoText("the pages are blank", remedy="look whether it is the right file")


def _remedy(*, scans: bool) -> str:
    """What to do about pages that are pictures."""
    if not scans:
        return "leave out --no-ocr"
    if not installed():
        return "install text recognition, which reads pictures: type make ocr, or pip install '.[ocr]'"
    return "see whether there is print on the pictures"


def _sheets(
    document: pypdfium2.PdfDocument, count: int, begins: Callable[[int], None], scanner: Scanner | None
) -> list[Sheet]:
    """Read page after page, with those before and after it at hand: for running heads, and for tables that go on."""
    sheets: list[Sheet] = []
    grids = 0
    above: Frame | None = None
    drafts: dict[int, Draft] = {}
    leaves = _leaves(document, count, begins, scanner)
    around: dict[int, Leaf] = {}
    for number in range(1, count + 1):
        for ahead in range(number + len(drafts), min(number + 1, count) + 1):
            while max(around, default=0) < min(ahead + AROUND, count):
                leaf = next(leaves)
                around[leaf.page.number] = leaf
            begins(ahead)
            drafts[ahead] = draft_of(around[ahead], _running(around, ahead))
            around.pop(ahead - AROUND, None)
        draft = drafts.pop(number)
        follows = drafts.get(number + 1)
        below = at_head(follows.tables, left_of(follows, follows.tables)) if follows else None
        tables = carried(draft.tables, left_of(draft, draft.tables), draft.leaf.page, above, below)
        above = at_foot(tables, left_of(draft, tables), above)
        sheet = read_sheet(draft, tables, grids)
        if scanner and number in scanner.remarks:
            sheet = replace(sheet, remarks=(*sheet.remarks, *scanner.remarks[number]))
        sheets.append(sheet)
        grids += sheet.tables
    begins(0)
    return sheets


def _leaves(
    document: pypdfium2.PdfDocument, count: int, begins: Callable[[int], None], scanner: Scanner | None
) -> Iterator[Leaf]:
    """The pages, each opened when it is asked for."""
    signs: dict[tuple[str, str], str] = {}
    for number in range(1, count + 1):
        begins(number)
        page = read_page(document, number)
        if scanner and is_picture(page):
            page = scanner.read(document, page, partial(begins, -number))
        places = lone_letters(page)
        signs |= _new_signs(document, page, places, signs)
        yield open_leaf(with_signs(page, places, signs))


def _running(around: Mapping[int, Leaf], number: int) -> frozenset[Strip]:
    """The running heads and feet of a page, judged by those around it."""
    near = {page: leaf for page, leaf in around.items() if abs(page - number) <= AROUND}
    edges = {page: leaf.edges for page, leaf in near.items()}
    return set_apart(edges, {page: leaf.turn.height for page, leaf in near.items()}, number)


def _new_signs(document: pypdfium2.PdfDocument, page: Page, places: Sequence[int], signs: Signs) -> Signs:
    """What a second reader has for the lone letters of a page that have not been met before."""
    glyphs = {(page.glyphs[place].font, page.glyphs[place].text): page.glyphs[place] for place in places}
    new = {key: glyph for key, glyph in glyphs.items() if key not in signs}
    if not new or len(signs) >= MOST_SIGNS or len(page.glyphs) > MOST_GLYPHS:
        return {}
    found = characters_at(document, page.number, list(new.values()))
    return {key: found[glyph] for key, glyph in new.items()}


def _remarks(sheets: Sequence[Sheet]) -> Iterator[Remark]:
    """The remarks on the pages; one that holds for several pages in a row is made once."""
    every = [(sheet.turn, remark) for sheet in sheets for remark in sheet.remarks]
    for remark, group in groupby(every, key=lambda pair: pair[1]):
        turns = [turn for turn, _ in group]
        first, last = turns[0], turns[-1]
        pages = f"page {first.page}" if len(turns) == 1 else f"{len(turns)} pages from {first.page} to {last.page}"
        place = first.back(0, 0, first.width, first.height)
        yield replace(remark, why=f"{pages}: {remark.why}", place=place)


def _lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """The body of the paper; what stands beside it on a page follows the last part that begins on that page."""
    turns = {sheet.turn.page: sheet.turn for sheet in sheets}
    heights = {page: turn.height for page, turn in turns.items()}
    furniture = find_furniture({sheet.turn.page: sheet.strips for sheet in sheets}, heights)
    furniture |= {strip for sheet in sheets for strip in sheet.running}
    beside = [line for sheet in sheets for line in _beside(sheet, furniture)]
    beside.reverse()
    for page, lines in _body(sheets, furniture, turns):
        while beside and beside[-1][0] < (page, 1):
            yield beside.pop()[1]
        yield from lines
    while beside:
        yield beside.pop()[1]


def _body(
    sheets: Sequence[Sheet], furniture: frozenset[Strip], turns: Mapping[int, Turn]
) -> Iterator[tuple[int, tuple[Line, ...]]]:
    """(page on which it begins, its lines) of each paragraph and table."""
    parts = [(sheet.turn.page, part) for sheet in sheets for part in sheet.content if not _is_in(furniture, part)]
    style = usual_style(part for _, part in parts if isinstance(part, Strip))
    found: list[tuple[int, Paragraph | tuple[Line, ...]]] = []
    for _, group in groupby(parts, key=lambda part: isinstance(part[1], Strip)):
        members = list(group)
        strips = [part for _, part in members if isinstance(part, Strip)]
        found += [(paragraph.strips[0].page, paragraph) for paragraph in paragraphs(strips, style)]
        found += [(page, part) for page, part in members if not isinstance(part, Strip)]
    levels = heading_levels(part for _, part in found if isinstance(part, Paragraph))
    for page, part in found:
        yield page, (_line(part, turns, levels),) if isinstance(part, Paragraph) else part


def _is_in(furniture: frozenset[Strip], part: _Part) -> bool:
    return isinstance(part, Strip) and part in furniture


def _beside(sheet: Sheet, furniture: frozenset[Strip]) -> Iterator[tuple[tuple[int, int], Line]]:
    """What stands on a page beside its body, each with what it follows: heads, other directions, hidden text, feet."""
    page, middle = sheet.turn.page, sheet.turn.height / 2
    turns = {page: sheet.turn}
    found = [strip for strip in sheet.strips if strip in furniture]
    for strip in found:
        if strip.top < middle:
            yield (page, 0), _line(Paragraph("furniture", (strip,)), turns)
    for strip in sheet.aside:
        yield (page, 2), _line(Paragraph("prose", (strip,)), turns)
    for strip in sheet.hidden:
        yield (page, 2), _line(Paragraph("hidden", (strip,)), turns)
    for strip in found:
        if strip.top >= middle:
            yield (page, 2), _line(Paragraph("furniture", (strip,)), turns)


def _line(paragraph: Paragraph, turns: Mapping[int, Turn], levels: Mapping[float, int] | None = None) -> Line:
    origins = tuple(origin(strip, turns[strip.page]) for strip in paragraph.strips)
    cell = Cell(" ".join(origin.raw for origin in origins), origins)
    level = levels.get(paragraph.size, 0) if levels and paragraph.kind == "heading" else paragraph.level
    return Line(paragraph.kind, (cell,), level=level, marker=paragraph.marker)
