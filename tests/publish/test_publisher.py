"""A run is published whole or not at all, twice the same, and touches nothing that is not its own."""

import hashlib
import json
import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from papers.records import Records, Row
from publish.errors import ContractError, PublishError
from publish.finished import Finished, finish
from publish.publisher import Publisher
from publish.staging import WORK, Staging

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def contents(out: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too, but for those in the program's own folder."""
    files = [path for path in sorted(out.rglob("*")) if path.is_file()]
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
    return {path: content for path, content in found.items() if not path.startswith(f"{WORK}/")}


def finished(records: Records) -> Finished:
    with tempfile.TemporaryDirectory() as scratch:
        return finish(records, Path(scratch))


def left_over(out: Path) -> list[str]:
    """What a run left in the program's own folder that no run needs."""
    return sorted({path.name for path in (out / WORK).iterdir()} - {"lock", ".gitignore", "last-run.sqlite"})


def publisher(out: Path) -> Publisher:
    return Publisher(out, version="0.1.0", libraries={})


def test_two_runs_write_the_same_bytes(publish: Publish, paper: MakePaper, unread: Records, tmp_path: Path) -> None:
    first = contents(publish(paper("a"), unread, paper("b"), out=tmp_path / "first", excel_csv=True))
    second = contents(publish(paper("a"), unread, paper("b"), out=tmp_path / "second", excel_csv=True))
    assert first == second
    assert contents(publish(paper("a"), unread, paper("b"), out=tmp_path / "first", excel_csv=True)) == first


def test_the_manifest_lists_what_was_read_and_written(publish: Publish, paper: MakePaper, unread: Records) -> None:
    out = publish(paper("b"), unread, excel_csv=True)
    text = (out / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert (manifest["program"], manifest["version"]) == ("committee-papers", "0.1.0")
    assert manifest["libraries"] == {"XlsxWriter": "3"}
    assert [each["paper_id"] for each in manifest["inputs"]] == ["b", "locked"]
    assert manifest["inputs"][0] == {
        "paper_id": "b",
        "source_path": "2006/b.pdf",
        "sha256": "0" * 64,
        "status": "ok",
        "versions": {"rules": "0.1.0"},
    }
    files = contents(out)
    assert {each["path"] for each in manifest["outputs"]} == files.keys() - {"manifest.json"}
    for each in manifest["outputs"]:
        content = files[each["path"]]
        assert (each["bytes"], each["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    rows = {each["path"]: each.get("rows") for each in manifest["outputs"]}
    assert (rows["papers.csv"], rows["figures.csv"], rows["excel-csv/figures.csv"]) == (2, 3, 3)
    assert rows["papers/b/table-01.csv"] == 5
    assert rows["papers.xlsx"] is None
    assert str(out) not in text
    assert list(manifest) == sorted(manifest)


def test_a_run_that_breaks_off_leaves_the_old_outputs_whole(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"))
    before = contents(out)

    def run() -> None:
        with publisher(out) as begun:
            begun.add(finished(paper("b")))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert contents(out) == before


def test_nothing_is_in_place_before_the_end(paper: MakePaper, tmp_path: Path) -> None:
    with publisher(tmp_path) as begun:
        begun.add(finished(paper("a")))
        assert [path.name for path in tmp_path.iterdir()] == [WORK]
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("failing", ["figures.csv", "papers/a/a.xlsx", "manifest.json"])
def test_a_move_that_fails_is_undone(publish: Publish, paper: MakePaper, failing: str) -> None:
    out = publish(paper("a"), paper("gone"))
    target = out / failing
    before = contents(out)
    kept = target.read_bytes()
    target.unlink()
    target.mkdir()  # stands for a file that another program holds open, as Excel does on Windows
    with pytest.raises(PublishError, match="can't write into the output folder"), publisher(out) as begun:
        begun.add(finished(paper("a")))
        begun.add(finished(paper("new")))
    target.rmdir()
    target.write_bytes(kept)
    assert contents(out) == before


def test_outputs_of_the_run_before_that_are_no_more_are_removed(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), paper("b"), excel_csv=True)
    (out / "notes.txt").write_text("mine")
    (out / "papers/b/notes.txt").write_text("mine")
    publish(paper("c"), out=out)
    assert not (out / "papers/a").exists()
    assert not (out / "excel-csv").exists()
    assert [path.name for path in (out / "papers/b").iterdir()] == ["notes.txt"]
    assert (out / "notes.txt").exists()
    assert (out / "papers/c/table-01.csv").exists()


@pytest.mark.parametrize(
    "manifest",
    [
        '{"program": "committee-papers", "outputs": [{"path": "../mine.txt"}, {"path": "/etc/hostname"}, {"path": 5}]}',
        '{"program": "committee-papers", "outputs": [{"path": "link/mine.txt"}, {"path": "."}, {"path": ""}, 7]}',
        '{"program": "committee-papers", "outputs": {"path": "mine.txt"}}',
        '{"program": "another", "outputs": [{"path": "mine.txt"}]}',
        "[]",
        "no json",
    ],
)
def test_a_strange_manifest_removes_nothing(publish: Publish, paper: MakePaper, tmp_path: Path, manifest: str) -> None:
    out, outside = tmp_path / "out", tmp_path / "mine.txt"
    out.mkdir()
    outside.write_text("mine")
    (out / "mine.txt").write_text("mine")
    (out / "link").symlink_to(tmp_path)
    (out / "manifest.json").write_text(manifest)
    publish(paper("a"), out=out)
    assert outside.exists()
    assert (out / "mine.txt").exists()


def test_what_a_dead_run_left_is_removed_and_a_living_run_is_let_be(paper: MakePaper, tmp_path: Path) -> None:
    (tmp_path / WORK / "run" / "out" / "papers").mkdir(parents=True)
    (tmp_path / WORK / "run" / "out" / "papers.csv").write_text("half of")
    (tmp_path / WORK / "lock").touch()
    with publisher(tmp_path) as first:
        with pytest.raises(PublishError, match="another run is writing into"), publisher(tmp_path):
            raise AssertionError("two runs at once")
        first.add(finished(paper("b")))
    assert (tmp_path / "papers/b").exists()
    assert not (tmp_path / "papers/a").exists()
    assert left_over(tmp_path) == []


def test_a_run_that_is_killed_while_files_are_moved_is_finished_by_the_next(
    publish: Publish, paper: MakePaper, tmp_path: Path
) -> None:
    """At every move: the files are whole, there is no manifest to say that they belong together, and no doubt after."""
    with publisher(tmp_path / "new") as begun:
        begun.add(finished(paper("b")))
        begun.add(finished(paper("c")))
    new, killed = contents(tmp_path / "new"), 0
    for moves in range(1, len(new) + 2, 4):
        out = publish(paper("a"), paper("b"), out=tmp_path / f"after-{moves}")
        before = contents(out)
        child = os.fork()
        if not child:
            _publish_until_killed(out, [paper("b"), paper("c")], moves)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
        killed += 1
        found = contents(out)
        assert "manifest.json" not in found
        assert all(content in {before.get(path), new.get(path)} for path, content in found.items())
        Staging(out).discard()
        assert contents(out) == new
    assert killed > 4


def _publish_until_killed(out: Path, papers: Sequence[Records], moves: int) -> None:
    """Publish papers, in a process that is killed after so many files have been moved."""
    move, moved = Path.replace, 0

    def counted(path: Path, target: Path) -> Path:
        nonlocal moved
        if moved == moves:
            os.kill(os.getpid(), signal.SIGKILL)
        moved += 1
        return move(path, target)

    Path.replace = counted  # type: ignore[method-assign, assignment]
    with publisher(out) as begun:
        for each in papers:
            begun.add(finished(each))
    os._exit(0)


def test_a_paper_with_a_defect_leaves_no_trace(paper: MakePaper, row: MakeRow, tmp_path: Path) -> None:
    bad = row("figures", "bad", table_id="t1", row_type="sum")
    with publisher(tmp_path) as begun:
        begun.add(finished(paper("a")))
        with pytest.raises(ContractError):
            begun.add(finished(paper("bad", {"figures": (bad,)})))
        begun.add(finished(paper("b")))
    files = contents(tmp_path)
    assert not [name for name, content in files.items() if name.endswith((".csv", ".json")) and b"bad" in content]
    assert not (tmp_path / "papers/bad").exists()


@pytest.mark.parametrize("paper_id", ["..", ".", "a/b", "../a", "a\\b", "c:a", ""])
def test_a_paper_id_never_leads_out_of_the_folder(
    publish: Publish, paper: MakePaper, tmp_path: Path, paper_id: str
) -> None:
    with pytest.raises(ContractError):
        publish(paper(paper_id))
    assert not contents(tmp_path / "out")


def test_a_paper_is_added_once_and_has_one_row(publish: Publish, paper: MakePaper) -> None:
    with pytest.raises(ContractError, match="added twice"):
        publish(paper("a"), paper("a"))
    with pytest.raises(ContractError, match="0 rows in papers"):
        publish(paper("a", {"papers": ()}))


@pytest.mark.parametrize("below", ["", "below", "far/below"])
def test_an_output_folder_that_cannot_be_made_is_said_in_one_line(
    publish: Publish, paper: MakePaper, tmp_path: Path, below: str
) -> None:
    (tmp_path / "taken").write_text("a file")
    out = tmp_path / "taken" / below
    with pytest.raises(PublishError) as caught:
        publish(paper(), out=out)
    said = str(caught.value)
    assert str(out) in said
    assert "--out" in said
    assert "\n" not in said


def test_a_full_disk_is_said_in_one_line(publish: Publish, paper: MakePaper, monkeypatch: pytest.MonkeyPatch) -> None:
    out = publish(paper("a"))
    before = contents(out)

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PublishError, match="No space left on device"):
        publish(paper("b"))
    monkeypatch.undo()
    assert contents(out) == before


def test_papers_are_taken_inside_the_with_statement_only(paper: MakePaper, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        publisher(tmp_path).add(finished(paper()))
    begun = publisher(tmp_path)
    with begun:
        begun.close()
        begun.close()
    assert (tmp_path / "manifest.json").exists()
