"""A person's corrections, from the file beside the paper, as ordinary hunks."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from papers.errors import PaperError, StaleRuling
from papers.paper import Paper
from papers.repair import Hunk, Mark, Power

POWERS: frozenset[Power] = frozenset({"loses ink", "supplies ink", "adds signs"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is printed in one cell, what it reads, why, who says so and when."""

    printed: str
    reads: str
    why: str
    by: str
    when: str = ""


def parse_rulings(text: str, name: str) -> tuple[Ruling, ...]:
    """Read a sidecar: `[[ruling]]` tables with `printed`, `reads`, `why`, `by` and perhaps `when`.

    Raises:
        PaperError: the file is not such a TOML; names the file and what is wrong.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PaperError(f"the rulings in {name} are not valid TOML: {error}", remedy="correct the file") from error
    entries = data.get("ruling", [])
    rulings = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        missing = [
            key
            for key in ("printed", "reads", "why", "by")
            if not isinstance(entry, dict) or not isinstance(entry.get(key), str)
        ]
        if missing or not entry["printed"].strip():
            wanted = ", ".join(missing) or "printed"
            raise PaperError(f"ruling {number} in {name} lacks a text for: {wanted}", remedy="correct the file")
        rulings.append(Ruling(entry["printed"], entry["reads"], entry["why"], entry["by"], str(entry.get("when", ""))))
    return tuple(rulings)


def find_rulings(raw: Paper, rulings: Sequence[Ruling]) -> list[Hunk]:
    """Turn rulings into hunks of the raw paper, one for each line that they change.

    Raises:
        StaleRuling: a `printed` is not found in exactly one cell exactly once.
    """
    changed: dict[int, list[Ruling]] = {}
    for ruling in rulings:
        places = [
            at
            for at, line in enumerate(raw.lines)
            for cell in line.cells
            for _ in range(cell.text.count(ruling.printed))
        ]
        if len(places) != 1:
            raise StaleRuling(
                f"the ruling on {ruling.printed!r} fits {len(places)} places in the paper, not one",
                remedy="remove it, or quote more of what is printed",
            )
        changed.setdefault(places[0], []).append(ruling)
    hunks = []
    for at, here in sorted(changed.items()):
        line = raw.lines[at]
        cells = list(line.cells)
        marks = []
        for ruling in here:
            for index, cell in enumerate(cells):
                start = cell.text.find(ruling.printed)
                if start >= 0:
                    cells[index] = cell.with_text(cell.text.replace(ruling.printed, ruling.reads))
                    marks.append(Mark(0, index, start, start + len(ruling.reads)))
                    break
        why = "; ".join(f"{r.by} rules{f' on {r.when}' if r.when else ''}: {r.why}" for r in here)
        hunks.append(Hunk(at, (line,), (line.with_cells(*cells),), why, supplied=tuple(marks)))
    return hunks
