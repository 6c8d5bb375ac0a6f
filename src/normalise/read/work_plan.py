"""Record tables to records: the actions of a work plan, and the objective that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalise.read.cells import TableCell
from normalise.read.dates import is_whole_deadline, lacks_beginning, read_period
from normalise.read.money import budget_kind, read_money
from normalise.read.profiles import RECORD
from normalise.read.tables import Table
from normalise.read.units import read_budget_code
from papers.doubt import Doubt
from papers.paper import Paper
from papers.readings import Money, Period, Unread

_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)]?\s*")
HEADLESS = 3
"""Of how many deadlines of a table one may begin as if it had lost its first word, and still be doubted."""
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
    numbered = any(_printed(row)[0] is not None for table in records for row in _rows(table))
    actions: list[Action] = []
    last: dict[Group, int] = {}
    for table in records:
        group = groups[table.number]
        found, more = _actions(table, group, last.get(group, 0), numbered)
        last[group] = found[-1].number if found else last.get(group, 0)
        actions.extend(found)
        doubts.extend((*more, *_stops(table)))
    return tuple(actions), groups, tuple(doubts)


def _groups(paper: Paper, tables: Sequence[Table]) -> tuple[dict[int, Group], list[Doubt]]:
    groups: dict[int, Group] = {}
    doubts: list[Doubt] = []
    last, done = 0, 0
    headings = list(_headings(paper, tables))
    for position, table in enumerate(tables):
        above = done
        while done < len(headings) and (headings[done].line or 0) < table.start:
            done += 1
        after = headings[done] if done < len(headings) else None
        if done > above:
            group = headings[done - 1]
        elif position and _same_group(paper, tables[position - 1], table, last, after):
            group = groups[tables[position - 1].number]
        else:
            group = Group(str(last + 1), "", None)
            if paper.source.media_type == "text/plain" or headings:  # a page without any has lost none
                why = f"no heading was found for this table; it is counted as number {last + 1} from its place"
                found = Doubt("lost-heading", table.start, None, why, "look at the source for the title", "medium")
                doubts.append(found)
        groups[table.number] = group
        last = int(group.number)
    return groups, doubts


def _headings(paper: Paper, tables: Sequence[Table]) -> Iterator[Group]:
    """Every heading that opens a group, by the profile of the first record table."""
    profile = next((table.profile for table in tables if table.profile), None)
    for at, line in enumerate(paper.lines):
        if profile and line.kind == "heading" and (match := profile.group_pattern.match(line.text)):
            yield Group(match["number"], " ".join((match["title"] or "").split()), at)


def _same_group(paper: Paper, earlier: Table, table: Table, last: int, after: Group | None) -> bool:
    """Whether a table without a heading goes on with the group of the table before.

    It does if its numbers do, or if the heading `after` it leaves no number free for it.
    """
    if after and int(after.number) == last + 1:
        return True
    numbers = [n for n in (_printed(row)[0] for row in _rows(table)) if n is not None]
    before = [n for n in (_printed(row)[0] for row in _rows(earlier)) if n is not None]
    between = paper.lines[earlier.end : table.start]
    return bool(numbers and before and numbers[0] == before[-1] + 1 and all(line.kind == "blank" for line in between))


def _stops(table: Table) -> Iterator[Doubt]:
    """Amounts with a stray full stop behind them: read, and worth knowing."""
    for cell in table.cells:
        text = cell.cell.text.strip()
        if cell.kind == "money" and text.endswith("."):
            why = f"the stray full stop in {text!r} is not read"
            yield Doubt("stray-full-stop", cell.line, cell.index, why, severity="low")


def _rows(table: Table) -> Iterator[dict[str, TableCell]]:
    for line, row_type in zip(range(table.start, table.end), table.row_types, strict=True):
        if row_type == "item" and table.at(line, table.roles[RECORD]):
            yield {role: cell for role, column in table.roles.items() if (cell := _cell(table, line, role, column))}


def _cell(table: Table, line: int, role: str, column: int) -> TableCell | None:
    """The cell of a row for a role. A deadline may span several actions; an amount counts once."""
    is_amount = table.profile is not None and table.profile.columns[role] == "money"
    return table.at(line, column) if is_amount else table.covering(line, column)


def _short_rows(table: Table) -> Iterator[int]:
    """Rows that hold something, but end before the column of the actions."""
    for line, row_type in zip(range(table.start, table.end), table.row_types, strict=True):
        lost = row_type == "item" and table.at(line, table.roles[RECORD]) is None
        if lost and any(cell.cell.text.strip() for cell in table.row(line)):
            yield line


def _short_row(line: int) -> Doubt:
    why = "this row ends before the column of the actions, so it is not counted as one"
    return Doubt("short-row", line, None, why, "compare with the source", "medium")


def _printed(row: dict[str, TableCell]) -> tuple[int | None, str]:
    """The number that is printed for a row, and the action's text without it."""
    text = row[RECORD].cell.text.strip()
    if "number" in row and (match := _NUMBER.fullmatch(row["number"].cell.text)):
        return int(match[1]), text
    if match := _NUMBERED.match(text):
        return int(match[1]), text[match.end() :]
    return None, text


