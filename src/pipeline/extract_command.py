"""The command that does the main job: read papers, write spreadsheets."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.console import DOUBTFUL, NOT_ALL_READ, READ_ALL, command, stop, version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from normalise.read.profiles import ProfileFile
    from pipeline.inputs import Input
    from pipeline.job import StartReader
    from pipeline.limits import Limits
    from pipeline.options import Options
    from pipeline.summary import Tally


@click.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path), metavar="[INPUT ...]")
@click.option(
    "--out", default="data/clean", show_default=True, type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Processes that read papers.  [default: as many as there are cores]",
)
@click.option(
    "--without", "left_out", multiple=True, metavar="RULE", help="Leave a repair rule out (may be given again)."
)
@click.option(
    "--profiles",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Read with the profiles in this folder as well (or with this one file); new-profile drafts one.",
)
@click.option("--excel-csv", is_flag=True, help="Also write CSV copies for Excel's double click.")
@click.option("--sqlite", is_flag=True, help="Also write all tables into one SQLite database, papers.sqlite.")
@click.option("--ods", is_flag=True, help="Also write the workbook as an OpenDocument spreadsheet, papers.ods.")
@click.option(
    "--page-pictures/--no-page-pictures",
    default=True,
    show_default=True,
    help="Draw the pages of PDFs for the review page (about 50 kB and 0.05 s each).",
)
@click.option("--fresh", is_flag=True, help="Read all papers again, also those that have not changed.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let a cluster read: the address of a dask scheduler, as tcp://host:8786 (needs the extra 'dask').",
)
@click.option("--no-ocr", is_flag=True, help="Don't read pages that are pictures, also if the extra ocr is installed.")
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
    workers: int | None,
    left_out: tuple[str, ...],
    profiles: Path | None,
    excel_csv: bool,
    sqlite: bool,
    ods: bool,
    page_pictures: bool,
    fresh: bool,
    scheduler: str | None,
    no_ocr: bool,
    strict: bool,
    quiet: bool,
    time_limit: float,
    memory_limit: int,
    row_limit: int,
) -> None:
    """Read papers and write spreadsheets.

    INPUT is a file, a folder (searched to the bottom), a ZIP or WARC file, or a pattern in quotes ('2006/**/*.htm');
    without any, data/raw is read. INPUT - is a list of them on standard input, one a line. A file NAME.toml beside a
    paper holds a person's rulings.

    A second run reads only what has changed since. A paper that takes more time, memory or output than the limits allow
    is stopped; papers.csv says which, and the others are read.

    Exit status: 0 every paper was read, 1 some paper was not (papers.csv says why), 2 wrong usage, 3 see --strict.
    """
    from pipeline.elsewhere import NotReading
    from pipeline.limits import MOST_PICTURES, Limits
    from pipeline.options import Options
    from publish.errors import PublishError

    limits = Limits(time_limit, memory_limit, row_limit, pictures=MOST_PICTURES if page_pictures else 0)
    _know_rules(left_out)
    added = _know_profiles(profiles)
    remarks: list[str] = []
    found = _find(inputs or (Path("data/raw"),), out, limits, remarks)
    options = Options(left_out, limits, excel_csv, scans=not no_ocr, profiles=added)
    start = _readers(workers, scheduler)
    try:
        outputs = {"excel_csv": excel_csv, "sqlite": sqlite, "ods": ods}
        tally = _run(found, out, options, start, outputs, fresh=fresh, quiet=quiet)
    except (PublishError, NotReading) as error:
        stop(str(error), NOT_ALL_READ)
    _close(tally, out, remarks, quiet)
    sys.exit(NOT_ALL_READ if tally.unread else DOUBTFUL if strict and tally.is_doubtful else READ_ALL)


def _find(given: tuple[Path, ...], out: Path, limits: Limits, remarks: list[str]) -> list[Input]:
    """The inputs that the command line names, or the end with one line that says why there are none."""
    from pipeline.inputs import find_inputs, is_pattern, is_same, listed_inputs, why_missing

    if Path("-") in given:
        listed = listed_inputs(sys.stdin.buffer.read())
        given = tuple(path for each in given for path in (listed if each == Path("-") else [each]))
        if not given:
            stop("-: the list on standard input is empty; give it a path on each line")
    if all(why_missing(path) and not is_pattern(path) for path in given):
        stop(f"{given[0]}: {why_missing(given[0])}, put papers there or name another place")
    if any(is_same(path, out) and path.is_dir() for path in given):
        stop(f"--out {out}: this is the folder of the papers; results go into a folder of their own")
    found = find_inputs(given, out, limits, remarks)
    if not found:
        stop(f"{given[0]}: no papers are in this folder; put texts there")
    return found


def _run(
    found: list[Input],
    out: Path,
    options: Options,
    start: StartReader,
    outputs: Mapping[str, bool],
    *,
    fresh: bool,
    quiet: bool,
) -> Tally:
    from pipeline.job import Job

    job = Job(found, out, options, outputs, version(), _libraries(options), fresh, quiet)
    if tally := job.unchanged():
        if not quiet:
            click.echo("nothing has changed since the last run, and nothing was read; --fresh reads all again")
        return tally
    return job.run(start)


def _readers(workers: int | None, scheduler: str | None) -> StartReader:
    """Who reads: processes of this machine, or those of a cluster."""
    if scheduler is not None:
        from pipeline.cluster import cluster

        return partial(cluster, scheduler)
    from pipeline.crew import Crew
    from pipeline.machine import workers as as_many_as_fit

    return partial(Crew, workers or as_many_as_fit())


def _close(tally: Tally, out: Path, remarks: list[str], quiet: bool) -> None:
    from pipeline.progress import visible
    from pipeline.summary import lines

    if not quiet:
        for line in (*remarks, *lines(tally, out.as_posix(), command())):
            click.echo(visible(line))


def _libraries(options: Options) -> dict[str, str]:
    """The versions of the libraries that can change what is read or written; of added profiles, their hashes."""
    import hashlib

    from pipeline.options import library_versions

    added = {f"profile {name}": f"sha256 {hashlib.sha256(content).hexdigest()}" for name, content in options.profiles}
    return library_versions() | added


def _know_rules(names: tuple[str, ...]) -> None:
    if not names:
        return
    from normalise.rules import RULES

    known = {rule.name for rule in RULES}
    for name in names:
        if name not in known:
            stop(f"--without {name}: there is no such rule; 'committee-papers rules' lists them")


def _know_profiles(folder: Path | None) -> tuple[ProfileFile, ...]:
    from papers.errors import PaperError
    from pipeline.profile_files import profile_files

    try:
        return profile_files(folder)
    except PaperError as error:
        stop(str(error))
