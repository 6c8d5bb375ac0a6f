"""The source as it is, for the left side of the review page: pictures of a PDF's pages, or a web page made inert."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extract import saved_page
from papers.paper import HtmlPath, PageBox, Place
from papers.served import NOT_SERVED, Served
from pipeline.facsimile.inert import inert_copy
from pipeline.facsimile.pictures import Sheet, draw
from pipeline.run import Reading

__all__ = ["NOTHING", "Facsimile", "facsimile"]


@dataclass(frozen=True, slots=True)
class Facsimile:
    """What is shown of a source beside its texts; nothing for a text, whose lines say it all.

    `copy` is the inert copy of a web page (see `inert_copy`), `sheets` are the pages of a PDF.
    """

    copy: list[Any] | None = None
    sheets: tuple[Sheet, ...] = ()

    @property
    def pictures(self) -> Mapping[str, bytes]:
        """The pictures, by the names of their files."""
        return {sheet.file: sheet.png for sheet in self.sheets if sheet.png}


NOTHING = Facsimile()


def facsimile(
    data: bytes,
    reading: Reading,
    most_pictures: int,
    begins: Callable[[int], None] = lambda _: None,
    served: Served = NOT_SERVED,
) -> Facsimile:
    """Make what is shown of a source.

    Args:
        data: the bytes of the source.
        reading: what was read of it.
        most_pictures: so many pages are drawn at most: those with doubts first, then those with tables.
        begins: is told the number of each page before it is drawn, and 0 after the last.
        served: what a web archive knows of the source.
    """
    media_type = reading.raw.source.media_type
    if saved := saved_page(data):
        data, served = saved.data, saved.served
    if media_type == "text/html":
        return Facsimile(copy=inert_copy(data, _by_element(reading), served.charset))
    if media_type == "application/pdf":
        return Facsimile(sheets=tuple(draw(data, _pages(reading, most_pictures), begins)))
    return NOTHING


def _by_element(reading: Reading) -> dict[str, list[int]]:
    """Which cells of the raw paper, numbered from 0 throughout, stand in which element."""
    found: dict[str, list[int]] = {}
    cells = (cell for line in reading.raw.lines for cell in line.cells)
    for number, cell in enumerate(cells):
        for path in dict.fromkeys(o.place.path for o in cell.origins if isinstance(o.place, HtmlPath)):
            found.setdefault(path, []).append(number)
    return found


def _pages(reading: Reading, most: int) -> frozenset[int]:
    """The pages to be drawn."""
    count = reading.raw.pages or 0
    doubted = frozenset(_page(place) for place in _doubtful(reading))
    rows = (line for table in reading.tables for line in reading.clean.lines[table.start : table.end])
    tabled = frozenset(_page(cell.place) for line in rows for cell in line.cells)
    ranked = sorted(range(1, count + 1), key=lambda page: (page not in doubted, page not in tabled, page))
    return frozenset(ranked[:most])


def _doubtful(reading: Reading) -> Iterator[Place | None]:
    for doubt in reading.doubts:
        yield doubt.place if doubt.line is None else reading.clean.lines[doubt.line].place


def _page(place: Place | None) -> int:
    return place.page if isinstance(place, PageBox) else 0
