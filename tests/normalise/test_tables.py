"""Tables as they are read: header, kinds of rows and cells, units, captions."""

from decimal import Decimal

import pytest

from extract import extract
from normalise.read.tables import Table, iso_period, read_tables
from papers.readings import PaperDate, Period
from pipeline.run import read

PLAN = "Action\tDeadline\tMeasure\tBudget\n"


def tables(text: str) -> tuple[Table, ...]:
    return read_tables(extract(text.encode(), "plan.txt"))


def one(text: str) -> Table:
    (table,) = tables(text)
    return table


def kinds(table: Table) -> list[list[str]]:
    return [[cell.kind for cell in row] for row in table.rows]


class TestShape:
    def test_every_run_of_rows_is_a_table(self) -> None:
        found = tables("a\tb\nc\td\n\ne\tf\nprose\ng\th\n")
        assert [(table.number, table.start, table.end, table.columns) for table in found] == [
            (1, 0, 2, 2),
            (2, 3, 4, 2),
            (3, 5, 6, 2),
        ]

    def test_a_header_of_a_known_kind_begins_a_table_inside_a_run(self) -> None:
        found = tables(f"Borough\t2005\nBrent\t5\n{PLAN}1. Rota\tMay 2006\tReport\t£5\n{PLAN}1. Log\tMay 2006\t\t£5\n")
        assert [(table.start, table.end, bool(table.profile)) for table in found] == [
            (0, 2, False),
            (2, 4, True),
            (4, 6, True),
        ]

    def test_the_widest_row_says_how_many_columns_there_are(self) -> None:
        assert one("Borough\tOfficers\nBrent\t5\t6\t7\n").header == ("Borough", "Officers", "", "")

    def test_rows_and_columns_count_from_one(self) -> None:
        cell = one("Borough\t2005/06\nBrent\t5\n").rows[1][1]
        assert (cell.row, cell.column, cell.line, cell.index) == (2, 2, 1, 1)

    def test_a_paper_without_rows_has_no_table(self) -> None:
        assert tables("Report: 8a\n") == ()


class TestRows:
    def test_a_work_plan(self) -> None:
        table = one(f"{PLAN}1. Rota\tMay 2006\tReport\t£5\n\t\tSub-total\t£5\n2. Log\t\t\t\n\t\tTOTAL:\t£5\n")
        assert table.row_types == ("header", "item", "subtotal", "item", "total")
        assert dict(table.roles) == {"action": 0, "deadline": 1, "performance_measure": 2, "budget": 3}

    def test_a_table_of_figures(self) -> None:
        table = one("Borough\tOfficers\nInner London\t\nBrent\t5\nSub total\t5\nGrand total\t5\nTotal staff\t1\n")
        assert table.row_types == ("header", "section", "item", "subtotal", "total", "total")

    def test_a_first_row_with_figures_is_no_header(self) -> None:
        table = one("Brent\t5\nCamden\t6\n")
        assert table.row_types == ("item", "item")
        assert table.header == ("", "")

    def test_a_total_in_words_is_an_item_of_a_work_plan(self) -> None:
        table = one(f"{PLAN}Total number of volunteers to be raised\tMay 2006\t\t£5\n")
        assert table.row_types == ("header", "item")


class TestCells:
    def test_kinds_of_a_work_plan(self) -> None:
        table = one(f"{PLAN}1. Rota\tMay 2006\t12\t£5\nLog\tQuarterly\t\tStaff time\n5\t2006/07\t-\t-\n")
        assert kinds(table)[1:] == [
            ["text", "date", "text", "money"],
            ["text", "text", "blank", "text"],
            ["text", "date", "text", "nil"],
        ]

    def test_kinds_of_a_table_of_figures(self) -> None:
        table = one("Borough\tOfficers\tChange %\t£000\nBrent\t1,732\t-3.7\t(45)\nCamden\t\tn/a\t2.5m\n")
        assert kinds(table)[1:] == [["text", "number", "percent", "money"], ["text", "blank", "nil", "money"]]
        values = [cell.value for cell in table.rows[1]]
        assert values == [None, Decimal(1732), Decimal("-3.7"), Decimal(-45000)]
        assert [cell.unit for cell in table.rows[1]] == ["", "", "%", "GBP"]

    def test_a_figure_in_a_header_stays_text(self) -> None:
        table = one(f"{PLAN}1. Rota\tMay 2006\t\t£5\n")
        assert kinds(table)[0] == ["text"] * 4

    @pytest.mark.parametrize(
        ("header", "text", "step"),
        [
            ("£", "1,732", "1"),
            ("£", "1,732.50", "0.01"),
            ("£000", "1,732", "1000"),
            ("£m", "9.8", "100000"),
            ("£", "£250k", "1000"),
            ("£", "£2.45m", "10000"),
        ],
    )
    def test_what_the_last_printed_place_is_worth(self, header: str, text: str, step: str) -> None:
        assert one(f"Borough\tSpend {header}\nBrent\t{text}\n").rows[1][1].step == Decimal(step)

    @pytest.mark.parametrize(
        ("period", "iso"),
        [
            (Period(PaperDate(2006, 4), PaperDate(2006, 11)), "2006-04/2006-11"),
            (Period(PaperDate(2006, 9), PaperDate(2006, 9)), "2006-09"),
            (Period(PaperDate(2006, 9), None, True), "2006-09/.."),
            (Period(None, PaperDate(2006, 6, 30)), "../2006-06-30"),
            (Period(None, None, True), ""),
        ],
    )
    def test_a_period_as_text(self, period: Period, iso: str) -> None:
        assert iso_period(period) == iso


class TestCaption:
    def test_the_nearest_heading_above(self) -> None:
        found = read(f"# One\n# Two\nText.\n\n{PLAN}1. Rota\tMay 2006\t\t£5\n".encode(), "plan.txt", "plan")
        assert found.tables[0].caption == "Two"

    def test_a_line_that_begins_with_table(self) -> None:
        assert one("Table 3: Officers  by borough\nBrent\t5\nCamden\t6\n").caption == "Table 3: Officers by borough"

    def test_not_across_another_table(self) -> None:
        first, second = tables("Table 1: Officers\nBrent\t5\n\nCamden\t6\n")
        assert (first.caption, second.caption) == ("Table 1: Officers", "")

    def test_not_from_far_above(self) -> None:
        assert one("Table 1: Officers\n" + "\n" * 12 + "Brent\t5\n").caption == ""
