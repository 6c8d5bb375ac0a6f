"""Put the tails of cut lines back: one search over a whole cell, over line ends, tails and how they join.

A cell was printed in lines of nearly one width. A column boundary cut them all at one place; what stood right of it,
the tails, moved into the next cell, or was lost. What remains is the heads of the lines, and the tails in their order.
The search goes from line to line: where does this line end, was it cut there, which tail follows, and how (as a word
of its own, as the end of a word, with a letter doubled or misread on the cut)? It keeps the best few readings by the
likelihood of their words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import Any

from normalise.split.geometry import NEVER_FITS, WIDEST, WORST, Cut, LineEnd, Measure
from normalise.split.heads import LOST, PART
from normalise.split.language import START
from normalise.split.readings import PlacedLine, Reading, lines_of, readings_of
from normalise.split.search import Search

REACH = 4.5
"""How many standard deviations from it a cut is looked for."""
KEEP = 6
"""Readings kept for each state of the search."""
BEHIND, FAR_BEHIND, PER_TAIL = 14.0, 24.0, 8.0
"""A state so far behind the best at the same word is given up, sooner if nothing is supplied; each tail used is so much
to its credit."""
LAGGING, RECENT = 10.0, 12
"""A state is given up as well if it is so much more than that behind the best of any at so many words before it, each
against the words as printed so far: no line of a likely reading begins there."""
# Log likelihoods of what happens at a cut, from the development plans.
NATURAL, EARLY, WHOLE = -1.7, -3.5, -1.5
"""A line that ended by itself: near the cut, well before it, and if the width of the column is known."""
LOST_WORDS = -4.1
"""Whole words behind a line's end are lost; only where there was room for them."""
LEAST_LOST = 0.4
"""Ems: the room that a lost word takes at least."""
WIDEST_TAIL, TOO_WIDE = 6.0, -1.5
"""Ems; for each em more than that a tail is so much less likely. Cuts at hand are up to 5.5 ems from the column's
edge."""
HOPELESS = -6.0
"""A line end that is less likely than that to lie at the cut is not filled."""
FRAGMENT = -11.0
"""A head whose last word was cut and its end lost: likelier than an unknown word, less likely than a known one."""


# Where a line can end: its first head, the head after its last, its width, whether it may have been cut there, and the
# log likelihood that it ended there by itself, None if it can't have.
_Stop = tuple[int, int, float, bool, float | None]
# A way in which a line can end: gain in log likelihood, how, the word made, tails used then, what the next follows.
_Ending = tuple[float, str, str, int, str]
# A hypothesis: its score, and the chain of its steps.
_Hypothesis = tuple[float, Any]
_SCORE = itemgetter(0)


def place(search: Search, cut: Cut, most: int) -> list[Reading]:
    """Find the best readings of a cell whose lines were cut, best first, at most so many.

    Words may be supplied in gaps. The result is empty if the tails can't be placed.
    """
    return list(islice(readings_of(search, _hypotheses(search, cut, fill=True, keep=KEEP)[: 4 * KEEP]), most))


def place_roughly(search: Search, cut: Cut) -> tuple[float, tuple[PlacedLine, ...]] | None:
    """How likely the best reading of a cell is in which nothing is supplied, and its lines; None if there is none."""
    found = _hypotheses(search, cut, fill=False, keep=1)
    return (found[0][0], lines_of(found[0][1])) if found else None


