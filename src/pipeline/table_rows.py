"""The tables of a paper, and what was read in them, as rows of the output contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from normalise.read.block_reader import Block
from normalise.read.cells import TableCell
from normalise.read.checks import Check
from normalise.read.profiles import RECORD
from normalise.read.tables import Table
from normalise.read.units import Unit
from normalise.read.work_plan import Action
from papers.paper import Cell, PageBox
from papers.records import Grid, GridCell, Row
from pipeline.places import cell_place, line_place
from pipeline.run import Reading

_NUMERIC = ("money", "number", "percent")
_ADDED = ("item", "subtotal", "total")


def table_rows(reading: Reading) -> dict[str, tuple[Row, ...]]:
    """The rows of all tables of the contract that are about a paper's tables, by their names."""
    marks = Marks(reading)
    return {
        "tables": tuple(_table(reading, table) for table in reading.tables),
        "cells": tuple(_cell(reading, table, cell, marks) for table in reading.tables for cell in table.cells),
        "figures": tuple(row for table in reading.tables for row in _figures(reading, table, marks)),
        "work_plan": tuple(_action(reading, action, marks) for action in reading.actions),
        "checks": tuple(_check(reading, check) for check in reading.checks),
    }


def grids(reading: Reading) -> tuple[Grid, ...]:
    """Every table of a paper in its own shape."""
    marks = Marks(reading)
    return tuple(_grid(reading, table, marks) for table in reading.tables)


class Marks:
    """Which cells of a clean paper were repaired, hold supplied characters, or are doubted."""

    def __init__(self, reading: Reading) -> None:
        self._histories = reading.histories
        self._doubted = {(d.line, d.cell) for d in reading.doubts if d.cell is not None and d.severity != "low"}

    def of(self, line: int, cell: int) -> tuple[bool, bool, bool]:
        """(repaired, supplied, doubted) for one cell; both numbers count from 0."""
        history = self._histories[line][cell]
        doubted = bool(history.doubts) or (line, cell) in self._doubted
        return bool(history.repairs), bool(history.supplies), doubted


def table_id(reading: Reading, table: Table) -> str:
    """The name of a table within its paper."""
    return f"{reading.paper_id}-table-{table.number:02d}"


def table_unit(table: Table) -> str | None:
    """The unit of a table, if all its columns that have one agree: `GBP`, `GBP x 1000`, `%`."""
    names = {_unit_name(unit) for unit in table.units if unit is not None}
    return names.pop() if len(names) == 1 else None


def _unit_name(unit: Unit) -> str:
    kind = unit.currency if unit.kind == "currency" else unit.kind
    return kind if unit.scale == 1 else f"{kind} x {unit.scale:f}"


def _table(reading: Reading, table: Table) -> Row:
    lines = [line for line in range(table.start, table.end) if reading.clean.lines[line].place is not None]
    return {
        "table_id": table_id(reading, table),
        "table_caption": table.caption,
        "profile": table.profile.name if table.profile else None,
        "rows": table.end - table.start,
        "columns": table.columns,
        "unit": table_unit(table),
        "first_place": line_place(reading.clean, lines[0]) if lines else None,
        "last_place": line_place(reading.clean, lines[-1]) if lines else None,
    }


def _cell(reading: Reading, table: Table, item: TableCell, marks: Marks) -> Row:
    repaired, supplied, doubted = marks.of(item.line, item.index)
    place = item.cell.place
    box = place if isinstance(place, PageBox) else None
    return {
        "table_id": table_id(reading, table),
        "row": item.row,
        "column": item.column,
        "row_span": item.cell.row_span,
        "column_span": item.columns,
        "row_type": item.row_type,
        "text": item.cell.text,
        "raw": _raw(item.cell),
        "kind": item.kind,
        "value": item.value,
        "unit": item.unit or None,
        "repaired": repaired,
        "supplied": supplied,
        "doubted": doubted,
        "page": box.page if box else None,
        "x0": _points(box.x0) if box else None,
        "top": _points(box.top) if box else None,
        "x1": _points(box.x1) if box else None,
        "bottom": _points(box.bottom) if box else None,
        "place": str(place) if place else None,
    }


def _points(number: float) -> Decimal:
    return Decimal(f"{number:.2f}")


def _raw(cell: Cell) -> str:
    """What was printed in every cell that this one came from, ` | ` between them."""
    return " | ".join(origin.raw.strip() for origin in cell.origins if origin.raw.strip())


def _figures(reading: Reading, table: Table, marks: Marks) -> Iterable[Row]:
    if not table.blocks:
        yield from _record_figures(reading, table, marks)
    for block in table.blocks:
        yield from _block_figures(reading, table, block, marks)


def _block_figures(reading: Reading, table: Table, block: Block, marks: Marks) -> Iterable[Row]:
    """What stands beside the labels of each row: figures, and the words and dashes among them without a value."""
    if not any(cell.value is not None for row in block.cells for cell in row):
        return
    for row, label in zip(block.cells, block.labels, strict=True):
        for cell in row:
            is_beside = cell.kind != "blank" and cell.column - 1 not in block.columns.stub
            if cell.row_type in _ADDED and is_beside and not _is_label(cell, label):
                path = block.header[cell.column - 1]
                yield _figure(reading, table, cell, " > ".join(label), " > ".join(path), marks)


