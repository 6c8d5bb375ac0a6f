"""The commands that tell about one paper or about the program itself. They write no files."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.console import NOT_ALL_READ, stop


@click.command()
@click.argument("paper", type=click.Path(path_type=Path))
@click.argument("where", default="", required=False)
def explain(paper: Path, where: str) -> None:
    """Print the life of a line: what is printed, every repair with its reason, what it was read as.

    PAPER is a file. WHERE is a place as the spreadsheets give it ('line 6') or a text of the line ('£10,000'); without
    it every repaired line is told.
    """
    from papers.errors import PaperError
    from pipeline.batch import read_file
    from pipeline.explain import explain as tell
    from pipeline.inputs import find_inputs, why_missing
    from pipeline.progress import visible

    if missing := why_missing(paper):
        stop(f"{paper}: {missing}; give the path of one paper")
    if paper.is_dir():
        stop(f"{paper}: this is a folder; give the path of one paper")
    try:
        for text in tell(read_file(find_inputs([paper], Path("data/clean"))[0]), where):
            for line in text.split("\n"):
                click.echo(visible(line))
    except PaperError as error:
        stop(f"{paper}: {error}", NOT_ALL_READ)


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
