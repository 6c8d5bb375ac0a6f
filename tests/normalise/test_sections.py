"""Every line of running text under its heading, nothing lost, nothing added."""

from collections import Counter
from pathlib import Path

import pytest

from extract import extract
from normalise.read.fields import read_fields
from normalise.read.sections import FURNITURE, SectionText, read_sections
from papers.paper import Cell, Kind, Line, LineSpan, Origin, Paper, Source

RAW = Path(__file__).parents[2] / "data" / "raw"
HEADER = "Stock\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk\n\n"


def sections(text: str, path: str = "paper.txt") -> tuple[SectionText, ...]:
    paper = extract(text.encode(), path)
    return read_sections(paper, read_fields(paper)[0])


def made(*lines: tuple[Kind, tuple[str, ...]]) -> Paper:
    """A paper as an extractor of pages makes it: lines with a kind and cells."""
    return Paper(
        Source("p.html", "", "text/html"),
        "html",
        tuple(
            Line(kind, tuple(Cell(text, (Origin(text, LineSpan(number, 1, len(text))),)) for text in texts))
            for number, (kind, texts) in enumerate(lines, start=1)
        ),
    )


def pairs(rows: tuple[SectionText, ...]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row.letter, row.heading) for row in rows if row.letter))


def ink(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def test_the_real_report() -> None:
    rows = sections((RAW / "report-8a-community-engagement-strategy.txt").read_text("utf-8"))
    assert pairs(rows) == [
        ("A", "Recommendation"),
        ("B", "Supporting information"),
        ("C", "Race and equality impact"),
        ("D", "Financial implications"),
        ("E", "Background papers"),
        ("F", "Contact details"),
    ]
    assert [r.paragraph_number for r in rows if r.letter == "B" and r.paragraph_number] == list("12345678")
    assert [r.text for r in rows if r.heading == "Background papers"] == ["E. Background papers", "None"]
    assert [r.order for r in rows] == list(range(1, len(rows) + 1))
    assert "Tim Rees, MPA and Jane Wilkin, MPS" in next(r.text for r in rows if r.text.startswith("Report author"))


@pytest.mark.parametrize(
    "name", ["report-8a-community-engagement-strategy.txt", "community-engagement-work-plan-2006.txt"]
)
def test_nothing_is_lost(name: str) -> None:
    """All ink outside table rows is there; only the stop after a paragraph's number may be missing."""
    paper = extract((RAW / name).read_bytes(), name)
    rows = read_sections(paper, read_fields(paper)[0])
    printed = sum((ink(line.text) for line in paper.lines if line.kind != "row"), Counter[str]())
    read = sum((ink(row.paragraph_number + row.text) for row in rows), Counter[str]())
    stops = sum(bool(row.paragraph_number) for row in rows)
    assert printed - read == Counter({".": stops} if stops else {})
    assert not read - printed
    assert {row.line for row in rows} == {n for n, line in enumerate(paper.lines) if line.kind in ("prose", "heading")}


def test_furniture_and_front_matter() -> None:
    rows = sections(f"You are in:\n\n{HEADER}Summary\n\nOne.\n\nA. Recommendation\n\nThat it be noted.\n\nFeedback")
    assert [(r.letter, r.heading, r.level) for r in rows] == [
        ("", FURNITURE, 0),
        *[("", "Stock", 0)] * 4,
        *[("", "Summary", 0)] * 2,
        *[("A", "Recommendation", 1)] * 2,
        ("", FURNITURE, 0),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "A. Supporting information\n\n1. Text.\n\nB. Recommendations\n\nThat.\n\nC. Review arrangements\n\nNone.",
            [("A", "Supporting information"), ("B", "Recommendations"), ("C", "Review arrangements")],
            id="letters-have-no-fixed-meaning",
        ),
        pytest.param(
            "A. Recommendation\nThat.\nB. Supporting information\n1. Text.\nNo. Risk Score\n"
            "A. Strategic\nA1 Budget 5 4 20"
            "\nB. Operational\nB1 Staff 3 4 12\nC. Governance\nC1 Code 4 2 8\nC. Race and equality impact\nNone."
            "\nD. Financial implications\nNone.",
            [
                ("A", "Recommendation"),
                ("B", "Supporting information"),
                ("C", "Race and equality impact"),
                ("D", "Financial implications"),
            ],
            id="lettered-rows-of-a-flattened-table",
        ),
        pytest.param(
            "A. Recommendation\n\nThat.\n\nB. Supporting information\n\n1. Text.\n\nD. Financial implications\n\nNone.",
            [("A", "Recommendation"), ("B", "Supporting information"), ("D", "Financial implications")],
            id="a-letter-left-out",
        ),
        pytest.param("A. Smith\n\nB. Jones\n\nC. Patel", [], id="initials-are-no-sections"),
        pytest.param(
            "A. Recommendation\n\nA. Smith asked for it.", [("A", "Recommendation")], id="sentence-with-initial"
        ),
    ],
)
def test_lettered_sections(body: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(sections(HEADER + body)) == expected


def test_two_reports_on_one_page() -> None:
    one = (
        "A. Recommendation\n\nThat.\n\nB. Supporting information\n\n1. Text.\n\n"
        "C. Contact details\n\nReport author: X\n\n"
    )
    rows = sections(HEADER + one + "Supplementary report\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk\n\n" + one)
    assert [r.text for r in rows if r.is_heading and r.level == 1] == 2 * [
        "A. Recommendation",
        "B. Supporting information",
        "C. Contact details",
    ]


def test_headings_without_letters() -> None:
    rows = sections(HEADER + "Recommendations\n\n1. That it be noted.\n\nBackground papers\n\nNone")
    assert [(r.heading, r.level) for r in rows[4:]] == [*[("Recommendations", 1)] * 2, *[("Background papers", 1)] * 2]


def test_the_foot_of_the_page() -> None:
    rows = sections(
        HEADER + "A. Recommendation\n\nThat.\n\nSupporting material\n\nAppendix 1 [PDF]\n\nAppendix 2: Terms\n\nText."
    )
    assert [(r.letter, r.heading) for r in rows[6:]] == [
        *[("", "Supporting material")] * 2,
        *[("", "Appendix 2: Terms")] * 2,
    ]


PARAGRAPHS = "A. Supporting information\n\n"


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        pytest.param("1. In order to ensure", "1", "In order to ensure", id="stop"),
        pytest.param(
            "1.1 These are the figures of the year.", "1.1", "These are the figures of the year.", id="two-level"
        ),
        pytest.param("12) note it", "12", "note it", id="bracket"),
        pytest.param("  1. note the report; and", "1", "note the report; and", id="list-number"),
        pytest.param(
            "1 These are the figures that members asked for.",
            "1",
            "These are the figures that members asked for.",
            id="no-stop",
        ),
        pytest.param("1 Includes Chinese.", "", "1 Includes Chinese.", id="footnote"),
        pytest.param(
            "24 new posts were filled in the first half of the year.",
            "",
            "24 new posts were filled in the first half of the year.",
            id="count",
        ),
        pytest.param("2005/06 budget", "", "2005/06 budget", id="year"),
        pytest.param("2.5 per cent of it", "", "2.5 per cent of it", id="share"),
        pytest.param("(1) note it", "", "(1) note it", id="bracketed"),
        pytest.param("£1.5m was spent", "", "£1.5m was spent", id="money"),
        pytest.param("  • note it; and", "", "• note it; and", id="list-mark-stays"),
    ],
)
def test_paragraph_numbers(text: str, number: str, rest: str) -> None:
    row = sections(HEADER + PARAGRAPHS + text)[-1]
    assert (row.paragraph_number, row.text) == (number, rest)


