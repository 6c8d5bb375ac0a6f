"""What kind of file some bytes are. The name of the file is not asked."""

from __future__ import annotations

import codecs
import json
import re

from extract.encodings import marked_encoding
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
    (b"%!PS", "a PostScript file"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|frameset)[\s>]", re.I)
# The inside of a page, saved without its frame. Scraps of lists and emphasis are no sign: they are left in text copies.
_INSIDE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:meta|title|link|style|script|div|h[1-6]|center|p|font)[\s>]", re.I | re.S
)
_PARTS = re.compile(rb"</?(?:div|h[1-6]|p|td|tr|table|center)[\s>]", re.I)
_XML = re.compile(rb"\s*(?:<\?xml|<!DOCTYPE\s+(?!html)|<[a-z][\w.-]*:)", re.I)
# Without a declaration it is XML if one element spans the file, and HTML knows no such element.
# A comment can be read in one way only: else a file of comments could be parted in endlessly many.
_ROOT = re.compile(rb"\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)*<([a-z_][\w.-]*)(?:\s[^<>]*)?>", re.I | re.S)
_HTML_ELEMENTS = frozenset(
    b"a article aside b blockquote br center dd div dl dt em font footer form h1 h2 h3 h4 h5 h6 header hr i img li "
    b"main nav ol p pre section small span strong sub sup tbody td th thead tr tt u ul "
    b"html head body frameset table title meta".split()
)
# What an XML file that is a page says of itself.
_XHTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)


def media_type(data: bytes) -> str:
    """Decide what some bytes are: `application/pdf`, `text/html` or `text/plain`.

    A text that merely holds scraps of markup (`<ol> <li>`) is a text.

    Raises:
        NoText: there is nothing in the file.
        Unsupported: it is none of the three.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf"):
        raise NoText("the file is empty" if not data else "the file holds only white space", remedy="fetch it again")
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unsupported(f"this is {name}", remedy="save it as PDF, HTML or plain text")
    content = _as_utf8(data)
    start = content[:4096]
    is_data = (_XML.match(start) and not _XHTML.search(start)) or _is_one_element(content)
    is_page = not is_data and (_HTML.search(start) is not None or _is_fragment(start))
    if (b"\x00" in content and not is_page) or _share_of_controls(start) > 0.1:
        raise Unsupported("this is neither PDF, HTML nor running text", remedy="remove it or convert it to plain text")
    if is_page:
        return "text/html"
    if is_data:
        raise Unsupported("this is XML data, not a paper", remedy="remove it from the folder")
    if _is_json(content):
        raise Unsupported("this is JSON data, not a paper", remedy="remove it from the folder")
    return "text/plain"


def _is_fragment(start: bytes) -> bool:
    """Whether a file is the inside of a page: it begins with such an element, and is marked up throughout."""
    return _INSIDE.match(start) is not None and len(_PARTS.findall(start)) > 4


def _as_utf8(data: bytes) -> bytes:
    """The content without its byte order mark, and in UTF-8 if the mark says that it is in UTF-16 or UTF-32."""
    marked = marked_encoding(data)
    if marked is None:
        return data
    name, length = marked
    content = data[length:]
    return content if name == "utf-8" else codecs.decode(content, name, "replace").encode(errors="replace")


def _share_of_controls(data: bytes) -> float:
    return sum(b < 32 and b not in b"\t\n\x0b\x0c\r\x1b" for b in data) / max(len(data), 1)


def _is_one_element(data: bytes) -> bool:
    root = _ROOT.match(data[:4096])
    if not root or root[1].lower() in _HTML_ELEMENTS:
        return False
    return re.search(rb"</" + re.escape(root[1]) + rb"\s*>\s*\Z", data[-4096:]) is not None


def _is_json(data: bytes) -> bool:
    """Whether a file, or its first line, is a JSON object, or the file a JSON list; `[1]` may open a paper."""
    content = data.lstrip()
    if content[:1] not in (b"{", b"["):
        return False
    return _parses(content) or (content[:1] == b"{" and _parses(content.splitlines()[0]))


def _parses(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
