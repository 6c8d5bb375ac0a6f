"""How lines look: list marks, numbers in front, captions, rows of figures. Shared by the readers of running text."""

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from papers.paper import Kind, Paper

# `## **Objective 1: ...**`, `# Work plan`: marks that Markdown puts around a heading, if a rule has not removed them.
_MARKDOWN = re.compile(r"^\s*#{1,6}\s+|^\s*\*\*(?=\S)|(?<=\S)\*\*\s*$")
_NESTED = 3  # `## **Objective 1**` has two layers of marks; a line of stars is no heading
# `  • item`, `- item`, `* item`; a dash needs a space after it (`-5.1` is a figure). Some PDFs name only the glyph.
_BULLET = re.compile(r"\s*([•●▪◦·\uf0b7]|\(cid:\d+\)|[-–—*o](?=\s))\s*(?=\S)")
# `(a) item`, `a. item`, `a) item`, `(iv) item`, `ii. item`.
_LETTER = re.compile(r"\s*(\((?:[a-z]|[ivx]{2,4})\)|(?:[a-z]|[ivx]{2,4})[.)])\s+(?=\S)")
# `1. In order`, `1.1 These`, `12) note`, `2 These`; a bracket in front (`(1)`) too.
_NUMBER = re.compile(r"\s*(\()?(\d{1,3}(?:\.\d{1,2}){0,2})([.)]{0,2})[\s\xa0]+(?=\S)")
# `Table 1 - ...`, `Table 2`, `Figure 3:`, `Chart 1.`
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Chart|Graph)\s+[A-Z]?\d", re.IGNORECASE)
_YEAR: Final = r"(?:(?:19|20)\d\d(?:[/–-]\d{1,4})?|\d\d/\d\d)"
# `2,434`, `(292,850)`, `£18,750`, `-6.8%`, `4.9m`, a lone dash: what stands in the cells of a table of figures.
_FIGURE = re.compile(r"[(+–-]?[£€$]?[(+–-]?\d(?:[\d,.]*\d)?(?:%|m|k)?\)?\*?|[-–—]|n/a|nil|N/K", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;]['’”\")\]]*$")


class Printed(NamedTuple):
    """A printed line of text: where it stands (line and cell from 0), its kind and its text.

    A cell that holds several lines, as `<br>` makes them in a page, gives one `Printed` for each.
    """

    line: int
    cell: int
    kind: Kind
    text: str


def printed_lines(paper: Paper, *, rows: bool = True) -> Iterator[Printed]:
    """Give all lines with something on them, in order, but for hidden text. A row of a table is one line, with tabs."""
    for number, line in enumerate(paper.lines):
        if line.kind == "hidden":
            continue
        if line.kind == "row":
            if rows and line.text.strip():
                yield Printed(number, 0, "row", line.text)
            continue
        for place, cell in enumerate(line.cells):
            for part in cell.text.split("\n"):
                if part.strip():
                    yield Printed(number, place, line.kind, part)


@functools.lru_cache(maxsize=2048)
def bare(text: str) -> str:
    """The words of a heading: single spaces, without the marks that Markdown puts around it.

    >>> bare("## **Objective 1: Support  scrutiny**")
    'Objective 1: Support scrutiny'
    """
    if "#" in text or "*" in text:
        for _ in range(_NESTED):
            text = _MARKDOWN.sub("", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Letters and figures only, lower case, `&` as `and`: for comparing names.

    >>> fold("Planning, Performance & Review Sub-Committee")
    'planningperformanceandreviewsubcommittee'
    """
    return re.sub(r"[\W_]+", "", text.lower().replace("&", "and"))


def bullet(text: str) -> int:
    """How many characters the list mark in front takes; 0 without one.

    >>> bullet("  • members endorse"), bullet("-5.1 per cent")
    (4, 0)
    """
    match = _BULLET.match(text)
    return match.end() if match else 0


def letter_mark(text: str) -> tuple[str, int]:
    """The letter in front of a list item, as printed without its stop, and how many characters it takes.

    >>> letter_mark("    a. planning consent"), letter_mark("(b) the land")
    (('a', 7), ('(b)', 4))
    """
    match = _LETTER.match(text)
    if not match:
        return "", 0
    mark = match[1]
    return (mark if mark.startswith("(") else mark[:-1]), match.end()


class NumberMark(NamedTuple):
    """A number in front of a paragraph or item: the number, the stop or bracket after it, where the text begins."""

    number: str
    stop: str
    end: int


def number_mark(text: str) -> NumberMark | None:
    """The number in front of a text, or None. `2005/06 budget`, `31,319 officers` and `£1.5m` have none.

    >>> number_mark("1. In order to"), number_mark("1.1 These")
    (NumberMark(number='1', stop='.', end=3), NumberMark(number='1.1', stop='', end=4))
    """
    match = _NUMBER.match(text)
    if not match or (match[1] and not match[3].startswith(")")):
        return None
    return NumberMark(match[2], match[3], match.end())


def is_caption(text: str) -> bool:
    """Whether a line begins as the caption of a table or figure does."""
    return _CAPTION.match(text.strip()) is not None


def is_figures(text: str) -> bool:
    """Whether a line looks like the row of a table: it ends in a figure, holds two in a row, or pipes or tabs.

    Years do not count, and a sentence with figures in it is none.

    >>> is_figures("Total 42.5 -19.8 22.6 691.0"), is_figures("Claims in 1999/2000")
    (True, False)
    """
    if "|" in text or "\t" in text.strip():
        return True
    tokens = text.split()
    figures = [bool(_FIGURE.fullmatch(token)) and not re.fullmatch(_YEAR, token) for token in tokens]
    in_a_row = any(one and other for one, other in pairwise(figures))
    return bool(figures) and (figures[-1] or in_a_row or (sum(figures) > 1 and not ends_sentence(text)))


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence, a clause or a lead-in may end."""
    return _ENDS_SENTENCE.search(text.rstrip()[-8:]) is not None
