"""Which lines a total may be the sum of, where it is not simply that of the lines above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from normalise.read.sums import Part, Run, SumLine, agreement, is_taken_away, is_total

Choice = tuple[str, list[Part]]
"""Where parts stand, as in `Total.run`, and the parts."""

LONGEST = 12
"""A line that is broken down, or a sum that leaves out what stands further off, has no more parts than this."""
_ENDINGS = 30
_REACH = 400
_DIGITS = 2


def less(ats: Sequence[int], by_place: Mapping[int, SumLine]) -> Iterator[Choice]:
    """Lines with those taken away that say so (`Less: grants`)."""
    signed = [(at, -1 if is_taken_away(by_place[at].label) else 1) for at in ats[-_REACH:]]
    if len(ats) <= _REACH and any(sign < 0 for _, sign in signed):
        yield "own", signed


def without_parts(lines: Sequence[SumLine]) -> list[int]:
    """The lines without those that only break down the one before them: two or more that add up to it everywhere."""
    kept = []
    position = 0
    while position < len(lines):
        line = lines[position]
        kept.append(line.at)
        position += 1 + _breakdown(line, lines[position + 1 : position + 1 + LONGEST])
    return kept


def _breakdown(line: SumLine, following: Sequence[SumLine]) -> int:
    """How many of the lines after one break it down; 0 if they don't."""
    run = Run()
    for count, other in enumerate(following, start=1):
        run.add(other)
        if count > 1:
            found = agreement(line, run.sums)
            if found.agreeing == found.checkable == len(line.figures) and found.weight >= _DIGITS:
                return count
    return 0


def below(lines: Sequence[SumLine], position: int) -> Iterator[Choice]:
    """The lines under a total that stands on top: up to the next section or total, and all of them."""
    rest = [one for one in lines[position + 1 : position + _REACH] if not one.is_aside]
    figures = [one for one in rest if one.figures]
    end = next((n for n, one in enumerate(figures) if is_total(one.label)), len(figures))
    yield "below", [(one.at, 1) for one in figures[:end]]
    stop = next((n for n, one in enumerate(rest) if one.opens or is_total(one.label)), len(rest))
    yield "below", [(one.at, 1) for one in rest[:stop] if one.figures]
    yield "below", [(one.at, 1) for one in figures if not is_total(one.label)]
    totals = [(one.at, 1) for one in figures if is_total(one.label)]
    yield "below", totals


def endings(lines: Sequence[int]) -> Iterator[Sequence[int]]:
    """The last two lines, the last three, and so on."""
    for count in range(2, min(len(lines), _ENDINGS) + 1):
        yield lines[-count:]
