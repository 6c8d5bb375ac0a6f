"""Keeps finished papers from run to run, so that only what has changed is read again."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pipeline.inputs import Input
from pipeline.sources import is_unchanged
from publish.finished import Finished
from publish.packing import Damaged, read_note, unpack

FOLDER: Final = "papers"


class Store:
    """Finished papers in a folder, one file each, named by what they depend on.

    If anything is wrong with one, the paper is read again: the store may be removed at any time.

    Args:
        folder: where they are; it is made when it is needed.
        fingerprint: of the program and the options that the papers are read with.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder = folder
        self._fingerprint = fingerprint

    def key(self, item: Input) -> str:
        """The name that an input's paper goes by."""
        said = f"{self._fingerprint}\n{item.source_path}\n{item.paper_id}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:40]

    def has(self, item: Input) -> bool:
        """Whether there is a paper of an input that has not changed since."""
        try:
            with self._path(self.key(item)).open("rb") as file:
                note = read_note(file)
            return is_unchanged(note["mark"], item, note["begun"])
        except (OSError, Damaged):
            return False

    def load(self, item: Input) -> tuple[Finished, dict[str, Any]] | None:
        """The paper of an input, and the note that came with it, or None if that is damaged."""
        try:
            return unpack(self._path(self.key(item)).read_bytes())
        except (OSError, Damaged):
            return None

    def save(self, item: Input, packed: bytes) -> None:
        """Keep a packed paper, whole or not at all. That a disk is full is told by those who write the outputs."""
        path = self._path(self.key(item))
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f"{path.name}.{os.getpid()}")
            try:
                new.write_bytes(packed)
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)

    def forget(self, is_used: Callable[[str], bool]) -> None:
        """Remove the papers that are not used."""
        with suppress(OSError):
            for path in self._folder.glob("*/*"):
                if not is_used(path.name):
                    path.unlink(missing_ok=True)

    def clear(self) -> None:
        """Remove all papers."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key
