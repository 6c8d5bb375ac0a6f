"""What can go wrong around a run: disks, folders, clocks, terminals. One clear line, and nothing half-written."""

import ctypes
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result

from papers.errors import PaperError
from pipeline.inputs import Input, find_inputs, listed_inputs
from pipeline.machine import workers
from pipeline.sources import Changed, load, trouble_mark
from publish.staging import WORK

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

COMMAND = Path(sys.executable).with_name("committee-papers")


def program(folder: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    command = [str(COMMAND), "extract", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def give_up_reading_all() -> None:
    """Drop what lets root read everything (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH); others have nothing to drop."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop = 24  # PR_CAPBSET_DROP
        for power in (1, 2):
            ctypes.CDLL(None).prctl(drop, power, 0, 0, 0)


def outputs(out: Path) -> dict[str, bytes]:
    files = [path for path in out.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def is_whole(out: Path) -> bool:
    """Whether the outputs are those of the manifest, or there is none and no file is half-written."""
    if not (out / "manifest.json").exists():
        return True
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    found = {name: sha256(content).hexdigest() for name, content in outputs(out).items() if name != "manifest.json"}
    return {each["path"]: each["sha256"] for each in listed} == found


class TestSources:
    def test_a_file_that_changes_while_it_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.txt"
        path.write_text("Report")
        look = os.fstat

        def later(file: int) -> os.stat_result:
            found = look(file)
            path.write_text("Another report")
            return found

        monkeypatch.setattr(os, "fstat", later)
        item = Input(path, "a.txt", "a")
        with pytest.raises(Changed, match="changed while it was read") as caught:
            load(item)
        assert trouble_mark(item, caught.value) == ""

    def test_a_file_that_vanishes(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Report")
        (item,) = find_inputs([tmp_path], tmp_path / "out")
        (tmp_path / "a.txt").unlink()
        with pytest.raises(PaperError):
            load(item)

    def test_what_may_not_be_read(self, tmp_path: Path) -> None:
        folder = tmp_path / "raw"
        (folder / "closed").mkdir(parents=True)
        (folder / "closed" / "a.txt").write_text("Report")
        (folder / "b.txt").write_text("Report")
        (folder / "c.txt").write_text("Report")
        (folder / "b.txt").chmod(0)
        (folder / "closed").chmod(0)
        try:
            done = program(tmp_path, "raw", "--out", "out", "--quiet", preexec_fn=give_up_reading_all)
        finally:
            (folder / "closed").chmod(0o755)
        assert done.returncode == 1
        assert sorted(line.partition(":")[0] for line in done.stderr.splitlines()) == ["b.txt", "closed"]


class TestOutputs:
    @pytest.fixture
    def raw(self, tmp_path: Path) -> Path:
        folder = tmp_path / "raw"
        folder.mkdir()
        for number in range(6):
            (folder / f"{number}.txt").write_text("".join(f"{n}. That ward {n} be noted.\n\n" for n in range(400)))
        return folder

    @pytest.mark.usefixtures("raw")
    def test_a_disk_that_fills_up(self, tmp_path: Path) -> None:
        """No file may become longer than that; the outputs of the run before stay, and the next one goes on."""
        assert program(tmp_path, "raw/0.txt", "--out", "out").returncode == 0
        before = outputs(tmp_path / "out")
        raised = resource.getrlimit(resource.RLIMIT_FSIZE)[1]

        def fill_up() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, raised))

        done = program(tmp_path, "raw", "--out", "out", preexec_fn=fill_up)
        assert done.returncode == 1
        last = done.stderr.splitlines()[-1]
        assert last.startswith("committee-papers: ")
        assert "Traceback" not in done.stderr
        assert outputs(tmp_path / "out") == before
        assert program(tmp_path, "raw", "--out", "out").returncode == 0
        assert is_whole(tmp_path / "out")

    def test_a_folder_that_may_not_be_written(self, raw: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / WORK).write_text("a file in the place of the folder")
        done = program(tmp_path, raw.name, "--out", "out")
        assert done.returncode == 1
        assert done.stderr.startswith("committee-papers: can't write into the output folder out")
        assert done.stderr.count("\n") == 1

    def test_the_plainest_locale_and_no_terminal(self, raw: Path, tmp_path: Path) -> None:
        (raw / "café £.txt").write_text("Report £5 – ok", encoding="utf-8")
        plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        done = program(tmp_path, "raw", "--out", "plain", env=plain, stdin=subprocess.DEVNULL)
        assert (done.returncode, done.stderr) == (0, "")
        program(tmp_path, "raw", "--out", "usual")
        assert outputs(tmp_path / "plain") == outputs(tmp_path / "usual")

    def test_runs_that_are_killed_lose_nothing(self, raw: Path, tmp_path: Path) -> None:
        chance, out = random.Random(7), tmp_path / "out"
        program(tmp_path, "raw", "--out", "out")
        for number in range(6):
            (raw / "new.txt").write_text(f"Report {number}")
            with subprocess.Popen(
                [COMMAND, "extract", raw, "--out", out, "--quiet"], stderr=subprocess.DEVNULL, start_new_session=True
            ) as started:
                time.sleep(chance.uniform(0.2, 2.5))
                started.send_signal(signal.SIGKILL)
            assert is_whole(out)
        program(tmp_path, "raw", "--out", "out")
        program(tmp_path, "raw", "--out", "fresh")
        assert outputs(out) == outputs(tmp_path / "fresh")

    def test_a_run_goes_on_where_it_was_killed(self, raw: Path, tmp_path: Path) -> None:
        (raw / "z.txt").write_text("".join(f"{n}. That ward {n} be noted.\n\n" for n in range(5_000)))
        with subprocess.Popen(
            [COMMAND, "extract", raw, "--out", "out", "--quiet", "--workers", "1"], cwd=tmp_path, start_new_session=True
        ) as started:
            kept: list[Path] = []
            while len(kept) < 4:
                assert started.poll() is None
                kept = [path for path in (tmp_path / "out" / WORK / "papers").glob("*/*") if len(path.name) == 40]
                time.sleep(0.02)
            started.send_signal(signal.SIGKILL)
        said = program(tmp_path, "raw", "--out", "out").stdout.splitlines()
        assert said[1].endswith("have not changed since the last run; only the others were read")
        assert int(said[1].partition(" ")[0]) >= 4


class TestInputs:
    def test_patterns(self, run: Run, rows: Rows, tmp_path: Path) -> None:
        for name in ("in/2006/a.txt", "in/2006/b.html", "in/2007/a.txt", "in/x[1].txt"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("<p>Report</p>")
        run("extract", "in/**/*.txt", "in/x[1].txt", "no*.txt", "--out", "in/out")
        assert [(row["source_path"], row["status"]) for row in rows("papers", "in/out")] == [
            ("2006/a.txt", "ok"),
            ("2007/a.txt", "ok"),
            ("x[1].txt", "ok"),
            ("x[1].txt", "ok"),
            ("no*.txt", "failed"),
        ]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
    def test_a_list(self, tmp_path: Path, end: str) -> None:
        (tmp_path / "a b.txt").write_text("Report")
        (tmp_path / "c.txt").write_text("Report")
        done = program(tmp_path, "-", "--out", "out", "--quiet", input=end.join(["a b.txt", "c.txt", "lost.txt", ""]))
        assert (done.returncode, done.stderr) == (
            1,
            "lost.txt: failed: there is no such file or folder; check the name\n",
        )
        assert (tmp_path / "out" / "papers.csv").read_text().count("\n") == 4

    def test_an_empty_list(self, tmp_path: Path) -> None:
        done = program(tmp_path, "-", "--out", "out", input="")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "the list on standard input is empty" in done.stderr

    def test_names_in_a_list_may_be_in_no_charset(self) -> None:
        assert [os.fsencode(path) for path in listed_inputs(b"caf\xe9.txt\nb\n")] == [b"caf\xe9.txt", b"b"]


def test_as_many_workers_as_there_are_cores() -> None:
    assert 1 <= workers() <= len(os.sched_getaffinity(0))
