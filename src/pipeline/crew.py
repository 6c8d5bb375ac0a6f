"""Many papers at once: each is read by a process that can be stopped, and the results come in order.

Here are only the means; what a paper is and how it is read is loaded by the processes, not by this one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from pipeline.inputs import Input
from pipeline.limits import Lost, Stopped
from pipeline.options import Options
from pipeline.worker import Worker, get_ready

AHEAD = 1_000
"""So many papers may be read while one is waited for."""

Answers = Iterator[tuple[Input, bytes | None]]
"""Inputs in order, each with its packed paper, or None if it was not to be read."""
WAITING_BYTES = 64_000_000
"""No further paper is begun while the results that wait for their turn take more."""


class Crew:
    """Processes that read papers. To be used in a `with` statement, which ends them.

    There is a process of its own for every worker, also if there is only one: nothing else can be stopped within a
    library, and a library that crashes takes only that process with it. A thread stands by each; it waits, and starts
    another process for one that is lost.
    """

    def __init__(self, workers: int = 1, options: Options | None = None) -> None:
        get_ready()
        self._options = options or Options()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")
        self._gate = _Gate()
        self._idle: deque[Worker] = deque()
        self._alive: set[Worker] = set()
        self._closed = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            alive = tuple(self._alive)
        self._gate.close()
        for worker in alive:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)

    def read_all(self, inputs: Iterable[Input], is_known: Callable[[Input], bool] = lambda _: False) -> Answers:
        """Read all inputs but the known ones, in order. What is found does not depend on the number of workers.

        A paper that took too much, or whose process is gone twice, has the status `failed`, which says what to do; if
        it was drawing its pages that took too much, the paper goes without pictures.
        """
        coming = iter(inputs)
        ahead: deque[tuple[Input, Future[bytes] | None]] = deque()
        while True:
            while len(ahead) < AHEAD and (item := next(coming, None)):
                ahead.append((item, None if is_known(item) else self._threads.submit(self._read_in_turn, item)))
            if not ahead:
                return
            item, future = ahead.popleft()
            yield item, None if future is None else self._result(item, future)

    def read_again(self, item: Input) -> bytes:
        """Read one input that was thought to be known."""
        return self._result(item, self._threads.submit(self._read_in_turn, item))

    def _result(self, item: Input, future: Future[bytes]) -> bytes:
        try:
            try:
                answer = future.result()
                self._gate.take(len(answer))
            except Lost:
                with self._gate.alone():
                    answer = self._ask(self._fresh_worker(), lambda worker: worker.read(item))
        except Stopped as error:
            answer = self._settle(item, error)
        return answer

    def _settle(self, item: Input, error: Stopped) -> bytes:
        try:
            return self._ask(self._fresh_worker(), lambda worker: worker.settle(item, error))
        except Stopped as another:
            why = another
        return self._ask(self._fresh_worker(), lambda worker: worker.settle(item, why))

    def _read_in_turn(self, item: Input) -> bytes:
        self._gate.enter()
        answer = b""
        try:
            answer = self._ask(self._worker(), lambda worker: worker.read(item))
        finally:
            self._gate.leave(len(answer))
        return answer

    def _ask(self, worker: Worker, ask: Callable[[Worker], bytes]) -> bytes:
        try:
            answer = ask(worker)
        except Stopped:
            with self._lock:
                self._alive.discard(worker)
            raise
        self._idle.append(worker)
        return answer

    def _worker(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return self._new_worker()

    def _fresh_worker(self) -> Worker:
        """A worker that has read nothing; it takes the place of another, so that they do not become more."""
        if self._idle:
            old = self._idle.pop()
            old.kill()
            with self._lock:
                self._alive.discard(old)
        return self._new_worker()

    def _new_worker(self) -> Worker:
        with self._lock:
            if self._closed:
                raise Lost("the run is over")
            worker = Worker(self._options)
            self._alive.add(worker)
            return worker


class _Gate:
    """Says when a paper may begin: not while another is read alone, nor while too many results wait for their turn.

    Papers begin in the order of the inputs. So the one whose turn it is has always begun, and nobody waits for ever.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._waiting_bytes = 0
        self._is_held = False
        self._is_closed = False

    def enter(self) -> None:
        """Wait for leave to begin."""
        with self._changed:
            self._changed.wait_for(self._is_open)
            self._inside += 1

    def leave(self, size: int) -> None:
        """A paper is done; its result of so many bytes now waits for its turn."""
        with self._changed:
            self._inside -= 1
            self._waiting_bytes += size
            self._changed.notify_all()

    def take(self, size: int) -> None:
        """A result of so many bytes waits no longer."""
        with self._changed:
            self._waiting_bytes -= size
            self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody begin, and wait until all that have begun are done."""
        with self._changed:
            self._is_held = True
            self._changed.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._changed:
                self._is_held = False
                self._changed.notify_all()

    def close(self) -> None:
        """Let everybody through: the run is over, and they will find no worker."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def _is_open(self) -> bool:
        return self._is_closed or (not self._is_held and self._waiting_bytes <= WAITING_BYTES)
