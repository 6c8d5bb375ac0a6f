"""Two runs compared: paper after paper, with the rules that are behind every change."""

from __future__ import annotations

import filecmp
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from publish.csv_files import fields_of_any_length, read_names, read_records
from publish.errors import PublishError
from publish.pairing import Kind, Record, RowChange, changes, key_columns
from publish.schema import TABLES

_PAPERS = "papers"
_REPAIRS = "repairs"
_NEEDED: Mapping[str, tuple[str, ...]] = {_PAPERS: ("source_sha256",), _REPAIRS: ("before", "after")}
_PAGE = re.compile(r"page (\d+) \(-?\d+,(-?\d+)\)-.*")
_ROW = re.compile(r"(.*/tr\[\d+\])/.*")


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not the same, and the rules whose repairs came or went where it is printed, or in its text."""

    change: RowChange
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperDifference:
    """All that is not the same in one paper. `came` and `went` count its repairs that are new or gone, by rule.

    Of a paper that is `added` or `gone` there are no differences: nothing of it is in the other run. `sha256` is that
    of its file.
    """

    paper_id: str
    kind: Kind
    sha256: str
    differences: tuple[Difference, ...]
    came: Mapping[str, int]
    went: Mapping[str, int]


def compare(old: Path, new: Path, tables: Sequence[str], papers: Sequence[str] = ()) -> Iterator[PaperDifference]:
    """Compare the tables of two output folders, one paper at a time; a paper without a difference is left out.

    Of each folder one paper is held in memory, besides the names of all. Columns that only one of the runs has are left
    out.

    Args:
        old: the folder of the earlier run.
        new: the folder of the later run.
        tables: the names of the tables to compare.
        papers: the paper_ids to compare; all if there are none.

    Raises:
        PublishError: a folder is none of results, or the papers of the two stand in different orders.
    """
    wanted = frozenset(papers)
    with fields_of_any_length():
        named = [table.name for table in TABLES if table.name in {*tables, _PAPERS, _REPAIRS}]
        pairs = [_Pair(old, new, name) for name in named if _differs(old, new, name)]
        for paper_id in _order(old, new):
            rows = [(pair.name, *pair.take(paper_id)) for pair in pairs]
            if not wanted or paper_id in wanted:
                found = [change for row in rows for change in changes(*row)]
                difference = _explained(paper_id, found, frozenset(tables))
                if difference.differences or difference.kind != "changed":
                    yield difference
        for pair in pairs:
            pair.finish()


def _order(old: Path, new: Path) -> Iterator[str]:
    """The papers of both folders; those that only one of them has stand where they stand in it."""
    before, after = ([record["paper_id"] for record in _papers(folder)] for folder in (old, new))
    in_both = set(before) & set(after)
    if [each for each in before if each in in_both] != [each for each in after if each in in_both]:
        raise PublishError(f"{new}: its papers stand in another order than those of {old}; give both runs one order")
    rest = iter(after)
    for paper_id in before:
        if paper_id in in_both:
            for other in rest:
                yield other
                if other == paper_id:
                    break
        else:
            yield paper_id
    yield from rest


def _papers(folder: Path) -> Iterator[Record]:
    path = folder / f"{_PAPERS}.csv"
    if not path.is_file():
        raise PublishError(f"{folder}: this is no folder of results, it has no papers.csv; name one that extract wrote")
    _checked_names(path, _PAPERS)
    return read_records(path)


def unshared(old: Path, new: Path) -> Iterator[str]:
    """Say which tables and columns only one of two folders has, one line each: they can't be compared."""
    for table in TABLES:
        paths = [folder / f"{table.name}.csv" for folder in (old, new)]
        there = [path for path in paths if path.is_file()]
        if len(there) == 1:
            yield f"the table {table.name} is in {there[0].parent} only"
        elif there:
            before, after = map(read_names, paths)
            yield from (f"the column {table.name}.{name} is in {old} only" for name in before if name not in after)
            yield from (f"the column {table.name}.{name} is in {new} only" for name in after if name not in before)


def _differs(old: Path, new: Path, name: str) -> bool:
    """Whether a table is in both folders, and not the same byte for byte."""
    before, after = (folder / f"{name}.csv" for folder in (old, new))
    return before.is_file() and after.is_file() and not filecmp.cmp(before, after, shallow=False)


