"""How the words of a row fall into the columns of a table: the cheapest way, and whether another is as good.

A table's columns are written as a string, `T` for texts and `F` for figures: `TFFF`. Costs are rough negative log
likelihoods, set by hand: 3 means "twenty times less likely". What matters is their order.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from normalise.flat.tokens import TextLine, Token, is_spaced_figure
from normalise.read.dates import is_whole_deadline

# A figure inside a text (`New teams, 285 wards`), and one at the end of a text where a figure's column follows.
_INSIDE_SOFT, _INSIDE_HARD = 0.4, 2.0
_EDGE_SOFT, _EDGE_HARD = 2.5, 5.0
# A word in a column of figures (`Completed`), and each further one (`on call`).
_WORD, _DEADLINE, _MORE_WORDS = 4.0, 1.5, 1.0
# A text behind a figure that begins in small letters, as running text does.
_RUNS_ON = 1.5
_PHRASE = 4
# A figure printed with spaces: `1 109`.
_SPACED = 4.0
# A dash at the end of a text, and one alone in a column of texts.
_EDGE_NIL, _LONE_NIL = 2.0, 0.7
# A blank cell that left its spaces, one that left none (at the end of a line, where many copies strip them, and
# elsewhere), and spaces that no blank cell explains: beside a text they may be those of a further column of texts.
_BLANK, _STRIPPED, _LOST, _EXTRA, _EXTRA_TEXT, _TRAIL = 0.3, 1.2, 2.5, 2.5, 0.5, 0.8
# So many blank cells may be skipped that left no space; cuts that cost so much more than the best are given up.
_MOST_LOST, _BEAM = 3, 9.0
# Two ways to cut a row that differ by less can't be told apart.
MARGIN = 0.75


@dataclass(frozen=True, slots=True)
class Fit:
    """One way to cut a row: for each column the half-open range of its words, None for a blank; and what it costs."""

    cost: float
    spans: tuple[tuple[int, int] | None, ...]


@dataclass(slots=True)
class _State:
    """A partial cut: the last column begun is the length of `spans` less one."""

    cost: float
    spans: tuple[tuple[int, int] | None, ...]


def fits(line: TextLine, columns: str, keep: int = 8) -> list[Fit]:
    """The cheapest ways to cut a line into columns, best first, at most `keep`; none if it can't be cut so."""
    if plain := _plain(line, columns):
        return [plain]
    width = len(columns)
    states: list[list[_State]] = [[] for _ in range(width)]
    for column in range(min(width, line.tokens[0].gap + _MOST_LOST + 1)):
        _begin(states, line.tokens, 0, columns, column, _State(0.0, ()))
    for number in range(1, len(line.tokens)):
        after: list[list[_State]] = [[] for _ in range(width)]
        reach = line.tokens[number].gap + _MOST_LOST + 1
        for column, kept in enumerate(states):
            for state in kept:
                _go_on(after, line.tokens, number, columns, column, state)
                for later in range(column + 1, min(width, column + reach)):
                    _begin(after, line.tokens, number, columns, later, state)
        most = min((state.cost for kept in after for state in kept), default=0.0) + _BEAM
        states = [sorted((s for s in kept if s.cost <= most), key=_cost)[:keep] for kept in after]
    found = [_end(line, columns, state) for kept in states for state in kept]
    return sorted(found, key=_cost)[:keep]


def _plain(line: TextLine, columns: str) -> Fit | None:
    """The only sensible cut of a row that is printed as the columns are: words, then figures with single spaces."""
    spans: list[tuple[int, int] | None] = []
    if line.trail or line.tokens[0].is_figure_like or any(token.gap > 1 for token in line.tokens):
        return None
    for number, token in enumerate(line.tokens):
        if not token.is_figure_like and spans and columns[len(spans) - 1] == "T":
            spans[-1] = ((spans[-1] or (0, 0))[0], number + 1)
        elif len(spans) < len(columns) and columns[len(spans)] == ("F" if token.is_figure_like else "T"):
            spans.append((number, number + 1))
        else:
            return None
    is_running = any(
        kind == "T" and span and span[0] and line.tokens[span[0]].text[0].islower()
        for kind, span in zip(columns, spans, strict=False)
    )
    return Fit(0.0, tuple(spans)) if len(spans) == len(columns) and not is_running else None


def cost_of(line: TextLine, columns: str, most: float) -> float:
    """What the cheapest way to cut a line into columns costs, at most `most`."""
    found = fits(line, columns, keep=1)
    return min(found[0].cost, most) if found else most


def _cost(found: _State | Fit) -> float:
    return found.cost


