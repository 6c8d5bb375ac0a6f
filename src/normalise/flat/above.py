"""The lines above the rows of a flattened table: which could be its header, and how many columns of texts they name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from normalise.flat.body import Body, ends_sentence, is_apart, is_total
from normalise.flat.choose import Choices
from normalise.flat.effort import Effort
from normalise.flat.header import MARGIN, Header, read_header
from normalise.flat.heads import fold, is_unit, unit_cells
from normalise.flat.labels import REPEATED, Labels
from normalise.flat.sense import Columns, HeadCell, Rows, is_period
from normalise.flat.stubs import Label
from normalise.flat.sums import Relation
from normalise.flat.tokens import TextLine

_MOST_LINES = 7
_LONGEST_LINE = 40
_MOST_EXTRA = 3
# What a further column of texts must add to the odds of the header, and how many words each then has in a row.
_EXTRA = 1.2
_WORDS = 4
# How likely a line is the first section row: by its words in a total below, and by other section rows, or none.
_NAMED, _OTHERS, _ALONE = 2.0, 1.0, -0.8
# The same for a period (`2006/07`) where other section rows are periods, and for a unit, which is never one.
_PERIODS, _UNIT = 2.5, -5.0


@dataclass(frozen=True, slots=True)
class Above:
    """A table's header, read over the columns `types`: the text column `place` counts for `extra` more of them."""

    lines: tuple[TextLine, ...]
    header: Header
    types: str
    place: int = 0
    extra: int = 0

    @property
    def start(self) -> int | None:
        """The line that the header, or the first section row, begins at; None if there is neither."""
        used = self.lines[self.header.skipped :]
        return used[0].at if used else None

    @property
    def is_unread(self) -> bool:
        """Whether lines that could be a header were left out, and none was found."""
        return not self.header.rows and self.header.skipped > 0

    @property
    def sections(self) -> tuple[TextLine, ...]:
        """The first section rows."""
        return self.lines[len(self.lines) - self.header.sections :]


def header_odds(
    body: Body, lines: Sequence[TextLine | None], floor: int, known: Collection[tuple[str, str]], effort: Effort
) -> float:
    """How likely the lines above a body are the header of its columns, whatever stands in them."""
    above = _lines(body, lines, floor)
    columns = Columns(body.columns, frozenset(), frozenset(), {})
    return read_header(above, columns, known, [_section_odds(line, body, lines) for line in above], effort).score


def read_above(
    body: Body,
    lines: Sequence[TextLine | None],
    floor: int,
    choices: Choices,
    labels: Labels | None,
    known: Collection[tuple[str, str]],
    effort: Effort,
) -> Above:
    """Read the lines above a body, down from line `floor` at the earliest, as its header.

    `labels` is how the rows' labels could fall into two columns.
    """
    above = _lines(body, lines, floor)
    label_odds = labels.odds if labels else 0.0
    odds = [_section_odds(line, body, lines) for line in above]
    best = Above(above, read_header(above, _columns(body.columns, choices, 0, 0), known, odds, effort), body.columns)
    highest = best.header.score
    if not best.header.rows:
        return best
    tried = [(highest, best)]
    for place in (place for place, kind in enumerate(body.columns) if kind == "T"):
        for extra in range(1, _MOST_EXTRA + 1):
            if not _has_words(place, extra, choices, label_odds if place == 0 else 0.0):
                break
            columns = _columns(body.columns, choices, place, extra)
            header = read_header(above, columns, known, odds, effort)
            if not header.rows:
                break
            score = header.score - _EXTRA * extra + (label_odds if place == 0 else 0.0)
            tried.append((score, Above(above, header, columns.types, place, extra)))
            if score <= highest:
                break
            highest, best = tried[-1]
    rivals = [above for score, above in tried if above is not best and score > highest - MARGIN]
    doubtful = best.header.doubtful.union(*(_differ(best, rival) for rival in rivals))
    return replace(best, header=replace(best.header, doubtful=doubtful))


def _differ(one: Above, other: Above) -> frozenset[int]:
    """The columns of figures, counted in the first reading, that another one calls otherwise."""
    figures = [column for column, kind in enumerate(one.types) if kind == "F"]
    others = [column for column, kind in enumerate(other.types) if kind == "F"]
    mine, theirs = one.header.paths(len(one.types)), other.header.paths(len(other.types))
    return frozenset(column for column, place in zip(figures, others, strict=True) if mine[column] != theirs[place])


def _lines(body: Body, lines: Sequence[TextLine | None], floor: int) -> tuple[TextLine, ...]:
    found: list[TextLine] = []
    for at in range(body.start - 1, max(floor, body.start - _MOST_LINES) - 1, -1):
        line = lines[at]
        if line is None or len(line.tokens) > _LONGEST_LINE or is_apart(line) or ends_sentence(line):
            break
        is_last = len(found) == 1 and _section_odds(found[0], body, lines) > 0
        if found and unit_cells(line) == 1 and not _ends_header(lines[at - 1] if at > floor else None, is_last):
            break
        found.append(line)
    return tuple(reversed(found))


def _ends_header(above: TextLine | None, is_last: bool) -> bool:
    """Whether a unit alone on its line may be the last piece of a header, and not that of the whole table.

    It is if the line above begins with a unit, too, or if nothing but the first section row comes between (`is_last`).
    """
    if above is None or is_apart(above) or ends_sentence(above):
        return False
    return is_last or is_unit(above.tokens[0].text)


