"""A page that is a picture to a page of glyphs, which then goes the same way as any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]

from extract.pdf.legible import is_garbled
from extract.pdf.page import BLACK, Glyph, Page, Rule
from extract.pdf.turn import Turn, turned_glyph
from papers.paper import Line, PageBox, Place, Remark

if TYPE_CHECKING:
    from extract.pdf.scan.letters import Letter
    from extract.pdf.scan.lines import Layout
    from extract.pdf.scan.picture import Picture
    from extract.pdf.scan.printed import Printed

DESCENT = 0.21
"""Ems below the baseline that a box of print reaches."""
RAISED = 0.85
"""Of the height of a figure or a capital, that a raised one has at most."""
RAISED_SIZE = 0.64
"""Of the size of the type beside it, that raised type has."""
BEARING = 0.05
"""Ems of white that belong to a letter on each side, on average."""
LIFT = 0.15
"""Ems above the baseline at which a raised character stands, at least."""
MOST_UNREAD = 0.02
"""Of the pieces of a page, that can't be read: with more of them something has been lost."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word that was read: where it stands on the page as shown, and the least score of its characters.

    `why` says why it may be misread; it is empty if nothing speaks for that.
    """

    place: PageBox
    score: float
    why: str = ""


@dataclass(slots=True)
class Scanner:
    """Reads the pictures of one paper, page after page, and remembers the sizes of its type, in points.

    `name` is that of the recogniser, empty until it is used; `remarks` has for each page what a person should know of
    it; `words` are all that were read.
    """

    name: str = ""
    remarks: dict[int, tuple[Remark, ...]] = field(default_factory=dict)
    words: list[ReadWord] = field(default_factory=list)
    _sizes: list[float] = field(default_factory=list)

    def read(self, document: pypdfium2.PdfDocument, page: Page, goes_on: Callable[[], None] = lambda: None) -> Page:
        """The page with what is read in its picture; what its text layer says, if it is rubbish, becomes hidden.

        A page that can't be drawn, or in which no print is found, or only letters that make no words, stays as it is.
        `goes_on` is called before each share of the work, so that it can be told from standing still.
        """
        from extract.pdf.scan.picture import picture_of
        from extract.pdf.scan.pieces import read_pieces
        from extract.pdf.scan.printed import set_in_type
        from extract.pdf.scan.recogniser import recogniser

        goes_on()
        engine = recogniser()
        try:
            picture = picture_of(document, page.number)
        except pypdfium2.PdfiumError:
            return page
        read = read_pieces(engine, picture, goes_on)
        if not read.printed:
            return page
        printed = set_in_type(read.printed, read.picture, self._sizes)
        turn = _turn(page, read.picture)
        found = [turned_glyph(glyph, -turn.angle, turn.width, turn.height) for glyph in _glyphs(printed, read.picture)]
        if is_garbled(replace(page, glyphs=tuple(found), garbled=0)):
            return page
        self.name = engine.name
        self._sizes += sorted({part.size / read.picture.scale for part in printed} - set(self._sizes))
        self.words += _words(printed, read.picture, turn)
        self.remarks[page.number] = tuple(_remarks(engine.name, len(printed), read.unread))
        rules = tuple(_rules(read.layout, read.picture, turn))
        if is_garbled(page):
            hidden = (*page.glyphs, *page.hidden)
            return replace(page, glyphs=tuple(found), rules=rules, fills=(), shapes=(), hidden=hidden, garbled=0)
        glyphs = (*page.glyphs, *_beside(found, page.glyphs))
        return replace(page, glyphs=glyphs, rules=(*page.rules, *rules), shapes=())


def installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def _beside(glyphs: Iterable[Glyph], stamp: Sequence[Glyph]) -> Iterator[Glyph]:
    """The glyphs read in a picture that are no second reading of the text over it."""
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if not any(each.x0 <= x <= each.x1 and each.top <= y <= each.bottom for each in stamp):
            yield glyph


def scored(lines: Sequence[Line], words: Iterable[ReadWord]) -> tuple[tuple[Line, ...], tuple[Remark, ...]]:
    """The lines with the scores of what was read, and a remark on each origin with words that may be misread."""
    pages: dict[int, list[PageBox]] = defaultdict(list)
    for line in lines:
        for cell in line.cells if line.kind != "hidden" else ():
            for origin in cell.origins:
                if isinstance(origin.place, PageBox):
                    pages[origin.place.page].append(origin.place)
    found: dict[Place, list[ReadWord]] = defaultdict(list)
    for word in words:
        holders = [box for box in pages[word.place.page] if _holds(box, word.place)]
        found[min(holders, key=_area, default=word.place)].append(word)
    reasons = {place: "; ".join(word.why for word in held if word.why) for place, held in found.items()}
    remarks = tuple(Remark(f"read from a picture: {why}", place) for place, why in reasons.items() if why)
    scores = {place: min(word.score for word in held) for place, held in found.items()}
    return tuple(_scored(line, scores) for line in lines), remarks


def _scored(line: Line, scores: Mapping[Place, float]) -> Line:
    if line.kind == "hidden" or not any(origin.place in scores for cell in line.cells for origin in cell.origins):
        return line
    return line.with_cells(
        *(
            replace(cell, origins=tuple(replace(each, score=scores.get(each.place)) for each in cell.origins))
            for cell in line.cells
        )
    )


def _holds(box: PageBox, word: PageBox) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _area(box: PageBox) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _turn(page: Page, picture: Picture) -> Turn:
    size = page.width, page.height
    width, height = size[::-1] if picture.turns % 2 else size
    return Turn(page.number, 90 * picture.turns, width, height)


def _remarks(name: str, read: int, unread: int) -> Iterator[Remark]:
    yield Remark(f"its text was read from its picture by {name}: look out for misread characters")
    if unread:
        what = f"{unread} of the marks on its picture could not be read as print"
        yield Remark(what, unread=unread > MOST_UNREAD * (read + unread))


def _rules(layout: Layout, picture: Picture, turn: Turn) -> Iterator[Rule]:
    for stroke in layout.strokes:
        x0, top, x1, bottom = (value / picture.scale for value in stroke)
        place = turn.back(x0, top, x1, bottom)
        yield Rule(place.x0, place.top, place.x1, place.bottom)


def _glyphs(printed: Iterable[Printed], picture: Picture) -> Iterator[Glyph]:
    """The characters of upright print, a space between two words of a piece."""
    for part in printed:
        edges = _edges(part)
        for number, (word, bold) in enumerate(zip(part.words, part.bold, strict=True)):
            start, end = edges[number]
            if number:
                yield _glyph(" ", edges[number - 1][1], start, part.size, part.baseline, bold, picture)
            # The letters of a word touch: how much white is between them has been looked at.
            cuts = [start, *((a.x1 + b.x0) / 2 for a, b in pairwise(word)), end]
            for letter, (x0, x1) in zip(word, pairwise(cuts), strict=True):
                size, baseline = part.size, part.baseline
                if _is_raised(letter, part):
                    size, baseline = RAISED_SIZE * size, letter.bottom
                yield _glyph(letter.text, x0, x1, size, baseline, bold, picture)


def _edges(part: Printed) -> list[tuple[float, float]]:
    """Where the words of a piece begin and end, with the white that belongs to their outermost letters."""
    gaps = [b[0].x0 - a[-1].x1 for a, b in pairwise(part.words)]
    most = BEARING * part.size
    before = [most, *(min(most, gap / 4) for gap in gaps)]
    after = [*before[1:], most]
    return [
        (word[0].x0 - left, word[-1].x1 + right) for word, left, right in zip(part.words, before, after, strict=True)
    ]


def _glyph(text: str, x0: float, x1: float, size: float, baseline: float, bold: bool, picture: Picture) -> Glyph:
    """A character, from dots to points."""
    scale = picture.scale
    bottom = baseline + DESCENT * size
    box = (x0 / scale, (bottom - size) / scale, max(x1, x0) / scale, bottom / scale)
    return Glyph(text, *box, size / scale, "", bold, 0, baseline / scale, BLACK)


def _is_raised(letter: Letter, part: Printed) -> bool:
    """Whether a figure or a letter stands as a footnote mark: smaller, and above the baseline."""
    from extract.pdf.scan.letters import CAPITAL

    is_small = 0 < letter.bottom - letter.top <= RAISED * CAPITAL * part.size
    return letter.text.isdigit() and is_small and part.baseline - letter.bottom >= LIFT * part.size


def _words(printed: Iterable[Printed], picture: Picture, turn: Turn) -> Iterator[ReadWord]:
    from extract.pdf.scan.pieces import doubt

    for part in printed:
        for number, word in enumerate(part.words):
            top, bottom = part.baseline - (1 - DESCENT) * part.size, part.baseline + DESCENT * part.size
            box = (value / picture.scale for value in (word[0].x0, top, word[-1].x1, bottom))
            yield ReadWord(turn.back(*box), min(letter.score for letter in word), doubt(part, number))
