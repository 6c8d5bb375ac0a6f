"""The command line. Heavy libraries are imported by the commands that use them."""

from __future__ import annotations

import os
import sys

import click

from pipeline.console import INTERRUPTED, NOT_ALL_READ, stop, version
from pipeline.diff_command import diff
from pipeline.extract_command import extract
from pipeline.look_commands import columns, explain, rules
from pipeline.new_profile_command import new_profile


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"committee-papers {version()}")
        context.exit()


class _Commands(click.Group):
    """The commands; Ctrl-C ends each of them with one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            stop("stopped; the earlier results are as they were", INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, callback=_print_version, expose_value=False, is_eager=True, help="Show the version."
)
def cli() -> None:
    """Turn archived committee papers into clean, checked spreadsheets.

    Put papers into data/raw and type

    \b
        committee-papers extract

    Then open data/clean/papers.xlsx. Every value there says where it was printed and what was done to it; every doubt
    is a line in review.csv. To see how one line came to be what it is:

    \b
        committee-papers explain data/raw/plan.txt 'line 6'

    Nothing is invented and nothing is lost: raw paper + repairs = clean paper, and the repairs are published.
    """  # noqa: D301 - click takes \b for a paragraph that is not to be wrapped


for _command in (extract, explain, diff, new_profile, columns, rules):
    cli.add_command(_command)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli()
    except OSError as error:  # standard output on a full disk, a folder that went away under our feet
        click.echo(f"committee-papers: the system refused: {error.strerror or error}", err=True)
        os._exit(NOT_ALL_READ)  # and not by way of a last attempt to print what could not be printed
