"""`manifest.json`: what was read, what was written, and by which versions. No clock, no host, no path of a machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

PROGRAM: Final = "committee-papers"


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


def manifest(
    version: str, libraries: Mapping[str, str], inputs: Iterable[Input], outputs: Iterable[Output]
) -> dict[str, Any]:
    """The manifest of a run: inputs in the order read, outputs by path."""
    return {
        "program": PROGRAM,
        "version": version,
        "libraries": dict(libraries),
        "inputs": [{**asdict(each), "versions": dict(each.versions)} for each in inputs],
        "outputs": [_output(each) for each in sorted(outputs, key=lambda output: output.path)],
    }


def write_json(path: Path, content: Mapping[str, Any], *, sort_keys: bool = False) -> None:
    r"""Write JSON for people to read. Characters that UTF-8 can't hold become JSON's own `\ud800` escapes."""
    text = json.dumps(content, indent=2, sort_keys=sort_keys, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def listed_outputs(path: Path) -> Sequence[str]:
    """The paths that an earlier manifest lists, or nothing if there is no manifest of this program to be read.

    The file may be anyone's work by now, so a path that is absolute or climbs out of its folder is left out.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(content, dict) or content.get("program") != PROGRAM:
        return ()
    outputs = content.get("outputs")
    paths = [each.get("path") for each in outputs if isinstance(each, dict)] if isinstance(outputs, list) else []
    return [each for each in paths if isinstance(each, str) and is_below(each)]


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
