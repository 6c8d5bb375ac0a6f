"""The fields of a paper: what it is, whose meeting it went to and when, its number, title, author and summary."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from normalise.read.address import Address, body_code, body_name, leading_body, read_address
from normalise.read.claims import Claim, decide
from normalise.read.dates import read_date, weekday_slip
from normalise.read.furniture import INTRO, OPENING, WARNING, find_furniture
from normalise.read.headings import Heading, lettered
from normalise.read.summary import read_summary
from normalise.read.titles import Block, find_block, find_title
from normalise.read.wording import Printed, bare, ends_sentence, fold, printed_lines
from papers.doubt import Doubt
from papers.paper import Paper
from papers.readings import PaperDate

PaperKind = Literal["report", "minutes", "agenda", "appendix", "other"]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
# `28 September 2006`, `24 May 04`, `20th September 2007`, `Thursday 17 APRIL 2008`, `16 of December, 2004`
_DATE = re.compile(
    rf"(?:[A-Z][a-z]{{2,5}}day,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH}),?\s+(\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:Covering |Supplementary )?Report\s+(\d.*?)\s+(?:of|for)\s+the\s+")
_MEETING_OF = re.compile(r"\s*(?:(?:[A-Za-z]+ ){0,3}(?:meeting|AGM)s? of )?(?:the )?", re.IGNORECASE)
_ITEM = re.compile(r"\bItem:?\s*(\d{1,2}\s?[a-z]?)\b")
_MARKING = re.compile(r"(?:NOT )?PROTECTIVELY MARKED|RESTRICTED|Page \d+(?: of \d+)?", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:Appendix|Annex)\b", re.IGNORECASE)
_URL = re.compile(r"(?:(?:Source|URL|Address|Retrieved from|From):?\s*)?(https?://\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a paper says of itself. Text fields are empty, `meeting_date` is None where nothing says it.

    `furniture` holds the numbers (from 0) of the lines that are page furniture: the intro sentence and the archive
    warning are among them.
    """

    kind: PaperKind
    committee: str
    meeting_date: PaperDate | None
    report_number: str
    title: str
    author: str
    archived: bool
    summary: str
    source_url: str
    furniture: frozenset[int]


def read_fields(paper: Paper) -> tuple[Fields, tuple[Doubt, ...]]:
    """Read the fields of a paper from its header, the sentences around it and its address.

    Where these disagree, what most of them say is taken, else what the most trusted says, and a doubt names all.
    Nothing is made up: a paper without a header, such as a work plan, has empty fields.
    """
    parts = tuple(printed_lines(paper))
    block = find_block(parts)
    addresses = _addresses(paper)
    address = addresses[0][1] if addresses else None
    heads, head_claims = _running_heads(parts, block)
    furniture = find_furniture(paper, parts, heads)
    sections = lettered(parts, furniture)
    claims = [*head_claims, *_intro(parts), *_opening(parts), *_breadcrumb(parts), *_header(block), *_of(addresses)]

    number, number_doubt = decide("report number", [c for what, c in claims if what == "number"])
    date, date_doubt = decide("meeting date", [c for what, c in claims if what == "date"])
    body, body_doubt = decide("committee", [c for what, c in claims if what == "body"])
    kind = _kind(parts, furniture, block, address, sections)
    meeting = _day(date.said) if date else None
    doubts = (number_doubt, date_doubt, body_doubt, block.doubt, *_weekdays(claims))
    fields = Fields(
        kind=kind,
        committee=body.said if body else body_name(address.code, meeting) if address else "",
        meeting_date=meeting,
        report_number=number.said if number and kind not in ("minutes", "agenda") else "",
        title=find_title(parts, furniture, block),
        author=block.author,
        archived=any(WARNING.match(bare(part.text)) for part in parts if part.line in furniture),
        summary=read_summary(parts, furniture, block, sections),
        source_url=_source_url(parts) or paper.address,
        furniture=furniture,
    )
    return fields, tuple(doubt for doubt in doubts if doubt is not None)


