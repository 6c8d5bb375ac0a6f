"""Families of record tables: headers that are found, and profile files that are wrong."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from normalise.read.profiles import Profile, fold, parse, profiles
from papers.errors import PaperError

SRC = Path(__file__).parents[2] / "src"
WORK_PLAN = (SRC / "normalise" / "profiles" / "work_plan.toml").read_bytes()

REQUIRED = b'required = ["action", "deadline", "budget"]'

RISKS = b"""
name = "risk_register"
title = "Risk register"
required = ["action", "owner"]

[group]
words = ["Risk area"]
labels = []

[total]
words = []

[columns.action]
type = "text"
headers = ["Risk", "Description of risk"]

[columns.owner]
type = "text"
headers = ["Owner", "Risk owner"]
"""


@pytest.fixture
def plan() -> Profile:
    return parse("work_plan.toml", WORK_PLAN)


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "roles"),
        [
            pytest.param(
                ["Key actions/events:", "Deadline/date", "Performance measure", "Budget (#6621)"],
                {"action": 0, "deadline": 1, "performance_measure": 2, "budget": 3},
                id="as printed",
            ),
            pytest.param(
                ["", "Action", "When", "Cost"], {"number": 0, "action": 1, "deadline": 2, "budget": 3}, id="numbers"
            ),
            pytest.param(
                ["No.", "TASK", " by  when ", "Cost *"],
                {"number": 0, "action": 1, "deadline": 2, "budget": 3},
                id="case",
            ),
            pytest.param(
                ["Actions", "Deadlne / date", "Budgett"], {"action": 0, "deadline": 1, "budget": 2}, id="near misses"
            ),
            pytest.param(["Action £", "When", "Cost £000s"], {"action": 0, "deadline": 1, "budget": 2}, id="units"),
            pytest.param(
                ["Budget", "Action", "Borough", "Date"], {"budget": 0, "action": 1, "deadline": 3}, id="any order"
            ),
        ],
    )
    def test_columns_are_found(self, plan: Profile, header: list[str], roles: dict[str, int]) -> None:
        assert plan.roles(header) == roles

    @pytest.mark.parametrize(
        "header",
        [
            pytest.param(["Action", "Deadline"], id="no budget"),
            pytest.param(["Action", "Task", "Deadline", "Budget"], id="two columns for one role"),
            pytest.param(["Actuary", "Dateline", "Budge"], id="other words"),
            pytest.param(["Act", "Data", "Cast"], id="short words have no near misses"),
            pytest.param(["1. Action", "May 2006", "Budget"], id="a row"),
            pytest.param(["x" * 300, "Deadline", "Budget"], id="a long text"),
            pytest.param([], id="nothing"),
        ],
    )
    def test_what_is_no_header(self, plan: Profile, header: list[str]) -> None:
        assert plan.roles(header) == {}

    @pytest.mark.parametrize("label", ["Total", "TOTAL:", " Grand  total ", "Sub-total", "Total (£)"])
    def test_labels_of_totals(self, plan: Profile, label: str) -> None:
        assert plan.is_total(label)

    @pytest.mark.parametrize("label", ["", "Totally new", "Total number of posts", "Subtitle", "Total " * 100])
    def test_what_is_no_label_of_a_total(self, plan: Profile, label: str) -> None:
        assert not plan.is_total(label)

    def test_folding(self) -> None:
        assert fold(" Key  Actions / events: ") == "key actions/events"
        assert fold("Budget (£000)") == "budget"
        assert fold("(a) b") == "(a) b"

    @pytest.mark.parametrize(
        ("text", "number", "title"),
        [
            ("Objective 3: Enlarge", "3", "Enlarge"),
            ("  strategic objective 12 – Enlarge", "12", "Enlarge"),
            ("PRIORITY 1. Enlarge", "1", "Enlarge"),
            ("Theme 4", "4", None),
        ],
    )
    def test_headings_of_groups(self, plan: Profile, text: str, number: str, title: str | None) -> None:
        match = plan.group_pattern.match(text)
        assert match
        assert (match["number"], match["title"]) == (number, title)

    @pytest.mark.parametrize(
        "text", ["Objective three: x", "Objective 3 was met", "The objective 3: x", "Objectives 3: x"]
    )
    def test_what_is_no_heading(self, plan: Profile, text: str) -> None:
        assert not plan.group_pattern.match(text)

    def test_without_words_nothing_matches(self) -> None:
        risks = parse("risks.toml", RISKS)
        assert not risks.label_pattern.match(": x")
        assert not risks.is_total("")


def broken(old: bytes, new: bytes) -> bytes:
    assert WORK_PLAN.count(old) == 1
    return WORK_PLAN.replace(old, new)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(b"name = ", "is not valid TOML", id="no TOML"),
        pytest.param(b'name = "\xff"', "is not valid TOML", id="no UTF-8"),
        pytest.param(b"", "lacks the part 'columns'", id="empty"),
        pytest.param(broken(b'name = "work_plan"\n', b""), "lacks a text for 'name'", id="no name"),
        pytest.param(broken(b"[group]", b"[groups]"), "lacks the part 'group'", id="a part by another name"),
        pytest.param(
            broken(b"[total]\nwords = [", b'[total]\nwords = "Total"\nx = ['),
            "lacks a list of texts for 'words'",
            id="a text for a list",
        ),
        pytest.param(
            broken(b'type = "money"', b'type = "dosh"'), "gives budget the type 'dosh'", id="a type that is none"
        ),
        pytest.param(broken(b'type = "money"', b"type = 5"), "lacks a text for 'type'", id="a type that is no text"),
        pytest.param(
            broken(b'headers = ["Budget"', b'headers = ["Deadline"'),
            "lets two columns claim the header 'Deadline'",
            id="a header twice",
        ),
        pytest.param(
            broken(REQUIRED, b'required = ["action", "owner"]'), "has no column 'owner'", id="a column that is none"
        ),
        pytest.param(
            broken(REQUIRED, b'required = ["deadline"]'),
            "does not require the column 'action'",
            id="records of nothing",
        ),
        pytest.param(
            b"columns = 5\n" + RISKS.partition(b"[columns")[0], "lacks the part 'columns'", id="columns that are none"
        ),
    ],
)
def test_a_broken_profile_says_what_is_wrong(content: bytes, what: str) -> None:
    with pytest.raises(PaperError) as caught:
        parse("broken.toml", content)
    assert f"the profile broken.toml {what}" in str(caught.value)
    assert "compare it with work_plan.toml" in str(caught.value)


def test_every_profile_of_the_program_is_sound() -> None:
    assert [profile.name for profile in profiles()] == ["work_plan"]


def run_with_profile(tmp_path: Path, content: bytes, paper: str) -> subprocess.CompletedProcess[str]:
    """Run the program as an archivist would who has added a profile to it."""
    copy = tmp_path / "src"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (copy / "normalise" / "profiles" / "risks.toml").write_bytes(content)
    (tmp_path / "register.txt").write_text(paper, encoding="utf-8")
    program = "import sys; from pipeline.cli import main; sys.argv[0] = 'committee-papers'; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "extract", "register.txt", "--out", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_profile_gives_one_clear_error(tmp_path: Path) -> None:
    run = run_with_profile(tmp_path, RISKS.replace(b'"owner"]', b'"holder"]'), "Risk\tOwner\nFire\tClerk\n")
    assert run.returncode == 2
    assert run.stderr == (
        "committee-papers: the profile risks.toml has no column 'holder'; compare it with work_plan.toml\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_profile_can_be_added_without_touching_code(tmp_path: Path) -> None:
    paper = "Risk area 2: Buildings\nRisk\tOwner\n1. Fire\tClerk\n2. Flood\tTreasurer\n"
    run = run_with_profile(tmp_path, RISKS, paper)
    assert (run.returncode, run.stderr) == (0, "")
    rows = (tmp_path / "out" / "work_plan.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[3:7] for row in rows[1:]] == [
        ["2", "Buildings", "1", "Fire"],
        ["2", "Buildings", "2", "Flood"],
    ]
    assert len((tmp_path / "out" / "checks.csv").read_text(encoding="utf-8").splitlines()) == 1
