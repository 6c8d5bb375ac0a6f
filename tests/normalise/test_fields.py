"""What a paper says of itself: header, intro, opening sentence, address, and what is done when they disagree."""

import inspect
from pathlib import Path

import pytest

from extract import extract
from normalise.read.address import body_name, read_address
from normalise.read.fields import Fields, read_fields
from papers.doubt import Doubt
from papers.paper import Cell, Line, LineSpan, Origin, Paper, Source
from papers.readings import PaperDate

RAW = Path(__file__).parents[2] / "data" / "raw"
WARNING = "Warning: This is archived material and may be out of date. It has been replaced by the Mayor's Office."


def read(text: str, path: str = "paper.txt") -> tuple[Fields, tuple[Doubt, ...]]:
    return read_fields(extract(inspect.cleandoc(text).encode(), path))


def fields(text: str, path: str = "paper.txt") -> Fields:
    return read(text, path)[0]


def report(*, above: str = "", block: str, below: str = "") -> str:
    return f"{above}\n\n{WARNING}\n\nTransport strategy\n\n{block}\n\n{below}".strip()


def iso(date: PaperDate | None) -> str:
    return date.iso if date else ""


def test_the_real_report() -> None:
    data = (RAW / "report-8a-community-engagement-strategy.txt").read_bytes()
    paper = extract(data, "report-8a-community-engagement-strategy.txt")
    got, doubts = read_fields(paper)
    assert (got.kind, got.committee, iso(got.meeting_date), got.report_number, got.title, got.author, got.archived) == (
        "report",
        "MPA Committee",
        "2006-09-28",
        "8a",
        "MPA and MPS Community Engagement Strategy",
        "Chief Executive and Clerk and Commissioner",
        True,
    )
    assert got.summary.startswith("As a result of further consultation and feedback provided by Members")
    assert got.summary.endswith("translate the strategy into practice.")
    assert got.furniture == {0, 1, 2, 3, len(paper.lines) - 2, len(paper.lines) - 1}
    assert not doubts


@pytest.mark.parametrize(
    ("intro", "committee", "date", "number"),
    [
        pytest.param(
            "Report 5 of the 24 May 04 meeting of the Finance Committee and provides figures.",
            "Finance Committee",
            "2004-05-24",
            "5",
            id="two-digit-year",
        ),
        pytest.param(
            "Report 5 for the 24 May 2004 meeting of the Finance Committee, with figures.",
            "Finance Committee",
            "2004-05-24",
            "5",
            id="for-the-and-comma",
        ),
        pytest.param(
            "Report 12 of the 9 November 2000 Consultation Committee meeting setting out the plan.",
            "Consultation Committee",
            "2000-11-09",
            "12",
            id="committee-before-meeting",
        ),
        pytest.param(
            "Report 6c of the 12 Feb 2004 meeting of the Planning, Performance & Review Committee in which it is said.",
            "Planning, Performance & Review Committee",
            "2004-02-12",
            "6c",
            id="commas-and-ampersand-in-the-name",
        ),
        pytest.param(
            "Report 11 - agm of the 26 June 2003 meeting of the MPA Committee and presents the review.",
            "MPA Committee",
            "2003-06-26",
            "11 - agm",
            id="annual-meeting",
        ),
        pytest.param(
            "Report 4 of the 7 July 2005 meeting of the Finance committee Committee and and gives figures.",
            "Finance committee",
            "2005-07-07",
            "4",
            id="doubled-words",
        ),
        pytest.param(
            "Report 4 of the 7 July 2005 meeting of the Finance and gives figures to the Authority.",
            "",
            "2005-07-07",
            "4",
            id="name-without-its-last-word-is-no-name",
        ),
        pytest.param(
            "Report 3 of the 20th September 2007 meeting of the Royal Parks Panel and sets out the position.",
            "Royal Parks Panel",
            "2007-09-20",
            "3",
            id="body-that-is-not-in-the-table",
        ),
    ],
)
def test_the_intro_names_meeting_and_number(intro: str, committee: str, date: str, number: str) -> None:
    got, doubts = read(f"{intro}\n\n{WARNING}\n\nTransport strategy\n\nA. Recommendation\n\nThat it be noted.")
    assert (got.kind, got.committee, iso(got.meeting_date), got.report_number) == ("report", committee, date, number)
    assert got.furniture == {0, 2}
    assert not doubts


