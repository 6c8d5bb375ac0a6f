"""Which files a run reads, and by what names they go in the output."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. `source_path` and `paper_id` name it in the output; `missing` says why it can't be opened."""

    path: Path
    source_path: str
    paper_id: str
    missing: str = ""


def find_inputs(given: Sequence[Path], out: Path) -> list[Input]:
    """List the papers in files and folders: folders are walked in order, hidden files and sidecars are left out.

    The output folder is never read, also if it lies within an input folder. Every name that was given and every folder
    that could not be listed stays in the list, so that it gets its row.
    """
    found: list[tuple[Path, str, str]] = []
    for path in given:
        if path.is_dir():
            found.extend(_walk(path, out))
        elif path.exists():
            found.append((path, path.name, ""))
        else:
            found.append((path, path.name or str(path), "there is no such file or folder; check the name"))
    ids = _paper_ids([source for _, source, _ in found])
    return [
        Input(path, source, paper_id, missing) for (path, source, missing), paper_id in zip(found, ids, strict=True)
    ]


def _walk(folder: Path, out: Path) -> Iterator[tuple[Path, str, str]]:
    problems: list[OSError] = []
    out = out.resolve()
    entries: list[tuple[Path, str, str]] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (Path(root) / f).resolve() != out)
        for name in names:
            if not name.startswith(".") and not name.endswith(".toml"):
                path = Path(root) / name
                entries.append((path, path.relative_to(folder).as_posix(), ""))
    for problem in problems:
        path = Path(problem.filename)
        why = f"the folder can't be listed ({problem.strerror}); check its permissions"
        entries.append((path, path.relative_to(folder).as_posix() if path != folder else folder.name, why))
    yield from sorted(entries, key=lambda entry: entry[1])


def _paper_ids(sources: Sequence[str]) -> list[str]:
    """Make a name of each path that is safe in a file name and unique: `2006/Report 8a.txt` -> `2006-report-8a`.

    Paths that would share a name get their ending (`report-8a-txt`), and a number if that is not enough.
    """
    short = [_slug(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", source)) for source in sources]
    names = (
        [name if short.count(name) == 1 else _slug(source) for name, source in zip(short, sources, strict=True)]
        if len(set(short)) < len(short)
        else short
    )
    taken: dict[str, int] = {}
    unique = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        unique.append(name if taken[name] == 1 else f"{name}-{taken[name]}")
    return unique


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120] or "paper"
