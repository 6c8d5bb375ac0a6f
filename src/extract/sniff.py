"""What kind of file some bytes are. The name of the file is not asked."""

from __future__ import annotations

import json
import re

from papers.errors import NoText, Unsupported

# Files that are surely something else, by the bytes at their start.
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|frameset)[\s>]", re.I)
_XML = re.compile(rb"\s*(?:<\?xml|<!DOCTYPE\s+(?!html)|<[a-z][\w.-]*:)", re.I)


def media_type(data: bytes) -> str:
    """Decide what some bytes are: `application/pdf`, `text/html` or `text/plain`.

    A text that merely holds scraps of markup (`<ol> <li>`) is a text.

    Raises:
        NoText: there is nothing in the file.
        Unsupported: it is none of the three.
    """
    start = data[:4096]
    if not data.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf"):
        raise NoText("the file is empty" if not data else "the file holds only white space", remedy="fetch it again")
    if b"%PDF-" in start[:1024]:
        return "application/pdf"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unsupported(f"this is {name}", remedy="save it as PDF, HTML or plain text")
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and (b"\x00" in data[:65536] or _share_of_controls(start) > 0.1):
        raise Unsupported("this is neither PDF, HTML nor running text", remedy="remove it or convert it to plain text")
    if _HTML.search(start):
        return "text/html"
    if _XML.match(start):
        raise Unsupported("this is XML data, not a paper", remedy="remove it from the folder")
    if start.lstrip()[:1] in (b"{", b"[") and _is_json(data):
        raise Unsupported("this is JSON data, not a paper", remedy="remove it from the folder")
    return "text/plain"


def _share_of_controls(data: bytes) -> float:
    return sum(b < 32 and b not in b"\t\n\x0b\x0c\r\x1b" for b in data) / max(len(data), 1)


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
