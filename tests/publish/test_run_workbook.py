"""The workbook of a run, read back with openpyxl."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from papers.records import Records, Row, Value
from publish.publisher import last_run
from publish.schema import TABLES, named
from publish.sheets import MAX_LINKS
from publish.survey import Survey
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
    cells = (cell for name in ("Cover", "Notes") for row in book[name] for cell in row)
    return "\n".join(str(cell.value) for cell in cells if cell.value is not None)


def path(link: Hyperlink) -> str:
    return (link.target or "").replace("\\", "/")


def links(row: MakeRow, **columns: Value) -> dict[str, tuple[Row, ...]]:
    return {"links": (row("links", "a", **columns),)}


def test_every_sheet_but_the_cover_is_an_excel_table_under_one_row_of_headings(
    publish: Publish, paper: MakePaper
) -> None:
    book = opened(publish(paper()))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Summary", *SHEETS, "Dictionary"]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert list(sheet.tables) == [name]
        assert sheet.tables[name].ref == sheet.dimensions
        assert sheet.tables[name].autoFilter is not None
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_view.selection[-1].activeCell == "A1"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    for name in SHEETS:
        assert [cell.value for cell in book[name][1]] == [column.name for column in named(name).columns]


def test_a_table_without_rows_has_no_sheet(publish: Publish, unread: Records) -> None:
    assert opened(publish(unread)).sheetnames == ["Cover", "Contents", "Notes", "Summary", "papers", "Dictionary"]


def test_a_run_without_papers_has_its_front_sheets(publish: Publish) -> None:
    assert opened(publish()).sheetnames == ["Cover", "Contents", "Notes", "Dictionary"]


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


@pytest.mark.parametrize("number", ["12345678901234567.25", "1." + "0" * 300, "0." + "0" * 300 + "1", "1" + "0" * 400])
def test_a_number_with_more_digits_than_a_sheet_holds_stays_text(
    publish: Publish, paper: MakePaper, row: MakeRow, number: str
) -> None:
    checks = (row("checks", "a", stated=Decimal(number), status="agrees"),)
    assert values(opened(publish(paper("a", {"checks": checks})))["checks"], "stated") == [number]


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
    for words in (
        "2 papers: 1 encrypted, 1 ok",
        "1 total: 1 agrees",
        "paper_id and the place",
        "committee-papers 0.1.0",
    ):
        assert words in said
    for mark in ("repaired", "supplied", "doubted", "[…]"):
        assert mark in said
    assert "can't hold" not in said
    link = next(cell.hyperlink for row in book["Contents"] for cell in row if cell.value == "figures")
    assert link is not None
    assert link.location == "'figures'!A1"


def test_what_is_doubtful_stands_first(publish: Publish, paper: MakePaper, row: MakeRow, unread: Records) -> None:
    checks = tuple(row("checks", "b", status=status) for status in ("agrees", "differs", "rounding"))
    review = tuple(row("review", "b", severity=severity) for severity in ("low", "high", "medium"))
    sound = paper("a", {"review": ()})
    book = opened(publish(sound, paper("b", {"checks": checks, "review": review}), unread))
    assert values(book["Summary"], "paper_id") == ["locked", "b", "a"]
    assert values(book["Summary"], "totals_differ") == [None, 1, 0]
    assert values(book["checks"], "status") == ["differs", "rounding", "agrees", "agrees"]
    assert values(book["review"], "severity") == ["high", "medium", "low"]
    assert "2 of 3 papers have something to be looked at" in cover(book)


def test_doubted_figures_are_shaded_by_a_rule_that_reads_their_column(publish: Publish, paper: MakePaper) -> None:
    sheet = opened(publish(paper()))["figures"]
    [rule] = [rule for rules in sheet.conditional_formatting for rule in rules.rules]
    doubted = next(cell.column_letter for cell in sheet[1] if cell.value == "doubted")
    assert rule.formula == [f"${doubted}2=TRUE"]


def test_values_lead_to_where_they_come_from(publish: Publish, paper: MakePaper) -> None:
    sheet = opened(publish(paper("a"), paper("b")))["figures"]
    links = {cell.value: cell.hyperlink for cell in sheet[5] if cell.hyperlink is not None}
    assert links["b"].location == "'papers'!A3"
    assert path(links["t1"]) == "papers/b/b.xlsx"
    assert links["t1"].location == "'table-01'!A1"
    place = "page 4 (269,96)-(318,114)"
    assert path(links[place]) == "review/index.html"
    assert links[place].location == f"b/{quote(place, safe='')}"


def test_the_dictionary_explains_every_column(publish: Publish, paper: MakePaper) -> None:
    sheet = opened(publish(paper()))["Dictionary"]
    known = list(zip(values(sheet, "table"), values(sheet, "column"), strict=True))
    assert known == [(table.name, column.name) for table in TABLES for column in table.columns]
    assert all(values(sheet, "description"))


def test_the_workbook_has_its_properties_and_no_clock(publish: Publish, paper: MakePaper) -> None:
    properties = opened(publish(paper())).properties
    assert (properties.title, properties.creator) == ("Committee papers", "committee-papers")
    assert properties.description
    assert properties.created == dt.datetime(1980, 1, 1)


def test_a_long_table_goes_on_in_a_second_sheet(publish: Publish, paper: MakePaper, tmp_path: Path) -> None:
    out = publish(paper("a"), paper("b"), paper("c"))
    files = {name: out / f"{name}.csv" for name in (*SHEETS, "cells")}
    rows = {name: 9 if name == "figures" else 3 if name == "papers" else 0 for name in files}
    ledger = last_run(out)
    assert ledger is not None
    with ledger:
        found = Survey(rows, {name: [9] * len(named(name).columns) for name in files}, ledger)
        for name in ("first", "second"):
            path = tmp_path / f"{name}.xlsx"
            write_run_workbook(path, files, found, tmp_path, version="0", rows_per_sheet=5)
    book = openpyxl.load_workbook(tmp_path / "first.xlsx")
    sheets = [book[name] for name in ("figures", "figures_2", "figures_3")]
    assert [len(values(sheet, "value")) for sheet in sheets] == [4, 4, 1]
    for sheet in sheets:
        assert sheet["A1"].value == "paper_id"
        assert list(sheet.tables) == [sheet.title]
    assert {"figures", "figures_2", "figures_3"} <= set(values(book["Contents"], "sheet"))
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    assert values(sheets[0], "value") == [1109000, -1732000, 2.5, 1109000]


def test_a_sheet_with_more_rows_than_links_links_the_first_of_each_table(
    publish: Publish, paper: MakePaper, row: MakeRow
) -> None:
    places = [f"line {number}" for number in range(1, MAX_LINKS + 2)]
    figures = tuple(row("figures", "a", table_id="t1", place=place) for place in places)
    book = opened(publish(paper("a", {"figures": figures}, grids=())))
    linked = [cell.row for line in book["figures"] for cell in line if cell.hyperlink is not None]
    assert set(linked) == {2}
    assert "no more than 65,530 links" in cover(book)
