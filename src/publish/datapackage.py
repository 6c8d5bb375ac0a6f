"""`datapackage.json`: a Data Package (version 2) that describes every CSV file of the contract, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from publish.contract import Column, Table
from publish.csv_files import LINE_END
from publish.manifest import Output

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
DESCRIPTION: Final = (
    "Text, tables and figures of archived committee papers, as read and repaired by committee-papers, with the place "
    "of each in its paper and a log of every repair. Rights in the papers themselves are not affected: see each "
    "paper's source. An empty field means that nothing was printed or that it is not known; see each column."
)
_DIALECT: Final = {
    "header": True,
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminator": LINE_END,
}


def data_package(version: str, tables: Sequence[Table], outputs: Mapping[str, Output]) -> dict[str, Any]:
    """Describe the CSV files of these tables.

    Args:
        version: the version of the program, which is that of the contract.
        tables: the tables of the contract.
        outputs: for the name of each table its finished CSV file.
    """
    return {
        "$schema": _PROFILE,
        "name": "committee-papers",
        "title": "Committee papers",
        "description": DESCRIPTION,
        "version": version,
        "resources": [_resource(table, outputs[table.name]) for table in tables],
    }


def _resource(table: Table, output: Output) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": output.path,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": output.bytes,
        "hash": f"sha256:{output.sha256}",
        "dialect": _DIALECT,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": list(names), "reference": {"resource": other, "fields": list(names)}}
            for names, other in table.references
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    if column.unit:
        described["unit"] = column.unit
    if column.empty:
        described["missingValueMeaning"] = column.empty
    if column.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        described["constraints"] = constraints
    return described
