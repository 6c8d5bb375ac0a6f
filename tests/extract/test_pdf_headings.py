"""Headings of PDF tables without a grid that stand over groups of columns, set to the left or in several lines."""

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from extract import extract
from normalise.spans import positions

FIGURES: Sequence[Sequence[str]] = (
    ("Officer pay", "77,675", "40,886", "36,789", "115,023", "74,103", "40,920"),
    ("Staff pay", "37,837", "22,639", "15,198", "168,062", "154,540", "13,522"),
    ("Warden pay", "89,660", "15,746", "73,914", "138,152", "137,289", "863"),
    ("Transport", "20,112", "11,903", "8,209", "54,010", "51,447", "2,563"),
)
PLACES = (80, 180, 240, 300, 360, 420, 480)


def header(*lines: Sequence[str], pitch: float = 11, indent: float = 0) -> list[list[tuple[str, int, int]]]:
    """The cells above the figures, with the first and the last column of each.

    `pitch` parts the baselines of the header, `indent` is how far right of its heading a figure begins.
    """
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 9)
    for number, row in enumerate(lines):
        for text, x in zip(row, PLACES, strict=False):
            canvas.drawString(x, 700 - number * pitch, text)
    for number, row in enumerate(FIGURES):
        for column, (text, x) in enumerate(zip(row, PLACES, strict=True)):
            canvas.drawString(x + (indent if column else 0), 696 - len(lines) * pitch - number * 11, text)
    canvas.save()
    paper = extract(file.getvalue(), "appendix.pdf")
    ((start, end),) = paper.grids()
    body = next(at for at in range(start, end) if paper.lines[at].cells[0].text == "Officer pay")
    return [
        [(" ".join(cell.text.split()), column, column + cell.column_span - 1) for column, cell in row if cell.text]
        for row in positions(paper.lines[start:body])
    ]


def test_a_group_set_to_the_left_does_not_take_the_heading_under_it() -> None:
    assert header(
        ("Heading", "Spent to date", "", "", "Full year", "", ""),
        ("", "Budget", "Actual", "Over", "Budget", "Forecast", "Under"),
    ) == [
        [("Heading", 0, 0), ("Spent to date", 1, 3), ("Full year", 4, 6)],
        [("Budget", 1, 1), ("Actual", 2, 2), ("Over", 3, 3), ("Budget", 4, 4), ("Forecast", 5, 5), ("Under", 6, 6)],
    ]


def test_a_group_of_unlike_headings_beside_headings_of_their_own() -> None:
    assert header(
        ("Heading", "Made", "Agreed", "Done", "Overdue by", "", ""),
        ("", "", "", "", "Weeks", "Months", "Years"),
    ) == [
        [("Heading", 0, 0), ("Made", 1, 1), ("Agreed", 2, 2), ("Done", 3, 3), ("Overdue by", 4, 6)],
        [("Weeks", 4, 4), ("Months", 5, 5), ("Years", 6, 6)],
    ]


def test_the_lines_of_one_heading_stay_together() -> None:
    assert header(
        ("Heading", "Budget", "Spent so", "Still", "Forecast", "Likely", "Under"),
        ("", "2004/05", "far", "to pay", "2004/05", "result", ""),
    ) == [
        [
            ("Heading", 0, 0), ("Budget 2004/05", 1, 1), ("Spent so far", 2, 2), ("Still to pay", 3, 3),
            ("Forecast 2004/05", 4, 4), ("Likely result", 5, 5), ("Under", 6, 6),
        ]
    ]  # fmt: skip


def test_a_group_of_two_lines_beside_one_of_one_line() -> None:
    assert header(
        ("", "", "", "", "Offences that were", "", ""),
        ("", "Twelve months up to", "", "", "to court", "", ""),
        ("Heading", "To March", "To June", "Change", "Number", "Rate", ""),
    )[0] == [
        ("Heading", 0, 0), ("Twelve months up to", 1, 2), ("Change", 3, 3), ("Offences that were to court", 4, 5),
    ]  # fmt: skip


def test_a_heading_of_two_lines_over_white_beside_its_figures() -> None:
    assert header(
        ("", "", "Special", "", "", "", ""),
        ("Heading", "Allowance", "", "Travel", "Meals", "Fees", "All"),
        ("", "", "responsibility"),
        pitch=5, indent=32,
    ) == [
        [
            ("Heading", 0, 0), ("Allowance", 1, 1), ("Special responsibility", 2, 2), ("Travel", 3, 3),
            ("Meals", 4, 4), ("Fees", 5, 5), ("All", 6, 6),
        ]
    ]  # fmt: skip


def test_the_lines_of_a_heading_at_one_place_are_no_headings_of_groups() -> None:
    assert header(
        ("", "", "Of which", "", "", "", ""),
        ("Heading", "Strength", "", "Vacant", "Joined", "Left", "Planned"),
        ("", "", "on loan"),
        pitch=8,
    ) == [
        [
            ("Heading", 0, 0), ("Strength", 1, 1), ("Of which on loan", 2, 2), ("Vacant", 3, 3),
            ("Joined", 4, 4), ("Left", 5, 5), ("Planned", 6, 6),
        ]
    ]  # fmt: skip
