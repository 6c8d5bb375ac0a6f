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
