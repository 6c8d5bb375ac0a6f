"""What the front sheets of a workbook say of its records, and how wide its columns have to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from publish.names import paper_workbook, sheet_name
from publish.schema import named

if TYPE_CHECKING:
    from publish.ledger import Ledger

TOTALS: Final = named("checks").column("status").enum
SEVERITIES: Final = named("review").column("severity").enum
MARKS: Final = ("figures", "repaired", "supplied", "doubted")

_IS_SOUND: Final = "status = 'ok' AND NOT (differs OR high OR medium OR low OR doubted)"
_MOST_DOUBTFUL_FIRST: Final = "unread, differs DESC, high DESC, medium DESC, doubted DESC, number"
_COUNTED: Final = (
    *("differs", "high", "medium", "low", "doubted", "figures", "rounding", "agrees"),
    "cannot_check + no_total",
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of the records of a run.

    Attributes:
        rows: how many records each table has.
        lengths: the longest line of every column of every table.
        ledger: what is known of each paper.
    """

    rows: Mapping[str, int]
    lengths: Mapping[str, Sequence[int]]
    ledger: Ledger

    def number(self, paper_id: str) -> int:
        """The position of a paper among the papers, from 1."""
        return int(self._first("SELECT number FROM papers WHERE paper_id = ?", paper_id))

    def home(self, paper_id: str, table_id: str) -> tuple[str, str] | None:
        """The workbook that holds a table, and the sheet in it."""
        query = "SELECT number FROM homes WHERE paper_id = ? AND table_id = ?"
        found = self.ledger.database.execute(query, (paper_id, table_id)).fetchone()
        return (paper_workbook(paper_id), sheet_name(found[0])) if found else None

    def sum_of(self, columns: Sequence[str]) -> list[tuple[int, str]]:
        """What some counts of the papers come to, each with its name."""
        sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in columns)
        found = self.ledger.database.execute(f"SELECT {sums} FROM papers").fetchone()
        return list(zip(map(int, found), columns, strict=True))

    def statuses(self) -> list[tuple[int, str]]:
        """How many papers have which status, by its name."""
        query = "SELECT COUNT(*), status FROM papers GROUP BY status ORDER BY status"
        return self.ledger.database.execute(query).fetchall()

    def meetings(self) -> tuple[str, str] | None:
        """The first and the last date of a meeting."""
        query = "SELECT MIN(meeting_date), MAX(meeting_date) FROM papers WHERE meeting_date != ''"
        first, last = self.ledger.database.execute(query).fetchone()
        return (first, last) if first else None

    def doubtful(self) -> int:
        """In how many papers there is something to be looked at."""
        return int(self._first(f"SELECT COUNT(*) FROM papers WHERE NOT ({_IS_SOUND})"))

    def summary(self) -> Iterator[list[str]]:
        """Each paper, the most doubtful first: what names it, its status, its counts if it was read, what is wrong."""
        query = (
            f"SELECT paper_id, source_path, title, status, {', '.join(_COUNTED)}, status_detail FROM papers "
            f"ORDER BY {_MOST_DOUBTFUL_FIRST}"
        )
        for *about, detail in self.ledger.database.execute(query):
            names, counts = about[:4], about[4:]
            is_read = names[-1] in {"ok", "partial"}
            yield [*names, *(str(count) if is_read else "" for count in counts), detail]

    def _first(self, query: str, *values: str) -> int:
        found: tuple[int] = self.ledger.database.execute(query, values).fetchone()
        return found[0]
