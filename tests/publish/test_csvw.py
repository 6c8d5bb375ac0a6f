"""The description of the CSV files as CSV on the Web wants it."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from papers.records import Records
from publish.schema import TABLES

MakePaper = Callable[..., Records]
Publish = Callable[..., Path]

LEXICAL = {"integer": r"-?\d+", "decimal": r"-?\d+(\.\d+)?", "boolean": "true|false", "string": r"[\s\S]*"}


def described(out: Path) -> dict[str, Any]:
    content = json.loads((out / "csv-metadata.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_every_csv_file_and_column_is_described(publish: Publish, paper: MakePaper) -> None:
    content = described(publish(paper()))
    assert content["@context"][0] == "http://www.w3.org/ns/csvw"
    assert [table["url"] for table in content["tables"]] == [f"{table.name}.csv" for table in TABLES]
    for table in content["tables"]:
        assert all(column["dc:description"] for column in table["tableSchema"]["columns"])
    schema = content["tables"][0]["tableSchema"]
    assert schema["primaryKey"] == ["paper_id"]
    assert "foreignKeys" not in schema
    columns = {column["name"]: column for column in schema["columns"]}
    assert columns["pages"]["schema:unitText"] == "pages"
    assert "Empty: the file has no pages." in columns["pages"]["dc:description"]


def test_the_files_are_as_described(publish: Publish, paper: MakePaper, unread: Records) -> None:
    out = publish(paper("a"), paper("b"), unread)
    for table in described(out)["tables"]:
        columns = table["tableSchema"]["columns"]
        with (out / table["url"]).open(encoding="utf-8", newline="") as file:
            header, *records = list(csv.reader(file))
        assert header == [column["titles"] for column in columns]
        for record in records:
            for column, text in zip(columns, record, strict=True):
                datatype = column["datatype"]
                form = datatype["format"] if datatype["base"] == "string" and "format" in datatype else None
                assert text or not column.get("required")
                assert not text or re.fullmatch(form or LEXICAL[datatype["base"]], text), (column["name"], text)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_lead_to_columns_that_are_there(publish: Publish, table: Any) -> None:
    tables = {each["url"]: each["tableSchema"] for each in described(publish())["tables"]}
    for key in tables[f"{table.name}.csv"].get("foreignKeys", []):
        other = {column["name"] for column in tables[key["reference"]["resource"]]["columns"]}
        assert set(key["reference"]["columnReference"]) <= other
