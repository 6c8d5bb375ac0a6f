"""Web pages from bytes to rows: four kinds of site publish one report, and all four are read alike."""

from pathlib import Path

import pytest

from papers.records import Row
from pipeline.rows import records
from pipeline.run import read

PAGES = Path(__file__).parents[1] / "pages"
STYLES = ("semantic", "managed", "fonts", "laid-out")


def rows(data: bytes, table: str, path: str = "page.html") -> tuple[Row, ...]:
    return records(read(data, path, "page")).rows[table]


def page(style: str) -> bytes:
    return (PAGES / f"{style}.html").read_bytes()


@pytest.mark.parametrize("style", STYLES)
class TestOneReport:
    def test_its_fields(self, style: str) -> None:
        (paper,) = rows(page(style), "papers")
        wanted: Row = {
            "status": "ok",
            "kind": "report",
            "committee": "Finance Committee",
            "meeting_date": "2004-10-21",
            "title": "Capital programme 2004/05 to 2007/08: half year review",
            "author": "Commissioner and Treasurer",
            "repairs": 0,
        }
        assert {name: paper[name] for name in wanted} == wanted
        assert str(paper["report_number"]).lstrip("0") == "9"
        assert paper["characters_in"] == paper["characters_kept"]

    def test_its_sections_and_numbered_paragraphs(self, style: str) -> None:
        sections = rows(page(style), "sections")
        lettered = dict.fromkeys((row["letter"], row["heading"]) for row in sections if row["letter"])
        assert list(lettered) == [
            ("A", "Recommendations"), ("B", "Supporting information"), ("C", "Race and equality impact"),
            ("D", "Financial implications"), ("E", "Background papers"), ("F", "Contact details"),
        ]  # fmt: skip
        numbered = [row["paragraph_number"] for row in sections if row["letter"] in ("B", "C", "D")]
        assert [number for number in numbered if number] == ["1", "2", "3", "4", "5", "6"]

    def test_its_recommendations_with_a_nested_list(self, style: str) -> None:
        found = [str(row["number"]).replace("(", "").replace(")", "") for row in rows(page(style), "recommendations")]
        assert found == ["1", "2", "3", "3a", "3b", "4"]

    def test_its_links(self, style: str) -> None:
        found = [(row["label"], row["title"], row["format"], row["href"]) for row in rows(page(style), "links")]
        assert found == [("Appendix A", "Scheme by scheme commentary", "PDF", "app1.pdf")]

    def test_its_tables(self, style: str) -> None:
        assert len(rows(page(style), "tables")) == 3

    def test_only_the_slip_that_it_prints_is_doubted(self, style: str) -> None:
        assert {row["rule"] for row in rows(page(style), "review")} == {"total"}


HEADER = "<h1>Stock</h1><p>Report: 5<br>Date: Thursday 2 May 2002<br>By: Clerk</p>"


def test_where_address_and_text_disagree_both_are_named() -> None:
    saved = "<!-- saved from url=(0055)http://x.uk/committees/x-f/2002/020509/06/index.html -->"
    data = f"{saved}<html><body>{HEADER}<p>A. Recommendation</p><p>That it be noted.</p></body></html>".encode()
    doubts = {row["rule"]: str(row["why"]) for row in rows(data, "review")}
    assert set(doubts) == {"report-number-disagrees", "meeting-date-disagrees"}
    assert "the saved address says '6'" in doubts["report-number-disagrees"]
    (paper,) = rows(data, "papers")
    assert paper["source_url"] == "http://x.uk/committees/x-f/2002/020509/06/index.html"
    assert paper["committee"] == "Finance, Planning and Best Value Committee"


def test_the_path_and_the_saved_address_say_the_same_once() -> None:
    saved = "<!-- saved from url=(0055)http://x.uk/committees/x-f/2002/020502/05/index.html -->"
    data = f"{saved}<html><body>{HEADER}</body></html>".encode()
    assert rows(data, "review", "x-f/2002/020502/05/index.html") == ()


def test_a_weekday_that_is_wrong_is_worth_knowing() -> None:
    data = f"<html><body>{HEADER.replace('Thursday', 'Friday')}</body></html>".encode()
    (doubt,) = rows(data, "review")
    assert (doubt["rule"], doubt["severity"]) == ("weekday-disagrees", "low")


def test_a_breadcrumb_as_a_list_names_the_body() -> None:
    steps = "<p>You are in:</p><ul><li>Home<li>Committees<li>Estates Sub-committee<li>2 May 2002</ul>"
    (paper,) = rows(f"<html><body>{steps}{HEADER}</body></html>".encode(), "papers")
    assert (paper["committee"], paper["meeting_date"]) == ("Estates Sub-committee", "2002-05-02")


