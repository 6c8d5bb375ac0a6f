"""Tables of web pages: which are data, which lay the page out, and where their cells stand."""

import pytest

from extract import extract
from papers.paper import Line


def lines(body: str) -> list[Line]:
    found = extract(f"<html><body>{body}</body></html>".encode(), "page.html").lines
    return [line for line in found if line.kind != "blank"]


def rows(body: str) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in lines(body) if line.kind == "row"]


def texts(body: str) -> list[str]:
    """The lines of a page in which no table is one of data."""
    found = lines(body)
    assert not any(line.kind == "row" for line in found)
    return [line.text for line in found]


def table(*printed: str, attributes: str = "border=1") -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row.split("|")) for row in printed)
    return f"<table {attributes}>{body}</table>"


def spans(body: str) -> list[list[tuple[int, int]]]:
    return [[(cell.row_span, cell.column_span) for cell in line.cells] for line in lines(body) if line.kind == "row"]


class TestCells:
    def test_a_row_has_its_cells_with_their_places(self) -> None:
        row = lines("<table border=1><tr><th>Site<td>£5<tr><td>Bow<td></table>")[0]
        assert [(cell.text, str(cell.place), cell.is_header) for cell in row.cells] == [
            ("Site", "html[1]/body[1]/table[1]/tr[1]/th[1]", True),
            ("£5", "html[1]/body[1]/table[1]/tr[1]/td[1]", False),
        ]

    def test_an_empty_cell_stays_a_cell(self) -> None:
        assert rows(table("Site||2005", "Bow|&nbsp;|7")) == [["Site", "", "2005"], ["Bow", "", "7"]]

    def test_lines_lists_and_paragraphs_inside_a_cell(self) -> None:
        cell = "Full year<br>budget"
        listed = "Plan:<ul><li>one<li>two</ul><ol><li>a</ol><p>Done"
        assert rows(table(f"{cell}|x", f"{listed}|y"))[1][0] == "Plan:\n• one\n• two\n1. a\nDone"
        assert rows(table(f"{cell}|x", f"{listed}|y"))[0][0] == "Full year\nbudget"

    def test_the_foot_of_a_table_stands_below_its_body(self) -> None:
        body = "<table border=1><tfoot><tr><td>Total<td>3</tfoot><tbody><tr><td>Bow<td>3</tbody></table>"
        assert rows(body) == [["Bow", "3"], ["Total", "3"]]

    def test_cells_and_rows_left_open(self) -> None:
        body = "<TABLE BORDER=1><TR><TD>Site<TD>£000</TD><TR><TD>Bow</TD><TD ALIGN=RIGHT>7</TABLE>after"
        assert rows(body) == [["Site", "£000"], ["Bow", "7"]]
        assert lines(body)[-1].text == "after"

    def test_a_caption_stands_right_above_the_rows(self) -> None:
        found = extract(b"<html><body><p>x</p><table><caption>Table 1</caption><tr><td>a<td>1</table>", "p.html").lines
        assert [(line.kind, line.text) for line in found][1:] == [("blank", ""), ("prose", "Table 1"), ("row", "a\t1")]

    def test_tables_in_a_row_are_two_grids(self) -> None:
        found = lines(table("a|1", "b|2") * 2)
        assert [line.grid for line in found] == [1, 1, 2, 2]

    def test_hidden_text_of_a_cell_is_no_part_of_it(self) -> None:
        body = table("a|<span style='display:none'>0012</span>13", "b|2")
        assert rows(body) == [["a", "13"], ["b", "2"]]
        assert [line.text for line in lines(body) if line.kind == "hidden"] == ["0012"]


