"""What a page holds besides the paper: the archive warning, navigation, the intro sentence, the tools at its foot."""

import re
from collections.abc import Iterator, Sequence

from normalise.read.wording import Printed, bare, bullet, ends_sentence, fold, is_caption
from papers.paper import Paper

# The sentence above a report: `Report 8a of the 28 September 2006 meeting of the MPA Committee and presents ...`.
INTRO = re.compile(
    r"(?:Covering |Supplementary )?Report\s+\d{1,3}\s?[a-z]?(?:\s*-\s*[\w ]{2,16}?)?\s+(?:of|for)\s+the\s+\S"
)
# The warning on most archived pages; `Warning:` may be set apart.
WARNING = re.compile(r"(?:Warning:?\s*)?This is archived material\b", re.IGNORECASE)
# Header labels: `Report: 7a`, `Covering Report: 5`, `Date:09 May 2002`, `By: Treasurer`.
LABEL = re.compile(
    r"(?P<label>(?:Covering |Supplementary |Exempt )?Report(?: (?:no\.?|number))?|Date(?: of meeting)?|By)"
    r"\s*:\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
# The first sentence of minutes and agendas: `Minutes of the meeting of the Finance Committee held on 16 December 2004`,
# `Agenda for the meeting of the ... to be held on 3 March 2006`.
OPENING = re.compile(
    r"(?:Draft )?(?P<kind>Minutes|Agenda)\b(?: and \w+)? (?:of|for|from) (?:the|an?) .*\b(?:meeting|held)\b"
)

# Lines that are furniture wherever they stand.
_ANYWHERE = (
    r"Warning:?",  # set apart from its sentence
    r"See the .{2,40} website(?: for further information)?\.?",
    r"You are in:.*",  # followed by nothing in most copies; pages keep the breadcrumb
    r"Skip to (?:main )?content",
    r"Send an e-?mail linking to this page",
    r"(?:Back|Return) to (?:the )?top(?: of (?:the )?page)?|Top of (?:the )?page|Top",
    r"(?:Print|E-?mail) this page|Printer[- ]friendly version",
    r"Back to (?:the )?list of reports",
    r"Last updated:? .{4,30}",
    r"(?:©|Copyright) .{2,120}",
    r"\(c\) (?:(?:19|20)\d\d\b.{0,100}|(?-i:[A-Z]).{2,100}\b(?:19|20)\d\d\.?)",  # `(c) an annual review` is an item
    r"(?:https?|file)://\S+(?: \d+/\d+)?",  # printed by a browser at the foot of its pages
)
# Lines that are furniture above the title: the navigation of the site, a running head, markings.
_ABOVE = (
    r"Contents(?: of this page)?:?",
    r"(?:Site )?(?:Home|Search|Navigation|Menu)|About (?:us|the MPA)|Committees|Reports|Publications",
    r"Press cent(?:re|er)|Jobs|Site ?map|News|Contact us|Help|Accessibility|Privacy|Links",
    r"(?:THE )?METROPOLITAN POLICE AUTHORITY|MPA",
    r"(?:NOT )?PROTECTIVELY MARKED|RESTRICTED|OFFICIAL|UNCLASSIFIED",
)
# Lines that are furniture at the end of the page, as long as only such lines follow.
_BELOW = (
    *_ABOVE[1:],
    r"(?:Page )?\d{1,3}(?: of \d{1,3})?|[-–] ?\d{1,3} ?[-–]",  # the number of the last page
    r"(?:(?:Home|Accessibility|Privacy|Feedback|Contact us|Site ?map|Terms|Help)[\s|·•]*)+",
    r"Related (?:pages|links)|Other reports to this meeting|Minutes|Agenda",
    r"Metropolitan Police Authority, .{5,80}",
)
# An entry of the list of contents above the title, where a copy has lost the list marks.
_ENTRY = re.compile(r"[A-Z]\. \S.*|(?:Executive )?Summary|Supporting material")


def _any(forms: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


_IS_FURNITURE = _any(_ANYWHERE)
_IS_ABOVE = _any((*_ANYWHERE, *_ABOVE))
_IS_BELOW = _any((*_ANYWHERE, *_BELOW))


def find_furniture(paper: Paper, parts: Sequence[Printed], heads: frozenset[int]) -> frozenset[int]:
    """The numbers (from 0) of the lines that are page furniture.

    A line counts if it was extracted as furniture or hidden text, or if all that is printed on it is. What could be the
    paper's own (`Feedback`, `Minutes`, `Reports`) counts only above the title or at the very end of the page. `heads`
    are running heads that the caller has found above the title; they count on later pages too. Rows of tables are never
    furniture.
    """
    start = _start(parts)
    places = {*_marked(parts), *_above(parts[:start], parts[start:]), *_below(parts)}
    lines = {parts[place].line for place in places}
    kept = {part.line for place, part in enumerate(parts) if place not in places}
    repeated = {bare(part.text) for part in parts if part.line in heads}
    heads |= {part.line for part in parts if part.kind != "row" and bare(part.text) in repeated}
    extracted = {number for number, line in enumerate(paper.lines) if line.kind in ("furniture", "hidden")}
    return frozenset((lines - kept) | extracted | heads)


def _start(parts: Sequence[Printed]) -> int:
    """Where the paper's own text begins: the header block or the opening sentence, else the last mark near the top."""
    last = 0
    for place, part in enumerate(parts[:80]):
        text = bare(part.text)
        if LABEL.fullmatch(text) or OPENING.match(text):
            return place
        if place < 60 and (_IS_FURNITURE.fullmatch(text) or WARNING.match(text) or INTRO.match(text)):
            last = place + 1
    return last


def _marked(parts: Sequence[Printed]) -> Iterator[int]:
    """Lines that say what they are. The warning and the intro go on to the end of their sentence, if it is broken."""
    for place, part in enumerate(parts):
        if part.kind == "row":
            continue
        text = bare(part.text)
        if _IS_FURNITURE.fullmatch(text):
            yield place
        elif WARNING.match(text) or (INTRO.match(text) and place < 60):
            yield place
            yield from _rest_of_sentence(parts, place)


def _rest_of_sentence(parts: Sequence[Printed], place: int) -> Iterator[int]:
    for after in range(place + 1, min(place + 4, len(parts))):
        before = parts[after - 1]
        text = bare(parts[after].text)
        broken = len(before.text) > 60 and not ends_sentence(before.text) and parts[after].line - before.line <= 1
        if not broken or parts[after].kind == "heading" or LABEL.fullmatch(text) or WARNING.match(text):
            return
        yield after


def _above(parts: Sequence[Printed], rest: Sequence[Printed]) -> Iterator[int]:
    """Navigation above the title, and the list of contents there: headings that stand again further down."""
    later = {fold(part.text) for part in rest if not is_caption(part.text)}
    for place, part in enumerate(parts):
        text = bare(part.text[bullet(part.text) :])
        listed = bullet(part.text) or part.kind == "item" or _ENTRY.fullmatch(text)
        if part.kind != "row" and (_IS_ABOVE.fullmatch(text) or (listed and fold(text) in later)):
            yield place


def _below(parts: Sequence[Printed]) -> Iterator[int]:
    for place in range(len(parts) - 1, 0, -1):
        text = bare(parts[place].text)
        unmarked = bare(parts[place].text[bullet(parts[place].text) :])
        if parts[place].kind == "row" or not (_IS_BELOW.fullmatch(text) or _IS_BELOW.fullmatch(unmarked)):
            return
        yield place
