"""Where the lines of a column ended and where they were cut: what the widths of words say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from normalise.split.widths import BETWEEN, Font

LOOSE, SHARP = 0.5, 0.14
"""Standard deviations, in ems, of the place of the cut: in a font that is not known (about one narrow letter), and in
the font in which the table was set."""
LOSS = -1.9
"""Log likelihood that the tail of a line is lost, if nothing is known of it."""
NEVER_FITS = 99.0
"""The width of what follows the last line of a text."""
WORST = -9.0
"""The least likelihood that a line may have by the room that it leaves."""
WIDEST = 0.9
"""Ems; no letter is wider, nor a space with half a letter behind it."""
JOINED = (
    "glue", "hyphen", "double", "merged", "echoed", "parted", "opened", "stump", "shard", "smudge", "garbled",
    "unknown",
)  # fmt: skip
"""Ways to join a tail that make a new word of its first one."""
GONE = ("cut", "gap", "blot")
"""How a line ended whose tail is lost: in a word, between two, in a letter that was misread for it."""
ITEM = 1.0
"""Ems that the text of list items is set in, about; their signs hang before it."""
ASTRIDE = ("double", "merged", "echoed", "parted", "closed", "shard", "smudge", "garbled")
"""Ways to join a tail in which the letter on the cut stands, wholly or in part, in the head."""
TWICE = ("double", "merged", "echoed", "smudge", "garbled")
"""Those of them in which it stands in the tail as well."""
APART = ("space", "closed", "opened")
"""Ways to join a tail with a space before it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a table's column was cut: `at` is the width of the heads in ems, `edge` that of whole lines, if known.

    Both are widths in a `font`. If `inline`, the number of an action stands at the beginning of its first line; else
    in front of it. `spread` is the standard deviation of both, `loss` the log likelihood that the tail of a line is
    lost.
    """

    at: float
    edge: float | None = None
    font: Font = BETWEEN
    inline: bool = True
    spread: float = LOOSE
    loss: float = LOSS

    def wraps(self, line: float, following: float) -> float:
        """Log likelihood that a line of one width ends before a word of another, which `following` has its space in.

        Words go on a line as long as there is room.
        """
        return 0.0 if self.edge is None else _wraps(((line, following),), self.edge, self.spread, WORST)

    def falls(self, low: float, high: float) -> float:
        """Log likelihood that the cut lies between two widths: a bell curve with straight flanks outside of them."""
        off = low - self.at if low > self.at else self.at - high
        return _bell(off / self.spread) if off > 0.0 else 0.0


def _wraps(lines: Iterable[tuple[float, float]], edge: float, spread: float, floor: float) -> float:
    """Log likelihood that lines end where they do, before what follows them; none counts for less than `floor`."""
    total = 0.0
    for line, following in lines:
        room, over = edge - line - following, line - edge
        off = room if room > over else over
        if off > 0.0:
            off /= spread
            found = -(off * off) / 2
            total += found if found > floor else floor
    return total


def _falls(bounds: Iterable[tuple[float, float]], at: float, spread: float) -> float:
    """The log likelihood that a cut lies between each of some widths."""
    total = 0.0
    for low, high in bounds:
        off = low - at if low > at else at - high
        if off > 0.0:
            total += max(_bell(off / spread), WORST)
    return total


def _bell(off: float) -> float:
    """The log likelihood of what lies so many standard deviations off."""
    return -off * off / 2 if off < 2 else 2 - 2 * off


@dataclass(frozen=True, slots=True)
class Measure:
    """The widths of a cell's words in one font.

    `heads` are those of the words with the space before them, `lasts` those of their last letters; `run` is how far the
    tails reach when set one after the other, each with a space before it, `firsts` are the widths of their first
    letters. `number` is the width of the action's number and the space behind it. `items` says of each word whether
    it belongs to a list item.
    """

    font: Font
    heads: tuple[float, ...]
    lasts: tuple[float, ...]
    run: tuple[float, ...]
    firsts: tuple[float, ...]
    number: float
    is_numbered: bool
    items: tuple[bool, ...]

    def indent(self, start: int, inline: bool) -> float:
        """How far right of its margin the line begins of which some head is the first."""
        if self.items[start]:
            return ITEM
        if start or inline == self.is_numbered or not self.number:
            return 0.0
        return self.number if inline else -self.number

    def tail(self, how: str, used: int, more: int) -> float:
        """How far the tails from `used` to `more` reach behind their head."""
        wide = self.run[more] - self.run[used]
        if how in APART:
            return wide
        wide -= self.font.space
        return wide - self.firsts[used] if how in TWICE else wide

    def bounds(self, how: str, head: int, tail: int) -> tuple[float, float]:
        """Between which places, seen from the end of a head, its line was cut if a tail joins it so."""
        last = self.lasts[head]
        if how in ASTRIDE:
            return -last, 0.0
        if how == "opened":
            return self.font.space, self.font.space + self.firsts[tail]
        if how == "space":
            return -last / 2, self.font.space + self.firsts[tail] / 2
        return -last / 2, self.firsts[tail] / 2


@dataclass(frozen=True, slots=True)
class LineEnd:
    """One line of a cell as it was read: between which widths it was cut, if it was, and what followed on the next.

    `line` is the width of the whole line, None if its end is lost; `following` that of the word behind it.
    """

    low: float
    high: float
    line: float | None
    following: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A cut, and how well it explains where lines end: a log likelihood for each of them."""

    share: float
    cut: Cut


STEP = 0.05
BESIDE, FARTHEST = 1.6, 6.6
"""Ems: how far from the middle of the lines a cut is looked for, and the edge of the column from the cut."""
FEWEST_ENDS = 4
"""Lines that must tell of the column's width."""
SLACK = 0.3
"""Widths whose likelihood differs less are as good."""


def fit(ends: Sequence[LineEnd], cut: Cut, spread: float) -> Fit | None:
    """The place of a cut that explains best where lines end; None if none of them was cut.

    The font and the edge of the column are those of `cut`.
    """
    cut_ends = [end for end in ends if end.high < NEVER_FITS]
    if not cut_ends:
        return None
    middles = sorted((end.low + end.high) / 2 for end in cut_ends)
    middle = middles[len(middles) // 2]
    steps = int(BESIDE / STEP)
    bounds = [(end.low, end.high) for end in ends]
    places = [middle + step * STEP for step in range(-steps, steps + 1)]
    score, at = _middle([(_falls(bounds, at, spread), at) for at in places])
    cut = replace(cut, at=at, spread=spread)
    if cut.edge is not None:
        score += sum(cut.wraps(e.line, e.following) for e in ends if e.line is not None)
    return Fit(score / len(ends), cut)


def fit_edge(
    ends: Sequence[LineEnd], least: float, most: float, spread: float, floor: float = WORST
) -> tuple[float, float] | None:
    """The width of a column that explains best where whole lines end, and the log likelihood of each of them.

    It lies between `least` and `most`; no line counts for less than `floor`. None if there are too few lines.
    """
    whole = [(end.line, end.following) for end in ends if end.line is not None]
    if len(whole) < FEWEST_ENDS:
        return None
    edges = [least + number * STEP for number in range(round((most - least) / STEP))]
    score, edge = _middle([(_wraps(whole, edge, spread, floor), edge) for edge in edges])
    return edge, score / len(whole)


def _middle(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The likelihood of the best width, and the middle of those around it that are as good."""
    scores = [score for score, _ in found]
    first = last = scores.index(max(scores))
    while last + 1 < len(found) and scores[last + 1] > scores[first] - SLACK:
        last += 1
    return scores[first], found[(first + last) // 2][1]
