"""Totals of tables of figures: which rows and columns they are the sum of, what differs, what can't be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage


class TestWhatATotalIsTheSumOf:
    def test_sections_with_subtotals_and_a_row_beside_them(self, page: MakePage) -> None:
        found = page(
            """
            Held with|Amount £
            Banks{1x2}
            Halewood|15,000
            Northgate|22,500
            Total banks|37,500
            Societies{1x2}
            Pennine|8,000
            Severn Vale|5,500
            Total societies|13,500
            Call account|3,275
            Total investments|54,275
            """
        )
        assert found.statuses == {
            "Banks > Total banks | Amount £": "agrees",
            "Societies > Total societies | Amount £": "agrees",
            "Total investments | Amount £": "agrees",
        }

    def test_results_in_the_middle_that_no_section_ends(self, page: MakePage) -> None:
        found = page(
            """
            Item|Budget £m|Outturn £m
            Gross cost|1,904.6|1,897.1
            Fees|(388.2)|(392.9)
            Net cost|1,516.4|1,504.2
            Contingency|31.5|19.2
            Requirement|1,547.9|1,523.4
            Held back|12.1|13.3
            Granted|1,560.0|1,536.7
            """
        )
        assert {label.split(" |")[0] for label in found.statuses} == {"Net cost", "Requirement", "Granted"}
        assert set(found.statuses.values()) == {"agrees"}

    def test_a_row_that_repeats_the_one_before_noughts_is_no_sum(self, page: MakePage) -> None:
        found = page("Kind|2004|2005\nAsked|1,204|1,310\nRefused|0|0\nGranted|1,204|1,310\nPending|12|17")
        assert not found.statuses

    def test_two_rows_in_the_middle_that_agree_in_few_digits_prove_nothing(self, page: MakePage) -> None:
        found = page("Kind|2004|2005\nCars|12|14\nVans|5|6\nBoats|17|20\nHorses|130|121")
        assert not found.statuses

    def test_the_last_row_of_each_group_of_rows(self, page: MakePage) -> None:
        found = page(
            """
            Area|Kind|2004|2005
            East{3x1}|Planned|302|257
            Other|545|356
            All|847|613
            West{3x1}|Planned|390|243
            Other|170|459
            All|560|702
            All visits{1x2}|1,407|1,315
            """
        )
        assert found.statuses == dict.fromkeys(
            [f"{row} | {year}" for row in ("East > All", "West > All", "All visits") for year in ("2004", "2005")],
            "agrees",
        )

    def test_a_last_row_that_no_word_names_a_total(self, page: MakePage) -> None:
        found = page("Item|2004/05 £m|2005/06 £m\nGross|2,714.3|2,861.1\nGrants|(386.9)|(431.6)\nTransfer|(12.0)|(4.5)"
                     "\nNet budget|2,315.4|2,425.0")  # fmt: skip
        assert set(found.statuses.values()) == {"agrees"} and len(found.statuses) == 2

    def test_rows_taken_away(self, page: MakePage) -> None:
        found = page("Item|£000\nGross|2,714\nLess: fees|387\nLess: grants|12\nNet budget|2,315")
        assert found.statuses == {"Net budget | £000": "agrees"}

    def test_rows_that_are_part_of_others(self, page: MakePage) -> None:
        found = page("Cost|2005/06\nOfficers|71.5\nStaff|19.3\nof which agency|3.2\nTotal|90.8")
        assert found.statuses == {"Total | 2005/06": "agrees"}

    def test_rows_that_break_down_the_one_above_them(self, page: MakePage) -> None:
        found = page(
            "Group|2004\nOfficers|300\nConstables|240\nSergeants|60\nStaff|100\nBand A|70\nBand B|30\nTotal|400"
        )
        assert found.statuses == {"Total | 2004": "agrees"}

    @pytest.mark.parametrize("label", ["All offences", "Total"])
    def test_a_total_on_top(self, page: MakePage, label: str) -> None:
        found = page(
            f"Type|2004/05|2005/06\n{label}|4,206|4,396\nBurglary|1,204|1,311\nRobbery|980|1,012\nOther|2,022|2,073"
        )
        assert found.statuses == {f"{label} | 2004/05": "agrees", f"{label} | 2005/06": "agrees"}

    def test_columns_of_one_group_and_one_for_all(self, page: MakePage) -> None:
        found = page(
            """
            Rank{2x1}|Male{1x2}|Female{1x2}|All officers{2x1}
            FTE|% of rank|FTE|% of rank
            Inspector|1,298.00|88.4|171.00|11.6|1,469.00
            Sergeant|4,103.00|87.0|612.00|13.0|4,715.00
            """
        )
        assert found.statuses == {"Inspector | All officers": "agrees", "Sergeant | All officers": "agrees"}

    def test_a_column_of_four_quarters_that_no_word_names_a_total(self, page: MakePage) -> None:
        found = page(
            """
            Type{2x1}|Quarter ended{1x4}|Year{2x1}|Previous year{2x1}
            June|Sept|Dec|March
            Incivility|328|304|304|304|1,240|1,219
            Assault|151|155|145|204|655|725
            Neglect|488|500|473|433|1,894|2,087
            """
        )
        assert found.statuses == {f"{row} | Year": "agrees" for row in ("Incivility", "Assault", "Neglect")}

    def test_like_columns_of_several_groups(self, page: MakePage) -> None:
        found = page(
            """
            Borough{2x1}|North{1x2}|South{1x2}|Total{1x2}
            Officers|Staff|Officers|Staff|Officers|Staff
            2003|100|20|210|35|310|55
            2004|120|25|205|30|325|55
            """
        )
        assert found.statuses["2004 | Total > Officers"] == "agrees"
        assert found.statuses["2003 | Total > Staff"] == "agrees"


class TestWhatIsNoSum:
    @pytest.mark.parametrize(
        "table",
        [
            pytest.param("Unit|Budget|Actual|Variance\nHR|100|110|10\nICT|200|190|(10)", id="a difference"),
            pytest.param("Unit|Days|Average days\nHR|100|9.1\nICT|300|7.0\nMPS average|200|8.2", id="an average"),
            pytest.param("Unit|Satisfied\nHR|61%\nICT|64%\nTotal|63%", id="percentages"),
            pytest.param("Unit|Rate per 1,000\nHR|12.1\nICT|8.4\nTotal|10.2", id="a rate"),
            pytest.param(
                "Measure|2004\nTotal number of complaints received|120\nAppeals|14\nHearings|7", id="an indicator"
            ),
        ],
    )
    def test_nothing_is_said_to_differ(self, page: MakePage, table: str) -> None:
        assert "differs" not in page(table).statuses.values()

    def test_a_total_that_nothing_explains_is_not_called_wrong(self, page: MakePage) -> None:
        found = page("Borough|Days lost\nBrent|9.1\nCamden|7.0\nTotal|8.2")
        assert found.statuses == {"Total | Days lost": "cannot_check"}
        assert [row["severity"] for row in found.rows("review")] == ["low"]


class TestSlipsAndRounding:
    def test_a_slip_in_a_cell_shows_down_and_across(self, page: MakePage) -> None:
        found = page("Ward|Q1|Q2|Q3|Total\nA|10|11|12|33\nB|20|21|22|73\nC|31|30|29|90\nTotal|61|62|63|186")
        wrong = [(c["label"], c["stated"], c["computed"]) for c in found.rows("checks") if c["status"] == "differs"]
        assert wrong == [("Total | Total", 186, 196), ("B | Total", 73, 63)]

    @pytest.mark.parametrize("total", ["42,490", "42,050"])
    def test_a_slip_in_the_only_total(self, page: MakePage, total: str) -> None:
        found = page(f"Action|Cost £\nEvents|18,000\nSurvey|22,500\nForum|2,000\nTotal|{total}")
        assert found.statuses == {"Total | Cost £": "differs"}

    def test_a_part_left_out_of_a_subtotal_where_other_totals_are_sums(self, page: MakePage) -> None:
        found = page("Site|Receipt\nStations{1x2}\nMill Lane|1,850\nShooters|640\nSub-total|1,850"
                     "\nHouses{1x2}\nElm Court|7,200\nPound Road|915\nSub-total|8,115\nTotal|10,605")  # fmt: skip
        assert found.statuses == {
            "Stations > Sub-total | Receipt": "differs",
            "Houses > Sub-total | Receipt": "agrees",
            "Total | Receipt": "agrees",
        }

    @pytest.mark.parametrize(
        ("caption", "status"), [("Table 1 - Working days lost", "rounding"), ("Table 1 - Offences", "differs")]
    )
    def test_what_is_measured_is_rounded_and_what_is_counted_is_not(
        self, page: MakePage, caption: str, status: str
    ) -> None:
        found = page("Reason|Officers\nBack|20,682\nFlu|54,976\nOther|30,287\nTotal|105,946", [caption])
        assert found.statuses == {"Total | Officers": status}

    def test_money_is_rounded_to_its_last_place(self, page: MakePage) -> None:
        found = page("Scheme|2004/05|2005/06\nA|4.9|2.3\nB|2.3|0.7\nTotal|7.3|3.2", ["Table 1 Programme (£m)"])
        assert found.statuses == {"Total | 2004/05": "rounding", "Total | 2005/06": "differs"}

    def test_a_difference_between_figures_of_which_one_is_missing_is_not_judged(self, page: MakePage) -> None:
        found = page("Unit|Budget|Actual|Change\nA|924|175|-749\nB|872|-|-\nTotal|1,796|175|-1,621")
        assert found.statuses["Total | Change"] == "cannot_check"
