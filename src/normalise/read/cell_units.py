"""The unit of a figure that prints none: from its row, its column, its neighbours, its table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalise.read.header import Path
from normalise.read.shapes import Shape
from normalise.read.slots import Row
from normalise.read.units import Unit, printed_currencies, read_unit

# `Dedicated security posts` may be a grant; `Number of posts` and `Posts (FTE)` are none.
_POSTS = re.compile(r"\bposts\b", re.I)
_OUTRIGHT = re.compile(r"\b(?:nos?|numbers?|f\.?t\.?es?|w\.?t\.?es?|equivalents?|head ?count)\b|[£€$]", re.I)


def row_unit(path: Path) -> Unit | None:
    """The unit that the labels of a row state, the innermost first."""
    return next((unit for label in reversed(path) if (unit := read_unit(label))), None)


def is_vague(path: Path) -> bool:
    """Whether a row seems to count posts, and yet its label may name money that is paid for them."""
    return any(_POSTS.search(label) and not _OUTRIGHT.search(label) for label in path)


def cell_unit(
    row: Unit | None, column: Unit | None, signs: Unit | None, table: Unit | None, vague: bool = False
) -> Unit | None:
    """The unit of a cell that prints none: a column of percentages, then its row, its column, its table.

    A `vague` row (`is_vague`) does not count anything under a heading that states a unit of money.
    """
    if column and (column.kind == "%" or (vague and column.kind == "currency")):
        return column
    if signs and signs.kind == "currency" and table:
        return row or column or table
    return row or column or signs or table


def printed_units(body: Sequence[Row], stated: Sequence[Unit | None]) -> list[Unit | None]:
    """The unit that the figures of a column print themselves, where the header states none.

    Money, if one of them has a sign of it (the first and the total often do, the rest not), and none that of another
    currency; percentages, if all but one have their sign.
    """
    money: list[set[str]] = [set() for _ in stated]
    percents, bare = ([0] * len(stated) for _ in range(2))
    for row in body:
        for slot in row:
            if slot.shape is Shape.FIGURE:
                if currencies := printed_currencies(slot.text):
                    money[slot.column] |= currencies
                else:
                    sign = percents if "%" in slot.text else bare
                    sign[slot.column] += 1
    found: list[Unit | None] = []
    for column, unit in enumerate(stated):
        if unit is None and percents[column] > 1 and not money[column] and bare[column] <= 1:
            found.append(Unit("%"))
        elif unit is None and len(money[column]) == 1 and not percents[column]:
            found.append(Unit("currency", currency=next(iter(money[column]))))
        else:
            found.append(None)
    return found
