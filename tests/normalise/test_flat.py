"""Flattened tables: what goes in as a table comes out as one, and what is no table stays as it is."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import extract
from normalise.engine import Normalised, normalise
from normalise.rules import RULES
from papers.paper import Line, LineSpan
from papers.repair import ink, replay

FLAT = [rule for rule in RULES if rule.name == "flat-tables"]

LABELS = (
    "North yard",
    "East yard and stables",
    "Air support",
    "River unit",
    "Dog section",
    "Mounted branch",
    "Vehicles",
)
NAMES = ("Budget", "Actual", "Forecast", "Variance", "Posts filled", "Days lost", "Cost per day", "Leavers", "Joiners")


def read(text: str) -> Normalised:
    return normalise(extract(text.encode(), "copy.txt"), FLAT)


def rows(found: Normalised) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in found.paper.lines if line.kind == "row"]


def figures() -> st.SearchStrategy[str]:
    number = st.integers(min_value=1, max_value=99_999)
    return st.one_of(number.map("{:,}".format), number.map("({:,})".format), number.map(lambda n: f"{n / 10:.1f}"))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A table of three rows or more under a header of one row: labels, then figures."""
    width = draw(st.integers(min_value=2, max_value=7))
    names = draw(st.permutations(NAMES))[:width]
    labels = draw(st.permutations(LABELS))[: draw(st.integers(min_value=3, max_value=7))]
    body = [[label, *draw(st.lists(figures(), min_size=width, max_size=width))] for label in labels]
    return [["Unit", *names], *body]


@given(tables())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_figure_comes_back_in_its_row_and_column(table: list[list[str]]) -> None:
    text = "Table 1 - Units\n\n" + "\n".join(" ".join(row) for row in table) + "\n\nThe end.\n"
    found = read(text)
    assert rows(found) == table
    assert replay(extract(text.encode(), "copy.txt"), found.repairs) == found.paper
    assert ink(found.paper.lines) == ink(extract(text.encode(), "copy.txt").lines)


