"""The database of a run, asked as a researcher asks it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from papers.records import Records, Row
from publish.database import write_database
from publish.schema import TABLES

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]


def ask(out: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(out / "papers.sqlite")) as database:
        return database.execute(query).fetchall()


def test_every_table_is_there_with_its_columns_and_rows(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), paper("b"), sqlite=True)
    for table in TABLES:
        found = [(name, bool(required)) for _, name, _, required, *_ in ask(out, f"PRAGMA table_info({table.name})")]
        assert found == [(column.name, column.required) for column in table.columns]
        [(count,)] = ask(out, f"SELECT count(*) FROM {table.name}")
        assert count == 2 * len(paper().rows[table.name])
    assert ask(out, "PRAGMA foreign_key_check") == []
    assert ask(out, "PRAGMA integrity_check") == [("ok",)]


def test_values_have_their_types_and_what_is_unknown_is_null(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), sqlite=True)
    assert ask(out, "SELECT value, repaired, doubted FROM figures") == [(1109000, 1, 0), (-1732000, 0, 0), (2.5, 0, 0)]
    assert ask(out, "SELECT archived, author FROM papers") == [(1, None)]
    assert ask(out, "SELECT sum(value) FROM figures WHERE unit = 'GBP'") == [(-623000,)]


def test_rows_of_a_paper_that_is_not_there_are_refused(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), sqlite=True)
    with closing(sqlite3.connect(out / "papers.sqlite")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            database.execute("INSERT INTO links (paper_id, source_path) VALUES ('b', 'b.pdf')")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            database.execute("UPDATE checks SET status = 'perhaps'")


def test_the_views_lead_from_a_total_to_its_meeting(publish: Publish, paper: MakePaper, row: MakeRow) -> None:
    totals = [("Pay", "agrees", None), ("Transport", "differs", Decimal(-10))]
    checks = tuple(row("checks", "a", label=label, status=how, difference=by) for label, how, by in totals)
    out = publish(paper("a", {"checks": checks}), sqlite=True)
    query = "SELECT committee, meeting_date, label, difference FROM totals_that_differ"
    assert ask(out, query) == [("MPA Committee", "2006-09-28", "Transport", -10)]
    assert ask(out, "SELECT title, severity FROM points_to_look_at") == [("Community Engagement Strategy", "high")]
    assert ask(out, "SELECT count(*) FROM figures_of_meetings") == [(3,)]


def test_the_dictionary_is_in_it(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), sqlite=True)
    query = "SELECT unit, if_empty FROM data_dictionary WHERE \"table\" = 'papers' AND \"column\" = 'pages'"
    assert ask(out, query) == [("pages", "the file has no pages")]


def test_two_runs_give_the_same_bytes(publish: Publish, paper: MakePaper, tmp_path: Path) -> None:
    runs = [publish(paper("a"), paper("b"), out=tmp_path / name, sqlite=True) for name in ("first", "second")]
    first, second = [(out / "papers.sqlite").read_bytes() for out in runs]
    assert first == second


def test_it_is_written_only_if_asked_for(publish: Publish, paper: MakePaper) -> None:
    out = publish(paper("a"), sqlite=True)
    assert not (publish(paper("a"), out=out) / "papers.sqlite").exists()


def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(publish: Publish, tmp_path: Path) -> None:
    out = publish()
    files = {table.name: out / f"{table.name}.csv" for table in TABLES}
    with pytest.raises(OSError, match="unable to open"):
        write_database(tmp_path / "missing" / "papers.sqlite", TABLES, files)
