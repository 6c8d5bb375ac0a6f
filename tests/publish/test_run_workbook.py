"""The workbook of a run, read back with openpyxl."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from papers.records import Records, Row, Value
from publish.workbook import SHEETS, write_run_workbook

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def opened(out: Path) -> Workbook:
    return openpyxl.load_workbook(out / "papers.xlsx")


def values(sheet: Worksheet, column: str) -> list[object]:
    names = [cell.value for cell in sheet[1]]
    return [row[names.index(column)].value for row in sheet.iter_rows(min_row=2)]


def cover(book: Workbook) -> str:
    return "\n".join(str(cell.value) for row in book["Cover"] for cell in row if cell.value is not None)


def links(row: MakeRow, **columns: Value) -> dict[str, tuple[Row, ...]]:
    return {"links": (row("links", "a", **columns),)}


def test_every_table_with_rows_has_a_sheet_that_is_an_excel_table(publish: Publish, paper: MakePaper) -> None:
    book = opened(publish(paper()))
    assert book.sheetnames == ["Cover", *SHEETS]
    for name in SHEETS:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert list(sheet.tables) == [name]
        assert sheet.tables[name].ref == sheet.dimensions
        assert sheet.tables[name].autoFilter is not None
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value == "paper_id"


def test_a_table_without_rows_has_no_sheet(publish: Publish, unread: Records) -> None:
    assert opened(publish(unread)).sheetnames == ["Cover", "papers"]


def test_a_run_without_papers_has_its_cover(publish: Publish) -> None:
    assert opened(publish()).sheetnames == ["Cover"]


def test_numbers_dates_and_truth_values_are_real(publish: Publish, paper: MakePaper) -> None:
    book = opened(publish(paper()))
    assert values(book["figures"], "value") == [1109000, -1732000, 2.5]
    assert [cell.number_format for cell in book["figures"]["I"][1:]] == ["#,##0_)", "#,##0_)", "#,##0.00_)"]
    assert values(book["papers"], "meeting_date") == [dt.datetime(2006, 9, 28)]
    assert values(book["papers"], "archived") == [True]
    assert values(book["work_plan"], "deadline_start") == ["2006-09"]
    assert values(book["work_plan"], "deadline_end") == [dt.datetime(2006, 9, 30)]


def test_a_date_that_a_sheet_cannot_hold_stays_text(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    papers = (row("papers", "a", status="ok", meeting_date="1889-03-21"),)
    assert values(opened(publish(paper("a", {"papers": papers})))["papers"], "meeting_date") == ["1889-03-21"]


def test_a_number_with_more_digits_than_a_sheet_holds_stays_text(
    publish: Publish, paper: MakePaper, row: MakeRow
) -> None:
    checks = (row("checks", "a", stated=Decimal("12345678901234567.25"), status="agrees"),)
    assert values(opened(publish(paper("a", {"checks": checks})))["checks"], "stated") == ["12345678901234567.25"]


@pytest.mark.parametrize("text", ["=1+1", "{=1}", "http://example.org", "-1,732", "<r>a & b</r>", "<r><t>=1</t></r>"])
def test_text_stays_text(publish: Publish, paper: MakePaper, row: MakeRow, text: str) -> None:
    sheet = opened(publish(paper("a", links(row, title=text))))["links"]
    cell = sheet["D2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_characters_that_a_sheet_cannot_hold_are_shown_and_counted(
    publish: Publish, paper: MakePaper, row: MakeRow
) -> None:
    out = publish(paper("a", links(row, title="a\x0bb\x00\uffff", label="tab\tand\nline stay")))
    book = opened(out)
    assert values(book["links"], "title") == ["a\\x0bb\\x00\\uffff"]
    assert values(book["links"], "label") == ["tab\tand\nline stay"]
    assert "3 characters that a sheet can't hold" in cover(book)
    assert "a\x0bb\x00\uffff" in (out / "links.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f3db" * 20_000])
def test_a_text_that_is_too_long_says_where_it_goes_on(
    publish: Publish, paper: MakePaper, row: MakeRow, text: str
) -> None:
    sections = (row("sections", "a", order=1, text=text),)
    book = opened(publish(paper("a", {"sections": sections})))
    [shown] = values(book["sections"], "text")
    assert isinstance(shown, str)
    beginning, note = shown.split("\n")
    assert note == "(continues: see sections.csv)"
    assert text.startswith(beginning)
    assert len(shown.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert "1 texts or rows do not fit" in cover(book)


def test_the_cover_says_what_was_read_and_how_to_cite(publish: Publish, paper: MakePaper, unread: Records) -> None:
    book = opened(publish(paper(), unread))
    said = cover(book)
    for words in ("2 papers: 1 encrypted, 1 ok", "paper_id and the place", "repaired", "supplied", "doubted", "[…]"):
        assert words in said
    assert "can't hold" not in said
    link = next(cell.hyperlink for row in book["Cover"] for cell in row if cell.value == "figures")
    assert link is not None
    assert link.location == "'figures'!A1"


def test_the_workbook_has_its_properties_and_no_clock(publish: Publish, paper: MakePaper) -> None:
    properties = opened(publish(paper())).properties
    assert (properties.title, properties.creator) == ("Committee papers", "committee-papers")
    assert properties.description
    assert properties.created == dt.datetime(1980, 1, 1)


@pytest.mark.parametrize("cells_in_memory", [0, 10_000])
def test_a_long_table_goes_on_in_a_second_sheet(
    publish: Publish, paper: MakePaper, tmp_path: Path, cells_in_memory: int
) -> None:
    out = publish(paper("a"), paper("b"), paper("c"))
    files = {name: out / f"{name}.csv" for name in (*SHEETS, "cells")}
    rows = {name: 9 if name == "figures" else 0 for name in files}
    for name in ("first", "second"):
        path = tmp_path / f"{name}.xlsx"
        write_run_workbook(path, files, rows, tmp_path, cells_in_memory=cells_in_memory, rows_per_sheet=5)
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    assert book.sheetnames == ["Cover", "figures", "figures_2", "figures_3"]
    sheets = [book[name] for name in book.sheetnames[1:]]
    assert [len(values(sheet, "value")) for sheet in sheets] == [4, 4, 1]
    assert [list(sheet.tables) for sheet in sheets] == [[s] if cells_in_memory else [] for s in book.sheetnames[1:]]
    for sheet in sheets:
        assert sheet["A1"].value == "paper_id"
        assert sheet.freeze_panes == "A2"
        if not cells_in_memory:  # nothing is held in memory: the filter, but no table
            assert sheet.auto_filter.ref == sheet.dimensions
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    assert values(sheets[0], "value") == [1109000, -1732000, 2.5, 1109000]
