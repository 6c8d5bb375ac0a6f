"""The contract as data: exactly the columns that the design promises, all of them explained."""

import pytest

from publish.contract import Table
from publish.schema import TABLES

MARKS = "repaired, supplied, doubted"
PROMISED = {
    "papers": "source_sha256, media_type, extractor, status, status_detail, kind, committee, meeting_date, "
    "report_number, title, author, archived, summary, source_url, pages, tables, repairs, doubts, characters_in, "
    "characters_kept, characters_dropped, characters_supplied",
    "sections": "order, letter, heading, level, paragraph_number, text, place",
    "recommendations": "group, number, text, place",
    "links": "label, title, format, href, place",
    "tables": "table_id, table_caption, profile, rows, columns, unit, first_place, last_place",
    "cells": f"table_id, row, column, row_span, column_span, row_type, text, raw, kind, value, unit, {MARKS}, page, "
    "x0, top, x1, bottom, place",
    "figures": f"table_id, table_caption, row_label, column_label, row_type, raw, value, unit, {MARKS}, place",
    "work_plan": "table_id, objective_number, objective_title, action_number, action, deadline, deadline_start, "
    "deadline_end, ongoing, performance_measure, budget, budget_kind, budget_gbp, budget_code, "
    f"{MARKS}, place",
    "checks": "table_id, label, row_label, column_label, objective_number, stated, computed, difference, status, place",
    "repairs": "n, rule, powers, place, before, after, why",
    "review": "severity, rule, place, text, why, suggestion",
}


def test_the_tables_are_those_promised() -> None:
    assert [table.name for table in TABLES] == list(PROMISED)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_are_those_promised(table: Table) -> None:
    wanted = ["paper_id", "source_path", *PROMISED[table.name].split(", ")]
    assert [column.name for column in table.columns] == wanted


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_explained(table: Table) -> None:
    assert table.title
    assert table.description.endswith(".")
    for column in table.columns:
        assert len(column.description) > 15, column.name
        assert column.description.endswith("."), column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_says_what_an_empty_field_means_if_there_can_be_one(table: Table) -> None:
    for column in table.columns:
        assert bool(column.empty) != column.required, column.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_key_is_made_of_columns_that_are_never_empty(table: Table) -> None:
    required = {column.name for column in table.columns if column.required}
    assert required >= {"paper_id", "source_path", *table.primary_key}
