"""The workbook of one paper: tables as printed, with real numbers only where the print is that number."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest

from papers.records import Grid, GridCell, Records, Row
from publish.paper_workbook import printed_number, write_paper_workbook

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def test_each_table_has_a_sheet_that_begins_with_its_first_row(publish: Publish, paper: MakePaper) -> None:
    book = openpyxl.load_workbook(publish(paper("a")) / "papers/a/a.xlsx")
    first, last = ["Cover", "Contents", "Notes", "review", "checks"], ["work_plan", "figures", "repairs"]
    assert book.sheetnames == [*first, "table-01", *last]
    sheet = book["table-01"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Heading", "2006/07", None],
        [None, "Pay", "Income"],
        ["Community enga[gement]", 1109, -1732],
        ["=SUM(A1:A3)", "0012", "-"],
        ["Total", 1109, "2.50%"],
    ]
    assert sheet["A4"].data_type == "s"
    assert sheet["B5"].number_format == '"£"#,##0_)'
    assert sheet["C3"].number_format == "#,##0_);(#,##0)"
    assert sheet.freeze_panes == "A3"
    assert not sheet.merged_cells.ranges


def test_only_doubted_cells_have_comments(publish: Publish, paper: MakePaper) -> None:
    sheet = openpyxl.load_workbook(publish(paper("a")) / "papers/a/a.xlsx")["table-01"]
    comments = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert list(comments) == ["B5"]
    assert "compare this with the paper" in comments["B5"]


def test_the_contents_give_caption_unit_and_a_link(publish: Publish, paper: MakePaper) -> None:
    book = openpyxl.load_workbook(publish(paper("a")) / "papers/a/a.xlsx")
    assert ["Source", "2006/a.pdf"] in [[cell.value for cell in row[:2]] for row in book["Cover"]]
    contents = {row[0].value: row for row in book["Contents"]}
    assert list(contents) == ["sheet", *book.sheetnames[2:]]
    row = contents["table-01"]
    assert [cell.value for cell in row] == ["table-01", "Budget 2006/07", "£000", 5, 3, 2, 1, 1]
    assert row[0].hyperlink is not None
    assert row[0].hyperlink.location == "'table-01'!A1"


def test_what_was_read_leads_to_the_table_and_to_the_review_page(publish: Publish, paper: MakePaper) -> None:
    sheet = openpyxl.load_workbook(publish(paper("a")) / "papers/a/a.xlsx")["figures"]
    links = {cell.value: cell.hyperlink for cell in sheet[2] if cell.hyperlink is not None}
    assert links["t1"].location == "'table-01'!A1"
    place = "page 4 (269,96)-(318,114)"
    assert (links[place].target or "").replace("\\", "/") == "../../review/index.html"
    assert links[place].location == f"a/{quote(place, safe='')}"


def test_a_table_under_one_row_of_headings_is_an_excel_table(publish: Publish, paper: MakePaper) -> None:
    def grid(number: int, *headings: str) -> Grid:
        top = [GridCell(1, column, text, row_type="header") for column, text in enumerate(headings, start=1)]
        pay = [GridCell(2, 1, "Pay"), GridCell(2, 2, "1,109", kind="money", value=Decimal(1109))]
        return Grid(number, f"t{number}", "Budget\x0b", "", 2, 2, (*top, *pay))

    papers = paper("a", grids=(grid(1, "Heading", "2006"), grid(2, "Total", "total"), grid(3, "Heading", "")))
    book = openpyxl.load_workbook(publish(papers) / "papers/a/a.xlsx")
    assert [list(book[f"table-0{number}"].tables) for number in (1, 2, 3)] == [["table_01"], [], []]
    assert book["table-01"].tables["table_01"].ref == "A1:B2"
    assert [[cell.value for cell in row] for row in book["table-01"]] == [["Heading", "2006"], ["Pay", 1109]]


def test_a_long_table_goes_on_in_a_second_sheet(paper: MakePaper, tmp_path: Path) -> None:
    [grid] = paper("a").grids
    write_paper_workbook(tmp_path / "a.xlsx", {}, [grid], {}, tmp_path, rows_per_sheet=2)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames[3:] == ["table-01", "table-01_2", "table-01_3"]
    assert [book[name]["A1"].value for name in book.sheetnames[3:]] == ["Heading", "Community enga[gement]", "Total"]


def test_a_paper_without_tables_has_no_folder(publish: Publish, unread: Records) -> None:
    assert not (publish(unread) / "papers").exists()


def test_control_characters_and_empty_tables_do_no_harm(publish: Publish, paper: MakePaper) -> None:
    grids = (
        Grid(1, "t1", "a\x0bcaption", "", 1, 1, (GridCell(1, 1, "a\x0cb\r\nc", doubted=True),)),
        Grid(2, "t2", "", "", 0, 0, ()),
        Grid(112, "t3", "", "", 2, 2, (GridCell(2, 2, "", doubted=True),)),
    )
    book = openpyxl.load_workbook(publish(paper("a", grids=grids)) / "papers/a/a.xlsx")
    assert [name for name in book.sheetnames if name.startswith("table")] == ["table-01", "table-02", "table-112"]
    assert book["table-01"]["A1"].value == "a\\x0cb\nc"
    assert "control characters" in [row[0].value for row in book["Notes"]]


def test_a_table_that_is_too_wide_says_where_it_goes_on(publish: Publish, paper: MakePaper) -> None:
    cells = tuple(GridCell(1, column, str(column)) for column in (1, 16_384, 16_385))
    out = publish(paper("a", grids=(Grid(1, "t1", "", "", 1, 16_385, cells),)))
    sheet = openpyxl.load_workbook(out / "papers/a/a.xlsx")["table-01"]
    assert sheet.cell(1, 16_384).value == "(continues: see table-01.csv)"
    assert (out / "papers/a/table-01.csv").read_bytes().endswith(b",16384,16385\r\n")


@pytest.mark.parametrize(
    ("text", "value", "number", "shown"),
    [
        ("1,109", "1109", "1109", "#,##0_)"),
        ("1,109", "1109000", "1109", "#,##0_)"),
        ("1.5", "1500000", "1.5", "0.0_)"),
        ("1109", "1109", "1109", "0_)"),
        ("-1,732", "-1732", "-1732", "#,##0_)"),
        ("\u22121,732", "-1732", "-1732", "#,##0_)"),
        ("£-5", "-5", "-5", '"£"0_);"£"-0_)'),
        ("(£5.50)", "-5.50", "-5.50", '"£"0.00_);("£"0.00)'),
        ("5.5%", "5.5", "5.5", '0.0"%"_)'),
        ("0", "0", "0", "0_)"),
    ],
)
def test_a_printed_number_becomes_a_number_that_looks_as_printed(
    text: str, value: str, number: str, shown: str
) -> None:
    found = printed_number(GridCell(1, 1, text, value=Decimal(value)))
    assert found is not None
    assert (found.value, found.format) == (Decimal(number), shown)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0012", "12"),
        ("2005/06", "2005"),
        ("£9.8m", "9800000"),
        ("1,10", "110"),
        ("1,1092", "1109"),
        ("(5", "-5"),
        ("(5)", "5"),
        ("(-5)", "-5"),
        ("12345678901234567", "12345678901234567"),
        ("12 posts", "12"),
        ("1." + "0" * 300, "1"),
        ("5", None),
    ],
)
def test_any_other_text_stays_as_printed(text: str, value: str | None) -> None:
    assert printed_number(GridCell(1, 1, text, value=None if value is None else Decimal(value))) is None
