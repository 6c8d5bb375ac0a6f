"""A second run reads only what has changed, and makes the very bytes that a fresh run makes."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import job
from pipeline.inputs import Input
from pipeline.sources import is_unchanged, load
from publish.staging import WORK, Staging

Run = Callable[..., Result]

NOTHING = "nothing has changed since the last run"


def outputs(out: Path) -> dict[str, bytes]:
    files = [path for path in out.rglob("*") if path.is_file() and WORK not in path.parts]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def raw(tmp_path: Path, plan: Path) -> Path:
    """Three papers, and an archive."""
    (plan.parent / "report.txt").write_text("Report 8a\n\nA. Recommendation\n\nThat members note it.\n")
    (plan.parent / "page.html").write_text("<html><body><table><tr><td>a<td>1<tr><td>b<td>2</table></body></html>")
    with zipfile.ZipFile(plan.parent / "more.zip", "w") as archive:
        archive.writestr("a.txt", "Report 9")
    assert tmp_path in plan.parents
    return plan.parent


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the papers that runs have really read."""
    names: list[str] = []
    take = job.Job._take

    def noted(self: job.Job, item: Input, answer: bytes | None, *others: object) -> object:
        if answer is not None:
            names.append(item.paper_id)
        return take(self, item, answer, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(job.Job, "_take", noted)
    yield names


def edit(raw: Path) -> None:
    (raw / "report.txt").write_text("Report 8b\n\nA. Recommendation\n\nThat members note it.\n")


def rule_on(raw: Path) -> None:
    ruling = '[[ruling]]\nprinted = "Keep a log"\nreads = "Keep the log"\nwhy = "seen"\nby = "me"\nwhen = 2026-11-22\n'
    (raw / "plan.toml").write_text(ruling)


def grow_archive(raw: Path) -> None:
    with zipfile.ZipFile(raw / "more.zip", "a") as archive:
        archive.writestr("b.txt", "Report 10")


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "a paper is edited": (edit, ["report"]),
    "a paper is added": (lambda raw: (raw / "new.txt").write_text("Report 11"), ["new"]),
    "a paper is removed": (lambda raw: (raw / "report.txt").unlink(), []),
    "a paper is renamed": (lambda raw: (raw / "report.txt").rename(raw / "named.txt"), ["named"]),
    "a paper is touched": (lambda raw: os.utime(raw / "report.txt", (1, 1)), []),
    "a person rules on one": (rule_on, ["plan"]),
    "an archive grows": (grow_archive, ["more-zip-a", "more-zip-b"]),
    "another of the same name": (lambda raw: (raw / "plan.html").write_text("<p>Report"), ["plan-html", "plan-txt"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_outputs_are_those_of_a_fresh_run(
    run: Run, raw: Path, tmp_path: Path, read: list[str], change: str
) -> None:
    run("extract", "raw", "--out", "out")
    read.clear()
    act, concerned = CHANGES[change]
    act(raw)
    run("extract", "raw", "--out", "out")
    assert read == concerned
    run("extract", "raw", "--out", "fresh")
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")
    assert NOTHING in run("extract", "raw", "--out", "out").stdout


def test_nothing_is_read_if_nothing_has_changed(run: Run, raw: Path, tmp_path: Path, read: list[str]) -> None:
    (raw / "empty.txt").touch()
    (raw / "lost.txt").symlink_to("nowhere")
    first = run("extract", "raw", "--out", "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    read.clear()
    second = run("extract", "raw", "--out", "out")
    assert (second.exit_code, read) == (first.exit_code, []) == (1, [])
    assert second.stdout.splitlines()[0].startswith(NOTHING)
    assert second.stdout.splitlines()[1:] == first.stdout.splitlines()
    assert second.stderr == "".join(line for line in first.stderr.splitlines(True) if " papers" not in line)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before
    assert NOTHING not in run("extract", "raw", "--out", "out", "--fresh").stdout
    assert len(read) == 6


@pytest.mark.usefixtures("raw")
@pytest.mark.parametrize("options", [["--excel-csv"], ["--without", "html-entities"], ["--row-limit", "999"]])
def test_other_options_are_another_run(run: Run, tmp_path: Path, read: list[str], options: list[str]) -> None:
    run("extract", "raw", "--out", "out")
    read.clear()
    run("extract", "raw", "--out", "out", *options)
    assert len(read) == 4
    run("extract", "raw", "--out", "fresh", *options)
    assert outputs(tmp_path / "out") == outputs(tmp_path / "fresh")


@pytest.mark.usefixtures("raw")
@pytest.mark.parametrize("name", ["papers.csv", "papers/plan/plan.xlsx", "manifest.json"])
def test_outputs_that_somebody_changed_are_made_again(run: Run, tmp_path: Path, read: list[str], name: str) -> None:
    run("extract", "raw", "--out", "out")
    whole = outputs(tmp_path / "out")
    read.clear()
    for content in (b"spoilt", None):
        if content is None:
            (tmp_path / "out" / name).unlink()
        else:
            (tmp_path / "out" / name).write_bytes(content)
        run("extract", "raw", "--out", "out")
        assert outputs(tmp_path / "out") == whole
    assert read == []


@pytest.mark.usefixtures("raw")
def test_a_paper_in_the_store_that_is_damaged_is_read_again(run: Run, tmp_path: Path, read: list[str]) -> None:
    run("extract", "raw", "--out", "out")
    whole = outputs(tmp_path / "out")
    kept = [path for path in (tmp_path / "out" / WORK / "papers").rglob("*") if path.is_file()]
    assert len(kept) == 4
    for path, at in zip(kept, (10, 200, -1, 0), strict=True):
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data[: None if at else 5])
    (tmp_path / "out" / "papers.csv").unlink()
    read.clear()
    run("extract", "raw", "--out", "out")
    assert outputs(tmp_path / "out") == whole
    assert NOTHING in run("extract", "raw", "--out", "out").stdout


@pytest.mark.usefixtures("raw")
@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + bytes(9_000)])
def test_what_is_known_of_the_last_run_may_be_damaged(run: Run, tmp_path: Path, content: bytes | None) -> None:
    run("extract", "raw", "--out", "out")
    whole = outputs(tmp_path / "out")
    ledger = tmp_path / "out" / WORK / "last-run.sqlite"
    if content is None:
        shutil.rmtree(tmp_path / "out" / WORK)
    else:
        ledger.write_bytes(content)
    run("extract", "raw", "--out", "out")
    assert outputs(tmp_path / "out") == whole
    assert NOTHING in run("extract", "raw", "--out", "out").stdout


@pytest.mark.usefixtures("raw")
def test_papers_that_are_no_more_leave_the_store(run: Run, tmp_path: Path) -> None:
    run("extract", "raw", "--out", "out")
    run("extract", "raw/plan.txt", "--out", "out")
    assert len([path for path in (tmp_path / "out" / WORK / "papers").rglob("*") if path.is_file()]) == 1


@pytest.mark.usefixtures("raw")
def test_two_runs_at_once_into_one_folder(run: Run, tmp_path: Path) -> None:
    run("extract", "raw", "--out", "out")
    before = outputs(tmp_path / "out")
    (tmp_path / "raw" / "new.txt").write_text("Report 11")
    first = Staging(tmp_path / "out")
    second = run("extract", "raw", "--out", "out")
    assert second.exit_code == 1
    assert second.stderr == (
        "committee-papers: another run is writing into out: wait for it, or choose another folder with --out\n"
    )
    assert outputs(tmp_path / "out") == before
    first.discard()
    assert run("extract", "raw", "--out", "out").exit_code == 0


class TestMarks:
    """Whether a file has changed is told without reading it, unless its times can't tell."""

    def test_a_change_within_one_tick_of_the_clock(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text("Report 1")
        item, times = Input(path, "a.txt", "a"), path.stat()
        mark = load(item).mark
        path.write_text("Report 2")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert not is_unchanged(mark, item, times.st_mtime_ns)

    def test_an_old_file_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.txt"
        path.write_text("Report 1")
        item, mark = Input(path, "a.txt", "a"), load(Input(path, "a.txt", "a")).mark
        monkeypatch.setattr(Path, "open", None)
        assert is_unchanged(mark, item, path.stat().st_ctime_ns + 3_000_000_000)

    @pytest.mark.parametrize("jump", [-(10**18), 10**18])
    def test_a_clock_that_jumps(self, tmp_path: Path, jump: int) -> None:
        """A file from the future is read again; one from the past is told by its hash or its times."""
        path = tmp_path / "a.txt"
        path.write_text("Report 1")
        os.utime(path, ns=(10**18, max(0, 10**18 + jump)))
        item, mark = Input(path, "a.txt", "a"), load(Input(path, "a.txt", "a")).mark
        assert is_unchanged(mark, item, path.stat().st_ctime_ns)
        path.write_text("Report 2")
        os.utime(path, ns=(10**18, max(0, 10**18 + jump)))
        assert not is_unchanged(mark, item, path.stat().st_ctime_ns)

    def test_a_trouble_that_is_gone(self, tmp_path: Path) -> None:
        item = Input(tmp_path / "a.txt", "a.txt", "a")
        mark = '["trouble", "the file can\'t be read (No such file or directory); check its permissions"]'
        assert not is_unchanged(mark, item, 0)
        (tmp_path / "a.txt").mkdir()
        assert is_unchanged('["trouble", "this is not a regular file; remove it from the folder"]', item, 0)
        (tmp_path / "a.txt").rmdir()
        (tmp_path / "a.txt").write_text("Report")
        assert not is_unchanged('["trouble", "this is not a regular file; remove it from the folder"]', item, 0)
