"""The command that does the main job: read papers, write spreadsheets."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import DOUBTFUL, NOT_ALL_READ, READ_ALL, command, stop, version

if TYPE_CHECKING:
    from papers.records import Records
    from pipeline.crew import Crew
    from pipeline.inputs import Input
    from pipeline.summary import Tally
    from publish.publisher import Publisher


@click.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT ...]")
@click.option(
    "--out", default="data/clean", show_default=True, type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes that read papers."
)
@click.option(
    "--without", "left_out", multiple=True, metavar="RULE", help="Leave a repair rule out (may be given again)."
)
@click.option("--excel-csv", is_flag=True, help="Also write CSV copies for Excel's double click.")
@click.option("--sqlite", is_flag=True, help="Also write all tables into one SQLite database, papers.sqlite.")
@click.option("--strict", is_flag=True, help="Exit with status 3 if a total differs or a doubt is open.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option(
    "--time-limit",
    default=120.0,
    show_default=True,
    type=click.FloatRange(0.1, 1e6),
    metavar="SECONDS",
    help="Processor time that one paper may take.",
)
@click.option(
    "--memory-limit",
    default=2000,
    show_default=True,
    type=click.IntRange(300, 1_000_000),
    metavar="MB",
    help="Memory that a process which reads papers may take.",
)
@click.option(
    "--row-limit",
    default=1_000_000,
    show_default=True,
    type=click.IntRange(1, 1_000_000_000),
    metavar="ROWS",
    help="Rows and cells of output that one paper may have.",
)
def extract(
    inputs: tuple[Path, ...],
    out: Path,
    workers: int,
    left_out: tuple[str, ...],
    excel_csv: bool,
    sqlite: bool,
    strict: bool,
    quiet: bool,
    time_limit: float,
    memory_limit: int,
    row_limit: int,
) -> None:
    """Read papers and write spreadsheets.

    INPUT is a file or a folder (searched to the bottom); without any, data/raw is read. A file NAME.toml beside a paper
    holds a person's rulings.

    A paper that takes more time, memory or output than the limits allow is stopped; papers.csv says which, and the
    others are read.

    Exit status: 0 every paper was read, 1 some paper was not (papers.csv says why), 2 wrong usage, 3 see --strict.
    """
    from pipeline.crew import Crew
    from pipeline.inputs import find_inputs, is_same, why_missing
    from pipeline.limits import Limits
    from publish.errors import PublishError

    limits = Limits(time_limit, memory_limit, row_limit)
    _know_rules(left_out)
    _know_profiles()
    given = inputs or (Path("data/raw"),)
    if all(map(why_missing, given)):
        stop(f"{given[0]}: {why_missing(given[0])}, put papers there or name another place")
    if any(is_same(path, out) and path.is_dir() for path in given):
        stop(f"--out {out}: this is the folder of the papers; results go into a folder of their own")
    found = find_inputs(given, out)
    if not found:
        stop(f"{given[0]}: no papers are in this folder; put texts there")
    try:
        tally = _run(found, out, Crew(workers, left_out, limits), excel_csv, sqlite, quiet)
    except PublishError as error:
        stop(str(error), NOT_ALL_READ)
    _close(tally, out, quiet)
    sys.exit(NOT_ALL_READ if tally.unread else DOUBTFUL if strict and tally.is_doubtful else READ_ALL)


def _run(found: list[Input], out: Path, crew: Crew, excel_csv: bool, sqlite: bool, quiet: bool) -> Tally:
    from pipeline.progress import progress
    from pipeline.summary import Tally
    from publish.publisher import Publisher

    tally = Tally()
    with (
        crew,
        Publisher(out, version=version(), libraries=_libraries(), excel_csv=excel_csv, sqlite=sqlite) as publisher,
        progress(len(found), quiet=quiet) as advance,
    ):
        for records in crew.read_all(found):
            published = _publish(publisher, records)
            tally.add(published)
            advance(_trouble(published))
    return tally


def _publish(publisher: Publisher, records: Records) -> Records:
    """Publish one paper; if what was read breaks the contract, publish that it failed."""
    from publish.errors import ContractError

    try:
        publisher.add(records)
    except ContractError as error:
        from pipeline.batch import defect  # these load all that reads papers, which this process seldom needs
        from pipeline.rows import refused

        sha256 = str(records.rows["papers"][0].get("source_sha256") or "")
        records = refused(records.paper_id, records.source_path, sha256, defect(error))
        publisher.add(records)
    return records


def _trouble(records: Records) -> str:
    paper = records.rows["papers"][0]
    return "" if paper["status"] == "ok" else f"{records.source_path}: {paper['status']}: {paper['status_detail']}"


def _close(tally: Tally, out: Path, quiet: bool) -> None:
    from pipeline.progress import visible
    from pipeline.summary import lines

    if not quiet:
        for line in lines(tally, out.as_posix(), command()):
            click.echo(visible(line))


def _libraries() -> dict[str, str]:
    """The versions of the libraries that can change what is read or written."""
    from importlib import metadata

    names = ("ftfy", "rapidfuzz", "symspellpy", "wordfreq", "XlsxWriter")
    return {name: metadata.version(name) for name in names}


def _know_rules(names: tuple[str, ...]) -> None:
    if not names:
        return
    from normalise.rules import RULES

    known = {rule.name for rule in RULES}
    for name in names:
        if name not in known:
            stop(f"--without {name}: there is no such rule; 'committee-papers rules' lists them")


def _know_profiles() -> None:
    from normalise.read.profiles import profiles
    from papers.errors import PaperError

    try:
        profiles()
    except PaperError as error:
        stop(str(error))