class _Pair:
    """One table in two folders, read side by side, paper after paper."""

    def __init__(self, old: Path, new: Path, name: str) -> None:
        self.name = name
        paths = [folder / f"{name}.csv" for folder in (old, new)]
        before, after = map(_checked_names, paths, (name, name))
        shared = [column for column in after if column in before]
        self._sides = [_Groups(path, shared) for path in paths]

    def take(self, paper_id: str) -> tuple[list[Record], list[Record]]:
        """The rows of a paper in both, in the columns that both have. Papers are asked for in their order."""
        old, new = (side.take(paper_id) for side in self._sides)
        return old, new

    def finish(self) -> None:
        """See that all rows were taken, else raise PublishError."""
        for side in self._sides:
            side.finish()


def _checked_names(path: Path, name: str) -> list[str]:
    """The names of a table's columns, if all are there without which its rows can't be told apart or explained."""
    names = read_names(path)
    needed = {"paper_id", *key_columns(name), *_NEEDED.get(name, ())}
    if not needed.issubset(names):
        raise PublishError(f"{path}: this is not a table of results; name a folder that extract wrote")
    return names


class _Groups:
    """The rows of one table, paper after paper."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        rows = ({name: record[name] for name in columns} for record in read_records(path))
        self._groups = groupby(rows, key=itemgetter("paper_id"))
        self._next = next(self._groups, None)

    def take(self, paper_id: str) -> list[Record]:
        """The rows of a paper if it is the next that has any; else none."""
        if self._next is None or self._next[0] != paper_id:
            return []
        rows: list[Record] = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def finish(self) -> None:
        """See that all rows were taken.

        Raises:
            PublishError: they stand in another order than the papers, or belong to none.
        """
        if self._next is not None:
            raise PublishError(f"{self._path}: its rows do not stand in the order of papers.csv; make the run again")


def _explained(paper_id: str, found: Sequence[RowChange], tables: frozenset[str]) -> PaperDifference:
    """Say of every change which rules are behind it: those whose repairs came or went in its row, or hold its text."""
    repairs = [change for change in found if change.table == _REPAIRS and change.kind != "renumbered"]
    behind = _Repairs(repairs)
    own = next((change for change in found if change.table == _PAPERS), None)
    if own and own.kind in ("added", "gone"):
        return PaperDifference(paper_id, own.kind, own.record["source_sha256"], (), {}, {})
    shown = [change for change in found if change.table in tables]
    return PaperDifference(
        paper_id,
        "changed",
        "",
        tuple(Difference(change, behind.of(change)) for change in shown),
        Counter(change.record["rule"] for change in repairs if change.kind != "gone"),
        Counter(change.record["rule"] for change in repairs if change.kind != "added"),
    )


class _Repairs:
    """Repairs that came or went in one paper, found by the row that they are in or by a text of theirs."""

    def __init__(self, repairs: Sequence[RowChange]) -> None:
        self._by_row: defaultdict[str, set[str]] = defaultdict(set)
        self._by_text: defaultdict[str, set[str]] = defaultdict(set)
        for change in repairs:
            for record in (change.before, change.after):
                if record is not None:
                    self._by_row[_row_of(record["place"])].add(record["rule"])
                    for text in (*_cells(record["before"]), *_cells(record["after"])):
                        self._by_text[text].add(record["rule"])

    def of(self, change: RowChange) -> tuple[str, ...]:
        """The rules behind a change, by name."""
        if change.table == _REPAIRS:
            return ()
        found: set[str] = set()
        for record in (change.before, change.after):
            if record is not None:
                place = record.get("place") or record.get("first_place") or ""
                found |= self._by_row.get(_row_of(place), set()) if place else set()
                for column in change.columns or tuple(record):
                    found |= self._by_text.get(record[column], set()) if record[column] else set()
        return tuple(sorted(found))


def _cells(text: str) -> Iterator[str]:
    """The texts of the cells of a repair, as the log shows its lines."""
    for line in text.split("\n"):
        yield from (part for part in line.split(" | ") if part.strip())


def _row_of(place: str) -> str:
    """What places of one row have in common: the line, the page and its height, the row of the web page's table."""
    if match := _ROW.fullmatch(place):
        return match[1]
    if match := _PAGE.fullmatch(place):
        return f"page {match[1]}, {match[2]}"
    return place.partition(",")[0]
