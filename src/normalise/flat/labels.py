"""The labels at the left of a table's rows: in one column, or in two that the header names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from normalise.flat.body import is_total
from normalise.flat.choose import Choices
from normalise.flat.stubs import Label, cut_ids, cut_pairs, repeats
from normalise.flat.tokens import TextLine, Token

# How much rows speak for two columns of labels: by numbers in front, by endings that come back, by whole labels.
_NUMBERED, _PAIRED, REPEATED = 1.5, 0.5, 4.5


@dataclass(frozen=True, slots=True)
class Labels:
    """How the label of each row falls into two columns, by line.

    `odds` say how much the rows speak for two columns, whatever the header says.
    """

    cuts: Mapping[int, Label]
    odds: float


def cut_labels(lines: Mapping[int, TextLine], choices: Choices) -> Labels | None:
    """How the labels of a table could fall into two columns; None if the rows don't show it."""
    rows = list(choices.rows)
    labels = [_label(lines[at], choices.rows[at].fit.spans[0]) for at in rows]
    totals = [is_total(lines[at]) or _is_greatest(place, rows, choices) for place, at in enumerate(rows)]
    if ids := cut_ids(labels):
        return Labels(dict(zip(rows, ids, strict=True)), _NUMBERED)
    pairs = cut_pairs(labels, totals)
    if pairs is None:
        return None
    odds = REPEATED if repeats(labels, totals) else _PAIRED
    return Labels(dict(zip(rows, pairs, strict=True)), odds)


def _label(line: TextLine, span: tuple[int, int] | None) -> Sequence[Token]:
    return line.tokens[span[0] : span[1]] if span else ()


def _is_greatest(place: int, rows: Sequence[int], choices: Choices) -> bool:
    """Whether a row is the last, and its first figure above all others, as that of a total is."""
    if place < len(rows) - 1 or len(rows) < 3:
        return False
    figures = [next(filter(None, choices.rows[at].values), None) for at in rows]
    others = [value for value in figures[:-1] if value is not None]
    last = figures[-1]
    return last is not None and bool(others) and last > max(others)
