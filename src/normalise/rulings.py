"""A person's corrections, from the file beside the paper, as ordinary hunks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from papers.errors import PaperError, StaleRuling
from papers.paper import Cell, Paper
from papers.repair import Hunk, Mark, Power

POWERS: frozenset[Power] = frozenset({"loses ink", "supplies ink", "adds signs"})

NEEDED = ("printed", "reads", "why", "by")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is printed in one cell, what it reads, why, who says so and when.

    `place` is where it is printed, as the spreadsheets give it (`page 4 (269,96)-(318,114)`); it is needed only where
    the same text is printed elsewhere too.
    """

    printed: str
    reads: str
    why: str
    by: str
    when: str = ""
    place: str = ""


def parse_rulings(content: bytes, name: str) -> tuple[Ruling, ...]:
    """Read a sidecar: `[[ruling]]` tables with `printed`, `reads`, `why`, `by` and perhaps `when` and `place`.

    Raises:
        PaperError: the file is not such a TOML; names the file and what is wrong. A word that is not known is wrong
            too: a slip of the pen must not make a ruling silent.
    """
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(f"the rulings in {name} are not valid TOML: {error}") from error
    entries = data.pop("ruling", [])
    if data:
        raise _fault(f"{name} holds {', '.join(map(repr, data))}; only [[ruling]] tables are known")
    if not isinstance(entries, list):
        entries = [entries]
    return tuple(_ruling(entry, f"ruling {number} in {name}") for number, entry in enumerate(entries, start=1))


def _ruling(entry: object, which: str) -> Ruling:
    if not isinstance(entry, dict):
        raise _fault(f"{which} is no table")
    missing = [key for key in NEEDED if not isinstance(entry.get(key), str)]
    missing += [key for key in ("printed", "why", "by") if key not in missing and not entry[key].strip()]
    if missing:
        raise _fault(f"{which} lacks a text for: {', '.join(missing)}")
    unknown = [key for key in entry if key not in (*NEEDED, "when", "place")]
    if unknown:
        raise _fault(f"{which} holds {', '.join(map(repr, unknown))}, which is not known")
    return Ruling(
        entry["printed"],
        entry["reads"],
        entry["why"],
        entry["by"],
        str(entry.get("when", "")),
        str(entry.get("place", "")),
    )


def _fault(what: str) -> PaperError:
    return PaperError(what, remedy="correct the file")


def _changed(printed: str, reads: str) -> tuple[int, int]:
    """From where to where a reading differs from what is printed: what both begin and end with is not supplied."""
    first = _alike(printed, reads)
    return first, len(reads) - _alike(printed[first:][::-1], reads[first:][::-1])


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def find_rulings(raw: Paper, rulings: Sequence[Ruling]) -> list[Hunk]:
    """Turn rulings into hunks of the raw paper, one for each line that they change.

    Raises:
        StaleRuling: a `printed` is not found in exactly one cell exactly once, or two rulings are about the same text.
    """
    changed: dict[int, dict[int, list[tuple[int, Ruling]]]] = {}
    for ruling in rulings:
        at, index, start = only_place(raw, ruling)
        changed.setdefault(at, {}).setdefault(index, []).append((start, ruling))
    hunks = []
    for at, here in sorted(changed.items()):
        line = raw.lines[at]
        cells = list(line.cells)
        marks: list[Mark] = []
        for index, spans in sorted(here.items()):
            cells[index], found = _ruled(cells[index], index, spans)
            marks.extend(found)
        ruled = [ruling for spans in here.values() for _, ruling in spans]
        why = "; ".join(f"{r.by} rules{f' on {r.when}' if r.when else ''}: {r.why}" for r in ruled)
        hunks.append(Hunk(at, (line,), (line.with_cells(*cells),), why, supplied=tuple(marks)))
    return hunks


def only_place(raw: Paper, ruling: Ruling) -> tuple[int, int, int]:
    """The line, the cell and the character where a ruling's text is printed; all count from 0.

    Raises:
        StaleRuling: it is not printed at the ruling's place, or in the paper if it names none, exactly once.
    """
    places = [
        (at, index, start)
        for at, line in enumerate(raw.lines)
        for index, cell in enumerate(line.cells)
        if not ruling.place or any(str(origin.place) == ruling.place for origin in cell.origins)
        for start in _starts(cell.text, ruling.printed)
    ]
    if len(places) != 1:
        raise StaleRuling(
            f"the ruling on {ruling.printed!r} fits {len(places)} places in the paper, not one",
            remedy="quote more of what is printed, or name the place"
            if places
            else "remove it, or quote what is printed there now",
        )
    return places[0]


def _starts(text: str, part: str) -> Iterator[int]:
    """Every place where a part begins in a text, also where it overlaps itself."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _ruled(cell: Cell, index: int, spans: Sequence[tuple[int, Ruling]]) -> tuple[Cell, list[Mark]]:
    """A cell as its rulings read it, and where they supply something."""
    text, done = "", 0
    marks = []
    for start, ruling in sorted(spans, key=lambda span: span[0]):
        if start < done:
            raise StaleRuling(
                f"the ruling on {ruling.printed!r} is about a text that another ruling is about",
                remedy="make one ruling of the two",
            )
        text += cell.text[done:start]
        first, last = _changed(ruling.printed, ruling.reads)
        if first < last:
            marks.append(Mark(0, index, len(text) + first, len(text) + last))
        text += ruling.reads
        done = start + len(ruling.printed)
    return cell.with_text(text + cell.text[done:]), marks
