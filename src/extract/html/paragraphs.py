"""From the runs of text between two block elements to blocks: one for each paragraph that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.html.blocks import Block, Element, Piece
from extract.html.style import Style
from extract.raised import raised

# White space that a browser draws as one space; a space that doesn't break is kept in what was printed.
_SPACE = re.compile(r"[ \t\n\r\f]+")
# What stands in front of a list item: `•`, `- `, `1.`, `(a)`, `iv)`.
MARK = re.compile(r"(?:[•●▪◦·\uf0b7]|[-–—*o](?=\s|$)|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)])(?:\s|$)")


class Where(NamedTuple):
    """Where some text stands: in a heading of which level, in a list item with which mark, how deep."""

    heading: int = 0
    item: bool = False
    marker: str = ""
    level: int = 0


class _Printed(NamedTuple):
    """One line as a browser draws it, up to a line break; `style` is that of the line as a whole."""

    text: str
    raw: str
    pieces: Sequence[Piece]
    style: Style


def make_blocks(lines: Sequence[Sequence[Piece]], where: Where, *, gap: bool) -> Iterator[Block]:
    """Make blocks of the lines between two block elements.

    An empty line (two line breaks) ends a paragraph; so does a line break before a list mark or a change of style (a
    heading in bold above its text). All other lines stay together, each on a line of its own.
    """
    if len(lines) == 1:
        line = _printed(lines[0])
        if line is not None:
            yield _block((line,), where, gap=gap)
        return
    group: list[_Printed] = []
    for pieces in lines:
        line = _printed(pieces)
        if group and (line is None or _is_apart(group[-1], line)):
            yield _block(group, where, gap=gap)
            where, group, gap = where._replace(item=False, marker=""), [], False
        if line is not None:
            group.append(line)
        else:
            gap = True
    if group:
        yield _block(group, where, gap=gap)


def _printed(pieces: Sequence[Piece]) -> _Printed | None:
    one = len(pieces) == 1
    if one and not pieces[0].style.raised:
        raw = pieces[0].text
    else:
        raw = "".join([raised(piece.text) if piece.style.raised else piece.text for piece in pieces])
    text = " ".join(raw.split())
    if not text:
        return None
    style = pieces[0].style if one else _look(pieces)
    if style.kept:
        text = raw.replace("\xa0", " ").rstrip()
    return _Printed(text, _SPACE.sub(" ", raw).strip(" "), pieces, style)


def _look(pieces: Sequence[Piece]) -> Style:
    """The style of a line as a whole: bold or a picture if all of it is, the smallest size in it."""
    inked = [piece.style for piece in pieces if piece.text.strip()]
    return inked[0]._replace(
        bold=all(style.bold for style in inked),
        size=min(style.size for style in inked),
        picture=all(style.picture for style in inked),
        kept=any(style.kept for style in inked),
    )


def _is_apart(before: _Printed, line: _Printed) -> bool:
    one, other = before.style, line.style
    return (
        one.bold != other.bold
        or one.size != other.size
        or one.kept
        or other.kept
        or one.region != other.region
        or MARK.match(line.text) is not None
    )


def _block(group: Sequence[_Printed], where: Where, *, gap: bool) -> Block:
    first = group[0]
    if len(group) == 1:
        text, raw, pieces = first.text, first.raw, first.pieces
    else:
        text = (" " if where.heading else "\n").join([line.text for line in group])
        raw = "\n".join([line.raw for line in group])
        pieces = [piece for line in group for piece in line.pieces]
    if len(pieces) == 1:
        element = pieces[0].element
    else:
        inked = [piece for piece in pieces if not piece.text.isspace()]
        element = _around(inked[0].element, inked[-1].element)
    ink = _ink(text)
    links = [(piece.style.link, _ink(piece.text)) for piece in pieces if piece.style.link]
    return Block(
        text=text,
        printed=((raw, element),),
        style=first.style,
        ink=ink,
        heading=where.heading,
        item=where.item,
        marker=where.marker,
        level=where.level,
        links=sum(count for _, count in links) if links else 0,
        inner=sum(count for link, count in links if link.startswith("#")) if links else 0,
        gap=gap,
    )


def _ink(text: str) -> int:
    return len(text) - text.count(" ") if text.isascii() and text.isprintable() else sum(map(len, text.split()))


def _around(first: Element, last: Element) -> Element:
    """The innermost element that holds both."""
    while first is not last:
        if last.depth >= first.depth and last.parent is not None:
            last = last.parent
        elif first.parent is not None:
            first = first.parent
        else:
            break
    return first
