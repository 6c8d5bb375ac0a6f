"""One repair as a small diff: what it changed, and a little of what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from papers.paper import Line
from papers.repair import Hunk, Mark, shown
from pipeline.texts import near


def small_diff(hunk: Hunk) -> Iterator[str]:
    """Write a repair as lines that begin with `-` and `+`; supplied characters stand in square brackets.

    Where the lines keep their cells, only the cells that changed are shown, and of them what is near the change.
    """
    changes = list(_changes(hunk))
    if changes:
        for old, new in changes:
            yield from _signed("-", old)
            yield from _signed("+", new)
        return
    yield from _signed("-", shown(hunk.before))
    if hunk.after:
        yield from _signed("+", shown(hunk.after, hunk.supplied))


def _signed(sign: str, text: str) -> Iterator[str]:
    for part in text.split("\n"):
        yield f"{sign} {part}".rstrip()


def _changes(hunk: Hunk) -> Iterator[tuple[str, str]]:
    """For every line that changed, its cells that did, before and after; nothing if lines or cells came or went."""
    if [len(line.cells) for line in hunk.before] != [len(line.cells) for line in hunk.after]:
        return
    for at, (old, new) in enumerate(zip(hunk.before, hunk.after, strict=True)):
        pairs = [
            near(
                _cell(old, index, ()), _cell(new, index, [m for m in hunk.supplied if (m.line, m.cell) == (at, index)])
            )
            for index, cell in enumerate(old.cells)
            if cell.text != new.cells[index].text
        ]
        if pairs:
            yield " | ".join(before for before, _ in pairs), " | ".join(after for _, after in pairs)


def _cell(line: Line, index: int, marks: list[Mark] | tuple[()]) -> str:
    return shown([Line(line.kind, (line.cells[index],))], [Mark(0, 0, mark.start, mark.end) for mark in marks])
