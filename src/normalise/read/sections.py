"""The running text of a paper, line by line, each under its heading: nothing that is printed is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from normalise.read.fields import Fields
from normalise.read.headings import ATTENDANCE, SUMMARY, Heading, is_subheading, lettered, unlettered
from normalise.read.wording import (
    NumberMark,
    Printed,
    bare,
    bullet,
    ends_sentence,
    fold,
    is_caption,
    letter_mark,
    number_mark,
    printed_lines,
)
from papers.paper import Kind, Line, Paper

FURNITURE = "(page furniture)"
SUPPORTING_MATERIAL = "supporting material"
RECOMMENDATION = re.compile(r"\brecommendations?\b|\brecommended\b", re.IGNORECASE)
# Sections whose short lines are entries, not sub-headings.
_ENTRIES = re.compile(r"recommend|background papers|contact|supporting material", re.IGNORECASE)

# How far each level of a list of a page is set in; in text copies it is as many spaces.
_INDENT = 4
# A unit between a caption and its table is no longer: `£000`, `(£ million)`, `Percentages`.
_UNIT_LINE = 12
# Short lines of agendas and minutes that stand above the next item and head nothing.
_NO_GROUP = re.compile(r"Report (?:by|of)\b|Resolved\b|RESOLVED\b|That\b|Members are\b|\(")


@dataclass(frozen=True, slots=True)
class SectionText:
    """One line of running text.

    `letter` and `heading` name the section that it stands in: the pair is the same for the whole section. `level` is 2
    on the line of a sub-heading, 1 on all other lines of a section, 0 before the first section. `text` is the text as
    printed; only a paragraph's number is split off in front, with the stop or bracket that belongs to it, so that
    `paragraph_number` and `text` together hold all ink of the line but that stop. `order` counts from 1, `line` and
    `cell` from 0.

    For readers, not for `sections.csv`: `is_heading` marks the heading lines themselves, `subheading` is the last
    sub-heading of the section, `indent` the number of spaces in front, `kind` the kind of the line, `marker` the mark
    that a list item shows without printing it.
    """

    order: int
    letter: str
    heading: str
    level: int
    paragraph_number: str
    text: str
    line: int
    cell: int
    is_heading: bool = False
    subheading: str = ""
    indent: int = 0
    kind: Kind = "prose"
    marker: str = ""


class _Start(NamedTuple):
    """What begins at a line: a section (level 0 or 1) or a sub-heading (level 2)."""

    letter: str
    heading: str
    level: int


def read_sections(paper: Paper, fields: Fields) -> tuple[SectionText, ...]:
    """Put every line of running text under its heading.

    Rows of tables are left to the tables; every other line with ink gives one row for each cell, page furniture too. A
    number that stands in a cell of its own goes with the text of the next cell. A sentence broken over lines stays so.
    """
    parts = tuple(printed_lines(paper))
    starts = _starts(parts, fields, _is_spaced(paper))
    rows: list[SectionText] = []
    section, subheading, last = _Start("", "", 0), "", 0
    for number, line in enumerate(paper.lines):
        if line.kind in ("row", "blank"):
            continue
        start = starts.get(number) if number not in fields.furniture else None
        if start is not None and start.level < 2:
            section, subheading = start, ""
        elif start is not None:
            subheading = start.heading
        for row in _rows(line, number, last, is_text=number not in fields.furniture and start is None):
            order = len(rows) + 1
            if number in fields.furniture:
                rows.append(replace(row, order=order, heading=FURNITURE))
                continue
            last = int(row.paragraph_number) if row.paragraph_number.isdecimal() else last
            level = start.level if start is not None else section.level
            item = _item_number(row.text) if start is not None and fields.kind == "minutes" else None
            if item is not None:
                row = replace(row, paragraph_number=item.number, text=row.text[item.end :].strip())
            rows.append(
                replace(
                    row,
                    order=order,
                    letter=section.letter,
                    heading=section.heading,
                    level=level,
                    is_heading=start is not None,
                    subheading=subheading,
                )
            )
    return tuple(rows)


def _rows(line: Line, number: int, last: int, *, is_text: bool) -> Iterator[SectionText]:
    mark = ""
    marker = line.marker if is_text else ""
    for place, cell in enumerate(line.cells):
        text = cell.text.strip()
        if not text:
            continue
        if is_text and _is_mark(text) and place + 1 < len(line.cells):
            mark = f"{text} "
            continue
        indent = len(cell.text) - len(cell.text.lstrip()) + _INDENT * line.level * (line.kind != "heading")
        text, mark = mark + text, ""
        found = _paragraph(text, last) if is_text else None
        split = (found.number, text[found.end :].strip()) if found else (_shown_number(marker), text)
        shown = "" if found else marker
        yield SectionText(0, "", "", 0, *split, number, place, indent=indent, kind=line.kind, marker=shown)
        marker = ""
    if mark:
        yield SectionText(0, "", "", 0, "", mark.strip(), number, len(line.cells) - 1, kind=line.kind)


def _shown_number(marker: str) -> str:
    """The number or letter that a list of a page shows in front of an item: `3` of `3.`; empty for bullets."""
    number = marker.rstrip(".)")
    return number if number.isalnum() else ""


def _is_mark(text: str) -> bool:
    """Whether a cell holds only what stands in front of a paragraph: `1.`, `(a)`, `•`."""
    number = number_mark(f"{text} x")
    return (number is not None and number.end == len(text) + 1) or bool(
        letter_mark(f"{text} x")[1] == len(text) + 1 or bullet(f"{text} x") == len(text) + 1
    )


def _paragraph(text: str, last: int) -> NumberMark | None:
    """The number of a paragraph, or None.

    `1. In order` and `1.1 These` are numbered. A number without a stop (`2 These`) counts only if it is the next one
    and a whole sentence follows: `1 Includes Chinese.` is a footnote, `24 new posts` the middle of a sentence. A
    bracket in front (`(1) note`) stays in the text.
    """
    found = number_mark(text)
    if found is None or text.startswith("("):
        return None
    after = text[found.end :]
    if found.stop:
        return found
    if "." in found.number:
        return found if after[0].isupper() and len(after) > 20 else None
    sentence = after[0].isupper() and len(after) > 40 and ends_sentence(after)
    return found if sentence and int(found.number) == last + 1 else None


def _item_number(text: str) -> NumberMark | None:
    """The number of an item of minutes: `62. Apologies for absence`, `63 Declarations`."""
    return number_mark(text) if not text.startswith("(") else None


def _is_spaced(paper: Paper) -> bool:
    """Whether blank lines stand between the blocks of a copy."""
    blank = sum(line.kind == "blank" for line in paper.lines)
    return blank * 5 > len(paper.lines)


def _starts(parts: Sequence[Printed], fields: Fields, spaced: bool) -> dict[int, _Start]:
    """What begins at which line (from 0)."""
    sections = lettered(parts, fields.furniture)
    starts = _sections(parts, fields, sections)
    return {**_subheadings(parts, fields, spaced, starts, bool(sections)), **starts}


def _sections(parts: Sequence[Printed], fields: Fields, sections: Sequence[Heading]) -> dict[int, _Start]:
    own = [n for n, part in enumerate(parts) if part.line not in fields.furniture and part.kind != "row"]
    by_place = {heading.place: heading for heading in sections}
    first = sections[0].place if sections else len(parts)
    last = sections[-1].place if sections else None
    starts: dict[int, _Start] = {}
    began = False
    for place in own:
        part, text = parts[place], bare(parts[place].text)
        after = last is not None and place > last
        if place in by_place:
            starts[part.line] = _Start(by_place[place].letter, by_place[place].words, 1)
        elif place < first and not began and (fold(text) == fold(fields.title) != "" or SUMMARY.fullmatch(text)):
            starts[part.line] = _Start("", text.rstrip(":"), 0)
        elif (
            part.kind != "item"
            and not part.text[0].isspace()
            and unlettered(text, after_sections=after or (last is None and began), lettered_paper=last is not None)
        ):
            starts[part.line] = _Start("", text, 1)
        elif fields.kind == "minutes" and _is_item_heading(part):
            found = _item_number(part.text.strip())
            starts[part.line] = _Start("", bare(part.text.strip()[found.end :]) if found else text, 1)
        elif fields.kind == "minutes" and ATTENDANCE.fullmatch(text):
            continue
        elif last is None and (part.kind == "heading" or part.text.lstrip().startswith("#")):
            starts[part.line] = _Start("", text, 1)
        elif part.kind == "heading" and place < first:
            starts[part.line] = _Start("", text, 0)
        began = began or starts.get(part.line, _Start("", "", 0)).level == 1
    return starts


def _is_item_heading(part: Printed) -> bool:
    """Whether a line is an item of minutes: numbered, not indented, short, no sentence."""
    found = _item_number(part.text)
    text = bare(part.text)
    return found is not None and part.text[0].isdigit() and len(text) < 120 and not ends_sentence(text)


def _subheadings(
    parts: Sequence[Printed], fields: Fields, spaced: bool, starts: dict[int, _Start], has_letters: bool
) -> dict[int, _Start]:
    own = [part for part in parts if part.line not in fields.furniture]
    found: dict[int, _Start] = {}
    section = _Start("", "", 0)
    for place, part in enumerate(own):
        section = starts.get(part.line, section)
        if part.line in starts or part.kind in ("row", "item"):
            continue
        text = bare(part.text)
        if part.kind == "heading" and _names_table(own, place):
            continue
        if part.kind == "heading" and has_letters:
            found[part.line] = _Start("", text, 2)
        elif fields.kind in ("minutes", "agenda"):
            if ATTENDANCE.fullmatch(text) or _is_above_items(own, place):
                found[part.line] = _Start("", text.rstrip(":"), 2)
        elif section.level == 1 and not _ENTRIES.search(section.heading):
            above = own[place - 1].line
            if is_subheading(own, place, spaced=spaced, after_heading=above in starts or above in found):
                found[part.line] = _Start("", text, 2)
    return found


def _names_table(parts: Sequence[Printed], place: int) -> bool:
    """Whether a heading is the caption of a table: worded as one, or above rows (a short unit line may be between)."""
    below = list(parts[place + 1 : place + 3])
    if len(below) == 2 and below[0].kind == "prose" and len(below[0].text) <= _UNIT_LINE:
        del below[0]
    return is_caption(parts[place].text) or bool(below and below[0].kind == "row" and not is_caption(below[0].text))


def _is_above_items(parts: Sequence[Printed], place: int) -> bool:
    """Whether a short line stands above a list, as the headings of an agenda do."""
    part = parts[place]
    if place + 1 >= len(parts) or len(part.text) > 60 or part.text[0].isspace() or ends_sentence(part.text):
        return False
    after = parts[place + 1]
    if _NO_GROUP.match(part.text) or after.kind == "heading":
        return False
    listed = bullet(after.text) or number_mark(after.text) or after.kind == "item"
    return bool(listed) and not bullet(part.text) and number_mark(part.text) is None and part.text.lstrip()[0].isupper()
