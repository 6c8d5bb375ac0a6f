"""Where cells stand: spans, also wrong ones."""

from hypothesis import given
from hypothesis import strategies as st

from normalise.spans import positions
from papers.paper import Cell, HtmlPath, Line, Origin


def cell(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, (Origin(text, HtmlPath("td")),), rows, columns)


def columns(*rows: list[Cell]) -> list[list[tuple[int, str]]]:
    lines = [Line("row", tuple(row), 1) for row in rows]
    return [[(column, each.text) for column, each in row] for row in positions(lines)]


def test_a_cell_that_spans_rows_pushes_the_cells_below_to_the_right() -> None:
    assert columns([cell("a", 2), cell("b")], [cell("c")], [cell("d"), cell("e")]) == [
        [(0, "a"), (1, "b")],
        [(1, "c")],
        [(0, "d"), (1, "e")],
    ]


def test_a_span_that_runs_into_one_from_above_is_cut_there() -> None:
    assert columns([cell("a"), cell("b", 2), cell("c")], [cell("d", 1, 2), cell("e")]) == [
        [(0, "a"), (1, "b"), (2, "c")],
        [(0, "d"), (2, "e")],
    ]


def test_a_hostile_span_costs_little() -> None:
    rows = [[cell("a", 10**9, 10**9), cell("b", 10**9, 10**9)] for _ in range(50)]
    assert max(column for row in columns(*rows) for column, _ in row) < 2000


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=5), max_size=8))
def test_no_two_cells_begin_in_one_place(spans: list[list[tuple[int, int]]]) -> None:
    for row in columns(*[[cell("x", *each) for each in row] for row in spans]):
        places = [column for column, _ in row]
        assert places == sorted(set(places))
