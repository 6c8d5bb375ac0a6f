"""`manifest.json`: what was read, what was written, and by which versions. No clock, no host, no path of a machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final, TextIO

PROGRAM: Final = "committee-papers"

_OUTPUTS: Final = "outputs"


@dataclass(frozen=True, slots=True)
class Input:
    """One input: which file, exactly, what became of it, and the versions of what read it."""

    paper_id: str
    source_path: str
    sha256: str
    status: str
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Output:
    """One file written, its path below the output folder. `rows` counts a CSV file's records, else it is None."""

    path: str
    bytes: int
    sha256: str
    rows: int | None = None


def measure(folder: Path, path: str, rows: int | None = None) -> Output:
    """Take the size and hash of a finished file below `folder`."""
    file = folder / path
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return Output(path, file.stat().st_size, digest, rows)


def write_manifest(
    path: Path, version: str, libraries: Mapping[str, str], inputs: Iterable[Input], outputs: Iterable[Output]
) -> None:
    """Write the manifest of a run: inputs in the order read, outputs by path. Neither is held in memory as a whole."""
    read = ({**asdict(each), "versions": dict(each.versions)} for each in inputs)
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.write("{\n")
        _write_list(file, "inputs", read)
        file.write(f'  "libraries": {_json(dict(libraries), 2)},\n')
        _write_list(file, _OUTPUTS, map(_output, outputs))
        file.write(f'  "program": {_json(PROGRAM, 2)},\n  "version": {_json(version, 2)}\n}}\n')


def _write_list(file: TextIO, name: str, values: Iterable[Mapping[str, Any]]) -> None:
    """Write a list as `json.dumps` would with an indent of two, value by value."""
    file.write(f'  "{name}": [')
    end = ""
    for value in values:
        file.write(f"{end}\n    {_json(value, 4)}")
        end = ","
    file.write("\n  ],\n" if end else "],\n")


def _json(value: Any, indent: int) -> str:
    text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False)
    return text.replace("\n", "\n" + " " * indent)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    r"""Write JSON for people to read. Characters that UTF-8 can't hold become JSON's own `\ud800` escapes."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def listed_outputs(path: Path) -> Iterator[str]:
    """The paths that an earlier manifest lists, or nothing if there is no manifest of this program to be read.

    The file may be anyone's work by now, so a path that is absolute or climbs out of its folder is left out. It is
    read line by line, as it was written, since it may be longer than memory is wide.
    """
    try:
        with path.open(encoding="utf-8") as file:
            if f'  "program": "{PROGRAM}",\n' not in file:
                return
            file.seek(0)
            for line in file:
                if line == f'  "{_OUTPUTS}": [\n':
                    yield from _paths(file)
                    return
    except (OSError, ValueError):
        return


def _paths(file: Iterable[str]) -> Iterator[str]:
    """The paths in the lines of the list of outputs, to its end."""
    for line in file:
        if line == "  ],\n":
            return
        name, _, value = line.partition(": ")
        if name == '      "path"':
            path = json.loads(value.rstrip().removesuffix(","))
            if isinstance(path, str) and is_below(path):
                yield path


def is_below(path: str) -> bool:
    """Tell whether a path with `/` stays inside the folder that it is taken from, on any system."""
    parts = PurePosixPath(path).parts
    strange = any(sign in path for sign in ("\\", ":", "\0"))
    return bool(parts) and not strange and not path.startswith("/") and ".." not in parts


def _output(output: Output) -> dict[str, Any]:
    described = asdict(output)
    if output.rows is None:
        del described["rows"]
    return described
