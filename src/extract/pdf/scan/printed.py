"""Print as it is set: how large and how heavy the type of each piece is, and on which line it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extract.pdf.scan.letters import CAPITAL, LOW, SMALL, TALL, Letter, heights, size_of
from extract.pdf.scan.lines import Piece
from extract.pdf.scan.picture import Picture

ALIKE = 0.06
"""Of its size, by which two pieces in one type may be measured apart."""
SAME_ROW = 0.2
"""Ems by which the baselines of two pieces on one line may be measured apart."""
BOLD = 1.2
"""The ink of bold type by that of the usual type, at least."""
ROUNDS = 3
"""What is bold shows when it is known what is usual, and the other way round: after three rounds nothing changes."""
WITNESSES = 5
"""Pieces that tell how high small letters are on a page, at least."""
_STANDING = (TALL | LOW | {"i", "t", "!", "?", "."}) - {"£", "%", "&"}


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a piece, the size of its type and its baseline in dots, and which of its words are bold.

    A size or a baseline of 0 is not known yet. `other` has for each word what a second reading has in its
    place, empty if it is the same.
    """

    piece: Piece
    words: tuple[tuple[Letter, ...], ...]
    size: float = 0.0
    baseline: float = 0.0
    bold: tuple[bool, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def letters(self) -> list[Letter]:
        """All letters, without spaces."""
        return [letter for word in self.words for letter in word]

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.piece.x1 - self.piece.x0


def set_in_type(printed: Sequence[Printed], picture: Picture, known: Sequence[float]) -> list[Printed]:
    """The pieces with their sizes, baselines and weights; `known` are the sizes of earlier pages, in points.

    Sizes that are measured nearly alike are one size, and baselines on one level one line.
    """
    measured = _rows(_sized(printed, [size * picture.scale for size in known]))
    inks = _usual_inks(measured)
    weights = [[_weight(word, part.size, inks) for word in part.words] for part in measured]
    return [replace(part, bold=_bold(row)) for part, row in zip(measured, weights, strict=True)]


def _bold(weights: Sequence[float]) -> tuple[bool, ...]:
    """Which words are bold; one that does not tell, as a dash, is like the last one before it, or the first."""
    told = [weight for weight in weights if weight]
    last = told[0] if told else 0.0
    bold = []
    for weight in weights:
        last = weight or last
        bold.append(last > BOLD)
    return tuple(bold)


def _sized(printed: Sequence[Printed], known: Sequence[float]) -> list[Printed]:
    ratios = [ratio for part in printed if (ratio := _low_by_tall(part))]
    small = median(ratios) if len(ratios) >= WITNESSES else SMALL
    sizes = [size_of(part.letters, small) for part in printed]
    steps = list(known)
    for size in _clusters([(size, part.width) for size, part in zip(sizes, printed, strict=True) if size]):
        if not any(abs(size - step) <= ALIKE * step for step in steps):
            steps.append(size)
    return [
        replace(part, size=_nearest(size, steps) if size else 0.0, baseline=_baseline(part))
        for size, part in zip(sizes, printed, strict=True)
    ]


def _nearest(size: float, steps: Sequence[float]) -> float:
    return min(steps, key=lambda step: abs(step - size))


def _low_by_tall(part: Printed) -> float:
    tall, low = heights(part.letters)
    return median(low) / median(tall) if len(tall) >= 3 and len(low) >= 3 else 0.0


def _clusters(weights: Sequence[tuple[float, int]]) -> list[float]:
    """The sizes that are used: around each of them the measured ones lie within what measuring does."""
    left = sorted(weights)
    found: list[float] = []
    while left:
        best = max(left, key=lambda item: (sum(w for size, w in left if abs(size - item[0]) <= ALIKE * item[0]), item))
        near = [item for item in left if abs(item[0] - best[0]) <= ALIKE * best[0]]
        found.append(_weighted_median(near))
        left = [item for item in left if item not in near]
    return found


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def _baseline(part: Printed) -> float:
    bottoms = [letter.bottom for letter in part.letters if letter.text in _STANDING]
    return float(median(bottoms)) if bottoms else 0.0


def _rows(printed: Sequence[Printed]) -> list[Printed]:
    """Pieces on one level get one baseline; what tells no size or baseline, as a dash, gets those of its neighbour."""
    known = sorted((part for part in printed if part.baseline and part.size), key=lambda part: part.baseline)
    rows: list[list[Printed]] = []
    for part in known:
        if rows and part.baseline - rows[-1][-1].baseline <= SAME_ROW * min(part.size, rows[-1][-1].size):
            rows[-1].append(part)
        else:
            rows.append([part])
    levelled = [replace(part, baseline=base) for row in rows for base in (_level(row),) for part in row]
    return [*levelled, *(_beside(part, levelled) for part in printed if not (part.baseline and part.size))]


def _level(row: Sequence[Printed]) -> float:
    return _weighted_median([(part.baseline, part.width) for part in row])


def _beside(part: Printed, others: Sequence[Printed]) -> Printed:
    """A piece that does not tell its own line, on that of the nearest piece beside it."""
    middle = (part.piece.top + part.piece.bottom) / 2
    near = [
        other for other in others if other.baseline - 0.85 * other.size <= middle <= other.baseline + 0.2 * other.size
    ]
    if not near:
        size = part.piece.height / CAPITAL
        return replace(part, size=size, baseline=float(part.piece.bottom))
    chief = min(near, key=lambda other: (_apart(part.piece, other.piece), other.piece))
    return replace(part, size=chief.size, baseline=chief.baseline)


def _apart(piece: Piece, other: Piece) -> int:
    return max(other.x0 - piece.x1, piece.x0 - other.x1)


def _usual_inks(printed: Sequence[Printed]) -> dict[str, float]:
    """How much ink each character has in the usual type of a page, in square ems.

    What stands in bold type only is taken for as much heavier as its neighbours are.
    """
    inks: dict[str, float] = {}
    for _ in range(ROUNDS):
        seen: dict[str, list[float]] = defaultdict(list)
        for part in printed:
            for word in part.words:
                by = _weight(word, part.size, inks) if inks else 1.0
                for letter in word:
                    if letter.darkness:
                        seen[letter.text].append(letter.darkness / part.size**2 / (by if by > BOLD else 1.0))
        inks = {text: median(values) for text, values in seen.items()}
    return inks


def _weight(word: Sequence[Letter], size: float, usual: Mapping[str, float]) -> float:
    """How much ink a word has, by what its letters usually have; 0 if that can't be told."""
    told = [letter for letter in word if letter.text.isalnum() and letter.darkness]
    expected = sum(usual[letter.text] for letter in told) * size**2
    return sum(letter.darkness for letter in told) / expected if len(told) > 1 else 0.0
