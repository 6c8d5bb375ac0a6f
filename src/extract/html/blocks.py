"""What a page is made of, between its tree and a paper's lines: blocks of text, tables of cells, anchors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extract.html.style import Style
from papers.paper import Anchor, HtmlPath, Origin

# Deeper than any page; places below name their ancestor at this depth, so that paths stay short.
DEEPEST = 200


class Element:
    """An element on the way down: its name, its number among its kind, the style inside it.

    `near` is the element itself, or its ancestor at the depth beyond which places get no more exact.
    """

    __slots__ = ("_path", "depth", "name", "near", "number", "parent", "style")

    def __init__(self, parent: Element | None, name: str, number: int, style: Style) -> None:
        self.parent = parent
        self.name = name
        self.number = number
        self.style = style
        self.depth: int = parent.depth + 1 if parent else 0
        self.near: Element = parent.near if parent and self.depth > DEEPEST else self
        self._path = ""

    @property
    def path(self) -> str:
        """The element path, `html[1]/body[1]/p[3]`."""
        if self.near is not self:
            return self.near.path
        if not self._path:
            own = f"{self.name}[{self.number}]"
            self._path = f"{self.parent.path}/{own}" if self.parent and self.parent.name else own
        return self._path

    @property
    def place(self) -> HtmlPath:
        """The element path as a place."""
        return HtmlPath(self.path)


class Piece(NamedTuple):
    """A run of text in one style, and the element that it stands in."""

    text: str
    style: Style
    element: Element


class Block(NamedTuple):
    """A paragraph, a heading, a list item: what stands by itself. A line break inside it is a new line of its text.

    `printed` is what the page itself says, and in which elements. `ink` counts the characters, `links` those of them
    that are part of a link, `inner` of these what leads to the page itself. `heading` is the level that the markup
    gives it, 0 for none. `gap` says that the page leaves a gap above it, `aside` that it stands in a column of links
    beside the text.
    """

    text: str
    printed: tuple[tuple[str, Element], ...]
    style: Style
    ink: int
    heading: int = 0
    item: bool = False
    marker: str = ""
    level: int = 0
    links: int = 0
    inner: int = 0
    gap: bool = True
    aside: bool = False

    @property
    def origins(self) -> tuple[Origin, ...]:
        """What was printed, and where."""
        return tuple(Origin(raw, element.place) for raw, element in self.printed)


@dataclass(slots=True)
class TableCell:
    """A cell of a table, with all that stands in it."""

    element: Element
    row_span: int
    column_span: int
    is_header: bool
    contents: list[Block | Grid] = field(default_factory=list)
    holds_table: bool = False
    _text: str | None = None

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the cell that are seen, those of tables in it left out."""
        return [part for part in self.contents if isinstance(part, Block) and not part.style.hidden]

    @property
    def text(self) -> str:
        """What the cell says: one block a line, each item with its mark in front. Not before the cell is complete."""
        if self._text is None:
            self._text = "\n".join([f"{b.marker} {b.text}" if b.marker else b.text for b in self.blocks])
        return self._text


@dataclass(slots=True)
class Table:
    """A table while it is being read; `tokens` are the words of its class and id."""

    element: Element
    border: bool
    tokens: frozenset[str]
    presentation: bool
    rows: list[list[TableCell]] = field(default_factory=list)
    foot: list[list[TableCell]] = field(default_factory=list)
    caption: list[Block | Grid] = field(default_factory=list)
    outside: list[Block | Grid] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of data: its captions and its rows."""

    caption: tuple[Block, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page that its markup sets apart: navigation, banner, footer.

    `name` is that of its kind; `sure` says that such a part is hardly ever the paper's own.
    """

    name: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page in reading order. `has_frames` says that it shows other pages."""

    contents: tuple[Block | Grid, ...]
    regions: tuple[Region, ...]
    anchors: tuple[Anchor, ...]
    has_frames: bool
