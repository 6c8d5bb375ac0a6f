"""Reads papers on any `concurrent.futures.Executor`: a pool of processes, or the workers of a cluster."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from papers.errors import PaperError
from pipeline.crew import Answers
from pipeline.inputs import Input
from pipeline.limits import Died, Lost, Stopped
from pipeline.options import Options
from pipeline.sources import Loaded, load
from pipeline.worker import Worker

AHEAD: Final = 64
"""So many papers may be under way, or wait for their turn: they may be large, and all wait in memory."""

_Stamp = tuple[int, int]
"""The size and the time of a file: the same file has the same, wherever it is seen from."""


class NotReading(Exception):
    """Nobody is there to read: says why."""


class NotSeen(Exception):
    """A worker does not see the file, or another one in its place."""


class OtherProgram(Exception):
    """A worker has another version of the program, of Python or of a library; its output might differ."""


class Elsewhere:
    """Reads papers on an executor. To be used in a `with` statement, which leaves the executor as it is.

    A worker reads the file where it sees it; one that does not is sent the bytes. Every worker keeps the limits by a
    process of its own, as everywhere.

    Args:
        executor: its workers must be able to import this program.
        options: how the papers are read.
    """

    def __init__(self, executor: Executor, options: Options) -> None:
        self._executor = executor
        self._options = replace(options, scratch="")
        self._fingerprint = options.fingerprint()
        self._is_shipping = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to do."""

    def read_all(self, inputs: Iterable[Input], is_known: Callable[[Input], bool] = lambda _: False) -> Answers:
        """Read all inputs but the known ones, in order, as a `Crew` does.

        Raises:
            NotReading: no worker is left, or one has another version of the program.
        """
        coming = iter(inputs)
        ahead: deque[tuple[Input, Future[bytes] | None]] = deque()
        try:
            while True:
                while len(ahead) < AHEAD and (item := next(coming, None)):
                    ahead.append((item, None if is_known(item) else self._submit(item)))
                if not ahead:
                    return
                item, future = ahead.popleft()
                yield item, None if future is None else self._result(item, future)
        finally:
            for _, future in ahead:
                if future is not None:
                    future.cancel()

    def read_again(self, item: Input) -> bytes:
        """Read one input that was thought to be known."""
        return self._result(item, self._submit(item))

    def _submit(self, item: Input) -> Future[bytes]:
        loaded = None
        if self._is_shipping:
            with suppress(PaperError):  # it has no bytes to send: the worker says why, as it would here
                loaded = load(item)
        seen = stamp(item.path) if loaded is None else None
        try:
            return self._executor.submit(read_there, item, seen, loaded, self._options, self._fingerprint)
        except BrokenExecutor as error:
            raise _gone(error) from error

    def _result(self, item: Input, future: Future[bytes]) -> bytes:
        try:
            try:
                return future.result()
            except NotSeen:
                self._is_shipping = True
                return self._submit(item).result()
        except OtherProgram as error:
            raise NotReading(str(error)) from error
        except (BrokenExecutor, CancelledError, OSError) as error:
            raise _gone(error) from error
        except Exception as error:
            if type(error).__name__ != "KilledWorker":  # dask's: several workers died of this paper, one by one
                raise
            worker = Worker(self._options)
            try:
                return worker.settle(item, Died(None))
            finally:
                worker.kill()


def _gone(error: BaseException) -> NotReading:
    return NotReading(f"the workers are gone ({str(error) or type(error).__name__})")


def stamp(path: Path) -> _Stamp | None:
    """Take the stamp of a file, or None if there is none to be read."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def read_there(item: Input, seen: _Stamp | None, loaded: Loaded | None, options: Options, fingerprint: str) -> bytes:
    """Read and finish a paper on a worker of an executor, in a process that can be stopped.

    Raises:
        NotSeen: neither are the bytes given, nor is there a file with this stamp.
        OtherProgram: this worker would make something else of the paper.
    """
    if options.fingerprint() != fingerprint:
        raise OtherProgram("a worker has another version of the program, of Python or of a library; install the same")
    if loaded is None and not item.missing and stamp(item.path) != seen:
        raise NotSeen(item.source_path)
    multiprocessing.current_process().daemon = False  # dask's workers are daemons, which may start no processes
    try:
        try:
            return _with_worker(options, lambda worker: worker.read(item, loaded))
        except Lost:
            return _with_worker(options, lambda worker: worker.read(item, loaded))
    except Stopped as error:
        why = error
    try:
        return _with_worker(options, lambda worker: worker.settle(item, why, loaded))
    except Stopped as error:
        another = error
    return _with_worker(options, lambda worker: worker.settle(item, another, loaded))


def _with_worker(options: Options, ask: Callable[[Worker], bytes]) -> bytes:
    idle = _IDLE.setdefault(options, deque())
    try:
        worker = idle.pop()
    except IndexError:
        worker = Worker(options)
    answer = ask(worker)
    idle.append(worker)
    return answer


_IDLE: Final[dict[Options, deque[Worker]]] = {}
"""The processes that this worker of an executor keeps for the next papers: they are loaded once. They end with it."""
