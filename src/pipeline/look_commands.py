"""The commands that tell about one paper or about the program itself. They write no files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import NOT_ALL_READ, stop

if TYPE_CHECKING:
    from normalise.read.profiles import ProfileFile


@click.command()
@click.argument("paper", type=click.Path(path_type=Path))
@click.argument("where", default="", required=False)
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(0), help="Tell so many places at most; 0 for all."
)
@click.option(
    "--profiles", type=click.Path(path_type=Path), metavar="FOLDER", help="Profiles to read with, as in extract."
)
def explain(paper: Path, where: str, limit: int, profiles: Path | None) -> None:
    """Print the life of a value: what is printed, every repair with its reason, what it was read as.

    PAPER is a file, or a paper in an archive (papers.zip/2006/plan.txt). WHERE is a place as the spreadsheets give it,
    a row or a cell of a table, or a text; without it every repaired line is told. The last line of each is made for a
    footnote.

    \b
        committee-papers explain plan.txt 'line 6'
        committee-papers explain appendix.pdf 'page 4 (269,96)-(318,114)'
        committee-papers explain appendix.pdf 'table 2 row 5 column 3'
        committee-papers explain plan.txt '£10,000'

    In quotes of its own a text is never taken for a place: '"table 2"'.
    """  # noqa: D301 - click takes \b for a paragraph that is not to be wrapped
    from functools import partial

    from papers.errors import PaperError
    from pipeline.apart import apart
    from pipeline.inputs import find_paper
    from pipeline.limits import Limits
    from pipeline.progress import visible
    from pipeline.tasks import explained

    try:
        item = find_paper(paper)
    except PaperError as error:
        stop(f"{paper}: {error}")
    added = _profiles(profiles) if profiles else ()
    try:
        for text in apart(partial(explained, item, " ".join(where.split()), limit, added), Limits()):
            for line in text.split("\n"):
                click.echo(visible(line))
    except PaperError as error:
        stop(f"{paper}: {error}", NOT_ALL_READ)


def _profiles(folder: Path) -> tuple[ProfileFile, ...]:
    from papers.errors import PaperError
    from pipeline.profile_files import profile_files

    try:
        return profile_files(folder)
    except PaperError as error:
        stop(str(error))


@click.command()
@click.option("--markdown", is_flag=True, help="Write the manual page docs/data-dictionary.md.")
def columns(markdown: bool) -> None:
    """List every column of every table, with its meaning.

    An empty field means what stands after 'Empty'. The workbook papers.xlsx holds the same on its sheet Dictionary.
    """
    from publish.dictionary import dictionary_page
    from publish.schema import TABLES

    if markdown:
        click.echo(dictionary_page(TABLES), nl=False)
        return
    for table in TABLES:
        for column in table.columns:
            click.echo(f"{table.name}.{column.name} ({column.type}): {column.meaning}")


@click.command()
@click.option("--markdown", is_flag=True, help="Write the manual page docs/rules.md.")
def rules(markdown: bool) -> None:
    """List the repair rules, in the order in which they act."""
    from normalise.rules import RULES
    from pipeline.manual import rules_page

    if markdown:
        click.echo(rules_page(RULES), nl=False)
        return
    for rule in RULES:
        powers = f" ({', '.join(sorted(rule.powers))})" if rule.powers else ""
        click.echo(f"{rule.name}: {rule.title}{powers}")
