"""Does one thing in a process of its own, which is stopped if it takes more than one paper may take."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from papers.errors import PaperError
from pipeline.limits import Limits, StoodStill, limit_memory, processor_time
from pipeline.worker import (
    GRACE,
    OUT_OF_MEMORY,
    PATIENCE,
    fall_silent,
    get_ready,
    interrupts_held,
    process_context,
    why_ended,
)

T = TypeVar("T")


def apart(task: Callable[[], T], limits: Limits) -> T:
    """Do a task in a process of its own and give what it returns; task and result have to be picklable.

    Raises:
        PaperError: the task raised it, took more than the limits allow, or its process died.
        OSError: the system starts no more processes.
    """
    get_ready()
    context = process_context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, task, limits), daemon=True)
    with interrupts_held():
        process.start()
    theirs.close()
    try:
        if not ours.poll(PATIENCE * limits.seconds):
            raise StoodStill
        is_done, answer = pickle.loads(ours.recv_bytes())
    except EOFError:
        process.join(GRACE)
        raise why_ended(process.exitcode, limits) from None
    finally:
        process.kill()
        process.join(GRACE)
    if is_done:
        result: T = answer
        return result
    what, remedy = answer
    raise PaperError(what, remedy=remedy)


def _answer(connection: Connection, task: Callable[[], object], limits: Limits) -> None:
    """Do the task, and send whether that was possible, with its result or with what is wrong and what to do."""
    fall_silent()
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
