"""Drafts a profile for a family of tables, as a file for a person to edit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from normalise.read.families import Family, SeenColumn
from normalise.read.profiles import RECORD, fold, profiles

_SOLE = {"period": "deadline", "money": "budget"}
"""The role of the only column of a type: by these names `work_plan.csv` knows it, and totals are checked."""
_LONGEST_HEADER = 40
"""A longer text is not taken for a header when papers are read."""
_EXAMPLE = 60
_MOST_REQUIRED = 3
_MANY_WORDS = 3


@dataclass(frozen=True, slots=True)
class DraftColumn:
    """A column of the draft: its role, its type, the headers that mean it, and where those were seen."""

    role: str
    kind: str
    headers: tuple[str, ...]
    seen: SeenColumn


def draft_columns(family: Family) -> list[DraftColumn]:
    """Give every column with a header a role: that of a profile of the program if name and type agree, else its name.

    The record itself is the first column of several words. Two columns never claim one header.
    """
    record = _record(family)
    taken: set[str] = set()
    roles = {RECORD}
    columns = []
    for seen in family.columns:
        headers = [text for text, _ in seen.headers.most_common() if 0 < len(fold(text)) <= _LONGEST_HEADER]
        own = [text for at, text in enumerate(headers) if fold(text) not in taken | set(map(fold, headers[:at]))]
        if not own:
            continue
        taken |= set(map(fold, own))
        kind = "text" if seen is record else seen.kind
        role = RECORD if seen is record else _free(_role(own[0], kind), roles)
        roles.add(role)
        columns.append(DraftColumn(role, kind, tuple(own), seen))
    for kind, role in _SOLE.items():
        alike = [at for at, column in enumerate(columns) if column.kind == kind]
        if len(alike) == 1 and role not in roles:
            columns[alike[0]] = replace(columns[alike[0]], role=role)
    return columns


def _record(family: Family) -> SeenColumn | None:
    """The column that says what a record is about: the first one of several words, else that with the most."""
    named = [column for column in family.columns if any(len(name) <= _LONGEST_HEADER for name in column.names)]
    wordy = [column for column in named if column.kind == "text" and column.words >= _MANY_WORDS]
    return next(iter(wordy), max(named, key=lambda column: column.words, default=None))


def _role(header: str, kind: str) -> str:
    for profile in profiles():
        role = profile.headers.get(fold(header))
        if role and role != RECORD and profile.columns[role] == kind:
            return role
    return re.sub(r"[^a-z0-9]+", "_", fold(header)).strip("_") or "column"


def _free(role: str, taken: set[str]) -> str:
    """The role itself, or with a number if another column has it."""
    names = (role, *(f"{role}_{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def profile_toml(name: str, family: Family, columns: Sequence[DraftColumn], notes: Sequence[str]) -> str:
    """The file of a profile, with notes at its head and what was seen as comments."""
    return "\n".join(_lines(name, family, columns, notes)) + "\n"


def _lines(name: str, family: Family, columns: Sequence[DraftColumn], notes: Sequence[str]) -> Iterator[str]:
    yield from (_comment(note) for note in notes)
    yield ""
    yield "# A name of one word, and a title for people."
    yield f"name = {_quoted(name)}"
    yield f"title = {_quoted(name.replace('_', ' ').capitalize())}"
    yield "# A table is of this family if its header has all of these columns. Take out what some tables lack; the"
    yield f"# column {RECORD!r} has to stay: it says what a record is about."
    always = [column.role for column in columns if column.seen.tables == family.tables]
    required = [RECORD, *(role for role in always if role not in (RECORD, "number"))]
    yield f"required = {_list(required[:_MOST_REQUIRED])}"
    yield ""
    yield "[group]"
    yield "# Words before the number in a heading that opens a part (`Objective 3: ...`)."
    yield f"words = {_list(word for word, _ in family.groups.most_common())}"
    yield "# Labels of paragraphs that stand around a table and are never a row of it (`Equalities impact: ...`)."
    yield f"labels = {_list(label for label, count in family.labels.most_common() if count > 1)}"
    once = [label for label, count in family.labels.most_common() if count == 1]
    if once:
        yield _comment(f"Seen once, and left out: {', '.join(once)}")
    yield ""
    yield "[total]"
    yield "# Labels that make a row a total."
    totals = {fold(label): label for label in (*family.totals, "Total")}
    yield f"words = {_list(totals.values())}"
    for column in columns:
        yield from _column(column, family)
    unnamed = [column for column in family.columns if all(column is not known.seen for known in columns)]
    for seen in unnamed:
        headers = ", ".join(repr(header) for header in seen.headers) or "no header"
        yield ""
        yield _comment(f"Left out: a column with {headers}, in {seen.tables} tables (no header that can be told).")


def _column(column: DraftColumn, family: Family) -> Iterator[str]:
    seen = column.seen
    yield ""
    yield f"[columns.{column.role}]"
    counts = ", ".join(f"{header!r} {count}" for header, count in seen.headers.most_common())
    yield _comment(f"In {seen.tables} of {family.tables} tables: {counts}")
    example = next((text for text in seen.texts if text), "")
    if example:
        yield _comment(f"As in: {' '.join(example.split())[:_EXAMPLE]}")
    yield f"type = {_quoted(column.kind)}  # text, number, period or money"
    yield f"headers = {_list(column.headers)}"


def _comment(text: str) -> str:
    return "# " + "".join(char if char.isprintable() else " " for char in text)


def _quoted(text: str) -> str:
    """A text as TOML writes it; apart from U+007F, that is how JSON does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
