"""Page furniture: running heads and feet, and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extract.pdf.strips import Strip

EDGE = 4
"""Strips at the top and at the bottom of a page that can be furniture."""
SAME_PLACE = 4.0
"""Points by which a running head may wander from page to page."""
SHARE = 0.4
"""Of the pages, on which a running head is repeated at least; heads of left and right pages differ."""
NUMBERED = 90
"""Characters of a running head with a page number in it, at most."""
APART = 1.5
"""Ems from the baseline of a running head to the next one, at least, where it stands apart from the body."""
MARGIN = 0.12
"""Of the height of a page: where page numbers stand on papers of a single page."""
# `Page 3`, `- 3 -`, `3 of 12`, `3/12`; no year: `2007` or `2007/08` at the foot is the first row of a part of a table.
_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?P<page>[1-9]\d{0,2})\s*[-–—]?(?:\s*(?:of|/)\s*(?P<last>[1-9]\d{0,2}))?", re.IGNORECASE
)
_OF = re.compile(r"page\s+\d{1,4}\s+of\s+\d{1,4}", re.IGNORECASE)
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")

Pages = Mapping[int, Sequence[Strip]]
"""The strips of each page."""


def find_furniture(pages: Pages, heights: Mapping[int, float]) -> frozenset[Strip]:
    """The strips that are repeated at the same place from page to page, but for a number that grows with the pages.

    Only the first and the last lines of a page can be furniture. A page number that stands alone at the edge is
    furniture on a single page too. Must not act on what stands between text: a caption or a heading that happens to
    be repeated further down.
    """
    repeated = _repeated(pages)
    found: set[Strip] = set()
    for number, strips in pages.items():
        for edge in _edges(strips):
            found.update(_outer(edge, repeated, heights[number]))
    return frozenset(found)


def set_apart(pages: Pages, heights: Mapping[int, float], page: int) -> frozenset[Strip]:
    """The running heads and feet of one page, judged by a few pages around it, before its tables are known.

    Only what white space parts from the rest of the page: the header of a table is repeated from page to page too.
    """
    furniture = find_furniture(pages, heights)
    return frozenset(strip for edge in _edges(pages[page]) for strip in _up_to_gap(edge, furniture))


def _up_to_gap(edge: Sequence[Strip], furniture: frozenset[Strip]) -> list[Strip]:
    """The furniture at one edge, from the outside in to the first gap; nothing if there is no gap behind it."""
    for place, (strip, after) in enumerate(pairwise(edge)):
        if strip not in furniture:
            break
        if abs(after.baseline - strip.baseline) >= APART * max(strip.size, after.size):
            return list(edge[: place + 1])
    return []


def _edges(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    """The outermost strips at the top and at the bottom, the outermost first."""
    ordered = sorted(strips, key=lambda strip: (strip.baseline, strip.x0))
    yield ordered[:EDGE]
    yield ordered[: -EDGE - 1 : -1]


def _keys(strip: Strip) -> Iterator[str]:
    """What the text of a strip is on every page: the text itself, or with one number that grows with the pages."""
    yield strip.text
    if len(strip.text) <= NUMBERED:
        for match in _DIGITS.finditer(strip.text):
            step = int(match[0]) - strip.page
            yield f"{strip.text[: match.start()]}\0{step}\0{strip.text[match.end() :]}"


def _repeated(pages: Pages) -> Mapping[str, list[float]]:
    """The baselines at which a text is repeated on enough pages."""
    seen: dict[str, list[float]] = defaultdict(list)
    for strips in pages.values():
        here = {(key, strip.baseline) for edge in _edges(strips) for strip in edge for key in _keys(strip)}
        for text, baseline in sorted(here):
            seen[text].append(baseline)
    least = max(2, SHARE * len(pages))
    often = ((text, baselines) for text, baselines in seen.items() if len(baselines) >= least)
    return {text: places for text, baselines in often if len(places := _common(baselines)) >= least}


def _common(baselines: Sequence[float]) -> list[float]:
    """Those baselines that lie close to the most frequent one."""
    most = Counter(round(baseline / SAME_PLACE) for baseline in baselines).most_common(1)[0][0] * SAME_PLACE
    return [baseline for baseline in baselines if abs(baseline - most) <= SAME_PLACE]


def _outer(edge: Sequence[Strip], repeated: Mapping[str, list[float]], height: float) -> Iterator[Strip]:
    """The furniture at one edge of a page: from the outside in, as long as it goes on."""
    for strip in edge:
        places = [place for key in _keys(strip) for place in repeated.get(key, ())[:1]]
        is_repeated = any(abs(strip.baseline - place) <= 2 * SAME_PLACE for place in places)
        is_number = _is_number(strip.text) and _is_in_margin(strip, height)
        if is_repeated or is_number or _OF.fullmatch(strip.text):
            yield strip
        elif not _is_beside(strip, edge):
            return


def _is_number(text: str) -> bool:
    """Whether a text is nothing but the number of a page, with or without that of the last page."""
    found = _NUMBER.fullmatch(text)
    return found is not None and (found["last"] is None or int(found["page"]) <= int(found["last"]))


def _is_in_margin(strip: Strip, height: float) -> bool:
    return strip.bottom < MARGIN * height or strip.top > (1 - MARGIN) * height


def _is_beside(strip: Strip, edge: Sequence[Strip]) -> bool:
    """Whether other strips of the edge stand on the same line."""
    return any(other is not strip and abs(other.baseline - strip.baseline) < strip.size / 2 for other in edge)