_Claims = list[tuple[str, Claim]]


def _day(text: str) -> PaperDate | None:
    """Read the first date in a text that names a day."""
    match = _DATE.search(text)
    date = read_date(f"{match[1]} {match[2]} {match[3]}" if match else text)
    return date if isinstance(date, PaperDate) and date.day is not None else None


def _date_claim(by: str, text: str, line: int | None) -> _Claims:
    date = _day(text)
    match = _DATE.search(text)
    return [("date", Claim(by, match[0] if match else text, date.iso, line))] if date else []


def _body_claim(by: str, name: str, line: int | None) -> _Claims:
    name = " ".join(name.split())
    return [("body", Claim(by, name, body_code(name) or fold(name), line))] if name else []


def _number_claim(by: str, text: str, line: int | None) -> _Claims:
    """A report number: `7a`, `08`, `11 - agm`. Padding and what follows a dash make no other number of it."""
    match = re.match(r"0*(\d{1,3})\s?([a-z](?![a-z]))?", text, re.IGNORECASE)
    key = match[1] + (match[2] or "").lower() if match else ""
    return [("number", Claim(by, text, key, line))] if key else []


def _intro(parts: Sequence[Printed]) -> _Claims:
    """Read `Report 8a of the 28 September 2006 meeting of the MPA Committee and presents ...`."""
    for place, part in enumerate(parts[:60]):
        text = bare(part.text)
        number = _NUMBER.match(text)
        if not number or not INTRO.match(text):
            continue
        rest = _joined(parts, place)[number.end() :]
        date = _DATE.match(rest)
        after = rest[date.end() :] if date else rest
        lead = _MEETING_OF.match(after)
        name = leading_body(after[lead.end() :] if lead else after)
        by = "intro sentence"
        claims = _number_claim(by, number[1], part.line) + _body_claim(by, name, part.line)
        return claims + (_date_claim(by, date[0], part.line) if date else [])
    return []


def _opening(parts: Sequence[Printed]) -> _Claims:
    """Read `Minutes of the meeting of the Finance Committee held on 16 December 2004 at ...` and its like."""
    for place, part in enumerate(parts[:60]):
        if not OPENING.match(bare(part.text)):
            continue
        text = _joined(parts, place)
        names = [leading_body(text[m.end() :]) for m in re.finditer(r"\b(?:of|for) the |\bof ", text)]
        by = "opening sentence"
        held = text.find(" held ")
        return _body_claim(by, next(filter(None, names), ""), part.line) + _date_claim(
            by, text[max(held, 0) :], part.line
        )
    return []


def _joined(parts: Sequence[Printed], place: int) -> str:
    """A sentence that may be broken over the next two lines."""
    text = bare(parts[place].text)
    for after in parts[place + 1 : place + 3]:
        if ends_sentence(text) or len(text) < 60 or after.kind == "heading":
            break
        text += " " + bare(after.text)
    return text


def _breadcrumb(parts: Sequence[Printed]) -> _Claims:
    """Read `You are in: Home > Committees > Finance Committee > 21 October 2004`, or the same as a list."""
    for place, part in enumerate(parts[:60]):
        text = bare(part.text)
        if text.startswith("You are in:"):
            steps = re.split(r"\s*[>»›:|]\s*", text)[1:]
            listed = itertools.takewhile(lambda p: p.kind in ("item", "furniture"), parts[place + 1 : place + 7])
            steps = steps if any(steps) else [bare(step.text) for step in listed]
            names = [step for step in steps if step and leading_body(step) == step]
            days = [step for step in steps if _DATE.fullmatch(step)]
            claims = _body_claim("breadcrumb", names[-1], part.line) if names else []
            return claims + (_date_claim("breadcrumb", days[-1], part.line) if days else [])
    return []


