"""Totals held against their rows: what agrees, what differs, what can't be said."""

from decimal import Decimal

import pytest

from extract import extract
from normalise.read.checks import Check
from normalise.read.tables import read_tables
from normalise.read.totals import check_totals, judge

PLAN = "Action\tDeadline\tMeasure\tBudget\n"

Row = tuple[str, int | None, int | None]


def checks(text: str) -> tuple[Check, ...]:
    return check_totals(read_tables(extract(text.encode(), "plan.txt")))


def plan(*budgets: str, total: str | None = None) -> tuple[Check, ...]:
    rows = "".join(f"{n}. Rota\tMay 2006\tReport\t{budget}\n" for n, budget in enumerate(budgets, start=1))
    return checks(PLAN + rows + ("" if total is None else f"\t\tTOTAL\t{total}\n"))


def facts(check: Check) -> Row:
    """Status, stated and computed; all totals here are whole pounds."""
    stated, computed = (None if value is None else int(value) for value in (check.stated, check.computed))
    assert (check.stated, check.computed) == (stated, computed)
    return check.status, stated, computed


class TestWorkPlan:
    @pytest.mark.parametrize(
        ("budgets", "total", "expected"),
        [
            pytest.param(["£3,000", "£10,000"], "£13,000", ("agrees", 13000, 13000), id="agrees"),
            pytest.param(["£3,000", "£10,000"], "£13,000.", ("agrees", 13000, 13000), id="agrees, a stray full stop"),
            pytest.param(["£0.5m", "£250k"], "750,000", ("agrees", 750000, 750000), id="agrees, in other units"),
            pytest.param(["-", "", "£5"], "£5", ("agrees", 5, 5), id="nil and blank count for nothing"),
            pytest.param(["Staff time", "£5"], "£5", ("agrees", 5, 5), id="words without figures count for nothing"),
            pytest.param(["£3,000", "£10,000"], "£13,500", ("differs", 13500, 13000), id="differs"),
            pytest.param(["£0.5m", "£26,250"], "£526,000", ("differs", 526000, 526250), id="no rounding among pounds"),
            pytest.param(["", ""], "£13,000", ("differs", 13000, 0), id="a total of nothing"),
            pytest.param(["-", ""], "-", ("agrees", 0, 0), id="a printed nil"),
            pytest.param(["£5"], "-", ("differs", 0, 5), id="a nil that is none"),
            pytest.param(["£3,000"], "", ("no_total", None, 3000), id="the amount of the total is blank"),
            pytest.param(["£3,000"], None, ("no_total", None, 3000), id="no total"),
            pytest.param([""], None, ("no_total", None, None), id="no total and no amount"),
            pytest.param(["£1,1O9", "£10"], "£1,119", ("cannot_check", 1119, 10), id="an amount can't be read"),
            pytest.param(["£5 or £6"], "£5", ("cannot_check", 5, 0), id="two amounts in one cell"),
            pytest.param(["£5"], "see below", ("cannot_check", None, 5), id="the total can't be read"),
        ],
    )
    def test_one_total(
        self, budgets: list[str], total: str | None, expected: tuple[str, int | None, int | None]
    ) -> None:
        (check,) = plan(*budgets, total=total)
        assert facts(check) == expected

    def test_the_difference_is_what_is_stated_less_what_is_computed(self) -> None:
        (check,) = plan("£3,000", total="£2,500")
        assert check.difference == Decimal(-500)
        assert plan("£3,000")[0].difference is None

    def test_its_labels_and_its_place(self) -> None:
        (check,) = plan("£3,000", total="£3,000")
        assert (check.row_label, check.column_label, check.line, check.cell) == ("TOTAL", "Budget", 2, 3)

    def test_rows_below_the_only_total_count_too(self) -> None:
        (check,) = checks(f"{PLAN}1. Rota\t\t\t£3\n\t\tTOTAL\t£8\n2. Log\t\t\t£5\n")
        assert facts(check) == ("agrees", 8, 8)

    def test_two_totals_are_each_for_its_own_rows(self) -> None:
        found = checks(f"{PLAN}1. Rota\t\t\t£3\n\t\tTOTAL\t£3\n2. Log\t\t\t£5\n\t\tTOTAL\t£5\n")
        assert list(map(facts, found)) == [("agrees", 3, 3), ("agrees", 5, 5)]

    def test_a_second_total_may_be_that_of_all_rows(self) -> None:
        found = checks(f"{PLAN}1. Rota\t\t\t£3\n\t\tTOTAL\t£3\n2. Log\t\t\t£5\n\t\tGrand total\t£8\n")
        assert list(map(facts, found)) == [("agrees", 3, 3), ("agrees", 8, 8)]

    def test_subtotals_and_a_total(self) -> None:
        rows = "1. Rota\t\t\t£3\n\t\tSub-total\t£3\n2. Log\t\t\t£5\n\t\tSub-total\t£6\n\t\tTotal\t£8\n"
        found = checks(PLAN + rows)
        assert list(map(facts, found)) == [("agrees", 3, 3), ("differs", 6, 5), ("agrees", 8, 8)]

    def test_an_amount_that_can_not_be_read_spoils_only_its_own_total(self) -> None:
        rows = "1. Rota\t\t\t£3 or £4\n\t\tSub-total\t£3\n2. Log\t\t\t£5\n\t\tSub-total\t£5\n"
        assert [check.status for check in checks(PLAN + rows)] == ["cannot_check", "agrees"]

    def test_a_total_row_that_ends_before_the_budget(self) -> None:
        (check,) = checks(f"{PLAN}1. Rota\t\t\t£3\nTOTAL\t£3\n")
        assert (check.status, check.cell) == ("no_total", None)

    def test_every_table_is_checked(self) -> None:
        found = checks(f"{PLAN}1. Rota\t\t\t£3\n\t\tTOTAL\t£3\n\n{PLAN}1. Log\t\t\t£5\n")
        assert [check.status for check in found] == ["agrees", "no_total"]


