"""Whole runs of the installed program: kinds of paper, and numbers of papers."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from alone import alone
from invented import KINDS, Kind, write_kind, write_papers
from program import COMMAND, Run, run
from table import BenchError, Part, Plan, Row, times

from extract.pdf.scan import installed

STARTS = 7
SETTLED = 2.5
"""Seconds after which a file is known to be unchanged by its times alone."""
ONE_WORKER = "the speed of one worker"


def _program(plan: Plan, folder: Path) -> Iterator[Row]:
    starts = 1 if plan.is_quick else STARTS
    yield Row("committee-papers --help", seconds=statistics.median(_start_up() for _ in range(starts)))
    path = folder / "short.txt"
    path.write_text("A. Recommendation\n\nThat members note the report.\n", encoding="utf-8")
    yield Row("a process that has read one short text", memory=alone(path).memory)


def _start_up() -> float:
    start = time.perf_counter()
    subprocess.run([COMMAND, "--help"], check=True, capture_output=True)
    return time.perf_counter() - start


def _kinds(plan: Plan, folder: Path) -> Iterator[Row]:
    for kind in KINDS:
        if not can_be_measured(kind, plan):
            yield Row(f"{kind.name}: not measured")
            continue
        raw = folder / kind.name
        write_kind(raw, kind, 1 if plan.is_quick else kind.usual)
        yield from _with_workers(kind.name, raw, folder / "out", plan)
    for given in plan.folders:
        yield from _with_workers(given.resolve().name, given, folder / "out", plan)


def can_be_measured(kind: Kind, plan: Plan) -> bool:
    """Whether there is time for papers of a kind, and what reads them: scans take seconds, and the extra `ocr`."""
    return kind.name != "scan" or (installed() and not plan.is_quick)


def _with_workers(name: str, raw: Path, out: Path, plan: Plan) -> Iterator[Row]:
    first = 0.0
    for workers in plan.workers:
        found = _fresh_run(raw, out, workers)
        speed = found.papers / found.seconds
        first = first or speed
        ratio = times(speed / first, ONE_WORKER) if plan.workers[0] == 1 and workers > 1 else ""
        yield _row(name, workers, found, ratio)


def _sizes(plan: Plan, folder: Path) -> Iterator[Row]:
    out = folder / "out"
    speeds: dict[tuple[int, int], float] = {}
    for count in plan.sizes:
        raw = folder / f"raw-{count}"
        write_papers(raw, count)
        time.sleep(0 if plan.is_quick else SETTLED)
        for workers in plan.workers:
            found = _fresh_run(raw, out, workers)
            if found.papers < count:
                raise BenchError(f"{count - found.papers} of {count:,} papers have no row")
            speeds[workers, count] = speed = found.papers / found.seconds
            ratios = []
            if workers > 1 and (1, count) in speeds:
                ratios.append(times(speed / speeds[1, count], ONE_WORKER))
            if count > plan.sizes[0]:
                ratios.append(times(speeds[workers, plan.sizes[0]] / speed, f"the time a paper of {plan.sizes[0]:,}"))
            yield _row(f"{count:,} papers", workers, found, "; ".join(ratios))
            again = run(raw, out, workers)
            share = f"{again.seconds / found.seconds:.1%} of the first run"
            yield Row(f"{count:,} papers again", workers, again.papers, None, again.seconds, again.own, ratio=share)


def _fresh_run(raw: Path, out: Path, workers: int) -> Run:
    shutil.rmtree(out, ignore_errors=True)
    return run(raw, out, workers)


def _row(name: str, workers: int, found: Run, ratio: str) -> Row:
    what = f"{name} ({found.unread} not read)" if found.unread else name
    size = found.bytes / found.papers / 1000 if found.papers else None
    return Row(what, workers, found.papers, found.pages, found.seconds, found.own, found.reader, size, ratio)


PROGRAM = Part(
    "program",
    "The program itself",
    "From start to end by the clock (the median of seven), and the memory that the program and its word lists need.",
    _program,
)
KIND_RUNS = Part(
    "kinds",
    "Kinds of paper",
    "Whole runs of the installed program, from the first file to the last, by the clock: reading, drawing the pages "
    "of PDFs, writing all outputs. About a second of each is the start. Papers are invented; a folder that was named "
    "is a kind of its own. Scans are read only where text recognition is installed (`make ocr`).",
    _kinds,
)
SIZES = Part(
    "sizes",
    "More papers",
    "Whole runs by the clock over a mixture: of five papers two are web pages; a text, a work plan and a PDF are one "
    "each; one of a hundred is hostile. Each is run again with nothing changed. If memory grew with the number of "
    "papers, or the time a paper did, it would show here.",
    _sizes,
)
