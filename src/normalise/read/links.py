"""The links of a paper: the supporting material listed at its foot, and what its text links to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalise.read.anchors import anchored
from normalise.read.sections import FURNITURE, SUPPORTING_MATERIAL, SectionText
from normalise.read.wording import bare, bullet, fold
from papers.paper import Anchor, Paper

# `[PDF]`, `[Word]`, `[PDF 120KB]`, `(PDF)`
_FORMAT = re.compile(
    r"(?<!\s)\s*[\[(](?P<format>PDF|Word|MS Word|DOC|RTF|Excel|XLS|CSV|PowerPoint|PPT|HTML|ZIP|TXT)\b[^\])]{0,30}[\])]",
    re.IGNORECASE,
)
# What a label looks like where it must be told from a title: `Appendix 1`, `Annex B`, `Appendices 1 to 3`.
_LABEL = re.compile(
    r"(?:Appendix|Appendices|Annex|Annexe|Attachment|Enclosure|Schedule|Part|Map|Table|Figure|Report)"
    r"(?:\s+[A-Z\d]{1,3}(?:\s*(?:[-–&,]|to|and)\s*[A-Z\d]{1,3})?)?",
    re.IGNORECASE,
)
_MARKDOWN_LINK = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<href>[^)\s]+)\)")


# What the ending of an address says of a file, in the words that pages print.
_ENDINGS = {
    "pdf": "PDF", "doc": "Word", "docx": "Word", "rtf": "RTF", "xls": "Excel", "xlsx": "Excel", "csv": "CSV",
    "ppt": "PowerPoint", "pptx": "PowerPoint", "zip": "ZIP", "txt": "TXT",
}  # fmt: skip
_ENDING = re.compile(r"\.(\w{3,4})(?:[?#].*)?$")


@dataclass(frozen=True, slots=True)
class Link:
    """One link. `title` and `href` are empty where none is given; `line` is from 0.

    `format` is as printed, or else what the ending of the address says.
    """

    label: str
    title: str
    format: str
    href: str
    line: int


def read_links(sections: Sequence[SectionText], paper: Paper) -> tuple[Link, ...]:
    """Read the entries under `Supporting material`, and all other links of the paper's own text, in reading order.

    An entry is a label, `[format]`, and a title on the same line or the next; in text copies entries run together: the
    title of one stands on the line of the next one's label, with a dash between. Links of page furniture, and those
    that lead to another place on the page, are left out; a text copy has no links but its entries.
    """
    anchors = anchored(paper)
    furniture = {row.line for row in sections if row.heading == FURNITURE}
    links: list[Link] = []
    for row in sections:
        if row.is_heading or row.heading == FURNITURE or row.heading.lower() != SUPPORTING_MATERIAL:
            continue
        marked = paper.lines[row.line].kind == "item" or bullet(row.text) > 0
        for place, text in enumerate(row.text.split("\n")):
            if bare(text):
                _read_line(links, text, row.line, is_entry=marked and place == 0)
    entries = [_with_address(link, anchors) for link in links]
    others = [
        _linked(anchor, line)
        for line, found in anchors.items()
        if line not in furniture
        for anchor in found
        if bare(anchor.text) and not anchor.href.startswith("#")
    ]
    return tuple(sorted((*entries, *others), key=lambda link: link.line))


def _with_address(link: Link, anchors: dict[int, list[Anchor]]) -> Link:
    """An entry with the address of its label, if the label is a link; that anchor is then done with."""
    here = anchors.get(link.line, [])
    said = fold(link.label + link.title)
    anchor = next((a for a in here if fold(a.text) and fold(a.text) in said), None)
    if anchor is None or link.href:
        return link
    here.remove(anchor)
    title = link.title or (bare(anchor.title) if fold(anchor.title) != fold(link.label) else "")
    return replace(link, href=anchor.href, title=title, format=link.format or _format(anchor.href))


def _linked(anchor: Anchor, line: int) -> Link:
    return Link(bare(anchor.text), bare(anchor.title), _format(anchor.href), anchor.href, line)


def _format(href: str) -> str:
    ending = _ENDING.search(href)
    return _ENDINGS.get(ending[1].lower(), "") if ending else ""


def _read_line(links: list[Link], text: str, line: int, *, is_entry: bool) -> None:
    """Add to `links` what one more line of text says."""
    href = ""
    link = _MARKDOWN_LINK.search(text)
    if link:
        href, text = link["href"], text[: link.start()] + link["label"] + text[link.end() :]
    text = text[bullet(text) :]
    formats = list(_FORMAT.finditer(text))
    if not formats and (is_entry or not links):
        links.append(_entry(bare(text), "", "", line, href))
        return
    start = 0
    for number, found in enumerate(formats):
        label = text[start : found.start()]
        if not (is_entry and number == 0):
            title, label = _title_before(links, label)
            _add_title(links, title)
        links.append(_entry(bare(label), found["format"], "", line, href))
        start = found.end()
    _add_title(links, text[start:])


def _title_before(links: Sequence[Link], text: str) -> tuple[str, str]:
    """Part `title of the last entry - label of the next`. A label with its own title stays whole."""
    before, dash, after = text.rpartition(" - ")
    open_entry = bool(links) and not links[-1].title
    if dash and (_LABEL.fullmatch(bare(after)) or open_entry) and not _LABEL.fullmatch(bare(before)):
        return before, after
    return "", text


def _entry(label: str, form: str, title: str, line: int, href: str) -> Link:
    """An entry; `Appendix 1 - Site plans` is a label and a title."""
    for dash in (" - ", " – ", ": "):
        before, found, after = label.partition(dash)
        if found and _LABEL.fullmatch(before):
            return Link(before, after.strip(), form, href, line)
    return Link(label, title, form, href, line)


def _add_title(links: list[Link], text: str) -> None:
    title = bare(text).strip(" -–:")
    if title and links:
        links[-1] = replace(links[-1], title=f"{links[-1].title} {title}".strip())
