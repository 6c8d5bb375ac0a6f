"""The recommendations of a report, item by item, in their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalise.read.sections import FURNITURE, RECOMMENDATION, SectionText
from normalise.read.wording import bare, bullet, ends_sentence, is_caption, is_figures, letter_mark, number_mark

# Who or what a recommendation or its lead-in begins with: `That members`, `Members are invited to:`, `The Committee is
# invited to:`, `It is recommended that`, `To note ...`, `The Board is asked to`.
_DIRECTS = re.compile(
    r"(?:That|Members?|It is (?:recommended|proposed)|To|We recommend"
    r"|The (?:\w+[ -]){0,5}?(?:members?|(?:Sub-?)?Committee|Authority|Board|Panel|Group)"
    r"|(?:The )?(?:Sub-?)?(?:Committee|Authority|Board|Panel)) ?\b",
    re.IGNORECASE,
)

# A heading without a letter must say no more: `Objective 2: Implement the recommendations` heads no recommendations.
_ALONE = re.compile(r"(?:\w+ )?Recommendations?:?", re.IGNORECASE)
# `...; and` and `..., and` end an item: they go on neither with the next line nor as a lead-in.
_ENDS_ITEM = re.compile(r"[;,]\s+(?:and|or)$")

_TABLE_BETWEEN = 3
"""Two paragraphs that are more lines apart have the rows of a table between them."""
_LONGEST = 3000
"""No recommendation is so long: what goes on after so many characters without a stop is something else."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation, or one item of a list inside a recommendation.

    `group` counts from 1: a report may ask two bodies, each with its own list. `lead` holds the words above the group's
    list (`That the full Authority`), empty for a plain sentence. `number` is what is printed in front, empty for dashes
    and sentences; an item inside another carries both marks (`3a`, `3(a)`). `line` counts from 0.
    """

    group: int
    number: str
    text: str
    line: int
    lead: str = ""


class _Piece(NamedTuple):
    """A printed line: its mark (empty for plain text, `-` for dashes), what follows it, where it stands."""

    style: str  # "number", "letter", "bullet", or "" for plain text
    mark: str
    text: str
    line: int
    indent: int
    is_shown: bool = False  # the mark is that of a list of a page, whose depth is certain


def read_recommendations(sections: Sequence[SectionText]) -> tuple[Recommendation, ...]:
    """Read the recommendations from the sections that are headed so, under whatever letter.

    Words above a list (`That`, `Members are invited to:`) lead a group and are no item. Items keep their words, `; and`
    too. Rows of a table that stands between two groups are left out: only a marked line, a plain sentence, or the rest
    of a broken one is a recommendation. Sub-headings (`Scrutiny recommendations`) and items of minutes open no section.
    """
    found: list[Recommendation] = []
    for section in _recommendation_sections(sections):
        pieces = [piece for row in section for piece in _pieces(row)]
        found.extend(_groups(_put_together(pieces), found[-1].group if found else 0))
    return tuple(found)


def _recommendation_sections(sections: Sequence[SectionText]) -> Iterator[list[SectionText]]:
    inside: list[SectionText] | None = None
    for row in sections:
        if row.heading == FURNITURE:
            continue
        if row.is_heading and row.level < 2:
            if inside:
                yield inside
            words = RECOMMENDATION.search(row.heading) if row.letter else _ALONE.fullmatch(row.heading)
            inside = [] if row.level == 1 and words and not row.paragraph_number else None
        elif inside is not None and not row.is_heading:
            inside.append(row)
    if inside:
        yield inside


def _pieces(row: SectionText) -> Iterator[_Piece]:
    """A row, cut where a line inside its cell begins with a mark of its own (as `<br>` makes them in a page)."""
    texts: list[str] = []
    for text in row.text.split("\n"):
        if texts and not (_marked(text)[0]):
            texts[-1] += f" {text.strip()}"
        else:
            texts.append(text)
    for place, text in enumerate(texts):
        if place == 0 and row.paragraph_number and not row.marker:
            yield _Piece("number", row.paragraph_number, text.strip(), row.line, row.indent)
        else:
            style, mark, end = _marked(text)
            if place == 0 and row.marker and not style:
                style, mark, _ = _marked(f"{row.marker.lower()} x")
            elif place == 0 and row.kind == "item" and not style:
                style = "bullet"
            yield _Piece(style, mark, text[end:].strip(), row.line, row.indent + place, bool(row.marker))


def _marked(text: str) -> tuple[str, str, int]:
    """The style of a line's mark, the mark, and how many characters it takes."""
    letter, end = letter_mark(text)
    if end:
        return "letter", letter, end
    number = number_mark(text)
    if number is not None and number.stop and not is_figures(text):
        return "number", number.number, number.end
    end = bullet(text)
    return ("bullet", "", end) if end else ("", "", 0)


