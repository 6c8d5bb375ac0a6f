"""The OpenDocument spreadsheet: that everything in the CSV files is in it, as what it is."""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publish.contract import Table
from publish.opendocument import write_opendocument
from publish.opendocument_cells import text_cell
from publish.schema import TABLES, named

OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text"))
FIGURE = {"paper_id": "a", "source_path": "a.txt", "table_id": "t", "row_label": "Staff", "row_type": "item"}
FIGURE |= {"raw": "£1,732.50", "value": "-1732.50", "repaired": "true", "supplied": "false", "doubted": "false"}
PAPER = {"paper_id": "a", "source_path": "a.txt", "status": "ok", "meeting_date": "2006-09-28", "tables": "1"}


def published(folder: Path, **records: Sequence[Mapping[str, str]]) -> tuple[dict[str, Path], dict[str, int]]:
    """The CSV files of a run with these records, and how many each has."""
    files, counts = {}, {}
    for table in TABLES:
        files[table.name] = folder / f"{table.name}.csv"
        rows = records.get(table.name, ())
        counts[table.name] = len(rows)
        with files[table.name].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in table.columns], restval="")
            writer.writeheader()
            writer.writerows(rows)
    return files, counts


def written(folder: Path, rows_per_sheet: int = 1000, **records: Sequence[Mapping[str, str]]) -> Path:
    path = folder / "papers.ods"
    files, counts = published(folder, **records)
    write_opendocument(path, files, counts, version="0.1.0", rows_per_sheet=rows_per_sheet)
    return path


def said(cell: etree._Element) -> str:
    """The text of a cell, as OpenDocument says that it is to be read."""
    lines = []
    for paragraph in cell.iterfind(f"{TEXT}p"):
        parts = [paragraph.text or ""]
        for child in paragraph:
            parts.append("\t" if child.tag == f"{TEXT}tab" else " " * int(child.get(f"{TEXT}c") or 1))
            parts.append(child.tail or "")
        lines.append("".join(parts))
    return "\n".join(lines)


def sheets(path: Path) -> dict[str, list[list[etree._Element]]]:
    with zipfile.ZipFile(path) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    return {
        str(table.get(f"{TABLE}name")): [list(row) for row in table.iter(f"{TABLE}table-row")]
        for table in content.iter(f"{TABLE}table")
    }


def cell(path: Path, table: Table, column: str) -> etree._Element:
    return sheets(path)[table.name][1][table.position(column)]


def test_the_file_is_what_office_programs_look_for(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, papers=[PAPER])) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
        listed = etree.fromstring(archive.read("META-INF/manifest.xml"))
        paths = {entry.get(next(key for key in entry.attrib if str(key).endswith("full-path"))) for entry in listed}
        assert paths == {"/", "content.xml", "styles.xml", "meta.xml", "settings.xml"}
        for name in paths - {"/"}:
            etree.fromstring(archive.read(str(name)))


def test_there_is_a_sheet_for_every_table_with_rows(tmp_path: Path) -> None:
    found = sheets(written(tmp_path, papers=[PAPER], figures=[FIGURE]))
    assert list(found) == ["Cover", "papers", "figures", "Dictionary"]
    assert [said(each) for each in found["papers"][0]] == [column.name for column in named("papers").columns]


@pytest.mark.parametrize(
    ("table", "column", "kind", "value"),
    [
        ("figures", "value", "float", "-1732.50"),
        ("figures", "repaired", "boolean", "true"),
        ("figures", "raw", "string", None),
        ("papers", "meeting_date", "date", "2006-09-28"),
        ("papers", "tables", "float", "1"),
    ],
)
def test_values_are_what_they_are(tmp_path: Path, table: str, column: str, kind: str, value: str | None) -> None:
    found = cell(written(tmp_path, papers=[PAPER], figures=[FIGURE]), named(table), column)
    assert found.get(f"{OFFICE}value-type") == kind
    values = [found.get(f"{OFFICE}{name}") for name in ("value", "boolean-value", "date-value")]
    assert [each for each in values if each is not None] == ([] if value is None else [value])


@pytest.mark.parametrize(("column", "text"), [("meeting_date", "2006-09"), ("characters_in", "1" * 16)])
def test_what_a_sheet_can_not_hold_exactly_is_text(tmp_path: Path, column: str, text: str) -> None:
    found = cell(written(tmp_path, papers=[PAPER | {column: text}]), named("papers"), column)
    assert (found.get(f"{OFFICE}value-type"), said(found)) == ("string", text)


def test_a_number_of_many_digits_is_text(tmp_path: Path) -> None:
    found = cell(written(tmp_path, figures=[FIGURE | {"value": "12345678901234567.5"}]), named("figures"), "value")
    assert (found.get(f"{OFFICE}value-type"), said(found)) == ("string", "12345678901234567.5")


def test_nothing_is_a_formula(tmp_path: Path) -> None:
    path = written(tmp_path, papers=[PAPER | {"title": '=HYPERLINK("http://x")'}])
    with zipfile.ZipFile(path) as archive:
        assert b"table:formula" not in archive.read("content.xml")
    assert said(cell(path, named("papers"), "title")) == '=HYPERLINK("http://x")'


def test_a_long_table_goes_on_in_another_sheet(tmp_path: Path) -> None:
    found = sheets(written(tmp_path, 3, figures=[FIGURE | {"row_label": str(n)} for n in range(5)]))
    names = [name for name in found if name.startswith("figures")]
    assert names == ["figures", "figures_2", "figures_3"]
    place = named("figures").position("row_label")
    assert [said(row[place]) for name in names for row in found[name][1:]] == list("01234")


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path, papers=[PAPER]).read_bytes()
    assert written(tmp_path, papers=[PAPER]).read_bytes() == first


def lines(text: str) -> Iterator[str]:
    head = '<x xmlns:table="urn:t" xmlns:office="urn:o" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    yield said(etree.fromstring(f"{head}{text_cell(text)}</x>")[0])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
@pytest.mark.parametrize("sign", ["", "\n", "\t", "  "])
def test_any_text_can_be_read_again(sign: str, text: str) -> None:
    text = sign.join(["", *text, ""])
    assert list(lines(text)) == [text]


def test_what_no_xml_can_hold_is_written_out() -> None:
    assert list(lines("a\x0bb\ufffe")) == ["a\\x0bb\\ufffe"]