def _section_odds(line: TextLine, body: Body, lines: Sequence[TextLine | None]) -> float:
    if unit_cells(line):
        return _UNIT
    words = {fold(token.text) for token in line.tokens}
    rows = [found for found in lines[body.start : body.end] if found is not None]
    totals = [
        {fold(token.text) for token in row.tokens} for row in rows if is_total(row) or "total" in row.text.lower()
    ]
    named = max((len(words & total) / len(words) for total in totals), default=0.0)
    others = [row for row in rows if row.at not in body.rows]
    if is_period(line.text) and any(is_period(row.text) for row in others):
        return _PERIODS
    return _NAMED * named + (_OTHERS if others else _ALONE)


def _columns(types: str, choices: Choices, place: int, extra: int) -> Columns:
    """What is known of the columns if one column of texts counts for more."""

    def moved(column: int) -> int:
        return column + extra if column > place else column

    wide = types[:place] + "T" * extra + types[place:]
    derived: dict[int, Relation] = {}
    for relation in choices.relations:
        parts = tuple(moved(part) for part in relation.parts)
        derived[moved(relation.column)] = replace(relation, column=moved(relation.column), parts=parts)
    stubs = 1 + (extra if place == 0 else 0)
    percents = frozenset(moved(column) for column in choices.percents)
    return Columns(wide, percents, frozenset(moved(column) for column in choices.large), derived, stubs)


def _has_words(place: int, extra: int, choices: Choices, label_odds: float) -> bool:
    """Whether the rows have words enough in a column of texts to fill several; fewer will do where labels are cut."""
    if extra == 1 and label_odds:
        return True
    needed = _WORDS * (1 + extra) / (2 if label_odds else 1)
    counts = [span[1] - span[0] for choice in choices.rows.values() if (span := choice.fit.spans[place])]
    longer = [count for count in counts if count > 1]  # a total has a short label of its own
    return bool(longer) and sum(longer) >= needed * len(longer)


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a table as settled: `width` of them, named by `rows`; `labels` cut the first into two, if any.

    The columns `doubtful` may be called otherwise, or hold the texts of several that can't be parted.
    """

    rows: Rows
    width: int
    doubtful: frozenset[int]
    labels: Mapping[int, Label] | None


def settle(above: Above, labels: Labels | None) -> Frame:
    """Settle the columns: those that the header names, as far as the rows can be cut into them."""
    header = above.header
    is_named = above.extra > 0 and above.place == 0
    cuts = labels.cuts if labels and (is_named or labels.odds >= REPEATED) else None
    width = len(above.types)
    if cuts and not is_named:
        rows = widened(header.rows)
        doubtful = frozenset(column + 1 for column in header.doubtful)
        low, high, width = 1 + above.place + (above.place > 0), 1 + above.place + above.extra, width + 1
    else:
        rows, doubtful = header.rows, header.doubtful
        low, high = above.place + (1 if cuts else 0), above.place + above.extra
    gone = max(high - low, 0)
    if gone:
        rows = merged(rows, low, high + 1)
        doubtful = frozenset(column - gone if column > high else min(column, low) for column in {*doubtful, low})
    width -= gone
    if _lacks_unit(rows, width):
        doubtful |= {width - 1}
    is_unnamed = not rows and width > 2  # label and figure alone need no names
    if is_unnamed or above.is_unread or (rows and not any(cell.low == 0 for row in rows for cell in row)):
        doubtful = frozenset(range(1, width))
    return Frame(rows, width, doubtful, cuts)


def _lacks_unit(rows: Rows, width: int) -> bool:
    """Whether the last column alone has no unit, under a header broken over lines: that of a column ends with it.

    Copies that lose every line of one word lose just this one.
    """
    names = [cell for cell in rows[-1] if cell.low > 0] if rows else []
    if (
        len(names) < 2
        or len(names) != width - names[0].low
        or not any(word.breaks for cell in names for word in cell.words)
    ):
        return False
    *others, last = (bool(cell.words) and is_unit(cell.words[-1].text) for cell in names)
    return all(others) and not last


def widened(rows: Rows) -> Rows:
    """The same header over one more column of labels, which shares the name of the first."""
    return tuple(
        tuple(replace(cell, low=cell.low + (cell.low > 0), high=cell.high + 1) for cell in row) for row in rows
    )


def merged(rows: Rows, low: int, high: int) -> Rows:
    """The same header with the columns from `low` to `high` made one."""
    gone = high - low - 1

    def moved(column: int) -> int:
        return column - gone if column >= high else min(column, low)

    found = []
    for row in rows:
        inside = [cell for cell in row if low <= cell.low and cell.high <= high]
        words = tuple(word for cell in inside for word in cell.words)
        joined = HeadCell(words, " ".join(cell.text for cell in inside if cell.text), low, low + 1)
        out: list[HeadCell] = []
        for cell in row:
            if cell not in inside:
                out.append(replace(cell, low=moved(cell.low), high=moved(cell.high - 1) + 1))
            elif cell is inside[0]:
                out.append(joined)
        found.append(tuple(out))
    return tuple(found)
