"""`csv-metadata.json`: the CSV files as CSV on the Web (W3C) describes them, under the name that it looks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from publish.contract import Column, Table
from publish.csv_files import LINE_END
from publish.datapackage import DESCRIPTION

CSVW_NAME: Final = "csv-metadata.json"

_BASES: Final = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}
_DIALECT: Final = {
    "encoding": "utf-8",
    "lineTerminators": [LINE_END],
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def csv_metadata(tables: Sequence[Table]) -> dict[str, Any]:
    """Describe the CSV files of these tables: what each column holds, what an empty field means, how they join."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "Committee papers",
        "dc:description": DESCRIPTION,
        "dialect": _DIALECT,
        "tables": [_table(table) for table in tables],
    }


def _table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(column) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    if table.references:
        schema["foreignKeys"] = [
            {"columnReference": list(names), "reference": {"resource": f"{other}.csv", "columnReference": list(names)}}
            for names, other in table.references
        ]
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": schema,
    }


def _column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": _datatype(column),
        "null": "",
    }
    if column.unit:
        described["schema:unitText"] = column.unit
    if column.required:
        described["required"] = True
    return described


def _datatype(column: Column) -> dict[str, str]:
    base = {"base": _BASES[column.type]}
    if column.type == "boolean":
        return {**base, "format": "true|false"}
    if column.enum:
        return {**base, "format": f"^({'|'.join(map(re.escape, column.enum))})$"}
    return {**base, "format": f"^{column.pattern}$"} if column.pattern else base
