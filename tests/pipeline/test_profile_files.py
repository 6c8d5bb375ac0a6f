"""Profiles that a person adds to a run, in a folder of their own."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

RISKS = """name = "risk_register"
title = "Risk register"
required = ["action", "owner"]
[group]
words = ["Risk area"]
labels = []
[total]
words = []
[columns.action]
type = "text"
headers = ["Risk"]
[columns.owner]
type = "text"
headers = ["Owner"]
"""
REGISTER = "Risk area 2: Buildings\nRisk\tOwner\n1. Fire\tClerk\n2. Flood\tTreasurer\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of profiles, beside a folder of papers with one register."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "register.txt").write_text(REGISTER, encoding="utf-8")
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "risks.toml").write_text(RISKS, encoding="utf-8")
    return folder


@pytest.mark.parametrize("given", ["profiles", "profiles/risks.toml"])
@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.usefixtures("folder")
def test_a_run_reads_with_them(run: Run, rows: Rows, given: str, workers: str) -> None:
    assert run("extract", "raw", "--out", "out", "--profiles", given, "--workers", workers).exit_code == 0
    assert [(row["objective_number"], row["objective_title"], row["action"]) for row in rows("work_plan")] == [
        ("2", "Buildings", "Fire"),
        ("2", "Buildings", "Flood"),
    ]
    assert [row["profile"] for row in rows("tables")] == ["risk_register"]


@pytest.mark.usefixtures("folder")
def test_a_run_without_them_does_not_know_them(run: Run, rows: Rows) -> None:
    assert run("extract", "raw", "--out", "out", "--profiles", "profiles").exit_code == 0
    assert len(rows("work_plan")) == 2
    assert run("extract", "raw", "--out", "out").exit_code == 0
    assert rows("work_plan") == []


def test_a_changed_profile_is_read_again_and_stands_in_the_manifest(run: Run, rows: Rows, folder: Path) -> None:
    run("extract", "raw", "--out", "out", "--profiles", "profiles")
    manifests = [(folder.parent / "out" / "manifest.json").read_text(encoding="utf-8")]
    (folder / "risks.toml").write_text(RISKS.replace('"Risk area"', '"Area"'), encoding="utf-8")
    run("extract", "raw", "--out", "out", "--profiles", "profiles")
    manifests.append((folder.parent / "out" / "manifest.json").read_text(encoding="utf-8"))
    first, second = (json.loads(text)["libraries"]["profile risks.toml"] for text in manifests)
    assert first != second
    assert {row["objective_title"] for row in rows("work_plan")} == {""}


def test_a_profile_by_the_name_of_one_of_the_program_takes_its_place(run: Run, rows: Rows, folder: Path) -> None:
    (folder / "risks.toml").write_text(RISKS.replace("risk_register", "work_plan"), encoding="utf-8")
    run("extract", "raw", "--out", "out", "--profiles", "profiles")
    assert [row["profile"] for row in rows("tables")] == ["work_plan"]


@pytest.mark.usefixtures("folder")
def test_explain_reads_with_them_too(run: Run) -> None:
    assert "objective 2, action 1" in run("explain", "raw/register.txt", "Fire", "--profiles", "profiles").stdout
    assert "objective" not in run("explain", "raw/register.txt", "Fire").stdout


@pytest.mark.parametrize("command", [["extract", "raw", "--out", "out"], ["explain", "raw/register.txt"]])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (RISKS.replace('"owner"]', '"holder"]'), "the profile bad.toml has no column 'holder'"),
        ("x = ", "the profile bad.toml is not valid TOML"),
        (RISKS, "has the name 'risk_register', as another profile has"),
        ("#" * 1_000_001, "is too large to be a profile"),
        (None, "there is no profile in profiles; put a .toml file there"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Run, folder: Path, command: list[str], content: str | None, said: str
) -> None:
    if content is None:
        (folder / "risks.toml").unlink()
    else:
        (folder / "bad.toml").write_text(content, encoding="utf-8")
    result = run(*command, "--profiles", "profiles")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert said in result.stderr
    assert not (folder.parent / "out").exists()


@pytest.mark.usefixtures("folder")
def test_a_folder_that_is_not_there(run: Run) -> None:
    result = run("extract", "raw", "--out", "out", "--profiles", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere can't be read" in result.stderr


def test_a_draft_can_be_used_as_it_stands(run: Run, folder: Path) -> None:
    (folder / "risks.toml").unlink()
    drafted = run("new-profile", "raw", "--name", "risks", "--out", "profiles/risks.toml")
    assert drafted.exit_code == 0, drafted.stderr
    run("extract", "raw", "--out", "out", "--profiles", "profiles")
    with (folder.parent / "out" / "work_plan.csv").open(encoding="utf-8", newline="") as file:
        assert [row["action"] for row in csv.DictReader(file)] == ["Fire", "Flood"]
