"""The life of a value: what is printed, every repair with its reason, what it was read as, what vouches for it."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table

from pipeline.batch import read_file
from pipeline.explain import explain
from pipeline.inputs import find_inputs
from pipeline.rows import records
from pipeline.run import Reading
from pipeline.where import find

Run = Callable[..., Result]
Rows = Callable[[str], list[dict[str, str]]]

RAW = Path(__file__).parents[2] / "data" / "raw"
WORK_PLAN = RAW / "community-engagement-work-plan-2006.txt"

FIGURES = """<html><body><h1>Budget monitoring</h1><table><caption>Table 1: Spending</caption>
<tr><th>Department</th><th>Budget &pound;000</th><th>Actual &pound;000</th></tr>
<tr><td>Property</td><td>120</td><td>110</td></tr>
<tr><td>Transport</td><td>30</td><td>45</td></tr>
<tr><td>Total</td><td>150</td><td>155</td></tr></table></body></html>"""


def reading_of(path: Path) -> Reading:
    (item,) = find_inputs([path], Path("out"))
    return read_file(item)


@pytest.fixture(scope="module")
def work_plan() -> Reading:
    return reading_of(WORK_PLAN)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = tmp_path_factory.mktemp("figures") / "report.html"
    path.write_text(FIGURES, encoding="utf-8")
    return reading_of(path)


@pytest.fixture(scope="module")
def appendix(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A PDF with one ruled table."""
    path = tmp_path_factory.mktemp("pdf") / "appendix.pdf"
    rows = [["Borough", "Officers", "Cost (£)"], ["Brent", "5", "1,000"], ["Camden", "15", "2,000"]]
    ruled = Table(rows, colWidths=120, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(str(path), pagesize=A4, invariant=True).build([ruled])
    return reading_of(path)


def test_one_line(work_plan: Reading) -> None:
    assert list(explain(work_plan, "line 10"))[1:] == [
        "",
        "table 1 row 6, line 10",
        "  printed  I | TOTAL | £13,000",
        "  stray-marks: a lone stroke or point: part of a rule of the table, read as text",
        "    - I",
        "    +",
        "  clean     |  | TOTAL | £13,000",
        "  read     column 4 'Budget': money 13,000 GBP",
        "  check    TOTAL | Budget is the total of 2 figures: agrees (stated 13,000, computed 13,000)",
        "  cite     “TOTAL | £13,000”: community-engagement-work-plan-2006.txt (sha256 26c94fbcf3ba), table 1 row 6, "
        "line 10; read by committee-papers 0.1.0, repaired (stray-marks)",
    ]


class TestWhere:
    @pytest.mark.parametrize(
        "where", ["line 9", "LINE  9", "line 9, characters 1-162", "assess and MONITOR", "table 1 row 5"]
    )
    def test_a_row_is_found_by_its_place_its_number_and_its_text(self, work_plan: Reading, where: str) -> None:
        told = list(explain(work_plan, where))
        assert "  read     objective 1, action 4; ongoing; budget £10,000" in told
        assert next(line for line in told if line.startswith("  cite")).count("line 9, characters 1-162")

    @pytest.mark.parametrize(
        "where",
        [
            "table 1 row 5 column 4",
            "table-01, row 5, column 4",
            "community-engagement-work-plan-2006-table-01 row 5 column 4",
            "line 9, characters 251-257",
        ],
    )
    def test_a_cell_is_told_alone_with_its_row_in_short(self, work_plan: Reading, where: str) -> None:
        told = list(explain(work_plan, where))
        assert told[2:4] == ["table 1 row 5 column 4, line 9, characters 251-257", "  printed  £10,000"]
        assert told[4].startswith("  in row   4. Assess and monitor the community engagement performance")
        assert "  no repair" in told
        assert (
            "  check    a part of TOTAL | Budget at line 10, characters 10-16: agrees (stated 13,000, computed 13,000)"
            in told
        )

    @pytest.mark.parametrize("where", ["table 9", "table 1 row 99", "line 999", "page 1", "html[1]/body[1]", "zzz"])
    def test_what_is_not_there_is_not_found(self, work_plan: Reading, where: str) -> None:
        assert find(work_plan, where) == []

    def test_a_text_in_quotes_is_no_place(self, tmp_path: Path) -> None:
        path = tmp_path / "report.txt"
        path.write_text("Report 8a\n\nSee line 1 of the rules.\n", encoding="utf-8")
        reading = reading_of(path)
        assert [spot.line for spot in find(reading, "line 1")] == [0]
        assert [spot.line for spot in find(reading, "'line 1'")] == [2]
        assert [spot.line for spot in find(reading, "LINE  1 of")] == [2]

    def test_a_text_is_found_as_it_was_printed_too(self, work_plan: Reading) -> None:
        (spot,) = find(work_plan, "ity Sept 2006")
        assert work_plan.clean.lines[spot.line].cells[1].text == "Sept 2006"

    def test_in_a_web_page(self, figures: Reading) -> None:
        cell = "html[1]/body[1]/table[1]/tr[3]/td[2]"
        (spot,) = find(figures, cell)
        assert figures.clean.lines[spot.line].cells[spot.cells[0]].text == "30"
        assert len(find(figures, "html[1]/body[1]/table[1]")) == 5
        assert find(figures, "html[1]/body[1]/table[1]/tr[3]") == find(figures, "table 1 row 3")

    def test_on_a_page(self, appendix: Reading) -> None:
        place = next(str(row["place"]) for row in records(appendix).rows["cells"] if row["text"] == "15")
        (spot,) = find(appendix, place)
        assert spot.cells == (1,)
        assert [found.line for found in find(appendix, "page 1")] == [0, 1, 2]
        page, _, box = place.partition(" (")
        x0, rest = box.split(",", 1)
        wider = f"page 1 ({int(x0) - 100},{rest}"
        assert page == "page 1"
        assert find(appendix, wider)[0].cells == (0, 1)

    @pytest.mark.parametrize("name", ["work_plan", "figures", "appendix"])
    def test_every_place_in_the_spreadsheets_can_be_asked_for(self, name: str, request: pytest.FixtureRequest) -> None:
        reading: Reading = request.getfixturevalue(name)
        published = records(reading).rows
        tables = ("cells", "work_plan", "checks", "repairs", "review", "sections")
        places = {str(row["place"]) for table in tables for row in published[table] if row["place"]}
        assert len(places) > 5
        for place in sorted(places):
            assert list(explain(reading, place)), place


class TestReading:
    def test_a_figure_has_its_labels_and_its_worth(self, figures: Reading) -> None:
        told = list(explain(figures, "table 1 row 3 column 2"))
        assert "  read     column 2 'Budget £000': money 30,000 GBP" in told
        assert "  labels   Transport | Budget £000" in told
        assert "  check    a part of Total | Budget £000 at html[1]/body[1]/table[1]/tr[4]/td[2]: agrees " in "\n".join(
            told
        )

    def test_a_label_stands_for_its_row(self, figures: Reading) -> None:
        told = list(explain(figures, "Total"))
        assert sum("is the total of 2 figures: agrees" in line for line in told) == 2

    def test_figures_that_were_printed_in_one_cell_have_no_labels_of_each_other(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        rows = "<tr><th>Team<th>Staff<tr><td>Pay<br>Rent<td>12<br>3<tr><td>Total<td>15"
        page.write_text(f"<html><body><table border=1>{rows}</table></body></html>", encoding="utf-8")
        lines = list(explain(reading_of(page), "table 1 row 2 column 2"))
        assert "  read     column 2 'Staff': number 12" in lines
        assert not any("Rent | Staff" in line for line in lines)

    def test_equal_texts_are_all_told(self, tmp_path: Path) -> None:
        path = tmp_path / "report.html"
        path.write_text(FIGURES.replace("<td>45", "<td>30"), encoding="utf-8")
        assert "  printed  Transport | 30 | 30" in list(explain(reading_of(path), "Transport"))

    def test_a_repair_of_rows_is_told_even_if_no_text_changed(self, tmp_path: Path) -> None:
        """A table that goes on over a page is joined: its rows stay as they are."""
        path = tmp_path / "long.pdf"
        rows = [["Borough", "Officers"], *([f"Ward {n}", str(n)] for n in range(60))]
        SimpleDocTemplate(str(path), pagesize=A4, invariant=True).build(
            [Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])]
        )
        reading = reading_of(path)
        assert [entry.rule for entry in reading.normalised.repairs] == ["page-tables"]
        told = list(explain(reading))
        assert told[0].endswith(": 1 repair, 0 doubts")
        assert any("changed, but no text in it" in line for line in told)


