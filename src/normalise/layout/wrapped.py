"""Text that was wrapped to a width: how its lines go together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from normalise.read.profiles import profiles
from papers.paper import Cell, Line, Paper
from papers.repair import Hunk

# Glyphs that only ever open a list item. A dash, a star or an `o` may be a printed nothing, a footnote or a word.
BULLET = re.compile(r"[•◦▪‣●○■□·\uf0b7](?=\s|\w)")
# What begins a paragraph outside tables if the line above ends a sentence: `1. In order`, `- item`, `(a) item`.
_ITEM = re.compile(r"\s*(?:[-–*]\s|\(?\d{1,3}(?:\.\d{1,2})*[.)]\s|\([a-z]\)\s)")
# A hyphen, dash or slash that stands close to a word or a figure: the line was broken behind it, not at a space.
_CLINGS = re.compile(r"[\w.')](?:[-–/])$")
# `long- and short-term`: here the hyphen is followed by a space in print.
_SUSPENDED = re.compile(r"(?:and|or|to|und|&)\b")
_STOPS = re.compile(r"[.!?;:]['’”\")\]]*$")


def joined(parts: Sequence[str]) -> str:
    r"""Join the lines of a wrapped text with spaces; a list item keeps a line of its own.

    A line that ends with a hyphen is joined without a space, as it was printed before it was wrapped: no letter and no
    hyphen goes. Must not join `long-` and `and short-term`, nor a dash that stands apart (`July –`).

    >>> joined(["a cross-", "section of", "• Brent", "• Waltham", "Forest"])
    'a cross-section of\n• Brent\n• Waltham Forest'
    >>> joined(["June", "2010-", "January 2011"]), joined(["long-", "and short-term"]), joined(["July –", "May"])
    ('June 2010-January 2011', 'long- and short-term', 'July – May')
    """
    out: list[str] = []
    last = ""
    for part in parts:
        part = " ".join(part.split())
        if not part:
            continue
        if out:
            out.append("\n" if BULLET.match(part) else "" if _cling(last, part) else " ")
        out.append(part)
        last = part
    return "".join(out)


def _cling(before: str, after: str) -> bool:
    may_follow = (after[0].isalnum() or after[0] == "£") and not _SUSPENDED.match(after)
    return may_follow and _CLINGS.search(before) is not None


def could_hold(before: str, after: str, width: int) -> bool:
    """Whether the first word of `after` would have fitted behind `before` in a column of `width` characters.

    If it would, the line was not broken for want of room: something ends there. A word may be broken at its hyphens.

    >>> could_hold("Visit takes place", "Note circulated", 24), could_hold("Report received by", "committee", 24)
    (True, False)
    """
    word = re.match(r"\S*?\w-(?=\w)|\S*", after.lstrip())
    return len(before.rstrip()) + 1 + len(word[0] if word else "") <= width


def goes_on(before: str, after: str, width: int) -> bool:
    """Whether a text goes on across a blank line or a page end: in lower case, or in mid-sentence in a full line."""
    if BULLET.match(after):
        return False
    return after[:1].islower() or not (_STOPS.search(before.rstrip()) or could_hold(before, after, width))


def ends(text: str) -> bool:
    """Whether a text ends where a sentence or an item ends.

    >>> ends("when it is told."), ends("when it is")
    (True, False)
    """
    return _STOPS.search(text.rstrip()) is not None


def paragraphs(paper: Paper, tables: Sequence[tuple[int, int]]) -> Iterator[Hunk]:
    """Join wrapped lines outside `tables` (ranges of lines, in order), one hunk for each paragraph or heading.

    The width that the paper was wrapped to is taken from its blocks of two lines and more: the middle one of their
    longest lines, so that a few lines that were not wrapped don't count. A line that had room for the next word ends
    its paragraph; so do list items, numbered paragraphs, labels and headings that follow.
    """
    blocks = list(_blocks(paper, tables))
    edges = [max(_edge(paper.lines[at]) for at in range(start, end)) for start, end in blocks]
    if not edges:
        return
    width = int(median(edges))
    for start, end in blocks:
        first = start
        for at in range(start + 1, end + 1):
            if at == end or not _is_wrapped(paper.lines[at - 1].text, paper.lines[at].text, width):
                if at > first + 1:
                    yield _join(paper, first, at)
                first = at


def _blocks(paper: Paper, tables: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs of two and more lines of running text."""
    bounds = [0, *(bound for table in tables for bound in table), len(paper.lines)]
    for low, high in zip(bounds[::2], bounds[1::2], strict=True):
        start = low
        for at in range(low, high + 1):
            if at == high or paper.lines[at].kind != "prose" or len(paper.lines[at].cells) != 1:
                if at > start + 1:
                    yield start, at
                start = at + 1


def _edge(line: Line) -> int:
    return len(line.text.rstrip())


def _is_wrapped(before: str, after: str, width: int) -> bool:
    if BULLET.match(after.lstrip()) or (_ITEM.match(after) and ends(before)):
        return False
    if any(p.group_pattern.match(after) or p.label_pattern.match(after) for p in profiles()):
        return False
    return not could_hold(before, after, width)


def _join(paper: Paper, first: int, end: int) -> Hunk:
    lines = paper.lines[first:end]
    text = joined([line.text for line in lines])
    origins = tuple(origin for line in lines for cell in line.cells for origin in cell.origins)
    after = Line("prose", (Cell(text, origins),))
    return Hunk(first, lines, (after,), "one paragraph, wrapped over lines of a fixed width")
