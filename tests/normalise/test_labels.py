"""Labels of rows and columns that do not stand where a reader looks for them first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.normalise.conftest import MakePage


class TestHeader:
    @pytest.mark.parametrize("name", ["Not known", "Unknown", "None", "Not recorded"])
    def test_a_column_of_what_is_not_known(self, page: MakePage, name: str) -> None:
        found = page(f"Sex|Under 18|{name}|Total\nMale|64|8|72\nFemale|13|5|18")
        assert found.figures["Female", name] == 5

    def test_a_first_row_of_which_nothing_is_known(self, page: MakePage) -> None:
        found = page("Contract|Supplier|2004|2005\nHire|Crossway|not known|not known\nLaundry|Linen Ltd|12|14")
        assert found.figures["Laundry", "2005"] == 14

    def test_the_second_line_of_a_label(self, page: MakePage) -> None:
        found = page("Question asked in the|Agree|Disagree\npaper||\nMore patrols?|412|88\nMore stations?|301|199")
        assert found.figures["More patrols?", "Agree"] == 412

    @pytest.mark.parametrize("section", ["Patrols", "a. Patrols", "e-learning"])
    def test_a_section_is_no_second_line(self, page: MakePage, section: str) -> None:
        found = page(f"Question|Agree|Disagree\n{section}||\nMore of it?|412|88\nEarlier?|301|199")
        assert found.figures[f"{section} > More of it?", "Agree"] == 412


class TestGroups:
    ROWS = ("Urgent", "Planned", "Other")

    @pytest.mark.parametrize("beside", [0, 1, 2])
    def test_a_label_beside_the_first_the_middle_or_the_last_row_of_its_group(
        self, page: MakePage, beside: int
    ) -> None:
        rows = [
            f"{area if at == beside else ''}|{row}|{start + at}|{start - at}"
            for area, start in (("North", 10), ("South", 20), ("East", 30))
            for at, row in enumerate(self.ROWS)
        ]
        found = page("\n".join(["Area|Type|2004|2005", *rows, "All areas{1x2}|189|171"]))
        assert found.figures["North > Urgent", "2004"] == 10
        assert found.figures["South > Urgent", "2004"] == 20
        assert found.figures["South > Other", "2005"] == 18
        assert found.figures["East > Planned", "2004"] == 31
        assert found.figures["All areas", "2004"] == 189
        assert not any(row["doubted"] for row in found.rows("figures"))


class TestUnits:
    def test_years_of_buildings_are_no_figures(self, page: MakePage) -> None:
        found = page("Station|Opened|Area\nThornhill|1884|1,210\nLimehouse|1902|940\nWapping|1911|655")
        assert [row["raw"] for row in found.rows("figures") if row["value"] is not None] == ["1,210", "940", "655"]

    def test_money_paid_for_posts(self, page: MakePage) -> None:
        found = page("Grant|2005/06 £m|2006/07 £m\nSecurity posts|41.0|46.8\nTerrorism|61.5|90.2")
        assert found.figures["Security posts", "2006/07 £m"] == 46_800_000

    def test_posts_or_money(self, page: MakePage) -> None:
        found = page("Item|2005/06|2006/07\nSecurity posts|41|46\nTraining|61|90", ["Table 1 Growth (£000)"])
        assert [row["raw"] for row in found.rows("figures") if row["doubted"]] == ["41", "46"]
