"""Bytes to raw paper. An extractor repairs nothing: it says what stands where."""

from __future__ import annotations

import hashlib

from extract.encodings import decode
from extract.sniff import media_type
from extract.text import read_text
from papers.errors import NoText, Unsupported
from papers.paper import Paper, Source

__all__ = ["extract", "media_type"]


def extract(data: bytes, path: str) -> Paper:
    """Read a file's bytes into a raw paper. `path` is the name it goes by in the output; it decides nothing.

    Raises:
        NoText: there is nothing to read.
        Unsupported: the file is of a kind that is not read.
    """
    kind = media_type(data)
    source = Source(path, hashlib.sha256(data).hexdigest(), kind)
    if kind != "text/plain":
        name = {"application/pdf": "a PDF", "text/html": "an HTML page"}[kind]
        raise Unsupported(f"this is {name}, which this version does not read yet", remedy="save it as plain text")
    text, encoding = decode(data)
    paper = read_text(text, source, encoding)
    if not paper.lines:
        raise NoText("the file holds only white space", remedy="fetch it again")
    return paper
