"""The output contract: every published table and every column, in order, with its meaning."""

from __future__ import annotations

from publish.contract import Column, Table
from publish.schema_papers import LINKS, PAPERS, RECOMMENDATIONS, REPAIRS, REVIEW, SECTIONS
from publish.schema_tables import CELLS, CHECKS, FIGURES, TABLES_FOUND, WORK_PLAN

__all__ = ["TABLES", "Column", "Table", "named"]

TABLES: tuple[Table, ...] = (
    PAPERS,
    SECTIONS,
    RECOMMENDATIONS,
    LINKS,
    TABLES_FOUND,
    CELLS,
    FIGURES,
    WORK_PLAN,
    CHECKS,
    REPAIRS,
    REVIEW,
)


def named(name: str) -> Table:
    """The table of the contract with this name.

    Raises:
        KeyError: there is none.
    """
    return {table.name: table for table in TABLES}[name]
