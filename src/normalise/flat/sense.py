"""How well the names in a header go with the columns below them, and with each other."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalise.flat.heads import Word, fold, is_unit
from normalise.flat.sums import Relation

# Rough log odds, set by hand; what matters is their order.
_SAYS_DERIVED, _IS_DERIVED, _SAYS_PERCENT, _UNSAID = -0.8, 1.0, 0.8, 0.2
_EQUAL, _PERIODIC, _TWIN, _GROUP_SUM = 0.8, 2.0, -1.2, 2.0
# Two columns of one name, up to so many pairs; groups of columns that begin with one name, and go on otherwise.
_SAME_NAME, _MOST_SAME, _RESTART = -1.5, 2, 1.5
_MIXED_GROUP, _PERIOD_ABOVE, _SOME_DATES, _BARE_UNIT, _ONLY_UNIT = -1.5, 0.7, -1.0, -1.5, 1.0

_DERIVED = re.compile(
    r"\b(?:variances?|variations?|change|difference|slippage|over|under|remaining|balance|surplus|deficit|net|movement"
    r"|increase|decrease|growth|shortfall|gap|vacanc(?:y|ies)|total|all|overall|sum)\b|[+(]",
    re.I,
)
_PERCENT = re.compile(r"%|\b(?:per ?cent|percentage|rate|share|proportion|ratio)\b", re.I)
_PERIOD = re.compile(r"\b(?:19|20)\d\d\b|\b(?:year|quarter|month|period|date)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_DATE = re.compile(rf"(?:(?:{_MONTHS})[a-z]*\.?|\d{{1,4}}(?:[-/]\d{{2,4}})?|q[1-4]|to|at|as|[-–])(?: |$)", re.I)


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a header row: its words, what they say, and the columns they stand over (from 0, half open)."""

    words: tuple[Word, ...]
    text: str
    low: int
    high: int

    @property
    def width(self) -> int:
        """Over how many columns it stands."""
        return self.high - self.low

    @property
    def columns(self) -> range:
        """The columns it stands over."""
        return range(self.low, self.high)


