"""Supporting material: entries, formats and titles, however the copy ran them together."""

from pathlib import Path

import pytest

from extract import extract
from normalise.read.fields import read_fields
from normalise.read.links import Link, read_links
from normalise.read.sections import read_sections

RAW = Path(__file__).parents[2] / "data" / "raw"
HEADER = "Stock\n\nReport: 5\nDate: 2 May 2002\nBy: Clerk\n\nA. Recommendation\n\nThat it be noted.\n\n"


def links(text: str) -> tuple[Link, ...]:
    paper = extract(text.encode(), "paper.txt")
    return read_links(read_sections(paper, read_fields(paper)[0]), paper)


def test_the_real_report() -> None:
    found = links((RAW / "report-8a-community-engagement-strategy.txt").read_text("utf-8"))
    assert found == (
        Link("Appendix 1", "MPA/MPS Community Engagement Strategy", "PDF", "", 36),
        Link("Appendix 2", "MPS arrangements for implementing the strategy", "PDF", "", 37),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "- Appendix 1 [PDF]\nSite plans - Appendix 2 [PDF]\nCosts",
            [("Appendix 1", "PDF", "Site plans"), ("Appendix 2", "PDF", "Costs")],
            id="run-together",
        ),
        pytest.param(
            "  • Appendix 1 [PDF]\n    Site plans\n  • Appendix 2 [Word]\n    Costs - revised",
            [("Appendix 1", "PDF", "Site plans"), ("Appendix 2", "Word", "Costs - revised")],
            id="bullets",
        ),
        pytest.param(
            "Appendix 1 [PDF 120KB] Site plans", [("Appendix 1", "PDF", "Site plans")], id="one-line-with-size"
        ),
        pytest.param(
            "Appendix 1 [PDF] Site plans - Appendix 2 [PDF] Costs",
            [("Appendix 1", "PDF", "Site plans"), ("Appendix 2", "PDF", "Costs")],
            id="all-on-one-line",
        ),
        pytest.param(
            "- Appendix A - Site plans (PDF)", [("Appendix A", "PDF", "Site plans")], id="title-before-format"
        ),
        pytest.param(
            "Appendix 1 [PDF]\nSite plans\nAppendix 2 [PDF]\nCosts",
            [("Appendix 1", "PDF", "Site plans"), ("Appendix 2", "PDF", "Costs")],
            id="no-marks",
        ),
        pytest.param("- Strategic review [Excel]", [("Strategic review", "Excel", "")], id="label-only"),
        pytest.param(
            "- [Appendix 1](app1.pdf) [PDF]\nSite plans", [("Appendix 1", "PDF", "Site plans")], id="markdown-link"
        ),
    ],
)
def test_entries(body: str, expected: list[tuple[str, str, str]]) -> None:
    found = links(f"{HEADER}Supporting material\n\n{body}\n\nSend an e-mail linking to this page\n\nFeedback")
    assert [(link.label, link.format, link.title) for link in found] == expected


def test_the_target_of_a_link_is_kept() -> None:
    assert links(f"{HEADER}Supporting material\n\n- [Appendix 1](app1.pdf) [PDF]")[0].href == "app1.pdf"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADER + "B. Supporting information\n\n1. See Appendix 1 [PDF] and Appendix 2.", id="mention"),
        pytest.param(
            "Contents\n- Supporting material\nStock\nReport: 5\nDate: 2 May 2002\nBy: Clerk\nSummary\nOne.",
            id="contents",
        ),
        pytest.param(HEADER + "Supporting material\n\nFeedback", id="nothing-listed"),
    ],
)
def test_no_links(text: str) -> None:
    assert links(text) == ()


def linked(body: str) -> list[tuple[str, str, str, str]]:
    data = f"<html><body><h1>Stock</h1><p>Report: 5<br>Date: 2 May 2002<br>By: Clerk</p>{body}</body></html>".encode()
    paper = extract(data, "page.html")
    found = read_links(read_sections(paper, read_fields(paper)[0]), paper)
    return [(link.label, link.title, link.format, link.href) for link in found]


MATERIAL = "<h2>A. Recommendation</h2><p>That it be noted.</p><h2>Supporting material</h2>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"{MATERIAL}<ul><li><a href=1.pdf>Appendix 1</a> [PDF]<br>Site plans</ul>",
            [("Appendix 1", "Site plans", "PDF", "1.pdf")],
            id="an entry with its address",
        ),
        pytest.param(
            f"{MATERIAL}<a href=1.pdf>Appendix 1</a> [PDF]<br>Plans<br><a href=2.doc>Appendix 2</a> [Word]<br>Costs",
            [("Appendix 1", "Plans", "PDF", "1.pdf"), ("Appendix 2", "Costs", "Word", "2.doc")],
            id="entries in one paragraph",
        ),
        pytest.param(
            f"{MATERIAL}<ul><li><a href='/x/2.xls?v=1' title='All costs'>Appendix 2</a></ul>",
            [("Appendix 2", "All costs", "Excel", "/x/2.xls?v=1")],
            id="title and format of the link itself",
        ),
        pytest.param(
            "<p>See <a href=plan.htm>the plan</a> and <a href=#note>the note</a>, <a name=x></a>done.</p>",
            [("the plan", "", "", "plan.htm")],
            id="a link in the text, not one within the page",
        ),
        pytest.param(
            "<table border=1><tr><td>Site<td>Plan<tr><td>Bow<td><a href=bow.pdf>Bow</a></table>",
            [("Bow", "", "PDF", "bow.pdf")],
            id="a link in a table",
        ),
        pytest.param("<div class=footer><a href=/p>Privacy</a></div>", [], id="page furniture"),
        pytest.param(
            "<h2><a href=b.htm><font size=2>Budget</font></a></h2>", [("Budget", "", "", "b.htm")], id="around"
        ),
        pytest.param(
            "one<br><br><a href=1.htm>Plan</a><br><br>two<br><br><a href=2.htm>Plan</a>",
            [("Plan", "", "", "1.htm"), ("Plan", "", "", "2.htm")],
            id="the same words twice",
        ),
    ],
)
def test_links_of_a_page(body: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert linked(body) == expected