def _hypotheses(search: Search, cut: Cut, *, fill: bool, keep: int) -> list[_Hypothesis]:
    """The likeliest ways to read a cell, best first; with `fill`, words may be supplied in gaps.

    Of those that read alike so far, `keep` are kept at each state of the search.
    """
    if not search.heads.tokens:
        return []
    total, tails = len(search.heads.tokens), len(search.tails)
    measure = search.measure(cut.font)
    behind = FAR_BEHIND if fill else BEHIND
    agenda: list[dict[tuple[int, str], list[_Hypothesis]]] = [{} for _ in range(total + 1)]
    agenda[0][0, START] = [(0.0, None)]
    leads: list[float] = []
    for start in range(total):
        if not agenda[start]:
            leads.append(-math.inf)
            continue
        printed = search.heads.inner[start - 1] if start else 0.0
        here = max(found[0][0] + PER_TAIL * used for (used, _), found in agenda[start].items())
        leads.append(here - printed)
        ahead = max(here, max(leads[-RECENT:]) + printed - LAGGING) - behind
        if here < ahead:
            continue
        stops = list(_stops(search, measure, cut, start))
        untailed: dict[tuple[int, str], list[tuple[float, str, str, str]]] = {}
        endings: dict[tuple[int, int, str], list[_Ending]] = {}
        for (used, context), hypotheses in agenda[start].items():
            best = hypotheses[0][0]
            if best + PER_TAIL * used < ahead:
                continue
            first = search.language.log_pair(context, search.heads.words[start])
            for stop in stops:
                end = stop[1]
                # What a line of one word follows counts; in a longer one its last word follows another of its own.
                follows = context if end == start + 1 else ""
                found = endings.get((end, used, follows))
                if found is None:
                    plain = untailed.get((end, follows))
                    if plain is None:
                        plain = untailed[end, follows] = list(_untailed(search, measure, cut, stop, context, fill))
                    found = [(gain, how, word, used, after) for gain, how, word, after in plain]
                    found += _tailed(search, measure, cut, stop, used, context)
                    endings[end, used, follows] = found
                buckets = agenda[end]
                for gain, how, word, more, after in found:
                    gain += first
                    bucket = buckets.get((more, after))
                    if bucket is None:
                        bucket = buckets[more, after] = []
                    elif len(bucket) == keep and best + gain <= bucket[-1][0]:
                        continue
                    _keep(bucket, hypotheses, gain, (start, end, how, word, used, more, stop[2]), keep)
    ends = [h for (used, _), found in agenda[total].items() if used == tails for h in found]
    ends.sort(key=_SCORE, reverse=True)
    return ends


def _keep(
    bucket: list[_Hypothesis], hypotheses: Iterable[_Hypothesis], gain: float, step: tuple[Any, ...], most: int
) -> None:
    """Put hypotheses that go on with a step among those of a state, of which only so many of the best are kept."""
    for score, chain in hypotheses:
        if len(bucket) == most:
            if score + gain <= bucket[-1][0]:
                return
            del bucket[-1]
        bucket.append((score + gain, (chain, step)))
        if len(bucket) > 1:
            bucket.sort(key=_SCORE, reverse=True)


def _stops(search: Search, measure: Measure, cut: Cut, start: int) -> Iterator[_Stop]:
    """Where the line that begins at `start` can end."""
    total = len(search.heads.tokens)
    reach = REACH * cut.spread
    line = _margin(search, measure, cut, start)
    for end in range(start + 1, total + 1):
        line += measure.heads[end - 1]
        last = measure.lasts[end - 1]
        if line - last > cut.at + reach:
            return
        is_near = line + WIDEST > cut.at - reach
        fits = cut.falls(line - last / 2, NEVER_FITS)
        if search.heads.is_last(end):
            yield start, end, line, is_near, fits
            if end < total:
                return
            continue
        whole: float | None = None
        if cut.edge is not None:
            wraps = cut.wraps(line, measure.heads[end])
            whole = WHOLE + wraps + fits if wraps > WORST else None
        elif line + measure.heads[end] > cut.at + cut.spread:
            whole = NATURAL + fits
        elif line > cut.at - reach:
            whole = EARLY + fits
        if whole is not None or is_near:
            yield start, end, line, is_near, whole


def _margin(search: Search, measure: Measure, cut: Cut, start: int) -> float:
    """Where a line begins, less the space before its first word."""
    space = 0.0 if search.heads.tight[start] else measure.font.space
    return measure.indent(start, cut.inline) - space