class TestSpans:
    @pytest.mark.parametrize(
        ("printed", "span"),
        [("2", 2), ("2;", 2), (" 2 ", 2), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("7", 3), ("99999999", 3)],
    )
    def test_columns_as_printed_but_never_beyond_the_table(self, printed: str, span: int) -> None:
        body = f"<table border=1><tr><td colspan='{printed}'>a<tr><td>1<td>2<td>3</table>"
        assert spans(body)[0] == [(1, span)]

    @pytest.mark.parametrize(("printed", "span"), [("2", 2), ("2;", 2), ("0", 3), ("9", 3), ("x", 1)])
    def test_rows_as_printed_but_never_beyond_the_table(self, printed: str, span: int) -> None:
        body = f"<table border=1><tr><td rowspan='{printed}'>a<td>1<tr><td>2<tr><td>3</table>"
        assert spans(body)[0][0] == (span, 1)

    def test_columns_are_counted_past_what_reaches_down(self) -> None:
        body = "<table border=1><tr><td rowspan=2>a<td colspan=9>b<tr><td>1<td>2<tr><td colspan=9>c</table>"
        assert spans(body) == [[(2, 1), (1, 2)], [(1, 1), (1, 1)], [(1, 3)]]


class TestData:
    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(table("Site|£000", "Bow|7"), id="a border"),
            pytest.param(table("Bow|7", "Ely|8", attributes=""), id="figures"),
            pytest.param("<table><tr><th>Site<th>Lead<tr><td>Bow<td>Ann</table>", id="header cells"),
            pytest.param("<table><caption>Leads</caption><tr><td>Bow<td>Ann</table>", id="a caption"),
            pytest.param(table("Bow|Ann", "Ely|Bob", attributes="class=data-table"), id="its class"),
            pytest.param(table("<b>Site|<b>Lead", "Bow|Ann", "Ely|Bob", attributes="border=0"), id="a header in bold"),
            pytest.param(table("Ann|Chair", "Bob|Member", "Cy|Member", attributes=""), id="a list in two columns"),
            pytest.param(table("1.|Bow", "2.|Ely"), id="numbered rows with a border"),
        ],
    )
    def test_what_is_data(self, body: str) -> None:
        assert rows(body)

    def test_data_inside_a_table_that_lays_out_the_page(self) -> None:
        body = f"<table><tr><td>Menu<td><h1>Title</h1><p>Text {table('Bow|7', 'Ely|8')}<p>After</table>"
        assert [(line.kind, line.text) for line in lines(body)] == [
            ("prose", "Menu"), ("heading", "Title"), ("prose", "Text"), ("row", "Bow\t7"), ("row", "Ely\t8"),
            ("prose", "After"),
        ]  # fmt: skip


class TestLayout:
    def test_cells_are_read_one_after_the_other(self) -> None:
        assert texts("<table><tr><td>Banner<tr><td><p>One<p>Two</table>") == ["Banner", "One", "Two"]

    def test_a_list_set_in_cells(self) -> None:
        found = lines(table("1.|one", "2.|two", attributes="border=0") + table("&#149;|three", attributes=""))
        assert [(line.kind, line.text) for line in found] == [
            ("item", "1. one"),
            ("item", "2. two"),
            ("item", "• three"),
        ]
        assert [str(origin.place)[-5:] for origin in found[0].cells[0].origins] == ["td[1]", "td[2]"]

    def test_labels_and_their_values(self) -> None:
        body = table("<b>Report:</b>|7", "<b>Date:</b>|2 May 2002", "<b>By:</b>|Clerk<br>and others", attributes="")
        assert texts(body) == ["Report: 7", "Date: 2 May 2002", "By: Clerk\nand others"]

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(table("<h2>A. Aims</h2><p>Text|Side"), id="headings in a cell"),
            pytest.param(table("Bow|7", "Ely|8", attributes="role=presentation border=1"), id="it says so"),
            pytest.param(table("One", "Two"), id="a single column"),
            pytest.param(table("<a href=a>Home</a>|<a href=b>Jobs</a>|<a href=c>News</a>", attributes=""), id="links"),
            pytest.param(table(f"{'word ' * 200}|{'word ' * 200}", "a|b", attributes=""), id="columns of prose"),
        ],
    )
    def test_what_is_no_data(self, body: str) -> None:
        assert texts(body)
