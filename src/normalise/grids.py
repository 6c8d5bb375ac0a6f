"""Tables as the rules see them: runs of rows, their header, and which column holds what."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from normalise.read.profiles import Profile, profiles
from papers.paper import Line, Paper


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A record table in a paper: lines `start` to `end` (half open, from 0), header row included.

    `roles` maps a role of the profile to its column; columns count from 0.
    """

    profile: Profile
    start: int
    end: int
    roles: Mapping[str, int]

    @property
    def rows(self) -> range:
        """The lines below the header."""
        return range(self.start + 1, self.end)


def record_tables(paper: Paper) -> Iterator[RecordTable]:
    """Every record table: from a header row of a profile to the end of its run of rows, or the next header row."""
    for start, end in paper.grids():
        heads = [(at, found) for at in range(start, end) if (found := header_roles(paper.lines[at]))]
        bounds = [at for at, _ in heads] + [end]
        for (at, (profile, roles)), after in zip(heads, bounds[1:], strict=True):
            yield RecordTable(profile, at, after, roles)


def loose_tables(paper: Paper) -> Iterator[RecordTable]:
    """The record tables whose cells may have moved or run together.

    Not those of a web page or a PDF: there markup or boxes say where each cell stands, spans too.
    """
    if paper.source.media_type == "text/plain":
        yield from record_tables(paper)


def header_roles(line: Line) -> tuple[Profile, Mapping[str, int]] | None:
    """Which profile a line is the header row of, and its columns; None if it is none."""
    if line.kind != "row" or len(line.cells) < 2:
        return None
    return _roles(tuple(cell.text for cell in line.cells), profiles())


@functools.lru_cache(maxsize=8192)
def _roles(texts: tuple[str, ...], known: tuple[Profile, ...]) -> tuple[Profile, Mapping[str, int]] | None:
    """Every rule asks this of every row, in every round: the answer depends on nothing but texts and profiles."""
    for profile in known:
        roles = profile.roles(texts)
        if roles:
            return profile, roles
    return None


def is_blank(line: Line) -> bool:
    """Whether nothing is printed on a line."""
    return not any(cell.text.strip() for cell in line.cells)


def filled(line: Line) -> list[int]:
    """The columns (from 0) of a line in which something is printed."""
    return [column for column, cell in enumerate(line.cells) if cell.text.strip()]
