"""Cells that stand one below the other: the units of a flattened text, and the headers among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mode

from normalise.layout.numbering import front
from normalise.layout.wrapped import BULLET, joined
from normalise.read.profiles import Profile, fold, profiles
from papers.paper import Cell, Paper

# A header of more columns, or a name of more characters, was not seen; without a limit, every list would be tried.
_MOST_COLUMNS = 10
_LONGEST_NAME = 60
# At the end of a header, columns such as `Lead` and `Progress` may stand that the profile doesn't know.
_UNKNOWN_NAMES = 4


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be one cell: the lines `start` to `end` (half open) of the paper.

    `gap` is the number of blank lines above.
    """

    start: int
    end: int
    text: str
    gap: int


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A table with one cell a unit: its header cells, and the units up to the next heading, label or header.

    `gap_below` is the number of blank lines above what ends it, None at the end of the text. `shows_blanks` if blank
    cells leave blank lines anywhere in the paper.
    """

    profile: Profile
    roles: Mapping[str, int]
    header: tuple[Unit, ...]
    body: tuple[Unit, ...]
    gap_below: int | None
    shows_blanks: bool = False

    @property
    def base(self) -> int:
        """How many blank lines part two cells of the header."""
        return mode(unit.gap for unit in self.header[1:])


def cell_of(paper: Paper, units: Sequence[Unit]) -> Cell:
    """One cell that says what some units say."""
    lines = [line for unit in units for line in paper.lines[unit.start : unit.end]]
    origins = tuple(origin for line in lines for cell in line.cells for origin in cell.origins)
    return Cell(joined([line.text for line in lines]), origins)


def find_tables(paper: Paper) -> list[UnitTable]:
    """The tables of a paper that have one cell a unit.

    A unit is a block of lines; if no header is found among the blocks, it is a single line.
    """
    for is_line in (False, True):
        tables = [table for units in _units(paper, single_lines=is_line) for table in _tables(units)]
        if tables:
            shown = any(unit.gap > table.base and not front(unit.text) for table in tables for unit in table.body)
            return [replace(table, shows_blanks=shown) for table in tables]
    return []


def _units(paper: Paper, *, single_lines: bool) -> Iterator[list[Unit]]:
    """The units of each stretch of running text; a list item on a line of its own goes on with the unit above."""
    starts: list[tuple[int, int]] = []
    gap = 0
    last = 0
    for at, line in enumerate(paper.lines):
        if line.kind == "blank":
            gap += 1
        elif line.kind != "prose" or len(line.cells) != 1:
            yield _texts(paper, starts, last)
            starts, gap = [], 0
        else:
            if not starts or gap or (single_lines and not _is_item(paper.lines[at - 1].text, line.text)):
                starts.append((at, gap))
            gap, last = 0, at + 1
    yield _texts(paper, starts, last)


def _texts(paper: Paper, starts: Sequence[tuple[int, int]], end: int) -> list[Unit]:
    """The units that begin at some lines, each with the number of blank lines above; the last ends at `end`."""
    units = []
    for place, (start, gap) in enumerate(starts):
        high = starts[place + 1][0] - starts[place + 1][1] if place + 1 < len(starts) else end
        units.append(Unit(start, high, joined([line.text for line in paper.lines[start:high]]), gap))
    return units


def _is_item(above: str, text: str) -> bool:
    """Whether a line is an item of a list that goes on with the line above; a number alone is a cell of its own."""
    number = front(above.strip())
    return BULLET.match(text.lstrip()) is not None and not (number and number.text_at == len(above.strip()))


def _tables(units: Sequence[Unit]) -> Iterator[UnitTable]:
    heads = []
    at = 0
    while at < len(units):
        head = _header(units, at)
        if head:
            heads.append((at, *head))
            at += head[2]
        else:
            at += 1
    limits = [at for at, *_ in heads[1:]] + [len(units)]
    for (at, profile, roles, known), limit in zip(heads, limits, strict=False):
        width = known + _more_names(units[at + known : limit])
        end = at + width
        while end < limit and not _ends_table(units[end], profile):
            end += 1
        below = units[end].gap if end < len(units) else None
        yield UnitTable(profile, roles, tuple(units[at : at + width]), tuple(units[at + width : end]), below)


def _ends_table(unit: Unit, profile: Profile) -> bool:
    return bool(profile.group_pattern.match(unit.text) or profile.label_pattern.match(unit.text))


def _more_names(units: Sequence[Unit]) -> int:
    """How many names of columns that the profile doesn't know stand between the header and the row numbered 1."""
    for count, unit in enumerate(units[:_UNKNOWN_NAMES]):
        if (found := front(unit.text)) and found.number[-1] == 1:
            return count
        if len(unit.text) > _LONGEST_NAME:
            break
    return 0


def _header(units: Sequence[Unit], at: int) -> tuple[Profile, Mapping[str, int], int] | None:
    """The widest header that begins at a unit: its first and its last name are known, so are two letter by letter."""
    texts: list[str] = []
    for unit in units[at : at + _MOST_COLUMNS]:
        if len(unit.text) > _LONGEST_NAME:
            break
        texts.append(unit.text)
    for profile in profiles():
        needed = len(profile.required)
        if len(texts) < needed or sum(fold(text) in profile.headers for text in texts[: needed + 1]) < 2:
            continue
        for width in range(len(texts), needed - 1, -1):
            roles = profile.roles(texts[:width])
            if roles and min(roles.values()) == 0 and max(roles.values()) == width - 1:
                return profile, roles, width
    return None
