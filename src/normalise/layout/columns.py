"""Columns by white space: where the columns of a fixed-width table begin, and what stands in them on each line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from normalise.layout.wrapped import joined
from normalise.read.profiles import Profile, fold, profiles
from papers.paper import Cell, Line, Origin, origins_within

# Words with single spaces between them; two spaces or more part columns.
_STRETCH = re.compile(r"\S+(?: \S+)*")
# A header cell may be broken over so many lines: `Performance` / `measure`, `Budget` / `2006/07` / `(£000)`.
_HEADER_LINES = 3
# A gutter may be crossed by the text of one line in so many: an address or an amount that did not fit its column.
_STICKS_OUT = 50


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of running text: its number `at` in the paper, its text without form feeds and white space at the end.

    `feeds` counts the form feeds in front, so that places can be given in the line as extracted.
    """

    at: int
    text: str
    cell: Cell
    feeds: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line holds of one column, and where that begins on the line.

    `is_torn`: no gutter parts it from its neighbour.
    """

    text: str
    start: int = 0
    origins: tuple[Origin, ...] = ()
    is_torn: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a fixed-width table, on one line or several: what its columns are called and where they stand.

    `extents` are half open, in characters from 0.
    """

    lines: tuple[Printed, ...]
    texts: tuple[str, ...]
    extents: tuple[tuple[int, int], ...]
    profile: Profile
    roles: Mapping[str, int]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The header row."""
        cells = []
        for text, (low, high) in zip(self.texts, self.extents, strict=True):
            pieces = [part_of(line, low, min(high, len(line.text))) for line in self.lines if low < len(line.text)]
            cells.append(Cell(text, tuple(origin for piece in pieces for origin in piece.origins)))
        return tuple(cells)


def printed(at: int, line: Line) -> Printed | None:
    """A line as printed, if it is one of running text with something on it."""
    if line.kind != "prose" or len(line.cells) != 1:
        return None
    text = line.cells[0].text
    bare = text.lstrip("\f")
    return Printed(at, bare.replace("\xa0", " ").rstrip(), line.cells[0], len(text) - len(bare))


def stretches(line: Printed) -> list[Piece]:
    """The stretches of a line that two spaces or more part from each other."""
    return [part_of(line, match.start(), match.end()) for match in _STRETCH.finditer(line.text)]


def part_of(line: Printed, start: int, end: int) -> Piece:
    """The part of a line from one character to another, without white space around it."""
    part = line.text[start:end]
    text = part.strip()
    if not text:
        return Piece("")
    lead = len(part) - len(part.lstrip())
    return Piece(text, start + lead, origins_within(line.cell, start + line.feeds, part))


def find_header(lines: Sequence[Printed | None], at: int) -> Header | None:
    """The header row that begins at line `at`, if one does.

    Of one, two or three lines together those are taken in which most columns are known. One name must be known letter
    by letter, so that ordinary text costs nothing.
    """
    best: Header | None = None
    block: list[Printed] = []
    for line in lines[at : at + _HEADER_LINES]:
        if line is None:
            break
        block.append(line)
        header = _header(block)
        if header and (best is None or len(header.roles) > len(best.roles)):
            best = header
    if best and len(best.lines) > 1:
        below = find_header(lines, at + 1)
        if below and (len(below.roles) > len(best.roles) or not _completes(best)):
            return None
    return best


def _completes(header: Header) -> bool:
    """Whether the first line of a header only holds beginnings of names that are known as a whole."""
    starts = [piece.start for piece in stretches(header.lines[0])]
    known = [header.extents[column] for column in header.roles.values()]
    return all(any(low <= start < high for low, high in known) for start in starts)


def _header(lines: Sequence[Printed]) -> Header | None:
    pieces = [piece for line in lines for piece in stretches(line)]
    for profile in profiles():
        if len(pieces) < 2 or not any(fold(piece.text) in profile.headers for piece in pieces):
            continue
        for names in (pieces, [part for piece in pieces for part in _names(piece, profile)]):
            extents = _columns(names)
            texts = [joined([piece.text for piece in names if low <= piece.start < high]) for low, high in extents]
            roles = profile.roles(texts)
            if roles:
                return Header(tuple(lines), tuple(texts), tuple(extents), profile, roles)
    return None


def _names(piece: Piece, profile: Profile) -> list[Piece]:
    """The names that a stretch of a header line holds: two, if a single space parts two known ones."""
    if fold(piece.text) not in profile.headers:
        for space in re.finditer(" ", piece.text):
            left, right = piece.text[: space.start()], piece.text[space.end() :]
            if fold(left) in profile.headers and fold(right) in profile.headers:
                return [Piece(left, piece.start), Piece(right, piece.start + space.end())]
    return [piece]


def _columns(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The extents of columns: pieces that stand above each other belong to one."""
    extents: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda p: p.start):
        end = piece.start + len(piece.text)
        if extents and piece.start < extents[-1][1]:
            extents[-1] = (extents[-1][0], max(extents[-1][1], end))
        else:
            extents.append((piece.start, end))
    return extents


