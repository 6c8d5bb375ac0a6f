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
    the column is never empty. `unit` is the unit of every value; it is empty where another column tells the unit.
    """

    name: str
    type: Type
    description: str
    unit: str = ""
    enum: tuple[str, ...] = ()
    required: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. `primary_key` is given only where those columns really tell all rows apart."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()


def text(
    name: str, description: str, *, enum: tuple[str, ...] = (), required: bool = False, pattern: str = ""
) -> Column:
    """A column of text; dates are text too, because their precision varies."""
    return Column(name, "string", description, "", enum, required, pattern)


def integer(name: str, description: str, unit: str = "", *, required: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(name, "integer", description, unit, (), required)


def number(name: str, description: str, unit: str = "") -> Column:
    """A column of decimal numbers."""
    return Column(name, "number", description, unit)


def boolean(name: str, description: str, *, required: bool = False) -> Column:
    """A column of `true` and `false`."""
    return Column(name, "boolean", description, "", (), required)


PAPER = (
    text("paper_id", "Short name of the paper, made from its path and unique in this run. Cite it.", required=True),
    text("source_path", "Path of the paper's file below the input folder, with / between folders.", required=True),
)
PLACE = text(
    "place",
    "Where it stands in the source, to be cited: page and box in points from the top left corner, or line and "
    "characters, or the path of the HTML element; all count from 1. Empty: no single place.",
)