def _lack_beginnings(table: Table) -> bool:
    """Whether deadlines of this table are usually written as if their first word were lost."""
    texts = [row["deadline"].cell.text for row in _rows(table) if "deadline" in row]
    return HEADLESS * sum(map(lacks_beginning, texts)) > len(texts)


def _actions(table: Table, group: Group, last: int, numbered: bool) -> tuple[list[Action], list[Doubt]]:
    """The records of one table, numbered on from `last`; a plan that numbers none has lost no number."""
    actions: list[Action] = []
    doubts = [_short_row(line) for line in _short_rows(table)]
    column = table.roles.get("budget")
    unit = table.units[column] if column is not None else None
    code = read_budget_code(table.header[column]) if column is not None else None
    usual = _lack_beginnings(table)
    for row in _rows(table):
        printed, text = _printed(row)
        number = printed if printed is not None and printed > last else last + 1
        budget_cell, deadline_cell = row.get("budget"), row.get("deadline")
        budget = read_money(budget_cell.cell.text, unit) if budget_cell else None
        period = read_period(deadline_cell.cell.text) if deadline_cell else None
        line = row[RECORD].line
        if printed is None and numbered:
            why = f"the number of this row is lost in the source; it is counted as {number} from its place"
            doubts.append(Doubt("lost-number", line, None, why, severity="low"))
        elif printed is not None and number != printed:
            why = f"the row is numbered {printed} after {last}; it is counted as {number} from its place"
            doubts.append(Doubt("number-out-of-order", line, None, why, severity="medium"))
        if not text:
            why = "this row has no action; it may go on with the row above"
            doubts.append(Doubt("lost-action", line, row[RECORD].index, why, "compare with the source", "medium"))
        if budget_cell and isinstance(budget, Unread) and any(c.isdigit() for c in budget_cell.cell.text):
            doubts.append(Doubt("unread-amount", line, budget_cell.index, budget.why, "rule what amount it is", "high"))
        if deadline_cell and isinstance(period, Unread) and not is_whole_deadline(deadline_cell.cell.text):
            doubts.append(Doubt("unread-date", line, deadline_cell.index, period.why, "rule what it reads", "medium"))
        elif deadline_cell and not usual and lacks_beginning(deadline_cell.cell.text):
            why = "its first word may be lost: no other deadline begins so"
            doubts.append(Doubt("headless-date", line, deadline_cell.index, why, "compare with the source", "medium"))
        last = number
        actions.append(
            Action(
                table, group, number, printed is not None, text,
                period if isinstance(period, Period) else None,
                budget.value if isinstance(budget, Money) else None,
                budget_kind(budget_cell.cell.text, unit) if budget_cell else "blank",
                code or "", line, row,
            )
        )  # fmt: skip
    return actions, doubts