def _put_together(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Join the lines of a broken item or sentence: a plain line that goes on where the one before did not end."""
    joined: list[_Piece] = []
    last = 0
    for piece in pieces:
        before = joined[-1] if joined else None
        if (
            before is not None
            and not piece.style
            and piece.text
            and _goes_on(before, piece, adjacent=piece.line - last <= 1)
        ):
            joined[-1] = before._replace(text=f"{before.text} {piece.text}")
        else:
            joined.append(piece)
        last = piece.line
    return joined


def _goes_on(before: _Piece, piece: _Piece, *, adjacent: bool) -> bool:
    if is_figures(piece.text) or is_caption(piece.text) or len(before.text) > _LONGEST:
        return False
    if before.style and piece.indent > before.indent:
        return True
    if piece.text.rstrip(",") in ("and", "or"):  # `...; and`, its last word on a line of its own
        return True
    if ends_sentence(before.text) or len(before.text) < (70 if _leads(before) else 40):
        return False
    return adjacent and not _ENDS_ITEM.search(before.text)


def _leads(piece: _Piece) -> bool:
    """Whether a plain line is a lead-in by itself: it directs somebody and its sentence is still open."""
    text = piece.text.rstrip()
    if piece.style or _ENDS_ITEM.search(text) or not _DIRECTS.match(f"{text} "):
        return False
    return text.endswith(":") or not ends_sentence(text)


def _groups(pieces: Sequence[_Piece], earlier: int) -> list[Recommendation]:
    """Number the groups and their items."""
    found: list[Recommendation] = []
    group, lead, parent, top = earlier, "", "", None
    has_items = any(piece.style for piece in pieces)
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if piece.style:
            nested = top is not None and _is_nested(piece, top)
            restarts = not nested and piece.mark == "1" and parent not in ("", "0") and top is not None
            if top is None or restarts:
                lead = "" if restarts else lead
                group += 1
            if not nested:
                top, parent = piece, piece.mark
            found.append(
                Recommendation(
                    group, _joined(parent, piece.mark) if nested else piece.mark, piece.text, piece.line, lead
                )
            )
        elif _is_lead(piece, following):
            lead, top, parent = bare(piece.text), None, ""
        elif _is_sentence(piece, alone=not has_items and not found, after_lead=bool(lead) and top is None):
            group += 0 if found and not has_items and found[-1].group == group > earlier else 1
            found.append(Recommendation(group, "", piece.text, piece.line, lead))
    return found


def _joined(parent: str, mark: str) -> str:
    """The mark of an item inside another: `3a`, `3(a)`, `3.1`."""
    return f"{parent}.{mark}" if mark.isdecimal() and parent else f"{parent}{mark}"


def _is_nested(piece: _Piece, top: _Piece) -> bool:
    """Whether an item stands inside the last top item: lettered under a number, or set further in than it."""
    if piece.style == "letter" and top.style != "letter":
        return True
    return (
        piece.indent > top.indent + 1
        and piece.style != ""
        and (piece.is_shown or not (piece.style == top.style == "number" and _next(top, piece)))
    )


def _next(top: _Piece, piece: _Piece) -> bool:
    return top.mark.isdecimal() and piece.mark.isdecimal() and int(piece.mark) == int(top.mark) + 1


def _is_lead(piece: _Piece, following: _Piece | None) -> bool:
    if following is None:
        return False
    if following.style:
        return _DIRECTS.match(f"{piece.text} ") is not None or piece.text.rstrip().endswith(":")
    if following.line - piece.line > _TABLE_BETWEEN and _DIRECTS.match(f"{following.text} "):
        return False  # it leads to a table, and what stands below that is a recommendation by itself
    return _leads(piece) and len(piece.text) < 120 and not is_figures(following.text)


def _is_sentence(piece: _Piece, *, alone: bool, after_lead: bool) -> bool:
    if is_figures(piece.text) or is_caption(piece.text) or not piece.text:
        return False
    if alone or after_lead:
        return True
    return ends_sentence(piece.text) and _DIRECTS.match(f"{piece.text} ") is not None
