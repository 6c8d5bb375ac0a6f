"""What the review page is told of a paper: every cell leads back to what was printed, character for character."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rows import records
from pipeline.run import Reading, read

AT_HAND = sorted((Path(__file__).parents[1] / "papers_at_hand").glob("*.txt"))


def told(reading: Reading) -> Any:
    return json.loads(records(reading).review)


def units(text: str, start: int, end: int) -> str:
    """A part of a text as JavaScript counts characters."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def check_pieces(reading: Reading) -> None:
    data = told(reading)
    printed = list(chain.from_iterable(cells for _, _, cells in data["printed"]))
    cells = [cell for line in reading.clean.lines for cell in line.cells]
    read_cells = list(chain.from_iterable(line[3] for line in data["read"]))
    for cell, (text, pieces, repairs, _) in zip(cells, read_cells, strict=True):
        assert (printed[pieces[0][0]][0] if text is None else text) == cell.text
        assert len(pieces) == len(set(cell.origins))
        assert all(0 <= number < len(data["repairs"]) for number in repairs)
        for (raw, part, *span), origin in zip(pieces, dict.fromkeys(cell.origins), strict=True):
            whole, _, _, places, parts = printed[raw]
            assert (units(whole, *span) if span else (parts[part] if parts else whole)) == origin.raw
            assert span or places[part][0] == str(origin.place)


@pytest.mark.parametrize("path", AT_HAND, ids=lambda path: path.stem)
def test_every_cell_leads_to_what_was_printed(path: Path) -> None:
    check_pieces(read(path.read_bytes(), path.name, path.stem))


@given(st.text("a1£ \t\n|-*<>&\U0001f4a9é", max_size=200))
def test_also_in_a_text_of_any_characters(text: str) -> None:
    if text.strip():
        check_pieces(read(text.encode(), "a.txt", "a"))


def test_a_web_page_tells_its_spans_and_grids() -> None:
    page = "<html><body><p>x</p><table border=1><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>1<td>2</table>"
    reading = read(page.encode(), "a.html", "a")
    check_pieces(reading)
    rows = [(grid, [cell[:3] for cell in cells]) for kind, grid, cells in told(reading)["printed"] if kind == "row"]
    assert [cells for _, cells in rows] == [[["a", 2, 1], ["b", 1, 2]], [["1", 1, 1], ["2", 1, 1]]]
    assert len({grid for grid, _ in rows}) == 1


def test_a_long_repair_is_cut_and_that_is_said() -> None:
    rows = "\n".join(f"|| item number {number} || {number} ||" for number in range(400))
    found = told(read(f"Heading\n\n{rows}\n".encode(), "a.txt", "a"))["repairs"]
    assert all(is_cut == (max(len(before), len(after)) == 3000) for _, _, before, after, is_cut in found)


def test_rulings_in_force_go_with_the_paper() -> None:
    sidecar = ("a.toml", b"[[ruling]]\nprinted = 'x'\nreads = 'y'\nwhy = 'seen'\nby = 'C.'\nwhen = 2026-05-01\n")
    data = told(read(b"Letter x\n", "a.txt", "a", (), sidecar))
    assert data["sidecar"] == "a.toml"
    assert data["rulings"] == [["x", "y", "seen", "C.", "2026-05-01", ""]]
