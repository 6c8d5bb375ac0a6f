"""Paragraphs and headings that were printed in the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalise.engine import rule
from normalise.grids import filled, header_roles
from normalise.read.dates import read_period
from normalise.read.money import read_money
from normalise.read.profiles import Profile, profiles
from normalise.rules.tables import NUMBERED, pour
from normalise.split.language import Language
from normalise.split.paragraph import put_back
from papers.paper import Cell, Kind, Line, Paper
from papers.readings import Money, Period
from papers.repair import Hunk, Mark


@rule("loses ink")
def paragraphs_in_tables(paper: Paper) -> Iterator[Hunk]:
    """Lift a heading or a labelled paragraph out of a table's rows.

    `Objective 4: Serving Diverse Communities` or `Equalities impact: ...` in a first cell whose neighbours are blank is
    no row of the table. Text that was cut off into the next cells is brought back behind it. Rows that merely have no
    values (sub-headings of a table) are left alone, as are rows with a date or an amount in its place (`Notes: to be
    sent out`, `May 2006`, `£5`).
    """
    found = {at: profile for at, line in enumerate(paper.lines) if (profile := _opens(line))}
    cut = {at for at in found if _tails(paper.lines[at])}
    whole = (line for at, line in enumerate(paper.lines) if cut and at not in cut)
    language = Language.of(cell.text for line in whole for cell in line.cells)
    for at, profile in found.items():
        line = paper.lines[at]
        kind: Kind = "heading" if profile.group_pattern.match(line.cells[0].text) else "prose"
        cell = pour(line.cells)
        why = "it opens a part of the paper and is no row of the table it was printed in"
        if at not in cut:
            yield Hunk(at, (line,), (Line(kind, (cell,)),), why)
            continue
        tail = " ".join(part.text.strip() for part in _tails(line))
        after = Line(kind, (cell.with_text(put_back(line.cells[0].text.strip(), tail, language)),))
        why += "; the text cut off into the next column is put back where it reads best"
        yield Hunk(at, (line,), (after,), why, doubted=(Mark(0, 0),))


def _opens(line: Line) -> Profile | None:
    """The profile whose heading or labelled paragraph a row opens with, if it is no row of values."""
    if line.kind != "row" or not line.cells:
        return None
    text = line.cells[0].text
    found = next((p for p in profiles() if p.group_pattern.match(text) or p.label_pattern.match(text)), None)
    return None if found is None or header_roles(line) or _holds_values(line) else found


def _tails(line: Line) -> Sequence[Cell]:
    return [cell for cell in line.cells[1:] if cell.text.strip()]


def _holds_values(line: Line) -> bool:
    """Whether the cells behind the first hold values of a table, and not the rest of its text.

    Two values are no accident, nor is an amount that does not stand right behind the text.
    """
    texts = [cell.text.strip() for cell in line.cells]
    amounts = [c for c, text in enumerate(texts) if c and "£" in text and isinstance(read_money(text), Money)]
    dates = [c for c, text in enumerate(texts) if c and isinstance(read_period(text), Period)]
    return len(amounts) + len(dates) > 1 or any(column > 1 for column in amounts)


@rule()
def broken_paragraphs(paper: Paper) -> Iterator[Hunk]:
    """Join a labelled paragraph that a table's rows cut into lines.

    The lines that follow `Issues/comments: ...` directly, that hold one text in their first column and nothing else,
    belong to it as long as no table begins there. A following line that opens with a label or a number of its own does
    not.
    """
    at = 0
    while at < len(paper.lines):
        line = paper.lines[at]
        end = at + 1
        if line.kind == "prose" and len(line.cells) == 1 and any(p.label_pattern.match(line.text) for p in profiles()):
            while end < len(paper.lines) and _continues(paper.lines[end]):
                end += 1
        if end > at + 1:
            cells = tuple(cell for part in paper.lines[at:end] for cell in part.cells)
            after = Line("prose", (pour(cells),))
            yield Hunk(at, paper.lines[at:end], (after,), "one paragraph, cut into lines by the rows of a table")
        at = end


def _continues(line: Line) -> bool:
    if line.kind != "row" or filled(line) != [0] or header_roles(line):
        return False
    text = line.cells[0].text
    return not NUMBERED.match(text) and not any(
        p.label_pattern.match(text) or p.group_pattern.match(text) for p in profiles()
    )
