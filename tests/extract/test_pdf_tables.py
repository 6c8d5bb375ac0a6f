"""Tables in PDFs: with rules, with some rules, without. The papers are drawn by reportlab."""

import io
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor, lightgrey, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extract import extract
from extract.pdf.found import FoundTable
from extract.pdf.page import Fill, Glyph, Page, Rule
from extract.pdf.tables import find_tables
from extract.pdf.words import read_lines
from papers.paper import Paper
from papers.repair import ink

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]
Row = Sequence[str]

PROSE = (
    "The Committee oversees risk management on behalf of the Authority. The register has been",
    "revised after a workshop with the senior management team, which was held on the last day",
    "of May and agreed the scores. A further report will be made to the meeting in September.",
)
SPENDING: Sequence[Row] = (
    ("Type of spend", "Budget", "Forecast", "Variance"),
    ("Officer pay", "1,498,330", "1,481,345", "-16,985"),
    ("Officer overtime", "98,412", "99,411", "999"),
    ("Staff pay", "412,660", "413,324", "664"),
    ("Premises and fees", "61,400", "60,056", "-1,344"),
    ("Total", "2,070,802", "2,054,136", "-16,666"),
)
EDGES = (80.0, 220.0, 300.0, 380.0, 460.0)


def draw_page(*parts: Draw) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for part in parts:
        part(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def rows_at(
    rows: Sequence[Row],
    top: float,
    *,
    edges: Sequence[float] = EDGES,
    pitch: float = 14,
    size: float = 9,
    align: str = "lrrrrrrrrrrr",
    font: str = "Helvetica",
) -> Draw:
    """Draws rows of cells; an empty text leaves a cell blank."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, row in enumerate(rows):
            y = HEIGHT - top - number * pitch
            for text, x0, x1, side in zip(row, edges, edges[1:], align, strict=False):
                x = {"l": x0 + 3, "r": x1 - 3 - stringWidth(text, font, size), "c": 0}[side]
                if side == "c":
                    x = (x0 + x1 - stringWidth(text, font, size)) / 2
                canvas.drawString(x, y, text)

    return draw


def lines_at(*ys: float, x0: float = EDGES[0], x1: float = EDGES[-1]) -> Draw:
    def draw(canvas: Canvas) -> None:
        for y in ys:
            canvas.line(x0, HEIGHT - y, x1, HEIGHT - y)

    return draw


def uprights_at(*xs: float, top: float, bottom: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        for x in xs:
            canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)

    return draw


def prose_at(top: float, lines: Sequence[str] = PROSE, x: float = 80, size: float = 10) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            canvas.drawString(x, HEIGHT - top - number * 1.2 * size, line)

    return draw


def read(*parts: Draw) -> Paper:
    return extract(draw_page(*parts), "appendix.pdf")


def grids(paper: Paper) -> list[list[list[str]]]:
    """The texts of each table, row by row."""
    return [[[cell.text for cell in line.cells] for line in paper.lines[start:end]] for start, end in paper.grids()]


def as_lists(rows: Sequence[Row]) -> list[list[str]]:
    return [list(row) for row in rows]


def ruled(top: float, bottom: float, count: int) -> list[Draw]:
    step = (bottom - top) / count
    return [
        lines_at(*(top + k * step for k in range(count + 1))),
        uprights_at(*EDGES, top=top, bottom=bottom),
    ]


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(ruled(90, 174, 6), id="all ruled"),
        pytest.param([lines_at(90, 104, 160, 174)], id="rules above and below header and total"),
        pytest.param([lines_at(104)], id="a rule under the header"),
        pytest.param([], id="no rules"),
        pytest.param([uprights_at(*EDGES[1:-1], top=90, bottom=174)], id="rules between columns"),
        pytest.param([lines_at(90, 104, 174), uprights_at(EDGES[0], EDGES[-1], top=90, bottom=174)], id="a frame"),
    ],
)
def test_a_table_of_figures_is_read_however_it_is_ruled(rules: list[Draw]) -> None:
    paper = read(prose_at(40), *rules, rows_at(SPENDING, 100), prose_at(210))
    assert grids(paper) == [as_lists(SPENDING)]


def test_stripes_of_colour_are_borders_of_nothing() -> None:
    def stripes(canvas: Canvas) -> None:
        canvas.setFillColor(lightgrey)
        for top in (104, 132, 160):
            canvas.rect(EDGES[0], HEIGHT - top - 14, EDGES[-1] - EDGES[0], 14, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))

    assert grids(read(stripes, rows_at(SPENDING, 100))) == [as_lists(SPENDING)]


def test_filled_cells_with_white_between_are_a_grid() -> None:
    def cells(canvas: Canvas) -> None:
        for k in range(6):
            for number, (x0, x1) in enumerate(pairwise(EDGES)):
                canvas.setFillColor(HexColor("#4f81bd") if number == 0 else HexColor("#d3dfee"))
                canvas.rect(x0, HEIGHT - 104 - k * 14, x1 - x0 - 1, 13, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))

    assert grids(read(cells, rows_at(SPENDING, 100))) == [as_lists(SPENDING)]


def test_a_double_line_is_one_border() -> None:
    double = [lines_at(*(y + d for y in (90, 104, 174) for d in (0, 2))), lines_at(118, 132, 146, 160)]
    paper = read(*double, uprights_at(*EDGES, *(x + 2 for x in EDGES), top=90, bottom=176), rows_at(SPENDING, 100))
    assert grids(paper) == [as_lists(SPENDING)]


def test_a_ruled_cell_of_several_lines_is_one_cell() -> None:
    lines = (
        ("Visual scale", "A line of fixed length with words"),
        ("", "that anchor its ends"),
        ("Rating scale", "A set of categories from which"),
        ("of numbers", "one has to be chosen"),
        ("Likert scale", "Terms in order"),
    )
    frame = [lines_at(90, 120, 150, 180), uprights_at(80, 250, 460, top=90, bottom=180)]
    texts = [
        rows_at(lines[k : k + 2], top, edges=(80, 250, 460), align="ll") for k, top in ((0, 102), (2, 132), (4, 162))
    ]
    assert grids(read(*frame, *texts)) == [
        [
            ["Visual scale", "A line of fixed length with words that anchor its ends"],
            ["Rating scale of numbers", "A set of categories from which one has to be chosen"],
            ["Likert scale", "Terms in order"],
        ]
    ]


@pytest.mark.parametrize("angle", [90, -90])
def test_headings_that_run_up_or_down_stand_in_their_cells(angle: int) -> None:
    lines = (("Budget",), ("Forecast", "of spend"), ("Variance",))

    def headings(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for column, texts in enumerate(lines, start=1):
            for number, text in enumerate(texts):
                canvas.saveState()
                up = angle > 0
                canvas.translate(
                    EDGES[column] + (20 if up else 40) + (11 if up else -11) * number, HEIGHT - (88 if up else 32)
                )
                canvas.rotate(angle)
                canvas.drawString(0, 0, text)
                canvas.restoreState()

    rules = [lines_at(30, 90, 104, 118, 132, 146, 160), uprights_at(*EDGES, top=30, bottom=160)]
    paper = read(*rules, rows_at([("Type of spend",)], 85), headings, rows_at(SPENDING[1:], 100), prose_at(200))
    header = ["Type of spend", "Budget", "Forecast of spend", "Variance"]
    assert grids(paper) == [[header, *as_lists(SPENDING[1:])]]
    assert [line.text for line in paper.lines if line.kind == "prose"] == [" ".join(PROSE)]


def test_a_grid_that_parts_only_the_groups_is_read_by_its_lines() -> None:
    rows = (
        ("Under 1 year", "3,533,692", "40 years", "2,468,083"),
        ("1 year", "3,269,557", "41 years", "2,375,849"),
        ("2 years", "3,223,816", "42 years", "2,325,572"),
        ("3 years", "3,179,441", "43 years", "2,227,968"),
    )
    frame = [lines_at(90, 146), uprights_at(80, 270, 460, top=90, bottom=146)]
    paper = read(*frame, rows_at(rows, 100, edges=(80, 180, 270, 360, 460), align="lrlr"))
    assert grids(paper) == [as_lists(rows)]


SPANNED: Sequence[Row] = (
    ("Assault", "114", "1,204", "97", "911"),
    ("False imprisonment", "141", "966", "129", "1,018"),
    ("Malicious prosecution", "38", "402", "41", "377"),
)
SPAN_EDGES = (80.0, 220.0, 280.0, 340.0, 400.0, 460.0)


@pytest.mark.parametrize("align", ["l", "c", "r"])
@pytest.mark.parametrize("is_ruled", [True, False], ids=["a rule under each", "no rules"])
def test_headings_span_their_groups(align: str, is_ruled: bool) -> None:
    spanner = rows_at([("1998/99", "1999/2000")], 100, edges=(220, 340, 460), align=align * 2)
    leaves = rows_at([("Type of claim", "No.", "Cost", "No.", "Cost")], 115, edges=SPAN_EDGES, align="l" + align * 4)
    rules = [lines_at(103, x0=225, x1=335), lines_at(103, x0=345, x1=455)] if is_ruled else []
    paper = read(*rules, spanner, leaves, rows_at(SPANNED, 131, edges=SPAN_EDGES))
    [(start, end)] = paper.grids()
    header = [
        [(cell.text, cell.row_span, cell.column_span) for cell in line.cells] for line in paper.lines[start : start + 2]
    ]
    assert header == [
        [("Type of claim", 2, 1), ("1998/99", 1, 2), ("1999/2000", 1, 2)],
        [("No.", 1, 1), ("Cost", 1, 1), ("No.", 1, 1), ("Cost", 1, 1)],
    ]
    assert end - start == 5


CALLS: Sequence[Row] = (
    ("Lambeth", "630,088", "82.6", "288,939", "88.9", "677,823", "70.4", "157,033", "93.2"),
    ("Bow", "321,339", "71.3", "247,269", "81.7", "268,237", "71.4", "399,213", "94.8"),
    ("Hendon", "634,568", "92.6", "204,285", "91.6", "330,236", "77.9", "232,291", "84.3"),
)
CALL_EDGES = (54.0, 96.0, 136.0, 180.0, 220.0, 264.0, 304.0, 348.0, 388.0, 432.0)


@pytest.mark.parametrize("align", ["c", "r"])
@pytest.mark.parametrize("count", [2, 3], ids=["two rows", "three rows"])
def test_headings_of_three_levels_span_the_groups_below_them(align: str, count: int) -> None:
    years = rows_at([("2007/08", "2008/09")], 100, edges=CALL_EDGES[1::4], align="cc", size=8)
    types = rows_at([("Emergency", "Other") * 2], 112, edges=CALL_EDGES[1::2], align="cccc", size=8)
    leaves = rows_at([("Centre", *("Calls", "In time") * 4)], 124, edges=CALL_EDGES, align="l" + align * 8, size=8)
    paper = read(years, types, leaves, rows_at(CALLS[:count], 137, edges=CALL_EDGES, align="l" + align * 8, size=8))
    [(start, _)] = paper.grids()
    header = [[(cell.text, cell.column_span) for cell in line.cells] for line in paper.lines[start : start + 2]]
    assert header == [
        [("Centre", 1), ("2007/08", 4), ("2008/09", 4)],
        [("Emergency", 2), ("Other", 2), ("Emergency", 2), ("Other", 2)],
    ]


def test_headings_of_several_lines_are_one_cell_each() -> None:
    header = (("", "Approved", "Forecast", "Over (+) or"), ("Type of spend", "budget", "outturn", "under (-)"))
    paper = read(rows_at(header, 100, pitch=10), rows_at(SPENDING[1:], 126))
    assert grids(paper)[0][0] == ["Type of spend", "Approved budget", "Forecast outturn", "Over (+) or under (-)"]


def test_a_label_over_two_lines_is_one_row_and_a_heading_inside_is_another() -> None:
    rows = (
        ("Type of spend", "Budget", "Forecast", "Variance"),
        ("Running expenses", "", "", ""),
        ("Employee related", "24,881", "24,665", "-216"),
        ("expenditure", "", "", ""),
        ("Transport", "54,126", "55,130", "1,004"),
    )
    found = grids(read(rows_at(rows, 100, pitch=12)))
    assert found == [
        [
            list(rows[0]),
            ["Running expenses", "", "", ""],
            ["Employee related expenditure", "24,881", "24,665", "-216"],
            list(rows[4]),
        ]
    ]


GROUPED: Sequence[Row] = (
    ("", "2003/04", "2004/05", "2005/06"),
    ("Head of expenditure", "£000", "£000", "£000"),
    ("Premises", "", "", ""),
    ("Rents", "29,708", "29,097", "5,196"),
    ("Business rates", "3,841", "19,377", "18,628"),
    ("Supplies", "", "", ""),
    ("Furniture", "9,673", "10,617", "18,298"),
)


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param([lines_at(91, 117, *range(131, 202, 14)), uprights_at(*EDGES, top=91, bottom=187)], id="a grid"),
        pytest.param([lines_at(91, 117, *range(131, 202, 14))], id="rules between all rows"),
        pytest.param([lines_at(117)], id="a rule under the header"),
        pytest.param([], id="no rules"),
    ],
)
def test_the_first_group_is_no_part_of_a_header_with_units(rules: list[Draw]) -> None:
    header = rows_at(GROUPED[:2], 100, pitch=12, font="Helvetica-Bold")
    premises, supplies = (rows_at(GROUPED[k : k + 1], 127 + 14 * (k - 2), font="Helvetica-Bold") for k in (2, 5))
    body = [premises, rows_at(GROUPED[3:5], 141), supplies, rows_at(GROUPED[6:], 183)]
    paper = read(prose_at(40), *rules, header, *body, prose_at(230))
    [found] = grids(paper)
    assert found[0] == ["Head of expenditure", "2003/04 £000", "2004/05 £000", "2005/06 £000"]
    assert [row[0] for row in found[1:]] == [row[0] for row in GROUPED[2:]]
    assert found[2] == list(GROUPED[3])
    [(start, _)] = paper.grids()
    assert {cell.row_span for cell in paper.lines[start].cells} == {1}


@pytest.mark.parametrize("rules", [[], [lines_at(91, 104, 189, x1=340)]], ids=["no rules", "three rules"])
def test_the_label_of_a_grand_total_reaches_over_both_columns_of_labels(rules: list[Draw]) -> None:
    edges = (80, 112, 190, 240, 290, 340)
    rows = (
        ("Area", "Type", "2004", "2005", "Change"),
        ("North", "Spontaneous", "302", "257", "-45"),
        ("", "Pre-planned", "545", "356", "-189"),
        ("South", "Spontaneous", "390", "243", "-147"),
        ("", "Pre-planned", "170", "459", "+289"),
        ("All deployments", "", "1,407", "1,315", "-92"),
    )
    paper = read(*rules, rows_at(rows, 101, edges=edges, align="llrrr", pitch=13))
    [(start, end)] = paper.grids()
    total = [(cell.text, cell.column_span) for cell in paper.lines[end - 1].cells]
    assert total == [("All deployments", 2), ("1,407", 1), ("1,315", 1), ("-92", 1)]
    assert [cell.text for cell in paper.lines[start + 2].cells] == list(rows[2])


def test_leaders_lead_to_figures() -> None:
    rows = (
        ("0.99 " + ". " * 20, "800", "880", "1,040"),
        ("0.95 " + ". " * 20, "160", "176", "208"),
        ("0.90 " + ". " * 20, "80", "88", "104"),
        ("0.85 " + ". " * 20, "53", "59", "69"),
    )
    [found] = grids(read(rows_at(rows, 100, edges=(80, 300, 360, 420, 480))))
    assert [row[1:] for row in found] == [list(row[1:]) for row in rows]


def test_type_of_fixed_width_is_parted_at_two_spaces() -> None:
    text = (
        "Region        2003     2004     2005",
        "North        1,040    1,120    1,200",
        "South and    2,208    2,224    2,240",
        "East          104      112      120",
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Courier", 10)
        for number, line in enumerate(text):
            canvas.drawString(80, HEIGHT - 100 - number * 12, line)

    assert [row[1:] for row in grids(read(draw))[0]] == [line.replace("and", "").split()[1:] for line in text]


def pairs_at(rows: Sequence[Row], top: float = 100, *, edges: Sequence[float], align: str = "ll") -> Draw:
    return rows_at(rows, top, edges=edges, align=align)


BULLETS = (("•", "members approve the plan"), ("•", "receive a report each quarter"), ("•", "note it"))
NUMBERS = (("1.", "declare surplus the six properties"), ("2.", "authorise the Director"), ("3.", "note the receipts"))
CONTENTS = tuple(
    (f"{heading} {'.' * 40}", page)
    for heading, page in (("Aims", "1"), ("Findings", "4"), ("Costs", "9"), ("Annex", "12"))
)
NOT_TABLES = {
    "prose": [prose_at(100), prose_at(150)],
    "two columns of prose": [
        prose_at(100, [line[:44] for line in PROSE * 5], x=60),
        prose_at(100, [line[20:64] for line in PROSE * 5], x=320),
    ],
    "a list": [pairs_at(BULLETS, edges=(80, 100, 400))],
    "a numbered list": [pairs_at(NUMBERS, edges=(80, 110, 400))],
    "a contents list": [pairs_at(CONTENTS, edges=(80, 380, 420), align="lr")],
    "a box of prose": [
        lines_at(90, 150, x0=70, x1=520),
        uprights_at(70, 520, top=90, bottom=150),
        prose_at(105),
    ],
    "head and foot": [
        pairs_at([("Finance Committee", "18 November 2004")], 30, edges=(80, 300, 520), align="lr"),
        prose_at(100),
        pairs_at([("Report 7", "Page 2 of 3")], 815, edges=(80, 300, 520), align="lr"),
    ],
}


@pytest.mark.parametrize("parts", NOT_TABLES.values(), ids=NOT_TABLES.keys())
def test_what_is_no_table_stays_text(parts: list[Draw]) -> None:
    assert grids(read(*parts)) == []


def test_a_chart_of_bars_is_no_table() -> None:
    def chart(canvas: Canvas) -> None:
        canvas.setFillColor(HexColor("#c00000"))
        for k, height in enumerate((20, 55, 35, 80, 10)):
            canvas.rect(120 + k * 60, HEIGHT - 300, 25, height, stroke=1, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        for k in range(5):
            canvas.line(100, HEIGHT - 300 + k * 25, 420, HEIGHT - 300 + k * 25)

    values = rows_at([("20", "55", "35", "80", "10")], 215, edges=(110, 170, 230, 290, 350, 410), align="ccccc")
    years = rows_at(
        [("2003", "2004", "2005", "2006", "2007")], 312, edges=(110, 170, 230, 290, 350, 410), align="ccccc"
    )
    assert grids(read(chart, values, years, prose_at(400))) == []


def test_title_and_notes_stay_outside() -> None:
    title = prose_at(80, ["Table 1: Spending by type in 2004/05 and what is forecast for the year"])
    notes = prose_at(
        190, ["Note: the figures are provisional and will be revised when the accounts are closed."], size=8
    )
    paper = read(title, lines_at(90, 104, 174), rows_at(SPENDING, 100), notes)
    assert grids(paper) == [as_lists(SPENDING)]
    kinds = [line.kind for line in paper.lines]
    assert kinds[0] != "row" and kinds[-1] != "row"


def test_prose_beside_a_table_stays_prose() -> None:
    words = (
        "of the institutions enrolled most",
        "students, and the youngest",
        "were of the age of fourteen;",
        "however, ages beyond this were",
        "not given (see the table at",
        "the side). The others were",
        "larger and had more staff",
    )
    beside = prose_at(96, words, x=60, size=10)
    rows = (
        ("Age", "Number", "%"),
        ("14-17", "231,000", "1.3"),
        ("18-19", "3,769,000", "21.2"),
        ("20-21", "3,648,000", "20.5"),
        ("22-24", "3,193,000", "18.0"),
    )
    paper = read(beside, rows_at(rows, 100, edges=(300, 360, 440, 490), align="lrr"))
    assert grids(paper) == [as_lists(rows)]


def test_rules_between_rows_of_words_make_a_table() -> None:
    rows = (
        ("Item", "Description"),
        ("Tuition", "The cost of a course varies from school to school."),
        ("Books and", "Books can be expensive. Supplies can include bags,"),
        ("supplies", "notebooks, pens and paper."),
        ("Fees", "Fees depend on the school you attend."),
        ("Travel", "You will need to travel during the breaks."),
    )
    tops = (100, 120, 140, 152, 172, 192)
    texts = [rows_at([row], top, edges=(80, 200, 500), align="ll") for row, top in zip(rows, tops, strict=True)]
    [found] = grids(read(lines_at(88, 107, 127, 159, 179, 199, x1=500), *texts))
    assert [row[0] for row in found] == ["Item", "Tuition", "Books and supplies", "Fees", "Travel"]


CLOSE: Sequence[Row] = (
    ("Borough", "Offences", "Change on year", "Not known"),
    ("Southwark", "412", "+31", "1"),
    ("Lambeth", "388", "-12", "12"),
    ("Haringey", "301", "+4", "3"),
    ("Whole area", "1,101", "+23", "16"),
)


@pytest.mark.parametrize("align", ["rrrr", "cccc", "llll"])
@pytest.mark.parametrize("size", [7, 9, 11])
def test_headings_hardly_further_apart_than_their_words(align: str, size: float) -> None:
    widths = [max(stringWidth(row[k], "Helvetica", size) for row in CLOSE) for k in range(4)]
    edges = [80 + sum(widths[:k]) + k * 0.5 * size for k in range(5)]  # half an em between the widest texts
    assert grids(read(rows_at(CLOSE, 100, edges=edges, align=align, size=size))) == [as_lists(CLOSE)]


def test_a_sign_set_to_the_left_of_the_figures_is_no_column() -> None:
    rows = [row if k != 2 else (row[0], "", row[2], row[3]) for k, row in enumerate(SPENDING)]
    sign = rows_at([("", "n/a")], 128, align="ll")
    [found] = grids(read(rows_at(rows, 100), sign))
    assert found[2] == ["Officer overtime", "n/a", "99,411", "999"]


def test_the_last_line_of_a_label_in_the_middle_of_its_row_belongs_to_it() -> None:
    rows = [*SPENDING[:4], ("", "61,400", "60,056", "-1,344")]
    label = [prose_at(150, ["Premises"], x=83, size=9), prose_at(161, ["and fees"], x=83, size=9)]
    [found] = grids(read(rows_at(rows, 100), *label))
    assert found[4] == ["Premises and fees", "61,400", "60,056", "-1,344"]


def test_the_same_heading_stands_once_in_each_group() -> None:
    edges = (80.0, 180.0, 240.0, 300.0, 360.0, 420.0, 480.0)
    rows = (
        ("Borough", "2001/02", "2002/03", "Change", "2001/02", "2002/03"),
        ("Barnet", "81", "679", "738.3", "26", "64"),
        ("Bexley", "178", "787", "342.1", "133", "40"),
        ("Brent", "239", "691", "189.1", "53", "48"),
    )
    groups = rows_at([("Incidents", "Accused")], 86, edges=(180, 360, 480), align="rr")
    paper = read(groups, rows_at(rows, 100, edges=edges))
    [(start, _)] = paper.grids()
    assert [(cell.text, cell.column_span) for cell in paper.lines[start].cells[1:]] == [
        ("Incidents", 3),
        ("Accused", 2),
    ]


def test_a_numbered_paragraph_above_a_table_is_no_row_of_it() -> None:
    number = prose_at(60, ["3."], x=80)
    words = prose_at(60, ["There are 1,240 posts within the scope of the review, of which 318 are filled."], x=120)
    assert grids(read(number, words, rows_at(SPENDING, 90))) == [as_lists(SPENDING)]


def test_two_tables_below_each_other_stay_two() -> None:
    paper = read(rows_at(SPENDING, 100), prose_at(205, ["Table 2: The year before"]), rows_at(SPENDING, 225))
    assert grids(paper) == [as_lists(SPENDING), as_lists(SPENDING)]


@pytest.mark.parametrize("tops", [(90, 104, 160, 174), (104,)], ids=["closed by a rule", "open below"])
def test_text_between_two_ruled_tables_stays_text(tops: Sequence[float]) -> None:
    paragraph = "3.  The contract was let for three years with an option to extend it for two more years."
    between = [
        prose_at(192, ["Detail"]),
        prose_at(206, [paragraph], size=9),
        prose_at(226, ["Spending by type in the year before"]),
    ]
    below = [lines_at(232, 246, 302, 316), rows_at(SPENDING, 242)]
    paper = read(lines_at(*tops), rows_at(SPENDING, 100), *between, *below)
    assert grids(paper) == [as_lists(SPENDING), as_lists(SPENDING)]
    prose = [line.text for line in paper.lines if line.kind != "row" and line.text]
    assert prose[0] == "Detail" and prose[-1] == "Spending by type in the year before"


def test_a_header_with_one_row_at_the_foot_of_a_page_is_a_table() -> None:
    assert grids(read(prose_at(40), rows_at(SPENDING[:2], 720))) == [as_lists(SPENDING[:2])]
    assert grids(read(prose_at(40), rows_at(SPENDING[:2], 720), prose_at(748))) == []


def test_white_rules_are_not_seen() -> None:
    def invisible(canvas: Canvas) -> None:
        canvas.setStrokeColor(white)
        for x in (150, 240, 330):
            canvas.line(x, HEIGHT - 90, x, HEIGHT - 174)

    assert grids(read(invisible, rows_at(SPENDING, 100))) == [as_lists(SPENDING)]


NARROW = (
    "the number of people who were asked",
    "about their homes has grown since",
    "the first survey, and the answers of",
    "those who rent are set apart from",
    "those of owners. Most of them live",
    "in towns of fifty thousand people",
    "or more, which is a larger share",
    "than that of the survey before it,",
    "although the sample was drawn from",
    "the same lists. Rents have risen in",
    "all regions, and in the north they",
    "have risen faster than wages have.",
)
SHORT: Sequence[Row] = (
    ("Tenure", "Number", "%"),
    ("Owners", "1,204", "61.2"),
    ("Tenants", "658", "33.4"),
    ("Others", "106", "5.4"),
)


@pytest.mark.parametrize("count", [2, 3])
def test_a_table_in_one_column_of_a_page_is_read_apart_from_the_others(count: int) -> None:
    width, size = 500 / count, {2: 13.0, 3: 8.4}[count]
    columns = [prose_at(60, NARROW * 3, x=50 + k * width, size=size) for k in range(1, count)]
    above, below = (prose_at(top, NARROW, x=50, size=size) for top in (60, 340))
    edges = (50.0, 50 + 0.4 * width, 50 + 0.7 * width, 35 + width)
    table = rows_at(SHORT, 272, edges=edges, pitch=12, size=7, align="lrr")
    assert grids(read(*columns, above, table, below)) == [as_lists(SHORT)]


def test_a_wide_table_over_two_columns_of_a_page_stays_one() -> None:
    edges = (50.0, 140.0, 210.0, 280.0, 350.0, 420.0, 490.0)
    header = ("Sector", "2004", "2005", "2006", "2007", "2008")
    rows = [header, *((name, "1,204", "1,316", "1,190", "1,402", "1,377") for name in ("Steel", "Paper", "Glass"))]
    rules = lines_at(90, 104, 146, x0=50, x1=490)
    columns = [prose_at(180, NARROW * 2, x=x, size=9) for x in (50, 285)]
    assert grids(read(rules, rows_at(rows, 100, edges=edges), *columns)) == [as_lists(rows)]


def test_tables_beside_each_other_with_rules_of_their_own_are_two() -> None:
    left = [("Imports", "kt", "%"), *((name, "1,230", "12.1") for name in ("Norway", "Algeria", "Libya", "Qatar"))]
    right = [("Exports", "kt", "%"), *((name, "845", "9.4") for name in ("Turkey", "Serbia", "Ukraine"))]
    paper = read(
        lines_at(*(104 + 14 * k for k in range(5)), x0=60, x1=220),
        lines_at(*(104 + 18 * k for k in range(4)), x0=300, x1=460),
        rows_at(left, 100, edges=(60, 130, 180, 220), align="lrr"),
        rows_at(right, 100, edges=(300, 370, 420, 460), pitch=18, align="lrr"),
    )
    assert sorted(grids(paper)) == sorted([as_lists(left), as_lists(right)])


def test_rules_between_all_rows_do_not_make_the_first_row_a_header() -> None:
    rows = [("Store", "20.3", "8.0", "14.9"), ("Peak", "17.0", "5.1", "16.8"), ("Price", "18.2", "12.7", "22.2")]
    header = [("Indicator", "", "Winter", ""), ("", "2007", "2008", "2009")]
    paper = read(lines_at(132, 146, 160), rows_at([*header, *rows], 100))
    ((start, end),) = paper.grids()
    assert [cell.text for cell in paper.lines[start + 2].cells] == list(rows[0])
    assert end - start == 5


def test_figures_that_do_not_rise_are_no_headings() -> None:
    rows = [("", "2000", "2001", "2002"), ("Union", "17.3", "9.4", "10.6"), ("Area", "20.3", "3.6", "11.0")]
    rows += [(name, "6.4", "18.4", "4.1") for name in ("Belgium", "Bulgaria", "Denmark", "Germany")]
    assert grids(read(lines_at(132), rows_at(rows, 100))) == [as_lists(rows)]


def test_a_share_or_an_interval_stands_with_its_figure() -> None:
    rows = (
        ("Exposure", "Cases", "Odds ratio"),
        ("Farm animals", "32 (27%)", "0.9 (0.8–3.1)"),
        ("Ground beef", "136 (79%)", "2.1 (0.6–5.0)"),
        ("Raw milk", "46 (58%)", "1.2 (0.7–5.8)"),
        ("Swimming", "75 (67%)", "0.6 (0.3–1.7)"),
        ("Sick family", "207 (59%)", "2.8 (1.4–5.1)"),
        ("Travel", "21 (10%)", "2.9 (1.1–4.3)"),
    )
    assert grids(read(rows_at(rows, 100, edges=(80, 200, 300, 420)))) == [as_lists(rows)]


def test_a_heading_in_the_middle_of_the_body_spans_the_figures_below_it() -> None:
    edges = (80.0, 180.0, 240.0, 300.0, 360.0)
    rows: list[Row] = [("Origin", "2006", "2007", "2008")]
    for _ in range(2):
        rows += [("",), ("White", "4,125", "3,604", "4,752"), ("Black", "3,094", "1,400", "6,625")]
    middle = [rows_at([(name,)], 100 + 14 * k, edges=(180, 360), align="c") for k, name in ((1, "Men"), (4, "Women"))]
    paper = read(rows_at(rows, 100, edges=edges), *middle)
    spans = [(cell.text, cell.column_span) for line in paper.lines for cell in line.cells]
    assert ("Men", 3) in spans and ("Women", 3) in spans


def test_a_group_of_headings_takes_in_whole_groups_below_it() -> None:
    edges = (80.0, 180.0, 230.0, 280.0, 330.0, 380.0, 430.0, 480.0)
    paper = read(
        rows_at([("Holdings", "Share of farmland")], 100, edges=(180, 380, 480), align="cc"),
        rows_at([("2005", "2010")], 113, edges=(180, 280, 380), align="cc"),
        rows_at([("", "", "", "", "", "Arable", "Grass")], 113, edges=edges),
        rows_at([("State", "Number", "Units", "Number", "Units")], 126, edges=edges),
        rows_at([(n, "63,399", "435.8", "8,746", "499.8", "32.8", "62.8") for n in SPACED_NAMES], 142, edges=edges),
    )
    spans = [(cell.text, cell.column_span) for line in paper.lines for cell in line.cells]
    assert ("Holdings", 4) in spans and ("Share of farmland", 2) in spans


SPACED_NAMES = ("Belgium", "Bulgaria", "Denmark", "Germany", "Estonia")


def test_a_header_with_a_grid_and_rows_without_one_are_one_table() -> None:
    boxes = [lines_at(90, 122), lines_at(106, x0=300), uprights_at(*EDGES[1:3], top=90, bottom=122)]
    header = [
        rows_at([("SUBJECT", "ALL")], 110, align="cc"),
        rows_at([("HOUSEHOLDS",)], 102, edges=(300, 460), align="c"),
        rows_at([("RENTED", "OWNED")], 118, edges=(300, 380, 460), align="cc"),
        uprights_at(380, top=106, bottom=122),
    ]
    rows = [(name, "23,425", "6,392", "29,017") for name in ("Detached", "Attached", "Mobile", "Other")]
    ((first, second, *body),) = grids(read(*boxes, *header, rows_at(rows, 134), lines_at(180)))
    assert first[:3] == ["SUBJECT", "ALL", "HOUSEHOLDS"] and second[-2:] == ["RENTED", "OWNED"]
    assert body == as_lists(rows)


def test_cells_of_one_colour_with_a_narrow_white_line_between_are_two() -> None:
    rows = (
        ("Objective", "Description", "Indicator"),
        ("Jobs", "More and better work", "Jobs created"),
        ("Growth", "New firms in the region", "Patents filed"),
    )

    def cells(canvas: Canvas) -> None:
        for row in range(3):
            for x0, x1 in ((80, 160), (161.3, 280), (281.3, 360)):
                canvas.setFillColor(HexColor("#dce6f1"))
                canvas.rect(x0, HEIGHT - 106 - row * 16, x1 - x0, 14.4, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))

    table = rows_at(rows, 102, edges=(80, 160, 280, 360), pitch=16, align="lll")
    assert grids(read(cells, table)) == [as_lists(rows)]


def test_a_long_label_between_rules_does_not_end_the_table() -> None:
    label = (
        "Number of",
        "firms that",
        "have applied",
        "the option",
        "for this",
        "class of",
        "assets",
        "so far, at",
        "any time",
    )
    rows: list[Row] = [("", "First", "Second", "Third"), (label[0], "27", "16", "23"), *((part,) for part in label[1:])]
    last = [("Share of all", "33%", "20%", "28%"), ("Share of assets", "19%", "7%", "11%")]
    paper = read(lines_at(90, 104, 230, 258), rows_at([*rows, *last], 100))
    ((_, first, *rest),) = grids(paper)
    assert first == [" ".join(label), "27", "16", "23"]
    assert rest == as_lists(last)


def test_the_upper_line_of_the_last_heading_stays_in_the_header() -> None:
    edges = (80.0, 180.0, 260.0, 340.0)
    paper = read(
        prose_at(60),
        rows_at([("", "", "Cost of")], 114, edges=edges),
        rows_at([("Region", "Cases")], 120, edges=edges),
        rows_at([("", "", "days lost")], 126, edges=edges),
        rows_at([(name, "1,204", "96.1") for name in SPACED_NAMES], 142, edges=edges),
    )
    assert grids(paper)[0][0] == ["Region", "Cases", "Cost of days lost"]


def test_a_justified_line_beside_a_header_is_no_row_of_cells() -> None:
    beside = (
        "shows what was paid out by the boards of",
        "which more than half had met by the end",
        "of June. The others were asked to send in",
        "what they had agreed, and none of them did",
        "so in time, because the rules had changed",
        "and the forms had been lost in the move.",
    )

    def justified(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for number, line in enumerate(beside):
            words = line.split()
            white = (250 - sum(stringWidth(word, "Helvetica", 9) for word in words)) / (len(words) - 1)
            x = 60.0
            for word in words:
                canvas.drawString(x, HEIGHT - 100 - 14 * number, word)
                x += stringWidth(word, "Helvetica", 9) + white

    rows = [("Year", "Cases", "Rate"), *((str(year), "1,204", "12.1") for year in range(2003, 2008))]
    assert grids(read(justified, rows_at(rows, 100, edges=(330, 380, 430, 480)))) == [as_lists(rows)]


def test_a_note_below_one_table_is_no_header_of_the_next() -> None:
    rows = [("Headache", "239", "128"), ("Back-ache", "139", "219"), ("Worry", "57", "63")]
    edges = (80.0, 200.0, 260.0, 320.0)

    def table(top: float) -> list[Draw]:
        return [
            lines_at(top, top + 31, top + 74, x1=320),
            rows_at([("How often",)], top + 12, edges=(200, 320), align="c"),
            rows_at([("Symptom", "Often", "Rarely")], top + 26, edges=edges),
            rows_at(rows, top + 41, edges=edges),
        ]

    between = [prose_at(176, ["p < 0.0005"], size=9), prose_at(206, ["Symptoms by age"], size=9)]
    first, second = grids(read(*table(90), *between, *table(213)))
    assert first == second


def test_a_dash_among_words_is_no_first_figure() -> None:
    rows = (
        ("Date", "Event", "Place", "Contact"),
        ("14 January", "Listening session", "Omaha", "Mr Alvarez"),
        ("3 February", "Public hearing", "Washington", "Policy desk"),
        ("22 March", "Training", "Denver", "Ms Whitfield"),
        ("9 April", "Deadline", "—", "Docket clerk"),
    )
    paper = read(*in_two_fonts(rows, (80, 160, 260, 350, 450)))
    assert grids(paper) == [as_lists(rows)]


@pytest.mark.parametrize("edges", [(80, 170, 460), (80, 160, 340, 460)], ids=["two columns", "three columns"])
def test_bold_headings_make_a_table_of_words_without_rules(edges: Sequence[float]) -> None:
    header = ("Term", "Meaning", "Used by")
    words = ("Obligation", "Outlay", "Allotment", "Authority")
    full = [header, *((word, "What is paid out of the funds of a year", "Finance") for word in words)]
    rows = [row[: len(edges) - 1] for row in full]
    assert grids(read(*in_two_fonts(rows, edges))) == [as_lists(rows)]


def in_two_fonts(rows: Sequence[Row], edges: Sequence[float]) -> list[Draw]:
    """Rows of words of which the first is bold."""
    return [
        rows_at(rows[:1], 100, edges=edges, align="llll", font="Helvetica-Bold"),
        rows_at(rows[1:], 116, edges=edges, align="llll"),
    ]


def test_no_character_is_lost_or_taken_twice() -> None:
    paper = read(prose_at(40), *ruled(90, 174, 6), rows_at(SPENDING, 100), rows_at(SPENDING, 260), prose_at(400))
    printed = Counter(
        "".join("".join(row) for row in SPENDING).replace(" ", "") * 2 + "".join(PROSE * 2).replace(" ", "")
    )
    assert ink(paper.lines) == printed


def glyph(text: str, x: float, y: float, size: float) -> Glyph:
    return Glyph(text, x, y - 0.8 * size, x + 0.5 * size, y + 0.2 * size, size, "Helvetica", False, 0, y, (0, 0, 0))


places = st.floats(0, 600, allow_nan=False).map(lambda value: round(value, 1))
glyphs = st.lists(
    st.builds(glyph, st.sampled_from("a1,•-£.%"), places, places, st.sampled_from([6.0, 9.0, 14.0])), max_size=60
)
boxes = st.tuples(places, places, places, places).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)
levels = boxes.map(lambda b: Rule(b[0], b[1], b[2], b[1]))
uprights = boxes.map(lambda b: Rule(b[0], b[1], b[0], b[3]))
fills = boxes.map(lambda b: Fill(*b, (200, 220, 240)))


@settings(max_examples=150, deadline=None)
@given(glyphs, st.lists(st.one_of(levels, uprights), max_size=20), st.lists(fills, max_size=8))
def test_whatever_is_on_a_page_tables_are_whole(marks: list[Glyph], rules: list[Rule], areas: list[Fill]) -> None:
    page = Page(1, 600, 600, tuple(marks), tuple(rules), tuple(areas))
    lines = read_lines(page.glyphs)
    found = find_tables(page, lines)
    taken = [
        glyph
        for table in found
        for cell in table.cells
        for line in cell.lines
        for word in line.words
        for glyph in word.glyphs
    ]
    assert len(taken) == len({id(glyph) for glyph in taken})
    for table in found:
        assert_tiled(table)


def assert_tiled(table: FoundTable) -> None:
    """Every place of a table belongs to one cell."""
    covered = Counter(
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    rows, columns = max(row for row, _ in covered) + 1, max(column for _, column in covered) + 1
    assert set(covered.values()) == {1}
    assert len(covered) == rows * columns


def test_a_page_full_of_rules_and_figures_is_read_in_time() -> None:
    rules = [Rule(0, k * 0.5, 600, k * 0.5) for k in range(20_000)] + [
        Rule(k * 0.5, 0, k * 0.5, 800) for k in range(20_000)
    ]
    marks = [glyph("1", (k % 50) * 12.0, k // 50 * 10.0, 8.0) for k in range(10_000)]
    page = Page(1, 600, 2000, tuple(marks), tuple(rules))
    assert find_tables(page, read_lines(page.glyphs))
