"""What the review page shows of one paper: what is printed, what was read, and every reason in between.

Arrays instead of named fields keep the files small: a long paper has ten thousand cells. `review.js` names them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from normalise.read.checks import Check
from normalise.read.tables import Table
from papers.doubt import Doubt
from papers.paper import Cell, LineSpan, Origin, PageBox, Paper, Place
from papers.repair import Repair, shown
from pipeline.facsimile import Facsimile
from pipeline.run import Reading
from pipeline.table_rows import Marks, table_id, table_unit
from publish.review.site import json_text

Json = list[Any]

_LONGEST: Final = 3000
"""What is longer on one side of a repair is cut on the page, which says that `repairs.csv` has the whole."""


def evidence(reading: Reading, doubts: Iterable[tuple[Doubt, Place | None]], source: Facsimile) -> str:
    """All that the review page needs of one paper, as JSON.

    Args:
        reading: the paper.
        doubts: its doubts with their places, in the order in which a person should look at them.
        source: what is shown of its source.
    """
    return json_text(
        {
            "id": reading.paper_id,
            "sidecar": reading.sidecar,
            "rulings": [[r.printed, r.reads, r.why, r.by, r.when, r.place] for r in reading.rulings],
            "printed": [[line.kind, line.grid, [_printed(cell) for cell in line.cells]] for line in reading.raw.lines],
            "read": list(_read(reading)),
            "tables": [_table(reading, table) for table in reading.tables],
            "repairs": [_repair(entry) for entry in reading.normalised.repairs],
            "doubts": [[d.severity, d.rule, d.why, d.suggestion, d.line, d.cell, _said(place)] for d, place in doubts],
            "checks": [_check(check) for check in reading.checks],
            "copy": source.copy,
            "sheets": [[s.number, round(s.width, 1), round(s.height, 1), s.file] for s in source.sheets],
        }
    )


def _printed(cell: Cell) -> Json:
    """A cell of the raw paper: its text, its row and column span, the places of its parts, and their texts."""
    places = [_place(origin.place) for origin in cell.origins]
    parts = [origin.raw for origin in cell.origins] if len(places) > 1 else []
    return [cell.text, cell.row_span, cell.column_span, places, parts]


def _place(place: Place) -> Json:
    """A place as it is cited, and for a box on a page its numbers."""
    if not isinstance(place, PageBox):
        return [str(place)]
    return [str(place), place.page, *(round(edge, 1) for edge in (place.x0, place.top, place.x1, place.bottom))]


def _read(reading: Reading) -> Iterator[Json]:
    """The lines of the clean paper: kind, level, marker, and each cell with its pieces, its repairs and its marks.

    A cell that says what one printed cell says has None for a text.
    """
    pieces = Pieces(reading.raw)
    marks = Marks(reading)
    for at, (line, histories) in enumerate(zip(reading.clean.lines, reading.histories, strict=True)):
        cells = []
        for index, (cell, history) in enumerate(zip(line.cells, histories, strict=True)):
            found = pieces.of(cell)
            same = len(found) == 1 and pieces.says(found[0], cell.text)
            flags = sum(flag << bit for bit, flag in enumerate(marks.of(at, index)))
            cells.append([None if same else cell.text, found, list(history.repairs), flags])
        yield [line.kind, line.level, line.marker, cells]


class Pieces:
    """Leads from the origins of a clean cell to the cells of the raw paper, which are numbered from 0 throughout."""

    def __init__(self, raw: Paper) -> None:
        self._cells = [cell for line in raw.lines for cell in line.cells]
        self._of_origin: dict[Origin, tuple[int, int]] = {}
        self._of_line: dict[int, list[int]] = {}
        for number, cell in enumerate(self._cells):
            for part, origin in enumerate(cell.origins):
                self._of_origin.setdefault(origin, (number, part))
                if isinstance(origin.place, LineSpan):
                    self._of_line.setdefault(origin.place.line, []).append(number)

    def of(self, cell: Cell) -> list[Json]:
        """The pieces that a cell was made of: [raw cell, part of it], and from where to where if not the whole part.

        Characters are counted as JavaScript counts them, in units of UTF-16.
        """
        return [piece for piece in map(self._piece, dict.fromkeys(cell.origins)) if piece]

    def says(self, piece: Json, text: str) -> bool:
        """Whether a piece is a whole raw cell that says just this."""
        cell = self._cells[piece[0]]
        return len(piece) == 2 and len(cell.origins) == 1 and cell.text == text

    def _piece(self, origin: Origin) -> Json | None:
        if origin in self._of_origin:
            return list(self._of_origin[origin])
        place = origin.place
        if not isinstance(place, LineSpan):
            return None
        for number in self._of_line.get(place.line, ()):
            text, whole = self._cells[number].text, self._cells[number].origins[0].place
            start = place.first - whole.first if isinstance(whole, LineSpan) else -1
            if start >= 0 and text.startswith(origin.raw, start):
                first = _units(text[:start])
                return [number, 0, first, first + _units(origin.raw)]
        return None


def _units(text: str) -> int:
    """How many units of UTF-16 a text has."""
    return len(text) + sum(char > "\uffff" for char in text)


def _table(reading: Reading, table: Table) -> Json:
    """A table: what names it, the line where it starts, and its rows: type, and the cells with what they were read as.

    Each cell is [index in its line, column, row span, columns, kind, value, unit].
    """
    rows = [
        [row_type, [[c.index, c.column, c.cell.row_span, c.columns, c.kind, _text(c.value), c.unit] for c in row]]
        for row_type, row in zip(table.row_types, table.rows, strict=True)
    ]
    profile = table.profile.title if table.profile else ""
    return [table_id(reading, table), table.caption, table_unit(table) or "", profile, table.start, rows]


def _repair(entry: Repair) -> Json:
    """A repair: rule, reason, the text before and after, and whether one of them was cut."""
    before, after = shown(entry.hunk.before), shown(entry.hunk.after, entry.hunk.supplied)
    is_cut = max(len(before), len(after)) > _LONGEST
    return [entry.rule, entry.hunk.why, before[:_LONGEST], after[:_LONGEST], is_cut]


def _check(check: Check) -> Json:
    figures = (check.stated, check.computed, check.difference)
    return [check.line, check.cell, check.row_label, check.column_label, *map(_text, figures), check.status]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _said(place: Place | None) -> str | None:
    return str(place) if place else None
