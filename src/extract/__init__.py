"""Bytes to raw paper. An extractor repairs nothing: it says what stands where."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from extract.encodings import decode
from extract.html import declared_charset, read_html
from extract.pdf import read_pdf
from extract.saved_page import saved_page
from extract.sniff import media_type
from extract.text import read_text
from papers.errors import NoText
from papers.paper import Paper, Source
from papers.served import NOT_SERVED, Served

__all__ = ["extract", "media_type", "saved_page"]

SELDOM = 50_000, 20, 20
"""New objects before the youngest are looked at, and rounds of these before the older ones are."""


def extract(
    data: bytes,
    path: str,
    begins: Callable[[int], None] = lambda _: None,
    served: Served = NOT_SERVED,
    *,
    scans: bool = True,
) -> Paper:
    """Read a file's bytes into a raw paper. `path` is the name it goes by in the output; it decides nothing.

    `begins` is told the number of each page before it is worked on, the same below 0 before each share of a page that
    is a picture, and 0 after the last. `served` is what a web archive knows of the file: its charset goes before the
    one that a page declares, as in every browser. With `scans`, pages of a PDF that are pictures are read by a
    recogniser, if the extra `ocr` is installed.

    Raises:
        NoText: there is nothing to read.
        Unsupported: the file is of a kind that is not read, or too large.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    saved = saved_page(data)
    if saved:
        data = saved.data
        served = Served(served.address or saved.served.address, saved.served.charset)
    with _seldom_collected():
        paper = _read(data, path, sha256, begins, served, scans=scans)
    if saved:
        paper = replace(paper, extractor=f"{paper.extractor} in MHTML", remarks=(*saved.remarks, *paper.remarks))
    return replace(paper, address=served.address) if served.address else paper


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for unreachable cycles less often: a page makes thousands of small objects at a time, and hardly a cycle.

    Looking after every 700 new objects took an eighth of the time of a PDF.
    """
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read(data: bytes, path: str, sha256: str, begins: Callable[[int], None], served: Served, *, scans: bool) -> Paper:
    kind = media_type(data)
    source = Source(path, sha256, kind)
    if kind == "application/pdf":
        return read_pdf(data, source, begins, scans=scans)
    if kind == "text/html":
        declared = served.charset or declared_charset(data)
        text, encoding = decode(data, declared)
        return read_html(text, source, encoding, declared)
    text, encoding = decode(data, served.charset or None)
    paper = read_text(text, source, encoding)
    if not paper.lines:
        raise NoText("the file holds only white space", remedy="fetch it again")
    return paper