@pytest.mark.parametrize(
    ("block", "number", "date", "author"),
    [
        pytest.param("Report: 7a\nDate: 2 May 2002\nBy: Treasurer", "7a", "2002-05-02", "Treasurer", id="usual"),
        pytest.param("Report: 05\nDate:02 May 2002\nBy:the Clerk ", "05", "2002-05-02", "the Clerk", id="no-spaces"),
        pytest.param("Covering Report: 5\nDate: 2 May 2002\nBy: Clerk", "5", "2002-05-02", "Clerk", id="covering"),
        pytest.param("Report: 11 - agm\nDate: 2 May 2002\nBy: Clerk", "11 - agm", "2002-05-02", "Clerk", id="agm"),
        pytest.param(
            "Report: 5\nDate: 2 May 2002\nBy: Deputy AC (Policy), on behalf of the Commissioner\nAGM report",
            "5",
            "2002-05-02",
            "Deputy AC (Policy), on behalf of the Commissioner",
            id="line-after-the-author",
        ),
        pytest.param(
            "Report: 5\nJoint meeting with the Audit Panel\nDate: 17 APRIL 2008\nBy: District Audit",
            "5",
            "2008-04-17",
            "District Audit",
            id="line-inside-the-block",
        ),
        pytest.param(
            "Report: 5\nDate: 2 May 2002\nClerk and Treasurer", "5", "2002-05-02", "Clerk and Treasurer", id="no-by"
        ),
        pytest.param("Report:\t5\nDate:\t2 May 2002\nBy:\tClerk", "5", "2002-05-02", "Clerk", id="laid-out-in-cells"),
        pytest.param("Date: 2 May 2002\nBy: Clerk", "", "2002-05-02", "Clerk", id="without-a-number"),
        pytest.param(
            "Report: 5\nDate: 2 May 2002\nBy: Director of Resources on behalf of the\nCommissioner",
            "5",
            "2002-05-02",
            "Director of Resources on behalf of the Commissioner",
            id="author-over-two-lines",
        ),
    ],
)
def test_the_header_block(block: str, number: str, date: str, author: str) -> None:
    got = fields(report(block=block, below="This paper says how.\n\nA. Recommendation\n\nThat it be noted."))
    assert (got.report_number, iso(got.meeting_date), got.author) == (number, date, author)
    assert got.title == "Transport strategy"
    assert got.summary == "This paper says how."


def test_a_missing_label_is_doubted() -> None:
    _, doubts = read(report(block="Report: 5\nDate: 2 May 2002\nClerk and Treasurer"))
    assert [(doubt.rule, doubt.severity) for doubt in doubts] == [("author-without-label", "low")]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        pytest.param("Petition", "Petition", id="one-word"),
        pytest.param("2005/06 budget submission", "2005/06 budget submission", id="begins-with-a-year"),
        pytest.param(
            "Funding of borough groups\nin the year 2009/10",
            "Funding of borough groups in the year 2009/10",
            id="two-lines",
        ),
        pytest.param("Stop and search\n\nThis report has been withdrawn.", "Stop and search", id="withdrawn"),
        pytest.param("Annual report of the Audit Panel", "Annual report of the Audit Panel", id="names-a-body"),
    ],
)
def test_the_title_stands_above_the_block(title: str, read_as: str) -> None:
    got = fields(f"You are in:\n\n{WARNING}\n\n{title}\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk")
    assert got.title == read_as