class TestTableOfFigures:
    def test_each_column_has_its_own_check(self) -> None:
        found = checks("Borough\tOfficers\tStaff\nBrent\t5\t1\nCamden\t6\t2\nTotal\t11\t4\n")
        assert [(check.column_label, *facts(check)) for check in found] == [
            ("Officers", "agrees", 11, 11),
            ("Staff", "differs", 4, 3),
        ]

    def test_subtotals_of_sections_and_a_total_of_all(self) -> None:
        found = checks(
            "Borough\tOfficers\nInner\t\nBrent\t5\nCamden\t6\nSub-total\t11\nOuter\t\nBarnet\t7\nSub-total\t7\nTotal\t18\n"
        )
        assert list(map(facts, found)) == [("agrees", 11, 11), ("agrees", 7, 7), ("agrees", 18, 18)]

    def test_a_total_and_a_grand_total(self) -> None:
        found = checks("Borough\tOfficers\nBrent\t5\nTotal\t5\nBarnet\t7\nTotal\t7\nGrand total\t12\n")
        assert list(map(facts, found)) == [("agrees", 5, 5), ("agrees", 7, 7), ("agrees", 12, 12)]

    def test_a_subtotal_after_a_total_begins_anew(self) -> None:
        found = checks("Borough\tOfficers\nBrent\t5\nTotal\t5\nBarnet\t7\nSub-total\t7\n")
        assert list(map(facts, found)) == [("agrees", 5, 5), ("agrees", 7, 7)]

    def test_thousands_may_be_rounded(self) -> None:
        found = checks("Head\tBudget £000\nPay\t1,109\nCars\t45\nTotal\t1,155\n")
        assert [(check.status, check.difference) for check in found] == [("rounding", Decimal(1000))]

    def test_thousands_may_not_be_far_out(self) -> None:
        assert checks("Head\tBudget £000\nPay\t1,109\nCars\t45\nTotal\t1,156\n")[0].status == "differs"

    def test_an_amount_that_can_not_be_read_is_not_counted_as_nothing(self) -> None:
        (check,) = checks("Head\tBudget £000\nPay\t1,1O9\nCars\t45\nTotal\t1,154\n")
        assert check.status == "cannot_check"

    def test_percentages_are_not_added_up(self) -> None:
        found = checks("Borough\tChange\tOfficers\nBrent\t40%\t5\nCamden\t60%\t5\nTotal\t50%\t10\n")
        assert [(check.column_label, check.status) for check in found] == [("Officers", "agrees")]

    def test_shares_of_a_whole_are(self) -> None:
        found = checks("Borough\tShare\nBrent\t40.2%\nCamden\t59.7%\nTotal\t100.0%\n")
        assert [check.status for check in found] == ["rounding"]

    def test_a_column_without_amounts_is_not_checked(self) -> None:
        assert checks("Borough\tOfficers\nBrent\t\nTotal\t5\n") == ()

    def test_a_table_without_a_total_is_not_checked(self) -> None:
        assert checks("Borough\tOfficers\nBrent\t5\n") == ()


@pytest.mark.parametrize(
    ("stated", "amounts", "steps", "status"),
    [
        ("13000", ["3000", "10000"], [], "agrees"),
        ("13001", ["3000", "10000"], ["1", "1", "1"], "differs"),
        ("13.01", ["3.00", "10.00"], ["0.01", "0.01", "0.01"], "rounding"),
        ("13.02", ["3.00", "10.00"], ["0.01", "0.01", "0.01"], "differs"),
        ("14500", ["3000", "10000"], ["1000", "1000", "1000"], "rounding"),
        ("14501", ["3000", "10000"], ["1000", "1000", "1000"], "differs"),
        ("13001", ["3000", "10000"], ["1", "1000", "1000"], "differs"),
        ("0", [], [], "agrees"),
    ],
)
def test_how_far_a_total_may_be_out(stated: str, amounts: list[str], steps: list[str], status: str) -> None:
    assert judge(Decimal(stated), list(map(Decimal, amounts)), list(map(Decimal, steps))) == status
