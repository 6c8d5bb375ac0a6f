"""Web pages to raw papers: the tree of elements becomes lines of cells, each with its element path."""

from __future__ import annotations

from extract.html.lines import make_lines
from extract.html.parse import address, declared_charset, parse
from extract.html.walk import walk
from papers.errors import NoText
from papers.paper import Paper, Remark, Source

__all__ = ["declared_charset", "read_html"]


def read_html(text: str, source: Source, encoding: str, declared: str | None = None) -> Paper:
    """Read a web page. `encoding` is the charset it was decoded with, `declared` the one that it names itself.

    Headings, paragraphs, list items and rows of tables become lines; a blank line stands where a page leaves a gap.
    Tables that only lay out a page are read cell by cell; `furniture` is what its markup calls so, `hidden` what
    nobody sees. Scripts, styles and comments are not text. Nothing is loaded, and nothing is run.

    Raises:
        NoText: no text in the page, or only frames that show other pages.
        Unsupported: the page is larger than any paper.
    """
    soup = parse(text)
    page = walk(soup)
    lines = make_lines(page)
    if not lines:
        if page.has_frames:
            raise NoText("the page holds only frames, whose text is in other files", remedy="fetch those")
        raise NoText("the page holds no text", remedy="fetch it again")
    name = encoding if declared is None or declared == encoding else f"{encoding}, declared {declared}"
    unread = sum(cell.text.count("\ufffd") for line in lines for cell in line.cells)
    remarks = (Remark(f"{unread} characters can't be read in any charset (shown as \ufffd)"),) if unread else ()
    return Paper(source, f"html ({name})", lines, page.anchors, address(soup), remarks=remarks)
