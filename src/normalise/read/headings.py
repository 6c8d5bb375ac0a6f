"""Which lines of running text are headings: lettered sections, known unlettered ones, sub-headings."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalise.read.wording import (
    Printed,
    bare,
    bullet,
    ends_sentence,
    is_caption,
    is_figures,
    letter_mark,
    number_mark,
)

# Words by which the sections of a report are known, whatever their letter: A. is `Supporting information` in 2000.
_SECTION_WORDS = re.compile(
    r"\b(?:recommend(?:ation|ed)|supporting information|supporting material|equalit|diversity|financ|legal|resourc"
    r"|background|contact|implication|impact|risk|environment|health and safety|human rights|review arrangement"
    r"|introduction|consultation|option|conclusion|issues?|proposal|summary|purpose|appendi|crime and disorder)",
    re.IGNORECASE,
)
# Sections that stand without a letter: in reports that have none, and at the foot of the page.
_UNLETTERED = re.compile(
    r"Recommendations?|Supporting information|(?:Race and equality|Equality and diversity) (?:impact|implications)"
    r"|(?:Financial|Legal|Resource) implications|Background papers|Contact details"
)
# `Supporting material` and appendices on the page itself (`Appendix 1`, `Appendix 2: Terms of reference`).
_FOOT = re.compile(r"Supporting material|(?:Appendix|Annex) (?:[A-Z]|\d{1,2})(?:(?:\s*[-–:.]\s*|\s+)[^\[\]]{3,90})?")
SUMMARY = re.compile(r"(?:Executive )?Summary:?", re.IGNORECASE)
_LETTERED = re.compile(r"([A-Z])(\.|\)|:|(?=\s))\s*(\S.*)")
# Attendance labels of minutes: `Members:`, `MPA officers`, `Officers MPS:`.
ATTENDANCE = re.compile(
    r"(?:Present|In attendance|Also present|(?:\w+ )?Members|(?:MPA|MPS) (?:officers|staff)|Officers (?:MPA|MPS)"
    r"|Others?|Apologies)(?: present)?:?",
    re.IGNORECASE,
)


class Heading(NamedTuple):
    """A heading of a section: its place among the printed lines, its letter (or none), its words."""

    place: int
    letter: str
    words: str


class _Chain(NamedTuple):
    weight: float
    known: bool  # whether some heading in it is known by its words
    heading: Heading
    before: "_Chain | None"


def lettered(parts: Sequence[Printed], furniture: frozenset[int]) -> tuple[Heading, ...]:
    """Find the lettered sections: the heaviest row of headings whose letters follow each other.

    Lettered section rows of a table (`A. Strategic`, `B. Operational`) are in the way: they break the row of letters,
    and their words are not those of sections. A letter may be left out or repeated once in a while (slips); the row may
    begin again with a known heading, where two reports stand on one page. Nothing is found unless some heading is known
    by its words.
    """
    best: dict[str, _Chain] = {}
    for heading, weight, known in _candidates(parts, furniture):
        letter = heading.letter
        starts: list[tuple[float, _Chain | None]] = []
        if known or letter == "A":
            starts.append((0.0 if letter == "A" else -1.5, None))
        if letter == "A" and known and best:
            longest = max(best.values(), key=lambda chain: chain.weight)
            starts.append((longest.weight - 4, longest))
        for step, cost in ((1, 0.0), (2, 1.5), (0, 2.0)):
            earlier = best.get(chr(ord(letter) - step))
            if earlier is not None and (known or step == 1):
                starts.append((earlier.weight - cost, earlier))
        if not starts:
            continue
        base, before = max(starts, key=lambda start: start[0])
        if letter not in best or base + weight >= best[letter].weight:
            best[letter] = _Chain(base + weight, known or (before is not None and before.known), heading, before)
    chain = max((chain for chain in best.values() if chain.known), key=lambda chain: chain.weight, default=None)
    found: list[Heading] = []
    while chain is not None:
        found.append(chain.heading)
        chain = chain.before
    return tuple(reversed(found))


def _candidates(parts: Sequence[Printed], furniture: frozenset[int]) -> Iterator[tuple[Heading, float, bool]]:
    for place, part in enumerate(parts):
        if part.kind in ("row", "item") or part.line in furniture:
            continue
        text = bare(part.text)
        match = _LETTERED.fullmatch(text) if len(text) <= 110 else None
        if not match:
            continue
        known = _SECTION_WORDS.search(match[3]) is not None
        if (match[2] != "." and not (part.kind == "heading" and known)) or is_figures(text):
            continue
        if not known and ends_sentence(text):
            continue
        weight = (3.0 if known else 1.0) + (1.0 if part.kind == "heading" else 0.0)
        yield Heading(place, match[1], match[3].strip()), weight + 0.5 * stands_alone(parts, place), known


def stands_alone(parts: Sequence[Printed], place: int) -> bool:
    """Whether blank lines stand before and after a line (the ends of the paper count as blank)."""
    before = place == 0 or parts[place].line - parts[place - 1].line > 1
    after = place == len(parts) - 1 or parts[place + 1].line - parts[place].line > 1
    return before and after


def unlettered(text: str, *, after_sections: bool, lettered_paper: bool) -> bool:
    """Whether a line is a section heading without a letter.

    In a paper with letters only `Supporting material` and appendices at the end of the page are; a plain
    `Recommendations` in its text is then none.
    """
    if after_sections and _FOOT.fullmatch(text):
        return True
    return not lettered_paper and _UNLETTERED.fullmatch(text.rstrip(":")) is not None


def is_subheading(parts: Sequence[Printed], place: int, *, spaced: bool, after_heading: bool) -> bool:
    """Whether a line is a sub-heading: a plain short line, not a sentence, above a paragraph or a table's caption.

    It must not act on captions, list items, labels with a value, or rows of a table that lost its cells: a line that
    ends in figures is none, and in copies with blank lines between blocks a sub-heading stands by itself. `spaced` says
    whether the paper is such a copy, `after_heading` whether a heading stands right above.
    """
    text = bare(parts[place].text)
    if not _looks_like_subheading(parts[place].text, text) or place + 1 >= len(parts):
        return False
    if spaced and not stands_alone(parts, place):
        return False
    after = parts[place + 1]
    next_text = bare(after.text)
    if after.kind == "row" or (is_figures(next_text) and not is_caption(next_text)):
        return False
    numbered = number_mark(after.text)
    if numbered is not None and numbered.stop and len(next_text) > 25:
        return True
    follows = is_caption(next_text) or (len(next_text) > 70 and ends_sentence(next_text))
    return follows and (spaced or after_heading or ends_sentence(parts[place - 1].text))


def _looks_like_subheading(raw: str, text: str) -> bool:
    if not 2 < len(text) <= 90 or len(text.split()) > 14 or text[-1] in ".;,:?!" or is_figures(text):
        return False
    if (
        bullet(raw)
        or letter_mark(raw)[1]
        or is_caption(text)
        or text[0].islower()
        or not re.search(r"[A-Za-z]{3}", text)
    ):
        return False
    numbered = number_mark(raw)
    if numbered is not None and not re.match(r"(?:19|20)\d\d", text):
        return False
    label = re.match(r"[A-Z][a-z]+(?: [a-z]+)?: ", text)  # `Report author: ...`; `OBJECTIVE: ...` is a heading
    return not label and not re.match(r"(?:Sub-?)?[Tt]otal\b|None\b|TOTAL\b|Source:|\[\d|[*†]", text)
