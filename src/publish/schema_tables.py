"""The tables of the contract about what stands in the tables of papers: cells, figures, actions, totals."""

from __future__ import annotations

from publish.contract import ISO_DATE, PAPER, PLACE, Table, boolean, integer, number, text

ROW_TYPES = ("header", "section", "item", "subtotal", "total", "note")

_TABLE_ID = text("table_id", "Name of the table within its paper; leads to tables.csv.", required=True)
_CAPTION = text("table_caption", "Caption of the table, as printed or repaired.", empty="none found")
_ROW_TYPE = text("row_type", "What kind of row it is in the table.", enum=ROW_TYPES, required=True)
_MARKS = (
    boolean("repaired", "true: at least one repair changed this text; repairs.csv tells which and why.", required=True),
    boolean(
        "supplied",
        "true: some characters were not legible and were supplied on evidence; repairs.csv shows them in square "
        "brackets.",
        required=True,
    ),
    boolean("doubted", "true: a person should compare it with the paper; see review.csv.", required=True),
)
_RAW = text("raw", "Text exactly as extracted from the source, before any repair.", empty="nothing printed")
_UNIT = text("unit", "Unit of value: GBP, %, count and so on.", empty="none known")

TABLES_FOUND = Table(
    "tables",
    "Tables",
    "One row for every table found in a paper; its cells are in cells.csv and in papers/<paper_id>/.",
    (
        *PAPER,
        _TABLE_ID,
        _CAPTION,
        text("profile", "Family of tables that it was read as (work_plan ...).", empty="no profile fits"),
        integer("rows", "Rows of the table, header rows included.", "rows", required=True),
        integer("columns", "Columns of the table.", "columns", required=True),
        text("unit", "Unit that the table states for its figures (£000).", empty="none stated"),
        text("first_place", "Where the table begins in the source.", empty="not known"),
        text("last_place", "Where the table ends in the source.", empty="not known"),
    ),
    ("paper_id", "table_id"),
)

CELLS = Table(
    "cells",
    "Cells",
    "Every cell of every table, with its text before and after repair and its place on the page.",
    (
        *PAPER,
        _TABLE_ID,
        integer("row", "Row of the cell in the table, from 1.", required=True),
        integer("column", "Column of the cell in the table, from 1.", required=True),
        integer("row_span", "How many rows the cell covers.", "rows", required=True),
        integer("column_span", "How many columns the cell covers.", "columns", required=True),
        _ROW_TYPE,
        text("text", "Text of the cell, repaired; a list in a cell has lines that begin with •.", empty="a blank cell"),
        _RAW,
        text(
            "kind",
            "What the text was read as. nil is a printed dash, blank is nothing printed: they are different facts.",
            enum=("text", "money", "number", "percent", "date", "nil", "blank"),
            required=True,
        ),
        number(
            "value",
            "The text read as a number in base units: £000 multiplied out, percentages as printed.",
            empty="no number",
        ),
        _UNIT,
        *_MARKS,
        integer("page", "Page of the cell, from 1.", empty="the source has no pages"),
        number("x0", "Left edge, from the left of the page.", "points", empty="the source has no pages"),
        number("top", "Upper edge, from the top of the page.", "points", empty="the source has no pages"),
        number("x1", "Right edge, from the left of the page.", "points", empty="the source has no pages"),
        number("bottom", "Lower edge, from the top of the page.", "points", empty="the source has no pages"),
        PLACE,
    ),
    ("paper_id", "table_id", "row", "column"),
)

FIGURES = Table(
    "figures",
    "Figures",
    "Every figure of every table, one a row, with the labels of its row and column: the form for analysis.",
    (
        *PAPER,
        _TABLE_ID,
        _CAPTION,
        text("row_label", "Labels of the row, outer ones first, with > between them.", empty="none"),
        text("column_label", "Labels of the column, outer ones first, with > between them.", empty="none"),
        _ROW_TYPE,
        _RAW,
        number(
            "value",
            "The figure in base units: £000 is multiplied out, percentages are as printed, brackets are a minus.",
            empty="no number was printed, or it could not be read with certainty",
        ),
        _UNIT,
        *_MARKS,
        PLACE,
    ),
)

WORK_PLAN = Table(
    "work_plan",
    "Work plan",
    "Actions of work plans and similar tables, one a row.",
    (
        *PAPER,
        _TABLE_ID,
        text(
            "objective_number",
            "Number of the objective: as printed, or counted from its place where that is lost (see review.csv).",
            empty="none",
        ),
        text("objective_title", "Title of the objective.", empty="lost, or never printed"),
        text(
            "action_number",
            "Number of the action: as printed, or counted from its place where that is lost (see review.csv).",
            empty="none",
        ),
        text("action", "What is to be done, repaired; […] marks words that are lost.", empty="nothing printed"),
        text("deadline", "Deadline as printed, repaired.", empty="nothing printed"),
        text(
            "deadline_start",
            "First day, month or year of the deadline, ISO 8601 at the precision printed.",
            empty="no date to be read",
            pattern=ISO_DATE,
        ),
        text(
            "deadline_end",
            "Last day, month or year of the deadline, ISO 8601 at the precision printed.",
            empty="no date, or open",
            pattern=ISO_DATE,
        ),
        boolean("ongoing", "true: the paper says that the action goes on without an end.", empty="not known"),
        text("performance_measure", "How success is to be measured.", empty="nothing printed"),
        text("budget", "Budget as printed, repaired.", empty="nothing printed"),
        text(
            "budget_kind",
            "amount: a sum; nil: a printed dash or nil; blank: nothing printed; text: words.",
            empty="no budget column",
            enum=("amount", "nil", "blank", "text"),
        ),
        number("budget_gbp", "Budget in pounds.", "GBP", empty="no sum was printed, or it could not be read"),
        text("budget_code", "Budget code as printed.", empty="none"),
        text("repaired", "Names of the columns that a repair changed (action;deadline).", empty="none"),
        text("supplied", "Names of the columns that hold supplied characters.", empty="none"),
        text("doubted", "Names of the columns that a person should compare with the paper.", empty="none"),
        PLACE,
    ),
)

CHECKS = Table(
    "checks",
    "Checks",
    "Every printed total, held against the sum of its parts. A printed total is never replaced by a computed one.",
    (
        *PAPER,
        text("table_id", "Name of the table within its paper; leads to tables.csv.", empty="not of one table"),
        text("label", "Row and column label of the total, with | between them.", empty="none"),
        text("row_label", "Labels of the total's row, outer ones first.", empty="none"),
        text("column_label", "Labels of the total's column, outer ones first.", empty="none"),
        text("objective_number", "Objective that the total belongs to.", empty="not a total of an objective"),
        number("stated", "Total as printed, in base units.", empty="none is printed"),
        number("computed", "Sum of the parts, in base units.", empty="can't be computed"),
        number("difference", "stated less computed, in base units.", empty="one of them is missing"),
        text(
            "status",
            "agrees; rounding: differs by no more than rounding explains; differs; no_total: none is printed; "
            "cannot_check: a part could not be read.",
            enum=("agrees", "rounding", "differs", "no_total", "cannot_check"),
            required=True,
        ),
        PLACE,
    ),
)