def _is_label(cell: TableCell, label: Sequence[str]) -> bool:
    """Whether a cell of words is what its row is named after: the `Total` that stands before an amount."""
    return cell.kind == "text" and not cell.why and bool(label) and " ".join(cell.cell.text.split()) == label[-1]


def _record_figures(reading: Reading, table: Table, marks: Marks) -> Iterable[Row]:
    for line, row_type in zip(range(table.start, table.end), table.row_types, strict=True):
        row = table.row(line)
        if row_type in _ADDED:
            for cell in row:
                if cell.kind in _NUMERIC and cell.index >= _first_value(table):
                    yield _figure(reading, table, cell, _record_label(table, row), table.header[cell.column - 1], marks)


def _figure(reading: Reading, table: Table, cell: TableCell, row_label: str, column_label: str, marks: Marks) -> Row:
    repaired, supplied, doubted = marks.of(cell.line, cell.index)
    return {
        "table_id": table_id(reading, table),
        "table_caption": table.caption,
        "row_label": row_label,
        "column_label": column_label,
        "row_type": cell.row_type,
        "raw": _raw(cell.cell),
        "value": cell.value,
        "unit": cell.unit or None,
        "repaired": repaired,
        "supplied": supplied,
        "doubted": doubted,
        "place": cell_place(reading.clean, cell.line, cell.index),
    }


def _first_value(table: Table) -> int:
    """The first column (from 0) of a record table that holds values and not words: that of the money."""
    columns = table.profile.columns if table.profile else {}
    return min((c for role, c in table.roles.items() if columns[role] == "money"), default=1)


def _record_label(table: Table, row: Sequence[TableCell]) -> str:
    """What names a row of a record table: its number and text, or what stands before its total."""
    if any(c.row_type == "total" for c in row):
        return _label([c for c in row if c.index < _first_value(table)])
    columns = [table.roles[role] for role in ("number", RECORD) if role in table.roles]
    return " ".join(" ".join(row[column].cell.text.split()) for column in columns if column < len(row))


def _label(row: Sequence[TableCell]) -> str:
    return " > ".join(" ".join(c.cell.text.split()) for c in row if c.cell.text.strip() and c.kind == "text")


def _action(reading: Reading, action: Action, marks: Marks) -> Row:
    flags = {role: marks.of(cell.line, cell.index) for role, cell in action.cells.items() if role != "number"}
    deadline, measure, budget = (action.cells.get(role) for role in ("deadline", "performance_measure", "budget"))
    period = action.period
    return {
        "table_id": table_id(reading, action.table),
        "objective_number": action.group.number,
        "objective_title": action.group.title,
        "action_number": str(action.number),
        "action": action.text,
        "deadline": deadline.cell.text.strip() if deadline else None,
        "deadline_start": period.start.iso if period and period.start else None,
        "deadline_end": period.end.iso if period and period.end else None,
        "ongoing": bool(period and period.ongoing),
        "performance_measure": measure.cell.text.strip() if measure else None,
        "budget": budget.cell.text.strip() if budget else None,
        "budget_kind": action.budget_kind,
        "budget_gbp": action.budget,
        "budget_code": action.budget_code or None,
        "repaired": ";".join(role for role, flag in flags.items() if flag[0]) or None,
        "supplied": ";".join(role for role, flag in flags.items() if flag[1]) or None,
        "doubted": ";".join(role for role, flag in flags.items() if flag[2]) or None,
        "place": line_place(reading.clean, action.line),
    }


def _check(reading: Reading, check: Check) -> Row:
    group = reading.groups.get(check.table.number)
    return {
        "table_id": table_id(reading, check.table),
        "label": " | ".join(part for part in (check.row_label, check.column_label) if part),
        "row_label": check.row_label,
        "column_label": check.column_label,
        "objective_number": group.number if group else None,
        "stated": check.stated,
        "computed": check.computed,
        "difference": check.difference,
        "status": check.status,
        "place": line_place(reading.clean, check.line)
        if check.cell is None
        else cell_place(reading.clean, check.line, check.cell),
    }


def _grid(reading: Reading, table: Table, marks: Marks) -> Grid:
    cells = []
    for item in table.cells:
        repaired, supplied, doubted = marks.of(item.line, item.index)
        spans = (item.cell.row_span, item.columns)
        cells.append(
            GridCell(
                item.row,
                item.column,
                item.cell.text,
                *spans,
                item.row_type,
                item.kind,
                item.value,
                repaired,
                supplied,
                doubted,
                min((origin.score for origin in item.cell.origins if origin.score is not None), default=None),
            )
        )
    rows = table.end - table.start
    return Grid(
        table.number,
        table_id(reading, table),
        table.caption,
        table_unit(table) or "",
        rows,
        table.columns,
        tuple(cells),
    )
