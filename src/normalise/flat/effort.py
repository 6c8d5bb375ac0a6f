"""How much work may be done on one paper, counted in ways that are tried, so that it is the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass

# Papers with ten tables try 4000 ways at most. Lines of random words would go on for minutes.
_MOST = 9000


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
