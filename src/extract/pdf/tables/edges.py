"""Drawn lines and the borders of filled areas, snapped and joined to the edges that cells may have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from extract.pdf.page import Colour, Page, Rule

SNAP = 1.5
"""Points by which parts of one edge may lie beside each other: half of a thick border."""
JOIN = 3.5
"""Points of white within one edge: dashes, and lines that stop at a crossing."""
TOUCH = 0.5
"""Points of white between two areas of one colour, up to twice of which one goes on in the other."""
SHORTEST = 5.0
"""Points: what is shorter after joining is a stray dot, not an edge."""
MOST = 2000
"""Edges in one direction that a page may have; more are a drawing, and none of them is the border of a cell."""
_NEARLY_WHITE = 250


class Edge(NamedTuple):
    """A straight edge: `at` is its distance from the top (horizontal) or the left (vertical), then its extent."""

    at: float
    start: float
    end: float


class Edges(NamedTuple):
    """The edges of a page, each sorted by `at`, then `start`."""

    horizontal: tuple[Edge, ...]
    vertical: tuple[Edge, ...]


def drawn_edges(page: Page) -> Edges:
    """The visible rules of a page."""
    return _edges(*_rules(page))


def filled_edges(page: Page) -> Edges:
    """The visible rules of a page, and where its filled areas end."""
    level, upright = _rules(page)
    fills = [fill for fill in page.fills[:MOST] if min(fill.colour) < _NEARLY_WHITE]
    level += _borders([(f.top, f.bottom, f.x0, f.x1, f.colour) for f in fills])
    upright += _borders([(f.x0, f.x1, f.top, f.bottom, f.colour) for f in fills])
    return _edges(level, upright)


def _edges(level: Iterable[Edge], upright: Iterable[Edge]) -> Edges:
    """Snapped edges; none on a page that is a drawing."""
    found = Edges(snapped(level), snapped(upright))
    return found if max(map(len, found)) <= MOST else Edges((), ())


def _rules(page: Page) -> tuple[list[Edge], list[Edge]]:
    level: list[Edge] = []
    upright: list[Edge] = []
    for rule in page.rules:
        if min(rule.colour) < _NEARLY_WHITE:
            _sort_in(rule, level, upright)
    return level, upright


def _sort_in(rule: Rule, level: list[Edge], upright: list[Edge]) -> None:
    """Put a rule where it belongs; a dot may be part of a dotted line in either direction."""
    width, height = rule.x1 - rule.x0, rule.bottom - rule.top
    is_dot = max(width, height) < JOIN
    if width >= height or is_dot:
        level.append(Edge((rule.top + rule.bottom) / 2, rule.x0, rule.x1))
    if height > width or is_dot:
        upright.append(Edge((rule.x0 + rule.x1) / 2, rule.top, rule.bottom))


def _borders(fills: Sequence[tuple[float, float, float, float, Colour]]) -> Iterator[Edge]:
    """The two borders of each area (first, last, start, end, colour), except where one of the same colour goes on."""
    firsts: dict[tuple[Colour, int], list[Edge]] = defaultdict(list)
    lasts: dict[tuple[Colour, int], list[Edge]] = defaultdict(list)
    for first, last, start, end, colour in fills:
        firsts[colour, round(first / TOUCH)].append(Edge(first, start, end))
        lasts[colour, round(last / TOUCH)].append(Edge(last, start, end))
    for one, other in ((firsts, lasts), (lasts, firsts)):
        for (colour, place), edges in one.items():
            beside = [edge for near in (place - 1, place, place + 1) for edge in other.get((colour, near), ())]
            yield from _without(edges, beside)


def _without(edges: Iterable[Edge], others: Iterable[Edge]) -> Iterator[Edge]:
    """What is left of some edges where no other covers them."""
    covers = _joined(others, 0.0)
    place = 0
    for edge in sorted(edges, key=attrgetter("start")):
        while place < len(covers) and covers[place].end <= edge.start:
            place += 1
        start = edge.start
        for cover in covers[place:]:
            if cover.start >= edge.end:
                break
            if cover.start > start:
                yield Edge(edge.at, start, cover.start)
            start = max(start, cover.end)
        if start < edge.end:
            yield Edge(edge.at, start, edge.end)


def snapped(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Edges that lie in line with each other and touch, joined to one."""
    groups: list[list[Edge]] = []
    for edge in sorted(edges):
        if groups and edge.at - groups[-1][-1].at <= SNAP and edge.at - groups[-1][0].at <= 2 * SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return tuple(edge for group in groups for edge in _joined(group, JOIN) if edge.end - edge.start >= SHORTEST)


def _joined(edges: Iterable[Edge], gap: float) -> list[Edge]:
    """Edges of one line, those no further apart than `gap` as one; `at` is their middle, weighted by length."""
    runs: list[list[Edge]] = []
    end = 0.0
    for edge in sorted(edges, key=attrgetter("start")):
        if runs and edge.start - end <= gap:
            runs[-1].append(edge)
            end = max(end, edge.end)
        else:
            runs.append([edge])
            end = edge.end
    return [_one(run) for run in runs]


def _one(run: Sequence[Edge]) -> Edge:
    weight = sum(edge.end - edge.start for edge in run)
    at = sum(edge.at * (edge.end - edge.start) for edge in run) / weight if weight else run[0].at
    return Edge(at, run[0].start, max(edge.end for edge in run))
