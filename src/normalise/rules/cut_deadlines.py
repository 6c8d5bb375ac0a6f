"""Deadlines that a wrong column boundary cut: made whole from the next cell, or shown with a gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from normalise.engine import note, rule
from normalise.grids import loose_tables
from normalise.split.deadlines import Mended, has_cut_month, mend_deadline, with_gaps
from normalise.split.own import is_deadline, partings
from papers.paper import Line, Paper
from papers.repair import Hunk, Mark


@rule("loses ink", "supplies ink", "adds signs")
def cut_deadlines(paper: Paper) -> Iterator[Hunk]:
    """Make deadlines whole whose line ends moved into the cell on their right, or mark where such an end is lost.

    `By 31 January 200`, beside `8 Assessments sampled`, is `By 31 January 2008`. Acts only if exactly one deadline
    explains most of what is odd in both cells; a letter that stands on both sides of the cut is kept once. A figure of
    a year that may stand on both sides is noted only: it may be a figure of the next cell (`8 Targets met`). Where the
    end is lost, only a word that can be completed in one way is (`Continuin`), and marked as supplied; `By Feb 200` is
    shown as `By Feb 200[…]`.
    """
    for table in loose_tables(paper):
        left = table.roles.get("deadline")
        right = table.roles.get("performance_measure")
        for at in table.rows if left is not None else ():
            line = paper.lines[at]
            if left is not None and left < len(line.cells) and line.cells[left].text.strip():
                yield from _hunks(paper, at, left, right if right is not None and right < len(line.cells) else None)


def _hunks(paper: Paper, at: int, left: int, right: int | None) -> Iterator[Hunk]:
    line = paper.lines[at]
    words = line.cells[left].text.split()
    following = line.cells[right].text.split() if right is not None else []
    if right is not None and following:
        if is_deadline(" ".join(words)) and _is_doubled(words, following):
            if following[0].isdigit():
                why = f"`{following[0]}` may be the last figure of `{words[-1]}`, if that stood on the cut"
                yield note(paper, at, why, (right,))
                return
            yield _without_first(line, at, left, right, following)
            return
        if mended := mend_deadline(tuple(words), tuple(following)):
            yield _whole(line, at, left, right, mended)
            return
    is_cut = has_cut_month(words) or not any(way.is_sound and way.own for way in partings(" ".join(words), "period"))
    if is_cut and (mended := with_gaps(words)):
        yield _shown(line, at, left, mended)


def _is_doubled(words: list[str], following: list[str]) -> bool:
    """Whether the next cell begins with the deadline's last letter or figure, which stood on the cut."""
    first, *rest = following
    if not rest or len(first) > 1 or first != words[-1][-1]:
        return False
    return rest[0][0].isupper() if first.isdigit() else first.isalpha() and first not in "aI"


def _without_first(line: Line, at: int, left: int, right: int, following: list[str]) -> Hunk:
    cells = list(line.cells)
    cells[right] = cells[right].with_text(" ".join(following[1:]))
    deadline = " ".join(cells[left].text.split())
    why = f"`{following[0]}` is the last letter of `{deadline}`: it stands on both sides of the cut"
    return Hunk(at, (line,), (line.with_cells(*cells),), why)


def _whole(line: Line, at: int, left: int, right: int, mended: Mended) -> Hunk:
    cells = list(line.cells)
    origins = cells[left].origins + cells[right].origins
    cells[left] = replace(cells[left], text=" ".join(mended.left), origins=origins)
    cells[right] = cells[right].with_text(" ".join(mended.right))
    why = f"`{mended.deadline}` is a deadline; its end stood in the next cell"
    if mended.is_misread:
        why += ", a letter on the cut was misread"
    doubted = (Mark(0, left),) if mended.is_misread else ()
    return Hunk(at, (line,), (line.with_cells(*cells),), why, doubted, _supplied(left, mended))


def _shown(line: Line, at: int, left: int, mended: Mended) -> Hunk:
    cells = list(line.cells)
    cells[left] = cells[left].with_text(" ".join(mended.left))
    supplied = _supplied(left, mended)
    lost = "the end of a line of the deadline is lost"
    why = f"{lost}: only `{mended.deadline}` fits" if supplied else f"{lost} in `{mended.deadline}`"
    if mended.is_misread:
        why = f"`{mended.deadline}` is a deadline; of its last letter, on the cut, only a part was read"
    doubted = (Mark(0, left),) if mended.is_misread or not supplied else ()
    return Hunk(at, (line,), (line.with_cells(*cells),), why, doubted, supplied)


def _supplied(cell: int, mended: Mended) -> tuple[Mark, ...]:
    starts = [0]
    for word in mended.left:
        starts.append(starts[-1] + len(word) + 1)
    return tuple(Mark(0, cell, starts[at] + first, starts[at] + last) for at, first, last in mended.supplied)
