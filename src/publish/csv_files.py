"""CSV files: UTF-8 without BOM, RFC 4180, CRLF, one record a row; and their copies that are safe to open in Excel."""

from __future__ import annotations

import csv
import io
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

from papers.records import Grid, GridCell, Row
from publish.contract import Column, Table, Type
from publish.errors import ContractError, PublishError
from publish.excel_text import excel_safe

LINE_END: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class CsvBytes:
    """Records as the bytes of a CSV file, without a header; `copy` is the same for Excel's double click, if wanted."""

    rows: int
    text: bytes
    copy: bytes = b""

    @property
    def whole_copy(self) -> bytes:
        """The copy as a file of its own."""
        return BOM_UTF8 + self.copy


def csv_bytes(rows: Iterable[Sequence[str]], *, excel_copy: bool = False) -> CsvBytes:
    r"""Write rows of finished text.

    Characters that UTF-8 can't hold (halves of surrogate pairs) are written as a visible `\ud800`.
    """
    found = list(rows)
    safe = [[excel_safe(text) for text in row] for row in found] if excel_copy else []
    return CsvBytes(len(found), _encoded(found), _encoded(safe))


def _encoded(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=LINE_END).writerows(rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


class CsvFile:
    """A CSV file that is being written, with a copy for Excel's double click if `excel_copy` names one."""

    def __init__(self, path: Path, excel_copy: Path | None = None) -> None:
        self.path = path
        self.rows = 0
        with ExitStack() as files:
            self._file = files.enter_context(_create(path))
            self._copy = files.enter_context(_create(excel_copy)) if excel_copy is not None else None
            self._files = files.pop_all()
        if self._copy is not None:
            self._copy.write(BOM_UTF8)

    def write_header(self, names: Sequence[str]) -> None:
        """Write a row that does not count as a record."""
        self.write([names])
        self.rows = 0

    def write(self, rows: Iterable[Sequence[str]]) -> None:
        """Write rows of finished text."""
        made = csv_bytes(rows, excel_copy=self._copy is not None)
        self.append(made.rows, made.text, made.copy)

    def append(self, rows: int, text: bytes, copy: bytes) -> None:
        """Write so many rows that `csv_bytes` has made."""
        self._file.write(text)
        self.rows += rows
        if self._copy is not None:
            self._copy.write(copy)

    def close(self) -> None:
        """Finish the file and its copy. Closing twice does nothing."""
        self._files.close()


def plain_lines(text: str) -> str:
    """The same text with every line ended by LF alone, so that a CR is always part of a CSV file's own line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def plain_decimal(value: Decimal) -> str:
    """A number written out, `1109000` for `1.109E+6`, with the decimals that it holds; zero has no sign.

    Raises:
        ContractError: it is not a finite number.
    """
    if not value.is_finite():
        raise ContractError(f"{value} can't be published as a number")
    return format(value if value else abs(value), "f")


def row_formatter(table: Table) -> Callable[[Row], list[str]]:
    """Make the function that turns one row of `table` into its texts, in the order of the columns.

    That function raises ContractError for a row with unknown or missing columns, with a value of another type than
    the column's, or with one that the column's constraints forbid.
    """
    names = [column.name for column in table.columns]
    every_name = frozenset(names)
    pick = itemgetter(*names)
    pick_required = itemgetter(*[position for position, column in enumerate(table.columns) if column.required])
    allowed = [(position, _allowed(column)) for position, column in enumerate(table.columns) if _is_bound(column)]
    forms_of: dict[tuple[type, ...], list[Callable[[Any], str]]] = {}

    def texts(row: Row) -> list[str]:
        # A hundred thousand rows of cells come this way, and few combinations of types: what each needs is looked up
        # once, and most of it is then done by functions written in C.
        if row.keys() != every_name:
            raise _wrong_columns(table, row)
        values = pick(row)
        types = tuple(map(type, values))
        if types not in forms_of:
            forms_of[types] = _forms(table, row)
        found = [form(value) for form, value in zip(forms_of[types], values, strict=True)]
        if "\r" in "".join(found):
            found = list(map(plain_lines, found))
        if "" in pick_required(found):
            raise _empty(table, row, found)
        for position, fits in allowed:
            if found[position] and not fits(found[position]):
                raise _unfit(table, row, table.columns[position])
        return found

    return texts


def read_rows(path: Path) -> Iterator[list[str]]:
    """Read the records of a CSV file that this module wrote, one after the other, the header left out."""
    with path.open(encoding="utf-8", newline="") as file, fields_of_any_length():
        rows = csv.reader(file)
        next(rows, None)
        yield from rows


def read_records(path: Path) -> Iterator[dict[str, str]]:
    """Read the records of a CSV file that a run of this program or an earlier version wrote, by the names of columns.

    Raises:
        PublishError: it is not such a file.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file, fields_of_any_length():
            rows = csv.reader(file, strict=True)
            names = next(rows, [])
            for row in rows:
                yield dict(zip(names, row, strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise _unreadable(path, error) from error


def read_names(path: Path) -> list[str]:
    """The names of the columns of such a file.

    Raises:
        PublishError: it is not such a file.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return next(csv.reader(file, strict=True), [])
    except (OSError, ValueError, csv.Error) as error:
        raise _unreadable(path, error) from error


def grid_rows(grid: Grid) -> Iterator[list[str]]:
    """The printed texts of a table as a rectangle; a cell that spans others stands in the first of its positions.

    Raises:
        ContractError: a cell stands outside the table, or two in one place.
    """
    for cells in cells_by_row(grid):
        row = [""] * grid.columns
        for cell in cells:
            row[cell.column - 1] = plain_lines(cell.text)
        yield row


def score_rows(grid: Grid) -> Iterator[list[str]]:
    """The scores of a table's cells in the shape of `grid_rows`; empty where nothing was read from a picture."""
    for cells in cells_by_row(grid):
        row = [""] * grid.columns
        for cell in cells:
            row[cell.column - 1] = "" if cell.score is None else f"{cell.score:.2f}"
        yield row


def cells_by_row(grid: Grid) -> list[list[GridCell]]:
    """The cells of a table, row by row, from left to right.

    Raises:
        ContractError: a cell stands outside the table, or two in one place.
    """
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    taken = set()
    for cell in grid.cells:
        place = (cell.row, cell.column)
        if not (1 <= cell.row <= grid.rows and 1 <= cell.column <= grid.columns) or place in taken:
            raise ContractError(f"{grid.table_id}: row {cell.row}, column {cell.column} is outside the table or taken")
        taken.add(place)
        rows[cell.row - 1].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows]


def _unreadable(path: Path, error: Exception) -> PublishError:
    return PublishError(f"{path} can't be read as a table of results ({error}); make the run again")


def _create(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


@contextmanager
def fields_of_any_length() -> Iterator[None]:
    """Lift the csv module's limit of 131,072 characters a field, which a long paragraph can pass, for a while.

    The limit is one for the whole process: whoever reads several files by turns lifts it around all of them.
    """
    limit = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(limit)


_FORMS: Final[Mapping[Type, Mapping[type, Callable[[Any], str]]]] = {
    "string": {str: str},
    "integer": {int: str},
    "number": {Decimal: plain_decimal, int: str},
    "boolean": {bool: {True: "true", False: "false"}.__getitem__},
}


def _forms(table: Table, row: Row) -> list[Callable[[Any], str]]:
    """How each value of a row is written, which depends on its type and its column's alone."""
    return [_form(table, row, column) for column in table.columns]


def _form(table: Table, row: Row, column: Column) -> Callable[[Any], str]:
    value = row[column.name]
    if value is None:
        return {None: ""}.__getitem__
    for base, form in _FORMS[column.type].items():
        if isinstance(value, base) and isinstance(value, bool) == (base is bool):
            return form
    raise _defect(table, row, column, f"holds {value!r}, which is no {column.type}")


def _is_bound(column: Column) -> bool:
    return bool(column.enum or column.pattern)


def _allowed(column: Column) -> Callable[[str], object]:
    """A test of whether the column's constraints allow a text."""
    return frozenset(column.enum).__contains__ if column.enum else re.compile(column.pattern).fullmatch


def _wrong_columns(table: Table, row: Row) -> ContractError:
    names = [column.name for column in table.columns]
    unknown = [name for name in row if name not in names]
    missing = [name for name in names if name not in row]
    return ContractError(f"{table.name}: unknown columns {unknown}, missing columns {missing}")


def _empty(table: Table, row: Row, found: Sequence[str]) -> ContractError:
    column = next(column for column, text in zip(table.columns, found, strict=True) if column.required and not text)
    return _defect(table, row, column, "is empty")


def _unfit(table: Table, row: Row, column: Column) -> ContractError:
    wanted = f"none of {', '.join(column.enum)}" if column.enum else f"not of the form {column.pattern}"
    return _defect(table, row, column, f"holds {row[column.name]!r}, which is {wanted}")


def _defect(table: Table, row: Row, column: Column, what: str) -> ContractError:
    return ContractError(f"{table.name} of the paper {row['paper_id']!r}: the column {column.name} {what}")
