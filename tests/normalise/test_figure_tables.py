"""Tables of figures: every figure with the labels of its row and its column, in the shapes that papers print."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage


def numbers(figures: dict[tuple[str, str], object]) -> dict[tuple[str, str], object]:
    return {key: value for key, value in figures.items() if value is not None}


class TestHeader:
    def test_three_levels_with_spans(self, page: MakePage) -> None:
        found = page(
            """
            Service{3x1}|2004/05{1x4}|2005/06{1x2}
            Officers{1x2}|Staff{1x2}|Officers|Staff
            Budget|Actual|Budget|Actual|Budget|Budget
            Traffic|120|118|40|41|125|42
            Dogs|60|61|12|11|60|12
            """
        )
        assert [column for row, column in found.figures if row == "Dogs"] == [
            "2004/05 > Officers > Budget",
            "2004/05 > Officers > Actual",
            "2004/05 > Staff > Budget",
            "2004/05 > Staff > Actual",
            "2005/06 > Officers > Budget",
            "2005/06 > Staff > Budget",
        ]

    def test_a_label_without_a_span_stands_for_the_columns_to_its_right(self, page: MakePage) -> None:
        found = page(
            """
            Borough|2003/04|||Change
            |Q1|Q2|Total|
            Brent|10|11|21|-3
            Camden|20|21|41|4
            """
        )
        assert [column for row, column in found.figures if row == "Brent"] == [
            "2003/04 > Q1",
            "2003/04 > Q2",
            "2003/04 > Total",
            "Change",
        ]

    def test_a_row_of_units_gives_units_and_no_labels_but_where_columns_would_read_the_same(
        self, page: MakePage
    ) -> None:
        found = page(
            """
            Group{2x1}|Budget|Variance|Variance
            £000|£000|%
            Traffic|1,200|-12|-1.0
            Dogs|300|3|1.0
            """
        )
        assert [found.figures["Traffic", label] for label in ("Budget", "Variance > £000", "Variance > %")] == [
            Decimal(1_200_000),
            Decimal(-12_000),
            Decimal("-1.0"),
        ]

    def test_column_numbers_and_years_are_labels(self, page: MakePage) -> None:
        assert page("Ward|1|2|3|Total\nA|10|20|30|60\nB|5|5|5|15").figures["B", "3"] == 5
        assert page("|2003|2004\nOfficers|31,200|32,000\nStaff|12,100|12,400").figures["Staff", "2004"] == 12_400

    def test_no_header_at_all(self, page: MakePage) -> None:
        found = page("Opening balance|£12.4m\nContributions|£3.1m\nUse in year|(£2.2m)")
        assert found.figures == {
            ("Opening balance", ""): Decimal(12_400_000),
            ("Contributions", ""): Decimal(3_100_000),
            ("Use in year", ""): Decimal(-2_200_000),
        }

    def test_a_first_row_whose_figures_are_not_yet_known_is_no_header(self, page: MakePage) -> None:
        found = page("Scheme|Cost £000\nNew base|tbc\nOld base|120\nYard|30")
        assert found.figures == {
            ("New base", "Cost £000"): None,
            ("Old base", "Cost £000"): 120_000,
            ("Yard", "Cost £000"): 30_000,
        }

    def test_an_empty_column_and_a_span_past_the_edge_change_nothing(self, page: MakePage) -> None:
        found = page(
            """
            Type{2x1}||1998/99{1x2}|Change{1x9}
            |No.|£|No.|£
            Assault||114|1,204,350|(17)|(292,850)
            Other||22|61,900|(3)|22,315
            """
        )
        assert found.figures["Assault", "Change > £"] == -292_850
        assert found.figures["Other", "1998/99 > No."] == 22

    @pytest.mark.parametrize("name", ["Number", "£000", "Days"])
    def test_a_lone_name_above_the_only_column_of_figures(self, page: MakePage, name: str) -> None:
        found = page(f"|{name}\nLodged|14\nUpheld|61\nTotal|75")
        assert list(found.figures) == [("Lodged", name), ("Upheld", name), ("Total", name)]
        assert found.figures["Upheld", name] == (61_000 if name == "£000" else 61)

    def test_sections_above_the_only_column_of_figures_are_no_header(self, page: MakePage) -> None:
        found = page("|North\nLodged|14\nUpheld|61\n|South\nLodged|15\nUpheld|7")
        assert {column for _, column in found.figures} == {""}


class TestRows:
    def test_labels_that_span_rows_and_labels_printed_once(self, page: MakePage) -> None:
        spanning = "Area|Unit|2004\nNorth{2x1}|Barnet|1,204\nEnfield|980\nSouth|Croydon|1,410"
        once = "Area|Unit|2004\nNorth|Barnet|1,204\n|Enfield|980\nSouth|Croydon|1,410"
        for table in (spanning, once):
            assert page(table).figures == {
                ("North > Barnet", "2004"): 1204,
                ("North > Enfield", "2004"): 980,
                ("South > Croydon", "2004"): 1410,
            }

    def test_an_identifier_is_not_enough_of_a_label(self, page: MakePage) -> None:
        found = page("No.|Risk|Owner|Score\nA1|Budget is late|Treasurer|20\nA2|Staff leave|Head of HR|12")
        assert numbers(found.figures) == {("A1 > Budget is late", "Score"): 20, ("A2 > Staff leave", "Score"): 12}
        assert found.figures["A1 > Budget is late", "Owner"] is None

    def test_sections_inside_sections_end_with_their_totals(self, page: MakePage) -> None:
        found = page(
            """
            Head|Budget
            Expenditure{1x2}
            Pay{1x2}
            Officers|1,200
            Staff|400
            Total pay|1,600
            Premises{1x2}
            Rent|300
            Rates|110
            Total premises|410
            Total expenditure|2,010
            Income{1x2}
            Grants|(500)
            Fees|(50)
            Total income|(550)
            Net expenditure|1,460
            """
        )
        assert [row for row, _ in found.figures] == [
            "Expenditure > Pay > Officers",
            "Expenditure > Pay > Staff",
            "Expenditure > Pay > Total pay",
            "Expenditure > Premises > Rent",
            "Expenditure > Premises > Rates",
            "Expenditure > Premises > Total premises",
            "Expenditure > Total expenditure",
            "Income > Grants",
            "Income > Fees",
            "Income > Total income",
            "Net expenditure",
        ]
        assert set(found.statuses.values()) == {"agrees"}

    def test_a_row_whose_figures_are_missing_is_no_section(self, page: MakePage) -> None:
        found = page("Scheme|2004\nAlpha|10\nBeta|\nGamma|20\nTotal|30")
        assert [row for row, _ in found.figures] == ["Alpha", "Gamma", "Total"]

    def test_a_total_named_in_the_column_before_its_amount(self, page: MakePage) -> None:
        found = page("No.|Action|Owner|Cost\n1|Do this|AB|£1,200\n2|Do that|CD|£300\n||Total|£1,500")
        assert numbers(found.figures) == {
            ("1 > Do this", "Cost"): 1200,
            ("2 > Do that", "Cost"): 300,
            ("Total", "Cost"): 1500,
        }

    def test_footnote_marks_are_no_part_of_labels_or_figures(self, page: MakePage) -> None:
        found = page(
            "Unit|Officers<br>in post\nClubs*|1,109 [2]\nDogs (a)|60*".replace("<br>", " "),
            below=["* Provisional.", "(a) Includes handlers.", "[2] Estimate."],
        )
        assert found.figures == {("Clubs", "Officers in post"): 1109, ("Dogs", "Officers in post"): 60}


class TestColumns:
    def test_years_codes_and_pages_are_no_figures(self, page: MakePage) -> None:
        found = page("Station|Ref|Opened|Visits\nActon|1042|1963|1,204\nBarnet|1043|1971|980")
        assert numbers(found.figures) == {("Acton", "Visits"): 1204, ("Barnet", "Visits"): 980}

    def test_a_column_headed_year_may_hold_the_figures_of_one(self, page: MakePage) -> None:
        assert page("Type|Q1|Q2|Year\nA|10|21|31\nB|5|5|10").figures["B", "Year"] == 10

    def test_a_row_of_figures_alone(self, page: MakePage) -> None:
        assert page("Officers|Staff|Total\n1,200|340|1,540").figures == {
            ("", "Officers"): 1200,
            ("", "Staff"): 340,
            ("", "Total"): 1540,
        }

    def test_years_down_the_side(self, page: MakePage) -> None:
        assert page("Year|Stations|Cost £000\n2001|142|1,400\n2002|140|1,420").figures["2002", "Stations"] == 140

    def test_tables_side_by_side(self, page: MakePage) -> None:
        found = page("Borough|Offences|Borough|Offences\nBarnet|1,204|Brent|980\nCamden|2,022|Ealing|1,410")
        assert found.figures == {
            ("Barnet", "Offences"): 1204,
            ("Camden", "Offences"): 2022,
            ("Brent", "Offences"): 980,
            ("Ealing", "Offences"): 1410,
        }
        assert [(cell["row"], cell["column"]) for cell in found.rows("cells")] == [
            (row, column) for row in range(1, 4) for column in range(1, 5)
        ]

    def test_tables_one_below_another_in_one(self, page: MakePage) -> None:
        found = page("Borough|2004|2005\nBrent|10|12\nTotal|10|12\nUnit|Budget £000|Actual £000\nHR|1,200|1,210")
        assert found.figures["HR", "Actual £000"] == 1_210_000
        assert found.figures["Brent", "2005"] == 12

    def test_a_header_printed_again_begins_no_new_table(self, page: MakePage) -> None:
        found = page("Borough|2004|2005\nBrent|10|12\nBorough|2004|2005\nEaling|20|21\nTotal|30|33")
        assert found.statuses == {"Total | 2004": "agrees", "Total | 2005": "agrees"}

    def test_a_table_of_words_has_no_figures(self, page: MakePage) -> None:
        assert page("Name|Role|Contact\nA Smith|Chair|020 7202 0202\nB Jones|Member|020 7202 0203").figures == {}


class TestUnits:
    @pytest.mark.parametrize(
        ("above", "below"),
        [
            (["Table 1 - Spending (£000)"], []),
            (["Table 1 - Spending", "£000"], []),
            (["Table 1 - Spending"], ["Note: all figures are in £000s."]),
        ],
    )
    def test_a_unit_of_the_whole_table(self, page: MakePage, above: list[str], below: list[str]) -> None:
        found = page("Head|Budget|Posts (FTE)|% of budget\nPay|1,000|12.5|80.0\nOther|250|1.0|20.0", above, below)
        assert found.figures["Pay", "Budget"] == 1_000_000
        assert [found.units["Pay", column] for column in ("Budget", "Posts (FTE)", "% of budget")] == [
            "GBP",
            "count",
            "%",
        ]

    def test_units_of_rows(self, page: MakePage) -> None:
        found = page("Measure|Brent|Ealing\nOfficers (FTE)|501.5|640.0\nBudget (£m)|20.1|25.6\nSickness|3.1%|4.2%")
        assert found.figures["Budget (£m)", "Ealing"] == 25_600_000
        assert [found.units[row, "Brent"] for row in ("Officers (FTE)", "Budget (£m)", "Sickness")] == [
            "count",
            "GBP",
            "%",
        ]

    def test_pounds_printed_only_on_the_first_and_the_last(self, page: MakePage) -> None:
        found = page("Item|Cost\nRent|£1,200\nRates|300\nTotal|£1,500")
        assert set(found.units.values()) == {"GBP"}

    def test_one_percentage_without_its_sign(self, page: MakePage) -> None:
        found = page("Group|Satisfied\nA|61%\nB|64\nC|70%")
        assert found.units["B", "Satisfied"] == "%"

    def test_pounds_in_a_table_of_thousands_are_doubted(self, page: MakePage) -> None:
        found = page("Item|Cost\nRent|£1,200\nRates|300", ["Table 1 Costs (£000)"])
        (figure, other) = found.rows("figures")
        assert (figure["value"], figure["doubted"], other["value"]) == (None, True, 300_000)


class TestDoubts:
    @pytest.mark.parametrize("text", ["24.000", "76.9.%", "1,1O9,00O", "1 109", "£2.4.m"])
    def test_a_figure_that_can_not_be_read_for_sure(self, page: MakePage, text: str) -> None:
        found = page(f"Borough|2004|2005\nBrent|{text}|10\nEaling|20|21")
        (figure,) = [row for row in found.rows("figures") if row["raw"] == text]
        assert (figure["value"], figure["doubted"]) == (None, True)
        assert [row["rule"] for row in found.rows("review")] == ["unread-figure"]

    @pytest.mark.parametrize("text", ["-", "n/a", "N/K", "*", "tbc", "not known", ""])
    def test_no_figure_and_nothing_in_doubt(self, page: MakePage, text: str) -> None:
        found = page(f"Borough|2004|2005\nBrent|{text}|10\nEaling|20|21\nTotal|20|31")
        assert found.rows("review") == []
        assert found.statuses == {"Total | 2004": "agrees", "Total | 2005": "agrees"}


TEXTS = st.sampled_from(
    ["", "Total", "Sub-total", "Brent", "12", "1,204", "(3.5)", "61%", "2004", "£000", "n/a", "* x", "24.000"]
)
CELLS = st.builds(
    lambda text, rows, columns: f"{text}{{{rows}x{columns}}}", TEXTS, st.integers(1, 3), st.integers(1, 3)
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_table_is_too_odd_and_every_cell_is_there_once(page: MakePage, rows: list[list[str]]) -> None:
    found = page("\n".join("|".join(["x", *row]) for row in [["a", "b"], ["1", "2"], *rows]))
    cells = found.rows("cells")
    assert len({(cell["table_id"], cell["row"], cell["column"]) for cell in cells}) == len(cells)
    printed = sorted(cell["text"] for cell in cells if cell["text"])
    assert printed == sorted(
        [c.text for line in found.reading.clean.lines if line.grid is not None for c in line.cells if c.text]
    )
