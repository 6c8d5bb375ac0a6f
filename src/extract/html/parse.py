"""A page's bytes and its tree: the charset it declares, its elements, the address it says that it came from."""

from __future__ import annotations

import re
import warnings
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Comment, Tag, XMLParsedAsHTMLWarning

from papers.errors import Unsupported

# No committee paper comes near these; without them a page of gigabytes would fill the machine's memory.
_MOST_CHARACTERS = 20_000_000
_MOST_TAGS = 200_000

# `<meta charset=utf-8>`, `<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">`, `<?xml ... ?>`
_META = re.compile(rb"<meta\s[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s{0,99}<\?xml\s[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)

# Elements of a head that name the page's address, most exact first: element, attribute and value, where the address is.
_SAYS_ADDRESS = (
    ("link", "rel", "canonical", "href"),
    ("meta", "property", "og:url", "content"),
    ("base", "href", "", "href"),
)
# `saved from url=(0065)http://...`, `Mirrored from www.mpa.gov.uk/committees/... by HTTrack`
_SAVED = re.compile(r"\s*saved from url=\(\d+\)\s*(\S+)|\s*Mirrored from (\S+) by HTTrack", re.IGNORECASE)


def declared_charset(data: bytes) -> str | None:
    """The name of the charset that a page says it is in, in lower case; None if it names none.

    A page that can be read as ASCII up to here is not in UTF-16, whatever it says (https://html.spec.whatwg.org).
    """
    start = _COMMENT.sub(b"", data[:8192])
    found = _META.search(start) or _XML.match(start)
    if not found:
        return None
    name = found[1].decode("ascii", "replace").lower()
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def parse(text: str) -> BeautifulSoup:
    """The tree of a page.

    Raises:
        Unsupported: it is larger than any paper.
    """
    size, tags = len(text), text.count("<")
    if size > _MOST_CHARACTERS or tags > _MOST_TAGS:
        what = f"the page has {size:,} characters and {tags:,} tags, more than any paper"
        raise Unsupported(what, remedy="see what it is, and cut the paper out of it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML, as browsers do
        return BeautifulSoup(text, "lxml", multi_valued_attributes=None)


def address(soup: BeautifulSoup) -> str:
    """Where a saved page says that it came from: a browser's comment, a canonical link, `<base>`; empty if nowhere."""
    html = next((node for node in soup.contents if isinstance(node, Tag) and node.name == "html"), None)
    head = (
        next((node for node in html.contents if isinstance(node, Tag) and node.name == "head"), None) if html else None
    )
    near = [*soup.contents, *(html.contents if html else ()), *(head.contents if head else ())]
    for node in near:
        found = _SAVED.match(node) if isinstance(node, Comment) else None
        if found:
            return found[1] or f"http://{found[2]}"
    tags = [node for node in near if isinstance(node, Tag)]
    for name, key, value, place in _SAYS_ADDRESS:
        for tag in tags:
            href = str(tag.get(place, "")).strip() if tag.name == name else ""
            if (not value or str(tag.get(key, "")).lower() == value) and _has_path(href):
                return href
    return ""


def _has_path(href: str) -> bool:
    """Whether an address names a page, and not just a site."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "file") and len(parts.path) > 1