LONG = "Recruitment to the community support officer role has kept pace with the timetable that was agreed in May."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("Overall position", f"1. {LONG}", "Overtime", f"2. {LONG}"),
            ["Overall position", "Overtime"],
            id="numbered",
        ),
        pytest.param(
            ("Claims in 1999/2000", "Table 1 Claims", "Type No.", "Civil 12"),
            ["Claims in 1999/2000"],
            id="above-caption",
        ),
        pytest.param(("OBJECTIVE: SAFER STREETS (A & B)", LONG), ["OBJECTIVE: SAFER STREETS (A & B)"], id="capitals"),
        pytest.param((f"1. {LONG}", "Total 42.5 -19.8 22.6", f"2. {LONG}"), [], id="row-of-figures"),
        pytest.param((f"1. {LONG}", "Table 1 - Posts", f"2. {LONG}"), [], id="caption"),
        pytest.param((f"1. {LONG}", "- the tone used", f"2. {LONG}"), [], id="list-item"),
        pytest.param((f"1. {LONG}", "Source: Home Office", f"2. {LONG}"), [], id="label"),
        pytest.param((f"1. {LONG}", "None", f"2. {LONG}"), [], id="none"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["compact", "spaced"])
def test_subheadings(lines: tuple[str, ...], expected: list[str], between: str) -> None:
    rows = sections(HEADER.replace("\n\n", "\n") + between.join(("A. Supporting information", *lines)))
    assert [row.text for row in rows if row.level == 2] == expected
    assert pairs(rows) == [("A", "Supporting information")]