Rows = tuple[tuple[HeadCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of a table's columns before its header is read.

    `types` are `T` or `F`; `percents` are the columns that print per cent signs, `large` those that hold no
    percentages, `derived` those that are worked out from others; `stubs` says how many at the left hold labels.
    """

    types: str
    percents: Collection[int]
    large: Collection[int]
    derived: Mapping[int, Relation]
    stubs: int = 1

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.types)


def says_percent(text: str) -> bool:
    """Whether a name or a unit speaks of percentages."""
    return _PERCENT.search(text) is not None


def is_period(text: str) -> bool:
    """Whether a text is a year or another period, and nothing else: `2006/07`, `March 2008`."""
    return bool(text) and not _DATE.sub("", text)


def most_sense(columns: Columns, levels: int) -> float:
    """More than this a header of so many rows can't make."""
    leaves = _SAYS_PERCENT * len(columns.percents) + _IS_DERIVED * len(columns.derived)
    groups = _EQUAL + _RESTART + _GROUP_SUM + _PERIOD_ABOVE + columns.width / 4 * _PERIODIC
    return leaves + (levels - 1) * groups


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a header cell says of its column: that it is worked out from others, a percentage, a period, a unit."""

    name: str
    is_derived: bool
    is_percent: bool
    is_period: bool
    is_date: bool
    is_unit: bool
    ends_unit: bool


@functools.lru_cache(maxsize=4096)
def _saying(text: str) -> _Saying:
    """The search asks this of the same few texts over and over: the answer depends on nothing but the text."""
    return _Saying(
        fold(text),
        _DERIVED.search(text) is not None,
        _PERCENT.search(text) is not None,
        _PERIOD.search(text) is not None,
        is_period(text),
        is_unit(text),
        " " in text and is_unit(text.split()[-1]),
    )


def sense_of(rows: Rows, columns: Columns, units: Sequence[str]) -> float:
    """How well the names of columns go with what stands in them, and with each other."""
    score = 0.0
    for row in rows:
        for cell in row:
            if cell.width == 1 and columns.types[cell.low] == "F" and cell.low >= columns.stubs:
                score += _leaf_sense(_saying(cell.text), cell.low, columns)
                if len(rows) == 1 and _saying(cell.text).is_unit:
                    score += _SAYS_DERIVED if columns.types.count("F") > 1 else _ONLY_UNIT
    score += _SAME_NAME * min(_MOST_SAME, columns.width - len(set(_names(rows, columns, units))))
    for row, below in pairwise(rows):
        parents = [cell for cell in row if cell.width > 1]
        score += _group_sense(parents, below, columns, ("",) * (columns.width - len(units)) + tuple(units))
    return score


def _names(rows: Rows, columns: Columns, units: Sequence[str]) -> list[tuple[str, ...]]:
    """What each column is called, its unit last; a column without a name is like no other."""
    names: list[list[str]] = [[] for _ in range(columns.width)]
    for row in rows:
        for cell in row:
            for column in cell.columns:
                names[column].append(cell.text)
    first = columns.width - len(units)
    return [
        (*name, units[column - first] if column >= first else "") if any(name) else (str(column), "")
        for column, name in enumerate(names)
    ]


def _leaf_sense(saying: _Saying, column: int, columns: Columns) -> float:
    """How well the name of one column goes with its figures."""
    is_percent, relation = column in columns.percents, columns.derived.get(column)
    score = -_UNSAID if is_percent and not saying.is_percent else 0.0
    if saying.is_percent:
        score = _SAYS_PERCENT * (is_percent - (column in columns.large))
    if saying.is_derived:
        return score + (_IS_DERIVED if relation else 0.0)
    return score + (_SAYS_DERIVED if relation and relation.kind == "difference" else 0.0)


def _group_sense(
    parents: Sequence[HeadCell], below: Sequence[HeadCell], columns: Columns, units: Sequence[str]
) -> float:
    """How well names over several columns go with the names and columns below them."""
    score = 0.0
    names = []
    for parent in parents:
        saying = _saying(parent.text)
        inside = [cell for cell in below if parent.low <= cell.low and cell.high <= parent.high]
        said = [_saying(cell.text) for cell in inside]
        names.append(tuple(each.name for each in said))
        twins = {(each.name, units[cell.low]) for each, cell in zip(said, inside, strict=True)}
        score += _TWIN * (len(inside) - len(twins))
        if len(inside) == 1 or len(set(columns.types[parent.low : parent.high])) > 1:
            score += _MIXED_GROUP
        if saying.is_period and not any(each.is_date for each in said):
            score += _PERIOD_ABOVE / len(parents)
        if saying.is_date and not _YEAR.search(saying.name) and any(each.is_date for each in said):
            score += _MIXED_GROUP
        dates = sum(each.is_date for each in said)
        if dates and not all(each.is_date or (dates > 1 and (each.is_derived or each.is_percent)) for each in said):
            score += _SOME_DATES  # but what is worked out from two of them may stand beside them: `% change`
        is_broken = any("£" in cell.text for cell in inside) and not all(
            each.is_unit or each.is_percent for each in said
        )
        if any(each.is_unit for each in said) and (is_broken or any(each.ends_unit for each in said)):
            score += _BARE_UNIT
        if len(parents) == 1 and (saying.is_derived or saying.is_percent):
            score += _SAYS_DERIVED
        group = tuple(range(parent.low, parent.high))
        if any(relation.kind == "sum" and relation.parts == group for relation in columns.derived.values()):
            score += _GROUP_SUM
    if len(parents) > 1 and len({name[:1] for name in names}) == 1 and len(set(names)) > 1:
        score += _RESTART
    if len(parents) > 1 and len({cell.width for cell in parents}) == 1:
        score += _EQUAL + (_PERIODIC * len(parents) / 2 if len(set(names)) == 1 else 0.0)
    return score