@pytest.mark.parametrize(
    ("opening", "path", "kind", "committee", "date", "title"),
    [
        pytest.param(
            "Minutes - draft\n\n"
            "Minutes of the meeting of the Finance Committee held on Thursday 16 December 2004 at 2.00pm.",
            "paper.txt",
            "minutes",
            "Finance Committee",
            "2004-12-16",
            "Minutes - draft",
            id="draft-minutes",
        ),
        pytest.param(
            "\n\nMinutes of the special meeting of the Metropolitan Police Authority held on 20th September 2007.",
            "paper.txt",
            "minutes",
            "Metropolitan Police Authority",
            "2007-09-20",
            "",
            id="stripped-minutes-have-no-title",
        ),
        pytest.param(
            "Agenda\n\nAgenda for the meeting of the Audit Panel to be held on 3 March 2006 at 10.00am.",
            "paper.txt",
            "agenda",
            "Audit Panel",
            "2006-03-03",
            "Agenda",
            id="agenda",
        ),
        pytest.param(
            "\n\nApologies for absence",
            "Metropolitan/committees/x-f/2004/041216/minutes/index.txt",
            "minutes",
            "Finance Committee",
            "2004-12-16",
            "",
            id="only-the-address-says",
        ),
    ],
)
def test_minutes_and_agendas(opening: str, path: str, kind: str, committee: str, date: str, title: str) -> None:
    got = fields(f"You are in:\n\n{WARNING}\n\n{opening}\n\n1. Apologies for absence\n\nNone.", path)
    assert (got.kind, got.committee, iso(got.meeting_date), got.title) == (kind, committee, date, title)
    assert got.report_number == ""


@pytest.mark.parametrize(
    ("path", "code", "date", "kind", "number"),
    [
        ("metropolitan/committees/x-f/2006/060216/04/index.html", "x-f", "2006-02-16", "report", "4"),
        ("Metropolitan/committees/MPA/2003/030626-agm/11-agm/index.html", "mpa", "2003-06-26", "report", "11-agm"),
        ("metropolitan/committees/x-f/2005/050616joint/07a/index.html", "x-f", "2005-06-16", "report", "7a"),
        ("metropolitan/committees/finres/2011/0324-joint/05/index.html", "finres", "2011-03-24", "report", "5"),
        ("committees/x-cop/2006/060303/index.txt", "x-cop", "2006-03-03", "agenda", ""),
        ("x-f/2004/041216/minutes/index.htm", "x-f", "2004-12-16", "minutes", ""),
        ("x-pspm/reports/001212-03", "x-pspm", "2000-12-12", "report", "3"),
        ("x-f-e-050922-3.pdf", "x-f-e", "2005-09-22", "report", "3"),
        ("pdf/mpa-041028-6-appendix01.pdf", "mpa", "2004-10-28", "appendix", "6"),
        ("metropolitan/committees/x-f/2006/069916/04/index.html", "x-f", "", "report", "4"),
    ],
)
def test_addresses(path: str, code: str, date: str, kind: str, number: str) -> None:
    got = read_address(path)
    assert got is not None
    assert (got.code, iso(got.date), got.kind, got.number) == (code, date, kind, number)


@pytest.mark.parametrize(
    "path", ["report-8a.txt", "news/press/2004/041216/index.html", "x-f/reports/index.html", "a/b.pdf"]
)
def test_other_paths_are_no_addresses(path: str) -> None:
    assert read_address(path) is None


def test_a_name_that_depends_on_the_date() -> None:
    assert body_name("x-f", PaperDate(2002, 5, 16)) == "Finance, Planning and Best Value Committee"
    assert body_name("x-f", PaperDate(2002, 6, 20)) == "Finance Committee"
    assert body_name("x-f", None) == ""
    assert body_name("unknown", PaperDate(2002, 6, 20)) == ""


ADDRESS = "metropolitan/committees/x-f/2004/041021/06/index.txt"
INTRO = "Report 6 of the 21 October 2004 meeting of the Finance Committee and gives figures."


