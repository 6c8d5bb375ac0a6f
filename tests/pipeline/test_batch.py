"""One file of a run: every input gets its row, whatever it is."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from papers.errors import PaperError
from papers.records import Records
from pipeline import batch
from pipeline.batch import finish_one, read_file, read_one
from pipeline.facsimile import Facsimile
from pipeline.inputs import Input, find_inputs
from pipeline.limits import Limits
from pipeline.options import Options
from pipeline.rows import records
from pipeline.run import Reading
from pipeline.sources import MAX_BYTES
from publish.packing import unpack

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]


def status(records: Records) -> tuple[str, str]:
    paper = records.rows["papers"][0]
    return str(paper["status"]), str(paper["status_detail"])


def test_every_input_gets_its_row(run: Run, rows: Rows, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a-sound.txt").write_text("Report: 8a")
    (folder / "b-empty.txt").touch()
    (folder / "c-blank.txt").write_text(" \n\t\n")
    (folder / "d-binary.txt").write_bytes(bytes(range(256)))
    (folder / "e-data.json").write_text('{"a": [1, 2]}')
    (folder / "f-photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    (folder / "g-report.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "h-page.html").write_text("<html><body>")
    (folder / "i-link").symlink_to(tmp_path / "nowhere")
    (folder / "j-loop").symlink_to(folder / "j-loop")
    os.mkfifo(folder / "k-pipe")
    (folder / "l-data.xml").write_text("<?xml version='1.0'?><a/>")
    (folder / "m-folder").symlink_to(tmp_path)
    (folder / "n-word.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (folder / ("o" * 251 + ".txt")).write_text("Report: 8a")
    result = run("extract", "in", "missing.txt", "in/b-empty.txt/x", "--out", "out")
    assert result.exit_code == 1
    found = {row["source_path"][:12]: (row["status"], row["status_detail"]) for row in rows("papers")}
    statuses = {name: status for name, (status, _) in found.items()}
    assert statuses.pop("g-report.pdf") in {"unsupported", "failed", "no_text"}
    assert statuses.pop("h-page.html") in {"unsupported", "no_text"}
    assert statuses == {
        "a-sound.txt": "ok",
        "b-empty.txt": "no_text",
        "c-blank.txt": "no_text",
        "d-binary.txt": "unsupported",
        "e-data.json": "unsupported",
        "f-photo.jpg": "unsupported",
        "i-link": "failed",
        "j-loop": "failed",
        "k-pipe": "failed",
        "l-data.xml": "unsupported",
        "m-folder": "failed",
        "n-word.doc": "unsupported",
        "o" * 12: "ok",
        "missing.txt": "failed",
        "x": "failed",
    }
    assert all(detail for status, detail in found.values() if status != "ok")
    troubles = result.stderr.splitlines()
    assert sum(" papers" not in line for line in troubles) == len(found) - 2
    assert "Traceback" not in result.output


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    item = Input(tmp_path, "folder", "folder")
    assert status(read_one(item)) == ("failed", "this is not a regular file; remove it from the folder")


def test_a_file_that_goes_away_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("Report")
    (item,) = find_inputs([tmp_path], tmp_path / "out")
    (tmp_path / "plan.txt").unlink()
    assert status(read_one(item))[0] == "failed"
    with pytest.raises(PaperError):
        read_file(item)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert status(read_one(Input(path, "plan.txt", "plan"))) == ("failed", "the file is larger than 200 MB; split it")


def test_a_paper_whose_rows_break_the_contract_is_told_and_keeps_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(reading: Reading, source: Facsimile) -> Records:
        found = records(reading, source)
        return replace(found, rows={**found.rows, "links": ({"paper_id": found.paper_id},)})

    (tmp_path / "plan.txt").write_text("Report")
    monkeypatch.setattr(batch, "records", broken)
    (item,) = find_inputs([tmp_path], tmp_path / "out")
    paper, _ = unpack(finish_one(item, Options()))
    assert paper.facts["status"] == "failed"
    assert "ContractError" in paper.facts["status_detail"]
    assert paper.facts["source_sha256"] == hashlib.sha256(b"Report").hexdigest()


def test_a_paper_that_is_nested_too_deeply(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(reading: Reading, source: Facsimile) -> Records:
        return failing(reading, source)

    (tmp_path / "plan.txt").write_text("Report")
    monkeypatch.setattr(batch, "records", failing)
    (item,) = find_inputs([tmp_path], tmp_path / "out")
    assert status(read_one(item)) == (
        "failed",
        "it is nested too deeply to be read; see whether it is the right file",
    )


def test_a_paper_whose_output_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("One\n\nTwo\n\nThree\n\nFour\n")
    (item,) = find_inputs([tmp_path], tmp_path / "out")
    whole = sum(map(len, read_one(item).rows.values()))
    assert status(read_one(item, Options(limits=Limits(rows=whole))))[0] == "ok"
    refused = read_one(item, Options(limits=Limits(rows=whole - 1)))
    assert status(refused) == (
        "failed",
        f"its output would have {whole} rows and cells, more than {whole - 1}; raise --row-limit if the paper is sound",
    )
    assert refused.rows["papers"][0]["source_sha256"]
    assert refused.rows.keys() == {"papers"}


def test_the_cells_of_a_wide_table_count_as_output(tmp_path: Path) -> None:
    """A few cells in a wide table make a long file, too."""
    wide = "<tr>" + "".join(f"<td>Ward {n}</td>" for n in range(90)) + "</tr>"
    row = "<tr><td>Camden</td><td>12</td></tr>"
    (tmp_path / "plan.html").write_text(f"<html><body><table>{wide}{row * 90}</table></body></html>")
    (item,) = find_inputs([tmp_path], tmp_path / "out")
    found = read_one(item, Options(limits=Limits(rows=2_000)))
    assert "rows and cells, more than 2,000" in status(found)[1]