@given(tables(), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_blank_cell_inside_a_row_keeps_the_others_in_place(table: list[list[str]], data: st.DataObject) -> None:
    row = data.draw(st.integers(min_value=1, max_value=len(table) - 1))
    column = data.draw(st.integers(min_value=1, max_value=len(table[0]) - 2))
    table[row][column] = ""
    found = read("Table 1 - Units\n\n" + "\n".join(" ".join(cells) for cells in table) + "\n")
    assert rows(found) == table


def cell_places(line: Line) -> list[str]:
    return [str(cell.place) for cell in line.cells]


def test_a_cell_keeps_its_line_and_its_characters() -> None:
    found = read("Unit Budget Actual\nDogs 1,240 1,198\nHorses 310 322\nBoats 75 80\n")
    assert cell_places(found.paper.lines[1]) == [
        "line 2, characters 1-4",
        "line 2, characters 6-10",
        "line 2, characters 12-16",
    ]
    assert found.paper.lines[1].cells[1].origins[0].raw == "1,240"


def test_a_header_cell_over_two_lines_keeps_both_places() -> None:
    found = read("Region Full year\nbudget Spent\nNorth 1,510 702\nSouth 2,340 1,195\nWest 980 455\n")
    cell = found.paper.lines[0].cells[1]
    assert cell.text == "Full year budget"
    assert [place.line for origin in cell.origins if isinstance(place := origin.place, LineSpan)] == [1, 2]


def test_names_over_several_columns_span_them() -> None:
    text = "Rank Men Women Total\n2005 2006 2005 2006 2005 2006\n"
    text += "Inspector 1,402 1,390 160 171 1,562 1,561\nSergeant 4,210 4,180 590 612 4,800 4,792\n"
    text += "Constable 19,001 18,870 5,250 5,401 24,251 24,271\n"
    head, years, *_ = read(text).paper.lines
    assert [(cell.text, cell.column_span, cell.row_span) for cell in head.cells] == [
        ("Rank", 1, 2),
        ("Men", 2, 1),
        ("Women", 2, 1),
        ("Total", 2, 1),
    ]
    assert [cell.text for cell in years.cells] == ["2005", "2006"] * 3


def test_a_label_over_two_rows_spans_them() -> None:
    text = "Cause Severity Cases Days\nAssault Minor 611 1,904\nSerious 48 1,377\n"
    text += "Collision Minor 203 845\nSerious 21 940\n"
    lines = read(text).paper.lines
    assert [(cell.text, cell.row_span) for cell in lines[1].cells[:2]] == [("Assault", 2), ("Minor", 1)]
    assert lines[2].cells[0].text == "Serious"


def test_two_tables_of_different_shape_are_two_grids() -> None:
    text = "Table 1 - A\nUnit Men Women\nDogs 12 14\nHorses 21 19\nBoats 8 3\n"
    text += "Table 2 - B\nYear Q1 Q2 Q3 Total\n2003/04 10 11 12 33\n2004/05 9 14 8 31\n2005/06 7 7 9 23\n"
    found = read(text)
    assert sorted({line.grid for line in found.paper.lines if line.kind == "row"}, key=str) == [1, 2]
    assert ["2004/05", "9", "14", "8", "31"] in rows(found)


def test_a_sum_across_the_row_says_which_cell_is_blank() -> None:
    text = "Site Men Women Total\nAlder 14 12 26\nBirch 9 31 40\nCedar 10 16 26\nElm 17 17\nOak 20 5 25\n"
    found = read(text)
    line = next(line for line in found.paper.lines if line.text.startswith("Elm"))
    assert line.cells[3].text == "17"
    assert {cell.text for cell in line.cells[1:3]} == {"17", ""}


def test_a_row_that_lost_a_cell_without_a_trace_is_marked() -> None:
    found = read("Site 2001 2002 2003 2004\nAlder 14 12 19 11\nBirch 9 31 22\nCedar 10 16 18 15\n")
    hunk = found.repairs[0].hunk
    assert {mark.line for mark in hunk.doubted} == {2}


@pytest.mark.parametrize(
    "text",
    [
        "1. note the report; and\n2. agree the budget of £12,000 for 2004/05.\n",
        "London SW1H 0NY\nTel 020 7202 0202\nFax 020 7202 0203\nMobile 07700 900123\n",
        "Item 1 10\nItem 2 12\n",
        "In 2003 there were 14 of them, and in 2004 there were\n17 of them, of whom 12 were found in 2005 and 4\n",
        "3 March 2006\n14 June 2006\n7 September 2006\n",
    ],
)
def test_what_is_no_table_is_left_alone(text: str) -> None:
    assert not read(text).repairs


@given(st.lists(st.text(alphabet="aB1 2,.-%£|/()", max_size=60), max_size=12))
@settings(max_examples=80, deadline=None)
def test_any_text_is_read_without_loss(lines: list[str]) -> None:
    raw = extract(("x " + "\n".join(lines)).encode(), "copy.txt")
    found = normalise(raw, FLAT)
    assert replay(raw, found.repairs) == found.paper
    assert ink(found.paper.lines) == ink(raw.lines)


def test_columns_of_one_name_are_marked() -> None:
    found = read("Yard 2001 2002 2001 2002\nAlder 1,204 1,310 402 390\nBirch 655 601 98 120\nCedar 77 91 12 15\n")
    assert {mark.cell for mark in found.repairs[0].hunk.doubted} >= {1, 2, 3, 4}


def test_a_last_column_that_may_have_lost_its_unit_is_marked() -> None:
    text = "Item Planned\n£000 Spent\n£000 Left\nFodder 480 455 25\nFarriers 910 890 20\nRoofs 77 64 13\n"
    assert {mark.cell for mark in read(text).repairs[0].hunk.doubted} == {3}


def test_random_words_are_given_up_with_a_note() -> None:
    chosen = random.Random(4)
    words = (
        "12 1,204 (5) - n/a % £000 Total Budget 2004/05 2006 of and units [1] 3.5% Band (£m) Actual 31 March".split()
    )
    text = "\n".join(" ".join(chosen.choices(words, k=chosen.randint(1, 8))) for _ in range(4000))
    found = read(text)
    assert "too many ways" in found.notes[-1].hunk.why
    assert found.paper.lines[-1].kind == "prose"
