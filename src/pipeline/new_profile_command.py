"""The command that drafts a profile from sample papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from pipeline.console import NOT_ALL_READ, stop
from pipeline.texts import counted

if TYPE_CHECKING:
    from normalise.read.families import Family
    from normalise.read.samples import SeenTable
    from pipeline.inputs import Input

T = TypeVar("T")

_MOST_NAMED = 20
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@click.command("new-profile")
@click.argument("samples", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SAMPLE...")
@click.option("--name", default="my_tables", show_default=True, help="Name of the profile: small letters, 1-9 and _.")
@click.option("--header", default="", metavar="TEXT", help="Draft for the tables that have a column of this name.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file, not to the terminal.")
def new_profile(samples: tuple[Path, ...], name: str, header: str, out: Path | None) -> None:
    """Draft a profile, which names a family of record tables, from papers that hold some.

    SAMPLE is a paper or a folder of papers. The tables whose headers say the same make a family; the draft is for the
    one with the most rows that no profile reads yet. It says which headers were seen and how often, which types the
    columns seem to have, and how many rows would be read with it. Look through it, edit it, then use it:

    \b
        committee-papers new-profile registers/ --name risk_register --out profiles/risk_register.toml
        committee-papers extract registers/ --profiles profiles
    """  # noqa: D301 - click takes \b for a paragraph that is not to be wrapped
    from pipeline.inputs import find_inputs, why_missing

    if not _NAME.fullmatch(name):
        stop(f"--name {name}: give small letters, figures and _, a letter first")
    if out and out.exists():
        stop(f"--out {out}: this file is there already; name another one, or remove it")
    for path in samples:
        if missing := why_missing(path):
            stop(f"{path}: {missing}")
    items = find_inputs(samples, Path("data/clean"))
    from pipeline.tasks import tables_seen

    seen = [table for _, tables in _each(items, tables_seen) for table in tables]
    family = _choose(seen, header)
    text, told = _draft(items, name, family)
    if out:
        _write(out, text)
        click.echo(f"{out}: {told}")
    else:
        click.echo(text, nl=False)


def _each(items: Sequence[Input], task: Callable[[Input], T]) -> Iterator[tuple[Input, T]]:
    """Do something with each sample, within the limits of a paper; say so of one that can't be read."""
    from papers.errors import PaperError
    from pipeline.apart import apart
    from pipeline.limits import Limits
    from pipeline.progress import visible

    for item in items:
        try:
            yield item, apart(partial(task, item), Limits())
        except PaperError as error:
            click.echo(visible(f"{item.source_path}: {error}"), err=True)


def _choose(seen: Sequence[SeenTable], header: str) -> Family:
    """The family to draft for, which is the worthiest, or the worthiest with a column of that name."""
    from normalise.read.families import find_families
    from normalise.read.profiles import fold

    families = find_families(seen)
    if header:
        wanted = [family for family in families if any(fold(header) in column.names for column in family.columns)]
        if not wanted:
            stop(f"--header {header}: no table without a profile has such a column", NOT_ALL_READ)
        return wanted[0]
    if not families:
        known = sorted({table.profile for table in seen if table.profile})
        why = f"their tables are read by {', '.join(known)} already" if known else "no table with a header was found"
        stop(f"there is nothing to draft from these samples: {why}", NOT_ALL_READ)
    return families[0]


def _draft(items: Sequence[Input], name: str, family: Family) -> tuple[str, str]:
    """The file of the profile, and what it reads in the samples in one line. The draft is tried to find that out."""
    from normalise.read.profile_draft import draft_columns, profile_toml
    from pipeline.tasks import records_read

    columns = draft_columns(family)
    if not columns:
        stop("no column of these tables has a header that could be told; write a profile by hand", NOT_ALL_READ)
    untried = profile_toml(name, family, columns, [])
    added = ((f"{name}.toml", untried.encode()),)
    found = list(_each(items, partial(records_read, name=name, added=added)))
    tables, rows = (sum(counts[at] for _, counts in found) for at in (0, 1))
    with_some = sum(counts[0] > 0 for _, counts in found)
    told = f"reads {counted(rows, 'row')} of {counted(tables, 'table')}"
    told += f" in {with_some:,} of {counted(len(items), 'sample')}"
    notes = [
        "A draft by `committee-papers new-profile`. Look at every line; what stands behind a # is for you alone.",
        "Put it into a folder, and name that folder: committee-papers extract PAPERS --profiles FOLDER",
        "Columns named action, deadline, performance_measure and budget go into work_plan.csv, all go into cells.csv.",
        "Totals are checked in the column named budget.",
        f"Made from {counted(family.tables, 'table')} with {counted(family.rows, 'row')}: {family.header}",
        f"As it stands it {told}:",
        *(f"  {item.source_path}: {counted(counts[1], 'row')}" for item, counts in found[:_MOST_NAMED]),
    ]
    notes += [f"  and {counted(len(found) - _MOST_NAMED, 'more sample')}"] if len(found) > _MOST_NAMED else []
    return profile_toml(name, family, columns, notes), told


def _write(out: Path, text: str) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        stop(f"--out {out}: it can't be written ({error.strerror}); name another file", NOT_ALL_READ)
