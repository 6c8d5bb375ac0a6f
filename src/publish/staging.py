"""Where a run writes before it is known to succeed: a folder inside the output folder, moved into place at the end."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from publish.errors import ContractError, PublishError
from publish.manifest import is_below

WORK: Final = ".committee-papers"
"""The folder inside the output folder that is the program's own. It can be removed at any time between runs."""

_RUN: Final = "run"
_LOCK: Final = "lock"
_JOURNAL: Final = "commit"
_MOVE, _REMOVE, _END = "move", "remove", "end"


class Staging:
    """A temporary folder for the outputs of one run, and a second one for scratch files.

    While it is open no other run can write into the same output folder. What a run that was killed has left behind is
    removed first; if it was killed while its outputs were moved into place, the rest of them is moved.

    Attributes:
        work: the folder that stays from run to run.
        folder: what is to be moved into the output folder.
        scratch: for temporary files.
        begun: when the run began, in nanoseconds, by the clock of the disk.

    Raises:
        PublishError: `out` can't be created or written, or another run writes there.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.work = out / WORK
        self._root = self.work / _RUN
        self.folder, self.scratch = self._root / "out", self._root / "scratch"
        with plain_errors(out):
            self.work.mkdir(parents=True, exist_ok=True)
            self._lock = (self.work / _LOCK).open("wb")
            try:
                self._begin()
            except BaseException:
                self._lock.close()
                raise

    def _begin(self) -> None:
        if not _is_locked(self._lock):
            raise PublishError(
                f"another run is writing into {self.out}: wait for it, or choose another folder with --out"
            )
        (self.work / ".gitignore").write_text("*\n", encoding="utf-8")
        self._finish_commit()
        shutil.rmtree(self._root, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.scratch.mkdir(exist_ok=True)
        self.begun = self._root.stat().st_mtime_ns

    def path(self, relative: str) -> Path:
        """Where to write the output with this path below `out`; its folder is made.

        Raises:
            ContractError: the path leads out of the output folder.
        """
        if not is_below(relative):
            raise ContractError(f"{relative!r} leads out of the output folder")
        path = self.folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def commit(self, outputs: Iterable[str], stale: Iterable[str], last: str) -> None:
        """Remove `last`, move the outputs into place, remove those that are no more, then move `last` into place.

        If that fails, or is interrupted, the files of the run before are put back. If the run is killed in this very
        moment, `last` is missing, all files are whole, and the next run moves the rest: what is to be done is written
        down first.

        Args:
            outputs: paths of finished files below `out`.
            stale: paths of files to remove; folders that this leaves empty go too.
            last: the path of the file that says that all others are there.
        """
        journal = self._root / _JOURNAL
        with journal.with_suffix(".new").open("w", encoding="ascii") as file:
            file.write(_entry(_REMOVE, last))
            file.writelines(_entry(_MOVE, relative) for relative in outputs)
            file.writelines(_entry(_REMOVE, relative) for relative in stale if _is_own_file(self.out, relative))
            file.write(_entry(_MOVE, last) + _entry(_END, ""))
        journal.with_suffix(".new").replace(journal)
        try:
            for what, relative in _read(journal):
                self._keep(relative)
                self._do(what, relative)
        except BaseException:
            undo = journal.rename(journal.with_suffix(".undo"))
            for what, relative in _read(undo):
                with suppress(OSError):
                    self._restore(what, relative)
            raise
        journal.unlink()

    def discard(self) -> None:
        """Remove the temporary folder and whatever is in it, and let other runs in."""
        shutil.rmtree(self._root, ignore_errors=True)
        self._lock.close()

    def _finish_commit(self) -> None:
        """Move what a killed run had finished, and had begun to move."""
        journal = self._root / _JOURNAL
        if journal.exists():
            for what, relative in _read(journal):
                if is_below(relative) and (what == _REMOVE or (self.folder / relative).exists()):
                    self._do(what, relative)

    def _do(self, what: str, relative: str) -> None:
        file, staged = self.out / relative, self.folder / relative
        if what == _MOVE:
            file.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(file)
        elif file.is_file():
            _remove(self.out, relative)

    def _keep(self, relative: str) -> None:
        """Keep a second name for a file that is about to be replaced; where the disk knows no links, a copy."""
        file, kept = self.out / relative, self._root / "old" / relative
        if not file.is_file():
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, kept)
        except OSError:
            shutil.copy2(file, kept)

    def _restore(self, what: str, relative: str) -> None:
        """Undo what was done to one path, if anything was."""
        file, kept = self.out / relative, self._root / "old" / relative
        if kept.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(file)
        elif what == _MOVE and not (self.folder / relative).exists():
            file.unlink(missing_ok=True)


@contextmanager
def plain_errors(out: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one line that says what to do."""
    try:
        yield
    except OSError as error:
        concerned = error.filename2 or error.filename
        file = f" ({Path(concerned).name})" if isinstance(concerned, str) and Path(concerned) != out else ""
        raise _refused(out, file, error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise _refused(out, "", str(error)) from error


def _refused(out: Path, file: str, reason: str) -> PublishError:
    return PublishError(
        f"can't write into the output folder {out}{file}: {reason}; close the programs that use its files and see "
        "that the disk is not full, or choose another folder with --out"
    )


def _entry(what: str, relative: str) -> str:
    return json.dumps([what, relative]) + "\n"


def _read(journal: Path) -> Iterator[tuple[str, str]]:
    """What a journal says is to be done."""
    with journal.open(encoding="ascii") as file:
        for line in file:
            what, relative = json.loads(line)
            if what != _END:
                yield what, relative


def _is_own_file(out: Path, relative: str) -> bool:
    """Tell whether a path is a file below `out`, and not a folder or one that a link leads out to."""
    path = out / relative
    return path.is_file() and path.parent.resolve().is_relative_to(out.resolve())


def _remove(out: Path, relative: str) -> None:
    """Remove a file below `out`, then the folders above it that are empty."""
    path = out / relative
    path.unlink()
    for folder in path.parents:
        if folder == out or any(folder.iterdir()):
            return
        folder.rmdir()


def _is_locked(file: IO[bytes]) -> bool:
    """Hold a file until it is closed or the process ends, however it ends; False if another process holds it."""
    try:
        import fcntl
    except ImportError:
        return _is_locked_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_locked_on_windows(file: IO[bytes]) -> bool:
    import msvcrt

    locking = getattr(msvcrt, "locking")  # noqa: B009 - mypy knows it on Windows only
    try:
        locking(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    except OSError:
        return False
    return True
