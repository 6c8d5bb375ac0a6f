"""The bytes of an input: its file, what a person ruled on it, and how to tell later whether either has changed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papers.errors import Encrypted, NoText, PaperError, Unsupported
from papers.served import NOT_SERVED, Served
from pipeline.inputs import Input

MAX_BYTES: Final = 200_000_000
"""A larger file is refused: no paper is that long, and it could take the memory of the whole run."""

_SURE: Final = 2_000_000_000
"""Nanoseconds between two changes of a file that every disk's clock tells apart."""
_KINDS: Final = {kind.status: kind for kind in (PaperError, Unsupported, Encrypted, NoText)}


class Changed(PaperError):
    """A file was written to while it was read. Another time it may be at rest."""


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file, and its mark: size, times and hash."""

    data: bytes
    mark: tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """An input with all its bytes.

    `sidecar` is the name and the content of the file of rulings; `mark` tells later whether something has changed.
    """

    data: bytes
    sha256: str
    sidecar: tuple[str, bytes] | None
    served: Served
    mark: str


def load(item: Input) -> Loaded:
    """Read an input.

    Raises:
        PaperError: there is nothing to be read, or it can't be; says what to do.
    """
    if item.missing:
        raise _KINDS[item.status](item.missing)
    if item.member is not None:
        data, served = item.member.read(item.path)
        return Loaded(data, hashlib.sha256(data).hexdigest(), None, served, quick_mark(item))
    content = read_file(item.path)
    sidecar = find_sidecar(item.path)
    rulings = read_sidecar(sidecar) if sidecar else None
    mark = json.dumps([content.mark, [sidecar.name, rulings.mark] if sidecar and rulings else None])
    return Loaded(
        content.data,
        content.mark[-1],
        (sidecar.name, rulings.data) if sidecar and rulings else None,
        NOT_SERVED,
        mark,
    )


def quick_mark(item: Input) -> str:
    """The mark of an input that is no file of its own; empty for a file, whose mark needs its bytes."""
    if item.missing:
        return json.dumps([item.status, item.missing])
    return json.dumps(["member", item.member.mark]) if item.member is not None else ""


def trouble_mark(item: Input, error: PaperError) -> str:
    """The mark of an input that could not be read; empty if the reason may be gone in a moment."""
    return "" if isinstance(error, Changed) else quick_mark(item) or json.dumps(["trouble", str(error)])


def is_unchanged(mark: str, item: Input, begun: int) -> bool:
    """Whether an input is what it was when it got this mark, in a run that began then.

    A file is read again only if its times have changed and its size has not, or if they are so late that they do not
    tell the first of two changes from the second.
    """
    if not mark or item.missing or item.member is not None:
        return bool(mark) and mark == quick_mark(item)
    source, sidecar = json.loads(mark)
    if source == "trouble":
        return bool(_trouble(item) == sidecar)
    now = find_sidecar(item.path) if isinstance(source, list) else None
    if not isinstance(source, list) or (now.name if now else None) != (sidecar[0] if sidecar else None):
        return False
    return _is_same(source, item.path, begun) and (now is None or _is_same(sidecar[1], now, begun))


def _trouble(item: Input) -> str:
    """Why an input can't be read, or nothing."""
    try:
        load(item)
    except PaperError as error:
        return str(error)
    return ""


def find_sidecar(path: Path) -> Path | None:
    """The file of rulings beside a paper: `report.txt.toml` or `report.toml`."""
    folder = str(path.parent)
    for name in (f"{path.name}.toml", f"{path.stem}.toml"):
        sidecar = os.path.join(folder, name)  # noqa: PTH118 - asked for every paper of a run: paths take thrice as long
        if name != path.name and os.path.isfile(sidecar):  # noqa: PTH113
            return Path(sidecar)
    return None


def read_sidecar(path: Path) -> Content:
    """Read a file of rulings.

    Raises:
        PaperError: it can't be read.
    """
    try:
        return read_file(path)
    except PaperError as error:
        raise type(error)(f"the rulings in {path.name}: {error.what}", remedy=error.remedy) from error


def read_file(path: Path) -> Content:
    """Read a file that does not change meanwhile.

    Raises:
        Changed: it does.
        PaperError: it is no file, is too large, or can't be read.
    """
    try:
        if not path.is_file():
            raise PaperError("this is not a regular file", remedy="remove it from the folder")
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > MAX_BYTES:
                raise PaperError(f"the file is larger than {MAX_BYTES // 1_000_000} MB", remedy="split it")
            data = file.read(MAX_BYTES + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise PaperError(f"the file can't be read ({error.strerror})", remedy="check its permissions") from error
    if _times(before) != _times(after) or len(data) != after.st_size:
        raise Changed("the file was changed while it was read", remedy="run again when it is at rest")
    return Content(data, (*_times(after), hashlib.sha256(data).hexdigest()))


def _times(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _is_same(mark: tuple[int, int, int, str] | list[int | str], path: Path, begun: int) -> bool:
    size, modified, changed, sha256 = mark
    try:
        now = _times(path.stat())
        if now == (size, modified, changed) and max(int(modified), int(changed)) < begun - _SURE:
            return True
        return now[0] == size and read_file(path).mark[-1] == sha256
    except (OSError, ValueError, PaperError):
        return False