def test_minutes_have_a_section_for_each_item() -> None:
    text = (
        "Minutes of the meeting of the Finance Committee held on 16 December 2004.\n\nPresent\n\n"
        "Members:\n\n  • Anil Desai\n\n"
        "62. Apologies for absence\n\n(Agenda item 1)\n\nNone.\n\n"
        "63 Declarations\n\nResolved –\n\n  1. That it be noted."
    )
    rows = sections(text)
    assert [(r.heading, r.level, r.paragraph_number, r.text) for r in rows] == [
        ("", 0, "", "Minutes of the meeting of the Finance Committee held on 16 December 2004."),
        ("", 2, "", "Present"),
        ("", 2, "", "Members:"),
        ("", 0, "", "• Anil Desai"),
        ("Apologies for absence", 1, "62", "Apologies for absence"),
        ("Apologies for absence", 1, "", "(Agenda item 1)"),
        ("Apologies for absence", 1, "", "None."),
        ("Declarations", 1, "63", "Declarations"),
        ("Declarations", 1, "", "Resolved –"),
        ("Declarations", 1, "1", "That it be noted."),
    ]


def test_heading_lines_always_start_a_heading() -> None:
    paper = made(
        ("heading", ("Roads: Work plan",)),
        ("heading", ("Objective 1: Safer roads",)),
        ("prose", ("Equalities impact: all",)),
        ("row", ("Action", "When")),
        ("heading", ("Objective 2: Fewer cars",)),
    )
    rows = read_sections(paper, read_fields(paper)[0])
    assert [(r.heading, r.level, r.line, r.is_heading) for r in rows] == [
        ("Roads: Work plan", 0, 0, True),
        ("Objective 1: Safer roads", 1, 1, True),
        ("Objective 1: Safer roads", 1, 2, False),
        ("Objective 2: Fewer cars", 1, 4, True),
    ]


def test_a_number_in_a_cell_of_its_own_goes_with_its_text() -> None:
    paper = made(
        ("heading", ("A. Supporting information",)), ("prose", ("1.", "The plan.")), ("prose", ("(a)", "", "A part."))
    )
    rows = read_sections(paper, read_fields(paper)[0])
    assert [(r.paragraph_number, r.text, r.cell) for r in rows[1:]] == [("1", "The plan.", 1), ("", "(a) A part.", 2)]


def of_page(body: str) -> list[tuple[str, int, str, str]]:
    head = "<h1>Stock</h1><p>Report: 5<br>Date: 2 May 2002<br>By: Clerk</p><h2>A. Supporting information</h2>"
    paper = extract(f"<html><body>{head}{body}</body></html>".encode(), "page.html")
    rows = read_sections(paper, read_fields(paper)[0])
    return [
        (r.heading, r.level, r.paragraph_number, r.text)
        for r in rows
        if (r.letter and not r.is_heading) or r.level == 2
    ]


SECTION = "Supporting information"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<ol start=4><li>One.<ul><li>a</ul><li>Two.</ol>",
            [(SECTION, 1, "4", "One."), (SECTION, 1, "", "a"), (SECTION, 1, "5", "Two.")],
            id="numbers that a list shows",
        ),
        pytest.param("<ol><li>7. Typed.</ol>", [(SECTION, 1, "7", "Typed.")], id="a typed number comes first"),
        pytest.param(
            "<h3>Works</h3><p>One.</p><p><b>Costs</b></p><table border=1><tr><td>Bow<td>7<tr><td>Ely<td>8</table>",
            [(SECTION, 2, "", "Works"), (SECTION, 1, "", "One."), (SECTION, 1, "", "Costs")],
            id="a heading above a table is its caption",
        ),
        pytest.param(
            "<p><b>Costs</b></p><p>£000</p><table border=1><tr><td>Bow<td>7<tr><td>Ely<td>8</table>",
            [(SECTION, 1, "", "Costs"), (SECTION, 1, "", "£000")],
            id="a unit between caption and table",
        ),
        pytest.param("<ul><li>Appendix 1</ul>", [(SECTION, 1, "", "Appendix 1")], id="an item is no section"),
    ],
)
def test_sections_of_a_page(body: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert of_page(body) == expected


@pytest.mark.parametrize(
    ("line", "is_furniture"),
    [
        pytest.param("(c) an annual review of the 2004/05 plan.", False, id="the third of a list"),
        pytest.param("(c) 2004 Metropolitan Police Authority", True, id="a year and an owner"),
        pytest.param("(c) Metropolitan Police Authority 2004", True, id="an owner and a year"),
        pytest.param("© Metropolitan Police Authority", True, id="the sign"),
    ],
)
def test_a_copyright_line_is_told_from_the_third_of_a_list(line: str, is_furniture: bool) -> None:
    list_before = "A. Recommendations\n\nThat members agree:\n\n(a) a plan;\n\n(b) a budget; and\n\n"
    rows = sections(f"{HEADER}{list_before}{line}\n")
    assert [row.heading == FURNITURE for row in rows if line.split()[-1] in row.text][-1] is is_furniture
