"""The options that choose formats, and the command that explains the columns."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import cli

PAPER = "Report 8a of the 28 September 2006 meeting of the MPA Committee\n\nA. Recommendation\nThat members note it.\n"


def test_a_run_writes_a_database_if_asked(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(PAPER, encoding="utf-8")
    out = tmp_path / "out"
    result = CliRunner().invoke(
        cli, ["extract", str(tmp_path / "report.txt"), "--out", str(out), "--sqlite", "--quiet"]
    )
    assert result.exit_code == 0, result.output
    with closing(sqlite3.connect(out / "papers.sqlite")) as database:
        assert database.execute("SELECT paper_id, status FROM papers").fetchall() == [("report", "ok")]


def test_the_columns_are_listed_with_their_meaning() -> None:
    result = CliRunner().invoke(cli, ["columns"])
    assert "work_plan.budget_gbp (number): Budget in pounds. Empty: no sum was printed" in result.output


def test_the_page_of_columns_is_what_stands_in_the_manual() -> None:
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert CliRunner().invoke(cli, ["columns", "--markdown"]).output == page.read_text(encoding="utf-8")


def test_a_run_writes_an_opendocument_spreadsheet_if_asked(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(PAPER, encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["extract", str(tmp_path / "report.txt"), "--out", str(out), "--quiet"]
    result = CliRunner().invoke(cli, [*arguments, "--ods"])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(out / "papers.ods") as archive:
        assert "That members note it." in archive.read("content.xml").decode()
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert "papers.ods" in [output["path"] for output in listed]
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert not (out / "papers.ods").exists()
