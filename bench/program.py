"""The installed program, as it is run and watched from outside."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from invented import PAGE
from memory import peak
from table import BenchError

COMMAND = Path(sys.executable).with_name("committee-papers")
LOOK = 0.05
"""Seconds between two looks at the memory of a run."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took, and what it made.

    `own` is the memory of the process that publishes, `reader` that of the largest that reads, both in MB, None where
    the system does not say. `unread` are the papers whose status says that they could not be read.
    """

    seconds: float
    own: float | None
    reader: float | None
    papers: int
    pages: int
    unread: int
    bytes: int


def run(raw: Path, out: Path, workers: int) -> Run:
    """Let the program read a folder."""
    own = reader = 0.0
    start = time.monotonic()
    with started(raw, out, workers) as program:
        while program.poll() is None:
            own = max(own, peak(program.pid) or 0)
            reader = max([reader, *(peak(pid) or 0 for pid in _group(program.pid) if pid != program.pid)])
            time.sleep(LOOK)
    seconds = time.monotonic() - start
    papers, pages, unread = _read(out)
    size = sum(path.stat().st_size for path in outputs(out))
    return Run(seconds, own or None, reader or None, papers, pages, unread, size)


def outputs(out: Path) -> list[Path]:
    """All files that a run has written for its user; its own are left out, which may vanish while one looks."""
    found: list[Path] = []
    for place, folders, names in os.walk(out):
        folders[:] = [name for name in folders if name != ".committee-papers"]
        found += [Path(place, name) for name in names]
    return found


@contextmanager
def started(raw: Path, out: Path, workers: int, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program at work on a folder."""
    command = [str(COMMAND), "extract", str(raw), "--out", str(out), "--workers", str(workers), "--quiet", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as program:
        yield program


def _group(leader: int) -> Iterator[int]:
    """The processes of a run."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[2]) == leader:
                yield int(path.parent.name)
        except (OSError, IndexError):
            continue


def _read(out: Path) -> tuple[int, int, int]:
    """How many papers have a row, how many pages they have, and how many could not be read."""
    try:
        with (out / "papers.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError:
        raise BenchError("the program wrote no papers.csv; see what it says when it is run by hand") from None
    pages = sum(int(row["pages"] or 0) or -(-int(row["characters_in"] or 0) // PAGE) for row in rows)
    return len(rows), pages, sum(row["status"] not in ("ok", "partial") for row in rows)