def _untailed(
    search: Search, measure: Measure, cut: Cut, stop: _Stop, context: str, fill: bool
) -> Iterator[tuple[float, str, str, str]]:
    """Every way in which a line can end after some head without a tail.

    Yields the gain in log likelihood of the words behind the first, how it ended, the word made, and what the first
    word of the next line follows.
    """
    start, end, line, is_near, whole = stop
    heads, last = search.heads, end - 1
    inner = heads.inner[last] - heads.inner[start]
    if whole is not None:
        yield inner + whole, "whole", "", heads.after[last]
    if not is_near:
        return
    before, part = _before(search, stop, context)
    is_last = heads.is_last(end)
    letter, space = measure.lasts[last], measure.font.space
    if heads.may_be_cut(last):
        yield part + FRAGMENT + LOST + cut.loss + cut.falls(line - letter, line + letter), "cut", "", ""
    if heads.is_blotted(last):
        rarer = PART if heads.may_be_cut(last) else 0.0
        yield part + rarer + FRAGMENT + LOST + cut.loss + cut.falls(line - letter, line), "blot", "", ""
    if cut.edge is not None and not is_last and line + LEAST_LOST < cut.edge + cut.spread:
        falls = cut.falls(line - letter / 2, line + space + letter)
        yield inner + falls + LOST_WORDS + cut.loss, "gap", "", ""
    if fill and cut.falls(line - letter, line + space + letter) > HOPELESS:
        following = NEVER_FITS if is_last else measure.heads[end]
        if cut.edge is None:
            least, most = 0.0, NEVER_FITS
        else:
            least, most = cut.edge - line - following - 2 * cut.spread, cut.edge - line + 2 * cut.spread
        for gain, how, word, after, wide in heads.fillings(last, before, measure.font, least, most):
            falls = cut.falls(line - letter / 2, line + (space + letter if how == "inserted" else letter / 2))
            yield part + gain + falls + cut.loss + cut.wraps(line + wide, following), how, word, after


def _tailed(
    search: Search, measure: Measure, cut: Cut, stop: _Stop, used: int, context: str
) -> Iterator[tuple[float, str, str, int, str]]:
    """Every way in which a line can end after some head with a tail: the same, and the tails used then."""
    _, end, line, is_near, _ = stop
    if not is_near or used == len(search.tails):
        return
    before, part = _before(search, stop, context)
    edge = cut.edge
    following = NEVER_FITS if search.heads.is_last(end) else measure.heads[end]
    for how, word, runs in search.tailings(end - 1, used, before):
        low, high = measure.bounds(how, end - 1, used)
        falls = part + cut.falls(line + low, line + high)
        for gain, more, after in runs:
            wide = measure.tail(how, used, more)
            if edge is None:
                yield gain + falls + TOO_WIDE * max(0.0, wide - WIDEST_TAIL), how, word, more, after
            else:
                wraps = cut.wraps(line + wide, following)
                if wraps > WORST:
                    yield gain + falls + wraps, how, word, more, after
                elif line + wide > edge:
                    break


def _before(search: Search, stop: _Stop, context: str) -> tuple[str, float]:
    """What the last head of a line follows, and the log likelihood of the words between the first and that one."""
    start, end = stop[:2]
    heads = search.heads
    if end - 1 > start:
        return heads.after[end - 2], heads.inner[end - 2] - heads.inner[start]
    return context, -search.language.log_pair(context, heads.words[start])


def line_ends(search: Search, lines: Iterable[PlacedLine], measure: Measure, inline: bool) -> Iterator[LineEnd]:
    """Where lines of a cell end in some font, and where they were cut; the last one tells nothing if whole."""
    cut = Cut(0.0, inline=inline)
    for start, end, how, _, used, more, _ in lines:
        line = _margin(search, measure, cut, start) + sum(measure.heads[start:end])
        letter, space = measure.lasts[end - 1], measure.font.space
        is_last = search.heads.is_last(end)
        following = NEVER_FITS if is_last else measure.heads[end]
        if how == "whole":
            yield LineEnd(line - letter / 2, NEVER_FITS, None if is_last else line, following)
        elif more > used:
            low, high = measure.bounds(how, end - 1, used)
            yield LineEnd(line + low, line + high, line + measure.tail(how, used, more), following)
        elif how in ("gap", "inserted"):
            yield LineEnd(line - letter / 2, line + space + letter, None, following)
        else:
            yield LineEnd(line - letter, line + letter, None, following)
