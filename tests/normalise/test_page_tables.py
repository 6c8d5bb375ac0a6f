"""Tables of a PDF that go on over a page: joined on evidence, and left apart without."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from extract import extract
from normalise.engine import Normalised, normalise
from normalise.rules.hidden_text import hidden_text
from normalise.rules.page_tables import page_tables
from papers.paper import Paper
from papers.repair import ink, replay

WIDTH, HEIGHT = A4
HEADER = ["Borough", "Posts", "Budget £000"]
FIRST = [["Camden", "12", "1,250"], ["Barnet", "9", "840"], ["Brent", "14", "1,310"]]
SECOND = [["Ealing", "8", "790"], ["Enfield", "11", "1,045"], ["Total", "54", "5,235"]]
HEAD = "Finance Committee 18 November 2004"

GRID = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]

Rows = Sequence[Sequence[str]]


def pages(*tables: Rows, caption: str = "") -> Paper:
    """A paper with a ruled table on each page, and above the second a caption, if there is one."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for number, rows in enumerate(tables, start=1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, HEIGHT - 40, HEAD)
        canvas.drawString(290, 30, str(number))
        if number > 1:
            canvas.drawString(72, HEIGHT - 70, caption)
        table = Table(
            [list(row) for row in rows], colWidths=[150, 80, 100], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        )
        _, height = table.wrapOn(canvas, WIDTH, HEIGHT)
        table.drawOn(canvas, 72, HEIGHT - 90 - height)
        canvas.showPage()
    canvas.save()
    return extract(file.getvalue(), "report.pdf")


def joined(raw: Paper) -> Normalised:
    found = normalise(raw, [hidden_text, page_tables])
    assert replay(raw, found.repairs) == found.paper
    assert not normalise(found.paper, [hidden_text, page_tables]).repairs
    return found


def rows(paper: Paper) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in paper.lines if line.kind == "row"]


def grids(paper: Paper) -> list[int]:
    return [end - start for start, end in paper.grids()]


def test_a_repeated_header_is_dropped_with_its_reason() -> None:
    raw = pages([HEADER, *FIRST], [HEADER, *SECOND])
    found = joined(raw)
    assert rows(found.paper) == [HEADER, *FIRST, *SECOND]
    assert grids(found.paper) == [7]
    [entry] = found.repairs
    assert "stands again" in entry.hunk.why
    assert (ink(raw.lines) - ink(found.paper.lines)).total() == len("".join(HEADER).replace(" ", ""))


def test_without_a_header_the_places_of_the_columns_decide() -> None:
    found = joined(pages([HEADER, *FIRST], SECOND))
    assert grids(found.paper) == [7]
    assert "columns stand where" in found.repairs[0].hunk.why


def test_three_pages_are_one_table_and_furniture_follows_it() -> None:
    found = joined(pages([HEADER, *FIRST], [HEADER, *SECOND[:2]], [HEADER, *SECOND]))
    assert grids(found.paper) == [9]
    kinds = [line.kind for line in found.paper.lines]
    assert kinds == ["furniture"] + ["row"] * 9 + ["furniture"] * 5


def test_a_line_that_says_continued_goes_to_the_furniture() -> None:
    found = joined(pages([HEADER, *FIRST], [HEADER, *SECOND], caption="Table 1 (continued)"))
    assert grids(found.paper) == [7]
    assert [line.kind for line in found.paper.lines if "continued" in line.text] == ["furniture"]


@pytest.mark.parametrize(
    ("second", "caption"),
    [
        pytest.param([HEADER, *SECOND], "Table 2: The year before", id="a caption of its own"),
        pytest.param([["Borough", "Cars", "Cost £000"], *SECOND], "", id="another header"),
        pytest.param([["Ealing", "8"], ["Enfield", "11"], ["Total", "54"]], "", id="fewer columns"),
    ],
)
def test_another_table_stays_on_its_own(second: Rows, caption: str) -> None:
    raw = pages([HEADER, *FIRST], second, caption=caption)
    assert joined(raw).paper == raw


def test_a_table_that_has_ended_does_not_go_on() -> None:
    raw = pages([HEADER, *FIRST, ["Total", "35", "3,400"]], FIRST)
    assert joined(raw).paper == raw


def plain_pages(*pages: Sequence[tuple[float, Rows]]) -> Paper:
    """A paper of tables without rules: on each page, rows from some distances from the top on; the last is right."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont("Helvetica", 9)
        for top, block in page:
            for number, row in enumerate(block):
                canvas.drawString(72, HEIGHT - top - 13 * number, row[0])
                for right, text in zip((260, 340), row[1:], strict=False):
                    canvas.drawRightString(right, HEIGHT - top - 13 * number, text)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, HEIGHT - 400, "The Committee has asked for a further report to its meeting in September.")
        canvas.showPage()
    canvas.save()
    return extract(file.getvalue(), "report.pdf")


def test_a_total_alone_on_the_next_page_belongs_to_the_table() -> None:
    found = joined(plain_pages([(420, [HEADER, *FIRST, *SECOND[:2]])], [(60, SECOND[2:])]))
    assert rows(found.paper) == [HEADER, *FIRST, *SECOND]


def test_a_total_alone_in_its_own_grid_belongs_to_the_table() -> None:
    assert rows(joined(pages([HEADER, *FIRST, *SECOND[:2]], SECOND[2:])).paper) == [HEADER, *FIRST, *SECOND]


def test_a_label_at_the_foot_belongs_to_the_rows_overleaf() -> None:
    first = [HEADER, *FIRST, ["North London", "", ""]]
    found = joined(plain_pages([(420, first)], [(60, SECOND)]))
    assert rows(found.paper) == [*first, *SECOND]


def test_a_header_at_the_foot_belongs_to_the_rows_overleaf() -> None:
    found = joined(pages([HEADER], [*FIRST, *SECOND]))
    assert grids(found.paper) == [7]


def test_a_column_that_is_blank_overleaf_stays_one() -> None:
    rest = [["Ealing", "8", ""], ["Enfield", "11", ""], ["Total", "54", ""]]
    found = joined(plain_pages([(420, [HEADER, *FIRST])], [(60, rest)]))
    assert rows(found.paper) == [HEADER, *FIRST, *rest]


def test_a_line_of_text_at_the_head_of_the_next_page_is_no_row() -> None:
    raw = plain_pages(
        [(420, [HEADER, *FIRST])], [(60, [["Detail", "", ""]]), (90, [["None of these is new.", "", ""]])]
    )
    assert rows(joined(raw).paper) == [HEADER, *FIRST]


def test_a_subtotal_at_the_foot_does_not_end_a_table() -> None:
    first = [HEADER, FIRST[0], ["Total north", "12", "1,250"], FIRST[1], ["Total south", "9", "840"]]
    found = joined(plain_pages([(420, first)], [(60, [["Brent", "14", "1,310"], ["Total", "35", "3,400"]])]))
    assert grids(found.paper) == [7]
