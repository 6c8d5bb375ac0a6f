"""Papers as the pipeline hands them over: one with everything, and one that could not be read."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from papers.records import Grid, GridCell, Records, Row, Value
from publish.contract import Table
from publish.finished import finish
from publish.publisher import Publisher
from publish.schema import named

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]

PLACE = "page 4 (269,96)-(318,114)"
EXAMPLES: dict[str, Value] = {"string": None, "integer": 1, "number": None, "boolean": False}


def example(table: Table, paper_id: str, **values: Value) -> Row:
    """A row with all columns of a table: what is given, and for the rest the least that the contract asks for."""
    row: dict[str, Value] = {}
    for column in table.columns:
        least = EXAMPLES[column.type] if column.required else None
        row[column.name] = (column.enum[0] if column.enum else "x") if column.required and least is None else least
    return {**row, "paper_id": paper_id, "source_path": f"2006/{paper_id}.pdf", **values}


def budget_grid(table_id: str = "t1") -> Grid:
    """A budget in thousands with a spanning heading, a total, a nil, a bracketed minus and a cell to doubt."""

    def cell(row: int, column: int, text: str, value: int | None = None, **marks: Any) -> GridCell:
        kind = "money" if value is not None else "text"
        return GridCell(row, column, text, kind=kind, value=None if value is None else Decimal(value), **marks)

    return Grid(
        1,
        table_id,
        "Budget 2006/07",
        "£000",
        5,
        3,
        (
            cell(1, 1, "Heading", row_span=2, row_type="header"),
            cell(1, 2, "2006/07", column_span=2, row_type="header"),
            cell(2, 2, "Pay", row_type="header"),
            cell(2, 3, "Income", row_type="header"),
            cell(3, 1, "Community enga[gement]", supplied=True, repaired=True),
            cell(3, 2, "1,109", 1_109_000, repaired=True),
            cell(3, 3, "(1,732)", -1_732_000),
            cell(4, 1, "=SUM(A1:A3)"),
            cell(4, 2, "0012", 12),
            cell(4, 3, "-"),
            cell(5, 1, "Total", row_type="total"),
            cell(5, 2, "£1,109", 1_109_000, row_type="total", doubted=True),
            cell(5, 3, "2.50%", None, row_type="total"),
        ),
    )


@pytest.fixture
def row() -> MakeRow:
    """Make a row of a table from the columns that matter: `row("links", "a-paper", href="...")`."""
    return lambda name, paper_id, **values: example(named(name), paper_id, **values)


@pytest.fixture
def paper() -> MakePaper:
    """Make a paper with rows in every table; `rows` replaces or adds tables, `grids` replaces its one table."""

    def make(
        paper_id: str = "2006-09-28-8a",
        rows: dict[str, tuple[Row, ...]] | None = None,
        grids: tuple[Grid, ...] | None = None,
    ) -> Records:
        def one(name: str, **values: Value) -> tuple[Row, ...]:
            return (example(named(name), paper_id, **values),)

        table = {"table_id": "t1", "place": PLACE}
        labels = {"row_label": "Policing > Pay", "column_label": "2006/07"}
        default = {
            "papers": one(
                "papers",
                source_sha256="0" * 64,
                status="ok",
                kind="report",
                committee="MPA Committee",
                meeting_date="2006-09-28",
                report_number="8a",
                title="Community Engagement Strategy",
                archived=True,
                pages=12,
                characters_in=12345,
            ),
            "sections": one("sections", order=1, letter="A", heading="Recommendation", level=1, text="That\nmembers"),
            "recommendations": one("recommendations", number="1.", text="endorse the strategy; and", place=PLACE),
            "links": one("links", label="Appendix 1", format="PDF", href="http://example.org/a.pdf"),
            "tables": one("tables", table_id="t1", table_caption="Budget 2006/07", rows=5, columns=3, unit="£000"),
            "cells": one(
                "cells", **table, text="1,109", raw="1,1O9", kind="money", value=Decimal("1.109E+6"), unit="GBP",
                page=4, x0=Decimal("269.25"), top=Decimal(96), x1=Decimal("318.5"), bottom=Decimal(114), repaired=True,
            ),
            "figures": (
                *one("figures", **table, **labels, raw="1,1O9", value=Decimal("1.109E+6"), unit="GBP", repaired=True),
                *one("figures", **table, **labels, raw="(1,732)", value=Decimal("-1732000"), unit="GBP"),
                *one("figures", **table, **labels, raw="2.50%", value=Decimal("2.50"), unit="%"),
            ),
            "work_plan": one(
                "work_plan", **table, objective_number="1", action_number="1.1", action="• Hold a meeting\n• Report",
                deadline="Sept 2006", deadline_start="2006-09", deadline_end="2006-09-30", ongoing=False,
                budget="£130,000", budget_kind="amount", budget_gbp=Decimal(130000), repaired="action;deadline",
            ),
            "checks": one("checks", table_id="t1", label="Total | Pay", stated=Decimal(1109000), status="agrees"),
            "repairs": one("repairs", n=1, rule="misread-digits", before="1,1O9", after="1,109", why="totals agree"),
            "review": one("review", severity="high", text="£1,109", why="two readings are possible"),
        }  # fmt: skip
        found = {**default, **(rows or {})}
        source = f"2006/{paper_id}.pdf"
        return Records(paper_id, source, found, (budget_grid(),) if grids is None else grids, {"rules": "0.1.0"})

    return make


@pytest.fixture
def unread(row: MakeRow) -> Records:
    """A paper that asks for a password: one row in papers, and nothing else."""
    rows = (row("papers", "locked", status="encrypted", status_detail="the file asks for a password"),)
    return Records("locked", "2006/locked.pdf", {"papers": rows})


@pytest.fixture
def publish(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Publish:
    """Publish papers into a folder and return it."""

    def run(*papers: Records, out: Path = tmp_path / "out", excel_csv: bool = False, sqlite: bool = False) -> Path:
        libraries = {"XlsxWriter": "3"}
        with Publisher(out, version="0.1.0", libraries=libraries, excel_csv=excel_csv, sqlite=sqlite) as publisher:
            for each in papers:
                publisher.add(finish(each, tmp_path_factory.mktemp("scratch"), excel_csv=excel_csv))
        return out

    return run
