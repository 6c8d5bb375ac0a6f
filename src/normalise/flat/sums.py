"""Which columns of a table are worked out from others: evidence of where cells and groups of columns end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from normalise.read.money import read_number
from papers.readings import Money, Nil, Number

# A relation must hold in so many rows, and in this share of them: papers hold slips of their own.
_LEAST_ROWS = 3
_SHARE = 0.55
_SAMPLE = 24

Values = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """A column (from 0) that is the sum of neighbouring columns, or the difference of two, whichever way round."""

    column: int
    kind: Literal["sum", "difference"]
    parts: tuple[int, ...]


def value_of(text: str) -> Decimal | None:
    """The figure that a cell prints, 0 for a printed nothing; None for a percentage, or if it can't be read."""
    match read_number(text):
        case Money() | Number() as found:
            return found.value
        case Nil():
            return Decimal(0)
        case _:
            return None


def relations(rows: Sequence[Values]) -> tuple[Relation, ...]:
    """The sums and differences that hold in nearly all rows which have figures in every column concerned."""
    width = max((len(row) for row in rows), default=0)
    sample = [row for row in rows if any(row)][:_SAMPLE]
    found = []
    for column in range(width):
        first = next((relation for relation in _possible(column, width) if _holds(relation, sample)), None)
        if first:
            found.append(first)
    return tuple(found)


def _possible(column: int, width: int) -> Iterator[Relation]:
    for start in range(column - 1):
        yield Relation(column, "sum", tuple(range(start, column)))
    for end in range(column + 3, width + 1):
        yield Relation(column, "sum", tuple(range(column + 1, end)))
    for pair in combinations([other for other in range(column) if other >= column - 4], 2):
        yield Relation(column, "difference", pair)
        yield Relation(column, "sum", pair)


def _holds(relation: Relation, rows: Sequence[Values]) -> bool:
    agree = differ = 0
    for row in rows:
        values = [row[column] for column in (*relation.parts, relation.column)]
        if any(value is None for value in values):
            continue
        good = agrees(relation, row)
        agree, differ = agree + good, differ + (not good)
        if differ > 1 + len(rows) * (1 - _SHARE):
            return False
    return agree >= _LEAST_ROWS and agree >= _SHARE * (agree + differ)


def agrees(relation: Relation, row: Values) -> bool:
    """Whether a relation holds in a row, as nearly as rounding allows; a blank among its parts adds nothing."""
    stated = row[relation.column]
    if stated is None or not any(row[column] for column in relation.parts):
        return False
    given = [row[column] or Decimal(0) for column in relation.parts]
    room = _half(stated) + sum((_half(value) for value in given), Decimal(0)) if _half(stated) < Decimal("0.5") else 0
    computed = sum(given, Decimal(0)) if relation.kind == "sum" else given[0] - given[1]
    nearest = abs(computed - stated)
    if relation.kind == "difference":
        nearest = min(nearest, abs(computed + stated))
    return nearest <= room


def _half(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
