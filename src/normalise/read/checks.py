"""One total held against its parts, and what a person is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalise.read.cells import TableCell
from normalise.read.tables import Table
from papers.doubt import Doubt

Status = Literal["agrees", "rounding", "differs", "no_total", "cannot_check"]


@dataclass(frozen=True, slots=True)
class Check:
    """One total held against its parts, in base units. `line` and `cell` (from 0) are where the total is printed.

    `stated` is None if no total is printed or it can't be read; `computed` is None if, besides, no part holds an
    amount. `across` says that the parts stand beside the total, and not in its column; `unread` that one can't be read.
    `parts` are the figures that were added up.
    """

    table: Table
    row_label: str
    column_label: str
    stated: Decimal | None
    computed: Decimal | None
    status: Status
    line: int
    cell: int | None
    across: bool = False
    unread: bool = True
    parts: tuple[TableCell, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """Stated less computed."""
        return None if self.stated is None or self.computed is None else self.stated - self.computed


def check_doubts(checks: Sequence[Check]) -> tuple[Doubt, ...]:
    """What a person should look at: totals that differ, or that could not be checked."""
    doubts = []
    for check in checks:
        if check.status == "differs":
            parts = "the figures beside it" if check.across else "its rows"
            why = f"the total says {check.stated:,}, {parts} add up to {check.computed:,}"
            doubts.append(Doubt("total", check.line, check.cell, why, "compare with the source", "high"))
        elif check.status == "cannot_check" and check.unread:
            why = "an amount here could not be read, so the total could not be checked"
            doubts.append(Doubt("total", check.line, check.cell, why, "compare with the source", "high"))
        elif check.status == "cannot_check":
            why = "nothing was found that this total is the sum of, so it could not be checked"
            doubts.append(Doubt("total", check.line, check.cell, why, "see what it is the total of", "low"))
    return tuple(doubts)