def test_minutes_that_a_page_gives_as_headings_and_lists() -> None:
    data = b"""<html><body><h1>Minutes</h1>
    <p>Minutes of the meeting of the Finance Committee held on 2 May 2002 at Romney House.
    <h2>Present</h2><h3>Members:</h3><ul><li>Ann Ash<li>Bob Beech</ul>
    <h2>7. Apologies</h2><p>(Agenda item 1)<p><b>Resolved -</b><ol><li>That it be noted.<li>That it be kept.</ol>
    </body></html>"""
    found = [(row["heading"], row["level"], row["paragraph_number"], row["text"]) for row in rows(data, "sections")]
    assert found[2:] == [
        ("Minutes", 2, "", "Present"), ("Minutes", 2, "", "Members:"), ("Minutes", 0, "", "Ann Ash"),
        ("Minutes", 0, "", "Bob Beech"), ("Apologies", 1, "7", "Apologies"), ("Apologies", 1, "", "(Agenda item 1)"),
        ("Apologies", 1, "", "Resolved -"), ("Apologies", 1, "1", "That it be noted."),
        ("Apologies", 1, "2", "That it be kept."),
    ]  # fmt: skip
    (paper,) = rows(data, "papers")
    assert (paper["kind"], paper["committee"], paper["meeting_date"]) == ("minutes", "Finance Committee", "2002-05-02")


def test_hidden_text_goes_with_a_word_in_the_log() -> None:
    data = f"<html><body>{HEADER}<p style='display:none'>Secret</p></body></html>".encode()
    (repair,) = rows(data, "repairs")
    assert (repair["rule"], repair["before"]) == ("hidden-text", "Secret")
    assert "Secret" not in [row["text"] for row in rows(data, "sections")]


def test_a_paper_that_is_mostly_hidden_is_doubted() -> None:
    def doubts(hidden: str, shown: str) -> list[str]:
        data = f"<html><body><div style='visibility:hidden'><p>{hidden}</div><p>{shown}</body></html>".encode()
        return [str(row["rule"]) for row in rows(data, "review")]

    assert doubts("The committee met. " * 20, "Press the button to read.") == ["mostly-hidden"]
    assert doubts("The committee met. " * 20, "") == ["mostly-hidden"]
    assert doubts("Skip to content", "The committee met. " * 20) == []


def test_figures_and_fields_are_read_through_signs_that_nobody_sees() -> None:
    data = """<html><body><p>Report: 6<p>Date: 9&#8203; Oct&shy;ober 2006<p>By: Trea&shy;surer
    <table border=1><tr><th>Item<th>Cost<tr><td>Cars<td>&#8206;£1,000&#8207;<tr><td>Pol&shy;icing<td>£&#8288;2,000
    <tr><td>Total<td>&#8234;£3,000&#8236;</table></body></html>""".encode()
    figures = [(row["row_label"], row["value"], row["unit"]) for row in rows(data, "figures")]
    assert figures == [("Cars", 1000, "GBP"), ("Policing", 2000, "GBP"), ("Total", 3000, "GBP")]
    assert [check["status"] for check in rows(data, "checks")] == ["agrees"]
    (paper,) = rows(data, "papers")
    assert (paper["meeting_date"], paper["author"]) == ("2006-10-09", "Treasurer")
    assert {repair["rule"] for repair in rows(data, "repairs")} == {"unseen-signs"}


def test_rules_for_damaged_copies_leave_the_tables_of_a_page_alone() -> None:
    data = b"""<html><body><table border=1><tr><th>Risk<th>Action<th>Deadline<th>Budget
    <tr><td rowspan=2>Fire<td>Drill<td>May 2002<td>5<tr><td>Alarm<td>June 2002<td>7
    <tr><td>TOTAL<td><td><td>12</table></body></html>"""
    assert rows(data, "repairs") == ()


def test_a_work_plan_on_a_page_is_read_with_its_spans() -> None:
    page = """<html><body><h1>Work plan 2006</h1><h2>Objective 1: Scrutinise the strategy</h2>
<table><tr><th>Key actions</th><th>Deadline</th><th>Performance measure</th><th>Budget</th></tr>
<tr><td>1. Rota of visits</td><td rowspan="2">May 2006</td><td>Report</td><td>£5,000</td></tr>
<tr><td>2. Log</td><td>Report</td><td>£7,000</td></tr>
<tr><td colspan="3">Total</td><td>£12,000</td></tr></table></body></html>"""
    reading = read(page.encode(), "plan.html", "plan")
    assert [f"{action.number} {action.text} {action.budget}" for action in reading.actions] == [
        "1 Rota of visits 5000",
        "2 Log 7000",
    ]
    assert [action.period.start.iso for action in reading.actions if action.period and action.period.start] == [
        "2006-05",
        "2006-05",
    ]
    assert [f"{check.stated} {check.computed} {check.status}" for check in reading.checks] == ["12000 12000 agrees"]
    assert not reading.doubts
