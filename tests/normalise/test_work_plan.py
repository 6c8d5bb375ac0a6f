"""Records of work plans: which objective an action stands under, what number it has, what could not be read."""

from decimal import Decimal

import pytest

from papers.readings import PaperDate, Period
from pipeline.run import Reading, read

HEADER = "Action\tDeadline\tMeasure\tBudget\n"


def plan(text: str, without: tuple[str, ...] = ("split-cells",)) -> Reading:
    return read(text.encode(), "plan.txt", "plan", without)


def numbers(reading: Reading) -> list[tuple[str, int]]:
    return [(action.group.number, action.number) for action in reading.actions]


def doubts(reading: Reading) -> list[tuple[str, str]]:
    return [(doubt.rule, doubt.severity) for doubt in reading.doubts if doubt.rule != "total"]


def table(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


class TestObjectives:
    def test_each_table_stands_under_the_heading_above_it(self) -> None:
        reading = plan(
            "# Objective 1: Scrutinise  the strategy\n\nEqualities impact: none.\n\n"
            + table("1. Rota\tMay 2006\tReport\t£5", "2. Log\tMay 2006\tReport\t£5")
            + "\n## Objective 2 – Engage\n"
            + table("1. List\tMay 2006\tReport\t£5")
        )
        assert numbers(reading) == [("1", 1), ("1", 2), ("2", 1)]
        assert [group.title for group in reading.groups.values()] == ["Scrutinise the strategy", "Engage"]
        assert doubts(reading) == []

    def test_a_lost_heading_between_two_others(self) -> None:
        reading = plan(
            "# Objective 1: Scrutinise\n" + table("1. Rota\t\t\t") + "\nText.\n\n" + table("1. Log\t\t\t")
            + "\n# Objective 3: Report\n" + table("1. List\t\t\t")
        )  # fmt: skip
        assert numbers(reading) == [("1", 1), ("2", 1), ("3", 1)]
        assert reading.groups[2].title == ""
        assert doubts(reading) == [("lost-heading", "medium")]

    def test_the_first_heading_is_lost(self) -> None:
        reading = plan(table("1. Rota\t\t\t") + "\n# Objective 2: Report\n" + table("1. List\t\t\t"))
        assert numbers(reading) == [("1", 1), ("2", 1)]
        assert doubts(reading) == [("lost-heading", "medium")]

    def test_all_headings_are_lost(self) -> None:
        reading = plan(table("1. Rota\t\t\t") + "\nText.\n\n" + table("1. Log\t\t\t"))
        assert numbers(reading) == [("1", 1), ("2", 1)]
        assert doubts(reading) == [("lost-heading", "medium")] * 2

    def test_a_second_table_of_one_objective_when_its_numbers_go_on(self) -> None:
        reading = plan(
            "# Objective 4: Serve\n" + table("1. Rota\t\t\t", "2. Log\t\t\t") + "\n" + table("3. List\t\t\t")
        )
        assert numbers(reading) == [("4", 1), ("4", 2), ("4", 3)]
        assert doubts(reading) == []

    def test_a_second_table_when_the_next_heading_leaves_no_number_for_it(self) -> None:
        reading = plan(
            "# Objective 1: Serve\n" + table("1. Rota\t\t\t") + "\nText.\n\n" + table("1. Log\t\t\t")
            + "\n# Objective 2: Report\n" + table("1. List\t\t\t")
        )  # fmt: skip
        assert numbers(reading) == [("1", 1), ("1", 2), ("2", 1)]
        assert doubts(reading) == [("number-out-of-order", "medium")]

    def test_the_last_of_several_headings_counts(self) -> None:
        reading = plan("# Objective 1: Serve\n# Objective 2: Report\n" + table("1. Rota\t\t\t"))
        assert numbers(reading) == [("2", 1)]

    def test_headings_out_of_order_are_taken_as_printed(self) -> None:
        text = "# Objective 3: A\n" + table("1. Rota\t\t\t") + "\n# Objective 1: B\n" + table("1. Log\t\t\t")
        assert numbers(plan(text)) == [("3", 1), ("1", 1)]

    def test_a_table_of_another_kind_is_no_objective(self) -> None:
        reading = plan("Borough\tOfficers\nBrent\t5\n\n# Objective 1: Serve\n" + table("1. Rota\t\t\t"))
        assert list(reading.groups) == [2]
        assert numbers(reading) == [("1", 1)]


class TestNumbers:
    def test_numbers_of_all_forms(self) -> None:
        reading = plan(table("1. Rota\t\t\t", "2) Log\t\t\t", "3.  List\t\t\t"))
        assert [(a.number, a.number_is_printed, a.text) for a in reading.actions] == [
            (1, True, "Rota"),
            (2, True, "Log"),
            (3, True, "List"),
        ]

    def test_numbers_in_a_column_of_their_own(self) -> None:
        reading = plan("No.\tAction\tDeadline\tBudget\n1\tRota\t\t\n2.\tLog\t\t\n")
        assert [(a.number, a.text) for a in reading.actions] == [(1, "Rota"), (2, "Log")]

    def test_a_lost_number_is_counted_from_its_place(self) -> None:
        reading = plan(table("1. Rota\t\t\t£1", "Log\t\t\t£2", "3. List\t\t\t£3"))
        assert [(a.number, a.number_is_printed) for a in reading.actions] == [(1, True), (2, False), (3, True)]
        assert doubts(reading) == [("lost-heading", "medium"), ("lost-number", "low")]

    def test_a_plan_without_numbers_has_lost_none(self) -> None:
        reading = plan(table("Rota\t\t\t£1", "Log\t\t\t£2"))
        assert [a.number for a in reading.actions] == [1, 2]
        assert doubts(reading) == [("lost-heading", "medium")]

    def test_numbers_that_begin_anew_go_on_and_are_doubted(self) -> None:
        reading = plan(table("1. Rota\t\t\t£1", "2. Log\t\t\t£1", "1. List\t\t\t£1"))
        assert [a.number for a in reading.actions] == [1, 2, 3]
        assert doubts(reading) == [("lost-heading", "medium"), ("number-out-of-order", "medium")]

    def test_numbers_may_have_gaps(self) -> None:
        reading = plan(table("1. Rota\t\t\t£1", "5. Log\t\t\t£1"))
        assert [a.number for a in reading.actions] == [1, 5]

    def test_each_objective_has_numbers_of_its_own(self) -> None:
        reading = plan("# Objective 1: A\n" + table("1. Rota\t\t\t") + "# Objective 2: B\n" + table("1. Log\t\t\t"))
        assert numbers(reading) == [("1", 1), ("2", 1)]
        assert doubts(reading) == []

    def test_figures_that_open_an_action_are_no_number(self) -> None:
        reading = plan(table("1. Rota\t\t\t£1", "2006 conference\t\t\t£1", "3.5 posts\t\t\t£1"))
        assert [a.text for a in reading.actions] == ["Rota", "2006 conference", "3.5 posts"]


class TestCells:
    def test_what_is_read_of_a_row(self) -> None:
        header = "Key actions/events:\tDeadline/date\tPerformance measure\tBudget (#6621)\n"
        (action,) = plan(header + "1. Rota\tSept 2006 - ongoing\tReport\t£5,000\n").actions
        assert action.text == "Rota"
        assert action.period == Period(PaperDate(2006, 9), None, True)
        assert (action.budget, action.budget_kind, action.budget_code) == (Decimal(5000), "amount", "6621")
        assert sorted(action.cells) == ["action", "budget", "deadline", "performance_measure"]

    @pytest.mark.parametrize(
        ("cell", "kind", "amount"),
        [
            ("", "blank", None),
            ("_", "nil", None),
            ("Staff time", "text", None),
            ("£130,000.", "amount", Decimal(130000)),
            ("(45)", "amount", Decimal(-45)),
        ],
    )
    def test_budgets(self, cell: str, kind: str, amount: Decimal | None) -> None:
        (action,) = plan(table(f"1. Rota\tMay 2006\tReport\t{cell}")).actions
        assert (action.budget_kind, action.budget) == (kind, amount)

    def test_a_budget_in_thousands(self) -> None:
        (action,) = plan("Action\tDeadline\tBudget £000\n1. Rota\tMay 2006\t45\n").actions
        assert action.budget == Decimal(45000)

    @pytest.mark.parametrize(
        ("row", "found"),
        [
            ("1. Rota\tMay 2006\t\t£1,1O9", ("unread-amount", "high")),
            ("1. Rota\tMay 2006\t\t£130,000.", ("stray-full-stop", "low")),
            ("1. Rota\tg May 2006\t\t£5", ("unread-date", "medium")),
            ("\tMay 2006\t\t£5", ("lost-action", "medium")),
        ],
    )
    def test_what_can_not_be_read_is_doubted(self, row: str, found: tuple[str, str]) -> None:
        reading = plan("# Objective 1: Serve\n" + table(row, "2. Log\t\t\t£1"), ("split-cells", "continuation-rows"))
        assert found in doubts(reading)

    def test_sound_rows_are_not_doubted(self) -> None:
        rows = ("1. Rota\tQuarterly\tReport\tStaff time", "2. Log\t\t\t", "3. List\tOngoing\t\t-")
        assert doubts(plan("# Objective 1: Serve\n" + table(*rows))) == []

    def test_totals_are_no_actions(self) -> None:
        rows = ("1. Rota\t\t\t£5", "\t\tSub-total\t£5", "\t\tTOTAL\t£5")
        assert len(plan(table(*rows)).actions) == 1


def test_a_row_that_ends_before_its_action_is_doubted_and_stops_nothing() -> None:
    text = "Deadline\tBudget\tAction\nMay 2006\t£5\nMay 2006\t£5\tRota\n"
    reading = plan(text, ("table-columns",))
    assert [action.text for action in reading.actions] == ["Rota"]
    assert ("short-row", "medium") in doubts(reading)
