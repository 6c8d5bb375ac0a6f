"""Measure whole runs: `python bench/batch.py [--papers 10,100,1000] [--workers 1,2] [--kills N] [--kinds]`.

Invented papers of every kind, one of a hundred hostile, are read by the installed program. Memory is the peak of the
process that publishes, and of the largest that reads. `--kills` kills so many runs at any moment and looks whether
anything was lost; `--kinds` measures each kind of paper alone.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from invented import KINDS, write_papers

from pipeline.batch import finish_one
from pipeline.inputs import find_inputs
from pipeline.options import Options
from publish.packing import unpack
from publish.publisher import Publisher

COMMAND = Path(sys.executable).with_name("committee-papers")
PAGE = 3_000
"""Characters of a page, where a paper has none."""
LOOK = 0.1
"""Seconds between two looks at the memory of a run."""
MEGABYTE = 1_000_000


@dataclass(slots=True)
class Run:
    """What a run took."""

    seconds: float = 0.0
    own: float = 0.0
    worker: float = 0.0


def main(arguments: Sequence[str]) -> int:
    """Print one table; status 1 if a paper has no row or a killed run has lost something."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--papers", default="10,100,1000", type=_numbers)
    parser.add_argument("--workers", default="1,2", type=_numbers)
    parser.add_argument("--kills", default=0, type=int)
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--folder", type=Path, help="where to work; it is emptied")
    options = parser.parse_args(arguments)
    with _folder(options.folder) as folder:
        if options.kills:
            return _kill(folder, options.kills)
        if options.kinds:
            return _measure_kinds(folder)
        print(f"  {'papers':>8}  workers  seconds  papers/s  pages/s  own MB  worker MB  again s")
        return max(_measure(folder, count, options.workers) for count in options.papers)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is None:
        with tempfile.TemporaryDirectory() as name:
            yield Path(name)
        return
    shutil.rmtree(given, ignore_errors=True)
    given.mkdir(parents=True)
    yield given


def _measure(folder: Path, count: int, workers: Sequence[int]) -> int:
    raw = folder / f"raw-{count}"
    write_papers(raw, count)
    return _lines(folder, raw, f"{count:,}", count, workers)


def _measure_kinds(folder: Path, count: int = 25) -> int:
    """Print what each kind of paper costs, in processor time: reading it, and adding it to the outputs of a run."""
    print(f"  {'kind':>6}  pages  ms to read  ms a page  ms to publish  kB kept  kB of outputs")
    for ending, write in KINDS[1:]:
        raw = folder / write.__name__.strip("_")
        raw.mkdir()
        for each in range(count):
            write(raw / f"{each:03d}{ending}", random.Random(each))
        options = Options()
        items = find_inputs([raw], folder / "out")
        finish_one(items[0], options)
        start = time.process_time()
        packed = [finish_one(item, options) for item in items]
        read = (time.process_time() - start) / count * 1000
        shutil.rmtree(folder / "out", ignore_errors=True)
        start = time.process_time()
        with Publisher(folder / "out", version="0", libraries={}) as publisher:
            for each in packed:
                publisher.add(unpack(each)[0])
        publish = (time.process_time() - start) / count * 1000
        _, pages = _read(folder / "out")
        size = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file()) / count / 1000
        print(
            f"  {raw.name:>6}  {pages / count:5.1f}  {read:10.0f}  {read * count / pages:9.0f}  {publish:13.1f}"
            f"  {sum(map(len, packed)) / count / 1000:7.0f}  {size:13.0f}",
            flush=True,
        )
    return 0


def _lines(folder: Path, raw: Path, name: str, count: int, workers: Sequence[int]) -> int:
    bad = 0
    for each in workers:
        out = folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        run = _run(raw, out, each)
        again = _run(raw, out, each)
        papers, pages = _read(out)
        print(
            f"  {name:>8}  {each:7d}  {run.seconds:7.1f}  {papers / run.seconds:8.1f}  {pages / run.seconds:7.1f}"
            f"  {run.own:6.0f}  {run.worker:9.0f}  {again.seconds:7.1f}",
            flush=True,
        )
        if papers < count:
            print(f"  {count - papers} papers have no row")
            bad = 1
    return bad


def _run(raw: Path, out: Path, workers: int) -> Run:
    run, start = Run(), time.monotonic()
    with _started(raw, out, workers) as program:
        while program.poll() is None:
            run.own = max(run.own, _peak(program.pid))
            run.worker = max([run.worker, *(_peak(pid) for pid in _group(program.pid) if pid != program.pid)])
            time.sleep(LOOK)
    run.seconds = time.monotonic() - start
    return run


@contextmanager
def _started(raw: Path, out: Path, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    arguments = [COMMAND, "extract", raw, "--out", out, "--workers", str(workers), "--quiet"]
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
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


def _peak(pid: int) -> float:
    """The most memory that a process has had, in MB; 0 if the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 / MEGABYTE if found else 0.0


def _read(out: Path) -> tuple[int, int]:
    """How many papers have a row, and how many pages they have."""
    with (out / "papers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return len(rows), sum(int(row["pages"] or 0) or -(-int(row["characters_in"] or 0) // PAGE) for row in rows)


def _kill(folder: Path, kills: int, count: int = 20) -> int:
    """Kill runs at any moment, each after a change; then look at the outputs, and at what the next run makes."""
    raw, out, chance = folder / "raw", folder / "out", random.Random(kills)
    write_papers(raw, count)
    whole = _run(raw, out, 2).seconds
    lost = unfinished = 0
    for number in range(kills):
        (raw / "new.txt").write_text(f"Report {number}\n\nNew text.\n", encoding="utf-8")
        before = _files(out)
        arguments = ["--fresh"] if number % 2 else []
        with subprocess.Popen(
            [COMMAND, "extract", raw, "--out", out, "--quiet", "--workers", "2", *arguments],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as program:
            time.sleep(chance.uniform(0.1, whole if arguments else whole / 4))
            program.send_signal(signal.SIGKILL)
        if (out / "manifest.json").exists():
            lost += not _is_whole(out)
        else:
            unfinished += 1
            lost += not before.keys() <= _files(out).keys() | {"manifest.json"}
        if number % 10 == 9:
            _run(raw, out, 2)
            _run(raw, folder / "fresh", 2)
            lost += _files(out) != _files(folder / "fresh")
            shutil.rmtree(folder / "fresh")
    print(f"  {kills} runs killed; {unfinished} while files were moved; {lost} times something was lost")
    return int(lost > 0)


def _files(out: Path) -> dict[str, str]:
    """The hash of every output."""
    paths = [path for path in out.rglob("*") if path.is_file() and ".committee-papers" not in path.parts]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _is_whole(out: Path) -> bool:
    """Whether all outputs are those of the manifest."""
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    found = _files(out)
    del found["manifest.json"]
    return {each["path"]: each["sha256"] for each in listed} == found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