def _running_heads(parts: Sequence[Printed], block: Block) -> tuple[frozenset[int], _Claims]:
    """Read `Finance Committee 18 November 2004 Item 7` above the title; the body and the date may have a line each.

    A body that is not in the table counts only together with a date, so that no title is taken for a running head.
    """
    lines: set[int] = set()
    claims: _Claims = []
    by = "running head"
    above = [part for part in parts[: min(block.first, 12)] if part.kind != "row"]
    for part in [*above, *(part for part in parts[:80] if part.kind == "furniture")]:
        text = bare(part.text)
        if len(text) > 140 or INTRO.match(text):
            continue
        rest = _MARKING.sub("", _ITEM.sub("", _DATE.sub("", text))).strip(" -–,|")
        date, item = _DATE.search(text), _ITEM.search(text)
        name = leading_body(rest, listed=date is None) if fold(rest) != "metropolitanpoliceauthority" else ""
        if name != rest or not (name or (date and claims)):
            continue
        lines.add(part.line)
        if name and not any(what == "body" for what, _ in claims):
            claims += _body_claim(by, name, part.line)
        if date and not any(what == "date" for what, _ in claims):
            claims += _date_claim(by, date[0], part.line)
        if item and not any(what == "number" for what, _ in claims):
            claims += _number_claim(by, item[1], part.line)
    return frozenset(lines), claims


def _header(block: Block) -> _Claims:
    number, date = block.number, block.date
    return (_number_claim("header", number.text, number.line) if number else []) + (
        _date_claim("header", date.text, date.line) if date else []
    )


def _addresses(paper: Paper) -> list[tuple[str, Address]]:
    """What the path of the file says, and the address that a saved page gives, if that says something else."""
    said = [("address", read_address(paper.source.path)), ("saved address", read_address(paper.address))]
    known = [(by, address) for by, address in said if address is not None]
    return known[:1] if len(known) == 2 and known[0][1] == known[1][1] else known


def _of(addresses: Sequence[tuple[str, Address]]) -> _Claims:
    claims: _Claims = []
    for by, address in addresses:
        claims += _number_claim(by, address.number, None)
        if address.date:
            claims.append(("date", Claim(by, _long(address.date), address.date.iso)))
        claims += _body_claim(by, body_name(address.code, address.date), None)
    return claims


def _weekdays(claims: _Claims) -> Iterator[Doubt]:
    """A doubt for each date of the meeting that names the wrong day of the week."""
    for what, claim in claims:
        slip = weekday_slip(claim.said) if what == "date" else ""
        if slip:
            why = f"the {claim.by} says {claim.said!r}, but {slip}"
            yield Doubt("weekday-disagrees", claim.line, None, why, "see which day the meeting was", "low")


def _long(date: PaperDate) -> str:
    return f"{date.first_day:%d %B %Y}".lstrip("0")


def _kind(
    parts: Sequence[Printed],
    furniture: frozenset[int],
    block: Block,
    address: Address | None,
    sections: Sequence[Heading],
) -> PaperKind:
    """Say what a paper is: by its address if that names an appendix, then by its own words, then by its address."""
    if address and address.kind == "appendix":
        return "appendix"
    texts = [bare(part.text) for part in parts[:60]]
    if block.number or any(INTRO.match(text) for text in texts):
        return "report"
    own = [bare(part.text) for part in parts[:60] if part.line not in furniture][:4]
    for kind in ("minutes", "agenda"):
        if any(re.match(rf"(?:Draft )?{kind}(?: (?:of|for) |\s*[-–:(]|$)", text, re.IGNORECASE) for text in own):
            return "minutes" if kind == "minutes" else "agenda"
    if own and _APPENDIX.match(own[0]):
        return "appendix"
    if any(re.match(r"Recommendations?\b", heading.words, re.IGNORECASE) for heading in sections):
        return "report"
    kinds: dict[str, PaperKind] = {"report": "report", "minutes": "minutes", "agenda": "agenda"}
    return kinds.get(address.kind, "other") if address else "other"


def _source_url(parts: Sequence[Printed]) -> str:
    """An address that is printed on a line of its own, at the top or the foot of the paper."""
    for part in (*parts[:20], *parts[-20:]):
        match = _URL.fullmatch(bare(part.text))
        if match:
            return match[1]
    return ""
