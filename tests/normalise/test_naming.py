"""Figures that the labels of a table do not name for certain are doubted, and sound ones are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage, Page


def doubted(found: Page) -> list[str]:
    """The raw figures that are doubted for their labels."""
    assert {row["rule"] for row in found.rows("review")} <= {"unsure-labels"}
    return [row["raw"] for row in found.rows("figures") if row["doubted"]]


class TestDoubted:
    def test_columns_without_any_heading(self, page: MakePage) -> None:
        found = page("Patrol|120|118\nDogs|60|61")
        assert doubted(found) == ["120", "118", "60", "61"]

    def test_one_column_without_a_heading_among_others(self, page: MakePage) -> None:
        found = page("Unit|Budget|\nPatrol|120|118\nDogs|60|61")
        assert doubted(found) == ["118", "61"]

    def test_a_heading_whose_first_line_was_lost(self, page: MakePage) -> None:
        found = page("Court|Warnings|Days|days lost (£000)\nBow|629|312|56\nWood Green|893|232|58")
        assert doubted(found) == ["56", "58"]

    def test_columns_of_the_same_name(self, page: MakePage) -> None:
        found = page("Unit|Posts filled Posts vacant{1x2}|Cost\nPatrol|120|11|31\nDogs|60|6|14")
        assert doubted(found) == ["120", "11", "60", "6"]

    def test_rows_of_the_same_name(self, page: MakePage) -> None:
        found = page("Quarter|Officers|Staff\nFirst|216|130\nSecond|301|151\nFirst|281|160")
        assert doubted(found) == ["216", "130", "281", "160"]

    @pytest.mark.parametrize("label", ["Special constables 5,640", "Detained 61%", "Cost £4.2m", "Fuel (1,204)"])
    def test_a_label_that_ends_in_a_figure(self, page: MakePage, label: str) -> None:
        found = page(f"Group|2004|2005\n{label}|480|490\nOthers|20|21")
        assert doubted(found) == ["480", "490"]

    def test_small_numbers_behind_the_words_of_nearly_every_row(self, page: MakePage) -> None:
        found = page("Supplier Years|Value\nAegis Fabrics 4|620\nBabel Line Ltd 3|285\nCrossway 2|110\nTotal|1,015")
        assert doubted(found) == ["620", "285", "110"]

    def test_a_section_that_begins_in_the_middle_of_a_sentence(self, page: MakePage) -> None:
        found = page("Item|2004\nRent|12\nrates and{1x2}\nWater|8\nGas|9")
        assert doubted(found) == ["8", "9"]

    def test_several_figures_in_one_cell(self, page: MakePage) -> None:
        found = page("Language|Met|Wait\nPolish|38 1.9|\nSomali|46|2.7\nYoruba|12|1.1")
        assert doubted(found) == ["38 1.9"]

    def test_groups_whose_labels_stand_beside_no_certain_rows(self, page: MakePage) -> None:
        found = page("Area|Type|2004\n|A|12\nNorth|B|8\n|C|31\n|D|4\nSouth|E|9\n|F|3\n|G|5")
        assert doubted(found) == ["12", "8", "31", "4", "9", "3", "5"]

    def test_a_row_without_a_label(self, page: MakePage) -> None:
        found = page("Unit|Budget|Actual\nPatrol|120|118\n|60|61\nDogs|7|8")
        assert doubted(found) == ["60", "61"]


class TestNotDoubted:
    @pytest.mark.parametrize(
        "table",
        [
            "Rent|1,204\nRates|310",
            "Unit|£000|%\nPatrol|120|4.1\nDogs|60|3.2",
            "Year|2004/05{1x2}|2005/06{1x2}\n|No.|%|No.|%\nRace|41|4.2|40|4.1\nSex|22|2.1|20|2.0",
            "Band|Number\nUnder £1,000|12\n£1,000 to £4,999|8\nUp to 2.5%|3\nMinor works (5%)|4",
            "Team name|Visits\nWard team 14|12\nWard team 15|8\nWard team 16|9",
            "Quarter ending|Visits\nJune 2008|12\nSeptember 2008|8\nDecember 2008|9",
            "Staff|2004\nOfficers|12\nof which: seconded{1x2}\nAbroad|3",
            "Item|2004|2005\na. Staff{1x3}\nPay|12|13\nFees|4|5\nb. Other{1x3}\nRent|7|8",
            "No.|Item|2004\na|Staff|12\nb|Rent|13\nc|Fees|4",
            "Course|Days\ne-learning{1x2}\nLaw|12\nClassroom{1x2}\nFirst aid|13",
            "Rank|Number|per cent|of whom women\nSergeant|120|11|31\nInspector|60|6|14",
            "Area|Type|2004\nNorth|Planned|12\n|Urgent|8\nSouth|Planned|31\n|Urgent|4",
        ],
    )
    def test_sound_tables(self, page: MakePage, table: str) -> None:
        assert doubted(page(table)) == []
