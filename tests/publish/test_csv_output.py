"""CSV files as a run writes them, and their copies for Excel."""

import csv
import io
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.records import Grid, GridCell, Records, Row, Value
from publish.csv_files import CsvFile, plain_lines, read_rows
from publish.errors import ContractError
from publish.schema import TABLES

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def link(row: MakeRow, **values: Value) -> dict[str, tuple[Row, ...]]:
    return {"links": (row("links", "a", **values),)}


def test_every_table_has_its_file_and_header_even_without_rows(publish: Publish, unread: Records) -> None:
    out = publish(unread)
    for table in TABLES:
        first = (out / f"{table.name}.csv").read_bytes().split(b"\r\n")[0]
        assert first.decode().split(",") == [column.name for column in table.columns]
    assert [each["status"] for each in records(out / "papers.csv")] == ["encrypted"]
    assert records(out / "cells.csv") == []


def test_a_file_is_utf8_without_bom_and_its_records_end_with_crlf(publish: Publish, paper: MakePaper) -> None:
    content = (publish(paper()) / "work_plan.csv").read_bytes()
    assert content.startswith(b"paper_id,")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r") == 2  # one a record: the line break inside a field is a quoted LF
    assert '"• Hold a meeting\n• Report"'.encode() in content


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1.109E+6"), "1109000"),
        (Decimal("1109000.00"), "1109000.00"),
        (Decimal("-1732.50"), "-1732.50"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0"), "0"),
        (Decimal("0.10"), "0.10"),
        (12, "12"),
        (None, ""),
    ],
)
def test_numbers_are_written_out(publish: Publish, paper: MakePaper, row: MakeRow, value: Value, written: str) -> None:
    checks = (row("checks", "a", stated=value, status="agrees"),)
    out = publish(paper("a", {"checks": checks}))
    assert records(out / "checks.csv")[0]["stated"] == written


def test_truth_values_are_words_and_unknown_ones_are_empty(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    rows = tuple(row("work_plan", "a", table_id="t1", ongoing=ongoing) for ongoing in (True, False, None))
    out = publish(paper("a", {"work_plan": rows}))
    assert [each["ongoing"] for each in records(out / "work_plan.csv")] == ["true", "false", ""]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("links", {"colour": "red"}, "unknown columns"),
        ("checks", {"stated": "12", "status": "agrees"}, "stated holds '12', which is no number"),
        ("checks", {"stated": Decimal("NaN"), "status": "agrees"}, "NaN"),
        ("checks", {"status": "perhaps"}, "none of agrees"),
        ("checks", {"status": None}, "status is empty"),
        ("work_plan", {"table_id": "t1", "deadline_start": "Sept 2006"}, "not of the form"),
        ("work_plan", {"table_id": "t1", "ongoing": "true"}, "no boolean"),
        ("sections", {"order": True}, "no integer"),
        ("sections", {"order": 1, "text": 8}, "no string"),
        ("links", {"source_path": "2006/b.pdf"}, "another paper"),
    ],
)
def test_a_row_that_breaks_the_contract_is_a_defect(
    publish: Publish, paper: MakePaper, row: MakeRow, name: str, values: dict[str, Value], said: str
) -> None:
    with pytest.raises(ContractError, match=said):
        publish(paper("a", {name: (row(name, "a", **values),)}))


def test_a_missing_column_is_a_defect(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    short = {name: value for name, value in row("links", "a").items() if name != "href"}
    with pytest.raises(ContractError, match=r"missing columns \['href'\]"):
        publish(paper("a", {"links": (short,)}))


def test_an_unknown_table_is_a_defect(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    with pytest.raises(ContractError, match="unknown tables"):
        publish(paper("a", {"annexes": (row("links", "a"),)}))


def test_what_utf8_cannot_hold_is_written_visibly(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    out = publish(paper("a", link(row, label="a\ud800b")))
    assert records(out / "links.csv")[0]["label"] == "a\\ud800b"


def test_a_table_keeps_its_shape(publish: Publish, paper: MakePaper) -> None:
    content = (publish(paper("a")) / "papers/a/table-01.csv").read_text(encoding="utf-8")
    assert list(csv.reader(io.StringIO(content))) == [
        ["Heading", "2006/07", ""],
        ["", "Pay", "Income"],
        ["Community enga[gement]", "1,109", "(1,732)"],
        ["=SUM(A1:A3)", "0012", "-"],
        ["Total", "£1,109", "2.50%"],
    ]


@pytest.mark.parametrize("cells", [(GridCell(1, 3, "out"),), (GridCell(0, 1, "out"),), (GridCell(1, 1, "a"),) * 2])
def test_a_cell_outside_its_table_or_in_a_taken_place_is_a_defect(
    publish: Publish, paper: MakePaper, cells: tuple[GridCell, ...]
) -> None:
    with pytest.raises(ContractError, match="outside the table or taken"):
        publish(paper("a", grids=(Grid(1, "t1", "", "", 2, 2, cells),)))


def test_two_tables_of_one_number_are_a_defect(publish: Publish, paper: MakePaper) -> None:
    grid = Grid(1, "t1", "", "", 1, 1, ())
    with pytest.raises(ContractError, match="two tables of one number"):
        publish(paper("a", grids=(grid, grid)))


def test_copies_for_excel_are_whole_and_safe(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    out = publish(paper("a", link(row, label="=1+1", title="-1,732", href="@cmd")), excel_csv=True)
    plain = {path.relative_to(out) for path in out.rglob("*.csv") if "excel-csv" not in path.parts}
    copies = {path.relative_to(out / "excel-csv") for path in (out / "excel-csv").rglob("*.csv")}
    assert plain == copies
    content = (out / "excel-csv/links.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfpaper_id")
    assert b"'=1+1,\"-1,732\",,'@cmd" in content
    assert b",=1+1," in (out / "links.csv").read_bytes()
    assert b"'=SUM(A1:A3),'0012,'-\r\n" in (out / "excel-csv/papers/a/table-01.csv").read_bytes()
    assert b",-1732000,GBP" in (out / "excel-csv/figures.csv").read_bytes()


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=3, max_size=3)))
def test_any_text_comes_back_from_a_csv_file(rows: list[list[str]]) -> None:
    rows = [[plain_lines(text) for text in row] for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        file = CsvFile(Path(folder) / "t.csv", Path(folder) / "copy.csv")
        file.write_header(["a", "b", "c"])
        file.write(rows)
        file.close()
        assert file.rows == len(rows)
        assert list(read_rows(file.path)) == rows
        copied = list(read_rows(Path(folder) / "copy.csv"))
    assert [[text.removeprefix("'") for text in row] for row in copied] == [
        [text.removeprefix("'") for text in row] for row in rows
    ]


def test_a_very_long_field_comes_back_and_the_limit_for_others_stays(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    file = CsvFile(tmp_path / "t.csv")
    file.write_header(["a"])
    file.write([["x" * 200_000]])
    file.close()
    assert [len(text) for [text] in read_rows(file.path)] == [200_000]
    assert csv.field_size_limit() == limit
