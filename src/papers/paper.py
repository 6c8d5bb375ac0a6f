"""A paper: lines of cells, each with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "prose", "item", "row", "furniture", "hidden", "blank"]


@dataclass(frozen=True, slots=True)
class Source:
    """Which file, exactly.

    `path` is the path below the input folder with `/`; `sha256` is the hash of its bytes in hexadecimal; `media_type`
    is decided from the bytes (`text/plain`, `text/html`, `application/pdf`).
    """

    path: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A stretch of characters on one line of a text; line and characters count from 1, both ends included."""

    line: int
    first: int
    last: int

    def __str__(self) -> str:
        return (
            f"line {self.line}, characters {self.first}-{self.last}" if self.last >= self.first else f"line {self.line}"
        )


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page, in points from the top left corner; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def __str__(self) -> str:
        return f"page {self.page} ({self.x0:.0f},{self.top:.0f})-({self.x1:.0f},{self.bottom:.0f})"


@dataclass(frozen=True, slots=True)
class HtmlPath:
    """The path of an element in a page: `html[1]/body[1]/table[2]/tr[3]/td[1]`."""

    path: str

    def __str__(self) -> str:
        return self.path


Place = LineSpan | PageBox | HtmlPath


@dataclass(frozen=True, slots=True)
class Origin:
    """One cell as extracted, for ever: what was printed, and where.

    If it was read from a picture, `score` is how sure the recogniser is of the character that it is least sure of, from
    0 to 1.
    """

    raw: str
    place: Place
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What we believe a cell says, and every raw cell that it came from.

    `is_header` says that the source itself marks the cell as a header (`<th>`); a table that marks none may have some
    all the same. Raised characters stand in the text as Unicode prints them: `1,109²`.

    Raises:
        ValueError: text without an origin (text is never made up), or a span below 1.
    """

    text: str
    origins: tuple[Origin, ...] = ()
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False

    def __post_init__(self) -> None:
        if self.text.strip() and not self.origins:
            raise ValueError(f"a cell needs an origin for its text {self.text[:40]!r}")
        if self.row_span < 1 or self.column_span < 1:
            raise ValueError("a span is at least 1")

    @property
    def place(self) -> Place | None:
        """Where the cell begins: the place of its first origin."""
        return self.origins[0].place if self.origins else None

    def with_text(self, text: str) -> Cell:
        """The same cell, saying `text`."""
        return replace(self, text=text)


def origins_within(cell: Cell, start: int, part: str) -> tuple[Origin, ...]:
    """The origins of a part of a cell that begins `start` characters into it and is as long as `part`.

    If the cell is still as it was extracted from one line, that is the stretch of the line, without white space around
    it; else the part keeps all origins of the cell.
    """
    if len(cell.origins) != 1 or cell.origins[0].raw != cell.text:
        return cell.origins
    place = cell.origins[0].place
    printed = cell.text[start : start + len(part)]  # `part` itself may be tidied: a space for one that does not break
    text = printed.strip()
    if not isinstance(place, LineSpan) or not text:
        return cell.origins
    first = place.first + start + len(printed) - len(printed.lstrip())
    return (Origin(text, LineSpan(place.line, first, first + len(text) - 1)),)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper: a heading, a paragraph, a list item, a row of a table, page furniture, or nothing.

    `hidden` is text that the file holds and nobody sees. `grid` joins the rows that were seen as one table; it is None
    outside tables. `level` is that of a heading, or the depth of a list item, from 1; 0 if the source doesn't say.
    `marker` is what a list item shows in front without printing it: `1.` in an ordered list of a web page.
    """

    kind: Kind
    cells: tuple[Cell, ...] = ()
    grid: int | None = None
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The texts of all cells, a tab between them."""
        return "\t".join(cell.text for cell in self.cells)

    @property
    def place(self) -> Place | None:
        """Where the line begins: the place of its first cell that has one."""
        return next((cell.place for cell in self.cells if cell.place is not None), None)

    def with_cells(self, *cells: Cell) -> Line:
        """The same line with other cells."""
        return replace(self, cells=cells)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link in a source: what is printed of it, where it leads (as written), its title, and its place."""

    text: str
    href: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """What an extractor has to say about a source: a doubt about the place, or about the whole if that is None.

    `unread` says that something could not be read: the paper is `partial`.
    """

    why: str
    place: Place | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document in reading order. `extractor` names what read it, and how: `text (utf-8)`.

    `address` is where a saved page says that it came from, empty if it doesn't; `pages` is None where there are none.
    """

    source: Source
    extractor: str
    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...] = ()
    address: str = ""
    pages: int | None = None
    remarks: tuple[Remark, ...] = ()

    def grids(self) -> Iterator[tuple[int, int]]:
        """Each table as a half-open range of line numbers (from 0): the longest runs of lines of one grid."""
        start = 0
        while start < len(self.lines):
            grid = self.lines[start].grid
            end = start + 1
            if grid is not None:
                while end < len(self.lines) and self.lines[end].grid == grid:
                    end += 1
                yield start, end
            start = end
