"""What a table of the output contract is made of. The contract itself is in `schema.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "number", "boolean"]

ISO_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
"""An ISO 8601 date at the precision known: 2006, 2006-09 or 2006-09-28."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a published table.

    `enum` lists the only values allowed, `pattern` is a regular expression for the whole text, `required` means that
    the column is never empty, `empty` says what an empty field means where there can be one. `unit` is the unit of
    every value; it is empty where another column tells the unit.
    """

    name: str
    type: Type
    description: str
    unit: str = ""
    enum: tuple[str, ...] = ()
    required: bool = False
    pattern: str = ""
    empty: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it holds ISO 8601 dates, at the precision known."""
        return self.pattern == ISO_DATE

    @property
    def meaning(self) -> str:
        """The description, and what an empty field means."""
        return f"{self.description} Empty: {self.empty}." if self.empty else self.description


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. `primary_key` is given only where those columns really tell all rows apart."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The columns by which each of its rows belongs to a row of another table, and the name of that table."""
        every = {column.name: column.required for column in self.columns}
        to_paper = ((("paper_id",), "papers"),) if self.primary_key != ("paper_id",) else ()
        to_table = ((("paper_id", "table_id"), "tables"),) if every.get("table_id") and self.name != "tables" else ()
        return to_paper + to_table

    def position(self, name: str) -> int:
        """Where a column stands, from 0.

        Raises:
            ValueError: there is no such column.
        """
        return [column.name for column in self.columns].index(name)

    def column(self, name: str) -> Column:
        """The column with this name.

        Raises:
            ValueError: there is none.
        """
        return self.columns[self.position(name)]


def text(
    name: str,
    description: str,
    *,
    empty: str = "",
    enum: tuple[str, ...] = (),
    required: bool = False,
    pattern: str = "",
) -> Column:
    """A column of text; dates are text too, because their precision varies."""
    return Column(name, "string", description, "", enum, required, pattern, empty)


def integer(name: str, description: str, unit: str = "", *, empty: str = "", required: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", description, unit, required=required, empty=empty)


def number(name: str, description: str, unit: str = "", *, empty: str = "") -> Column:
    """A column of decimal numbers."""
    return Column(name, "number", description, unit, empty=empty)


def boolean(name: str, description: str, *, empty: str = "", required: bool = False) -> Column:
    """A column of `true` and `false`."""
    return Column(name, "boolean", description, required=required, empty=empty)


PAPER = (
    text("paper_id", "Short name of the paper, made from its path and unique in this run. Cite it.", required=True),
    text("source_path", "Path of the paper's file below the input folder, with / between folders.", required=True),
)
PLACE = text(
    "place",
    "Where it stands in the source, to be cited: page and box in points from the top left corner, or line and "
    "characters, or the path of the HTML element; all count from 1.",
    empty="no single place",
)
