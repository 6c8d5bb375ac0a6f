"""What sample papers show of a family of record tables: headers, columns, headings above, labels around."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.read.profiles import LABEL
from normalise.read.tables import Table
from papers.paper import Line, Paper

MOST_ROWS = 300
"""Rows of one table that are looked at: enough to tell the type of a column."""
_NEAR = 4
"""Lines before and after a table in which its labels are looked for."""
_GROUP = re.compile(r"\s*([A-Za-z]{3,20}(?: [a-z]{2,20})?) \d{1,2}\s*(?:[:.–—-]|$)")
_LABELLED = re.compile(r"\s*([A-Z][A-Za-z/& -]{2,38}[a-z]):\s")


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One table of a sample. `profile` names the profile that reads it already, and is empty if none does.

    `columns` holds the texts of its items by column, of `MOST_ROWS` rows at most; `rows` counts all its items. `totals`
    are the labels of its totals, `groups` the words before a number in the headings above it (`Objective` for
    `Objective 3: Enlarge`), `labels` those of the paragraphs around it (`Equalities impact`).
    """

    profile: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: int
    totals: tuple[str, ...]
    groups: tuple[str, ...]
    labels: tuple[str, ...]


def seen_tables(paper: Paper, tables: Sequence[Table]) -> tuple[SeenTable, ...]:
    """Look at every table of a clean paper that has a header of two names at least."""
    return tuple(_seen(paper, table, at) for table in tables if (at := _header_row(table)) is not None)


def _header_row(table: Table) -> int | None:
    """The row (from 0) that names the columns: of the header rows the fullest, or the first that is filled enough."""
    filled = [sum(bool(cell.cell.text.strip()) for cell in row) for row in table.rows]
    heads = [at for at, kind in enumerate(table.row_types) if kind == "header" and filled[at] > 1]
    if heads:
        return max(heads, key=lambda at: (filled[at], at))
    return next((at for at, count in enumerate(filled) if count > 1), None)


def _seen(paper: Paper, table: Table, head: int) -> SeenTable:
    header = [""] * table.columns
    for cell in table.rows[head]:
        header[cell.column - 1] = " ".join(cell.cell.text.split())
    items = [at for at in range(head + 1, len(table.rows)) if table.row_types[at] in ("item", "section")]
    columns: list[list[str]] = [[] for _ in header]
    for at in items[:MOST_ROWS]:
        for cell in table.rows[at]:
            columns[cell.column - 1].append(cell.cell.text.strip())
    return SeenTable(
        table.profile.name if table.profile else "",
        tuple(header),
        tuple(map(tuple, columns)),
        len(items),
        tuple(_totals(table)),
        tuple(_groups(paper, table)),
        tuple(_labels(paper, table)),
    )


def _totals(table: Table) -> Iterator[str]:
    for row, kind in zip(table.rows, table.row_types, strict=True):
        if kind in ("total", "subtotal"):
            texts = [" ".join(cell.cell.text.split()) for cell in row]
            yield from [text for text in texts if 0 < len(text) <= LABEL and any(map(str.isalpha, text))][:1]


def _groups(paper: Paper, table: Table) -> Iterator[str]:
    for at in range(table.start - 1, max(table.start - 1 - 3 * _NEAR, -1), -1):
        line = paper.lines[at]
        if line.kind == "row":
            return
        if line.kind == "heading" and (match := _GROUP.match(line.text)):
            yield match[1]
            return


def _labels(paper: Paper, table: Table) -> Iterator[str]:
    """The labels that open paragraphs right before and right after a table."""
    yield from _labelled(paper.lines[max(table.start - _NEAR, 0) : table.start][::-1])
    yield from _labelled(paper.lines[table.end : table.end + _NEAR])


def _labelled(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.kind in ("row", "heading"):
            return
        if match := _LABELLED.match(line.text):
            yield match[1]
