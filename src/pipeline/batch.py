"""One file of a run, whatever it is: it is read, or the row of its paper says why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from papers.errors import PaperError
from papers.records import Records
from pipeline.inputs import Input, why_missing
from pipeline.limits import Limits, check_size
from pipeline.rows import records, refused
from pipeline.run import Reading, read

MAX_BYTES = 200_000_000
"""A larger file is refused: no paper is that long, and it could take the memory of the whole run."""


def read_one(
    item: Input,
    without: Sequence[str] = (),
    limits: Limits | None = None,
    begins: Callable[[int], None] = lambda _: None,
) -> Records:
    """Read one input; whatever goes wrong becomes the status of its row. Of the limits, only that of rows is kept here.

    `begins` is told the number of each page before it is read, and 0 after the last.

    Raises:
        MemoryError: there is no memory left. It is the process that has none, so another one may read the paper.
    """
    sha256 = ""
    try:
        data = _bytes(item)
        sha256 = hashlib.sha256(data).hexdigest()
        result = records(read(data, item.source_path, item.paper_id, without, _sidecar(item.path), begins))
        check_size(result, limits or Limits())
        return result
    except PaperError as error:
        return refused(item.paper_id, item.source_path, sha256, error)
    except MemoryError:
        raise
    except Exception as error:  # the boundary of a batch: a defect of ours in one paper must not stop the others
        return refused(item.paper_id, item.source_path, sha256, defect(error))


def read_file(item: Input) -> Reading:
    """Read one input and keep all that is known of it.

    Raises:
        PaperError: it can't be read.
    """
    try:
        return read(_bytes(item), item.source_path, item.paper_id, (), _sidecar(item.path))
    except PaperError:
        raise
    except Exception as error:
        raise defect(error) from error


def hash_of(item: Input) -> str:
    """The hash of an input; empty if it can't be read."""
    try:
        return hashlib.sha256(_bytes(item)).hexdigest()
    except PaperError:
        return ""


def defect(error: Exception) -> PaperError:
    """A defect of the program, told as the trouble of the paper that brought it to light."""
    if isinstance(error, RecursionError):
        return PaperError("it is nested too deeply to be read", remedy="see whether it is the right file")
    what = f"the program failed on this paper ({type(error).__name__}: {error})"
    return PaperError(what, remedy="please report it with the paper")


def _bytes(item: Input) -> bytes:
    if item.missing:
        raise PaperError(item.missing)
    try:
        if not item.path.is_file():
            raise PaperError("this is not a regular file", remedy="remove it from the folder")
        if item.path.stat().st_size > MAX_BYTES:
            raise PaperError(f"the file is larger than {MAX_BYTES // 1_000_000} MB", remedy="split it")
        return item.path.read_bytes()
    except OSError as error:
        raise PaperError(f"the file can't be read ({error.strerror})", remedy="check its permissions") from error


def _sidecar(path: Path) -> tuple[str, bytes] | None:
    """The name and the content of the rulings beside a paper: `report.txt.toml` or `report.toml`."""
    for sidecar in (path.with_name(path.name + ".toml"), path.with_suffix(".toml")):
        if why_missing(sidecar) or not sidecar.is_file() or sidecar == path:
            continue
        try:
            return sidecar.name, sidecar.read_bytes()
        except OSError as error:
            what = f"the rulings in {sidecar.name} can't be read ({error.strerror})"
            raise PaperError(what, remedy="check its permissions") from error
    return None
