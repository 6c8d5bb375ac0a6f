"""The body of a table: which columns label its rows, which hold figures, and what kind of row each row is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from normalise.read.marks import note_mark, without_mark
from normalise.read.shapes import Shape
from normalise.read.slots import Row, Slot, filled
from normalise.read.sums import is_part, is_total
from normalise.read.units import is_unit

RowType = Literal["header", "section", "item", "subtotal", "total", "note"]

_ID = re.compile(r"[A-Z]{0,3}[ ./-]?[0-9]{0,4}[.)]?[a-z]?|[0-9]+(?:\.[0-9]+)*\.?", re.IGNORECASE)
_SHORT = 6
_ORDINAL = re.compile(r"\(?[0-9]{1,4}[.)]?")
_SENTENCE = 60
"""A text across the table that is longer than this is a remark, not the name of a section."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table, from 0: `stub` labels the rows, `values` hold figures; the rest are words, or nothing."""

    stub: tuple[int, ...]
    values: frozenset[int]


def read_columns(body: Sequence[Row], columns: int) -> Columns:
    """Tell labels from values, on what stands in the columns of the body.

    A column holds values if it has a figure, and no more words than figures and placeholders. The first column labels
    the rows, unless it can't: a lone row of figures. Columns of words that follow label them too until each row has a
    label of its own; an identifier (`A1`, `12`) never does it alone.
    """
    rows = [row for row in body if len(filled(row)) > 1]
    seen = [Counter[Shape]() for _ in range(columns)]
    for row in rows:
        for slot in row:
            seen[slot.column][slot.shape] += 1
    has_figures = any(counts[Shape.FIGURE] for counts in seen[1:])
    values = {column for column, counts in enumerate(seen) if _holds_values(counts, has_figures)}
    if 0 in values and _labels(rows):
        values.discard(0)
    stub = [] if 0 in values or not columns else [0]
    first = min((column for column in values if column > 0), default=columns)
    candidates = (c for c in range(1, first) if c not in values and seen[c][Shape.WORDS] + seen[c][Shape.YEAR])
    names_alone = bool(stub) and not _is_id([row[0].text for row in rows if row[0].column == 0])
    for column in candidates:
        if not stub or ((names_alone or len(stub) > 1) and _are_distinct(body, stub)):
            break
        stub.append(column)
    return Columns(tuple(stub), frozenset(values))


def _holds_values(counts: Counter[Shape], has_figures: bool) -> bool:
    figures = counts[Shape.FIGURE] + (0 if has_figures and not counts[Shape.FIGURE] else counts[Shape.YEAR])
    words = counts[Shape.WORDS]
    if figures:
        return figures + counts[Shape.NIL] >= words
    return counts[Shape.NIL] > 0 and words + counts[Shape.YEAR] == 0


def _labels(rows: Sequence[Row]) -> bool:
    """Whether the first column labels its rows: by words, by plain numbers in order, or before words."""
    first = [row[0] for row in rows if row and row[0].column == 0 and row[0].shape is not Shape.BLANK]
    if any(slot.shape is Shape.WORDS for slot in first):
        return True
    if not all(_ORDINAL.fullmatch(slot.text) for slot in first):
        return False
    numbers = [int(slot.text.strip("().")) for slot in first]
    if len(numbers) > 1 and len(set(numbers)) == len(numbers) and numbers in (sorted(numbers), sorted(numbers)[::-1]):
        return True
    return sum(row[1].shape is Shape.WORDS for row in rows if len(row) > 1) * 2 > len(rows)


def _is_id(texts: Sequence[str]) -> bool:
    """Whether labels are short identifiers that say nothing by themselves."""
    short = sum(len(text) <= _SHORT and _ID.fullmatch(text) is not None and _has_digit(text) for text in texts)
    return bool(texts) and short * 3 >= len(texts) * 2


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text) or len(text) == 1


def _are_distinct(body: Sequence[Row], stub: Sequence[int]) -> bool:
    """Whether each row of a section has a label of its own; a blank one, or one that spans rows, is none."""
    known: set[tuple[str, ...]] = set()
    held: dict[int, str] = {}
    for row in body:
        if len(filled(row)) < 2:
            known.clear()
            continue
        if _is_total_row(row):
            continue
        own = {slot.column: slot for slot in row if slot.column in stub}
        held.update((column, slot.text) for column, slot in own.items())
        last = own.get(stub[-1])
        label = tuple(held.get(column, "") for column in stub)
        if last is None or last.shape is Shape.BLANK or last.cell.row_span > 1 or label in known:
            return False
        known.add(label)
    return True


def _is_total_row(row: Row) -> bool:
    return any(slot.shape is Shape.WORDS and is_total(slot.text) for slot in row)


