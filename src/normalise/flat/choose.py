"""Which way of cutting a row is right: the kinds of figures in each column, and sums across the rows, decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalise.flat.body import POOR, Body
from normalise.flat.fit import MARGIN, Fit, fits, has_lost
from normalise.flat.sums import Relation, Values, agrees, relations, value_of
from normalise.flat.tokens import TextLine, shape_of

# Costs as in `fit`: a percentage in a column of amounts, another number of decimal places, a sum that holds or not.
_KIND, _PLACES, _SUM, _NO_SUM = 3.0, 0.6, -2.0, 0.5
# A row whose cheapest cut costs more is looked at in all ways it can be cut; one that costs far more stays doubtful.
_PLAIN, _ODD = 1.0, 3.5
_WAYS = 40
# This share of a column has to be of one kind for the kind to speak.
_SHARE = 0.8
_MOST_PERCENT = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """How a row is cut, its figures, and the columns in which another cut is as likely, or the row says too little."""

    fit: Fit
    values: Values
    doubtful: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """All rows of a body as cut, by line, and what is seen of the columns.

    `percents` are those that print per cent signs, `large` those whose figures are mostly no percentages, `relations`
    say which are worked out from others. A row that no cut explains is left out.
    """

    rows: Mapping[int, Choice]
    percents: frozenset[int]
    large: frozenset[int]
    relations: tuple[Relation, ...]


def choose(body: Body, lines: Mapping[int, TextLine]) -> Choices:
    """Choose between the ways to cut each row of a body."""
    plain = {at: found[0] for at, found in body.rows.items() if found and found[0].cost <= _PLAIN}
    figures = [column for column, kind in enumerate(body.columns) if kind == "F"]
    texts = {
        column: [text for at, fit in plain.items() if (text := _text(lines[at], fit, column))] for column in figures
    }
    found = relations([_values(lines[at], fit, body.columns) for at, fit in plain.items()])
    kinds = {column: _kind(texts[column]) for column in figures}
    chosen = {}
    for at, ways in body.rows.items():
        if ways and ways[0].cost <= POOR:
            chosen[at] = _choice(lines[at], ways, body.columns, kinds, found)
    percents = frozenset(column for column, kind in kinds.items() if kind and kind.percents > 1 - _SHARE / 2)
    large = frozenset(column for column in figures if 2 * sum(map(_is_large, texts[column])) > len(texts[column]))
    return Choices(chosen, percents, large, found)


def _choice(
    line: TextLine, ways: Sequence[Fit], columns: str, kinds: Mapping[int, _Kind | None], found: Sequence[Relation]
) -> Choice:
    best = ways[0]
    is_only = len(ways) == 1 or ways[1].cost > best.cost + MARGIN
    if best.cost <= _PLAIN and is_only and abs(_kind_cost(line, best, kinds)) < _KIND / 2:
        return Choice(best, _values(line, best, columns))
    ranked = sorted(
        (
            (fit.cost + _kind_cost(line, fit, kinds) + _sum_cost(line, fit, columns, found), place, fit)
            for place, fit in enumerate(fits(line, columns, keep=_WAYS))
        )
    )
    lowest, _, best = ranked[0]
    doubtful = {
        column
        for cost, _, fit in ranked[1:]
        if cost <= lowest + MARGIN
        for column in range(len(columns))
        if fit.spans[column] != best.spans[column]
    }
    values = _values(line, best, columns)
    is_odd = best.cost > _ODD or has_lost(line, best)
    if is_odd and not any(agrees(relation, values) for relation in found):
        doubtful |= {column for column, kind in enumerate(columns) if kind == "F"}
    return Choice(best, values, frozenset(doubtful))


def _text(line: TextLine, fit: Fit, column: int) -> str:
    span = fit.spans[column]
    return " ".join(token.text for token in line.tokens[span[0] : span[1]]) if span else ""


def _values(line: TextLine, fit: Fit, columns: str) -> Values:
    return [
        value_of(text) if kind == "F" and (text := _text(line, fit, column)) else None
        for column, kind in enumerate(columns)
    ]


def _is_percent(text: str) -> bool:
    return "%" in text


def _is_large(text: str) -> bool:
    value = value_of(text)
    return value is not None and ("£" in text or abs(value) > _MOST_PERCENT)


def _places(text: str) -> int:
    return len(text.rpartition(".")[2].rstrip(")%*")) if "." in text else 0


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the figures of a column are: the share of percentages and of dates, and the decimal places of nearly all."""

    percents: float
    dates: float
    places: int | None


def _kind(texts: Sequence[str]) -> _Kind | None:
    if not texts:
        return None
    common, count = Counter(map(_places, texts)).most_common(1)[0]
    dates = sum(shape_of(text) == "code" for text in texts)
    is_common = count >= _SHARE * len(texts)
    return _Kind(sum(map(_is_percent, texts)) / len(texts), dates / len(texts), common if is_common else None)


def _kind_cost(line: TextLine, fit: Fit, kinds: Mapping[int, _Kind | None]) -> float:
    """What it costs that figures are of other kinds than most of their columns."""
    return sum(_cell_cost(_text(line, fit, column), kind) for column, kind in kinds.items() if kind)


def _cell_cost(text: str, kind: _Kind) -> float:
    if not text:
        return 0.0
    shape = shape_of(text)
    if kind.dates > _SHARE:
        return _KIND if shape == "figure" else 0.0
    cost = _KIND if shape == "code" and not kind.dates else 0.0
    if any(char.isdigit() for char in text):
        cost += _KIND * (1 - kind.percents if _is_percent(text) else kind.percents)
        cost += _PLACES if kind.places is not None and _places(text) != kind.places else 0.0
    return cost


def _sum_cost(line: TextLine, fit: Fit, columns: str, found: Sequence[Relation]) -> float:
    values = _values(line, fit, columns)
    told = [relation for relation in found if values[relation.column] is not None]
    return sum(_SUM if agrees(relation, values) else _NO_SUM for relation in told)
