"""Recommendations, item by item: every form that the archive uses, and what is none."""

import pytest

from extract import extract
from normalise.read.fields import read_fields
from normalise.read.recommendations import Recommendation, read_recommendations
from normalise.read.sections import read_sections
from papers.paper import Cell, Kind, Line, LineSpan, Origin, Paper, Source

HEADER = "Stock\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk\n\nSummary\n\nOne.\n\n"
AFTER = "\n\nB. Supporting information\n\n1. Members asked for it.\n\n2. That was done."


def recommend(body: str, heading: str = "A. Recommendations") -> tuple[Recommendation, ...]:
    paper = extract(f"{HEADER}{heading}\n\n{body}{AFTER}".encode(), "paper.txt")
    return read_recommendations(read_sections(paper, read_fields(paper)[0]))


def brief(found: tuple[Recommendation, ...]) -> list[tuple[int, str, str, str]]:
    return [(each.group, each.number, each.text, each.lead) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "That the report be received.",
        "Members are invited to note the report and to comment on the format of future reports.",
        "To note the report.",
        "Agrees the plan at Appendix 1.",
        "The Committee is asked to agree the plan.",
    ],
)
@pytest.mark.parametrize("heading", ["A. Recommendation", "A. Recommendations"])
def test_a_plain_sentence(text: str, heading: str) -> None:
    assert brief(recommend(text, heading)) == [(1, "", text, "")]


def test_a_sentence_broken_over_lines() -> None:
    body = (
        "Members are asked to note the continued improvement in attendance and to support the\nextension of the pilot."
    )
    assert brief(recommend(body)) == [(1, "", body.replace("\n", " "), "")]


@pytest.mark.parametrize(
    "lead",
    [
        "That",
        "That:",
        "That members",
        "That the Sub-Committee",
        "Members are invited to:",
        "Members are recommended:",
        "The members are invited to:",
        "It is recommended that the Committee",
    ],
)
@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        pytest.param("  1. note it; and", "  2. agree it.", ("1", "2"), id="ordered"),
        pytest.param("1. Note it, and", "2. Agree it", ("1", "2"), id="flush"),
        pytest.param("- note it; and", "- agree it.", ("", ""), id="dashes"),
        pytest.param("  • note it; and", "  • agree it.", ("", ""), id="bullets"),
        pytest.param("(a) note it; and", "(b) agree it.", ("(a)", "(b)"), id="letters"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["compact", "spaced"])
def test_a_list_under_a_lead_in(lead: str, first: str, second: str, numbers: tuple[str, str], between: str) -> None:
    words = [text.strip().partition(" ")[2] for text in (first, second)]
    assert brief(recommend(between.join((lead, first, second)))) == [
        (1, numbers[0], words[0], lead),
        (1, numbers[1], words[1], lead),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "  1. note it; and\n  2. agree it.",
            [(1, "1", "note it; and", ""), (1, "2", "agree it.", "")],
            id="stripped",
        ),
        pytest.param("That members\n\n  1. note it.", [(1, "1", "note it.", "That members")], id="one-item"),
        pytest.param(
            "1. That members note it.\n\n2. That it be agreed.",
            [(1, "1", "That members note it.", ""), (1, "2", "That it be agreed.", "")],
            id="whole-sentences",
        ),
        pytest.param(
            "That\n\nmembers note it; and\n\nagree it.",
            [(1, "", "members note it; and", "That"), (1, "", "agree it.", "That")],
            id="lost-marks",
        ),
        pytest.param(
            "That\n\n  1. the Treasurer may release up to £1.2m from the overtime\n"
            "     contingency; and\n  2. note it.",
            [
                (1, "1", "the Treasurer may release up to £1.2m from the overtime contingency; and", "That"),
                (1, "2", "note it.", "That"),
            ],
            id="item-over-two-lines",
        ),
        pytest.param(
            "  1. agree that it goes ahead, provided that:\n    a. consent is granted; and\n"
            "    b. it is complete.\n  2. note it.",
            [
                (1, "1", "agree that it goes ahead, provided that:", ""),
                (1, "1a", "consent is granted; and", ""),
                (1, "1b", "it is complete.", ""),
                (1, "2", "note it.", ""),
            ],
            id="nested-letters",
        ),
        pytest.param(
            "1. agree it, provided that:\n(i) consent is granted; and\n(ii) it is complete.\n2. note it.",
            [
                (1, "1", "agree it, provided that:", ""),
                (1, "1(i)", "consent is granted; and", ""),
                (1, "1(ii)", "it is complete.", ""),
                (1, "2", "note it.", ""),
            ],
            id="nested-roman",
        ),
        pytest.param(
            "That the Finance Committee\n\n  1. note it; and\n  2. agree it.\n\n"
            "That the full Authority\n\n  1. approve it.",
            [
                (1, "1", "note it; and", "That the Finance Committee"),
                (1, "2", "agree it.", "That the Finance Committee"),
                (2, "1", "approve it.", "That the full Authority"),
            ],
            id="two-groups",
        ),
        pytest.param(
            "  1. note it; and\n  2. agree it.\n\n  1. approve it.",
            [(1, "1", "note it; and", ""), (1, "2", "agree it.", ""), (2, "1", "approve it.", "")],
            id="two-groups-whose-lead-in-is-lost",
        ),
        pytest.param(
            "That\n  1. it be agreed.\n\nBudget requirement 2004/05\n£m 2005/06\n£m Change\n%\n"
            "Gross 2,714.3 2,861.1 5.4\n"
            "Less: grants (386.9) (431.6) (11.6)\n\nThat the full Authority\n\n  1. approve it.",
            [(1, "1", "it be agreed.", "That"), (2, "1", "approve it.", "That the full Authority")],
            id="table-between-groups",
        ),
        pytest.param(
            "1. Note it.\n\nMembers are also asked to thank the staff.",
            [(1, "1", "Note it.", ""), (2, "", "Members are also asked to thank the staff.", "")],
            id="list-and-sentence",
        ),
    ],
)
def test_lists(body: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert brief(recommend(body)) == expected


def test_the_section_is_found_by_its_words() -> None:
    body = "B. Recommendations\n\nThat it be noted.\n\nC. Financial implications\n\nMembers, none."
    text = f"{HEADER}A. Supporting information\n\n1. That is so.\n\n{body}"
    paper = extract(text.encode(), "paper.txt")
    found = read_recommendations(read_sections(paper, read_fields(paper)[0]))
    assert brief(found) == [(1, "", "That it be noted.", "")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{HEADER}A. Background papers\n\n1. That is so.\n\nScrutiny recommendations\n\n2. Of the 58, 49 are met.",
            id="sub-heading",
        ),
        pytest.param(
            "## Objective 1: Implement the recommendations\n\nMembers are invited to:\n\n1. do it\n", id="objective"
        ),
        pytest.param(
            "Minutes of the meeting of the Finance Committee held on 6 May 2004.\n\n"
            "64. Recommendations of the panel\n\nResolved –\n\nThat it be noted.",
            id="item-of-minutes",
        ),
        pytest.param(
            "Stock\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk\n\nMembers are asked to note it.", id="no-section"
        ),
    ],
)
def test_nothing_else_is_a_recommendation(text: str) -> None:
    paper = extract(text.encode(), "paper.txt")
    assert read_recommendations(read_sections(paper, read_fields(paper)[0])) == ()


