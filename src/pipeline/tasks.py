"""What the commands that look at single papers let another process do. Heavy libraries are loaded there alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.inputs import Input

if TYPE_CHECKING:
    from normalise.read.profiles import ProfileFile
    from normalise.read.samples import SeenTable


def explained(item: Input, where: str, limit: int, added: Sequence[ProfileFile]) -> list[str]:
    """Read a paper, with further profiles, and tell the life of what stands at a place.

    Raises:
        PaperError: it can't be read, or nothing is there.
    """
    from normalise.read.profiles import added_profiles
    from pipeline.batch import read_file
    from pipeline.explain import explain

    with added_profiles(added):
        reading = read_file(item)
    return list(explain(reading, where, limit))


def tables_seen(item: Input) -> tuple[SeenTable, ...]:
    """Read a sample and tell what its tables show of a family of record tables.

    Raises:
        PaperError: it can't be read.
    """
    from normalise.read.samples import seen_tables
    from pipeline.batch import read_file

    reading = read_file(item)
    return seen_tables(reading.clean, reading.tables)


def records_read(item: Input, name: str, added: Sequence[ProfileFile]) -> tuple[int, int]:
    """Read a sample with further profiles; tell how many tables, and rows of them, the profile of that name reads.

    Raises:
        PaperError: it can't be read, or a profile is not valid.
    """
    from normalise.read.profiles import added_profiles
    from pipeline.batch import read_file

    with added_profiles(added):
        reading = read_file(item)
    profiles = [table.profile for table in reading.tables] + [action.table.profile for action in reading.actions]
    found = [profile is not None and profile.name == name for profile in profiles]
    tables = len(reading.tables)
    return sum(found[:tables]), sum(found[tables:])
