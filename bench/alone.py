"""One paper in a fresh process: what reading it takes. As a program, the process: `python bench/alone.py PAPER`."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from invented import PAGE
from memory import peak
from table import BenchError


@dataclass(frozen=True, slots=True)
class Alone:
    """What one paper took: seconds of processor time, and the peak memory in MB, None where it is not known."""

    seconds: float
    pages: int
    memory: float | None


def alone(path: Path) -> Alone:
    """Read a paper in a fresh process."""
    command = [sys.executable, __file__, str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Alone(**json.loads(said))


def main(path: Path) -> int:
    """Read a paper to finished rows, without pictures of its pages, and print what that took."""
    from pipeline.batch import read_one
    from pipeline.inputs import Input
    from pipeline.limits import Limits
    from pipeline.options import Options
    from pipeline.run import read

    read(b"A. Recommendation\nThat members note the report.\n", "a.txt", "a")  # loads what every paper needs
    options = Options(limits=Limits(pictures=0, rows=100_000_000))
    start = time.process_time()
    [paper] = read_one(Input(path, path.name, "paper"), options).rows["papers"]
    seconds = time.process_time() - start
    if paper["status"] not in ("ok", "partial"):
        raise BenchError(f"{path}: {paper['status_detail']}")
    pages = paper["pages"] or -(-int(str(paper["characters_in"])) // PAGE)
    print(json.dumps({"seconds": seconds, "pages": pages, "memory": peak()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
