"""The units of columns that state none: from the corner, from columns that they are made of, or in doubt."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage, Page

LOST = "no unit stands above it, though one of money stands above all other columns"


def doubted(found: Page) -> set[tuple[str, str]]:
    return {(f["row_label"], f["column_label"]) for f in found.rows("figures") if f["doubted"]}


def whys(found: Page) -> set[str]:
    return {row["why"] for row in found.rows("review") if row["rule"] == "unsure-unit"}


class TestCorner:
    @pytest.mark.parametrize("corner", ["£000", "(£’000)", "Heading £000", "Grant (£000s)"])
    def test_a_unit_above_the_labels_is_that_of_the_table(self, page: MakePage, corner: str) -> None:
        found = page(f"{corner}|2009/10|2010/11\nCatering|125|130\nLaundry|48|51")
        assert found.figures["Laundry", "2010/11"] == 51000
        assert set(found.units.values()) == {"GBP"}
        assert found.rows("tables")[0]["unit"] == "GBP x 1000"
        assert not doubted(found)

    def test_columns_with_a_unit_of_their_own_keep_it(self, page: MakePage) -> None:
        found = page("£m|Budget|Number|% spent\nCatering|1.5|12|98.1\nLaundry|0.8|9|76.5")
        assert found.figures["Catering", "Budget"] == 1_500_000
        assert (found.units["Catering", "Number"], found.units["Catering", "% spent"]) == ("count", "%")

    def test_a_unit_above_years_is_that_of_the_figures(self, page: MakePage) -> None:
        found = page("£m|Loans|Interest\n2003/04|210.5|11.2\n2004/05|198.0|10.4")
        assert found.figures["2004/05", "Loans"] == 198_000_000

    def test_the_unit_of_labels_that_are_amounts_stays_theirs(self, page: MakePage) -> None:
        found = page("Salary (£000)|Men|Women\nUnder 20|31|40\n20 to 30|25|18\nOver 30|7|6")
        assert found.figures["Under 20", "Men"] == 31
        assert not doubted(found)

    def test_a_bare_unit_above_amounts_may_be_either(self, page: MakePage) -> None:
        found = page("£000|Men|Women\nUnder 20|31|40\n20 to 30|25|18\nOver 30|7|6")
        assert found.figures["Under 20", "Men"] == 31
        assert len(doubted(found)) == 6

    def test_figures_whose_columns_state_money_themselves_do_not_take_it(self, page: MakePage) -> None:
        found = page("Contract (£m)|Paid £000|Visits\nCatering|125|12\nLaundry|48|3")
        assert found.figures["Catering", "Visits"] == 12

    def test_a_corner_that_contradicts_the_caption_is_doubted(self, page: MakePage) -> None:
        found = page("£000|2009/10|2010/11\nCatering|125|130\nLaundry|48|51", above=["Table 1: Services (£m)"])
        assert len(doubted(found)) == 4


class TestKin:
    def test_a_difference_of_columns_has_their_unit(self, page: MakePage) -> None:
        found = page("Service|Plan £m|Spent £m|Left\nCatering|12.5|11.3|1.2\nLaundry|8.2|9.5|(1.3)\nPost|3.0|2.1|0.9")
        assert found.figures["Laundry", "Left"] == -1_300_000
        assert not doubted(found)

    def test_a_sum_of_columns_has_their_unit(self, page: MakePage) -> None:
        found = page("Service|Pay £000|Other £000|Both\nCatering|125|113|238\nLaundry|82|95|177\nPost|-|21|21")
        assert found.figures["Laundry", "Both"] == 177_000
        assert found.statuses["Laundry | Both"] == "agrees"

    def test_a_column_of_something_else_does_not(self, page: MakePage) -> None:
        found = page("Service|Visits|Pay £000|Other £000\nCatering|311|125|113\nLaundry|402|82|95")
        assert found.figures["Laundry", "Visits"] == 402
        assert not doubted(found)


class TestLost:
    def test_the_last_column_alone_without_a_unit_is_doubted_and_left_as_printed(self, page: MakePage) -> None:
        found = page("Service|Capital £m|Revenue £m|Lifetime\nCatering|12.5|11.3|61.2\nLaundry|8.2|9.5|41.9")
        assert found.figures["Laundry", "Lifetime"] == Decimal("41.9")
        assert doubted(found) == {("Catering", "Lifetime"), ("Laundry", "Lifetime")}
        assert whys(found) == {LOST}

    def test_figures_with_a_sign_of_their_own_are_not(self, page: MakePage) -> None:
        found = page("Service|Capital £m|Revenue £m|Change\nCatering|12.5|11.3|61.2%\nLaundry|8.2|9.5|41.9%")
        assert not doubted(found)

    def test_years_beside_years_are_read_in_their_unit_and_doubted(self, page: MakePage) -> None:
        found = page("Service|2003/04 £000|2004/05 £000|2005/06\nCatering|125|113|118\nLaundry|82|95|77")
        assert found.figures["Laundry", "2005/06"] == 77_000
        assert doubted(found) == {("Catering", "2005/06"), ("Laundry", "2005/06")}


class TestCurrency:
    def test_each_column_has_its_own(self, page: MakePage) -> None:
        found = page("Site|Rent €000|Rent $m|Rent £\nParis|125|1.5|9\nBoston|48|0.3|7\nTotal|173|1.8|16")
        assert found.figures["Paris", "Rent €000"] == 125_000
        assert found.figures["Paris", "Rent $m"] == 1_500_000
        units = {column: unit for (_, column), unit in found.units.items()}
        assert units == {"Rent €000": "EUR", "Rent $m": "$", "Rent £": "GBP"}
        assert set(found.statuses.values()) == {"agrees"}

    def test_a_sign_in_some_cells_holds_for_their_column(self, page: MakePage) -> None:
        found = page("Item|Cost\nPaper|$1,200\nInk|300\nTotal|$1,500")
        assert set(found.units.values()) == {"$"}
        assert found.statuses == {"Total | Cost": "agrees"}

    def test_amounts_in_two_currencies_are_not_added(self, page: MakePage) -> None:
        found = page("Item|Cost\nPaper|£1,200\nInk|€300\nPens|£50\nTotal|£1,550")
        assert found.figures["Ink", "Cost"] == 300
        assert found.units["Ink", "Cost"] == "EUR"
        assert found.statuses.get("Total | Cost") != "agrees"

    def test_a_table_names_its_currency(self, page: MakePage) -> None:
        found = page("€000|2009/10|2010/11\nCatering|125|130\nLaundry|48|51")
        assert found.rows("tables")[0]["unit"] == "EUR x 1000"


class TestScaleAlone:
    @pytest.mark.parametrize("header", ["Hours (000s)", "Hours '000", "Hours, in thousands", "Hours (million)"])
    def test_it_is_doubted_and_read_as_printed(self, page: MakePage, header: str) -> None:
        found = page(f"Team|{header}|Cost £000\nCatering|125|130\nLaundry|48|51")
        assert found.figures["Catering", header] == 125
        assert doubted(found) == {("Catering", header), ("Laundry", header)}

    @pytest.mark.parametrize("header", ["Over 2,000", "£000s", "In £ millions", "Hours per thousand"])
    def test_it_is_none(self, page: MakePage, header: str) -> None:
        assert not doubted(page(f"Team|{header}|Cost £000\nCatering|125|130\nLaundry|48|51"))

    def test_it_may_stand_in_the_label_of_a_row(self, page: MakePage) -> None:
        found = page("Team|2004|2005\nHours (000s)|125|130\nLaundry|48|51")
        assert doubted(found) == {("Hours (000s)", "2004"), ("Hours (000s)", "2005")}