@pytest.mark.parametrize(
    ("intro", "block", "path", "doubts", "number", "date"),
    [
        pytest.param(
            INTRO, "Report: 06\nDate: 21 October 2004\nBy: Clerk", ADDRESS, [], "06", "2004-10-21", id="padding"
        ),
        pytest.param(
            INTRO,
            "Report: 5\nDate: 21 October 2004\nBy: Clerk",
            ADDRESS,
            ["report-number-disagrees"],
            "6",
            "2004-10-21",
            id="header-number-against-two",
        ),
        pytest.param(
            INTRO.replace("October", "September"),
            "Report: 6\nDate: 21 October 2004\nBy: Clerk",
            "paper.txt",
            ["meeting-date-disagrees"],
            "6",
            "2004-10-21",
            id="intro-against-header-without-an-address",
        ),
        pytest.param(
            "",
            "Report: 6\nDate: 23 September 2004\nBy: Clerk",
            ADDRESS,
            ["meeting-date-disagrees"],
            "6",
            "2004-10-21",
            id="header-date-against-the-address",
        ),
        pytest.param(
            INTRO.replace("Finance", "Human Resources"),
            "Report: 6\nDate: 21 October 2004\nBy: Clerk",
            ADDRESS,
            ["committee-disagrees"],
            "6",
            "2004-10-21",
            id="committee-against-the-address",
        ),
    ],
)
def test_a_disagreement_is_doubted(
    intro: str, block: str, path: str, doubts: list[str], number: str, date: str
) -> None:
    got, found = read(report(above=intro, block=block), path)
    assert [doubt.rule for doubt in found] == doubts
    assert (got.report_number, iso(got.meeting_date)) == (number, date)


def test_a_doubt_names_both_and_says_which_was_taken() -> None:
    _, (doubt,) = read(report(above=INTRO, block="Report: 5\nDate: 21 October 2004\nBy: Clerk"), ADDRESS)
    assert "the header says '5'" in doubt.why
    assert "the intro sentence says '6'" in doubt.why
    assert "'6' was taken" in doubt.suggestion


def test_names_of_one_body_are_no_disagreement() -> None:
    above = "Report 6 of the 7 July 2005 meeting of the Equal Opportunity and Diversity Board and provides data."
    got, doubts = read(report(above=above, block="Report: 6"), "committees/x-eodb/2005/050707/06/index.txt")
    assert got.committee == "Equal Opportunity and Diversity Board"
    assert not doubts


def test_a_title_may_end_in_a_number() -> None:
    above = "<h2>APPENDIX 1</h2><h1>Budget 2004/05: position at period 7</h1>"
    page = f"<html><body>{above}<p>Table 1 - Posts</p></body></html>"
    assert read_fields(extract(page.encode(), "a.html"))[0].title == "Budget 2004/05: position at period 7"


def test_an_intro_without_a_verb_is_no_running_head() -> None:
    intro = "Report 5 of the 1 May 2006 meeting of the Finance Committee"
    got, doubts = read(f"{intro}\n\n{WARNING}\n\nTransport strategy\n\nA. Recommendation\n\nThat it be noted.")
    assert (got.committee, iso(got.meeting_date), got.report_number) == ("Finance Committee", "2006-05-01", "5")
    assert doubts == ()


