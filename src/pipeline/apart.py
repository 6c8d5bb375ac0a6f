"""Does one thing in a process of its own, which is stopped if it takes more than one paper may take."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import TypeVar

from papers.errors import PaperError
from pipeline.limits import Died, Limits, OutOfMemory, OverTime, StoodStill, limit_memory, processor_time
from pipeline.worker import GRACE, OUT_OF_MEMORY, PATIENCE, get_ready

T = TypeVar("T")


def apart(task: Callable[[], T], limits: Limits) -> T:
    """Do a task in a process of its own and give what it returns; task and result have to be picklable.

    Raises:
        PaperError: the task raised it, took more than the limits allow, or its process died.
        OSError: the system starts no more processes.
    """
    get_ready()
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, task, limits), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE * limits.seconds):
            raise StoodStill
        is_done, answer = pickle.loads(ours.recv_bytes())
    except EOFError:
        process.join(GRACE)
        raise _why_ended(process.exitcode, limits) from None
    finally:
        process.kill()
        process.join(GRACE)
    if is_done:
        result: T = answer
        return result
    what, remedy = answer
    raise PaperError(what, remedy=remedy)


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


def _answer(connection: Connection, task: Callable[[], object], limits: Limits) -> None:
    """Do the task, and send whether that was possible, with its result or with what is wrong and what to do."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    limit_memory(limits.megabytes)
    try:
        with processor_time(limits.seconds):
            try:
                answer: tuple[bool, object] = (True, task())
            except PaperError as error:
                answer = (False, (error.what, error.remedy))
            message = pickle.dumps(answer)
        connection.send_bytes(message)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _why_ended(code: int | None, limits: Limits) -> PaperError:
    if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
        return OverTime(limits)
    return OutOfMemory(limits) if code == OUT_OF_MEMORY else Died(code)
