"""Record tables to records: the actions of a work plan, and the objective that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalise.read.dates import read_period
from normalise.read.money import budget_kind, read_money
from normalise.read.tables import Table, TableCell
from normalise.read.units import read_budget_code
from papers.doubt import Doubt
from papers.paper import Paper
from papers.readings import Money, Period, Unread

_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)]?\s*")
_NUMBERED = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Group:
    """What a record table stands under: `Objective 3: Enlarge ...`. The title is empty if the heading is lost."""

    number: str
    title: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Action:
    """One record. `cells` maps a role to its cell; a role without a column is missing there.

    `number_is_printed` is False if the number was taken from the record's place in its table.
    """

    table: Table
    group: Group
    number: int
    number_is_printed: bool
    text: str
    period: Period | None
    budget: Decimal | None
    budget_kind: str
    budget_code: str
    line: int
    cells: dict[str, TableCell] = field(default_factory=dict)


def read_work_plan(
    paper: Paper, tables: Sequence[Table]
) -> tuple[tuple[Action, ...], dict[int, Group], tuple[Doubt, ...]]:
    """Read the actions of all record tables, in order.

    Returns the actions, the group of each record table by its number, and the doubts: a lost heading, a number that
    had to be taken from the place of a row, a date or an amount that could not be read.
    """
    records = [table for table in tables if table.profile]
    groups, doubts = _groups(paper, records)
    actions: list[Action] = []
    for table in records:
        found, more = _actions(table, groups[table.number], actions)
        actions.extend(found)
        doubts.extend(more)
    return tuple(actions), groups, tuple(doubts)


def _groups(paper: Paper, tables: Sequence[Table]) -> tuple[dict[int, Group], list[Doubt]]:
    groups: dict[int, Group] = {}
    doubts: list[Doubt] = []
    last, done = 0, 0
    for position, table in enumerate(tables):
        assert table.profile is not None
        pattern = table.profile.group_pattern
        headings = [
            (at, match)
            for at in range(done, table.start)
            if paper.lines[at].kind == "heading" and (match := pattern.match(paper.lines[at].text))
        ]
        if headings:
            at, match = headings[-1]
            group = Group(match["number"], " ".join((match["title"] or "").split()), at)
        elif position and _same_group(paper, tables[position - 1], table, last, pattern):
            group = groups[tables[position - 1].number]
        else:
            group = Group(str(last + 1), "", None)
            why = f"no heading was found for this table; it is counted as number {last + 1} from its place"
            doubts.append(Doubt("lost-heading", table.start, None, why, "look at the source for the title", "medium"))
        groups[table.number] = group
        last, done = int(group.number), table.end
    return groups, doubts


def _same_group(paper: Paper, earlier: Table, table: Table, last: int, pattern: re.Pattern[str]) -> bool:
    """A table without a heading goes on with the group before it if its numbers do, or if the next heading leaves no
    number free for it.
    """
    for line in paper.lines[table.end :]:
        if line.kind == "heading" and (match := pattern.match(line.text)):
            if int(match["number"]) == last + 1:
                return True
            break
    numbers = [n for n in (_printed(row)[0] for row in _rows(table)) if n is not None]
    before = [n for n in (_printed(row)[0] for row in _rows(earlier)) if n is not None]
    between = paper.lines[earlier.end : table.start]
    return bool(numbers and before and numbers[0] == before[-1] + 1 and all(line.kind == "blank" for line in between))


def _rows(table: Table) -> Iterator[dict[str, TableCell]]:
    for line, row_type in zip(range(table.start, table.end), table.row_types, strict=True):
        if row_type == "item":
            row = table.row(line)
            yield {role: row[column] for role, column in table.roles.items() if column < len(row)}


def _printed(row: dict[str, TableCell]) -> tuple[int | None, str]:
    """The number that is printed for a row, and the action's text without it."""
    text = row["action"].cell.text.strip()
    if "number" in row and (match := _NUMBER.fullmatch(row["number"].cell.text)):
        return int(match[1]), text
    if match := _NUMBERED.match(text):
        return int(match[1]), text[match.end() :]
    return None, text


def _actions(table: Table, group: Group, earlier: Sequence[Action]) -> tuple[list[Action], list[Doubt]]:
    actions: list[Action] = []
    doubts: list[Doubt] = []
    same = [action.number for action in earlier if action.group == group]
    last = same[-1] if same else 0
    code = read_budget_code(table.header[table.roles["budget"]]) or ""
    for row in _rows(table):
        printed, text = _printed(row)
        number = printed if printed is not None and printed > last else last + 1
        budget_cell, deadline_cell = row.get("budget"), row.get("deadline")
        budget = read_money(budget_cell.cell.text, table.units[table.roles["budget"]]) if budget_cell else None
        period = read_period(deadline_cell.cell.text) if deadline_cell else None
        line = row["action"].line
        if printed is None:
            why = f"the number of this row is lost in the source; it is counted as {number} from its place"
            doubts.append(Doubt("lost-number", line, None, why, severity="low"))
        elif number != printed:
            why = f"the row is numbered {printed} after {last}; it is counted as {number} from its place"
            doubts.append(Doubt("number-out-of-order", line, None, why, severity="medium"))
        if budget_cell and isinstance(budget, Unread) and any(c.isdigit() for c in budget_cell.cell.text):
            doubts.append(Doubt("unread-amount", line, budget_cell.index, budget.why, "rule what amount it is", "high"))
        if budget_cell and isinstance(budget, Money) and budget_cell.cell.text.strip().endswith("."):
            why = f"the stray full stop in {budget_cell.cell.text.strip()!r} is not read"
            doubts.append(Doubt("stray-full-stop", line, None, why, severity="low"))
        if deadline_cell and isinstance(period, Unread) and any(c.isdigit() for c in deadline_cell.cell.text):
            doubts.append(Doubt("unread-date", line, None, period.why, "rule what it reads", "low"))
        last = number
        actions.append(
            Action(
                table, group, number, printed is not None, text,
                period if isinstance(period, Period) else None,
                budget.value if isinstance(budget, Money) else None,
                budget_kind(budget_cell.cell.text, table.units[table.roles["budget"]]) if budget_cell else "blank",
                code, line, row,
            )
        )  # fmt: skip
    return actions, doubts
