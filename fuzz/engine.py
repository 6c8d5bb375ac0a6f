"""The process that fuzzes one target with atheris: `python fuzz/engine.py TARGET FOLDER [options of libFuzzer]`.

What breaks the promise is kept in FOLDER/found, one file for each kind of defect, and the search goes on.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from random import Random

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["papers", "extract", "normalise", "pipeline", "publish"]):
    import promise
from mutations import MUTATIONS

_SLOWED = 4
"""Counting the branches makes the program slower by less than so many times."""
_SOURCES = str(promise.ROOT / "src")


class Search:
    """What is known of a search: how many inputs there were, and which defects they showed."""

    def __init__(self, target: str, folder: Path) -> None:
        self._check = promise.CHECKS[target]
        self._mutation = MUTATIONS[target]
        self._folder = folder
        self._found: Counter[str] = Counter()
        self._inputs = 0
        self._told = 0.0

    def one(self, data: bytes) -> None:
        """Try one input."""
        self._inputs += 1
        try:
            with promise.in_time(promise.unpacked_size(data), _SLOWED):
                self._check(data)
        except MemoryError:
            raise
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            self._keep(data, error)
        if time.monotonic() > self._told + 1:
            self._tell()

    def mutate(self, data: bytes, size: int, seed: int) -> bytes:
        """Change an input: mostly as what it is, sometimes as mere bytes."""
        random = Random(seed)
        if random.random() < 0.15:
            return bytes(atheris.Mutate(data, size))
        for _ in range(random.choice((1, 1, 2, 4))):
            data = self._mutation(data, random)
        return data[:size]

    def _tell(self) -> None:
        """Write down how far the search is."""
        self._told = time.monotonic()
        told = {"inputs": self._inputs, "seconds": time.process_time(), "found": dict(self._found)}
        (self._folder / "progress.json").write_text(json.dumps(told), encoding="utf-8")

    def _keep(self, data: bytes, error: BaseException) -> None:
        name = _name(error)
        self._found[name] += 1
        path = self._folder / "found" / name
        if not path.exists() or path.stat().st_size > len(data):
            path.write_bytes(data)
            trace = "".join(traceback.format_exception(error, limit=-12))
            path.with_name(f"{name}.trace").write_text(trace, encoding="utf-8", errors="backslashreplace")


def _name(error: BaseException) -> str:
    """A name for a kind of defect: what went wrong, and in which function of the program."""
    if isinstance(error, promise.Broken):
        where = str(error)
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_SOURCES)]
        last = frames[-1] if frames else None
        where = f"{Path(last.filename).stem}-{last.name}" if last else "fuzz"
    safe = "".join(char if char.isalnum() else "-" for char in where)[:100]
    return f"{type(error).__name__}-{safe}"


def main(arguments: list[str]) -> None:
    """Search until libFuzzer's options say that it is enough."""
    target, folder, *options = arguments
    warnings.simplefilter("error")
    search = Search(target, Path(folder))
    atheris.Setup([sys.argv[0], *options], search.one, custom_mutator=search.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
