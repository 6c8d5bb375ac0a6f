"""A first look at the records of a workbook: what its front sheets say of them, and how wide its columns have to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from publish.contract import Table
from publish.layout import Lengths
from publish.schema import named

Record = Sequence[str]

TOTALS: Final = named("checks").column("status").enum
SEVERITIES: Final = named("review").column("severity").enum
UNREAD: Final = ("failed", "encrypted", "unsupported", "no_text", "partial")
"""The statuses of papers that were not read, or not wholly, the worst first."""


@dataclass(slots=True)
class PaperCounts:
    """What is counted of one paper.

    Attributes:
        number: its position among the papers, from 1.
        totals: how many printed totals have which status.
        doubts: how many points to look at have which severity.
        doubted: how many figures a person should compare with the paper.
    """

    number: int
    record: Record
    figures: int = 0
    repaired: int = 0
    supplied: int = 0
    doubted: int = 0
    totals: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)

    def of(self, column: str) -> str:
        """A field of the paper's row in `papers`."""
        return self.record[named("papers").position(column)]

    @property
    def order(self) -> tuple[int, ...]:
        """The key by which papers are sorted, the most doubtful first."""
        status = self.of("status")
        unread = UNREAD.index(status) if status in UNREAD else len(UNREAD)
        worst = (self.totals["differs"], *(self.doubts[name] for name in SEVERITIES[:2]), self.doubted)
        return (unread, *(-count for count in worst), self.number)

    @property
    def is_sound(self) -> bool:
        """Whether nothing of the paper has to be looked at."""
        return not any(self.order[1:-1]) and self.order[0] == len(UNREAD) and not self.doubts["low"]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was seen: the papers by their ids, in order, and the longest line of every column of every table."""

    papers: Mapping[str, PaperCounts]
    lengths: Mapping[str, Sequence[int]]


def survey(tables: Mapping[str, Iterable[Record]]) -> Survey:
    """Read the records of tables, each once, `papers` first.

    Args:
        tables: for the name of a table its records.
    """
    papers: dict[str, PaperCounts] = {}
    lengths = {}
    for name, records in tables.items():
        table = named(name)
        seen = Lengths([0] * len(table.columns))
        count = _COUNTERS.get(name)
        note = count(table, papers) if count else _note_nothing
        for record in records:
            seen.see(record)
            note(record)
        lengths[name] = tuple(seen.longest)
    return Survey(papers, lengths)


def _note_nothing(_: Record) -> None:
    """Count nothing of a table that the front sheets say nothing of."""


def _papers(_: Table, papers: dict[str, PaperCounts]) -> Callable[[Record], None]:
    def note(record: Record) -> None:
        papers[record[0]] = PaperCounts(len(papers) + 1, record)

    return note


def _figures(table: Table, papers: dict[str, PaperCounts]) -> Callable[[Record], None]:
    repaired, supplied, doubted = map(table.position, ("repaired", "supplied", "doubted"))

    def note(record: Record) -> None:
        paper = papers[record[0]]
        paper.figures += 1
        paper.repaired += record[repaired] == "true"
        paper.supplied += record[supplied] == "true"
        paper.doubted += record[doubted] == "true"

    return note


def _checks(table: Table, papers: dict[str, PaperCounts]) -> Callable[[Record], None]:
    status = table.position("status")

    def note(record: Record) -> None:
        papers[record[0]].totals[record[status]] += 1

    return note


def _review(table: Table, papers: dict[str, PaperCounts]) -> Callable[[Record], None]:
    severity = table.position("severity")

    def note(record: Record) -> None:
        papers[record[0]].doubts[record[severity]] += 1

    return note


_COUNTERS: Final = {"papers": _papers, "figures": _figures, "checks": _checks, "review": _review}
