"""The life of a line: what is printed, every repair with its reason, what it was read as."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.batch import read_file
from pipeline.explain import explain
from pipeline.inputs import find_inputs
from pipeline.rows import records

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

RAW = Path(__file__).parents[2] / "data" / "raw"
WORK_PLAN = RAW / "community-engagement-work-plan-2006.txt"


def test_one_line(run: Run) -> None:
    result = run("explain", WORK_PLAN, "line 10")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "",
        "line 10",
        "  printed  I | TOTAL | £13,000",
        "  stray-marks: a lone stroke or point: part of a rule of the table, read as text",
        "    -  | I | TOTAL | £13,000",
        "    +  |  | TOTAL | £13,000",
        "  clean     |  | TOTAL | £13,000",
        "  check    stated 13000, computed 13000: agrees",
    ]


@pytest.mark.parametrize("where", ["line 9", "LINE  9", "line 9, characters 1-162", "£10,000", "assess and MONITOR"])
def test_a_line_is_found_by_its_place_and_by_its_text(run: Run, where: str) -> None:
    result = run("explain", WORK_PLAN, where)
    assert result.exit_code == 0
    assert "  read     objective 1, action 4; ongoing; budget £10,000\n" in result.stdout


def test_every_place_in_the_spreadsheets_can_be_asked_for() -> None:
    (item,) = find_inputs([WORK_PLAN], Path("out"))
    reading = read_file(item)
    published = records(reading).rows
    tables = ("cells", "work_plan", "checks", "repairs", "review", "sections")
    places = {str(row["place"]) for name in tables for row in published[name] if row["place"]}
    assert len(places) > 100
    for place in sorted(places):
        assert list(explain(reading, place)), place


def test_without_a_place_every_repaired_line_is_told(run: Run, plan: Path) -> None:
    plan.write_text("**Report**\n\nSound.\n\nR&amp;D\n", encoding="utf-8")
    result = run("explain", plan)
    assert result.stdout.splitlines()[0] == "plan.txt: 2 repairs, 0 doubts"
    assert "    - **Report**\n    + Report\n" in result.stdout
    assert "    - R&amp;D\n    + R&D\n" in result.stdout
    assert "Sound" not in result.stdout


def test_a_sound_line_says_so(run: Run, plan: Path) -> None:
    result = run("explain", plan, "line 5")
    assert "  no repair\n  clean    2. Agree a rota | Ongoing | Rota agreed | £10,000\n" in result.stdout


def test_a_line_that_was_dropped_is_told(run: Run, plan: Path) -> None:
    plan.write_text("Borough\tOfficers\n, , , , ,\t\nBrent\t5\n", encoding="utf-8")
    result = run("explain", plan, "line 2")
    assert "line 2, characters 1-9: dropped\n  junk-rows: " in result.stdout
    assert "line 2, characters 1-9: dropped\n" in run("explain", plan).stdout


def test_a_doubt_is_told(run: Run, plan: Path) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("£13,000", "£13,500"), encoding="utf-8")
    result = run("explain", plan, "TOTAL")
    assert "  check    stated 13500, computed 13000: differs\n" in result.stdout
    assert "  doubt    the total says 13,500, its rows add up to 13,000 (total, high)\n" in result.stdout


def test_nothing_is_there(run: Run, plan: Path) -> None:
    result = run("explain", plan, "line 99")
    assert result.exit_code == 1
    assert "nothing is found at 'line 99'; give a place such as 'line 6'" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b'{"a": 1}', "JSON"), (b"\xff\xd8\xff", "JPEG")])
def test_a_paper_that_can_not_be_read(run: Run, plan: Path, content: bytes, said: str) -> None:
    plan.write_bytes(content)
    result = run("explain", plan)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert said in result.stderr


def test_a_paper_can_not_speak_to_the_terminal(run: Run, plan: Path) -> None:
    plan.write_text("Report \x1b[2J\x07 **x**\r\n", encoding="utf-8")
    result = run("explain", plan)
    assert "\x1b" not in result.output
    assert "Report \\x1b[2J\\x07 x" in result.output


def test_a_ruling_is_told(run: Run, plan: Path) -> None:
    plan.with_suffix(".toml").write_text(
        "[[ruling]]\nprinted = '£3,000'\nreads = '£3,500'\nwhy = 'the minutes say so'\nby = 'A. Clerk'\n",
        encoding="utf-8",
    )
    result = run("explain", plan, "line 4")
    assert "  ruling: A. Clerk rules: the minutes say so\n" in result.stdout
    assert "    + 1. Keep a log | Sept 2006 | Report adopted | £3,[5]00\n" in result.stdout
