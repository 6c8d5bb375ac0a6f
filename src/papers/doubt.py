"""A doubt: a place in a clean paper that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from papers.paper import Place

Severity = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that can't be decided by rule. Becomes one line of `review.csv`.

    `line` and `cell` count from 0 in the clean paper; `cell` is None if the doubt is about the whole line, `line` is
    None if it is about the whole paper, or about a `place` in the source that gave no line. `severity`: a figure may be
    wrong (high), a text may be (medium), or something is merely worth knowing (low).
    """

    rule: str
    line: int | None
    cell: int | None
    why: str
    suggestion: str = ""
    severity: Severity = "medium"
    place: Place | None = None
