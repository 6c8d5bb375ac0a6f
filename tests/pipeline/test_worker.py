"""The installed program while its processes are stopped, killed or interrupted from outside."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from publish.staging import WORK

COMMAND = Path(sys.executable).with_name("committee-papers")

PARAGRAPHS = 7_500
"""A paper as long as that takes 2 s at least."""
BEGUN = 1.0
"""Seconds of processor time after which a process is in the midst of such a paper; all others take less."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with short papers before and after a long one."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in "acde":
        (folder / f"{name}.txt").write_text("Report: 8a")
    (folder / "b.txt").write_text("".join(f"{n}. That ward {n} be noted.\n\n" for n in range(PARAGRAPHS)))
    return folder


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program in a group of its own, as a shell starts it."""
    with subprocess.Popen(
        [COMMAND, "extract", folder, "--out", folder.with_name("out"), "--fresh", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background may ignore it
    ) as program:
        try:
            yield program
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def processes(program: subprocess.Popen[str]) -> dict[int, tuple[str, int, float]]:
    """The living processes of the program's group: the state of each, its parent and the seconds that it has worked."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, group, *rest = path.read_text().rpartition(")")[2].split()
            if int(group) == program.pid and state != "Z":
                ticks = int(rest[8]) + int(rest[9])
                found[int(path.parent.name)] = (state, int(parent), ticks / os.sysconf("SC_CLK_TCK"))
    return found


def wait_until_gone(program: subprocess.Popen[str]) -> None:
    """Wait until no process of the program's group is alive: the system may take a moment to end one."""
    deadline = time.monotonic() + 60
    while processes(program):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def busy(program: subprocess.Popen[str]) -> list[int]:
    """The processes that are in the midst of the long paper: children of the one that the program starts them from."""
    found = processes(program).items()
    return [pid for pid, (state, parent, worked) in found if state == "R" and parent != program.pid and worked > BEGUN]


def wait_for(program: subprocess.Popen[str], what: Callable[[subprocess.Popen[str]], list[int]]) -> int:
    deadline = time.monotonic() + 100
    while not (found := what(program)):
        assert program.poll() is None and time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)
    return found[0]


def strike(program: subprocess.Popen[str], with_signal: signal.Signals) -> None:
    """Send a signal to the process that is in the midst of the long paper."""
    pid = wait_for(program, busy)
    os.kill(pid, with_signal)


def papers(folder: Path) -> dict[str, tuple[str, str]]:
    with (folder.with_name("out") / "papers.csv").open(encoding="utf-8", newline="") as file:
        return {row["paper_id"]: (row["status"], row["status_detail"]) for row in csv.DictReader(file)}


def contents(folder: Path) -> dict[str, bytes]:
    out = folder.with_name("out")
    files = [path for path in out.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_process_that_dies_once_is_replaced_and_nothing_is_lost(folder: Path, workers: str) -> None:
    with running(folder) as program:
        assert program.wait() == 0
    undisturbed = contents(folder)
    with running(folder, "--workers", workers) as program:
        strike(program, signal.SIGKILL)
        assert (program.wait(), program.stderr and program.stderr.read()) == (0, "")
    assert contents(folder) == undisturbed


def test_a_paper_whose_process_dies_twice(folder: Path) -> None:
    with running(folder, "--workers", "2") as program:
        first = wait_for(program, busy)
        os.kill(first, signal.SIGSEGV)
        second = wait_for(program, lambda program: [pid for pid in busy(program) if pid != first])
        os.kill(second, signal.SIGSEGV)
        assert program.wait() == 1
    found = papers(folder)
    assert [paper for paper, (status, _) in found.items() if status == "ok"] == ["a", "c", "d", "e"]
    assert found["b"] == (
        "failed",
        "the process that read it died (SIGSEGV), also when it read nothing else; see whether there is memory enough; "
        "if so, please report it with the paper",
    )


def test_a_process_that_stands_still_is_replaced(folder: Path) -> None:
    """One that waits in a library, for a lock or a disk, takes no processor time, and does not hear of anything."""
    with running(folder, "--time-limit", "3") as program:
        strike(program, signal.SIGSTOP)
        assert program.wait() == 0
    assert papers(folder)["b"] == ("ok", "")


def test_ctrl_c_leaves_nothing_but_one_line(folder: Path) -> None:
    with running(folder) as program:
        assert program.wait() == 0
    before = contents(folder)
    (folder / "a.txt").write_text("Another report")
    with running(folder, "--workers", "2") as program:
        wait_for(program, busy)
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert program.wait() == 130
        assert program.stderr and program.stderr.read() == (
            "committee-papers: stopped; the earlier results are as they were\n"
        )
        assert contents(folder) == before
        wait_until_gone(program)


def test_ctrl_c_at_any_moment_of_the_start(folder: Path) -> None:
    for moment in (0.6, 0.9, 1.2, 1.5):
        with running(folder) as program:
            time.sleep(moment)
            os.killpg(program.pid, signal.SIGINT)
            assert program.wait() == 130
            assert program.stderr and program.stderr.read().count("\n") == 1


def test_no_process_outlives_the_program(folder: Path) -> None:
    with running(folder, "--time-limit", "3") as program:
        wait_for(program, busy)
        program.kill()
        program.wait()
        wait_until_gone(program)
