"""Drafting a profile from samples: what was seen, what is guessed, and that the draft really reads the samples."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from normalise.read.profiles import added_profiles, parse
from pipeline.batch import read_file
from pipeline.inputs import find_inputs
from pipeline.rows import records

Run = Callable[..., Result]

ROWS = [
    ("Ref", "Description of risk", "Risk owner", "Review date", "Likelihood", "Cost of control"),
    ("1", "Fire in the custody suite at night", "Head of Estates", "Sept 2006", "3", "£10,000"),
    ("2", "Flood in the basement archive store", "Head of Estates", "Nov 2006", "2", "£4,000"),
]


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A web page with two registers and a table of another kind, and a text with a third register."""
    folder = tmp_path / "registers"
    folder.mkdir()
    header = (*ROWS[0][:2], "Owner", *ROWS[0][3:])
    page = [
        "<h1>Risk register</h1><h2>Risk area 1: Buildings</h2>",
        table(*ROWS, ("", "Total", "", "", "", "£14,000")),
        "<p>Comments: reviewed every quarter by the panel.</p><h2>Risk area 2: People</h2>",
        table(header, ("1", "Loss of key members of staff", "Head of HR", "Oct 2006", "4", "-")),
        "<p>Comments: none so far this year.</p>",
        table(("Borough", "Officers"), ("Brent", "5"), ("Camden", "15"), ("Barnet", "7"), ("Ealing", "9")),
    ]
    (folder / "a.html").write_text(f"<html><body>{''.join(page)}</body></html>", encoding="utf-8")
    third = ("1", "The grant is cut by a third", "Treasurer", "March 2007", "2", "£1,000")
    lines = "\n".join("\t".join(row) for row in (ROWS[0], third))
    (folder / "b.txt").write_text(f"Risk area 3: Money\n\n{lines}\n", encoding="utf-8")
    return folder


def test_a_draft_is_a_profile_that_reads_the_samples(run: Run, samples: Path) -> None:
    result = run("new-profile", samples, "--name", "risk_register")
    assert (result.exit_code, result.stderr) == (0, "")
    profile = parse("risk_register.toml", result.stdout.encode())
    assert (profile.name, profile.title) == ("risk_register", "Risk register")
    assert profile.columns == {
        "number": "number",
        "action": "text",
        "risk_owner": "text",
        "deadline": "period",
        "likelihood": "number",
        "budget": "money",
    }
    assert profile.group_words == ("Risk area",)
    assert profile.labels == ("Comments",)
    assert profile.is_total("TOTAL")
    assert "\n# As it stands it reads 4 rows of 3 tables in 2 of 2 samples:\n#   a.html: 3 rows\n" in result.stdout
    assert "\n# In 3 of 3 tables: 'Risk owner' 2, 'Owner' 1\n" in result.stdout

    with added_profiles([("risk_register.toml", result.stdout.encode())]):
        published = [records(read_file(item)).rows for item in find_inputs([samples], Path("out"))]
    rows = [row for rows in published for row in rows["work_plan"]]
    assert [(row["objective_number"], row["objective_title"], row["deadline_end"]) for row in rows] == [
        ("1", "Buildings", "2006-09"),
        ("1", "Buildings", "2006-11"),
        ("2", "People", "2006-10"),
        ("3", "Money", "2007-03"),
    ]
    assert [row["status"] for rows in published for row in rows["checks"]] == ["agrees", "no_total", "no_total"]


def test_the_family_can_be_chosen_by_a_header(run: Run, samples: Path) -> None:
    result = run("new-profile", samples, "--header", "borough")
    assert tomllib.loads(result.stdout)["columns"]["action"]["headers"] == ["Borough"]
    assert "reads 4 rows of 1 table in 1 of 2 samples" in result.stdout
    missing = run("new-profile", samples, "--header", "Colour")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "--header Colour: no table without a profile has such a column" in missing.stderr


def test_a_file_is_written_once(run: Run, samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "profiles" / "risks.toml"
    result = run("new-profile", samples, "--out", out)
    assert result.stdout == f"{out}: reads 4 rows of 3 tables in 2 of 2 samples\n"
    before = out.read_bytes()
    again = run("new-profile", samples, "--out", out)
    assert (again.exit_code, out.read_bytes()) == (2, before)
    assert "this file is there already" in again.stderr


def test_whatever_a_header_holds_the_draft_is_toml(run: Run, tmp_path: Path) -> None:
    odd = ('Say "what"\\', "Owner #1 = [x]", "\x7f\u2028 é 𝄞")
    page = table(odd, ("Fire in the custody suite", "Clerk of works", "a b c"))
    (tmp_path / "odd.html").write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    result = run("new-profile", "odd.html")
    assert result.exit_code == 0, result.stderr
    assert parse("my_tables.toml", result.stdout.encode()).headers


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["new-profile"], 2, "Missing argument"),
        (["new-profile", "nowhere.txt"], 2, "nowhere.txt: there is no such file"),
        (["new-profile", "raw", "--name", "My tables"], 2, "--name My tables: give small letters"),
        (["new-profile", "raw"], 1, "their tables are read by work_plan already"),
        (["new-profile", "prose.txt"], 1, "no table with a header was found"),
        (["new-profile", "empty.txt"], 1, "empty.txt: the file is empty"),
    ],
)
@pytest.mark.usefixtures("plan")
def test_what_can_not_be_drafted(run: Run, tmp_path: Path, arguments: list[str], status: int, said: str) -> None:
    (tmp_path / "prose.txt").write_text("Report 8a\n\nThat it be noted.\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
