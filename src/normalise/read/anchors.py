"""Which line of a paper each link of its source stands on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from papers.paper import Anchor, HtmlPath, Paper

_IN_LINK = re.compile(r"/a\[\d+\](?=/|$)")


def anchored(paper: Paper) -> dict[int, list[Anchor]]:
    """The anchors of a paper by the line (from 0) that they stand on, in order; those on no line are left out.

    An anchor stands on the line whose element holds it, or that it holds. Several lines may come from one element,
    parted by line breaks: then on the next of them that says its text.
    """
    if not paper.anchors:
        return {}
    lines = _lines_by_path(paper)
    next_at: dict[str, int] = defaultdict(int)
    found: dict[int, list[Anchor]] = {}
    for anchor in paper.anchors:
        path = str(anchor.place)
        while path and path not in lines:
            path = path.rpartition("/")[0]
        at = _line(paper, lines[path], next_at, path, anchor.text) if path else None
        if at is not None:
            found.setdefault(at, []).append(anchor)
    return found


def _lines_by_path(paper: Paper) -> Mapping[str, list[int]]:
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(paper.lines):
        for path in dict.fromkeys(path for cell in line.cells for o in cell.origins for path in _paths(o.place)):
            lines.setdefault(path, []).append(number)
    return lines


def _paths(place: object) -> Sequence[str]:
    """The path of a place, and those of the links around it."""
    if not isinstance(place, HtmlPath):
        return ()
    return (place.path, *(place.path[: match.end()] for match in _IN_LINK.finditer(place.path)))


def _line(paper: Paper, lines: list[int], next_at: dict[str, int], path: str, text: str) -> int | None:
    """The line, of those of one element, that says the text of an anchor; never one before that of the last anchor."""
    if len(lines) == 1:
        return lines[0]
    for place in range(next_at[path], len(lines)):
        if text in " ".join(paper.lines[lines[place]].text.split()):
            next_at[path] = place
            return lines[place]
    return None
