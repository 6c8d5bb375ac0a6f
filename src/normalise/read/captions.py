"""Captions, unit lines and notes of tables: what stands above and below a table, or in it, and is about all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalise.read.marks import note_mark
from normalise.read.units import Unit, is_unit, read_unit
from papers.paper import Line, Paper

_NUMBERED = re.compile(r"\s*(?:table|figure|schedule|annex|appendix|chart)\s+[0-9A-Z]{1,3}(?:\.[0-9]+)*\b", re.I)
_TABLE = re.compile(r"\s*table\s+[0-9A-Z]{1,3}(?:\.[0-9]+)*\b", re.I)
_LETTERED = re.compile(r"\s*(?:[A-Z]|[0-9]+(?:\.[0-9]+)*)[.)]\s")
_UNIT_LINE = re.compile(r"\W*(?:notes?\W+)?(?:all )?(?:the )?(?:figures|amounts|sums|values|costs?)\b.{0,60}", re.I)
# The percentages of a caption are those of some columns, unless they stand alone in brackets or at its end.
_AMOUNT = re.compile(r"[-–−(]?[£€$]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+)[mk%]?\)?")
_LONGEST = 160
_NEAR = 4
_NOTES_BELOW = 12


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its caption and the line it was taken from, its unit, and the notes below it."""

    caption: str = ""
    caption_line: int | None = None
    unit: Unit | None = None
    notes: tuple[str, ...] = ()


def surroundings(paper: Paper, start: int, end: int, taken: frozenset[int], below_style: bool) -> Surroundings:
    """Read what stands around the table in lines `start` to `end`.

    The caption is the line that begins `Table 1`, or a short line without a stop, just above the table; only unit lines
    and blank ones may stand between. It is taken from below only if the paper does so (`below_style`) or nothing
    else can own it. A line in `taken` is the caption of another table.
    """
    above, unit = _above(paper, start, taken)
    notes = _notes(paper, end)
    below = _below(paper, end)
    chosen = above
    if below is not None and below not in taken and (above is None or (below_style and not _is_numbered(paper, above))):
        chosen = below if below_style or not _owned(paper, below) else above
    caption = " ".join(paper.lines[chosen].text.split()) if chosen is not None else ""
    unit = unit or caption_unit(caption) or next((found for note in notes if (found := note_unit(note))), None)
    return Surroundings(caption, chosen, unit, notes)


def captions_below(paper: Paper, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a paper prints the captions of its tables below them: more of its tables have one there than above."""
    above = sum(
        (at := _above(paper, start, frozenset())[0]) is not None and _is_numbered(paper, at) for start, _ in spans
    )
    below = sum(_below(paper, end) is not None for _, end in spans)
    return below > above


def caption_unit(caption: str) -> Unit | None:
    """The unit that a caption states for all of its table: money anywhere, percentages only as `(%)` or at its end."""
    unit = read_unit(caption)
    if unit is None or unit.kind == "currency":
        return unit
    return unit if unit.kind == "%" and caption.rstrip().endswith(("(%)", "%")) else None


def note_unit(text: str) -> Unit | None:
    """The unit that a line or a note states for a whole table: `£000`, `All figures in £m`."""
    if is_unit(text) or (len(text) <= _LONGEST and _UNIT_LINE.match(text)):
        return read_unit(text)
    return None


def is_caption(text: str) -> bool:
    """Whether a text begins as the caption of a table does: `Table 1`."""
    return _NUMBERED.match(text) is not None


def _above(paper: Paper, start: int, taken: frozenset[int]) -> tuple[int | None, Unit | None]:
    unit: Unit | None = None
    seen = 0
    for at in range(start - 1, max(start - 12, -1), -1):
        line = paper.lines[at]
        text = line.text.strip()
        if not text or line.kind in ("blank", "furniture", "hidden"):
            continue
        seen += 1
        if line.kind == "row" or at in taken or seen > _NEAR:
            break
        if _NUMBERED.match(text) and len(text) <= 2 * _LONGEST:
            return at, unit or _unit_line_above(paper, at)
        if found := note_unit(text) or _repeated_unit(text):
            unit = unit or found
            continue
        if _ends_in_amount(text):
            continue
        if line.kind == "item":
            break
        if _is_bare(line, text):
            numbered = _numbered_above(paper, at, taken)
            return numbered, unit or _unit_line_above(paper, numbered)
        break
    return None, unit


def _repeated_unit(text: str) -> Unit | None:
    """The unit of a line that prints one unit for each of several columns: `£m £m`."""
    words = text.split()
    units = {read_unit(word) for word in words} if all(map(is_unit, words)) else set()
    return units.pop() if len(units) == 1 else None


def _ends_in_amount(text: str) -> bool:
    """Whether a line is a row of the table below that was not taken into it: words, then an amount and no stop."""
    words = text.split()
    return len(words) > 1 and _AMOUNT.fullmatch(words[-1]) is not None


def _numbered_above(paper: Paper, at: int, taken: frozenset[int]) -> int:
    """The line that begins `Table 1` right above a line without a number, which is a part of its table then."""
    above = next((n for n in range(at - 1, max(at - _NEAR, -1), -1) if paper.lines[n].text.strip()), at)
    return above if above not in taken and paper.lines[above].kind != "row" and _is_numbered(paper, above) else at


def _unit_line_above(paper: Paper, caption: int) -> Unit | None:
    """The unit printed just above a caption: one that is part of its table has the unit line above it."""
    for at in range(caption - 1, max(caption - 3, -1), -1):
        line = paper.lines[at]
        if line.kind == "row" or (line.text.strip() and not is_unit(line.text)):
            break
        if line.text.strip():
            return read_unit(line.text)
    return None


def _is_bare(line: Line, text: str) -> bool:
    """Whether a line without a number may be a caption: short, no sentence, and no section heading."""
    if len(text) > _LONGEST or text.endswith((".", ":", ";", ",")) or _LETTERED.match(text):
        return False
    return line.kind == "heading" or ((text[0].isupper() or text[0].isdigit()) and len(text.split()) <= 20)


def _is_numbered(paper: Paper, at: int) -> bool:
    return _TABLE.match(paper.lines[at].text) is not None


def _below(paper: Paper, end: int) -> int | None:
    for at in range(end, min(end + _NEAR, len(paper.lines))):
        line = paper.lines[at]
        if line.text.strip() and line.kind not in ("blank", "furniture", "hidden"):
            return at if line.kind in ("heading", "prose") and _is_numbered(paper, at) else None
    return None


def _owned(paper: Paper, at: int) -> bool:
    """Whether the next thing after a caption is a table, to which it would belong."""
    for line in paper.lines[at + 1 : at + 1 + _NEAR]:
        if line.kind == "row":
            return True
        if line.text.strip() and note_unit(line.text) is None:
            return False
    return False


def _notes(paper: Paper, end: int) -> tuple[str, ...]:
    """The notes just below a table: lines that begin with a mark or with `Note`, up to what belongs to the next one."""
    notes = []
    for at, line in enumerate(paper.lines[end : end + _NOTES_BELOW], start=end):
        text = line.text.strip()
        if line.kind in ("row", "heading"):
            break
        if text and (note_mark(text) is not None or note_unit(text)):
            notes.append(text)
        elif text and (not _NUMBERED.match(text) or _owned(paper, at)):
            break
    return tuple(notes)