def test_items_of_a_page_need_no_marks_and_may_hold_line_breaks() -> None:
    def line(number: int, kind: Kind, text: str) -> Line:
        return Line(kind, (Cell(text, (Origin(text, LineSpan(number, 1, len(text))),)),))

    lines = (
        line(1, "heading", "A. Recommendations"),
        line(2, "prose", "That"),
        line(3, "item", "it goes ahead, provided that:\n(a) consent is granted; and\n(b) it is\ncomplete."),
        line(4, "item", "it be noted."),
        line(5, "heading", "B. Supporting information"),
    )
    paper = Paper(Source("p.html", "", "text/html"), "html", lines)
    found = read_recommendations(read_sections(paper, read_fields(paper)[0]))
    assert brief(found) == [
        (1, "", "it goes ahead, provided that:", "That"),
        (1, "(a)", "consent is granted; and", "That"),
        (1, "(b)", "it is complete.", "That"),
        (1, "", "it be noted.", "That"),
    ]


def of_page(body: str) -> list[tuple[int, str, str, str]]:
    head = "<h1>Stock</h1><p>Report: 5<br>Date: 2 May 2002<br>By: Clerk</p><h2>A. Recommendations</h2>"
    paper = extract(f"<html><body>{head}{body}<h2>B. Supporting information</h2></body></html>".encode(), "page.html")
    return brief(read_recommendations(read_sections(paper, read_fields(paper)[0])))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "<p>That</p><ol><li>it be noted; and<li>be kept.</ol>",
            [(1, "1", "it be noted; and", "That"), (1, "2", "be kept.", "That")],
            id="numbers that the list shows",
        ),
        pytest.param(
            "<ol type=a><li>note it;<li>agree that:<ol><li>one goes;<li>two waits.</ol></ol>",
            [
                (1, "a", "note it;", ""),
                (1, "b", "agree that:", ""),
                (1, "b.1", "one goes;", ""),
                (1, "b.2", "two waits.", ""),
            ],
            id="numbers below letters",
        ),
        pytest.param(
            "<ol><li>agree that:<ol><li>one goes;<li>two waits.</ol><li>note it.</ol>",
            [
                (1, "1", "agree that:", ""),
                (1, "1.1", "one goes;", ""),
                (1, "1.2", "two waits.", ""),
                (1, "2", "note it.", ""),
            ],
            id="numbers below numbers",
        ),
        pytest.param(
            "<p>Members are invited to:</p><ul><li>note it;<li>agree it.</ul>",
            [(1, "", "note it;", "Members are invited to:"), (1, "", "agree it.", "Members are invited to:")],
            id="bullets",
        ),
        pytest.param(
            "<p>That the Committee</p><ol><li>note it.</ol><p>That the full Authority</p><ol><li>agree it.</ol>",
            [(1, "1", "note it.", "That the Committee"), (2, "1", "agree it.", "That the full Authority")],
            id="two groups",
        ),
        pytest.param(
            "<p>That members approve these sums:</p><table border=1><tr><td>Head<td>£<tr><td>Pay<td>120</table>"
            "<p>That the rest be kept.</p>",
            [(1, "", "That members approve these sums:", ""), (1, "", "That the rest be kept.", "")],
            id="a table between two",
        ),
        pytest.param(
            "<table><tr><td>1.<td>note it; and<tr><td>2.<td>agree it.</table>",
            [(1, "1", "note it; and", ""), (1, "2", "agree it.", "")],
            id="a list set in cells",
        ),
    ],
)  # fmt: skip
def test_lists_of_a_page(body: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert of_page(body) == expected
