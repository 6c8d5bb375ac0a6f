"""Which column each unit belongs to, when cells stand one below the other and blank ones may have left no trace.

The columns of a table come round in order, so a unit's column follows from the one before, unless cells are blank.
What speaks for a column: the kind of its texts (a deadline, an amount, a number that counts on), the blank lines that a
blank cell left, and the order. The best way through all units of a table is found step by step (Viterbi).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from normalise.layout.kinds import NEVER, SURE, column_types, fit, fit_money, kind_of
from normalise.layout.numbering import Candidate, in_sequence
from normalise.layout.units import Unit, UnitTable
from normalise.layout.wrapped import ends

_CLEAR = 2.0
"""A row that could be placed in another way, less likely by no more than this, is for a person to look at."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row: which units its columns hold. `doubted` names the columns whose text could as well belong to another."""

    cells: dict[int, tuple[Unit, ...]]
    doubted: frozenset[int] = frozenset()


class Order:
    """The columns of one table, and how its units follow each other through them.

    Columns count from 0. Three more states come behind them: the `label` and the `amount` of a total, and `out` for
    what follows the table. A number column is added if the rows' numbers are units of their own that no header names.
    """

    def __init__(self, table: UnitTable) -> None:
        self.table = table
        self.units = table.body
        self.kinds = [kind_of(unit, table.profile) for unit in self.units]
        self.adds_numbers = "number" not in table.roles and bool(self.kinds) and self.kinds[0].is_number
        self.roles = {role: column + self.adds_numbers for role, column in table.roles.items()}
        if self.adds_numbers:
            self.roles["number"] = 0
        self.width = len(table.header) + self.adds_numbers
        self.label, self.amount, self.out = range(self.width, self.width + 3)
        self.start = self.roles.get("number", self.roles["action"])
        self.types = column_types(table.profile, self.roles, self.width)
        self.numbered = self._numbered()
        self.row_gap = self._row_gap()

    def _numbered(self) -> frozenset[int]:
        """The units at whose front a row's number stands; a number without a stop must be a unit of its own."""
        candidates = [
            Candidate(at, kind.front.number, kind.front.has_stop)
            for at, kind in enumerate(self.kinds)
            if kind.front and (kind.front.has_stop or ("number" in self.roles and kind.is_number))
        ]
        return frozenset(in_sequence(candidates))

    def _row_gap(self) -> int:
        """How many blank lines part two rows, to be seen behind rows that have a unit for every column."""
        starts = pairwise(sorted(self.numbered))
        gaps = Counter(self.units[high].gap for low, high in starts if high - low == self.width)
        return gaps.most_common(1)[0][0] if gaps else self.table.base

    def rows(self) -> list[PlacedRow]:
        """The rows of the table, in order, totals too."""
        path = self.best()
        inside = path.index(self.out) if self.out in path else len(path)
        starts = [at for at in range(inside) if at == 0 or self._begins(at, path)]
        return [self._row(range(low, high), path[low:high]) for low, high in pairwise([*starts, inside])]

    def best(self) -> list[int]:
        """The likeliest column of each unit."""
        scores = {self.width - 1: 0.0}
        trail: list[dict[int, int]] = []
        for at in range(len(self.units)):
            back: dict[int, int] = {}
            reached: dict[int, float] = {}
            for state in range(self.out + 1):
                fits = self._fit(at, state)
                if fits > NEVER:
                    score, back[state] = max(
                        (s + self._step(at, before, state), before) for before, s in scores.items()
                    )
                    reached[state] = score + fits
            scores = reached
            trail.append(back)
        state = max(scores, key=lambda s: scores[s])
        path: list[int] = []
        for back in reversed(trail):
            path.append(state)
            state = back[state]
        return path[::-1]

    def _fit(self, at: int, state: int) -> float:
        kind = self.kinds[at]
        if state == self.out:
            return 0.0
        if state == self.label:
            return SURE if kind.is_total else NEVER
        if state == self.amount:
            return 3.0 if kind.is_figure else -3.0 if kind.has_figures else NEVER
        if kind.is_total:
            return -SURE
        if at in self.numbered:
            return SURE if state == self.start else -SURE
        return fit(kind, self.types[state], is_action=state == self.roles["action"])

    def _step(self, at: int, before: int, state: int) -> float:
        """How likely a unit in column `state` follows one in column `before`: blank cells between leave a trace."""
        gap = self.units[at].gap
        if state == self.out:
            return 0.0
        if before == self.out:
            return NEVER
        if state == self.amount:
            return 0.0 if before == self.label else NEVER
        rest = 0 if before >= self.width or at == 0 else self.width - 1 - before
        if state == self.label:
            in_front = max(self.roles["budget"] - 1, 0)
            return max(self._blanks(rest, gap, self.row_gap), self._blanks(rest + in_front, gap, self.row_gap))
        if self._opens_row(at, before, state):
            lost = 0.0 if state <= self.start else -3.0 if state == self.roles["action"] else -6.0
            unnumbered = -5.0 if self.numbered and at not in self.numbered else 0.0
            return lost + unnumbered + self._blanks(rest + state, gap, self.row_gap if at else self.table.base)
        if state == before:
            return self._same_cell(at)
        return self._blanks(state - before - 1, gap, self.table.base)

    def _begins(self, at: int, path: Sequence[int]) -> bool:
        state = path[at]
        return state == self.label or (state < self.width and self._opens_row(at, path[at - 1], state))

    def _opens_row(self, at: int, before: int, state: int) -> bool:
        """Whether a unit in column `state` begins a row when the one before stood in column `before`."""
        if before >= self.width or at == 0 or state < before:
            return True
        return state == before == self.start and not self.kinds[at].is_item

    def _blanks(self, blank: int, gap: int, base: int) -> float:
        """How well `blank` blank cells explain a gap: each leaves an empty line or nothing."""
        seen = (gap - base) / (self.table.base + 1)
        if seen > 0:
            return -3.0 * abs(blank - seen)
        return -(4.0 if self.table.shows_blanks else 1.0) * blank

    def _same_cell(self, at: int) -> float:
        """How likely a cell has a second unit: where each line is a unit, it may be wrapped; else it seldom has.

        A second line that is a deadline or an amount by itself is rather a cell by itself.
        """
        kind = self.kinds[at]
        if kind.is_item:
            return 1.0
        is_wrapped = kind.text[0].islower() and not (
            kind.is_deadline or kind.is_figure or ends(self.kinds[at - 1].text)
        )
        may_wrap = self.table.base == 0 and self.units[at].gap == 0
        return -5.0 + (2.0 if may_wrap else 0.0) + (3.0 if is_wrapped else 0.0)

    def _row(self, members: range, columns: Sequence[int]) -> PlacedRow:
        if columns[0] == self.label:
            budget = self.roles["budget"]
            places = {self.label: max(budget - 1, 0), self.amount: budget}
            return PlacedRow({places[c]: (self.units[at],) for at, c in zip(members, columns, strict=True)})
        cells: dict[int, tuple[Unit, ...]] = {}
        for at, column in zip(members, columns, strict=True):
            cells[column] = (*cells.get(column, ()), self.units[at])
        return PlacedRow(cells, self._odd(members, columns) | self._loose(members, columns))

    def _odd(self, members: range, columns: Sequence[int]) -> frozenset[int]:
        """Columns of amounts with words that aren't known to stand for one: perhaps the second line of a measure."""
        pairs = zip(members, columns, strict=True)
        return frozenset(c for at, c in pairs if self.types[c] == "money" and fit_money(self.kinds[at]) < 0)

    def _loose(self, members: range, columns: Sequence[int]) -> frozenset[int]:
        """Columns whose text could stand in another one: the row reads nearly as well another way."""
        if len(set(columns)) < len(columns) or len(columns) == self.width:
            return frozenset()
        ways = [way for way in combinations(range(self.width), len(members)) if way[0] == columns[0]]
        own = self._score(members, columns)
        near = [way for way in ways if list(way) != list(columns) and own - self._score(members, way) <= _CLEAR]
        return frozenset(column for way in near for column, other in zip(columns, way, strict=True) if column != other)

    def _score(self, members: range, columns: Sequence[int]) -> float:
        """How likely a row is placed so, the trace of the blank cells at its end included."""
        fits = sum(self._fit(at, column) for at, column in zip(members, columns, strict=True))
        steps = zip(members[1:], pairwise(columns), strict=True)
        blanks = sum(self._blanks(right - left - 1, self.units[at].gap, self.table.base) for at, (left, right) in steps)
        gap = self.units[members.stop].gap if members.stop < len(self.units) else self.table.gap_below
        rest = self.width - 1 - columns[-1]
        return fits + blanks + (self._blanks(rest, gap, self.row_gap) if gap is not None else 0.0)
