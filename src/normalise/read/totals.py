"""Totals proved against their rows. A sum is evidence; it is never written over a printed total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from normalise.read.money import read_money
from normalise.read.tables import Table, TableCell
from papers.readings import Unread

Status = Literal["agrees", "rounding", "differs", "no_total", "cannot_check"]


@dataclass(frozen=True, slots=True)
class Check:
    """One total held against its rows, in base units. `line` and `cell` (from 0) are where the total is printed.

    `computed` is None if no row holds an amount; `stated` is None if no total is printed or it can't be read.
    """

    table: Table
    row_label: str
    column_label: str
    stated: Decimal | None
    computed: Decimal | None
    status: Status
    line: int
    cell: int | None

    @property
    def difference(self) -> Decimal | None:
        """Stated less computed."""
        return None if self.stated is None or self.computed is None else self.stated - self.computed


def check_totals(tables: Sequence[Table]) -> tuple[Check, ...]:
    """Check every total of every table: down its column, over the items since the last total of the same rank.

    A record table without a total row gives one check with the status `no_total`. A column with an amount that could
    not be read can't be checked: a doubtful amount is never counted as nothing.
    """
    checks: list[Check] = []
    for table in tables:
        checks.extend(_record_checks(table) if table.profile else _plain_checks(table))
    return tuple(checks)


def _record_checks(table: Table) -> list[Check]:
    column = table.roles["budget"]
    label = table.header[column]
    items = [c for c in table.cells if c.index == column and c.row_type == "item"]
    totals = [at for at, kind in zip(range(table.start, table.end), table.row_types, strict=True) if kind == "total"]
    amounts = [c.value for c in items if c.value is not None]
    computed = sum(amounts, Decimal(0)) if amounts else None
    unread = any(_is_unread_amount(c, table) for c in items)
    if not totals:
        return [Check(table, "", label, None, computed, "no_total", table.start, None)]
    row = table.row(totals[-1])
    name = next((c.cell.text.strip() for c in row if table.profile and table.profile.is_total(c.cell.text)), "Total")
    total = next((c for c in row if c.index == column), None)
    stated = total.value if total else None
    where = total.index if total else None
    if stated is None:
        printed = bool(total and total.cell.text.strip())
        return [Check(table, name, label, None, computed, "cannot_check" if printed else "no_total", totals[-1], where)]
    if unread:
        return [Check(table, name, label, stated, computed, "cannot_check", totals[-1], where)]
    return [Check(table, name, label, stated, computed or Decimal(0), judge(stated, amounts), totals[-1], where)]


def _is_unread_amount(cell: TableCell, table: Table) -> bool:
    text = cell.cell.text
    return any(c.isdigit() for c in text) and isinstance(read_money(text, table.units[cell.index]), Unread)


def _plain_checks(table: Table) -> list[Check]:
    checks = []
    rows = list(zip(range(table.start, table.end), table.row_types, strict=True))
    for position, (at, kind) in enumerate(rows):
        if kind not in ("total", "subtotal"):
            continue
        since = max(
            (p for p, (_, k) in enumerate(rows[:position]) if k == kind or (kind == "subtotal" and k == "section")),
            default=-1,
        )
        lines = {line for line, k in rows[since + 1 : position] if k == "item"}
        name = next((c.cell.text.strip() for c in table.row(at) if c.cell.text.strip()), "")
        for total in table.row(at):
            if total.value is None or total.kind == "percent":
                continue
            amounts = [
                c.value for c in table.cells if c.index == total.index and c.line in lines and c.value is not None
            ]
            if not amounts:
                continue
            computed = sum(amounts, Decimal(0))
            status = judge(total.value, amounts)
            checks.append(Check(table, name, table.header[total.index], total.value, computed, status, at, total.index))
    return checks


def judge(stated: Decimal, amounts: Sequence[Decimal]) -> Status:
    """Hold a printed total against the printed amounts.

    `rounding` is a difference of at most half a unit of the last printed place for each amount and for the total; whole
    pounds and counts have no such allowance.

    >>> judge(Decimal("13000"), [Decimal("3000"), Decimal("10000")])
    'agrees'
    """
    difference = abs(stated - sum(amounts, Decimal(0)))
    if difference == 0:
        return "agrees"
    places = min(_exponent(value) for value in (stated, *amounts))
    if places == 0:
        return "differs"
    allowance = Decimal(10) ** places / 2 * (len(amounts) + 1)
    return "rounding" if difference <= allowance else "differs"


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
