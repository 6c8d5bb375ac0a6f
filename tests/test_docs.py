"""The manual says what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from normalise.rules import RULES
from pipeline.cli import cli
from pipeline.manual import rules_page
from publish.schema import TABLES, Table

ROOT = Path(__file__).parents[1]


def test_the_page_of_rules_is_current() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page(RULES), "run `make docs`"


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_file_is_explained_in_the_readme(table: Table) -> None:
    assert f"`{table.name}.csv`" in (ROOT / "README.md").read_text(encoding="utf-8")
