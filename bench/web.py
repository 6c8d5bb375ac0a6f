"""Measure what a web page costs: from bytes to rows, against parsing it with beautifulsoup4 and lxml alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from bs4 import BeautifulSoup

from pipeline.rows import records
from pipeline.run import read

TIMES = 5


def multiple(pages: Sequence[bytes]) -> str:
    """How many times the parsing of some pages their whole reading costs: the median of a few runs, one by one."""
    _read(pages)  # so that loading the libraries is not counted
    ratios, seconds = [], []
    for _ in range(TIMES):
        parsed = _timed(_parse, pages)
        seconds.append(_timed(_read, pages))
        ratios.append(seconds[-1] / parsed)
    rate = len(pages) / statistics.median(seconds)
    return f"{statistics.median(ratios):.1f} times the parsing alone; {len(pages)} pages, {rate:.0f} a second"


def _timed(work: Callable[[Sequence[bytes]], None], pages: Sequence[bytes]) -> float:
    start = time.process_time()
    work(pages)
    return time.process_time() - start


def _parse(pages: Sequence[bytes]) -> None:
    for data in pages:
        BeautifulSoup(data, "lxml")


def _read(pages: Sequence[bytes]) -> None:
    for data in pages:
        records(read(data, "page.html", "page"))
