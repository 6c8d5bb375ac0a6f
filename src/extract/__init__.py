"""Bytes to raw paper. An extractor repairs nothing: it says what stands where."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from extract.encodings import decode
from extract.html import declared_charset, read_html
from extract.pdf import read_pdf
from extract.sniff import media_type
from extract.text import read_text
from papers.errors import NoText
from papers.paper import Paper, Source

__all__ = ["extract", "media_type"]


def extract(data: bytes, path: str, begins: Callable[[int], None] = lambda _: None) -> Paper:
    """Read a file's bytes into a raw paper. `path` is the name it goes by in the output; it decides nothing.

    `begins` is told the number of each page before it is read, and 0 after the last.

    Raises:
        NoText: there is nothing to read.
        Unsupported: the file is of a kind that is not read, or too large.
    """
    kind = media_type(data)
    source = Source(path, hashlib.sha256(data).hexdigest(), kind)
    if kind == "application/pdf":
        return read_pdf(data, source, begins)
    if kind == "text/html":
        declared = declared_charset(data)
        text, encoding = decode(data, declared)
        return read_html(text, source, encoding, declared)
    text, encoding = decode(data)
    paper = read_text(text, source, encoding)
    if not paper.lines:
        raise NoText("the file holds only white space", remedy="fetch it again")
    return paper