class TestMany:
    def test_the_first_are_shown_and_how_to_see_others(self, run: Run) -> None:
        result = run("explain", WORK_PLAN, "community", "--limit", "2")
        lines = result.stdout.splitlines()
        assert lines[1].endswith(
            "places are found, these are the first 2. To see others ask for one of the places, for 'table 2 row 5', "
            "for a longer text, or add --limit 0."
        )
        assert sum(line.startswith("  cite") for line in lines) == 2

    def test_all_are_shown_if_asked(self, run: Run) -> None:
        result = run("explain", WORK_PLAN, "community", "--limit", "0")
        assert "the first" not in result.stdout
        assert sum(line.startswith("  cite") for line in result.stdout.splitlines()) > 10


class TestCite:
    def test_the_paper_is_named_by_all_that_it_says_of_itself(self) -> None:
        reading = reading_of(RAW / "report-8a-community-engagement-strategy.txt")
        cite = [line for line in explain(reading, "line 14") if line.startswith("  cite")]
        assert cite == [
            "  cite     “- note arrangements to deliver the strategy within the MPS.”: Chief Executive and Clerk and "
            "Commissioner, “MPA and MPS Community Engagement Strategy”, MPA Committee, report 8a, 2006-09-28, "
            "report-8a-community-engagement-strategy.txt (sha256 a4d86276dd49), line 14, characters 1-59; read by "
            "committee-papers 0.1.0"
        ]

    def test_what_is_doubtful_says_so(self, work_plan: Reading) -> None:
        cite = [line for line in explain(work_plan, "line 9") if line.startswith("  cite")]
        assert cite[0].endswith("committee-papers 0.1.0, repaired (split-cells), doubtful")


