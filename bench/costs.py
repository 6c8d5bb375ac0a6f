"""What reading a paper costs, and what publishing it does, in processor time."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from invented import KINDS, PAGE, Kind, write_kind
from runs import can_be_measured
from table import Part, Plan, Row

from pipeline.batch import finish_one
from pipeline.inputs import find_inputs
from pipeline.options import Options
from publish.packing import unpack
from publish.publisher import Publisher

COUNT = 25
"""Papers of each kind, at most."""


def _costs(plan: Plan, folder: Path) -> Iterator[Row]:
    for kind in KINDS:
        if can_be_measured(kind, plan):
            yield from _of(kind, 1 if plan.is_quick else min(kind.usual, COUNT), folder)


def _of(kind: Kind, count: int, folder: Path) -> Iterator[Row]:
    raw, out = folder / kind.name, folder / "out"
    write_kind(raw, kind, count)
    inputs, options = find_inputs([raw], out), Options()
    finish_one(inputs[0], options)  # so that loading the libraries and the word lists is not counted
    start = time.process_time()
    packed = [finish_one(item, options) for item in inputs]
    reading = time.process_time() - start
    papers = [unpack(each)[0] for each in packed]
    start = time.process_time()
    with Publisher(out, version="0", libraries={}) as publisher:
        for paper in papers:
            publisher.add(paper)
    publishing = time.process_time() - start
    pages = sum(int(paper.facts["pages"] or 0) or -(-int(paper.facts["characters_in"]) // PAGE) for paper in papers)
    kept = sum(map(len, packed)) / count / 1000
    made = sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) / count / 1000
    shutil.rmtree(out)
    yield Row(f"{kind.name}: reading it", None, count, pages, reading, size=kept)
    yield Row(f"{kind.name}: publishing it", None, count, pages, publishing, size=made)


COSTS = Part(
    "costs",
    "Reading and publishing",
    "Processor time within one process that is warm. Readers read, each on a core of its own, and draw the pages of "
    "PDFs; the run itself publishes, on one core. `kB out` is what is kept of a paper for the next run, and then all "
    "its outputs. To publish few papers costs more for each: part of it is for the run, whatever its length.",
    _costs,
)
