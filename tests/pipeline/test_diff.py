"""Two runs compared: what was added, is gone or changed, and which rules are behind it."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli

Run = Callable[..., Result]

RAW = Path(__file__).parents[2] / "data" / "raw"
PLAN = """Objective 1: Support the governance role

Key actions/events:\tDeadline/date\tPerformance measure\tBudget
1. Keep a log\tSept 2006\tReport adopted\t£3,000
2. Agree a rota\tOngoing\tRota agreed\t£10,000
\t\tTOTAL\t£13,000
"""
WORK_PLAN = RAW / "community-engagement-work-plan-2006.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two papers in `raw` and the results in `old`: made once, copied for every test."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "raw").mkdir()
    (folder / "raw" / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "raw" / "report.txt").write_text("Report 8a\n\nThat it be noted.\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["extract", str(folder / "raw"), "--out", str(folder / "old"), "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def two(made: Path, tmp_path: Path) -> Path:
    """Two runs of the same two papers, in `old` and `new`."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    shutil.copytree(made / "old", tmp_path / "new")
    return tmp_path


@pytest.fixture
def plan(two: Path) -> Path:
    """The plan that both runs have read."""
    return two / "raw" / "plan.txt"


def again(run: Run, *arguments: str) -> None:
    assert run("extract", "raw", "--out", "new", "--quiet", *arguments).exit_code == 0


def records(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.usefixtures("two")
def test_the_same(run: Run) -> None:
    result = run("diff", "old", "new")
    assert (result.exit_code, result.output) == (0, "all papers are the same\n")
    assert records(run("diff", "old", "new", "--csv")) == []


@pytest.mark.usefixtures("two")
def test_a_value_that_changed_in_the_source(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("£3,000", "£3,500"), encoding="utf-8")
    again(run)
    result = run("diff", "old", "new", "--table", "work_plan", "--table", "checks", "--table", "papers")
    assert result.exit_code == 1
    assert "papers: 1 changed, 0 added, 0 gone\n  1 of them with another file\n" in result.stdout
    assert "  work_plan 1 | 1, line 4, characters 1-13\n    budget: '£3,000' -> '£3,500'\n" in result.stdout
    assert "    budget_gbp: '3000' -> '3500'\n" in result.stdout
    assert "    status: 'agrees' -> 'differs'\n" in result.stdout


def test_the_rule_behind_a_change(run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "plan.txt").write_bytes(WORK_PLAN.read_bytes())
    run("extract", "raw", "--out", "old", "--quiet")
    again(run, "--without", "split-cells")
    found = records(run("diff", "old", "new", "--csv"))
    (changed,) = [row for row in found if row["row"] == "plan-table-01 row 2 column 2" and row["column"] == "text"]
    assert changed == {
        "paper_id": "plan",
        "table": "cells",
        "change": "changed",
        "place": "line 6, characters 76-88",
        "row": "plan-table-01 row 2 column 2",
        "column": "text",
        "before": "Sept 2006",
        "after": "ity Sept 2006",
        "rules": "split-cells",
    }
    lines = run("diff", "old", "new").stdout.splitlines()
    rules = next(line.split() for line in lines if line.startswith("split-cells"))
    assert int(rules[1]) == 0
    assert int(rules[2]) > 3
    assert int(rules[3]) > 10


@pytest.mark.usefixtures("two")
def test_papers_that_came_and_went_and_moved(run: Run, plan: Path) -> None:
    (plan.parent / "report.txt").rename(plan.parent / "moved.txt")
    (plan.parent / "further.txt").write_text("Another report\n", encoding="utf-8")
    again(run)
    result = run("diff", "old", "new")
    assert "papers: 0 changed, 2 added, 1 gone\n  the file of report is now moved\n" in result.stdout
    for line in ("further: added", "moved: added", "report: gone"):
        assert f"\n{line}\n" in result.stdout
    assert {(row["paper_id"], row["change"]) for row in records(run("diff", "old", "new", "--csv"))} == {
        ("further", "added"),
        ("moved", "added"),
        ("report", "gone"),
    }


@pytest.mark.usefixtures("two")
def test_a_paper_with_another_status(run: Run, plan: Path) -> None:
    (plan.parent / "report.txt").write_bytes(b"")
    run("extract", "raw", "--out", "new", "--quiet")
    result = run("diff", "old", "new", "--paper", "report")
    assert "  1 of them with another status\n" in result.stdout
    assert "    status: 'ok' -> 'no_text'\n" in result.stdout
    assert run("diff", "old", "new", "--paper", "plan").exit_code == 0


@pytest.mark.usefixtures("two")
def test_the_detail_is_limited(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("£3,000", "£3,500"), encoding="utf-8")
    again(run)
    result = run("diff", "old", "new", "--limit", "3")
    assert result.stdout.splitlines()[-1].endswith("add --limit 0 for all, or choose with --table and --paper")
    full = run("diff", "old", "new", "--limit", "0").stdout
    assert "--limit" not in full
    assert len(full) > len(result.stdout)


@pytest.mark.usefixtures("two")
def test_a_column_that_only_one_run_has_is_said(run: Run, two: Path) -> None:
    path = two / "new" / "papers.csv"
    text = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\r\n".join(f"{line},{'colour' if n == 0 else 'red'}" for n, line in enumerate(text)) + "\r\n")
    (two / "new" / "links.csv").unlink()
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    assert "the column papers.colour is in new only\nthe table links is in old only\n" in result.stdout


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old", "nowhere"], "nowhere: this is no folder of results, it has no papers.csv"),
        (["raw", "new"], "raw: this is no folder of results"),
        (["old", "new", "--table", "x"], "--table x: there is no such table; choose from papers, sections"),
        (["old"], "Missing argument 'NEW'"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], said: str) -> None:
    result = run("diff", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.parametrize(
    "content", [b"a,b\r\n1\r\n", b"\xff\xfe", b'paper_id,source_path\r\n"x', b"", b"a,b\r\n1,2\r\n"]
)
def test_a_file_that_is_damaged(run: Run, two: Path, content: bytes) -> None:
    (two / "new" / "papers.csv").write_bytes(content)
    result = run("diff", "old", "new")
    assert (result.exit_code, result.stderr.count("\n"), result.stdout) == (2, 1, "")


def test_rows_that_belong_to_no_paper(run: Run, two: Path) -> None:
    path = two / "new" / "links.csv"
    path.write_text(path.read_text(encoding="utf-8") + "ghost,ghost.txt,,,,,\r\n", encoding="utf-8", newline="")
    result = run("diff", "old", "new")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "links.csv: its rows do not stand in the order of papers.csv" in result.stderr


def test_papers_in_another_order(run: Run, two: Path) -> None:
    path = two / "new" / "papers.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *reversed(rows)]), encoding="utf-8", newline="")
    result = run("diff", "old", "new")
    assert result.exit_code == 2
    assert "its papers stand in another order than those of old" in result.stderr
