"""The command that compares two runs."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import stop

if TYPE_CHECKING:
    from publish.comparison import PaperDifference

SAME, DIFFERENT = 0, 1
_IN_MEMORY = 10_000_000
"""So many bytes of detail wait in memory for the summary that is printed before them; more waits on the disk."""


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--table", "tables", multiple=True, metavar="TABLE", help="Compare this table only (may be given again).")
@click.option(
    "--paper", "papers", multiple=True, metavar="PAPER_ID", help="Compare this paper only (may be given again)."
)
@click.option(
    "--limit", default=100, show_default=True, type=click.IntRange(0), help="Lines of detail at most; 0 for all."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print every difference as a record of CSV, and no summary.")
def diff(old: Path, new: Path, tables: tuple[str, ...], papers: tuple[str, ...], limit: int, as_csv: bool) -> None:
    """Compare two folders of results: papers, rows and values that were added, changed or are gone, and by which rule.

    OLD and NEW are folders that extract wrote.

    \b
        committee-papers extract papers --out before
        committee-papers extract papers --out after --without split-cells
        committee-papers diff before after --table work_plan

    A row is the same row if it is printed at the same place. Behind each change stand the rules whose repairs of that
    row came or went. A row that only has another number because of rows before it counts as renumbered, and is not
    told. Nor are the rows of a paper that only one of the folders has.

    Exit status: 0 the same, 1 different, 2 wrong usage.
    """  # noqa: D301 - click takes \b for a paragraph that is not to be wrapped
    from publish.comparison import compare
    from publish.errors import PublishError
    from publish.schema import TABLES

    known = [table.name for table in TABLES]
    for name in tables:
        if name not in known:
            stop(f"--table {name}: there is no such table; choose from {', '.join(known)}")
    try:
        found = compare(old, new, tables or known, papers)
        differs = _print_csv(found) if as_csv else _print_text(found, old, new, limit)
    except PublishError as error:
        stop(str(error))
    sys.exit(DIFFERENT if differs else SAME)


def _print_csv(found: Iterator[PaperDifference]) -> bool:
    from pipeline.diff_text import HEADER, csv_line, csv_lines

    click.echo(csv_line(HEADER))
    differs = False
    for paper in found:
        differs = True
        for line in csv_lines(paper):
            click.echo(line)
    return differs


def _print_text(found: Iterator[PaperDifference], old: Path, new: Path, limit: int) -> bool:
    from pipeline.diff_text import Tally, detail
    from pipeline.progress import visible
    from publish.comparison import unshared

    tally = Tally()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n") as details:
        lines = 0
        for paper in found:
            tally.add(paper)
            for line in detail(paper):
                lines += 1
                if not limit or lines <= limit:
                    details.write(visible(line) + "\n")
        notes = list(unshared(old, new))
        for line in (*notes, *tally.lines()):
            click.echo(visible(line))
        details.seek(0)
        for line in details:
            click.echo(line, nl=False)
        if limit and lines > limit:
            click.echo(
                f"... and {lines - limit:,} more lines; add --limit 0 for all, or choose with --table and --paper"
            )
    return bool(tally.papers or notes)
