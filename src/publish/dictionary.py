"""The data dictionary: what every column of every table means, as records for a sheet and as a page of the manual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from publish.contract import Column, Table, text

DICTIONARY: Final = (
    text("table", "Name of the table, of its sheet and of its CSV file.", required=True),
    text("column", "Name of the column.", required=True),
    text("type", "Kind of its values.", required=True),
    text("unit", "Unit of its values.", empty="none, or told by another column"),
    text("allowed", "The only values, or the form, allowed.", empty="any"),
    text("description", "What it means.", required=True),
    text("if_empty", "What an empty field means.", empty="it is never empty"),
)
"""The columns of the dictionary."""

_HEAD: Final = """# Data dictionary

Made by `make docs` from the program itself; do not edit.

Every table is a CSV file in the output folder, described for programs in `datapackage.json` (Data Package) and
`csv-metadata.json` (CSV on the Web), a table of `papers.sqlite` if that is asked for, and, `cells` apart, a sheet of
`papers.xlsx`. How the tables belong together is told in [outputs.md](outputs.md).
"""


def dictionary(tables: Sequence[Table]) -> Iterator[list[str]]:
    """The dictionary's records, one a column."""
    for table in tables:
        for column in table.columns:
            form = column.description, column.empty
            yield [table.name, column.name, column.type, column.unit, allowed(column), *form]


def allowed(column: Column) -> str:
    """The values that a column's constraints allow, for a person; empty if any is."""
    if column.type == "boolean":
        return "true, false"
    return ", ".join(column.enum) if column.enum else "ISO 8601 date" if column.is_date else column.pattern


def dictionary_page(tables: Sequence[Table]) -> str:
    """The page docs/data-dictionary.md."""
    parts = [_HEAD]
    for table in tables:
        parts.append(f"\n## {table.name}\n\n{table.description}")
        if table.primary_key:
            parts.append(f" One row for each {', '.join(f'`{name}`' for name in table.primary_key)}.")
        parts.append("\n\n| Column | Type | Meaning | Empty |\n|---|---|---|---|\n")
        parts += [_line(column) for column in table.columns]
    return "".join(parts)


def _line(column: Column) -> str:
    kind = f"{column.type}, {column.unit}" if column.unit else column.type
    bound = f" Allowed: {', '.join(f'`{value}`' for value in column.enum)}." if column.enum else ""
    empty = "never" if column.required else column.empty
    cells = (f"`{column.name}`", kind, f"{column.description}{bound}", empty)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"
