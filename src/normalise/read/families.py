"""Families among the tables of sample papers: tables whose headers say the same, and what their columns hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from normalise.read.dates import read_period
from normalise.read.money import read_money, read_number
from normalise.read.profiles import NEAR, fold
from normalise.read.samples import SeenTable
from normalise.read.units import read_unit
from papers.readings import Money, Nil, Number, Percent, Period, Reading

_MOSTLY = 0.6
"""The share of a column's texts that have to be of a type; the others are words, slips and damage."""
_WORDY = 2
"""A column of words has so many of them in a cell at least, on average."""


@dataclass(slots=True)
class SeenColumn:
    """One column of a family: its headers with their counts, its texts, and how many tables have it."""

    headers: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    tables: int = 0

    @property
    def kind(self) -> str:
        """The type that a profile would give it: `number`, `period`, `money` or `text`."""
        texts = [text for text in self.texts if text]
        unit = read_unit(self.headers.most_common(1)[0][0]) if self.headers else None
        money = bool(unit and unit.kind == "currency") or any("£" in text for text in texts)
        if money and _share(Money, (read_money(text, unit) for text in texts)):
            return "money"
        if _share(Period, map(read_period, texts)):
            return "period"
        numbers = (read_number(text.rstrip(".)"), unit) for text in texts)
        return "number" if _share((Number, Percent, Money), numbers) else "text"

    @property
    def words(self) -> float:
        """How many words its cells have on average, empty ones left out."""
        counts = [len(text.split()) for text in self.texts if text]
        return sum(counts) / len(counts) if counts else 0

    @property
    def names(self) -> frozenset[str]:
        """Its headers, folded for comparison; none for a column without a header."""
        return frozenset(map(fold, self.headers))

    def add(self, header: str, texts: Iterable[str]) -> None:
        """Note the column of one more table."""
        if header:
            self.headers[header] += 1
        self.texts.extend(texts)
        self.tables += 1


def _share(kind: type | tuple[type, ...], readings: Iterable[Reading]) -> bool:
    """Whether most readings are of a kind; a printed dash or `n/a` counts for none."""
    told = [reading for reading in readings if not isinstance(reading, Nil)]
    return bool(told) and sum(isinstance(reading, kind) for reading in told) >= _MOSTLY * len(told)


@dataclass(slots=True)
class Family:
    """Tables that have one kind of header, and what was seen of them."""

    columns: list[SeenColumn]
    tables: int = 0
    rows: int = 0
    totals: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)

    @property
    def worth(self) -> tuple[int, int]:
        """How much there is to be won by a profile: one of records has two columns of words, or of words and dates."""
        told = sum(column.words >= _WORDY or column.kind == "period" for column in self.columns)
        return (self.rows if told > 1 else 0), self.rows

    @property
    def header(self) -> str:
        """Its commonest header, in one line."""
        return " | ".join(column.headers.most_common(1)[0][0] if column.headers else "" for column in self.columns)

    def fits(self, table: SeenTable) -> bool:
        """Whether most of the names of a table, or of the family, are in the other as well, two at least."""
        known = set().union(*(column.names for column in self.columns))
        names = {fold(header) for header in table.header if header}
        if not names & known:
            return False
        same = sum(name in known or _is_near(name, known) for name in names)
        narrower = min(len(names), sum(bool(column.headers) for column in self.columns))
        return same >= min(2, narrower) and 2 * same >= narrower

    def add(self, table: SeenTable) -> None:
        """Note one more table. A column by another name at the place of one that is missing has a variant name."""
        placed: dict[int, SeenColumn] = {}
        for at, header in enumerate(table.header):
            found = next((column for column in self.columns if fold(header) in column.names and header), None)
            if found and found not in placed.values():
                placed[at] = found
        for at, (header, texts) in enumerate(zip(table.header, table.columns, strict=True)):
            if at not in placed:
                placed[at] = self._place(at, len(table.header), placed)
            placed[at].add(header, texts)
        self.tables += 1
        self.rows += table.rows
        self.totals.update(table.totals)
        self.groups.update(table.groups)
        self.labels.update(dict.fromkeys(table.labels, 1))

    def _place(self, at: int, width: int, placed: dict[int, SeenColumn]) -> SeenColumn:
        same_width = width == len(self.columns)
        if same_width and all(self.columns[at] is not column for column in placed.values()):
            return self.columns[at]
        self.columns.append(SeenColumn())
        return self.columns[-1]


def _is_near(name: str, known: Iterable[str]) -> bool:
    from rapidfuzz import fuzz

    return len(name) > 4 and any(fuzz.ratio(name, other) >= NEAR for other in known)


def find_families(tables: Sequence[SeenTable]) -> list[Family]:
    """Sort tables into families, the one with most to be won first; those that a profile reads already are left out."""
    families: list[Family] = []
    for table in tables:
        if table.profile or not table.rows:
            continue
        family = next((family for family in families if family.fits(table)), None)
        if family is None:
            family = Family([SeenColumn() for _ in table.header])
            families.append(family)
        family.add(table)
    return sorted(families, key=lambda family: family.worth, reverse=True)
