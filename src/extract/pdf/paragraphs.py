"""Strips to paragraphs: which visual lines belong together, and what each paragraph is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extract.pdf.strips import Strip
from papers.paper import Kind

LEADING = 1.5
"""Ems from baseline to baseline, where a paper has too few lines to tell its own."""
SLACK = 0.2
"""Ems by which the distance of lines within a paragraph may vary."""
INDENT = 0.6
"""Ems by which the lines of a paragraph may begin beside each other."""
FIRST_INDENT = 5.0
"""Ems by which a first line may be indented."""
SHORT = 20
"""Characters: a shorter line is no line of running text, be it as wide as its column; names in a list are such."""
LARGER = 1.1
"""A heading is so much larger than the running text, or bold."""
BODY_SHARE = 0.3
"""Of the most frequent size of type, by which a larger one is running text too, and no heading."""
HEADING_CHARS = 200
"""Characters of a heading, at most: longer bold text is prose."""
_MARK = re.compile(
    r"(?P<bullet>[•●■▪◦·□◻❑❒◆❖⬥➢→➔✓✗☑☒–—\ufffd-](?=\s))|\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivx]{2,4})[.)](?=\s)"
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=\s)")
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.|Chart|Graph)\s+[A-Z]?\d", re.IGNORECASE)
_OPEN = re.compile(r"[^.:;!?]['’”\")]*$")


class Paragraph(NamedTuple):
    """Strips that are one heading, one paragraph or one list item. `level` is the depth of an item."""

    kind: Kind
    strips: tuple[Strip, ...]
    level: int = 0
    marker: str = ""

    @property
    def size(self) -> float:
        """The size of its type, to half a point."""
        return round(self.strips[0].size * 2) / 2


class Style(NamedTuple):
    """What is usual in a paper: the size of its running text, and the distance of its lines in ems."""

    size: float
    leading: float


def usual_style(strips: Iterable[Strip]) -> Style:
    """The style of the running text: the largest size that has its share of the longer lines.

    Lines count by the square of their length, so that a long table in small type does not outweigh the prose.
    """
    sizes: Counter[float] = Counter()
    leadings: Counter[float] = Counter()
    before: Strip | None = None
    for strip in strips:
        sizes[round(strip.size, 1)] += len(strip.text) ** 2
        if before is not None and _is_full(before, strip) and before.page == strip.page:
            step = (strip.baseline - before.baseline) / max(strip.size, 1)
            if 0.8 < step < 3:
                leadings[round(step * 20) / 20] += 1
        before = strip
    most = max(sizes.values(), default=0)
    size = max((size for size, weight in sizes.items() if weight >= BODY_SHARE * most), default=10.0)
    common = min(leadings, key=lambda step: (-leadings[step], step), default=LEADING)
    return Style(size, common if leadings[common] >= 3 else LEADING)


def paragraphs(strips: Sequence[Strip], style: Style) -> list[Paragraph]:
    """Put together the strips that follow each other without anything else between."""
    groups: list[list[Strip]] = []
    for strip in strips:
        if groups and _goes_on(groups[-1], strip, style):
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return [_paragraph(group, style) for group in groups]


def heading_levels(found: Iterable[Paragraph]) -> dict[float, int]:
    """The levels of the headings of a paper, by their size: the largest is 1."""
    sizes = sorted({paragraph.size for paragraph in found if paragraph.kind == "heading"}, reverse=True)
    return {size: level for level, size in enumerate(sizes, start=1)}


def _paragraph(group: Sequence[Strip], style: Style) -> Paragraph:
    first = group[0]
    text = " ".join(strip.text for strip in group)
    marked = _MARK.match(text)
    if first.mark or (marked and marked["bullet"]):
        return Paragraph("item", tuple(group), 1, first.mark)
    if _is_heading_type(first, style) and len(text) <= HEADING_CHARS and not _CAPTION.match(text):
        is_sentence = len(text) > 60 and text.endswith((".", ";", ":"))
        if not is_sentence and any(char.isalpha() for char in text):
            return Paragraph("heading", tuple(group))
    return Paragraph("prose", tuple(group))


def _is_heading_type(strip: Strip, style: Style) -> bool:
    return strip.bold or strip.size >= LARGER * style.size


def _goes_on(group: Sequence[Strip], strip: Strip, style: Style) -> bool:
    """Whether a strip belongs to the paragraph before it."""
    last = group[-1]
    if abs(strip.size - last.size) > 0.06 * last.size or strip.mark or _begins_item(group, strip):
        return False
    if strip.bold != last.bold and _is_heading_type(last, style) != _is_heading_type(strip, style):
        return False
    if strip.page != last.page or strip.baseline < last.baseline:  # the next page or column
        return _is_full(last, strip) and _OPEN.search(last.text) is not None and _is_aligned(group, strip, turned=True)
    if not _is_close(group, strip, style) or not _is_aligned(group, strip):
        return False
    if _is_full(last, strip) and (len(last.text) >= SHORT or strip.text[0].islower()):
        return True
    is_heading = _is_heading_type(last, style) and last.size >= LARGER * style.size
    return is_heading or (strip.text[0].islower() and _OPEN.search(last.text) is not None)


def _begins_item(group: Sequence[Strip], strip: Strip) -> bool:
    """Whether a strip begins with a list mark or a number; not one where a sentence happens to be broken."""
    mark = _MARK.match(strip.text) or _DECIMAL.match(strip.text)
    if not mark:
        return False
    is_within = _MARK.match(group[0].text) and abs(strip.x0 - group[0].x0) > INDENT * strip.size
    is_within = is_within and abs(strip.x0 - group[0].tail) <= INDENT * strip.size
    return not (is_within and _is_full(group[-1], strip) and _OPEN.search(group[-1].text))


def _is_full(last: Strip, strip: Strip) -> bool:
    """Whether the first word of the next strip would not have fitted on this one."""
    return last.x1 + 0.2 * last.size + strip.first_width > last.right - 0.1 * last.size


def _is_close(group: Sequence[Strip], strip: Strip, style: Style) -> bool:
    step = (strip.baseline - group[-1].baseline) / strip.size
    if len(group) > 1 and group[-1].page == group[-2].page and group[-1].baseline > group[-2].baseline:
        return abs(step - (group[-1].baseline - group[-2].baseline) / strip.size) <= SLACK
    return step <= max(style.leading, 1.2) + SLACK


def _is_aligned(group: Sequence[Strip], strip: Strip, *, turned: bool = False) -> bool:
    """Whether a strip begins where the next line of the paragraph has to, or both are centred."""
    first, last, em = group[0], group[-1], strip.size
    if turned:  # another page may have other margins
        return True
    if abs((strip.x0 + strip.x1) - (last.x0 + last.x1)) < em:
        return True
    if len(group) > 1:
        return abs(strip.x0 - last.x0) <= INDENT * em
    hangs = bool(first.mark or _MARK.match(first.text) or _DECIMAL.match(first.text))
    if hangs and abs(strip.x0 - first.tail) <= INDENT * em:
        return True
    return -FIRST_INDENT * em <= strip.x0 - first.x0 <= INDENT * em
