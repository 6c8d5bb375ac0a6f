"""The data dictionary as a page of the manual."""

from pathlib import Path

from publish.dictionary import dictionary, dictionary_page
from publish.schema import TABLES

ROOT = Path(__file__).parents[2]


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary_page(TABLES), "run `make docs`"


def test_every_column_has_its_line_and_a_bar_in_a_text_does_not_end_its_cell() -> None:
    lines = dictionary_page(TABLES).splitlines()
    cells = [line.replace("\\|", "").count("|") for line in lines if line.startswith("| `")]
    assert len(cells) == sum(len(table.columns) for table in TABLES)
    assert set(cells) == {5}


def test_what_may_stand_in_a_column_is_told() -> None:
    allowed = {(table, column): values for table, column, _, _, values, *_ in dictionary(TABLES)}
    assert allowed["review", "severity"] == "high, medium, low"
    assert allowed["papers", "meeting_date"] == "ISO 8601 date"
    assert allowed["papers", "archived"] == "true, false"
    assert allowed["papers", "title"] == ""
