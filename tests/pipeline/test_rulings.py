"""A person's corrections: applied where they fit exactly once, and loud where they don't."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from papers.errors import PaperError, StaleRuling
from papers.repair import replay, shown
from pipeline.run import Reading, read

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

PAPER = "Key actions/events:\tDeadline/date\tBudget\n1. Keep a log\tSept 20O6\t£1,2O0\n2. Agree a rota\tOngoing\t£5\n"
BUDGET = """[[ruling]]
printed = "£1,2O0"
reads = "£1,200"
why = "a letter for a nought"
by = "A. Clerk"
when = 2024-05-01
"""


def ruled(*rulings: str, paper: str = PAPER) -> Reading:
    return read(paper.encode(), "plan.txt", "plan", ("split-cells",), ("plan.toml", "\n".join(rulings).encode()))


def ruling(printed: str, reads: str) -> str:
    return f"[[ruling]]\nprinted = {printed!r}\nreads = {reads!r}\nwhy = 'seen'\nby = 'A. Clerk'\n"


class TestThatFit:
    def test_it_is_applied_and_logged(self) -> None:
        reading = ruled(BUDGET)
        assert [action.budget for action in reading.actions] == [1200, 5]
        entry = reading.normalised.repairs[0]
        assert entry.rule == "ruling"
        assert entry.hunk.why == "A. Clerk rules on 2024-05-01: a letter for a nought"
        assert replay(reading.raw, reading.normalised.repairs) == reading.clean
        assert "£1,2O0" in reading.raw.lines[1].text

    def test_what_it_supplies_is_marked(self) -> None:
        hunk = ruled(BUDGET).normalised.repairs[0].hunk
        assert shown(hunk.after, hunk.supplied) == "1. Keep a log | Sept 20O6 | £1,2[0]0"

    def test_several_in_one_line_and_in_one_cell(self) -> None:
        paper = "Report of 3 Moy 2006 by the Clork to the Authority\n"
        reading = ruled(ruling("Clork", "Clerk"), ruling("3 Moy", "13 May"), paper=paper)
        (entry,) = reading.normalised.repairs
        assert reading.clean.lines[0].text == "Report of 13 May 2006 by the Clerk to the Authority"
        assert shown(entry.hunk.after, entry.hunk.supplied) == "Report of [13 Ma]y 2006 by the Cl[e]rk to the Authority"

    def test_one_that_makes_the_text_of_another_does_not_disturb_it(self) -> None:
        reading = ruled(ruling("aX", "aY"), ruling("bY", "bZ"), paper="aX bY")
        assert reading.clean.lines[0].text == "aY bZ"

    def test_something_can_be_taken_away(self) -> None:
        reading = ruled(ruling(" (sic)", ""), paper="Report (sic) of the Clerk")
        assert reading.clean.lines[0].text == "Report of the Clerk"
        assert reading.normalised.repairs[0].hunk.supplied == ()

    def test_a_place_tells_it_from_the_same_text_elsewhere(self) -> None:
        second = ruling("aX", "aY") + 'place = "line 2, characters 1-2"\n'
        assert [line.text for line in ruled(second, paper="aX\naX\n").clean.lines] == ["aX", "aY"]

    def test_the_rules_act_on_what_it_reads(self) -> None:
        reading = ruled(ruling("*Report", "**Report"), paper="*Report**\n")
        assert reading.clean.lines[0].text == "Report"

    def test_nothing_is_said_by_an_empty_file(self) -> None:
        assert ruled("").normalised.repairs == ()
        assert ruled("# none yet\n").normalised.repairs == ()


class TestThatDoNotFit:
    @pytest.mark.parametrize(
        ("rulings", "said"),
        [
            pytest.param([ruling("£9", "£8")], "fits 0 places", id="it is not there"),
            pytest.param([ruling("ee", "e")], "fits 2 places", id="it is there twice"),
            pytest.param([ruling("log\tSept", "x")], "fits 0 places", id="it runs over two cells"),
            pytest.param([ruling("log", "x") + 'place = "line 9"\n'], "fits 0 places", id="it is not at its place"),
            pytest.param([BUDGET, BUDGET], "another ruling is about", id="the same twice"),
            pytest.param([BUDGET, ruling("2O0", "200")], "another ruling is about", id="they overlap"),
        ],
    )
    def test_they_are_refused(self, rulings: list[str], said: str) -> None:
        with pytest.raises(StaleRuling, match=said) as caught:
            ruled(*rulings)
        assert caught.value.remedy

    def test_a_text_that_overlaps_itself_is_there_twice(self) -> None:
        with pytest.raises(StaleRuling, match="fits 2 places"):
            ruled(ruling("ana", "x"), paper="banana")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("[[ruling]\n", "not valid TOML", id="no TOML"),
        pytest.param('[[ruling]]\nprinted = "a"\n', "lacks a text for: reads, why, by", id="parts are missing"),
        pytest.param(BUDGET.replace('"A. Clerk"', "5"), "lacks a text for: by", id="a number for a text"),
        pytest.param(BUDGET.replace('"A. Clerk"', '" "'), "lacks a text for: by", id="nobody rules"),
        pytest.param(BUDGET.replace('"£1,2O0"', '""'), "lacks a text for: printed", id="about nothing"),
        pytest.param(BUDGET.replace("[[ruling]]", "[[rulings]]"), "holds 'rulings'", id="a slip in the heading"),
        pytest.param("ruling = 5", "ruling 1 in plan.toml is no table", id="no table"),
        pytest.param(BUDGET + 'wen = "today"\n', "holds 'wen'", id="a slip in a name"),
        pytest.param('title = "x"\n' + BUDGET, "holds 'title'", id="something else"),
    ],
)
def test_a_file_that_is_wrong_is_refused(content: str, said: str) -> None:
    with pytest.raises(PaperError, match=r"plan\.toml") as caught:
        ruled(content)
    assert said in str(caught.value)


def test_a_single_ruling_may_be_a_plain_table() -> None:
    assert ruled(BUDGET.replace("[[ruling]]", "[ruling]")).normalised.repairs[0].rule == "ruling"


class TestBesideThePaper:
    @pytest.mark.parametrize("name", ["plan.toml", "plan.txt.toml"])
    def test_it_is_found(self, run: Run, rows: Rows, tmp_path: Path, name: str) -> None:
        (tmp_path / "plan.txt").write_text(PAPER, encoding="utf-8")
        (tmp_path / name).write_text(BUDGET, encoding="utf-8-sig")  # as Notepad saves it
        assert run("extract", "plan.txt", "--out", "out").exit_code == 0
        assert [row["budget_gbp"] for row in rows("work_plan")] == ["1200", "5"]
        assert [row["supplied"] for row in rows("work_plan")] == ["budget", ""]
        assert rows("repairs")[0]["after"] == "1. Keep a log | Sept 20O6 | £1,2[0]0"

    @pytest.mark.parametrize(
        "content",
        [b"[[ruling", b"printed = '\xff'", ruling("nowhere", "x").encode()],
        ids=["no TOML", "no UTF-8", "stale"],
    )
    def test_one_that_is_wrong_stops_only_its_paper(self, run: Run, rows: Rows, tmp_path: Path, content: bytes) -> None:
        folder = tmp_path / "in"
        folder.mkdir()
        for name in ("plan.txt", "other.txt"):
            (folder / name).write_text(PAPER, encoding="utf-8")
        (folder / "plan.toml").write_bytes(content)
        result = run("extract", "in", "--out", "out")
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert [row["status"] for row in rows("papers")] == ["ok", "failed"]
        assert run("explain", "in/plan.txt").exit_code == 1

    def test_a_folder_of_that_name_is_none(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "plan.txt").write_text(PAPER, encoding="utf-8")
        (tmp_path / "plan.toml").mkdir()
        assert run("extract", "plan.txt", "--out", "out").exit_code == 0