def has_lost(line: TextLine, fit: Fit) -> bool:
    """Whether a blank cell of a row has left no space: another one may be the blank."""
    end = blanks = 0
    for span in fit.spans:
        if span is None:
            blanks += 1
            continue
        if line.tokens[span[0]].gap < blanks + (1 if end else 0):
            return True
        end, blanks = span[1], 0
    return line.trail < blanks


def _begin(
    into: list[list[_State]], tokens: Sequence[Token], number: int, columns: str, column: int, state: _State
) -> None:
    """Let a word begin a column; those skipped are blank."""
    token = tokens[number]
    blanks = column - len(state.spans)
    previous = columns[len(state.spans) - 1] if state.spans else ""
    extra = _EXTRA_TEXT if "T" in (previous, columns[column]) else _EXTRA
    cost = state.cost + gap_cost(token.gap, blanks, extra, is_first=number == 0)
    if columns[column] == "F":
        cost += 0.0 if token.is_figure_like else _word_cost(token.text)
        is_label = number == 1 and state.spans == ((0, 1),)  # a row may be named by a figure: a year, an age
        cost += _edge(tokens[number - 1]) if previous == "T" and not is_label else 0.0
    elif token.is_figure_like:
        is_lone = token.shape == "nil" or number == 0
        cost += (_LONE_NIL if is_lone else _edge(token)) if number == 0 or previous == "F" else _inside(token)
    elif previous == "F" and token.text[0].islower():
        cost += _RUNS_ON
    into[column].append(_State(cost, (*state.spans, *(None,) * blanks, (number, number + 1))))


def _go_on(
    into: list[list[_State]], tokens: Sequence[Token], number: int, columns: str, column: int, state: _State
) -> None:
    """Let a word go on with the text, or the spaced figure, of the column before it."""
    token = tokens[number]
    first = (state.spans[-1] or (number, number))[0]
    cost = state.cost + (_EXTRA if token.gap > 1 else 0.0)
    if columns[column] == "T":
        cost += _inside(token) if token.is_figure_like else 0.0
    elif tokens[first].shape in ("word", "code") and token.shape != "figure" and number - first < _PHRASE:
        cost += _MORE_WORDS
    elif number - first <= 3 and is_spaced_figure(" ".join(each.text for each in tokens[first : number + 1])):
        cost += _SPACED - (_WORD if tokens[first].shape == "word" and number == first + 1 else 0.0)
    else:
        return
    into[column].append(_State(cost, (*state.spans[:-1], (first, number + 1))))


def _end(line: TextLine, columns: str, state: _State) -> Fit:
    blanks = len(columns) - len(state.spans)
    cost = state.cost + trail_cost(line.trail, blanks)
    return Fit(cost, (*state.spans, *(None,) * blanks))


def _inside(token: Token) -> float:
    return _INSIDE_SOFT if token.shape != "figure" or _is_soft(token) else _INSIDE_HARD


@functools.lru_cache(maxsize=4096)
def _word_cost(text: str) -> float:
    """What a word costs in a column of figures; the same words come again in every row and round."""
    return _DEADLINE if text[0].isupper() and is_whole_deadline(text) else _WORD


def _edge(token: Token) -> float:
    if not token.is_figure_like:
        return 0.0
    if token.shape != "figure":
        return _EDGE_NIL
    return _EDGE_SOFT if _is_soft(token) else _EDGE_HARD


def _is_soft(token: Token) -> bool:
    """Whether a label may well end with a figure: `Band 3`, `Overtime reduction (5%)`."""
    return token.is_soft or token.text.endswith("%)")


def gap_cost(gap: int, blanks: int, extra: float, *, is_first: bool) -> float:
    """What it costs to take a run of spaces for so many blank cells; a blank cell leaves one space or two.

    `extra` is the cost of spaces that no blank cell explains.

    >>> gap_cost(3, 2, 2.5, is_first=False), gap_cost(3, 1, 2.5, is_first=False), gap_cost(1, 1, 2.5, is_first=False)
    (0.6, 0.3, 2.5)
    """
    least = blanks if is_first else blanks + 1
    most = 2 * blanks if is_first else 2 * blanks + 1
    if gap < least:
        return _LOST * (least - gap)
    return _BLANK * blanks + (extra if gap > max(most, 1) else 0.0)


def trail_cost(trail: int, blanks: int) -> float:
    """What it costs to take the spaces at the end of a line for so many blank cells; many copies strip them."""
    if blanks == 0:
        return _TRAIL if trail else 0.0
    return _BLANK * blanks + _STRIPPED * max(0, blanks - trail)
