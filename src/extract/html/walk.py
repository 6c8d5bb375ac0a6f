"""The walk through the tree of a page: once, in reading order, with a stack of its own, however deep the tree is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString, RubyParenthesisString, RubyTextString, TemplateString

from extract.html.blocks import Block, Element, Grid, Page, Piece, Region, Table, TableCell
from extract.html.lists import BULLET, Item, List
from extract.html.paragraphs import Where, make_blocks
from extract.html.regions import REGIONS, region_of, words_of
from extract.html.style import LOOKS, Style, styled
from extract.html.tables import settle
from papers.paper import Anchor

# Elements that begin and end a paragraph.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes noscript ol optgroup option "
    "p pre section select summary table tbody td textarea tfoot th thead tr ul".split()
)
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
# Between these no gap is left.
_TIGHT = frozenset("body dd dt html legend li optgroup option tbody td tfoot th thead tr".split())
# What is no text. Of a picture, a film or an applet the text within is read: it is what is left of it.
_SKIPPED = frozenset(("head", "script", "style"))
# What the parser calls text, wherever it stands; scripts, styles, comments and declarations are of other types.
_TEXTS = frozenset((NavigableString, CData, RubyTextString, RubyParenthesisString, TemplateString))
_FRAMES = frozenset(("frame", "iframe"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPAN = re.compile(r"\s*(\d{1,9})")
# The number of a paragraph, typed with spaces that do not break: it begins one even where the line break is missing.
_TYPED_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?\.?\xa0")
_LONGEST, _WIDEST = 65534, 100
"""Spans of rows and columns beyond these are taken for these; browsers do the same, with 1000 columns."""
_DEEPEST_TABLE = 25
"""What is nested deeper is no table; the pages of the archive nest three or four."""


def walk(soup: BeautifulSoup) -> Page:
    """Read a page: its blocks and tables in reading order, its anchors, the parts that its markup sets apart."""
    walker = _Walker()
    top = Element(None, "", 1, Style())
    stack: list[tuple[Iterator[object], Element, dict[str, int]]] = [(iter(soup.contents), top, {})]
    while stack:
        children, element, counts = stack[-1]
        for child in children:
            if isinstance(child, Tag):
                number = counts[child.name] = counts.get(child.name, 0) + 1
                if child.name in _FRAMES:
                    walker.has_frames = True
                elif child.name not in _SKIPPED:
                    inside = walker.enter(child, element, number)
                    parts = child.contents
                    if len(parts) > 1 or (parts and type(parts[0]) is not NavigableString):
                        stack.append((iter(parts), inside, {}))
                        break
                    if parts:
                        walker.add(str(parts[0]), inside)
                    walker.leave(inside)
            elif type(child) in _TEXTS:
                walker.add(str(child), element)
        else:
            stack.pop()
            walker.leave(element)
    walker.flush()
    return Page(tuple(walker.contents), tuple(walker.regions), tuple(walker.anchors), walker.has_frames)


def _may_name_region(name: str, attributes: Mapping[str, object]) -> bool:
    return (
        ("class" in attributes or "id" in attributes or "role" in attributes)
        and name in _BLOCKS
        and name not in _HEADINGS
    )


def _has_ended(pieces: list[Piece]) -> bool:
    """Whether the last text of a line ends a sentence."""
    last = next((piece.text.rstrip() for piece in reversed(pieces) if not piece.text.isspace()), "")
    return last.endswith((".", ":", "?", "!", ";"))


class _Walker:
    """What is known while a page is read."""

    def __init__(self) -> None:
        self.contents: list[Block | Grid] = []
        self.regions: list[Region] = []
        self.anchors: list[Anchor] = []
        self._lines: list[list[Piece]] = [[]]
        self._hidden: list[Piece] = []
        self._outer: list[list[Block | Grid]] = []  # where things go again at the end of a table, cell or caption
        self._tables: list[Table] = []
        self._lists: list[List] = []
        self._items: list[Item] = []
        self._links: list[tuple[Element, Tag, list[str]]] = []
        self._heading = 0
        self._too_deep = 0
        self._gap = True
        self.has_frames = False

    def add(self, text: str, element: Element) -> None:
        """Add a run of text."""
        style = element.style
        if style.hidden:
            self._hidden.append(Piece(text, style, element))
            return
        if not style.kept and not self._lines[-1] and text.isspace():
            return
        if self._links:
            self._links[-1][2].append(text)
        if self._lines[-1] and _TYPED_NUMBER.match(text) and _has_ended(self._lines[-1]):
            self._lines.append([])
        if style.kept:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._lines[-1].append(Piece(first, style, element))
            self._lines.extend([Piece(line, style, element)] for line in rest)
        else:
            self._lines[-1].append(Piece(text, style, element))

    def flush(self) -> None:
        """End the paragraph."""
        if len(self._lines) > 1 or self._lines[0]:
            lines, self._lines = self._lines, [[]]
            item = self._items[-1] if self._items else None
            marker = item.marker if item else ""
            where = Where(self._heading, bool(marker), marker, item.level if item else 0)
            blocks = list(make_blocks(lines, where, gap=self._gap))
            if blocks:
                self.contents.extend(blocks)
                self._gap = False
                if item:
                    item.marker = ""
        if self._hidden:
            hidden, self._hidden = self._hidden, []
            self.contents.extend(make_blocks([hidden], Where(), gap=False))

    def enter(self, node: Tag, parent: Element, number: int) -> Element:
        """Begin an element."""
        name, attributes = node.name, node.attrs
        style = parent.style
        if name in LOOKS or (attributes and ("style" in attributes or "hidden" in attributes)):
            style = styled(style, name, node)
        if style.region < 0 and (name in REGIONS or (attributes and _may_name_region(name, attributes))):
            region = region_of(node)
            if region is not None and not style.hidden:
                style = style._replace(region=len(self.regions))
                self.regions.append(region)
        is_link = name == "a" and "href" in attributes
        if is_link:
            style = style._replace(link=str(attributes["href"]).strip() or "#")
        element = Element(parent, name, number, style)
        if name in _BLOCKS:
            self._enter_block(node, element)
        elif name == "br":
            self._lines.append([])
        elif name == "img":
            self._picture(node, element)
        elif is_link:
            self._links.append((element, node, []))
        return element

    def leave(self, element: Element) -> None:
        """End an element."""
        name = element.name
        if name in _BLOCKS:
            self.flush()
            self._leave_block(element)
        elif self._links and self._links[-1][0] is element:
            _, node, texts = self._links.pop()
            title = str(node.get("title", "")).strip()
            text = " ".join("".join(texts).split())
            self.anchors.append(Anchor(text, str(node["href"]).strip(), title, element.place))

    def _enter_block(self, node: Tag, element: Element) -> None:
        self.flush()
        name = element.name
        self._gap = self._gap or not (name in _TIGHT or (self._items and name in _LISTS))
        if name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name in _LISTS:
            self._lists.append(List(element, node))
        elif name == "li":
            marker = self._lists[-1].mark(node) if self._lists else BULLET
            self._items.append(Item(element, marker, max(len(self._lists), 1)))
        elif name == "table" and len(self._tables) < _DEEPEST_TABLE:
            self._tables.append(_table(node, element))
            self._go_into(self._tables[-1].outside)
        elif name == "table":
            self._too_deep += 1
        elif self._tables and not self._too_deep:
            self._enter_part(node, element, self._tables[-1])

    def _enter_part(self, node: Tag, element: Element, table: Table) -> None:
        if element.name == "tr":
            in_foot = element.parent is not None and element.parent.name == "tfoot"
            (table.foot if in_foot else table.rows).append([])
        elif element.name in ("td", "th"):
            rows = table.foot if _is_in_foot(element) else table.rows
            if not rows:
                rows.append([])
            rowspan, colspan = node.attrs.get("rowspan"), node.attrs.get("colspan")
            cell = TableCell(
                element,
                1 if rowspan is None else _span(str(rowspan), _LONGEST, zero=_LONGEST),
                1 if colspan is None else _span(str(colspan), _WIDEST, zero=1),
                element.name == "th",
            )
            rows[-1].append(cell)
            self._go_into(cell.contents)
        elif element.name == "caption":
            self._go_into(table.caption)

    def _leave_block(self, element: Element) -> None:
        name = element.name
        self._gap = self._gap or not (name in _TIGHT or (self._items and name in _LISTS))
        if name in _HEADINGS:
            self._heading = 0
        elif name in _LISTS and self._lists and self._lists[-1].element is element:
            self._lists.pop()
        elif name == "li" and self._items and self._items[-1].element is element:
            self._items.pop()
        elif name == "table" and self._too_deep:
            self._too_deep -= 1
        elif name == "table":
            self._come_out()
            table = self._tables.pop()
            if self._tables and self._tables[-1].rows and self._tables[-1].rows[-1]:
                self._tables[-1].rows[-1][-1].holds_table = True
            self.contents.extend(settle(table))
        elif name in ("td", "th", "caption") and self._tables and not self._too_deep:
            self._come_out()

    def _go_into(self, contents: list[Block | Grid]) -> None:
        self._outer.append(self.contents)
        self.contents = contents

    def _come_out(self) -> None:
        self.contents = self._outer.pop()

    def _picture(self, node: Tag, element: Element) -> None:
        """A picture's alternative text stands in its place, as in a browser that doesn't show it."""
        text = str(node.get("alt", "")).strip()
        if text:
            element.style = element.style._replace(picture=True)
            self.add(f" {text} ", element)


def _table(node: Tag, element: Element) -> Table:
    border = str(node.get("border", "0")).strip().lower()
    role = str(node.get("role", "")).strip().lower()
    return Table(element, border not in ("0", "0px", "none"), words_of(node), role in ("presentation", "none"))


def _is_in_foot(element: Element) -> bool:
    row = element.parent
    return row is not None and row.parent is not None and row.parent.name == "tfoot"


def _span(printed: str, most: int, *, zero: int) -> int:
    """A span as a browser reads it: `2;` is 2, nonsense is 1, and `rowspan="0"` goes on to the end."""
    found = _SPAN.match(printed)
    number = int(found[1]) if found else 1
    return min(number, most) or zero
