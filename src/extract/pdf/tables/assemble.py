"""Cells to a table with boxes, blank cells among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from extract.pdf.found import FoundCell, FoundTable
from extract.pdf.tables.chunks import Chunk, chunk_of
from extract.pdf.tables.parts import Part
from extract.pdf.words import TextLine, line_of

Box = tuple[float, float, float, float]


def table_of(parts: Sequence[Part], columns: int = 0) -> FoundTable:
    """A table of its cells; where no cell stands, a blank one is put, as high as its row and as wide as its column.

    It has so many `columns` at least, even if nothing stands in the last ones.
    """
    lines = [_lines(part.chunks) for part in parts]
    boxes = [_box(found) for found in lines]
    rows = max(part.row + part.row_span for part in parts)
    columns = max(columns, *(part.column + part.column_span for part in parts))
    placed = list(zip(parts, boxes, strict=True))
    tops = _bands([(p.row, p.row_span, box[1], box[3]) for p, box in placed], rows)
    sides = _bands([(p.column, p.column_span, box[0], box[2]) for p, box in placed], columns)
    cells = [
        FoundCell(p.row, p.column, p.row_span, p.column_span, *box, found)
        for (p, box), found in zip(placed, lines, strict=True)
    ]
    covered = {
        (row, column)
        for p in parts
        for row in range(p.row, p.row + p.row_span)
        for column in range(p.column, p.column + p.column_span)
    }
    cells += [
        FoundCell(row, column, 1, 1, sides[column][0], tops[row][0], sides[column][1], tops[row][1], ())
        for row in range(rows)
        for column in range(columns)
        if (row, column) not in covered
    ]
    cells.sort(key=attrgetter("row", "column"))
    return FoundTable(*_union(boxes), tuple(cells))


def parts_of(table: FoundTable) -> list[Part]:
    """The cells of a table that are not blank."""
    return [
        Part(
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            tuple(chunk_of(line.words, k) for k, line in enumerate(cell.lines)),
        )
        for cell in table.cells
        if cell.lines
    ]


def _lines(chunks: Iterable[Chunk]) -> tuple[TextLine, ...]:
    """The visual lines of a cell."""
    words: dict[int, list[Chunk]] = {}
    for chunk in chunks:
        words.setdefault(chunk.line, []).append(chunk)
    return tuple(
        line_of([word for chunk in sorted(line, key=attrgetter("x0")) for word in chunk.words])
        for line in words.values()
    )


def _box(lines: Sequence[TextLine]) -> Box:
    if len(lines) == 1:
        return lines[0].x0, lines[0].top, lines[0].x1, lines[0].bottom
    return _union([(line.x0, line.top, line.x1, line.bottom) for line in lines])


def _union(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _bands(spans: Iterable[tuple[int, int, float, float]], count: int) -> list[tuple[float, float]]:
    """From where to where each row (or column) reaches, by the cells that stand in it alone."""
    bands: list[tuple[float, float] | None] = [None] * count
    for first, span, start, end in sorted(spans, key=lambda item: -item[1]):
        for k in range(first, first + span):
            band = bands[k]
            alone = span == 1 and band is not None
            bands[k] = (min(band[0], start), max(band[1], end)) if alone and band else (start, end)
    last = (0.0, 0.0)
    whole = []
    for band in bands:
        last = band or (last[1], last[1])
        whole.append(last)
    return whole
