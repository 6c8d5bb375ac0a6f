"""Which numbers at the front of lines number the rows of a table, and which are only part of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# `1. Recruit`, `2) Agree`, `(3) Hold`, `1.2 Map`, `4.` alone; without a stop only where the text stands well apart.
_FRONT = re.compile(r"(?P<mark>\(?(?P<number>\d{1,3}(?:\.\d{1,2})*)(?P<stop>[.)]?))(?P<space>\s*)")
# Rows may lose a number or two to a page end or to the conversion; further ahead, a number is more likely part of the
# text (`... of section` | `44. Officers`).
_AHEAD = 3

Number = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """A number at the front of a line: `mark` as printed, where the text behind it starts, whether it has a stop."""

    mark: str
    number: Number
    text_at: int
    has_stop: bool


def front(text: str) -> Front | None:
    """The number at the front of a text, if it looks like the number of a row.

    >>> front("12. Map all groups").number, front("1.2  Map").number, front("12").number
    ((12,), (1, 2), (12,))
    >>> front("28 days"), front("2006/07"), front("7,500 copies"), front("2003. The")
    (None, None, None, None)
    """
    match = _FRONT.match(text)
    if not match:
        return None
    number = tuple(int(part) for part in match["number"].split("."))
    has_stop = bool(match["stop"]) or len(number) > 1
    at_end = match.end() == len(text)
    if not at_end and (not match["space"] or (not has_stop and len(match["space"]) < 2)):
        return None
    return Front(match["mark"], number, match.end(), has_stop)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may begin a numbered row.

    `supported` if something else speaks for it: a blank line above it, or a text in another column.
    """

    at: int
    number: Number
    supported: bool


def in_sequence(candidates: Sequence[Candidate]) -> list[int]:
    """The lines whose numbers count the rows: each one more than the last, or a little more, or a new beginning.

    A number that jumps ahead counts only if it is supported and the number that it jumps over doesn't come next.

    >>> in_sequence([Candidate(i, (n,), s) for i, (n, s) in enumerate([(1, True), (44, False), (2, True), (4, True)])])
    [0, 2, 3]
    """
    taken: list[int] = []
    last: Number | None = None
    for place, candidate in enumerate(candidates):
        following = candidates[place + 1].number if place + 1 < len(candidates) else None
        if _fits(last, candidate, following):
            taken.append(candidate.at)
            last = candidate.number
    return taken


def _fits(last: Number | None, candidate: Candidate, following: Number | None) -> bool:
    number = candidate.number
    if last is None:
        return candidate.supported or number[-1] == 1
    if _steps(last, number) == 1:
        return True
    if not candidate.supported or (following and _steps(last, following) == 1):
        return False
    return number[-1] == 1 or 1 < _steps(last, number) <= _AHEAD


def _steps(last: Number, number: Number) -> int:
    """How many rows further a number is: one from `2` to `3`, `1.4` to `1.5` or to `2.1`; 0 if it goes back."""
    above = number[:-1]
    if len(last) > len(above) and last[: len(above)] == above:
        return max(number[-1] - last[len(above)], 0)
    return int(number > last and number[-1] == 1)
