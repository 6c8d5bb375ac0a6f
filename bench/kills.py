"""Kill runs at any moment, and look whether anything is lost: `python bench/kills.py [TIMES]`, 100 if not said."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from invented import write_papers
from program import outputs, run, started

PAPERS = 20
WORKERS = 2


def main(kills: int) -> int:
    """Kill so many runs, each after a change; look at the outputs then, and at what the next run makes of them."""
    with tempfile.TemporaryDirectory() as name:
        unfinished, lost = _kill(Path(name), kills)
    print(f"{kills} runs killed, {unfinished} of them while files were moved; {lost} times something was lost")
    return int(lost > 0)


def _kill(folder: Path, kills: int) -> tuple[int, int]:
    """How many runs were killed while files were moved, and how often something was lost."""
    raw, out, chance = folder / "raw", folder / "out", random.Random(kills)
    write_papers(raw, PAPERS)
    whole = run(raw, out, WORKERS).seconds
    lost = unfinished = 0
    for number in range(kills):
        (raw / "new.txt").write_text(f"Report {number}\n\nNew text.\n", encoding="utf-8")
        before = _files(out)
        arguments = ["--fresh"] if number % 2 else []
        with started(raw, out, WORKERS, *arguments) as program:
            time.sleep(chance.uniform(0.1, whole if arguments else whole / 4))
            program.send_signal(signal.SIGKILL)
        if (out / "manifest.json").exists():
            lost += not _is_whole(out)
        else:
            unfinished += 1
            lost += not before.keys() <= _files(out).keys() | {"manifest.json"}
        if number % 10 == 9 or number == kills - 1:
            run(raw, out, WORKERS)
            run(raw, folder / "fresh", WORKERS)
            lost += _files(out) != _files(folder / "fresh")
            shutil.rmtree(folder / "fresh")
    return unfinished, lost


def _files(out: Path) -> dict[str, str]:
    """The hash of every output."""
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in outputs(out)}


def _is_whole(out: Path) -> bool:
    """Whether all outputs are those of the manifest."""
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    found = _files(out)
    del found["manifest.json"]
    return {each["path"]: each["sha256"] for each in listed} == found


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
