"""The command line: what it answers, with which exit status, and that no trouble is ever a traceback."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from normalise.rules import RULES
from papers.errors import PaperError
from papers.records import Records
from pipeline import batch
from pipeline.batch import finish_one, read_file, read_one
from pipeline.facsimile import Facsimile
from pipeline.inputs import Input
from pipeline.options import Options
from pipeline.rows import records
from pipeline.run import Reading
from publish.packing import unpack
from publish.staging import WORK

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

COMMAND = Path(sys.executable).with_name("committee-papers")
RAW = Path(__file__).parents[2] / "data" / "raw"


def program(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    return subprocess.run([COMMAND, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, but for those in the program's own folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class TestExitStatus:
    @pytest.mark.usefixtures("plan")
    def test_every_paper_was_read(self, run: Run) -> None:
        result = run("extract", "raw", "--out", "out")
        assert (result.exit_code, result.stderr) == (0, "")

    def test_some_paper_was_not(self, run: Run, plan: Path, rows: Rows) -> None:
        (plan.parent / "data.json").write_text('{"a": 1}')
        result = run("extract", "raw", "--out", "out")
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert [row["status"] for row in rows("papers")] == ["unsupported", "ok"]

    @pytest.mark.usefixtures("plan")
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(["nope"], "No such command 'nope'", id="a command that is none"),
            pytest.param(["extract", "raw", "--nope"], "No such option", id="an option that is none"),
            pytest.param(["extract", "raw", "--workers", "0"], "0 is not in the range", id="no workers"),
            pytest.param(["extract", "raw", "--workers", "two"], "not a valid integer", id="words for workers"),
            pytest.param(["extract", "raw", "--without", "x"], "--without x: there is no such rule", id="a rule"),
            pytest.param(["extract", "nope"], "nope: there is no such file or folder", id="a missing input"),
            pytest.param(["extract", "raw/plan.txt/x"], "there is no such file", id="a file taken for a folder"),
            pytest.param(["extract", "a" * 300], "File name too long", id="a name that is too long"),
            pytest.param(["extract"], "data/raw: there is no such file or folder", id="nothing where papers belong"),
            pytest.param(["extract", "empty"], "empty: no papers are in this folder", id="an empty folder"),
            pytest.param(["extract", "raw", "--out", "raw"], "this is the folder of the papers", id="out is in"),
            pytest.param(["extract", "raw", "--out", "link"], "this is the folder of the papers", id="by a link"),
            pytest.param(["explain"], "Missing argument 'PAPER'", id="explain nothing"),
            pytest.param(["explain", "nope"], "there is no such file", id="explain a missing paper"),
            pytest.param(["explain", "raw"], "this is a folder", id="explain a folder"),
        ],
    )
    def test_wrong_usage(self, run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "link").symlink_to("raw")
        before = contents(tmp_path)
        result = run(*arguments)
        assert result.exit_code == 2
        assert said in result.stderr
        assert result.stdout == ""
        assert contents(tmp_path) == before

    @pytest.mark.parametrize(
        ("total", "status"), [("£13,000", 0), ("£13,500", 3), ("£13,OOO", 3)], ids=["agrees", "differs", "unreadable"]
    )
    def test_strict(self, run: Run, plan: Path, total: str, status: int) -> None:
        plan.write_text(plan.read_text(encoding="utf-8").replace("£13,000", total), encoding="utf-8")
        assert run("extract", "raw", "--out", "out").exit_code == 0
        assert run("extract", "raw", "--out", "out", "--strict").exit_code == status

    def test_strict_when_some_paper_was_not_read(self, run: Run, plan: Path) -> None:
        plan.write_text(plan.read_text(encoding="utf-8").replace("£13,000", "£1"), encoding="utf-8")
        (plan.parent / "empty.txt").touch()
        assert run("extract", "raw", "--out", "out", "--strict").exit_code == 1

    @pytest.mark.usefixtures("plan")
    def test_results_that_can_not_be_written(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        for out in ("file", "file/below"):
            result = run("extract", "raw", "--out", out)
            assert result.exit_code == 1
            assert result.stderr.startswith(f"committee-papers: can't write into the output folder {out}")
            assert result.stderr.count("\n") == 1
        assert (tmp_path / "file").read_text() == "mine"


class TestOutput:
    def test_what_is_published(self, run: Run, plan: Path, rows: Rows) -> None:
        run("extract", "raw", "--out", "out")
        (paper,) = rows("papers")
        assert (paper["paper_id"], paper["source_path"], paper["status"]) == ("plan", "plan.txt", "ok")
        assert paper["source_sha256"] == hashlib.sha256(plan.read_bytes()).hexdigest()
        assert [(row["objective_number"], row["action"], row["budget_gbp"]) for row in rows("work_plan")] == [
            ("1", "Keep a log", "3000"),
            ("1", "Agree a rota", "10000"),
        ]
        assert [(row["stated"], row["status"]) for row in rows("checks")] == [("13000", "agrees")]

    @pytest.mark.usefixtures("plan")
    def test_the_summary_ends_with_the_next_step(self, run: Run) -> None:
        lines = run("extract", "raw", "--out", "out").stdout.splitlines()
        assert lines[0] == "1 paper: 1 read"
        assert lines[-1].startswith("open out/papers.xlsx")
        assert "explain" in lines[-1]

    @pytest.mark.usefixtures("plan")
    def test_quiet_says_nothing_when_all_is_well(self, run: Run) -> None:
        result = run("extract", "raw", "--out", "out", "--quiet")
        assert (result.exit_code, result.output) == (0, "")

    def test_quiet_still_tells_every_trouble(self, run: Run, plan: Path) -> None:
        for n in range(12):
            (plan.parent / f"{n:02}.txt").touch()
        result = run("extract", "raw", "--out", "out", "--quiet")
        assert result.stdout == ""
        assert result.stderr.splitlines() == [
            f"{n:02}.txt: no_text: the file is empty; fetch it again" for n in range(12)
        ]

    def test_a_long_run_says_how_far_it_is(self, run: Run, tmp_path: Path) -> None:
        for n in range(30):
            (tmp_path / f"{n:02}.txt").write_text("Report")
        assert "15 of 30 papers\n" in run("extract", ".", "--out", "out").stderr

    @pytest.mark.usefixtures("plan")
    def test_copies_for_excel(self, run: Run, tmp_path: Path) -> None:
        run("extract", "raw", "--out", "out", "--excel-csv")
        assert (tmp_path / "out" / "excel-csv" / "work_plan.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_rule_that_is_left_out(self, run: Run, plan: Path, rows: Rows) -> None:
        plan.write_text("**Report**\n\nR&amp;D\n", encoding="utf-8")
        run("extract", "raw", "--out", "out", "--without", "markdown-marks", "--without", "html-entities")
        assert [row["text"] for row in rows("sections")] == ["**Report**", "R&amp;D"]
        run("extract", "raw", "--out", "out")
        assert [row["rule"] for row in rows("repairs")] == ["markdown-marks", "html-entities"]

    def test_the_same_bytes_from_any_number_of_workers_and_a_second_time(
        self, run: Run, plan: Path, tmp_path: Path
    ) -> None:
        for n in range(5):
            (plan.parent / f"plan-{n}.txt").write_text(
                plan.read_text(encoding="utf-8") + f"\nText {n}.\n", encoding="utf-8"
            )
        (plan.parent / "empty.txt").touch()
        for out, workers in (("one", "1"), ("two", "2"), ("three", "3")):
            assert run("extract", "raw", "--out", out, "--workers", workers).exit_code == 1
        assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "three")
        before = contents(tmp_path / "one")
        run("extract", "raw", "--out", "one")
        assert contents(tmp_path / "one") == before

    def test_what_is_extracted_is_not_touched(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "papers"
        folder.mkdir()
        for path in sorted(RAW.glob("*.txt"))[:1]:
            (folder / path.name).write_bytes(path.read_bytes())
            (folder / path.name).chmod(0o444)
        before = contents(folder)
        folder.chmod(0o555)
        try:
            assert run("extract", folder, "--out", "out").exit_code == 0
        finally:
            folder.chmod(0o755)
        assert contents(folder) == before
        assert [path.name for path in tmp_path.iterdir()] == ["papers", "out"] or {
            p.name for p in tmp_path.iterdir()
        } == {"papers", "out"}

    def test_names_that_would_speak_to_the_terminal(self, run: Run, tmp_path: Path) -> None:
        name = "a\x1b[31m\nb.txt"
        (tmp_path / name).touch()
        result = run("extract", name, "--out", "out\x1b[2J")
        assert "\x1b" not in result.output
        assert result.stderr == "a\\x1b[31m\\nb.txt: no_text: the file is empty; fetch it again\n"
        assert "\\x1b[2J/papers.xlsx" in result.stdout
        assert "\x1b" not in run("extract", "no\x1b[31m", "--out", "out").output

    def test_names_in_no_charset(self, run: Run, rows: Rows) -> None:
        try:
            Path(os.fsdecode(b"caf\xe9.txt")).write_text("Report")
        except OSError:
            pytest.skip("this file system takes no such names")
        assert run("extract", ".", "--out", "out").exit_code == 0
        assert [(row["paper_id"], row["source_path"]) for row in rows("papers")] == [("caf", "caf\\udce9.txt")]


class TestDefects:
    """A defect of the program in one paper is that paper's trouble, and no other's."""

    def test_records_that_break_the_contract(self, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def unsound(reading: Reading, source: Facsimile) -> Records:
            made = records(reading, source)
            return replace(made, rows={**made.rows, "papers": ({**made.rows["papers"][0], "kind": "novel"},)})

        monkeypatch.setattr(batch, "records", unsound)
        finished, note = unpack(finish_one(Input(plan, "plan.txt", "plan"), Options()))
        assert finished.facts["status"] == "failed"
        assert "ContractError" in finished.facts["status_detail"]
        assert finished.facts["source_sha256"] == hashlib.sha256(plan.read_bytes()).hexdigest()
        assert finished.blocks.keys() == {"papers"}
        assert note["mark"]

    def test_an_exception(self, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(reading: Reading, _: Facsimile) -> Records:
            raise KeyError(reading.paper_id)

        monkeypatch.setattr(batch, "records", failing)
        (paper,) = read_one(Input(plan, "plan.txt", "plan")).rows["papers"]
        assert paper["status"] == "failed"
        assert paper["status_detail"] == (
            "the program failed on this paper (KeyError: 'plan'); please report it with the paper"
        )

    def test_an_exception_while_explaining(self, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def failing(*_: object) -> Reading:
            raise KeyError("oh")

        monkeypatch.setattr(batch, "read", failing)
        with pytest.raises(PaperError, match="the program failed on this paper"):
            read_file(Input(plan, "plan.txt", "plan"))


class TestRules:
    def test_every_rule_is_listed(self, run: Run) -> None:
        result = run("rules")
        assert result.exit_code == 0
        assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [rule.name for rule in RULES]

    def test_the_manual_page_tells_all(self, run: Run) -> None:
        page = run("rules", "--markdown").stdout
        for rule in RULES:
            assert f"\n## {rule.name}\n\n{rule.title}\n\n{rule.body}\n" in page

    def test_the_manual_page_that_is_committed_is_that_of_the_rules(self, run: Run) -> None:
        page = Path(__file__).parents[2] / "docs" / "rules.md"
        assert page.read_text(encoding="utf-8") == run("rules", "--markdown").stdout, "make docs"


class TestHelp:
    @pytest.mark.parametrize(
        "arguments", [["--help"], ["-h"], ["extract", "-h"], ["explain", "--help"], ["rules", "-h"]]
    )
    def test_every_command_explains_itself(self, run: Run, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")

    def test_the_version(self, run: Run) -> None:
        assert run("--version").stdout.startswith("committee-papers 0.")


class TestInstalled:
    """The installed program, once for each way it can end."""

    @pytest.mark.usefixtures("plan")
    def test_it_reads(self, tmp_path: Path) -> None:
        done = program("extract", "raw", "--out", "out", "--workers", "2", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "out" / "papers.xlsx").exists()

    def test_it_refuses(self, tmp_path: Path) -> None:
        (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
        done = program("extract", "photo.jpg", "--out", "out", cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr == "photo.jpg: unsupported: this is a picture (JPEG); save it as PDF, HTML or plain text\n"

    def test_it_speaks_any_language_on_a_poor_terminal(self, tmp_path: Path) -> None:
        (tmp_path / "plan.txt").write_text("R&amp;D for £5 – ok", encoding="utf-8")
        done = subprocess.run(
            [COMMAND, "explain", "plan.txt"],
            cwd=tmp_path,
            env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert "R&D for £5 – ok".encode() in done.stdout

    @pytest.mark.usefixtures("plan")
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
    def test_it_says_so_when_it_can_not_print(self, tmp_path: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [COMMAND, "extract", "raw", "--out", "out"],
                cwd=tmp_path,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
            )
        assert done.returncode == 1
        assert done.stderr == b"committee-papers: the system refused: No space left on device\n"
        assert (tmp_path / "out" / "papers.csv").exists()

    @pytest.mark.usefixtures("plan")
    def test_it_stops_quietly_when_nobody_listens(self, tmp_path: Path) -> None:
        done = subprocess.run(
            f"'{COMMAND}' rules | head -1", shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
