"""Totals proved against their rows. A sum is evidence; it is never written over a printed total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalise.read.cells import TableCell
from normalise.read.checks import Check, Status
from normalise.read.money import read_money
from normalise.read.proofs import block_checks
from normalise.read.tables import Table
from papers.readings import Unread


def check_totals(tables: Sequence[Table]) -> tuple[Check, ...]:
    """Check every total of every table.

    In a record table a total is checked down its column, over the items since the last total of its rank; one that
    agrees with all items above it is a grand total, and a table without a total row gives one check with the status
    `no_total`. In other tables every total is checked against the lines that it was found to be the total of, down and
    across. A sum with an amount that could not be read can't be checked: a doubtful amount is never counted as nothing.
    """
    checks: list[Check] = []
    for table in tables:
        if table.profile:
            checks.extend(_record_checks(table))
            continue
        for block in table.blocks:
            checks.extend(block_checks(table, block))
    return tuple(checks)


def _record_checks(table: Table) -> list[Check]:
    column = table.roles.get("budget")
    if column is None:
        return []
    totals = _totals(table)
    if not totals:
        sums = _sums(table, column, range(table.start, table.end))
        header = table.header[column]
        return [Check(table, "", header, None, sums.computed, "no_total", table.start, None, parts=sums.amounts)]
    checks = []
    for at in totals:
        row = table.row(at)
        name = next(
            (c.cell.text.strip() for c in row if table.profile and table.profile.is_total(c.cell.text)), "Total"
        )
        total = table.at(at, column)
        if total and total.kind in ("money", "number", "nil"):
            check = _check(table, name, total)
            checks.append(replace(check, computed=check.computed or Decimal(0)))
        else:
            checks.append(_unstated(table, name, column, at, total))
    return checks


def _unstated(table: Table, name: str, column: int, at: int, total: TableCell | None) -> Check:
    """A total row whose amount is not printed, or can't be read."""
    sums = _sums(table, column, _scopes(table, at)[0])
    printed = total is not None and bool(total.cell.text.strip())
    status: Status = "cannot_check" if printed else "no_total"
    index = total.index if total else None
    return Check(table, name, table.header[column], None, sums.computed, status, at, index, parts=sums.amounts)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The amounts that a total may be the sum of, and whether one among them could not be read."""

    amounts: tuple[TableCell, ...]
    unread: bool

    @property
    def values(self) -> list[Decimal]:
        return [cell.value for cell in self.amounts if cell.value is not None]

    @property
    def computed(self) -> Decimal | None:
        return sum(self.values, Decimal(0)) if self.amounts else None


def _sums(table: Table, column: int, lines: Iterable[int]) -> _Sums:
    cells = [cell for at in lines if _type(table, at) == "item" and (cell := table.at(at, column))]
    amounts = tuple(c for c in cells if c.value is not None and c.kind != "percent")
    return _Sums(amounts, any(_is_unread_amount(c, table) for c in cells))


def _is_unread_amount(cell: TableCell, table: Table) -> bool:
    text = cell.cell.text
    if cell.kind != "text" or not any(c.isdigit() for c in text):
        return False
    unit = table.units[cell.column - 1]
    return isinstance(read_money(text, unit), Unread)


def _type(table: Table, at: int) -> str:
    return table.row_types[at - table.start]


def _totals(table: Table) -> list[int]:
    return [at for at in range(table.start, table.end) if _type(table, at) in ("total", "subtotal")]


def _scopes(table: Table, at: int) -> list[range]:
    """The lines that a total may stand for, the likeliest first: its own part of the table, all that is above it.

    The only total of a record table stands for all of its rows, also those that a page printed below it.
    """
    kind = _type(table, at)
    if table.profile and kind == "total" and sum(each == "total" for each in table.row_types) == 1:
        return [range(table.start, table.end)]
    ends = ("total",) if kind == "total" else ("total", "subtotal", "section")
    since = next((line for line in range(at - 1, table.start - 1, -1) if _type(table, line) in ends), table.start - 1)
    own, above = range(since + 1, at), range(table.start, at)
    return [own] if kind == "subtotal" or own == above else [own, above]


def _check(table: Table, name: str, total: TableCell) -> Check:
    """Hold a total against the first of its scopes that it agrees with, or else the likeliest that holds an amount."""
    stated = total.value or Decimal(0)  # a printed dash states nought
    best: tuple[_Sums | None, Status] = (None, "differs")
    for lines in _scopes(table, total.line):
        sums = _sums(table, total.column - 1, lines)
        steps = [total.step, *(cell.step for cell in sums.amounts)]
        status: Status = "cannot_check" if sums.unread else judge(stated, sums.values, steps)
        if best[0] is None or best[0].computed is None or status in ("agrees", "rounding"):
            best = sums, status
        if status in ("agrees", "rounding"):
            break
    computed, parts = (best[0].computed, best[0].amounts) if best[0] else (None, ())
    header = table.header[total.column - 1]
    return Check(table, name, header, stated, computed, best[1], total.line, total.index, parts=parts)


def judge(stated: Decimal, amounts: Sequence[Decimal], steps: Sequence[Decimal] = ()) -> Status:
    """Hold a printed total against the printed amounts.

    `steps` say what the last printed place of the total and of each amount is worth. `rounding` is a difference of at
    most half of each, where all of them are rounded: among whole pounds and counts, whose step is 1, a `£0.5m` is as
    exact as they are.

    >>> judge(Decimal("13000"), [Decimal("3000"), Decimal("10000")])
    'agrees'
    >>> judge(Decimal("14000"), [Decimal("3000"), Decimal("10000")], [Decimal(1000)] * 3)
    'rounding'
    """
    difference = abs(stated - sum(amounts, Decimal(0)))
    if difference == 0:
        return "agrees"
    allowance = Decimal(0) if 1 in steps else sum(steps, Decimal(0)) / 2
    return "rounding" if difference <= allowance else "differs"
