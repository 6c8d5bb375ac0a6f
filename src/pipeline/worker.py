"""A process that reads papers, one after the other, seen from both sides.

It is started from multiprocessing's fork server: a process without threads that has loaded the program once, so that a
worker that is lost is replaced in a moment, and that holds no file of the run open.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import TYPE_CHECKING, ClassVar

from pipeline.inputs import Input
from pipeline.limits import (
    Died,
    Limits,
    OutOfMemory,
    OverTime,
    StoodStill,
    Stopped,
    limit_memory,
    more_time,
    page_time,
    processor_time,
)
from pipeline.options import Options

if TYPE_CHECKING:
    from ctypes import c_byte, c_int

    from pipeline.sources import Loaded

PATIENCE = 5
"""A paper may take so many times its time limit by the clock: a busy machine is slow, but a process may stand still."""
OUT_OF_MEMORY = 77
"""The exit code of a worker that has none left. It ends: what it still holds would be missing to the next paper."""
NO_ROOM = 78
"""The exit code of a worker that can't write its temporary files."""
READY = b"ready"
"""What a worker says when it has loaded the program."""
GRACE = 5
"""Seconds in which a process that has closed its side should be gone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a paper is not read, or if that is known to be `at_pictures`, why none are made of its pages.

    That may pass by itself, and the file may be one that nobody gets to the end of.
    """

    what: str
    remedy: str
    passes: bool
    stands_still: bool
    at_pictures: bool


Task = tuple[Input, "Loaded | None", Refusal | None]
"""What a worker is asked to do."""


class Worker:
    """One process that reads papers. It is used by one thread at a time, but may be killed by any.

    Raises:
        OSError: the system starts no more processes, or the program can't be loaded in one.
    """

    # multiprocessing looks after all children whenever it starts or joins one, and does not expect two threads there.
    _children: ClassVar = threading.Lock()

    def __init__(self, options: Options) -> None:
        self._limits = options.limits
        context = process_context()
        self._connection, theirs = context.Pipe()
        self._page = context.RawValue("i", 0)
        self._at_pictures = context.RawValue("b", 0)
        pages = _Pages(self._page, self._at_pictures, options.limits)
        self._process = context.Process(target=_serve, args=(theirs, pages, options), daemon=True)
        with self._children, interrupts_held():
            self._process.start()
        theirs.close()
        try:
            self._connection.recv_bytes()
        except (EOFError, OSError):
            raise OSError(errno.ECHILD, "a process that reads papers ended before it began") from None

    def read(self, item: Input, loaded: Loaded | None = None) -> bytes:
        """Read and finish a paper, which is loaded if its bytes are not given. After an error the process is gone.

        Raises:
            OverTime: the paper took more than its time.
            Lost: the process ended, for want of memory or whatever reason, or stood still.
            OSError: there is no room for temporary files.
        """
        return self._ask((item, loaded, None))

    def settle(self, item: Input, error: Stopped, loaded: Loaded | None = None) -> bytes:
        """Finish a paper whose process was stopped or is gone: its one row, or all of it if only pictures are missing.

        It raises what `read` raises; then the paper can't be read without pictures either.
        """
        return self._ask((item, loaded, _refusal(error)))

    def _ask(self, task: Task) -> bytes:
        try:
            self._connection.send(task)
            if self._connection.poll(PATIENCE * self._limits.seconds):
                return self._connection.recv_bytes()
        except (EOFError, OSError):
            error: Stopped = self._why_ended()
        else:
            self.kill()
            error = StoodStill()
        error.at_pictures = bool(self._at_pictures.value)
        raise error

    def kill(self) -> None:
        """End the process, whatever it does."""
        with self._children:
            self._process.kill()
            self._process.join(GRACE)

    def _why_ended(self) -> OverTime | OutOfMemory | Died:
        with self._children:
            self._process.join(GRACE)
            code = self._process.exitcode
        if code is None:
            self.kill()
        if code == NO_ROOM:
            raise OSError(errno.ENOSPC, "there is no room for temporary files")
        return why_ended(code, self._limits, self._page.value, at_pictures=bool(self._at_pictures.value))


def why_ended(
    code: int | None, limits: Limits, page: int = 0, *, at_pictures: bool = False
) -> OverTime | OutOfMemory | Died:
    """Why a process ended that had these limits, told from its exit code; `page` is the one that it was at."""
    if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
        return OverTime(limits, at_pictures=at_pictures)
    if hasattr(signal, "SIGVTALRM") and code == -signal.SIGVTALRM:
        return OverTime(limits, page, at_pictures=at_pictures)
    return OutOfMemory(limits) if code == OUT_OF_MEMORY else Died(code)


def _refusal(error: Stopped) -> Refusal:
    stands_still = isinstance(error, StoodStill)
    return Refusal(error.what, error.remedy, stands_still or isinstance(error, Died), stands_still, error.at_pictures)


def get_ready() -> None:
    """Begin to load what the workers need, while this process does something else."""
    if isinstance(process_context(), ForkServerContext):
        from multiprocessing import forkserver

        with interrupts_held():
            forkserver.ensure_running()


def process_context() -> ForkServerContext | SpawnContext:
    """How processes are started here: from the fork server, which has loaded the program, if the system has one."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "pipeline.worker", "pipeline.batch"])
    return context


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Start processes that never hear of Ctrl-C, not even while they load: the main process answers it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else multiprocessing would start it in here, and then let interrupts through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Pages:
    """Tells the process outside which page of a paper is worked on, and winds up the clock for it."""

    def __init__(self, page: c_int, at_pictures: c_byte, limits: Limits) -> None:
        self._page = page
        self._at_pictures = at_pictures
        self._limits = limits
        self._is_read = False

    def start(self) -> None:
        """Another paper."""
        self._is_read = False
        self._page.value = self._at_pictures.value = 0

    def begins(self, number: int) -> None:
        """A page begins, or with 0 the last one has ended; whoever begins again after that makes pictures."""
        if number < 0:  # a share of a page that is a picture, for which there is time beside the paper's own
            more_time(self._limits.page_seconds)
        self._at_pictures.value |= self._is_read and number > 0
        self._is_read |= number == 0
        self._page.value = abs(number)
        page_time(self._limits.page_seconds if number else 0)


def _serve(connection: Connection, pages: _Pages, options: Options) -> None:
    """Read papers until nobody sends any more."""
    from pipeline.batch import finish_loaded, finish_one, finish_refused

    fall_silent()
    limit_memory(options.limits.megabytes)
    try:
        connection.send_bytes(READY)
        while True:
            item, loaded, refusal = connection.recv()
            pages.start()
            with processor_time(options.limits.seconds), _scratch():
                if refusal is not None and not refusal.at_pictures:
                    answer = finish_refused(item, loaded, refusal, options)
                elif loaded is None:
                    answer = finish_one(item, options, pages.begins, refusal)
                else:
                    answer = finish_loaded(item, loaded, options, pages.begins, refusal)
            connection.send_bytes(answer)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):  # the run is over
        os._exit(0)


@contextmanager
def _scratch() -> Iterator[None]:
    """End the process if temporary files can't be written: that is no paper's fault."""
    try:
        yield
    except OSError:
        os._exit(NO_ROOM)


def fall_silent() -> None:
    """Whatever a library has to say at its death is not for the user's terminal: the status of the paper tells it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
