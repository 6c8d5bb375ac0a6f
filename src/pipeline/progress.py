"""How far a run has come: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[str], None]

PLAIN_STEPS = 10
"""Without a terminal a long run prints so many lines about how far it is."""


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Advance]:
    r"""Give a function to call after each paper, with a line about its trouble, or an empty one.

    Troubles are printed at once, on standard error, whatever else is shown. Control characters in them are shown as
    `\x1b`, so that a file name can't write to the terminal.
    """
    if quiet or total < 2 or not sys.stderr.isatty():
        yield _plain(total, quiet=quiet)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]} not read"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total, failed=0, rate="")
        failed = 0

        def advance(trouble: str) -> None:
            nonlocal failed
            if trouble:
                failed += 1
                console.print(visible(trouble), markup=False, highlight=False, soft_wrap=True)
            speed = bar.tasks[task].speed
            bar.update(task, advance=1, failed=failed, rate=f"{speed:.1f} papers/s" if speed else "")

        yield advance


def _plain(total: int, *, quiet: bool) -> Advance:
    done = failed = 0
    step = max(1, total // PLAIN_STEPS)

    def advance(trouble: str) -> None:
        nonlocal done, failed
        done += 1
        if trouble:
            failed += 1
            print(visible(trouble), file=sys.stderr)
        if not quiet and total > PLAIN_STEPS and done % step == 0:
            print(f"{done} of {total} papers" + (f", {failed} not read" if failed else ""), file=sys.stderr)

    return advance


def visible(text: str) -> str:
    """A text for the terminal, its control characters written out."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
