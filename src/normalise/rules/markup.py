"""Marks of Markdown and HTML that an earlier conversion left in the text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5

from normalise.engine import edit, retext, rule
from normalise.grids import header_roles
from papers.paper import Cell, Line, Paper, origins_within
from papers.repair import BULLET, Hunk, Mark

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(?P<text>\S.*)?")
# Underscores mark emphasis only around whole words: `my__file__name` and the line to write on, `______`, are no marks.
_EMPHASIS = re.compile(r"\*\*(?![\s*])(.+?)(?<![\s*])\*\*|(?<!\w)__(?![\s_])(.+?)(?<![\s_])__(?!\w)")
_RULE_ROW = re.compile(r"\|?\s*:?-{2,}:?(?:\s*\|\s*:?-{2,}:?)*\s*\|?")
_TAG = re.compile(
    r"</?(?:a|b|big|br|center|div|em|font|i|li|ol|p|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.I,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I)
_BREAKS = re.compile(r"<(?:br|/p|/div|/tr)\b", re.I)


def whole(line: Line) -> Line:
    """The same line, or a blank one if it held nothing but marks; a row keeps its cells."""
    return line if line.kind == "row" or line.text.strip() else Line("blank")


@rule("loses ink")
def markdown_marks(paper: Paper) -> Iterator[Hunk]:
    """Take away Markdown's signs for headings and emphasis.

    `## **Objective 1: ...**` becomes a heading without the signs. A single `*` or `_` stays: it may be a footnote mark
    or a printed dash.
    """
    for at, line in enumerate(paper.lines):
        if line.kind not in ("prose", "heading", "row"):
            continue
        texts = [cell.text for cell in line.cells]
        heading = _HEADING.fullmatch(texts[0]) if line.kind == "prose" else None
        if heading:
            texts[0] = (heading["text"] or "").rstrip().rstrip("#").rstrip()
        texts = [_EMPHASIS.sub(lambda m: m[1] or m[2], t) if "**" in t or "__" in t else t for t in texts]
        if texts != [cell.text for cell in line.cells]:
            after = retext(line, texts)
            after = replace(after, kind="heading") if heading else after
            yield edit(paper, at, whole(after), "signs of Markdown (# and **), not part of the paper's text")


@rule("loses ink")
def pipe_tables(paper: Paper) -> Iterator[Hunk]:
    r"""Turn a Markdown table, whose cells are parted by `|`, into rows of cells.

    Lines that begin and end with a pipe and stand beside a rule (`|---|---|`) are rows; the rule itself goes. A pipe in
    running text is left alone. A pipe written `\|` belongs to the cell.
    """
    at = 0
    grid = max((line.grid or 0 for line in paper.lines), default=0)
    while at < len(paper.lines):
        end = at
        while end < len(paper.lines) and _is_pipe_line(paper.lines[end]):
            end += 1
        block = paper.lines[at:end]
        if len(block) >= 2 and any(_is_rule_row(line) for line in block[:2]):
            grid += 1
            rows = [_pipe_row(line, grid) for line in block if not _is_rule_row(line)]
            yield Hunk(
                at, block, tuple(rows), "a Markdown table: the pipes part its cells, the line of dashes its header"
            )
        at = max(end, at + 1)


def _is_pipe_line(line: Line) -> bool:
    if line.kind != "prose" or len(line.cells) != 1:
        return False
    text = line.cells[0].text.strip()
    return text.startswith("|") and text.endswith("|") and len(text) > 1


def _is_rule_row(line: Line) -> bool:
    return _RULE_ROW.fullmatch(line.text.strip()) is not None


def _pipe_row(line: Line, grid: int) -> Line:
    cell = line.cells[0]
    cells = []
    start = cell.text.index("|") + 1
    inner = cell.text[start : cell.text.rindex("|")]
    for part in re.split(r"(?<!\\)\|", inner):
        cells.append(Cell(part.strip().replace(r"\|", "|"), origins_within(cell, start, part)))
        start += len(part) + 1
    return Line("row", tuple(cells), grid)


@rule("loses ink", "adds signs")
def html_fragments(paper: Paper) -> Iterator[Hunk]:
    """Take away scraps of HTML and keep what they marked.

    `<ol> <li>Text</li> </ol>` becomes `Text`; the items of a list inside a cell become lines that begin with a bullet,
    but for an item that opens its cell. `<br>` becomes a line break. Only names of real elements count: `a < b` stays.
    """
    for at, line in enumerate(paper.lines):
        texts = [_without_tags(cell.text) if "<" in cell.text else cell.text for cell in line.cells]
        if texts != [cell.text for cell in line.cells]:
            yield edit(paper, at, whole(retext(line, texts)), "scraps of HTML, not part of the paper's text")


def _without_tags(text: str) -> str:
    if not _TAG.search(text):
        return text
    out: list[str] = []
    done = 0
    for tag in _TAG.finditer(text):
        out.append(text[done : tag.start()])
        done = tag.end()
        name = tag[0].lower()
        if name.startswith("<li"):
            out.append("\n" + BULLET)
        elif _BREAKS.match(name) or name.startswith(("</li", "</ul", "</ol")):
            out.append("\n")
    out.append(text[done:])
    lines = [" ".join(part.split()) for part in "".join(out).split("\n")]
    lines = [part for part in lines if part and part != BULLET.strip()]
    if lines and lines[0].startswith(BULLET) and not text.lstrip().startswith(BULLET):
        lines[0] = lines[0].removeprefix(BULLET)
    return "\n".join(lines)


@rule("loses ink", "supplies ink")
def html_entities(paper: Paper) -> Iterator[Hunk]:
    """Read characters that are written as HTML entities: `&amp;`, `&pound;`, `&#163;`.

    Only entities that end with a semicolon and that HTML knows are read: `R&D;`, `AT&T` and `&copyright;` stay.
    """
    for at, line in enumerate(paper.lines):
        texts = [_ENTITY.sub(_character, cell.text) if "&" in cell.text else cell.text for cell in line.cells]
        if texts != [cell.text for cell in line.cells]:
            hunk = edit(paper, at, whole(retext(line, texts)), "characters written as HTML entities")
            marks = (Mark(0, i, *span) for i in range(len(hunk.after[0].cells)) for span in _read(line.cells[i].text))
            yield replace(hunk, supplied=tuple(marks))


def _read(text: str) -> Iterator[tuple[int, int]]:
    """Where, in the text with its entities read, a character stands that the entity does not itself contain."""
    shorter = 0
    for entity in _ENTITY.finditer(text):
        character = _character(entity)
        start = entity.start() - shorter
        if character.strip() and character not in entity[0]:
            yield start, start + len(character)
        shorter += len(entity[0]) - len(character)


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]) if entity[0][1] == "#" or entity[0][1:] in html5 else entity[0]


@rule()
def group_headings(paper: Paper) -> Iterator[Hunk]:
    """Call a line a heading if it opens a numbered part of a plan: `Objective 3: ...`.

    Only in a paper that holds a table of the profile to which such headings belong; long paragraphs that merely begin
    so are left alone.
    """
    found = [match for line in paper.lines if (match := header_roles(line))]
    if not found:
        return
    pattern = found[0][0].group_pattern
    for at, line in enumerate(paper.lines):
        if line.kind == "prose" and len(line.cells) == 1 and len(line.text) < 400 and pattern.match(line.text):
            yield edit(paper, at, replace(line, kind="heading"), "it opens a numbered part, like the others")
