"""The profiles that a person adds to a run: TOML files in a folder of their own."""

from __future__ import annotations

from pathlib import Path

from normalise.read.profiles import ProfileFile, added_profiles
from papers.errors import PaperError

LARGEST = 1_000_000
"""Bytes of a profile; a larger file is something else."""


def profile_files(path: Path | None) -> tuple[ProfileFile, ...]:
    """Read one profile, or all of a folder in the order of their names; none if no path is given.

    Raises:
        PaperError: there is none, one can't be read or is not valid, or a profile of the program is not.
    """
    found = tuple((file.name, _content(file)) for file in _files(path)) if path else ()
    with added_profiles(found):  # sees that they are valid
        return found


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        found = sorted(file for file in path.iterdir() if file.suffix == ".toml" and not file.name.startswith("."))
    except OSError as error:
        raise _unreadable(path, error) from error
    if not found:
        raise PaperError(f"there is no profile in {path}", remedy="put a .toml file there; new-profile drafts one")
    return found


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise PaperError(f"{file} is too large to be a profile", remedy="name another file or folder")
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(path: Path, error: OSError) -> PaperError:
    return PaperError(f"{path} can't be read ({error.strerror})", remedy="check its name and permissions")
