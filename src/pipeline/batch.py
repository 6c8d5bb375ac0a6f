"""Many papers: each is read on its own, none stops the others, and every one gets a row."""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from papers.errors import PaperError
from papers.records import Records
from pipeline.inputs import Input, why_missing
from pipeline.rows import records, refused
from pipeline.run import Reading, read

MAX_BYTES = 200_000_000
"""A larger file is refused: no paper is that long, and it could take the memory of the whole run."""

Job = Callable[[Input], Records]


def read_one(item: Input, without: Sequence[str] = ()) -> Records:
    """Read one input; whatever goes wrong becomes the status of its row."""
    sha256 = ""
    try:
        data = _bytes(item)
        sha256 = hashlib.sha256(data).hexdigest()
        return records(read(data, item.source_path, item.paper_id, without, _sidecar(item.path)))
    except PaperError as error:
        return refused(item.paper_id, item.source_path, sha256, error)
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


def defect(error: Exception) -> PaperError:
    """A defect of the program, told as the trouble of the paper that brought it to light."""
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


def read_all(
    inputs: Sequence[Input],
    *,
    workers: int = 1,
    without: Sequence[str] = (),
    done: Callable[[Records], None] = lambda _: None,
) -> Iterator[Records]:
    """Read all inputs, in order, by as many processes as `workers` says. The results do not depend on their number."""
    job = partial(read_one, without=tuple(without))
    results = map(job, inputs) if workers <= 1 or len(inputs) <= 1 else _by_processes(job, inputs, workers)
    for result in results:
        done(result)
        yield result


def _by_processes(job: Job, inputs: Sequence[Input], workers: int) -> Iterator[Records]:
    read = 0
    try:
        with _pool(min(workers, len(inputs))) as pool:
            for result in pool.map(job, inputs, chunksize=max(1, min(8, len(inputs) // (4 * workers)))):
                read += 1
                yield result
    except BrokenProcessPool:
        # A process died, for want of memory or in a library. Nobody knows on which paper: each that is left gets a
        # process of its own, so that only the one that it was fails.
        for item in inputs[read:]:
            yield _alone(job, item)


def _alone(job: Job, item: Input) -> Records:
    try:
        with _pool(1) as pool:
            return pool.submit(job, item).result()
    except BrokenProcessPool:
        error = PaperError("the process that read this paper died", remedy="see whether there was memory enough")
        return refused(item.paper_id, item.source_path, "", error)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes that leave it to this one to answer Ctrl-C."""
    return ProcessPoolExecutor(max_workers=workers, initializer=_ignore_interrupts)


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
