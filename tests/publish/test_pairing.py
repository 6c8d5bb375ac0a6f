"""Which rows of two runs are one row, and what changed in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.pairing import changes

Row = dict[str, str]


def cell(place: str, text: str, row: int = 1, table: str = "a-table-01") -> Row:
    return {"paper_id": "a", "table_id": table, "row": str(row), "column": "1", "text": text, "place": place}


def told(old: list[Row], new: list[Row], table: str = "cells") -> list[tuple[str, str, tuple[str, ...]]]:
    return [(change.kind, change.record.get("text", ""), change.columns) for change in changes(table, old, new)]


def test_the_same_rows_are_no_change() -> None:
    assert told([cell("line 1", "x")], [cell("line 1", "x")]) == []


def test_a_value_that_changed_is_found_by_its_place() -> None:
    (change,) = changes("cells", [cell("line 1", "x"), cell("line 2", "y")], [cell("line 1", "x"), cell("line 2", "z")])
    assert (change.kind, change.columns) == ("changed", ("text",))
    assert change.before == cell("line 2", "y")
    assert change.after == cell("line 2", "z")


def test_a_row_more_only_renumbers_those_below_it() -> None:
    old = [cell("line 1", "x", 1), cell("line 3", "y", 2)]
    new = [cell("line 1", "x", 1), cell("line 2", "new", 2), cell("line 3", "y", 3)]
    assert told(old, new) == [("renumbered", "y", ("row",)), ("added", "new", ())]
    assert told(new, old) == [("renumbered", "y", ("row",)), ("gone", "new", ())]


def test_of_rows_of_one_place_that_one_is_gone_that_says_something_else() -> None:
    old = [cell("line 1", "x"), cell("line 1", "y"), cell("line 1", "z")]
    assert told(old, [old[0], old[2]]) == [("gone", "y", ())]


def test_a_row_that_moved_is_the_same_row() -> None:
    """The paper itself has a line more, so all places are others."""
    old = [cell("line 1", "x"), cell("line 2", "y")]
    new = [cell("line 1", "new"), cell("line 2", "x"), cell("line 3", "y")]
    assert ("added", "new", ()) not in told(old, new)  # its place is that of another row before
    assert len(told(old, new)) == 3


def test_repairs_of_one_place_are_told_apart_by_their_rule() -> None:
    old = [{"paper_id": "a", "n": "1", "rule": "ghosts", "place": "line 1", "text": "x"}]
    new = [{"paper_id": "a", "n": "1", "rule": "marks", "place": "line 1", "text": "x"}]
    assert [kind for kind, *_ in told(old, new, "repairs")] == ["gone", "added"]


ROWS = st.lists(st.builds(cell, st.sampled_from(["", "line 1", "line 2"]), st.sampled_from("xyz"), st.integers(1, 3)))


@given(ROWS, ROWS)
def test_every_row_of_both_sides_is_accounted_for(old: list[Row], new: list[Row]) -> None:
    found = list(changes("cells", old, new))
    kinds = [change.kind for change in found]
    same = len(old) - kinds.count("gone") - kinds.count("changed") - kinds.count("renumbered")
    assert same == len(new) - kinds.count("added") - kinds.count("changed") - kinds.count("renumbered")
    assert same >= 0
    for change in found:
        assert (change.before is None) == (change.kind == "added")
        assert (change.after is None) == (change.kind == "gone")
        assert bool(change.columns) == (change.kind in ("changed", "renumbered"))


@given(ROWS)
def test_a_run_never_differs_from_itself(rows: list[Row]) -> None:
    assert list(changes("cells", rows, list(rows))) == []


@pytest.mark.parametrize("table", ["papers", "cells"])
def test_nothing_against_nothing(table: str) -> None:
    assert list(changes(table, [], [])) == []
