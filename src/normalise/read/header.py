"""The header of a table: which rows it is, and what it says above each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalise.read.marks import without_mark
from normalise.read.shapes import Shape, begins_inside
from normalise.read.slots import Row, Slot, filled, is_marked
from normalise.read.sums import is_part
from normalise.read.units import Unit, is_money_unit, is_unit, read_unit

Path = tuple[str, ...]

_DEEPEST = 12
"""More header rows than any table has: what is marked as a header below them isn't one."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the first row of a table's body: rows from 0, `body` is where it begins.

    `titles` are rows with one text above the header: a caption, a unit. `headers` are the header rows.
    """

    titles: tuple[int, ...]
    headers: tuple[int, ...]
    body: int


def read_head(rows: Sequence[Row], trusts_marks: bool) -> Head:
    """Find the header of a table on the evidence of what stands in it.

    The body begins with the first row that holds figures, or placeholders such as `-`, beside its label; years and a
    row of column numbers are labels if they stand above others. Of the rows before, those with one text are titles
    above the header and section labels below it. A second header row has a blank label, a span above it, a mark of the
    source (`trusts_marks`), or words where the columns below hold figures.
    """
    first = next((at for at, row in enumerate(rows) if _has_values(row, rows[at + 1 : at + 4], trusts_marks)), None)
    lead = range(len(rows) if first is None else first)
    many = [at for at in lead if len(filled(rows[at])) > 1]
    if not many:
        titles = _lone_titles(rows, lead)
        headers = _lone_headers(rows, lead)
        top = headers[0] if headers else len(titles)
        return Head(tuple(range(top)), headers, top + len(headers))
    if first is None and not _is_text_header(rows[many[0]], trusts_marks):
        return Head((), (), 0)
    headers = _headers(rows, many[0], lead, first, trusts_marks)
    return Head(tuple(at for at in lead if at < many[0]), headers, headers[-1] + 1 if headers else many[0])


def _has_values(row: Row, below: Sequence[Row], trusts_marks: bool) -> bool:
    """Whether a row holds values, and not only labels."""
    values = [slot for slot in row if slot.column > 0 and slot.shape not in (Shape.BLANK, Shape.WORDS)]
    if not values or (trusts_marks and is_marked(row)):
        return False
    label = row[0] if row[0].column == 0 else None
    if all(slot.shape is Shape.YEAR for slot in values):
        if label is None or label.shape is Shape.BLANK or len(values) > 1:
            return False
        years = {slot.column for slot in values}
        return any(slot.column in years and slot.shape is Shape.YEAR for line in below[:1] for slot in line)
    if all(slot.shape is Shape.NIL and slot.text[0].isalpha() for slot in values):
        return not _names_figures(row, below)
    figures = [slot for slot in values if slot.shape is Shape.FIGURE]
    return len(figures) < len(values) or not _counts_columns(figures)


def _names_figures(row: Row, below: Sequence[Row]) -> bool:
    """Whether words of a row stand above figures: then its `Not known` is the name of a column, and no value."""
    words = {slot.column for slot in row if slot.column > 0 and slot.shape is Shape.WORDS}
    return any(slot.column in words and slot.shape is Shape.FIGURE for line in below for slot in line)


def _counts_columns(values: Sequence[Slot]) -> bool:
    """Whether figures only number the columns: 1, 2, 3 or (1), (2), (3); years of age, too: 16, 17, 18, 19."""
    texts = [slot.text.strip("().") for slot in values]
    if len(texts) < 3 or not all(text.isdigit() and len(text) < 3 for text in texts):
        return False
    first = int(texts[0])
    return texts == [str(first + place) for place in range(len(texts))] and (first < 3 or len(texts) > 3)


def _lone_titles(rows: Sequence[Row], lead: range) -> tuple[int, ...]:
    """The titles of a table without a header: a unit, or a text across the table if no other row is like it."""
    found = []
    for at in lead:
        cells = filled(rows[at])
        if not cells or not (is_unit(cells[0].text) or (at + 1 < len(rows) and _is_alone(rows, at))):
            break
        found.append(at)
    return tuple(found)


def _lone_headers(rows: Sequence[Row], lead: range) -> tuple[int, ...]:
    """The first rows, one below another, that print nothing but the name of the only column of figures.

    Must not act where a row further down is like them: they are sections then.
    """
    figures = _figure_columns(rows[lead.stop :])
    lone = ((at, cells[0]) for at, row in enumerate(rows) if len(cells := filled(row)) == 1)
    named = [at for at, slot in lone if {slot.column} == figures and slot.columns == 1]
    if not named or named[-1] >= lead.stop:
        return ()
    return tuple(at for step, at in enumerate(named) if at == named[0] + step)


def _is_alone(rows: Sequence[Row], at: int) -> bool:
    """Whether a text that goes across a table is the only one that does: a title, not one section of several."""
    (slot,) = filled(rows[at])
    others = (filled(row) for row in rows[at + 1 :])
    return slot.columns > 1 and not any(len(cells) == 1 and cells[0].columns >= slot.columns for cells in others)


def _is_text_header(row: Row, trusts_marks: bool) -> bool:
    """Whether the first row of a table without figures is its header: marked, or nothing missing but its label."""
    return (trusts_marks and is_marked(row)) or all(slot.shape is not Shape.BLANK for slot in row[1:])


def _headers(rows: Sequence[Row], start: int, lead: range, first: int | None, trusts_marks: bool) -> tuple[int, ...]:
    figures = _figure_columns(rows[first : first + 8]) if first is not None else frozenset()
    if first is not None and not (trusts_marks and is_marked(rows[start])) and not _names(rows[start], figures):
        return ()
    reach = start
    end = start
    for at in range(start, min(lead.stop, start + _DEEPEST)):
        if at > start and not (at <= reach or _goes_on(rows[at], rows[at - 1], figures, trusts_marks)):
            break
        end = at
        reach = max(reach, *(at + slot.cell.row_span - 1 for slot in rows[at] if slot.shape is not Shape.BLANK), at)
    return tuple(range(start, end + 1))


def _figure_columns(body: Sequence[Row]) -> frozenset[int]:
    return frozenset(
        slot.column for row in body for slot in row if slot.column > 0 and slot.shape not in (Shape.BLANK, Shape.WORDS)
    )


def _names(row: Row, figures: frozenset[int]) -> bool:
    """Whether a row prints words, or years, above at least one column of figures."""
    return any(
        slot.shape in (Shape.WORDS, Shape.YEAR, Shape.FIGURE) and not figures.isdisjoint(_covered(slot)) for slot in row
    )


def _goes_on(row: Row, above: Row, figures: frozenset[int], trusts_marks: bool) -> bool:
    """Whether a row below a header row belongs to the header too."""
    cells = filled(row)
    if not cells:
        return False
    if len(cells) > 1 and trusts_marks and is_marked(row):
        return True
    if all(is_unit(slot.text) for slot in cells):
        return True
    if row[0].column > 0 or row[0].shape is Shape.BLANK:
        return True
    if len(cells) == 1:  # the second line of a label, not a section
        return begins_inside(cells[0].text) and not is_part(cells[0].text)
    if any(slot.columns > 1 for slot in above) and (above[0].column > 0 or above[0].shape is Shape.BLANK):
        return True
    named = sum(slot.column in figures for slot in cells)
    return named * 2 > len(figures)


def _covered(slot: Slot) -> range:
    return range(slot.column, slot.column + slot.columns)


def column_paths(rows: Sequence[Row], headers: Sequence[int], columns: int, notes: frozenset[str]) -> tuple[Path, ...]:
    """What the header says above each column, from the top down, without footnote marks.

    A blank cell of an upper row stands under the label to its left if that row has no spans and the row below names the
    column. A part that only gives a unit of money is left out unless two columns would then read the same.
    """
    grid = _grid(rows, headers, columns)
    paths = []
    for column in range(columns):
        stack: list[Slot] = []
        for line in grid:
            slot = line[column]
            if slot is not None and slot.shape is not Shape.BLANK and slot not in stack[-1:]:
                stack.append(slot)
        paths.append(_distinct(without_mark(slot.text, notes) for slot in stack))
    return _without_units(paths)


def _grid(rows: Sequence[Row], headers: Sequence[int], columns: int) -> list[list[Slot | None]]:
    """The header rows with the cell that covers each place, spans and inherited labels filled in."""
    grid: list[list[Slot | None]] = [[None] * columns for _ in headers]
    for at, number in enumerate(headers):
        for slot in rows[number]:
            for line in grid[at : at + slot.cell.row_span]:
                for column in _covered(slot):
                    line[column] = line[column] or slot
    for at, line in enumerate(grid[:-1]):
        if not any(slot is not None and slot.columns > 1 and slot.shape is not Shape.BLANK for slot in line):
            _inherit(line, grid[at + 1])
    return grid


def _inherit(line: list[Slot | None], below: Sequence[Slot | None]) -> None:
    """Let labels of an upper header row go on to the right, over columns that only the row below names."""
    label: Slot | None = None
    for column, slot in enumerate(line):
        under = below[column]
        named = under is not None and under.shape is not Shape.BLANK and under is not slot
        if slot is not None and slot.shape is not Shape.BLANK:
            label = slot if named and not is_unit(under.text if under else "") else None
        elif label is not None and named and column > 0:
            line[column] = label
        else:
            label = None


def _distinct(parts: Iterable[str]) -> Path:
    """The parts of a path without empty ones and without one that repeats the part before it."""
    found: list[str] = []
    for part in parts:
        if part and part not in found[-1:]:
            found.append(part)
    return tuple(found)


def _without_units(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Paths without units of money, but where columns differ in their units alone."""
    bare = [tuple(part for part in path if not is_unit(part)) for path in paths]
    times = Counter(bare)
    return tuple(
        tuple(part for part in path if not is_money_unit(part)) if short and times[short] == 1 else path
        for short, path in zip(bare, paths, strict=True)
    )


def column_units(rows: Sequence[Row], headers: Sequence[int], columns: int) -> tuple[Unit | None, ...]:
    """The unit that the header states for each column: the lowest cell that states one counts."""
    grid = _grid(rows, headers, columns)
    return tuple(
        next((unit for line in reversed(grid) if (slot := line[column]) and (unit := read_unit(slot.text))), None)
        for column in range(columns)
    )


def repeats(row: Row, headers: Sequence[Row]) -> bool:
    """Whether a row prints a header row again, as a table does that goes on over a page."""
    texts = _texts(row)
    return len(texts) > 1 and any(texts == _texts(header) for header in headers)


def _texts(row: Row) -> Mapping[int, str]:
    return {slot.column: slot.text.casefold() for slot in filled(row)}
