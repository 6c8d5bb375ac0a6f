"""A reading of a paper as rows of the output contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from normalise.read.tables import Table, TableCell
from normalise.read.totals import Check
from normalise.read.units import Unit
from normalise.read.work_plan import Action
from papers.doubt import Doubt
from papers.errors import PaperError
from papers.paper import Cell, LineSpan, PageBox, Paper, Place
from papers.records import Grid, GridCell, Records, Row
from papers.repair import Repair, ink, ink_change, shown
from pipeline.run import Reading

SEVERITIES = ("high", "medium", "low")


def records(reading: Reading) -> Records:
    """Everything that is published of one paper that could be read."""
    marks = Marks(reading)
    tables = {
        "papers": (_paper(reading),),
        "sections": _sections(reading),
        "recommendations": _recommendations(reading),
        "links": _links(reading),
        "tables": tuple(_table(reading, table) for table in reading.tables),
        "cells": tuple(_cell(reading, table, cell, marks) for table in reading.tables for cell in table.cells),
        "figures": tuple(row for table in reading.tables for row in _figures(reading, table, marks)),
        "work_plan": tuple(_action(reading, action, marks) for action in reading.actions),
        "checks": tuple(_check(reading, check) for check in reading.checks),
        "repairs": tuple(_repair(n, entry) for n, entry in enumerate(reading.normalised.repairs, start=1)),
        "review": _review(reading),
    }
    key: Row = {"paper_id": reading.paper_id, "source_path": reading.raw.source.path}
    rows = {name: tuple({**key, **row} for row in table) for name, table in tables.items()}
    grids = tuple(_grid(reading, table, marks) for table in reading.tables)
    return Records(reading.paper_id, reading.raw.source.path, rows, grids)


def refused(paper_id: str, source_path: str, sha256: str, error: PaperError) -> Records:
    """The one row of a paper that could not be read: its status, and what to do."""
    row = dict.fromkeys(_paper_columns(), None) | {
        "paper_id": paper_id,
        "source_path": source_path,
        "source_sha256": sha256 or None,
        "status": error.status,
        "status_detail": str(error),
    }
    return Records(paper_id, source_path, {"papers": (row,)})


def _paper_columns() -> list[str]:
    names = (
        "source_sha256 media_type extractor status status_detail kind committee meeting_date report_number title author "
        "archived summary source_url pages tables repairs doubts characters_in characters_kept characters_dropped "
        "characters_supplied"
    )
    return names.split()


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


def _paper(reading: Reading) -> Row:
    fields = reading.fields
    source = reading.raw.source
    changes = [ink_change(entry.hunk) for entry in reading.normalised.repairs]
    dropped = sum(change.dropped for change in changes)
    total = ink(reading.raw.lines).total()
    return {
        "source_sha256": source.sha256,
        "media_type": source.media_type,
        "extractor": reading.raw.extractor,
        "status": "ok",
        "status_detail": None,
        "kind": fields.kind,
        "committee": fields.committee,
        "meeting_date": fields.meeting_date.iso if fields.meeting_date else None,
        "report_number": fields.report_number,
        "title": fields.title,
        "author": fields.author,
        "archived": fields.archived,
        "summary": fields.summary,
        "source_url": fields.source_url,
        "pages": None,
        "tables": len(reading.tables),
        "repairs": len(reading.normalised.repairs),
        "doubts": len(_doubts(reading)),
        "characters_in": total,
        "characters_kept": total - dropped,
        "characters_dropped": dropped,
        "characters_supplied": sum(change.supplied for change in changes),
    }


def _sections(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "order": section.order,
            "letter": section.letter,
            "heading": section.heading,
            "level": section.level,
            "paragraph_number": section.paragraph_number,
            "text": section.text,
            "place": _place(reading.clean, section.line, section.cell),
        }
        for section in reading.sections
    )


def _recommendations(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {"group": str(r.group), "number": r.number, "text": r.text, "place": _place(reading.clean, r.line, 0)}
        for r in reading.recommendations
    )


def _links(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "label": k.label,
            "title": k.title,
            "format": k.format,
            "href": k.href,
            "place": _place(reading.clean, k.line, 0),
        }
        for k in reading.links
    )


def _table_id(reading: Reading, table: Table) -> str:
    return f"{reading.paper_id}-table-{table.number:02d}"


def _unit(table: Table) -> str | None:
    """The unit of a table, if all its columns that have one agree: `GBP`, `GBP x 1000`, `%`."""
    names = {_unit_name(unit) for unit in table.units if unit is not None}
    return names.pop() if len(names) == 1 else None


def _unit_name(unit: Unit) -> str:
    kind = "GBP" if unit.kind == "currency" else unit.kind
    return kind if unit.scale == 1 else f"{kind} x {unit.scale:f}"


def _table(reading: Reading, table: Table) -> Row:
    lines = [line for line in range(table.start, table.end) if reading.clean.lines[line].place is not None]
    return {
        "table_id": _table_id(reading, table),
        "table_caption": table.caption,
        "profile": table.profile.name if table.profile else None,
        "rows": table.end - table.start,
        "columns": table.columns,
        "unit": _unit(table),
        "first_place": _line_place(reading.clean, lines[0]) if lines else None,
        "last_place": _line_place(reading.clean, lines[-1]) if lines else None,
    }


def _cell(reading: Reading, table: Table, item: TableCell, marks: Marks) -> Row:
    repaired, supplied, doubted = marks.of(item.line, item.index)
    place = item.cell.place
    box = place if isinstance(place, PageBox) else None
    return {
        "table_id": _table_id(reading, table),
        "row": item.row,
        "column": item.column,
        "row_span": item.cell.row_span,
        "column_span": item.cell.column_span,
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
    numeric = ("money", "number", "percent")
    section = ""
    for line, row_type in zip(range(table.start, table.end), table.row_types, strict=True):
        row = table.row(line)
        if row_type == "section":
            section = _label(row)
        if row_type not in ("item", "subtotal", "total"):
            continue
        label = _label([c for c in row if c.kind not in numeric and c.index < _first_value(table)] or row[:1])
        path = [part for part in (section if row_type != "total" else "", label) if part]
        for cell in row:
            if cell.kind not in numeric or cell.index < _first_value(table):
                continue
            repaired, supplied, doubted = marks.of(cell.line, cell.index)
            yield {
                "table_id": _table_id(reading, table),
                "table_caption": table.caption,
                "row_label": " > ".join(path),
                "column_label": table.header[cell.index],
                "row_type": row_type,
                "raw": cell.cell.text,
                "value": cell.value,
                "unit": cell.unit or None,
                "repaired": repaired,
                "supplied": supplied,
                "doubted": doubted,
                "place": _place(reading.clean, cell.line, cell.index),
            }


def _first_value(table: Table) -> int:
    """The first column (from 0) that holds values and not labels: of a record table that of the money."""
    if table.profile:
        return min((c for role, c in table.roles.items() if table.profile.columns[role] == "money"), default=1)
    return 1


def _label(row: Sequence[TableCell]) -> str:
    return " > ".join(" ".join(c.cell.text.split()) for c in row[:2] if c.cell.text.strip() and c.kind == "text")


def _action(reading: Reading, action: Action, marks: Marks) -> Row:
    flags = {role: marks.of(cell.line, cell.index) for role, cell in action.cells.items() if role != "number"}
    deadline, measure, budget = (action.cells.get(role) for role in ("deadline", "performance_measure", "budget"))
    period = action.period
    return {
        "table_id": _table_id(reading, action.table),
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
        "place": _line_place(reading.clean, action.line),
    }


def _check(reading: Reading, check: Check) -> Row:
    group = reading.groups.get(check.table.number)
    return {
        "table_id": _table_id(reading, check.table),
        "label": " | ".join(part for part in (check.row_label, check.column_label) if part),
        "row_label": check.row_label,
        "column_label": check.column_label,
        "objective_number": group.number if group else None,
        "stated": check.stated,
        "computed": check.computed,
        "difference": check.difference,
        "status": check.status,
        "place": _line_place(reading.clean, check.line)
        if check.cell is None
        else _place(reading.clean, check.line, check.cell),
    }


def _repair(number: int, entry: Repair) -> Row:
    hunk = entry.hunk
    place = next((line.place for line in (*hunk.before, *hunk.after) if line.place is not None), None)
    return {
        "n": number,
        "rule": entry.rule,
        "powers": ";".join(sorted(entry.powers)) or None,
        "place": str(place) if place else None,
        "before": shown(hunk.before),
        "after": shown(hunk.after, hunk.supplied),
        "why": hunk.why,
    }


def _doubts(reading: Reading) -> list[tuple[Doubt, Place | None, str]]:
    """Every doubt with its place and the text concerned, most serious first, then in reading order."""
    found: list[tuple[Doubt, Place | None, str]] = []
    for doubt in reading.doubts:
        if doubt.line is None:
            found.append((doubt, None, ""))
            continue
        line = reading.clean.lines[doubt.line]
        cell = line.cells[doubt.cell] if doubt.cell is not None and doubt.cell < len(line.cells) else None
        place = (cell.place if cell else None) or line.place
        found.append((doubt, place, cell.text if cell else shown([line])))
    for entry in reading.normalised.repairs:
        for mark in entry.hunk.doubted:
            cell = entry.hunk.after[mark.line].cells[mark.cell]
            found.append((Doubt(entry.rule, None, None, entry.hunk.why), cell.place, cell.text))
    return sorted(found, key=lambda item: (SEVERITIES.index(item[0].severity), _order(item[1])))


def _order(place: Place | None) -> tuple[float, float]:
    match place:
        case LineSpan():
            return place.line, place.first
        case PageBox():
            return place.page, place.top
        case _:
            return 0, 0


def _review(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "severity": doubt.severity,
            "rule": doubt.rule,
            "place": str(place) if place else None,
            "text": text,
            "why": doubt.why,
            "suggestion": doubt.suggestion or None,
        }
        for doubt, place, text in _doubts(reading)
    )


def _place(paper: Paper, line: int, cell: int) -> str | None:
    cells = paper.lines[line].cells
    place = cells[cell].place if cell < len(cells) else None
    return str(place) if place else _line_place(paper, line)


def _line_place(paper: Paper, line: int) -> str | None:
    place = paper.lines[line].place
    return str(place) if place else None


def _grid(reading: Reading, table: Table, marks: Marks) -> Grid:
    cells = []
    for item in table.cells:
        repaired, supplied, doubted = marks.of(item.line, item.index)
        spans = (item.cell.row_span, item.cell.column_span)
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
            )
        )
    rows = table.end - table.start
    return Grid(
        table.number, _table_id(reading, table), table.caption, _unit(table) or "", rows, table.columns, tuple(cells)
    )
