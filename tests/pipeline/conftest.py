"""Running the program as a person at the keyboard does, inside this process."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

PLAN = """Objective 1: Support the governance role

Key actions/events:\tDeadline/date\tPerformance measure\tBudget
1. Keep a log\tSept 2006\tReport adopted\t£3,000
2. Agree a rota\tOngoing\tRota agreed\t£10,000
\t\tTOTAL\t£13,000
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a command line to the program, in an empty folder; a traceback fails the test."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Result:
        result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Read a published table."""

    def read(name: str, out: str = "out") -> list[dict[str, str]]:
        with (tmp_path / out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small work plan whose total agrees."""
    path = tmp_path / "raw" / "plan.txt"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    return path