def test_without_a_place_every_repaired_line_is_told(run: Run, plan: Path) -> None:
    plan.write_text("**Report**\n\nSound.\n\nR&amp;D\n", encoding="utf-8")
    result = run("explain", plan)
    assert result.stdout.splitlines()[0].endswith("): 2 repairs, 0 doubts")
    assert "    - **Report**\n    + Report\n" in result.stdout
    assert "    - R&amp;D\n    + R&D\n" in result.stdout
    assert "Sound" not in result.stdout


def test_only_what_is_near_a_change_is_shown(run: Run, plan: Path) -> None:
    plan.write_text(f"{'The Authority met. ' * 20}R&amp;D{' It was agreed.' * 20}\n", encoding="utf-8")
    (before,) = (line for line in run("explain", plan).stdout.splitlines() if line.startswith("    - "))
    assert before.startswith("    - …")
    assert before.endswith("…")
    assert len(before) < 140


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
    assert "is the total of 2 figures: differs (stated 13,500, computed 13,000)\n" in result.stdout
    assert (
        "  doubt    the total says 13,500, its rows add up to 13,000; compare with the source (total, high)\n"
        in result.stdout
    )


def test_nothing_is_there(run: Run, plan: Path) -> None:
    result = run("explain", plan, "line 99")
    assert result.exit_code == 1
    assert "nothing is found at 'line 99'; give a place ('line 6', 'page 4'), a row" in result.stderr
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
    assert "  ruling: A. Clerk rules: the minutes say so\n    - £3,000\n    + £3,[5]00\n" in result.stdout


def test_a_question_is_read_in_no_time_however_odd(work_plan: Reading) -> None:
    for where in ("html" + "/a" * 5000, "table " * 2000, "line " + "9" * 5000, "'" * 9999, "a-" * 5000 + "table 1"):
        assert find(work_plan, where) == []


class TestArchive:
    """A paper in an archive is named as `source_path` names it."""

    @pytest.fixture
    def archive(self, plan: Path) -> Path:
        path = plan.parent / "papers.zip"
        with ZipFile(path, "w") as file:
            file.write(plan, "2006/plan.txt")
            file.writestr("2007/figures.html", FIGURES)
        return path

    def test_a_paper_is_named_as_in_the_output(self, run: Run, archive: Path, rows: Rows) -> None:
        run("extract", "raw/papers.zip", "--out", "out")
        assert len(rows("papers")) == 2
        for paper in rows("papers"):
            result = run("explain", str(archive.parent / paper["source_path"]), "Total")
            assert result.exit_code == 0
            assert result.stdout.startswith(paper["source_path"])

    def test_an_archive_of_one_paper_needs_no_name(self, run: Run, plan: Path) -> None:
        with ZipFile(plan.parent / "one.zip", "w") as file:
            file.writestr("figures.html", FIGURES)
        assert "150" in run("explain", "raw/one.zip", "Total").stdout

    @pytest.mark.usefixtures("archive")
    @pytest.mark.parametrize("paper", ["raw/papers.zip", "raw/papers.zip/2006", "raw/papers.zip/2006/plan.html"])
    def test_which_paper_is_asked_for_if_that_is_open(self, run: Run, paper: str) -> None:
        result = run("explain", paper)
        assert result.exit_code == 2
        assert result.stderr == (
            f"committee-papers: {paper}: name one of the 2 papers of this archive as source_path does; "
            "such as papers.zip/2006/plan.txt\n"
        )

    def test_an_archive_that_is_none(self, run: Run, plan: Path) -> None:
        (plan.parent / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
        result = run("explain", "raw/broken.zip")
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
