"""The manual says what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def blocks(page: str) -> Iterator[str]:
    """The blocks of a page that show what the program prints, without the ends of lines, which may be folded."""
    for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL):
        yield " ".join(block.split())


def test_the_readme_shows_what_a_run_says(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["extract", str(ROOT / "data" / "raw"), "--out", str(tmp_path / "out")])
    said = " ".join(result.output[: result.output.index("open ")].split())
    assert said in blocks((ROOT / "README.md").read_text(encoding="utf-8"))


def test_the_readme_shows_what_is_explained() -> None:
    paper = ROOT / "data" / "raw" / "community-engagement-work-plan-2006.txt"
    said = " ".join(CliRunner().invoke(cli, ["explain", str(paper), "line 9"]).output.split())
    (shown,) = (text for text in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if "split-cells:" in text)
    for part in re.split(r" (?=\+ |read |check )", shown):
        assert part in said


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_file_is_explained_in_the_readme(table: Table) -> None:
    assert f"`{table.name}.csv`" in (ROOT / "README.md").read_text(encoding="utf-8")
