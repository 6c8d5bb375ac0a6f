"""Rows of a fixed-width table: which lines begin one, and which go on with the row above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalise.layout.columns import Header, Piece, Printed
from normalise.layout.numbering import Candidate, Front, front, in_sequence
from normalise.layout.wrapped import BULLET, could_hold, ends, goes_on, joined
from normalise.read.dates import is_whole_deadline
from normalise.read.money import budget_kind
from papers.paper import Cell

# Numbers of one table begin within so many characters: ` 9.` and `10.` set flush right, `1.` and `(1)`.
_MARGIN = 2
# A capital and one thing more speak for a new row, see `_evidence`; less than that is for a person to look at.
_ENOUGH = 3
_UNSURE = 1


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line of a table's body, cut into columns.

    `after_blank`: a blank line stands above; `on_new_page`: a page end does, or a header that was printed again.
    """

    printed: Printed
    pieces: tuple[Piece, ...]
    after_blank: bool
    on_new_page: bool

    @property
    def first(self) -> str:
        """What stands in the first column."""
        return self.pieces[0].text

    @property
    def has_others(self) -> bool:
        """Whether something stands in the other columns."""
        return any(piece.text for piece in self.pieces[1:])


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table, as half-open ranges of its lines; the lines after the last one are no part of the table.

    `numbers` holds the number at the front of each row that has one, `unsure` the lines that may or may not begin one.
    """

    rows: tuple[tuple[int, int], ...]
    numbers: dict[int, Front]
    unsure: frozenset[int]


def find_rows(lines: Sequence[RowLine], header: Header) -> Body:
    """Find the rows of a table.

    A row of a numbered table begins at a number; the lines between belong to the row above, unless they stand apart
    behind a blank line and don't go on with its text. Without numbers, rows begin at the margin if their other lines
    are indented, else behind blank lines, else where the texts say so. A total is a row of its own.
    """
    width = max((len(line.first) for line in lines), default=0)
    room = min((line.pieces[1].start for line in lines if line.pieces[1].text), default=header.extents[1][0]) - 1
    totals = {at for at, line in enumerate(lines) if is_total(line, header)}
    numbers = _numbers(lines, header, totals)
    unsure: set[int] = set()
    if numbers:
        starts, end = _numbered(lines, numbers, totals, room)
    else:
        starts, unsure = _unnumbered(lines, header, totals, width)
        end = len(lines)
    bounds = [*sorted(starts), end]
    return Body(tuple(pairwise(bounds)), numbers, frozenset(unsure))


def is_total(line: RowLine, header: Header) -> bool:
    """Whether a line is a total row: a label of the profile, and besides it nothing but figures and dashes."""
    texts = [piece.text for piece in line.pieces if piece.text]
    others = [text for text in texts if not header.profile.is_total(text)]
    figures = [text for text in others if budget_kind(text) == "nil" or any(char.isdigit() for char in text)]
    is_in_front = bool(line.first) and not header.profile.is_total(line.first)
    return len(texts) == len(others) + 1 and figures == others and not is_in_front


def _numbers(lines: Sequence[RowLine], header: Header, totals: set[int]) -> dict[int, Front]:
    fronts = {
        at: found
        for at, line in enumerate(lines)
        if at not in totals
        and (found := front(line.printed.text.lstrip()))
        and (found.has_stop or found.text_at < len(line.first) or "number" in header.roles)
    }
    margin = min((_indent(lines[at]) for at in fronts), default=0)
    candidates = [
        Candidate(at, found.number, lines[at].after_blank or lines[at].has_others)
        for at, found in fronts.items()
        if _indent(lines[at]) <= margin + _MARGIN
    ]
    return {at: fronts[at] for at in in_sequence(candidates)}


def _indent(line: RowLine) -> int:
    return len(line.printed.text) - len(line.printed.text.lstrip())


def _numbered(lines: Sequence[RowLine], numbers: dict[int, Front], totals: set[int], room: int) -> tuple[set[int], int]:
    """Where rows begin in a numbered table, and where it ends: before text that stands apart behind its last row."""
    starts = {*numbers, *totals}
    last = max(starts)
    apart = {
        at
        for at in range(1, len(lines))
        if at not in starts and _stands_apart(lines[at - 1], lines[at], room) and not lines[at].on_new_page
    }
    end = next((at for at in sorted(apart) if at > last and not lines[at].has_others), len(lines))
    starts |= {at for at in apart if at < end}
    return starts | ({0} if end else set()), end


def _stands_apart(above: RowLine, line: RowLine, room: int) -> bool:
    """Whether a line behind a blank one begins something new: the line above had room for its first word."""
    before = " " * above.pieces[0].start + above.first
    return line.after_blank and bool(line.first) and not goes_on(before, line.first, room)


def _unnumbered(lines: Sequence[RowLine], header: Header, totals: set[int], width: int) -> tuple[set[int], set[int]]:
    """Where rows begin in a table without numbers, and the lines of which that is unsure."""
    starts = {*totals, *(at + 1 for at in totals if at + 1 < len(lines)), *([0] if lines else [])}
    texts = {at: line.pieces[0].start for at, line in enumerate(lines) if line.first and at not in totals}
    margin = min(texts.values(), default=0)
    plain = {at for at in texts if not BULLET.match(lines[at].first)}
    at_margin = {at for at in plain if texts[at] == margin}
    if plain != at_margin and not any(lines[at].first[0].islower() for at in at_margin):
        return starts | at_margin, set()
    if any(line.after_blank for line in lines[1:]):
        return starts | {at for at in texts if at and _opens_block(lines[at - 1], lines[at], width)}, set()
    unsure = set()
    opened = 0
    for at in range(1, len(lines)):
        evidence = _evidence(lines[opened:at], lines[at], header, width) if at in texts and at not in starts else 0
        if _UNSURE <= evidence <= _ENOUGH:
            unsure.add(at)
        if at in starts or evidence >= _ENOUGH:
            starts.add(at)
            opened = at
    return starts, unsure


def _opens_block(above: RowLine, line: RowLine, width: int) -> bool:
    """Whether a line behind a blank one begins a row; behind a page end, or alone, it may go on with the row above."""
    sure = line.has_others and not line.on_new_page
    return line.after_blank and (sure or not goes_on(above.first, line.first, width))


def _evidence(row: Sequence[RowLine], line: RowLine, header: Header, width: int) -> int:
    """How much speaks for a new row at `line`, less what speaks for another line of `row`.

    For: a capital; room left at the end of the line above; the end of a sentence there; a deadline or an amount when
    the row has one. Against: small letters; a list item; a full line above, or a comma; a deadline that goes on. A row
    with nothing in its other columns isn't seen.
    """
    above = next((other.first for other in reversed(row) if other.first), "")
    if not line.has_others:
        return 0
    score = 2 if could_hold(above, line.first, width) else -1
    score += 1 if ends(above) else -3 if above.endswith(",") else 0
    score += 2 if line.first[0].isupper() else -4 if line.first[0].islower() or BULLET.match(line.first) else 0
    for role, column in header.roles.items():
        before, here = _column(row, column), line.pieces[column].text
        if before and here and header.profile.columns[role] == "money":
            score += 2 if budget_kind(here) == "amount" and budget_kind(before) in ("amount", "nil") else 0
        elif before and here and header.profile.columns[role] == "period":
            score += _second_deadline(before, here)
    return score


def _second_deadline(before: str, here: str) -> int:
    """How much speaks for a second deadline: the first is whole, and doesn't stay so with what follows."""
    both = is_whole_deadline(before) and is_whole_deadline(here)
    if is_whole_deadline(joined([before, here])):
        return 0 if both else -3
    return 3 if both else 2 if is_whole_deadline(before) else 0


def _column(row: Sequence[RowLine], column: int) -> str:
    return joined([line.pieces[column].text for line in row])


def row_cells(lines: Sequence[RowLine]) -> Iterator[tuple[Cell, bool]]:
    """The cells of one row, and of each whether it was torn from its neighbour on some line."""
    for pieces in zip(*(line.pieces for line in lines), strict=True):
        filled = [piece for piece in pieces if piece.text]
        cell = Cell(joined([p.text for p in filled]), tuple(origin for p in filled for origin in p.origins))
        yield cell, any(piece.is_torn for piece in filled)


def apart(cell: Cell, found: Front) -> tuple[Cell, Cell]:
    """A first cell as two: the number, and the text behind it."""
    rest = cell.text.removeprefix(found.mark).strip()
    return Cell(found.mark, cell.origins), Cell(rest, cell.origins if rest else ())
