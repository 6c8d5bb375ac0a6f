"""What differs between two runs, for a person: a summary, and every value that changed; or a table of them."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.texts import near, shortened
from publish.comparison import Difference, PaperDifference
from publish.pairing import RowChange
from publish.schema import TABLES

HEADER = ("paper_id", "table", "change", "place", "row", "column", "before", "after", "rules")
_KINDS = ("added", "gone", "changed", "renumbered")
_LONGEST = 200

_NAMES: Mapping[str, tuple[str, ...]] = {
    "recommendations": ("group", "number"),
    "tables": ("table_id",),
    "figures": ("row_label", "column_label"),
    "work_plan": ("objective_number", "action_number"),
    "checks": ("label",),
    "repairs": ("rule",),
    "review": ("rule",),
}
"""What a row is called in each table, for a person."""
_SAYS: Mapping[str, tuple[str, ...]] = {
    "papers": ("status", "title"),
    "sections": ("heading", "text"),
    "recommendations": ("text",),
    "links": ("label", "title"),
    "tables": ("table_caption",),
    "cells": ("text",),
    "figures": ("raw", "value", "unit"),
    "work_plan": ("action", "deadline", "budget"),
    "checks": ("stated", "computed", "status"),
    "repairs": ("before", "after"),
    "review": ("severity", "why"),
}
"""What a row says in each table, if it is told as a whole."""


class Tally:
    """Counts what differs, while one paper after the other is compared."""

    def __init__(self) -> None:
        self.papers = Counter[str]()
        self._rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._columns: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._came = Counter[str]()
        self._went = Counter[str]()
        self._values = Counter[str]()
        self._files: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def add(self, paper: PaperDifference) -> None:
        """Count the differences of one paper. The rows of a paper that is added or gone are not counted one by one."""
        kind = paper.kind
        self.papers[kind] += 1
        if kind != "changed":
            self._files[kind].setdefault(paper.sha256, paper.paper_id)
            return
        self._came.update(paper.came)
        self._went.update(paper.went)
        for difference in paper.differences:
            change = difference.change
            self._rows[change.table][change.kind] += 1
            self._values.update(difference.rules)
            if change.kind == "changed":
                self._columns[change.table].update(change.columns)

    def lines(self) -> Iterator[str]:
        """The summary: papers, then tables, then rules."""
        if not self.papers:
            yield "all papers are the same"
            return
        told = ", ".join(f"{self.papers[kind]:,} {kind}" for kind in ("changed", "added", "gone"))
        yield f"papers: {told}"
        for what in ("status", "source_sha256"):
            if count := self._columns["papers"][what]:
                yield f"  {count:,} of them with another {'status' if what == 'status' else 'file'}"
        for sha256, old in self._files["gone"].items():
            if sha256 and sha256 in self._files["added"]:
                yield f"  the file of {old} is now {self._files['added'][sha256]}"
        yield from self._table_lines()
        yield from self._rule_lines()

    def _table_lines(self) -> Iterator[str]:
        tables = [table.name for table in TABLES if self._rows[table.name]]
        rows = [(table, *(f"{self._rows[table][kind]:,}" for kind in _KINDS)) for table in tables]
        columns = [", ".join(f"{n} {count:,}" for n, count in self._columns[table].most_common()) for table in tables]
        if tables:
            told = zip(_aligned([("table", *_KINDS), *rows]), ["", "columns changed", *columns], strict=True)
            yield from (f"{line}  {more}".rstrip() for line, more in told)

    def _rule_lines(self) -> Iterator[str]:
        rules = sorted({*self._came, *self._went, *self._values})
        counts = ((rule, self._came[rule], self._went[rule], self._values[rule]) for rule in rules)
        rows = [("rule", "repairs that came", "went", "rows concerned")]
        yield from _aligned([*rows, *((rule, *(f"{count:,}" for count in told)) for rule, *told in counts)])


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table for the terminal, an empty line before it; nothing if there is only its header."""
    if len(rows) < 2:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield ""
    for first, *others in rows:
        cells = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()


def detail(paper: PaperDifference) -> Iterator[str]:
    """Every row of a paper that is added, gone or changed, one line a value; what is only renumbered is left out."""
    if paper.kind != "changed":
        yield f"{paper.paper_id}: {paper.kind}"
        return
    told = [difference for difference in paper.differences if difference.change.kind != "renumbered"]
    for number, difference in enumerate(told):
        if number == 0:
            yield paper.paper_id
        yield from _told(difference)


def _told(difference: Difference) -> Iterator[str]:
    change = difference.change
    behind = f"  [{', '.join(difference.rules)}]" if difference.rules else ""
    place = change.record.get("place") or change.record.get("first_place") or ""
    head = ", ".join(part for part in (shortened(_named(change), _LONGEST), place) if part)
    kind = f": {change.kind}" if change.kind != "changed" else ""
    yield f"  {change.table} {head}{kind}{behind}".rstrip()
    if change.before is not None and change.after is not None:
        for name in change.columns:
            before, after = near(" ".join(change.before[name].split()), " ".join(change.after[name].split()))
            yield f"    {name}: {before!r} -> {after!r}"
    else:
        yield f"    {'+' if change.kind == 'added' else '-'} {shortened(_says(change), _LONGEST)}"


def csv_lines(paper: PaperDifference) -> Iterator[str]:
    """The same as lines of CSV, below `HEADER`: a value that changed, or a row that is added or gone, is a record."""
    if paper.kind != "changed":
        yield csv_line((paper.paper_id, "papers", paper.kind, *[""] * 6))
    for difference in paper.differences:
        change = difference.change
        first = (paper.paper_id, change.table, change.kind, change.record.get("place", ""), _named(change))
        rules = ";".join(difference.rules)
        if change.before is not None and change.after is not None:
            for name in change.columns:
                yield csv_line((*first, name, change.before[name], change.after[name], rules))
        else:
            texts = ["", _says(change)] if change.kind == "added" else [_says(change), ""]
            yield csv_line((*first, "", *texts, rules))


def csv_line(record: Sequence[str]) -> str:
    """One record as CSV, without its line end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(record)
    return text.getvalue()


def _named(change: RowChange) -> str:
    if change.table == "cells":
        return "{table_id} row {row} column {column}".format_map(change.record)
    return " | ".join(change.record[name] for name in _NAMES.get(change.table, ()) if change.record.get(name))


def _says(change: RowChange) -> str:
    return " | ".join(change.record[name] for name in _SAYS[change.table] if change.record.get(name))
