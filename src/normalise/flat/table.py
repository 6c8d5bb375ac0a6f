"""A flattened table put together: its header, its rows, and the cells that a person should look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from normalise.flat.above import Frame, header_odds, read_above, settle
from normalise.flat.body import Body
from normalise.flat.choose import Choice, Choices, choose
from normalise.flat.effort import Effort
from normalise.flat.heads import lines_of
from normalise.flat.labels import cut_labels
from normalise.flat.sense import HeadCell
from normalise.flat.stubs import Label
from normalise.flat.tokens import TextLine, Token
from papers.paper import Cell, Line, Origin, origins_within
from papers.repair import Mark

# So many rows are a table even without a header.
_ENOUGH_ROWS = 3


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table read from lines `start` to `end` (half open): its rows, header first, and which cells are doubted."""

    start: int
    end: int
    rows: tuple[Line, ...]
    doubted: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell of a row and the column (from 0) where it begins."""

    column: int
    cell: Cell
    is_doubted: bool = False


def build(
    rivals: Sequence[Body],
    lines: Sequence[TextLine | None],
    known: Collection[tuple[str, str]],
    floor: int,
    grid: int,
    effort: Effort,
) -> FlatTable | None:
    """The table around a body of rows, of which the one is taken that goes best with the header.

    The header begins at line `floor` at the earliest. None if too little speaks for a table: two rows without a header,
    or if the effort was spent before all ways to read the header were tried.
    """
    body = rivals[0]
    if len(rivals) > 1:
        body = max(rivals, key=lambda rival: header_odds(rival, lines, floor, known, effort) - rival.cost)
    inside = {line.at: line for line in lines[body.start : body.end] if line is not None}
    choices = choose(body, inside)
    found = cut_labels(inside, choices)
    above = read_above(body, lines, floor, choices, found, known, effort)
    if effort.is_spent or (len(body.rows) < _ENOUGH_ROWS and not above.header.rows):
        return None
    frame = settle(above, found)
    rows = [_head_row(frame, level) for level in range(len(frame.rows))]
    rows += [[_whole(line, frame.width)] for line in above.sections]
    rows += _body_rows(body, inside, choices, frame)
    made = tuple(Line("row", tuple(placed.cell for placed in row), grid) for row in rows)
    marks = tuple(
        Mark(number, place) for number, row in enumerate(rows) for place, placed in enumerate(row) if placed.is_doubted
    )
    start = above.start
    return FlatTable(body.start if start is None else start, body.end, made, marks)


def _head_row(frame: Frame, level: int) -> list[_Placed]:
    """The cells of a header row; one over a single column reaches down as far as nothing stands below it."""
    open_columns = {
        column for column in range(frame.width) if not any(_covers(row, column) for row in frame.rows[:level])
    }
    found = [_Placed(column, Cell("")) for column in open_columns if not _covers(frame.rows[level], column)]
    for cell in frame.rows[level]:
        below = (number for number in range(level + 1, len(frame.rows)) if _covers(frame.rows[number], cell.low))
        depth = next(below, len(frame.rows)) - level if cell.width == 1 else 1
        origins = tuple(origin for line, tokens in lines_of(cell.words) for origin in _origins(line, tokens))
        made = Cell(cell.text, origins, row_span=depth, column_span=cell.width)
        found.append(_Placed(cell.low, made, bool(cell.text) and any(c in frame.doubtful for c in cell.columns)))
    return sorted(found, key=lambda placed: placed.column)


def _covers(row: Sequence[HeadCell], column: int) -> bool:
    return any(column in cell.columns for cell in row)


def _origins(line: TextLine, tokens: Sequence[Token]) -> tuple[Origin, ...]:
    start, end = tokens[0].start, tokens[-1].end
    return origins_within(line.cell, start, line.cell.text[start:end])


def _cell(line: TextLine, tokens: Sequence[Token]) -> Cell:
    """One cell of some neighbouring words of a line."""
    if not tokens:
        return Cell("")
    return Cell(" ".join(line.cell.text[tokens[0].start : tokens[-1].end].split()), _origins(line, tokens))


def _whole(line: TextLine, width: int, *, is_doubted: bool = False) -> _Placed:
    """A line that is one cell over all columns: a section row."""
    return _Placed(0, replace(_cell(line, line.tokens), column_span=width), is_doubted)


def _body_rows(
    body: Body,
    lines: Mapping[int, TextLine],
    choices: Choices,
    frame: Frame,
) -> list[list[_Placed]]:
    rows: list[list[_Placed]] = []
    anchor: int | None = None
    waiting: list[TextLine] = []
    for at, line in lines.items():
        choice = choices.rows.get(at)
        if choice is None:
            if at not in body.rows and _goes_on(line, lines.get(at + 1), choices):
                waiting.append(line)
                continue
            rows.append([_whole(line, frame.width, is_doubted=at in body.rows)])
            anchor = None
            continue
        label = frame.labels[at] if frame.labels else None
        row = _row(line, choice, label, frame.doubtful)
        if waiting:
            row[0] = replace(row[0], cell=_joined([*waiting, line], row[0].cell))
            waiting = []
        if label and label.at == 0 and anchor is not None:
            first = rows[anchor][0]
            rows[anchor][0] = replace(first, cell=replace(first.cell, row_span=first.cell.row_span + 1))
        elif label and label.at == 0:
            row.insert(0, _Placed(0, Cell("")))
        else:
            anchor = len(rows) if label and label.at else None
        rows.append(row)
    return rows


def _goes_on(line: TextLine, below: TextLine | None, choices: Choices) -> bool:
    """Whether a label is broken behind a line: the row below begins in small letters."""
    if below is None or below.at not in choices.rows:
        return False
    text = below.text
    return text[0].islower() and line.text[-1] not in ".:;" and not text.startswith("of which")


def _joined(parts: Iterable[TextLine], cell: Cell) -> Cell:
    """A label that stands on several lines."""
    above = list(parts)[:-1]
    text = " ".join([*(line.text for line in above), cell.text])
    origins = tuple(origin for line in above for origin in _origins(line, line.tokens))
    return replace(cell, text=text, origins=origins + cell.origins)


def _row(line: TextLine, choice: Choice, label: Label | None, doubtful: Collection[int]) -> list[_Placed]:
    """The cells of a row; the first column is cut as `label` says."""
    row: list[_Placed] = []
    shift = 0 if label is None else 1
    for column, span in enumerate(choice.fit.spans):
        tokens = line.tokens[span[0] : span[1]] if span else ()
        is_doubted = bool(tokens) and (column in choice.doubtful or (column > 0 and column + shift in doubtful))
        if column or label is None:
            row.append(_Placed(column + shift, _cell(line, tokens), is_doubted))
        elif label.at is None:
            row.append(_Placed(0, replace(_cell(line, tokens), column_span=2), is_doubted))
        else:
            if label.at:
                row.append(_Placed(0, _cell(line, tokens[: label.at]), is_doubted or not label.is_sure))
            row.append(_Placed(1, _cell(line, tokens[label.at :]), is_doubted or not label.is_sure))
    return row
