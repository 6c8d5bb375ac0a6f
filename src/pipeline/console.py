"""What all commands share: the exit statuses, the version, and how they stop with one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

READ_ALL, NOT_ALL_READ, WRONG_USAGE, DOUBTFUL = 0, 1, 2, 3
INTERRUPTED = 130


def version() -> str:
    """The version of the installed program."""
    from importlib import metadata

    return metadata.version("committee-papers")


def command() -> str:
    """How the program is called here: by its name if that is found, else by its path."""
    import shutil

    if shutil.which("committee-papers"):
        return "committee-papers"
    path = Path(sys.argv[0])
    return os.path.relpath(path) if path.exists() else path.name


def stop(message: str, status: int = WRONG_USAGE) -> NoReturn:
    """Say in one line why the program ends, and end it with that exit status."""
    from pipeline.progress import visible

    click.echo(f"committee-papers: {visible(message)}", err=True)
    sys.exit(status)
