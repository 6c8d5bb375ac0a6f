"""Look for inputs that break the promise: `python fuzz/run.py TARGET --minutes 10`; see README.md beside this file."""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from promise import CHECKS, ROOT, in_time, unpacked_size
from seeds import seeds

HERE = Path(__file__).parent
LONGEST = {"text": 8_000, "html": 8_000, "pdf": 30_000, "paper": 6_000}
"""Bytes of an input: small ones are quick, and show the same defects."""
MEMORY = 2500
"""Megabytes that the search may take; a search that takes more has found a leak or a bomb."""
STUCK = 600
"""Seconds by the clock after which an input is taken to hang in a library; a busy machine is slow, too."""


def main(given: Sequence[str] | None = None) -> int:
    """Search, or check files again. Returns the exit status: 0 nothing found, 1 something, 2 wrong usage."""
    parser = argparse.ArgumentParser(description="Look for inputs that break the promise.")
    parser.add_argument("target", choices=sorted(CHECKS))
    parser.add_argument("files", nargs="*", type=Path, help="check these files once, and do not search")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "fuzz", help="where inputs are kept")
    parser.add_argument("--seeds", type=Path, help="a folder of further papers to begin with")
    wanted = parser.parse_args(given)
    if wanted.files:
        return max([_check(wanted.target, path) for path in wanted.files])
    return _search(wanted.target, wanted.work / wanted.target, wanted.minutes, wanted.seeds)


def _check(target: str, path: Path) -> int:
    data = path.read_bytes()
    try:
        with in_time(unpacked_size(data)):
            CHECKS[target](data)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        print(f"{path}: {''.join(traceback.format_exception(error, limit=-4))}")
        return 1
    return 0


def _search(target: str, folder: Path, minutes: float, further: Path | None) -> int:
    corpus, found = folder / "corpus", folder / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(exist_ok=True)
    first = [*seeds(target)]
    if further:
        first += [path.read_bytes() for path in sorted(further.rglob("*")) if path.is_file()]
    for data in first:
        part = data if data.startswith(b"%PDF") else data[: LONGEST[target]]
        (corpus / hashlib.sha1(part, usedforsecurity=False).hexdigest()).write_bytes(part)
    inputs, seconds = 0, 0.0
    end = time.monotonic() + 60 * minutes
    while (left := int(end - time.monotonic())) > 0:
        (folder / "progress.json").unlink(missing_ok=True)
        options = [
            f"-max_total_time={left}", f"-max_len={LONGEST[target]}", f"-rss_limit_mb={MEMORY}",
            f"-timeout={STUCK}", f"-report_slow_units={STUCK}", f"-artifact_prefix={found}/",
            "-len_control=0", "-detect_leaks=0", "-reload=0", "-print_final_stats=1", str(corpus),
        ]  # fmt: skip
        with (folder / "log").open("ab") as log:
            subprocess.run(
                [sys.executable, str(HERE / "engine.py"), target, str(folder), *options],
                stdout=log,
                stderr=log,
                check=False,
            )
        if not (folder / "progress.json").exists():
            print(f"fuzz: the engine did not begin; see {folder / 'log'}", file=sys.stderr)
            return 2
        progress = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
        inputs += progress["inputs"]
        seconds += progress["seconds"]
    names = sorted(path.name for path in found.iterdir() if path.suffix != ".trace")
    print(f"{target}: {inputs:,} inputs in {seconds / 60:.1f} minutes of processor time, {len(names)} kinds of defects")
    for name in names:
        print(f"  {found / name}")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
