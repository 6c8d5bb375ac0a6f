"""What one paper may take, and what is said of a paper that takes more."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from papers.errors import PaperError
from papers.records import Records

SOUND = "if the paper is sound"
MOST_PICTURES = 40
"""So many pages of a paper are drawn: some 2 MB. Of the others the review page shows the texts."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may take.

    `seconds` is the time that a processor works on it, so that a busy machine or many workers do not matter, and
    `page_seconds` that for one page of it. Pages that are pictures are read in shares (`extract.pdf.scan`); each share
    may take `page_seconds`, which do not count as time of the paper.
    `megabytes` is the memory of the process that reads it, the program itself (about 150) included. `rows` is the size
    of its output: the rows of all tables, and the cells of its own tables in their own shape. `pictures` is the number
    of its pages that are drawn for the review page.
    """

    seconds: float = 120
    megabytes: int = 2000
    rows: int = 1_000_000
    page_seconds: float = 20
    pictures: int = MOST_PICTURES


class Stopped(PaperError):
    """The reading of a paper was stopped, or its process is gone.

    `at_pictures` says that the paper had been read by then, and that the making of pictures of its pages had begun.
    """

    at_pictures = False


class OverTime(Stopped):
    """A paper, or a page of it, took more than its time; it would again."""

    def __init__(self, limits: Limits, page: int = 0, *, at_pictures: bool = False) -> None:
        self.at_pictures = at_pictures
        if page:
            work, seconds = f"{'drawing' if at_pictures else 'reading'} page {page}", limits.page_seconds
            remedy = "save a copy without that page"
        else:
            work, seconds = f"reading it{' and drawing its pages' * at_pictures}", limits.seconds
            remedy = f"raise --time-limit {SOUND}"
        super().__init__(f"{work} took more than {seconds:g} s of processor time", remedy=remedy)


class Lost(Stopped):
    """The process that read a paper is gone; another one, alone, may have better luck."""


class OutOfMemory(Lost):
    """There was not memory enough."""

    def __init__(self, limits: Limits) -> None:
        what = f"reading it takes more than {limits.megabytes:,} MB of memory"
        super().__init__(what, remedy=f"raise --memory-limit {SOUND}")


class StoodStill(Lost):
    """The process neither ended nor worked: it waited for something, a disk perhaps."""

    def __init__(self) -> None:
        super().__init__("the process that read it stood still", remedy="see whether the file can be opened")


class Died(Lost):
    """The process ended by itself or was killed; `exit_code` is negative for a signal."""

    def __init__(self, exit_code: int | None) -> None:
        how = f"exit code {exit_code}"
        if exit_code is not None and exit_code < 0:
            with suppress(ValueError):
                how = signal.Signals(-exit_code).name
        what = f"the process that read it died ({how}), also when it read nothing else"
        super().__init__(what, remedy="see whether there is memory enough; if so, please report it with the paper")


def check_size(records: Records, limits: Limits) -> None:
    """See that the output of a paper is not too large.

    Raises:
        PaperError: it is.
    """
    size = sum(map(len, records.rows.values())) + sum(grid.rows * grid.columns for grid in records.grids)
    if size > limits.rows:
        what = f"its output would have {size:,} rows and cells, more than {limits.rows:,}"
        raise PaperError(what, remedy=f"raise --row-limit {SOUND}")


def limit_memory(megabytes: int) -> None:
    """Limit the memory of this process, for good; where the system has no such limit, do nothing."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 1_000_000
    with suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Let the system kill this process with SIGPROF if it works longer than that, also within a library in C."""
    if not hasattr(signal, "setitimer"):  # Windows, where only standing still is noticed
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        page_time(0)


def more_time(seconds: float) -> None:
    """Let this process work longer by so much than `processor_time` said."""
    if hasattr(signal, "setitimer"):
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        signal.setitimer(signal.ITIMER_PROF, left + seconds if left else 0)


def page_time(seconds: float) -> None:
    """Let the system kill this process with SIGVTALRM if it works longer than that, unless this is called again."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
