"""Which files a run reads, and by what names they go in the output."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ENDING = re.compile(r"(\.[A-Za-z0-9]{1,5})\Z")


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
        if missing := why_missing(path):
            found.append((path, path.name or str(path), missing))
        elif path.is_dir():
            found.extend(_walk(path, out))
        else:
            found.append((path, path.name, ""))
    ids = _paper_ids([source for _, source, _ in found])
    return [
        Input(path, source, paper_id, missing) for (path, source, missing), paper_id in zip(found, ids, strict=True)
    ]


def why_missing(path: Path) -> str:
    """Say why there is nothing to be read at a path; empty if there is something."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "there is no such file or folder; check the name"
    except OSError as error:
        return f"the file can't be opened ({error.strerror}); check its name and permissions"
    return ""


def is_same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file or folder, by whatever names."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _walk(folder: Path, out: Path) -> Iterator[tuple[Path, str, str]]:
    problems: list[OSError] = []
    entries: list[tuple[Path, str, str]] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not is_same(Path(root) / f, out))
        for path in [Path(root) / name for name in folders if (Path(root) / name).is_symlink()]:
            why = "this is a link to a folder; name that folder on the command line"
            entries.append((path, path.relative_to(folder).as_posix(), why))
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
    endings = [match[1] if (match := _ENDING.search(source)) else "" for source in sources]
    short = [_slug(source.removesuffix(ending)) for source, ending in zip(sources, endings, strict=True)]
    count = Counter(short)
    taken = {name for name in short if count[name] == 1}
    used: Counter[str] = Counter()
    unique = []
    for name, ending in zip(short, endings, strict=True):
        chosen = name
        if count[name] > 1:
            base = chosen = _slug(name + ending)
            while chosen in taken:
                used[base] += 1
                chosen = f"{base}-{used[base] + 1}"
            taken.add(chosen)
        unique.append(chosen)
    return unique


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:120] or "paper"
