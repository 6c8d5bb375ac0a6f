"""The units of a table as its header states them: of the table, in its corner, and of each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from normalise.read.body import Columns
from normalise.read.cells import read_figure
from normalise.read.header import Path
from normalise.read.parts import endings
from normalise.read.shapes import Shape
from normalise.read.slots import Row
from normalise.read.sums import Figure, Part, Place, SumLine, added, agreement
from normalise.read.units import ONE, Unit, is_money_unit, is_unit, states_scale_alone

_BAND_WORDS = frozenset(
    "under over up to less than more greater above below from between and or plus k m bn thousand million".split()
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?: ?[/–-] ?[0-9]{2,4})?", re.ASCII)
_DIGITS = 4
"""So many digits that agree are no accident: one chance in ten thousand."""
_BARE = "a label of it speaks of thousands, millions or billions; the figure is as printed"
_NEAREST = 6
"""A column is the sum of no more of its neighbours, or the difference of two of them."""


@dataclass(frozen=True, slots=True)
class TableUnits:
    """The unit of a table, and of each column with one of its own; `doubts` says why a column's figures are unsure."""

    table: Unit | None
    columns: tuple[Unit | None, ...]
    doubts: Mapping[int, str]


def table_units(
    body: Sequence[Row], header: Sequence[Path], stated: Sequence[Unit | None], signs: Sequence[Unit | None],
    columns: Columns, around: Unit | None,
) -> TableUnits:  # fmt: skip
    """Settle which units a table and its columns have.

    `stated` are the units in the header, `signs` those that the figures print, `around` is what stands around the
    table. A unit of money above the labels, in the corner, is that of the table. A column without a unit, in a table
    without one, has that of the columns whose sum or difference it is. What the table leaves open is doubted.
    """
    found = _settled(body, header, stated, signs, columns, around)
    unsure = {
        column: why
        for column, unit in enumerate(stated)
        if unit is None and column in columns.values and (why := scale_doubt(header[column]))
    }
    return replace(found, doubts={**found.doubts, **unsure})


def _settled(
    body: Sequence[Row], header: Sequence[Path], stated: Sequence[Unit | None], signs: Sequence[Unit | None],
    columns: Columns, around: Unit | None,
) -> TableUnits:  # fmt: skip
    lacking = frozenset(column for column in columns.values if stated[column] is None and signs[column] is None)
    if corner := _corner(stated, columns):
        return _with_corner(body, header, stated, lacking, corner, around)
    if around is not None or not lacking:
        return TableUnits(around, tuple(stated), {})
    kin = _of_kin(body, columns.values, lacking, stated)
    known = [kin.get(column, unit) for column, unit in enumerate(stated)]
    if year := _of_series(columns.values, header, known):
        missing = [column for column in columns.values if known[column] is None]
        units = tuple(year if column in missing else unit for column, unit in enumerate(known))
        return TableUnits(None, units, dict.fromkeys(missing, "no unit stands above it; read in that of other years"))
    why = "no unit stands above it, though one of money stands above all other columns"
    lost = _lost(columns.values, [unit or sign for unit, sign in zip(known, signs, strict=True)])
    return TableUnits(None, tuple(known), dict.fromkeys(lost, why))


def scale_doubt(path: Path) -> str:
    """Why figures under some labels are unsure: one says thousands or millions, and not of what. Empty if none does."""
    return _BARE if any(map(states_scale_alone, path)) else ""


def _with_corner(
    body: Sequence[Row], header: Sequence[Path], stated: Sequence[Unit | None], lacking: frozenset[int],
    corner: tuple[int, Unit], around: Unit | None,
) -> TableUnits:  # fmt: skip
    """The units of a table with one in its corner, unless that is the unit of labels that are amounts themselves."""
    column, unit = corner
    if _are_amounts(body, column):
        bare = all(map(is_money_unit, header[column]))
        why = "the unit in the corner of the table may be that of the labels alone"
        return TableUnits(around, tuple(stated), dict.fromkeys(lacking, why) if bare else {})
    why = "the corner of the table states another unit than its caption"
    return TableUnits(unit, tuple(stated), dict.fromkeys(lacking, why) if around not in (None, unit) else {})