def row_types(body: Sequence[Row], columns: Columns) -> list[RowType]:
    """What each row of a body is, totals not yet told: a section label, a note, a unit (`header`), or an item.

    A row with one text is a section label if rows with values follow and it stands in the first column or across the
    table; a note if it begins with a mark, or below all values. A label whose values are merely missing is an item:
    one alone among rows, not across the table, after rows of no section.
    """
    last = max((at for at, row in enumerate(body) if _has_value(row, columns)), default=-1)
    lone = {at for at, row in enumerate(body) if len(filled(row)) == 1}
    plain = [at for at in sorted(lone) if at < last and not _is_across(filled(body[at])[0])]
    weak = len(plain) == 1 and plain[0] > 0 and not any(at in lone for at in range(plain[0]))
    types: list[RowType] = []
    for at, row in enumerate(body):
        kind: RowType = "item"
        if at in lone:
            (slot,) = filled(row)
            if is_unit(slot.text):
                kind = "header"
            elif is_part(slot.text):
                kind = "item"  # `of which:` parts lines of one section, it begins none
            elif at > last or note_mark(slot.text) is not None or len(slot.text) > _SENTENCE:
                kind = "note" if at > last or slot.column == 0 else "item"
            elif slot.column <= max(columns.stub, default=0) and slot.shape is not Shape.FIGURE:
                kind = "item" if weak and at in plain and not slot.text.endswith(":") else "section"
        types.append(kind)
    return types


def _has_value(row: Row, columns: Columns) -> bool:
    return any(slot.column in columns.values and slot.shape in (Shape.FIGURE, Shape.YEAR, Shape.NIL) for slot in row)


def _is_across(slot: Slot) -> bool:
    return slot.columns > 1


def stub_labels(
    body: Sequence[Row], types: Sequence[RowType], columns: Columns, notes: frozenset[str]
) -> list[tuple[str, ...]]:
    """The labels of each row, outer ones first, without footnote marks; one that spans rows stands for all of them.

    Where a table has several label columns, a blank one before a filled one repeats the label above it, if the table
    prints the labels of groups once. A row without any label takes the words nearest before its first figure.
    """
    groups = _group_columns(body, columns.stub)
    below = _labels_below(body, types, columns, notes)
    held: dict[int, tuple[str, int]] = {}  # column -> its label, and the row in which it ends
    above: dict[int, str] = {}
    labels = []
    for at, (row, kind) in enumerate(zip(body, types, strict=True)):
        if kind == "section":
            above.clear()
        own: dict[int, str] = {}
        for slot in row:
            if slot.column in columns.stub and slot.shape is not Shape.BLANK:
                own[slot.column] = without_mark(slot.text, notes)
                if slot.cell.row_span > 1:
                    held[slot.column] = own[slot.column], at + slot.cell.row_span
        for column in columns.stub:
            if column not in own and column in held and at < held[column][1]:
                own[column] = held[column][0]
        if at in below:
            own[columns.stub[0]] = below[at]
        if own.keys() < set(columns.stub):
            own |= {c: above[c] for c in groups if c in above and c not in own and any(later > c for later in own)}
        above.update(own)
        if _is_total_row(row):
            above.clear()
        found = tuple(own[column] for column in columns.stub if column in own)
        labels.append(found or _label_before_figures(row, columns, notes))
    return labels


def _labels_below(
    body: Sequence[Row], types: Sequence[RowType], columns: Columns, notes: frozenset[str]
) -> dict[int, str]:
    """The label of its group for each row that stands above it: labels printed beside the middle or the last row.

    A run of rows that begins without a label has none at its top. Only if its labels can then stand in one way, each in
    the middle of its group or each at its end, they are given to the rows above.
    """
    found: dict[int, str] = {}
    run: list[tuple[int, str]] = []
    for at, row in enumerate((*body, ())):
        slot = next((slot for slot in row if slot.column == 0), None)
        if len(columns.stub) > 1 and slot and types[at] == "item" and slot.columns == 1 and not is_total(slot.text):
            run.append((at, slot.text))
            continue
        texts = [text for _, text in run]
        if texts and not texts[0] and len([text for text in texts if text]) > 1:
            placed = [ends for ends in (_middles(texts), _ends(texts)) if ends]
            groups = placed[0] if len(placed) == 1 else []
            start = 0
            for label, end in groups:
                found |= {at: without_mark(texts[label], notes) for at, _ in run[start:label]}
                start = end
        run = []
    return found


def _middles(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where each label stands and its group ends, if each stands amid several rows of its group; else nothing."""
    groups = []
    start = 0
    for label in (at for at, text in enumerate(texts) if text):
        end = 2 * label - start + 1
        if label <= start:
            return []
        groups.append((label, end))
        start = end
    return groups if start == len(texts) else []


def _ends(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where each label stands and its group ends, if each stands at the end of its group of several; else nothing."""
    labels = [at for at, text in enumerate(texts) if text]
    apart = all(later - at > 1 for at, later in pairwise(labels))
    return [(label, label + 1) for label in labels] if apart and labels[-1] == len(texts) - 1 else []


def _group_columns(body: Sequence[Row], stub: Sequence[int]) -> tuple[int, ...]:
    """The label columns in which a label is printed once for several rows: blank ones stand before filled ones."""
    found = set()
    for row in body:
        filled_in = {slot.column for slot in row if slot.shape is not Shape.BLANK}
        blanks = {slot.column for slot in row if slot.column in stub and slot.shape is Shape.BLANK}
        if not _is_total_row(row):
            found |= {c for c in blanks if any(later in filled_in for later in stub if later > c)}
    return tuple(sorted(found))


def _label_before_figures(row: Row, columns: Columns, notes: frozenset[str]) -> tuple[str, ...]:
    words = [slot for slot in row if slot.shape is Shape.WORDS and slot.column not in columns.values]
    return (without_mark(words[-1].text, notes),) if words else ()
