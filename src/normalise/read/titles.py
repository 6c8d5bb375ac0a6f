"""The header block of a report (`Report:`, `Date:`, `By:`) and the title of a paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from normalise.read.furniture import LABEL, OPENING
from normalise.read.headings import SUMMARY
from normalise.read.wording import Printed, bare, bullet, ends_sentence, is_caption, is_figures, number_mark
from papers.doubt import Doubt

# Lines between the title and `Report:` that are no part of the title.
_ASIDE = re.compile(r".*\bwithdrawn\b.*|\(.*\)|.*\bjoint meeting\b.*|See also\b.*", re.IGNORECASE)
# A line after `Date:` that is no author, where the label `By:` is missing.
_NO_AUTHOR = re.compile(r"AGM report|See .*|.*\bwithdrawn\b.*|.*\bmeeting\b.*|[A-Z]\. .*", re.IGNORECASE)
# An author that goes on on the next line.
_GOES_ON = re.compile(r"(?:\b(?:and|of|the|for|on behalf(?: of)?)|[,&])$")
# Headings that open a part of a table paper, and labels inside it: never its title.
_PART = re.compile(
    r"(?:Objective|Priority|Aim|Goal|Theme|Strand|Key actions?|Actions?|Equalit\w+ impact|Issues?|Risk)\b",
    re.IGNORECASE,
)
_APPENDIX_ALONE = re.compile(r"(?:Appendix|Annex)\s+\w{1,3}\.?", re.IGNORECASE)
# A heading may end in a number: `Position at period 7`.
_NUMBERED = re.compile(r"(?<=[A-Za-z]) \d{1,2}$")
_MEETING_TITLE = re.compile(r"(?:Draft )?(?:Minutes|Agenda)\b.{0,20}", re.IGNORECASE)


class Value(NamedTuple):
    """A value of the header block and the line (from 0) it stands on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Block:
    """The header block: its values, its first place and the place after it among the printed lines.

    Without a block `first` and `end` are the number of printed lines, and `labels` is 0.
    """

    first: int
    end: int
    labels: int = 0
    number: Value | None = None
    date: Value | None = None
    author: str = ""
    doubt: Doubt | None = None


def find_block(parts: Sequence[Printed]) -> Block:
    """Find the first header block near the top of a paper.

    It begins at `Report:` with a number or at `Date:`; other lines may stand between its labels. A label whose value
    stands on the next line, as in a table laid out in cells, takes it. Prose such as `Report: see below` is no header.
    """
    first = next((place for place, part in enumerate(parts[:80]) if _opens(parts, place, part)), len(parts))
    values: dict[str, Value] = {}
    end = first
    place = first
    while place < min(first + 9, len(parts)):
        label, value, after = _labelled(parts, place)
        if label and label not in values:
            values[label] = Value(value, parts[place].line)
            end = place = after
            continue
        if SUMMARY.fullmatch(bare(parts[place].text)):
            break
        place += 1
    if not values:
        return Block(len(parts), len(parts))
    number, date, author = values.get("report"), values.get("date"), values.get("by")
    if author is None and date is not None:
        author, doubt = _unlabelled_author(parts, end, date)
        end += author is not None
    else:
        doubt = None
    return Block(first, end, len(values), number, date, author.text if author else "", doubt)


def _opens(parts: Sequence[Printed], place: int, part: Printed) -> bool:
    label, value, _ = _labelled(parts, place)
    return (label == "report" and re.match(r"\d{1,3}\b|\d{1,2}[a-z]\b", value) is not None) or (
        label == "date" and re.search(r"\d{4}", value) is not None and part.kind != "item"
    )


def _labelled(parts: Sequence[Printed], place: int) -> tuple[str, str, int]:
    """The label on a line (`report`, `date`, `by`; else empty), its value, and the place after it."""
    match = LABEL.fullmatch(bare(parts[place].text))
    if not match or len(match["value"]) > 200:
        return "", "", place
    label = match["label"].lower()
    label = "date" if label.startswith("date") else "by" if label == "by" else "report"
    value, after = match["value"].strip(), place + 1
    if after < len(parts) and (not value or (label == "by" and _GOES_ON.search(value))):
        following = bare(parts[after].text)
        if parts[after].line - parts[place].line <= 1 and not LABEL.fullmatch(following):
            value, after = f"{value} {following}".strip(), after + 1
    return label, value, after


def _unlabelled_author(parts: Sequence[Printed], place: int, date: Value) -> tuple[Value | None, Doubt | None]:
    """Names on the line right below the date, where `By:` is missing."""
    if place >= len(parts) or parts[place].line - date.line > 1 or parts[place].kind in ("heading", "row"):
        return None, None
    text = bare(parts[place].text)
    if ends_sentence(text) or len(text) > 120 or not text[0].isupper() or re.search(r"\d", text):
        return None, None
    if SUMMARY.fullmatch(text) or _NO_AUTHOR.fullmatch(text) or bullet(parts[place].text):
        return None, None
    line = parts[place].line
    why = "the line below the date has no label `By:`; it was taken for the author"
    return Value(text, line), Doubt("author-without-label", line, None, why, "see whether it names the author", "low")


def find_title(parts: Sequence[Printed], furniture: frozenset[int], block: Block) -> str:
    """The title: the line or lines right above the header block, or the heading that a paper without one begins with.

    It must not invent one: minutes have a title only if one is printed, a work plan that begins with its first
    objective has none.
    """
    if block.labels:
        return _title_above(parts, furniture, block.first)
    opening = next((n for n, part in enumerate(parts[:60]) if OPENING.match(bare(part.text))), None)
    if opening is not None:
        above = [bare(part.text) for part in parts[:opening] if part.line not in furniture]
        return above[-1] if above and _MEETING_TITLE.fullmatch(above[-1]) else ""
    return _first_heading([part for part in parts if part.line not in furniture][:4])


def _title_above(parts: Sequence[Printed], furniture: frozenset[int], first: int) -> str:
    own: list[Printed] = []
    for part in reversed(parts[:first]):
        if part.line in furniture and not own:  # navigation of a column beside the title
            continue
        if part.line in furniture or part.kind == "row" or bullet(part.text):
            break
        joins = not own or (own[-1].line - part.line <= 1 and own[-1].kind == part.kind)
        if not joins and not _ASIDE.fullmatch(bare(own[-1].text)):
            break
        own.append(part)
    texts = [bare(part.text) for part in reversed(own)]
    kept = [text for text in texts if not _ASIDE.fullmatch(text)] or texts
    if not kept:
        return ""
    return " ".join(kept) if len(kept) <= 3 and sum(map(len, kept)) <= 250 else kept[-1]


def _first_heading(own: Sequence[Printed]) -> str:
    if not own:
        return ""
    if _APPENDIX_ALONE.fullmatch(bare(own[0].text)) and len(own) > 1:
        return _first_heading(own[1:])
    first = own[0]
    text = bare(first.text)
    if len(text) > 160:
        return ""
    unnumbered = _NUMBERED.sub("", text) if first.kind == "heading" else text
    if first.kind == "row" or _PART.match(text) or is_caption(text) or is_figures(unnumbered) or bullet(first.text):
        return ""
    if ends_sentence(text) or (number_mark(first.text) and not re.match(r"(?:19|20)\d\d", text)):
        return ""
    marked = first.kind == "heading" or first.text.lstrip().startswith("#")
    after = own[1] if len(own) > 1 else None
    opens = after is not None and (
        after.kind in ("row", "heading") or _PART.match(bare(after.text)) is not None or is_caption(bare(after.text))
    )
    return text if marked or opens else ""
