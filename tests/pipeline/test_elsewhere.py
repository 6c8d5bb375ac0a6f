"""Papers read by other processes than the run's own: a pool, or the workers of a dask scheduler on this machine."""

import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.crew import Crew
from pipeline.elsewhere import Elsewhere, NotReading, NotSeen, read_there, stamp
from pipeline.inputs import Input, find_inputs
from pipeline.limits import Limits
from pipeline.options import Options
from pipeline.sources import load
from publish.packing import unpack
from publish.staging import WORK

COMMAND = Path(sys.executable).with_name("committee-papers")
LONG = "".join(f"{n}. Note the performance of ward {n}\tSept 2006\t£{n},000\n" for n in range(200_000))
PATIENCE = 120


@pytest.fixture
def inputs(tmp_path: Path) -> list[Input]:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"Report {number}\n\n1. That members note it.\n")
    (folder / "empty.txt").touch()
    (folder / "long.txt").write_text(LONG)
    (folder / "lost.txt").symlink_to("nowhere")
    return find_inputs([folder], tmp_path / "out")


OPTIONS = Options(limits=Limits(seconds=2))


@pytest.fixture
def pool() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as executor:
        yield executor


def statuses(answers: list[bytes | None]) -> list[str]:
    return [unpack(answer)[0].facts["status"] for answer in answers if answer is not None]


def test_a_pool_of_processes_reads_the_same(inputs: list[Input], pool: Executor) -> None:
    with Crew(1, OPTIONS) as crew:
        here = list(crew.read_all(inputs))
    with Elsewhere(pool, OPTIONS) as reader:
        there = list(reader.read_all(inputs))
        assert reader.read_again(inputs[0]) == here[0][1]
        known = list(reader.read_all(inputs, lambda item: item.paper_id != "1"))
    assert there == here
    assert [answer is None for _, answer in known] == [True, False, True, True, True, True, True]
    assert statuses([answer for _, answer in there]) == ["ok", "ok", "ok", "ok", "no_text", "failed", "failed"]


class Strangers(Executor):
    """Workers that see none of the files, done here."""

    def __init__(self) -> None:
        self.sent = 0

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        item, seen, loaded, *others = arguments
        future: Future[Any] = Future()
        self.sent += loaded is not None
        try:
            there = replace(item, path=Path("/nowhere") / item.path.name)
            future.set_result(function(there, seen, loaded, *others))
        except Exception as error:
            future.set_exception(error)
        return future


def test_what_workers_do_not_see_is_sent_to_them(inputs: list[Input]) -> None:
    short = inputs[:4]
    with Crew(1) as crew:
        here = list(crew.read_all(short))
    strangers = Strangers()
    with Elsewhere(strangers, Options()) as reader:
        assert list(reader.read_all(short)) == here
    assert strangers.sent == 4


def test_a_worker_that_sees_another_file(inputs: list[Input]) -> None:
    item, fingerprint = inputs[0], Options().fingerprint()
    with pytest.raises(NotSeen):
        read_there(item, (1, 2), None, Options(), fingerprint)
    assert unpack(read_there(item, stamp(item.path), None, Options(), fingerprint))[0].paper_id == "0"
    assert unpack(read_there(item, None, load(item), Options(), fingerprint))[0].paper_id == "0"


def test_a_worker_with_another_version(inputs: list[Input], pool: Executor) -> None:
    reader = Elsewhere(pool, Options())
    reader._fingerprint = "of another"
    with pytest.raises(NotReading, match="another version"):
        next(reader.read_all(inputs))


def test_a_pool_that_broke(inputs: list[Input], pool: Executor) -> None:
    with suppress(Exception):
        pool.submit(os._exit, 1).result()
    with pytest.raises(NotReading, match="the workers are gone"):
        next(Elsewhere(pool, Options()).read_all(inputs))


class Dask:
    """A scheduler and its workers, each a process of this machine."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", self.address.rpartition(":")[2])

    def start_worker(self) -> None:
        folder = self._folder / f"worker-{len(self.started)}"
        self._start("worker", self.address, "--nthreads", "1", "--local-directory", str(folder))

    def _start(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        quiet = subprocess.DEVNULL
        self.started.append(subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True))

    def stop(self) -> None:
        for each in reversed(self.started):
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    cluster = Dask(tmp_path)
    try:
        cluster.start_worker()
        cluster.start_worker()
        yield cluster
    finally:
        cluster.stop()


def extract(folder: Path, out: str, *arguments: str) -> subprocess.Popen[str]:
    command = [str(COMMAND), "extract", "raw", "--out", out, "--quiet", "--time-limit", "20", *arguments]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def outputs(out: Path) -> dict[str, bytes]:
    files = [path for path in out.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def wait_for_workers(dask: Dask) -> None:
    """Until the scheduler has both."""
    code = (
        f"from distributed import Client; Client({dask.address!r}, timeout={PATIENCE}).wait_for_workers(2, {PATIENCE})"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_cluster_makes_the_same_bytes_and_a_worker_that_is_killed_loses_nothing(tmp_path: Path, dask: Dask) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(40):
        (tmp_path / "raw" / f"{number:02}.txt").write_text("".join(f"{n}. Ward {n}.\n\n" for n in range(300)))
    shutil.copy(Path(__file__).parents[2] / "README.md", tmp_path / "raw" / "readme.txt")
    (tmp_path / "raw" / "empty.txt").touch()
    with extract(tmp_path, "here") as here:
        here.wait()
    wait_for_workers(dask)
    with extract(tmp_path, "there", "--scheduler", dask.address) as there:
        time.sleep(4)
        os.killpg(dask.started[1].pid, signal.SIGKILL)
        said = there.communicate(timeout=5 * PATIENCE)[1]
    assert said == "empty.txt: no_text: the file is empty; fetch it again\n"
    assert there.returncode == 1
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")


def test_a_scheduler_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Report")
    with extract(tmp_path, "out", "--scheduler", "tcp://127.0.0.1:1") as program:
        said = program.communicate(timeout=PATIENCE)[1]
    assert program.returncode == 1
    assert said.startswith("committee-papers: --scheduler tcp://127.0.0.1:1: it does not answer")
    assert said.count("\n") == 1
