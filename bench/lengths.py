"""Longer papers: the time for a page should not grow with their number, and memory little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alone import alone
from invented import write_long
from table import Part, Plan, Row, times

PAGES = (1, 10, 100, 1000)
KINDS = (("web page", ".htm"), ("text", ".txt"), ("PDF", ".pdf"))
USUAL = 10
"""Pages of the paper that longer ones are measured against: one of one page is too short to be measured well."""


def _lengths(plan: Plan, folder: Path) -> Iterator[Row]:
    for name, ending in KINDS:
        usual = 0.0
        for pages in PAGES[1:2] if plan.is_quick else PAGES:
            path = folder / f"{pages}{ending}"
            write_long(path, pages)
            found = alone(path)
            each = found.seconds / found.pages
            usual = each if pages == USUAL else usual
            ratio = times(each / usual, f"the time a page of {USUAL}") if pages > USUAL else ""
            what = f"{name} of {pages:,} page{'s' * (pages > 1)}"
            yield Row(what, None, 1, found.pages, found.seconds, found.memory, ratio=ratio)


LENGTHS = Part(
    "lengths",
    "Longer papers",
    "One paper in a fresh process: processor time and peak memory of reading it to finished rows, without pictures of "
    "its pages. If the time for a page grew, something would look at the whole paper for each of its lines. A PDF of "
    "more than 20 pages has the same 20 over and over.",
    _lengths,
)
