"""How the header lines above a flattened table fall into rows of cells that cover its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise

from normalise.flat.effort import Effort
from normalise.flat.heads import Cut, Word, cuts, ends_open, fold, unit_cells, words_of
from normalise.flat.sense import Columns, HeadCell, Rows, most_sense, says_percent, sense_of
from normalise.flat.tokens import TextLine

# Rough log odds, set by hand; what matters is their order.
_LINE, _LEFT_OUT = 1.0, -0.4
_NO_STUB, _UNIT_ROW, _LEVEL = -2.5, 1.0, -1.2
_NARROW = 2.0
# A header with each cell on a line of its own; as a rule, a line ends inside a cell.
_LINED_UP = 2.5
# A cell that ends with a connecting word, and a row that begins in small letters: both go on elsewhere.
_OPEN, _SMALL = -1.0, -1.5
# So few ways to group a row's cells are tried; a header that has more is not read at all.
_MOST_GROUPS = 80
_MOST_LAID, _MOST_BELOW = 150, 30
_MOST_LEVELS = 3
_MOST_SECTIONS = 2
# Two readings of a header whose odds differ by less can't be told apart.
MARGIN = 0.7


@dataclass(frozen=True, slots=True)
class _Row:
    """One way to cut some lines into the cells of one row: how likely, and what each cell holds and says."""

    score: float
    cells: tuple[tuple[tuple[Word, ...], str], ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some lines as one row: its words, and the likeliest ways to cut them for each number of cells."""

    words: tuple[Word, ...]
    cuts: Mapping[int, tuple[_Row, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """One reading of the lines above a table.

    `rows` are the header rows; the header begins `skipped` lines below the first line looked at, and the last
    `sections` lines are not part of it but the first section rows. `doubtful` are columns that another reading of
    nearly the same odds calls otherwise, and those that are called the same as another one.
    """

    score: float
    rows: Rows = ()
    skipped: int = 0
    sections: int = 0
    doubtful: frozenset[int] = frozenset()

    def paths(self, width: int) -> tuple[tuple[str, ...], ...]:
        """What each column is called, from the top row down."""
        return tuple(
            tuple(cell.text for row in self.rows for cell in row if cell.low <= column < cell.high)
            for column in range(width)
        )


def read_header(
    lines: Sequence[TextLine],
    columns: Columns,
    known: Collection[tuple[str, str]],
    section_odds: Sequence[float],
    effort: Effort,
) -> Header:
    """The likeliest reading of the lines above a table, the nearest last, of those that the effort allows to try.

    `section_odds` say for each line how likely it is the table's first section row.
    """
    found: list[Header] = []
    highest = float("-inf")
    pieces = _pieces(lines, columns.width, known)
    for sections in range(min(_MOST_SECTIONS, len(lines)) + 1):
        end = len(lines) - sections
        body = sum(section_odds[end:])
        found.append(Header(_LEFT_OUT * end + body, (), end, sections))
        highest = max(highest, found[-1].score)
        for skipped in range(end if not effort.is_spent else 0):
            base = _LEFT_OUT * skipped + body + _LINE * (end - skipped)
            for score, rows in _readings(lines, pieces, skipped, end, columns, highest - MARGIN - base):
                effort.spend(1)
                if base + score > highest - MARGIN:
                    found.append(Header(base + score, rows, skipped, sections))
                    highest = max(highest, base + score)
    ranked = sorted(found, key=lambda header: -header.score)
    best = ranked[0]
    mine = best.paths(columns.width)
    doubtful = {column for column, path in enumerate(mine) if any(path) and mine.count(path) > 1}
    for other in ranked[1:]:
        if other.score < best.score - MARGIN:
            break
        theirs = other.paths(columns.width)
        doubtful |= {column for column in range(columns.width) if _folded(mine[column]) != _folded(theirs[column])}
    return replace(best, doubtful=frozenset(doubtful))


def _folded(path: Sequence[str]) -> str:
    return "".join(fold(text).replace("£", "") for text in path)


def _pieces(
    lines: Sequence[TextLine], most: int, known: Collection[tuple[str, str]]
) -> Mapping[tuple[int, int], _Piece]:
    """Every run of lines as one row of cells, cut in the likeliest ways."""
    found = {}
    for low, high in combinations(range(len(lines) + 1), 2):
        words = words_of(lines[low:high])
        rows = {count: tuple(_row(words, cut) for cut in both) for count, both in cuts(words, most, known).items()}
        found[low, high] = _Piece(words, rows)
    return found


def _row(words: Sequence[Word], cut: Cut) -> _Row:
    parts = [tuple(words[low:high]) for low, high in cut.cells]
    lined_up = (
        len(parts) > 2 and all(part[0].breaks for part in parts[1:]) and sum(w.breaks for w in words) < len(parts)
    )
    score = cut.score + (_LINED_UP * (len(parts) - 1) if lined_up else 0.0)
    score += _OPEN * sum(ends_open(part) for part in parts) + (_SMALL if parts[0][0].text[:1].islower() else 0.0)
    return _Row(score, tuple((part, " ".join(word.text for word in part if word.token)) for part in parts))


def _readings(
    lines: Sequence[TextLine],
    pieces: Mapping[tuple[int, int], _Piece],
    low: int,
    high: int,
    columns: Columns,
    least: float,
) -> Iterator[tuple[float, Rows]]:
    """The ways to read the lines from `low` to `high` as a header that uses all of them, but those below `least`."""
    if high > low + 1 and unit_cells(lines[high - 1]) in (columns.width - columns.stubs, columns.width):
        words = pieces[high - 1, high].words
        first = columns.width - len(words)
        units = tuple(
            HeadCell((word,), word.text, first + place, first + place + 1) for place, word in enumerate(words)
        )
        percents = frozenset(cell.low for cell in units if says_percent(cell.text))
        inner = replace(columns, percents=percents or columns.percents)
        for score, rows in _plain_readings(
            pieces, low, high - 1, inner, tuple(cell.text for cell in units), least - _UNIT_ROW
        ):
            yield score + _UNIT_ROW, (*rows, units)
    yield from _plain_readings(pieces, low, high, columns, (), least)


def _plain_readings(
    pieces: Mapping[tuple[int, int], _Piece],
    low: int,
    high: int,
    columns: Columns,
    units: Sequence[str],
    least: float,
) -> Iterator[tuple[float, Rows]]:
    """The ways to read some lines as one, two or three rows of cells; what can't reach `least` is not looked at."""
    for levels in range(1, min(_MOST_LEVELS, high - low) + 1):
        for inner in combinations(range(low + 1, high), levels - 1):
            rows = [pieces[bounds] for bounds in pairwise((low, *inner, high))]
            hoped = sum(max((row.score for both in piece.cuts.values() for row in both), default=0.0) for piece in rows)
            hoped += most_sense(columns, levels) + (levels - 1) * _LEVEL
            if hoped < least:
                continue
            for first in sorted({0, columns.stubs}):
                base = (_NO_STUB if first else 0.0) + _LEVEL * (levels - 1)
                laid = _level(rows, tuple(range(first, columns.width)), columns)
                for score, cells in islice(laid, _MOST_LAID):
                    yield base + score + sense_of(cells, columns, units), cells


def _level(rows: Sequence[_Piece], slots: Sequence[int], columns: Columns) -> Iterator[tuple[float, Rows]]:
    """The ways to lay a row's cells over the columns that are still open, and the rows below it over theirs."""
    piece, is_last = rows[0], len(rows) == 1
    counts = [len(slots)] if is_last else [count for count in piece.cuts if count < len(slots)]
    counts.sort(key=lambda count: -max((row.score for row in piece.cuts.get(count, ())), default=0.0))
    odds = [found[0].score for count in counts if (found := piece.cuts.get(count))]
    for count in counts:
        for cut in piece.cuts.get(count, ()):
            if cut.score < max(odds) - _NARROW:
                continue
            for widths in _widths(count, slots, columns, is_last=is_last):
                row = _laid(cut, widths, slots)
                if row is None:
                    continue
                if is_last:
                    yield cut.score, (row,)
                    continue
                below = [slot for cell in row if cell.width > 1 for slot in range(cell.low, cell.high)]
                for score, others in islice(_level(rows[1:], below, columns), _MOST_BELOW):
                    yield cut.score + score, (row, *others)


def _widths(count: int, slots: Sequence[int], columns: Columns, *, is_last: bool) -> Iterator[tuple[int, ...]]:
    """How many columns each of a row's cells may span; a cell over labels spans one."""
    if is_last:
        yield (1,) * count
        return
    spare = len(slots) - count
    fixed = sum(slot < columns.stubs for slot in slots)
    most = min(count - fixed, spare)
    groups = (
        (places, extra)
        for is_equal in (True, False)
        for parents in (range(most, 0, -1) if is_equal else range(1, most + 1))
        for places in combinations(range(fixed, count), parents)
        for extra in _parts(spare, parents, is_equal=is_equal)
    )
    for places, extra in islice(groups, _MOST_GROUPS):
        widths = [1] * count
        for place, more in zip(places, extra, strict=True):
            widths[place] += more
        yield tuple(widths)


def _parts(total: int, count: int, *, is_equal: bool) -> Iterator[tuple[int, ...]]:
    """A number as a sum of so many numbers above 0, which are equal or are not."""
    if is_equal:
        if total % count == 0:
            yield (total // count,) * count
        return
    for inner in combinations(range(1, total), count - 1):
        parts = tuple(high - low for low, high in pairwise((0, *inner, total)))
        if len(set(parts)) > 1:
            yield parts


def _laid(cut: _Row, widths: Sequence[int], slots: Sequence[int]) -> tuple[HeadCell, ...] | None:
    """The cells of a row over its columns; None if one would reach across columns that are closed."""
    row = []
    done = 0
    for (words, text), width in zip(cut.cells, widths, strict=True):
        first, last = slots[done], slots[done + width - 1]
        if last - first != width - 1:
            return None
        row.append(HeadCell(words, text, first, last + 1))
        done += width
    return tuple(row)
