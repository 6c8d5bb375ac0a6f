"""`papers.sqlite`: all tables of a run in one file, for SQL and for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Final

from publish.contract import Column, Table
from publish.csv_files import read_rows
from publish.dictionary import DICTIONARY, dictionary

DATABASE_NAME: Final = "papers.sqlite"

_TYPES: Final = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
_INDEXES: Final = (
    ("cells", "paper_id, table_id"),
    ("figures", "paper_id, table_id"),
    ("figures", "row_label"),
    ("work_plan", "paper_id, table_id"),
    ("checks", "paper_id, table_id"),
    ("checks", "status"),
    ("recommendations", "paper_id"),
    ("links", "paper_id"),
    ("repairs", "rule"),
    ("review", "paper_id"),
    ("review", "severity"),
    ("papers", "meeting_date"),
)
_VIEWS: Final = {
    "figures_of_meetings": (
        "SELECT committee, meeting_date, title, figures.* FROM figures JOIN papers USING (paper_id)"
    ),
    "totals_that_differ": (
        "SELECT committee, meeting_date, title, checks.* FROM checks JOIN papers USING (paper_id) "
        "WHERE checks.status = 'differs'"
    ),
    "points_to_look_at": (
        "SELECT committee, meeting_date, title, review.* FROM review JOIN papers USING (paper_id) "
        "ORDER BY CASE severity WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END, paper_id"
    ),
}
_Value = str | int | float | None


def write_database(path: Path, tables: Sequence[Table], files: Mapping[str, Path]) -> None:
    """Write a SQLite database from the finished CSV files of a run.

    Every table of the contract is a table with its keys and constraints; an empty field is NULL, a truth value 1 or 0,
    and a number has the fifteen digits that SQLite holds. `data_dictionary` tells what every column means. The same
    rows give the same bytes with the same version of SQLite.

    Args:
        path: the file to make; there must be none.
        tables: the tables of the contract.
        files: where the CSV file of each of them is.

    Raises:
        OSError: it can't be written.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # The file is new, and thrown away if this fails: nothing has to be undone, or kept from others.
            database.execute("PRAGMA page_size = 4096")
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN")
            for table in tables:
                database.execute(_create(table))
                _insert(database, table.name, table.columns, _values(table, files[table.name]))
            _write_dictionary(database, tables)
            for number, (name, columns) in enumerate(_INDEXES, start=1):
                database.execute(f"CREATE INDEX index_{number:02d}_{name} ON {name} ({columns})")
            for name, query in _VIEWS.items():
                database.execute(f"CREATE VIEW {name} AS {query}")
            database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error


def _create(table: Table) -> str:
    parts = [_define(column) for column in table.columns]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({_names(table.primary_key)})")
    parts += [
        f"FOREIGN KEY ({_names(names)}) REFERENCES {_names([other])} ({_names(names)})"
        for names, other in table.references
    ]
    return f"CREATE TABLE {_names([table.name])} ({', '.join(parts)})"


def _define(column: Column) -> str:
    name = _names([column.name])
    required = " NOT NULL" if column.required else ""
    bound = ""
    if column.type == "boolean":
        bound = f" CHECK ({name} IN (0, 1))"
    elif column.enum:
        bound = f" CHECK ({name} IN ({', '.join(repr(value) for value in column.enum)}))"
    return f"{name} {_TYPES[column.type]}{required}{bound}"


def _names(names: Sequence[str]) -> str:
    """Names for SQL, in quotes: `order` and `group` are words of its own."""
    return ", ".join(f'"{name}"' for name in names)


def _insert(
    database: sqlite3.Connection, name: str, columns: Sequence[Column], rows: Iterator[Sequence[_Value]]
) -> None:
    places = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {_names([name])} VALUES ({places})", rows)


def _write_dictionary(database: sqlite3.Connection, tables: Sequence[Table]) -> None:
    database.execute(f"CREATE TABLE data_dictionary ({', '.join(_define(column) for column in DICTIONARY)})")
    rows = ([text or None for text in record] for record in dictionary(tables))
    _insert(database, "data_dictionary", DICTIONARY, rows)


def _values(table: Table, file: Path) -> Iterator[list[_Value]]:
    readers = [_READERS.get(column.type, str) for column in table.columns]
    for record in read_rows(file):
        yield [read(text) if text else None for read, text in zip(readers, record, strict=True)]


def _number(text: str) -> int | float:
    value = Decimal(text)
    whole = int(value) if value == value.to_integral_value() else None
    return whole if whole is not None and abs(whole) < 2**63 else float(value)


_READERS: Final[Mapping[str, Callable[[str], int | float]]] = {
    "integer": _number,
    "number": _number,
    "boolean": lambda text: int(text == "true"),
}