def test_running_head_and_breadcrumb_name_the_meeting() -> None:
    head = "Human Resources Committee 4 May 2006 NOT PROTECTIVELY MARKED\nAPPENDIX 1\nStrength\nTable 1 - Officers\n"
    got = fields(head + "Rank\tAll\nConstable\t12\n\nHuman Resources Committee 4 May 2006 NOT PROTECTIVELY MARKED")
    assert (got.kind, got.committee, iso(got.meeting_date)) == ("appendix", "Human Resources Committee", "2006-05-04")
    assert got.title == "Strength"
    assert got.furniture == {0, 7}
    crumbs = "You are in: Home > Committees > Audit Panel > 21 October 2004\n\nStock\n\nReport: 6\nBy: Clerk"
    assert fields(crumbs).committee == "Audit Panel"
    assert iso(fields(crumbs).meeting_date) == "2004-10-21"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param(
            "## **Objective 1: Support scrutiny**\n\nKey actions:\tDeadline\nDo it\tMay 2006", "", id="objective-first"
        ),
        pytest.param(
            "# Roads: Work plan 2006/07\n\n## Objective 1: X\n\nAction\tWhen\nDo\tMay 2006",
            "Roads: Work plan 2006/07",
            id="heading",
        ),
        pytest.param(
            "Roads: Work plan 2006/07\nObjective 1: Safer roads\nAction\tWhen\nDo\tMay",
            "Roads: Work plan 2006/07",
            id="plain-line",
        ),
        pytest.param("Action\tWhen\nDo it\tMay 2006", "", id="table-only"),
        pytest.param("Equalities impact: All groups\nAction\tWhen\nDo it\tMay 2006", "", id="label-first"),
        pytest.param("We met in May and agreed what to do.\nAction\tWhen\nDo it\tMay 2006", "", id="sentence-first"),
    ],
)
def test_a_table_paper_gets_no_invented_fields(text: str, title: str) -> None:
    got, doubts = read(text)
    assert got == Fields("other", "", None, "", title, "", False, "", "", frozenset())
    assert not doubts


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        pytest.param(
            "Summary\n\nOne.\n\nTwo.\n\nA. Recommendation\n\nThat it be noted.", "One.\nTwo.", id="two-paragraphs"
        ),
        pytest.param("Executive summary\n\nOne.\n\nA. Recommendation\n\nThat.", "One.", id="executive"),
        pytest.param(
            "\n\nOne.\n\nA. Supporting information\n\n1. Text.\n\nSummary\n\nNo.",
            "One.",
            id="stripped-and-a-second-one",
        ),
        pytest.param("Summary\n\n1. One.\n\n2. Two.\n\nA. Recommendations\n\nThat.", "1. One.\n2. Two.", id="numbered"),
        pytest.param("See also report 6\n\nOne.\n\nA. Recommendation\n\nThat.", "One.", id="line-of-the-block"),
        pytest.param("Finance Committee - 2 May\n\nThe Committee met.", "", id="no-sections-no-summary"),
    ],
)
def test_the_summary(body: str, summary: str) -> None:
    assert fields(report(block="Report: 5\nDate: 2 May 2002\nBy: Clerk", below=body)).summary == summary


def test_a_list_of_contents_is_furniture_and_no_text() -> None:
    text = f"""
    Contents
    Report 5 of the 2 May 2002 meeting of the Finance Committee and gives figures.
    - Summary
    - A. Recommendation
    {WARNING}
    See the MOPC website for further information.
    Stock
    Report: 5
    Date: 2 May 2002
    By: Clerk
    Summary
    One.
    A. Recommendation
    That it be noted.
    Feedback
    The public liked it.
    """
    got = fields(text)
    assert got.furniture == {0, 1, 2, 3, 4, 5}  # `Feedback` here is the paper's own
    assert (got.title, got.summary) == ("Stock", "One.")


def test_a_printed_source_is_kept_and_none_is_made_up() -> None:
    got = fields(
        "https://www.example.org/committees/x-f/04.html\n\n" + report(block="Report: 5\nDate: 2 May 2002\nBy: Clerk")
    )
    assert got.source_url == "https://www.example.org/committees/x-f/04.html"
    assert fields(report(block="Report: 5\nDate: 2 May 2002\nBy: Clerk"), ADDRESS).source_url == ""


def test_a_header_in_one_cell_with_line_breaks() -> None:
    texts = (
        "Stock",
        "Report: 9\nDate: 21 October 2004\nBy: Clerk and\nTreasurer",
        "Summary",
        "One.",
        "A. Recommendation",
    )
    lines = tuple(Line("prose", (Cell(t, (Origin(t, LineSpan(n, 1, len(t))),)),)) for n, t in enumerate(texts, 1))
    got, _ = read_fields(Paper(Source("p.html", "", "text/html"), "html", lines))
    assert (got.report_number, got.author, got.title, got.summary) == ("9", "Clerk and Treasurer", "Stock", "One.")
