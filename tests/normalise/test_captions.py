"""Captions, units and notes around tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract import extract
from normalise.read.tables import read_tables

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage

TABLE = "Borough|2004|2005\nBrent|10|12\nEaling|20|21"


@pytest.mark.parametrize(
    ("above", "below", "caption"),
    [
        (["Table 1 - Officers by borough"], [], "Table 1 - Officers by borough"),
        (["Table 1: Spend", "£000"], [], "Table 1: Spend"),
        (["Schedule of properties declared surplus"], [], "Schedule of properties declared surplus"),
        ([], ["Table 2 Officers by borough"], "Table 2 Officers by borough"),
        (["Table 1 Officers by borough", "Position at the end of March"], [], "Table 1 Officers by borough"),
        (["Table 1 Officers", "£m £m"], [], "Table 1 Officers"),
        (["Table 1 Officers", "Authorised at 1 April 2,358.1"], [], "Table 1 Officers"),
        (["The position is as follows:"], [], ""),
        (["B. Supporting information"], [], ""),
        (["It was agreed to look at this again."], [], ""),
    ],
)
def test_where_a_caption_stands(page: MakePage, above: list[str], below: list[str], caption: str) -> None:
    (table,) = page(TABLE, above, below).rows("tables")
    assert table["table_caption"] == caption


def test_a_unit_printed_above_each_column(page: MakePage) -> None:
    found = page("Pay|62.3|\nPrices|14.8|\nNet change||77.1", ["Table 1 Budget", "£m £m"])
    assert found.figures["Pay", ""] == 62_300_000


def test_a_caption_and_a_unit_inside_the_table(page: MakePage) -> None:
    found = page("Table 3: Spend{1x3}\n£'000{1x3}\n" + TABLE)
    assert found.rows("tables")[0]["table_caption"] == "Table 3: Spend"
    assert found.figures["Brent", "2004"] == 10_000
    assert [cell["row_type"] for cell in found.rows("cells")][:3] == ["header"] * 3


def test_a_note_inside_the_table(page: MakePage) -> None:
    found = page(TABLE + "\n* Provisional.{1x3}")
    assert found.rows("cells")[-1]["row_type"] == "note"
    assert len(found.figures) == 4


def test_a_caption_is_not_repeated_for_the_next_table() -> None:
    plain = TABLE.replace("|", "\t")
    tables = read_tables(extract(f"Table 1 - Officers\n{plain}\n\n{plain}\n".encode(), "paper.txt"))
    assert [table.caption for table in tables] == ["Table 1 - Officers", ""]


def test_captions_below_their_tables() -> None:
    plain = TABLE.replace("|", "\t")
    text = "".join(f"{plain}\nTable {number} Officers\n\n" for number in (1, 2))
    tables = read_tables(extract(text.encode(), "paper.txt"))
    assert [table.caption for table in tables] == ["Table 1 Officers", "Table 2 Officers"]


def test_the_unit_of_the_next_table_is_not_that_of_the_one_above_it() -> None:
    plain = "\n".join(f"<tr><td>{row.replace('|', '</td><td>')}</td></tr>" for row in TABLE.splitlines())
    above = f"<p>Table 1: Officers</p><table>{plain}</table>"
    below = f"<p>Table 2: Spend</p><p>£000</p><table>{plain}</table>"
    tables = read_tables(extract(f"<html><body>{above}{below}</body></html>".encode(), "paper.html"))
    assert [bool(any(table.units)) for table in tables] == [False, True]
