"""Where a run writes before it is known to succeed: a folder inside the output folder, moved into place at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from publish.errors import ContractError, PublishError
from publish.manifest import is_below

_PREFIX: Final = ".partial-"
_LOCK: Final = "lock"


class Staging:
    """A temporary folder below `out` for the outputs of one run, and a second one for scratch files.

    What runs that died have left behind is removed first. A run that is alive holds a lock on a file in its folder.

    Raises:
        PublishError: `out` can't be created or written.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        with plain_errors(out):
            out.mkdir(parents=True, exist_ok=True)
            for left in sorted(out.glob(_PREFIX + "*")):
                if left.is_dir() and not left.is_symlink() and not _alive(left):
                    shutil.rmtree(left, ignore_errors=True)
            self._root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=out))
            self._lock = (self._root / _LOCK).open("wb")
            _lock(self._lock)
            self.folder = self._root / "out"
            self.scratch = self._root / "scratch"
            self.folder.mkdir()
            self.scratch.mkdir()

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

    def commit(self, outputs: Sequence[str], stale: Sequence[str], last: str) -> None:
        """Move the outputs into place, remove those of the run before that are no more, then move `last`.

        If that fails, or is interrupted, the files of the run before are put back. (A run that is killed in this very
        moment leaves whole files, some of them old; the next run sets them right.)

        Args:
            outputs: paths of finished files below `out`.
            stale: paths of files to remove; folders that this leaves empty go too.
            last: the path of the file that says that all others are there.
        """
        gone = [relative for relative in stale if _is_own_file(self.out, relative)]
        removed = frozenset(gone)
        touched: list[str] = []
        try:
            for relative in (*outputs, *gone, last):
                self._keep(relative)
                touched.append(relative)
                if relative in removed:
                    _remove(self.out, relative)
                else:
                    (self.out / relative).parent.mkdir(parents=True, exist_ok=True)
                    (self.folder / relative).replace(self.out / relative)
        except BaseException:
            for relative in reversed(touched):
                with suppress(OSError):
                    self._restore(relative)
            raise
        self.discard()

    def discard(self) -> None:
        """Remove the temporary folder and whatever is in it."""
        self._lock.close()
        shutil.rmtree(self._root, ignore_errors=True)

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

    def _restore(self, relative: str) -> None:
        """Undo what was done to one path."""
        file, kept = self.out / relative, self._root / "old" / relative
        if kept.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            kept.replace(file)
        elif not (self.folder / relative).exists():
            file.unlink(missing_ok=True)


@contextmanager
def plain_errors(out: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one line that says what to do."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        concerned = error.filename2 or error.filename
        file = f" ({Path(concerned).name})" if isinstance(concerned, str) and Path(concerned) != out else ""
        raise PublishError(
            f"can't write into the output folder {out}{file}: {reason}; close the programs that use its files and see "
            "that the disk is not full, or choose another folder with --out"
        ) from error


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


def _lock(file: IO[bytes]) -> None:
    """Hold a file until it is closed or the process ends.

    Raises:
        BlockingIOError: another run holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where a file that is open can't be removed: that is lock enough
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _alive(folder: Path) -> bool:
    """Tell whether the run that made a temporary folder still goes on."""
    lock = folder / _LOCK
    try:
        with lock.open("rb") as file:
            _lock(file)
        lock.unlink()
    except FileNotFoundError:
        return False
    except (BlockingIOError, PermissionError):
        return True
    return False
