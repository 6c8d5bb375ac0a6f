"""Which rows of one paper in two runs are the same row, and what changed in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["added", "gone", "changed", "renumbered"]
Record = Mapping[str, str]

NUMBERING = frozenset({"order", "n", "table_id", "row"})
"""Columns that only count: one more row before them changes them all."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "papers": ("paper_id",),
    "tables": ("first_place",),
    "repairs": ("place", "rule"),
    "review": ("place", "rule"),
}
"""What tells the rows of a table apart in both runs: what does not depend on how many others were found."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is not the same in both runs. `before` is None for one that is added, `after` for one that is gone.

    `columns` names the columns that changed.
    """

    table: str
    kind: Kind
    before: Record | None
    after: Record | None
    columns: tuple[str, ...] = ()

    @property
    def record(self) -> Record:
        """The row as it is now, or was."""
        return self.after or self.before or {}


def changes(table: str, old: Sequence[Record], new: Sequence[Record]) -> Iterator[RowChange]:
    """Compare the rows of one table and one paper.

    Rows that say the same are paired first, then those that are printed at one place, which no rule can move, then
    those that differ in place and numbering alone; several of a kind by their order. So a row that is new leaves those
    after it as they were: they are at most `renumbered`.
    """
    if old == new:
        return
    names = list((*old, *new)[0])
    keys = (
        [name for name in names if name not in NUMBERING],
        key_columns(table),
        [name for name in names if not _is_position(name)],
    )
    gone, added = list(old), list(new)
    for key in keys:
        pairs, gone, added = _paired(gone, added, key)
        for before, after in pairs:
            columns = tuple(name for name in after if before[name] != after[name])
            if columns:
                kind: Kind = "renumbered" if NUMBERING.issuperset(columns) else "changed"
                yield RowChange(table, kind, before, after, columns)
    yield from (RowChange(table, "gone", record, None) for record in gone)
    yield from (RowChange(table, "added", None, record) for record in added)


def key_columns(table: str) -> tuple[str, ...]:
    """The columns by which the rows of a table, of one paper, are told apart in both runs."""
    return _KEYS.get(table, ("place",))


def _is_position(name: str) -> bool:
    return name in NUMBERING or name.endswith("place")


def _paired(
    old: Sequence[Record], new: Sequence[Record], key: Sequence[str]
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """The rows that agree in some columns, in pairs in the new order; and the others of both sides."""
    waiting: defaultdict[tuple[str, ...], deque[Record]] = defaultdict(deque)
    for record in old:
        waiting[tuple(record[name] for name in key)].append(record)
    pairs, added = [], []
    for record in new:
        same = waiting[tuple(record[name] for name in key)]
        if same:
            pairs.append((same.popleft(), record))
        else:
            added.append(record)
    left = {id(record) for queue in waiting.values() for record in queue}
    return pairs, [record for record in old if id(record) in left], added
