"""The one table of the benches: what its rows hold, and how it is printed and written into a document."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

HEADINGS = ("workers", "papers", "pages", "seconds", "papers/s", "pages/s", "MB", "MB reader", "kB out")
WIDTHS = (7, 6, 6, 7, 8, 7, 6, 9, 6)
WIDTH = 44
"""Characters of the first column, at the terminal."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; None for what was not measured.

    Attributes:
        what: what was measured.
        workers: how many processes read papers.
        papers: how many were read.
        pages: how many these have; 3,000 characters where a paper has none.
        seconds: what it took: by the clock, or of a processor, as the part of the table says.
        memory: the most that the measured process had, in MB.
        reader: the most that any process had that reads papers for it, in MB.
        size: kB of outputs a paper.
        ratio: the same against something else, which says more than seconds of one machine.
    """

    what: str
    workers: int | None = None
    papers: int | None = None
    pages: int | None = None
    seconds: float | None = None
    memory: float | None = None
    reader: float | None = None
    size: float | None = None
    ratio: str = ""

    def cells(self) -> list[str]:
        """What stands under the headings."""
        rates = [count / self.seconds if count and self.seconds else None for count in (self.papers, self.pages)]
        counts = [f"{count:,}" if count is not None else "" for count in (self.workers, self.papers, self.pages)]
        figures = (self.seconds, *rates, self.memory, self.reader, self.size)
        return [*counts, *(_figure(number) for number in figures)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured, and how much of it.

    Attributes:
        is_quick: a look only: few papers, and of each thing one measurement.
        sizes: the numbers of papers of whole runs.
        workers: with how many processes papers are read.
        folders: further papers, each folder a kind of its own.
    """

    is_quick: bool = False
    sizes: tuple[int, ...] = (10, 100, 1000)
    workers: tuple[int, ...] = (1, 2)
    folders: tuple[Path, ...] = ()


class Part(NamedTuple):
    """A part of the table: its name, its title, what its lines mean, and what measures it in an empty folder."""

    name: str
    title: str
    about: str
    measure: Callable[[Plan, Path], Iterator[Row]]


class BenchError(Exception):
    """Something is wrong that makes a measurement worthless; the text says what."""


Measured = Sequence[tuple[Part, Sequence[Row]]]


def printed(measured: Measured) -> Iterator[str]:
    """The table as lines for a terminal."""
    yield f"{'':{WIDTH}}{_columns(HEADINGS)}  ratio"
    for part, rows in measured:
        yield ""
        yield part.title
        for row in rows:
            yield f"  {row.what:{WIDTH - 2}}{_columns(row.cells())}  {row.ratio}".rstrip()


def markdown(measured: Measured, machine: str) -> Iterator[str]:
    """The table as a document that says what each line means."""
    yield "# Speed and memory"
    yield ""
    yield "Made by `make bench ARGS='--markdown docs/benchmarks.md'`; not to be changed by hand."
    yield ""
    yield machine
    yield ""
    yield (
        "A page of a text or of a web page is 3,000 characters. `MB` is the most memory that the measured process had, "
        "`MB reader` the most that any process had that read papers for it, `kB out` the size of all outputs a paper. "
        "`ratio` says more than seconds do on a machine that is not yours."
    )
    for part, rows in measured:
        yield ""
        yield f"## {part.title}"
        yield ""
        yield part.about
        yield ""
        columns = [at for at in range(len(HEADINGS)) if any(row.cells()[at] for row in rows)]
        yield f"| | {' | '.join([*(HEADINGS[at] for at in columns), 'ratio'])} |"
        yield f"|---|{'---:|' * len(columns)}---|"
        for row in rows:
            cells = row.cells()
            yield f"| {row.what} | {' | '.join([*(cells[at] for at in columns), row.ratio])} |"


def machine() -> str:
    """The machine, what runs on it, and the date: without them the figures mean nothing."""
    name = platform.processor() or platform.machine()
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = f", {os.getloadavg()[0]:.1f} processes at work at the start" if hasattr(os, "getloadavg") else ""
    program = f"committee-papers {metadata.version('committee-papers')}"
    python = f"Python {platform.python_version()}, {platform.system()}"
    return f"{dt.date.today():%-d %B %Y}; {program}; {python}; {name}, {cores} cores{load}."


def times(value: float, what: str) -> str:
    """A ratio in words: `1.83 × the speed of one worker`."""
    return f"{value:.2f} × {what}"


def _columns(cells: Sequence[str]) -> str:
    return "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))


def _figure(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 1 else f"{number:.3f}"
