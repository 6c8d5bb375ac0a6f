"""How much work may be done on one paper, counted in ways that are tried, so that it is the same on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from normalise.flat.tokens import TextLine

# Papers with ten tables try 4000 ways at most. Lines of random words would go on for minutes.
_MOST = 7500
# To cut a row of up to eight words counts as one way; what it takes grows with the square of the words.
_PER_WAY = 64


@dataclass(slots=True)
class Effort:
    """The ways tried so far, to cut rows and headers, in one paper."""

    tried: int = 0

    def spend(self, ways: int) -> None:
        """Count some more ways tried."""
        self.tried += ways

    @property
    def is_spent(self) -> bool:
        """Whether no more work may be done."""
        return self.tried > _MOST


def ways_of(rows: Iterable[TextLine]) -> int:
    """How many ways it counts for to cut some rows into one set of columns."""
    return sum(1 + len(line.tokens) ** 2 // _PER_WAY for line in rows)