def crossings(line: Printed, header: Header) -> int:
    """How many gutters running text crosses on a line: most of them in a paragraph, none in the row of a table.

    It crosses a gutter if one stretch reaches under two headers, without a space where the second begins. Stretches
    that begin in later columns don't count: texts that stick out of those may touch each other.
    """
    count = 0
    for stretch in _STRETCH.finditer(line.text):
        if stretch.start() >= header.extents[1][0]:
            break
        under = [low for low, high in header.extents if low < stretch.end() and stretch.start() < high]
        count += sum(line.text[low - 1] != " " for low in under[1:])
    return count


def boundaries(header: Header, lines: Sequence[Printed]) -> list[int]:
    """Where each column but the first begins, in characters from 0.

    A column begins at the end of a gutter, somewhere between the end of the header before and its own header: there
    where most of its texts begin. That is left of a header that is centred, or that stands over figures set flush
    right; if no text speaks for another place, the column begins where its header does.
    """
    every = [*header.lines, *lines]
    ink = _ink(every)
    room = len(every) // _STICKS_OUT
    pieces = [piece for line in lines for piece in stretches(line)]
    begun = Counter(piece.start for piece in pieces)
    bounds = []
    for (_, left), (start, _) in pairwise(header.extents):
        ends = [at for at in range(left + 1, start) if ink[at - 1] <= room < ink[at]]
        crossed = sum(piece.start < start < piece.start + len(piece.text) for piece in pieces)
        if not ends or min(ink[start - 1], crossed) <= room:
            ends.append(start)
        bounds.append(max(ends, key=lambda at: (begun[at], at)))
    return bounds


def _ink(lines: Sequence[Printed]) -> list[int]:
    """How many lines have ink at each character position."""
    width = max(len(line.text) for line in lines) + 1
    edges = [0] * (width + 1)
    for line in lines:
        for word in re.finditer(r"\S+", line.text):
            edges[word.start()] += 1
            edges[word.end()] -= 1
    return list(accumulate(edges))


def cut(line: Printed, bounds: Sequence[int]) -> list[Piece]:
    """Part a line at the beginnings of its columns.

    Where no white space stands, the line is parted at the nearest place that has some, and the pieces are torn.
    """
    cuts = [0]
    torn = set()
    for column, bound in enumerate(bounds):
        at = max(min(bound, len(line.text)), cuts[-1])
        stretch = next((s for s in _STRETCH.finditer(line.text) if s.start() < at < s.end()), None)
        if stretch and line.text[at - 1] != " ":
            torn |= {column, column + 1}
            at = max(_nearest_gap(line.text, stretch, at, cuts[-1]), cuts[-1])
        cuts.append(at)
    cuts.append(len(line.text))
    pieces = [part_of(line, low, high) for low, high in pairwise(cuts)]
    return [replace(piece, is_torn=bool(piece.text) and column in torn) for column, piece in enumerate(pieces)]


def _nearest_gap(text: str, stretch: re.Match[str], bound: int, left: int) -> int:
    """Where to part a stretch that sticks out over a column's beginning.

    If it begins where the column before does, it may hold the texts of both columns, and the word on the boundary goes
    to the one that holds its greater part. Else it is one text; then it is rather set flush right in the second column
    than centred in the first, and goes to the first only if it hardly sticks out of that.
    """
    low, high = stretch.start(), stretch.end()
    if low > left + 1:
        return low if bound - low < 2 * (high - bound) else high
    low = text.rfind(" ", 0, bound) + 1
    high = min(at for at in (text.find(" ", bound), high) if at >= 0)
    return low if bound - low < high - bound else high
