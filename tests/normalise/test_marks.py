"""Footnote marks told from labels and figures."""

import pytest

from normalise.read.marks import note_mark, note_marks, without_mark


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Directorate of Information*", "Directorate of Information"),
        ("Rape *†", "Rape"),
        ("Bexleyheath[1]", "Bexleyheath"),
        ("Other¹", "Other"),
        ("Total ᵃ", "Total"),
        ("1,109²", "1,109"),
        ("Site (m²)", "Site (m²)"),
        ("Floor space m²", "Floor space m²"),
        ("*", "*"),
        ("Heathrow (Terminals 1-4)", "Heathrow (Terminals 1-4)"),
        ("Specialist Operations (SO14)", "Specialist Operations (SO14)"),
        ("Other1", "Other1"),
        ("Staff (a)", "Staff (a)"),
    ],
)
def test_what_is_a_mark_without_a_note(text: str, plain: str) -> None:
    assert without_mark(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"), [("Other1", "Other"), ("Staff (a)", "Staff"), ("CO1", "CO1"), ("2001", "2001")]
)
def test_what_is_a_mark_because_a_note_begins_with_it(text: str, plain: str) -> None:
    assert without_mark(text, note_marks(["1 Includes Chinese.", "(a) Includes agency staff."])) == plain


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("* Provisional.", "*"),
        ("[2] Replaces the scheme deferred.", "[2]"),
        ("¹ Includes Chinese.", "1"),
        ("1 Includes Chinese.", "1"),
        ("Note: figures are rounded.", ""),
        ("Source: MPS", ""),
        ("3. The largest variance lies in pay.", None),
        ("Heathrow is policed by a separate command", None),
        ("12,000 officers", None),
    ],
)
def test_how_a_note_begins(text: str, mark: str | None) -> None:
    assert note_mark(text) == mark