def _corner(stated: Sequence[Unit | None], columns: Columns) -> tuple[int, Unit] | None:
    """The label column whose header states a unit of money, as the corner of a table does, and that unit.

    Must not act where a column of figures states a unit of money itself: the unit may be that of the labels.
    """
    if any(_is_money(stated[column]) for column in columns.values):
        return None
    units = ((column, stated[column]) for column in columns.stub)
    return next(((column, unit) for column, unit in units if unit is not None and _is_money(unit)), None)


def _are_amounts(body: Sequence[Row], column: int) -> bool:
    """Whether most labels of a column are amounts themselves, or bands of them: `Under 5`, `£10,000 - £20,000`."""
    labels = [slot.text for row in body for slot in row if slot.column == column and slot.shape is not Shape.BLANK]
    return sum(map(_is_amount, labels)) * 2 > len(labels)


def _is_amount(label: str) -> bool:
    if _YEAR.fullmatch(label) or not any(char.isdigit() for char in label):
        return False
    return _BAND_WORDS.issuperset(re.findall(r"[a-z]+", label.casefold()))


def _of_kin(
    body: Sequence[Row], values: frozenset[int], lacking: frozenset[int], units: Sequence[Unit | None]
) -> Mapping[int, Unit]:
    """The units of columns that state none, but are sums or differences of columns that state one of money."""
    known: dict[Unit, list[int]] = {}
    for column in sorted(values):
        if (unit := units[column]) is not None and _is_money(unit):
            known.setdefault(unit, []).append(column)
    if not known:
        return {}
    lines = _column_lines(body, values)
    return {
        column: unit
        for column in sorted(lacking)
        for unit, others in reversed(known.items())
        if any(_is_made_of(lines[column], parts, lines) for parts in _origins(column, others))
    }


def _column_lines(body: Sequence[Row], values: frozenset[int]) -> Mapping[int, SumLine]:
    """The figures of each column as printed, by row."""
    figures: dict[int, dict[Place, Figure]] = {column: {} for column in sorted(values)}
    for at, row in enumerate(body):
        for slot in row:
            if slot.column in figures and slot.shape is Shape.FIGURE:
                read = read_figure(slot.text, None)
                if read.value is not None and read.kind == "number":
                    figures[slot.column][at, read.kind] = Figure(read.value, read.step, read.step / 2)
    return {column: SumLine(column, "", found) for column, found in figures.items()}


def _origins(column: int, others: Sequence[int]) -> Iterator[list[Part]]:
    """What a column may be made of: its neighbours on one side, added up, or the difference of two."""
    before = [other for other in others if other < column][-_NEAREST:]
    after = [other for other in others if other > column][:_NEAREST]
    for side in (before, after[::-1]):
        yield from ([(at, 1) for at in ats] for ats in endings(side))
    for one, other in permutations([*before[-_NEAREST // 2 :], *after[: _NEAREST // 2]], 2):
        yield [(one, 1), (other, -1)]


def _is_made_of(line: SumLine, parts: Sequence[Part], lines: Mapping[int, SumLine]) -> bool:
    found = agreement(line, added(parts, lines))
    return found.agreeing > 1 and found.agreeing * 4 >= found.checkable * 3 and found.weight >= _DIGITS


def _of_series(values: frozenset[int], header: Sequence[Path], units: Sequence[Unit | None]) -> Unit | None:
    """The one scaled unit of money that a table states for some of its columns, if all are years of one series."""
    stated = {units[column] for column in values} - {None}
    unit = stated.pop() if len(stated) == 1 else None
    return unit if _is_scaled(unit) and all(_is_year(header[column]) for column in values) else None


def _is_year(path: Path) -> bool:
    found = _YEAR.match(path[-1]) if path else None
    return found is not None and (found.end() == len(path[-1]) or is_unit(path[-1][found.end() :]))


def _lost(values: frozenset[int], units: Sequence[Unit | None]) -> tuple[int, ...]:
    """The column whose unit may have been lost with the end of the header.

    It is the last one, and the only one without a unit, beside at least two that state one scaled unit of money.
    """
    last = max(values)
    others = [units[column] for column in sorted(values) if column != last]
    money = [unit for unit in others if _is_money(unit)]
    if units[last] is not None or None in others or len(money) < 2 or len(set(money)) > 1:
        return ()
    return (last,) if _is_scaled(money[0]) else ()


def _is_money(unit: Unit | None) -> bool:
    return unit is not None and unit.kind == "currency"


def _is_scaled(unit: Unit | None) -> bool:
    return unit is not None and _is_money(unit) and unit.scale != ONE
