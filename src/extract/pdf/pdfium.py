"""Pages by pdfium: each is loaded, read and closed before the next, so that memory does not grow with the paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as c  # type: ignore[import-untyped]

from extract.pdf.drawings import walk
from extract.pdf.glyphs import read_glyphs
from extract.pdf.links import read_links
from extract.pdf.matrix import as_shown, visible_box
from extract.pdf.page import Page
from extract.pdf.second import namer
from papers.errors import Encrypted, PaperError


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF.

    Raises:
        Encrypted: it asks for a password.
        PaperError: pdfium can't make anything of it.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == c.FPDF_ERR_PASSWORD:
            raise Encrypted("the PDF asks for a password", remedy="save a copy without one") from error
        if error.err_code == c.FPDF_ERR_SECURITY:
            raise Encrypted("the PDF is locked in a way that is not known", remedy="save a copy without it") from error
        raise PaperError("the PDF is damaged beyond reading", remedy="fetch it again") from error
    try:
        yield document
    finally:
        document.close()


def read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Read one page; pages count from 1. A page that can't be loaded is empty, and `unread` says so."""
    try:
        loaded = document[number - 1]
    except pypdfium2.PdfiumError:
        return Page(number, 0, 0, (), unread="the page is damaged")
    text = c.FPDFText_LoadPage(loaded.raw)
    try:
        return _page(document, loaded, text, number)
    finally:
        if text:
            c.FPDFText_ClosePage(text)
        loaded.close()


def _page(document: pypdfium2.PdfDocument, loaded: pypdfium2.PdfPage, text: Any, number: int) -> Page:
    box = visible_box(loaded.get_mediabox(), loaded.get_cropbox())
    turns = loaded.get_rotation() // 90
    shown = as_shown(box, turns)
    width, height = (box[2] - box[0], box[3] - box[1])[:: -1 if turns % 2 else 1]
    drawings = walk(loaded.raw, shown)
    read = read_glyphs(text, shown, drawings, (0, 0, width, height), namer(document, number))
    return Page(
        number=number,
        width=width,
        height=height,
        glyphs=tuple(read.seen),
        rules=tuple(drawings.rules),
        fills=tuple(drawings.fills),
        shapes=tuple(drawings.shapes),
        links=tuple(read_links(document, loaded, shown)),
        hidden=tuple(read.hidden),
        garbled=read.garbled,
        recognised=read.recognised,
        reread=read.reread,
        unread="more is drawn on the page than can be read" if drawings.is_cut_short or read.is_cut_short else "",
    )
