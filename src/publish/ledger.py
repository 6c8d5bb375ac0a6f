"""What a run knows of every paper and every file, on disk: memory does not grow with the number of papers.

The ledger of a finished run is kept: the next run learns from it which files are as they were left.
"""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from publish.errors import ContractError
from publish.manifest import Input, Output
from publish.review.site import json_text

if TYPE_CHECKING:
    from publish.finished import Finished

UNREAD: Final = ("failed", "encrypted", "unsupported", "no_text", "partial")
"""The statuses of papers that were not read, or not wholly, the worst first."""

_LAYOUT: Final = 1
_TABLES: Final = """
CREATE TABLE papers (
    number INTEGER PRIMARY KEY, folded TEXT UNIQUE, paper_id TEXT UNIQUE, source_path TEXT, mark TEXT, key TEXT,
    status TEXT, status_detail TEXT, title TEXT, meeting_date TEXT, input TEXT, overview TEXT,
    figures INTEGER, repaired INTEGER, supplied INTEGER, doubted INTEGER,
    differs INTEGER, agrees INTEGER, rounding INTEGER, no_total INTEGER, cannot_check INTEGER,
    high INTEGER, medium INTEGER, low INTEGER, unread INTEGER
);
CREATE INDEX keys ON papers (key);
CREATE TABLE homes (paper_id TEXT, table_id TEXT, number INTEGER, PRIMARY KEY (paper_id, table_id)) WITHOUT ROWID;
CREATE TABLE outputs (
    path TEXT PRIMARY KEY, bytes INTEGER, sha256 TEXT, rows INTEGER, signature TEXT
) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT);
"""
_PLACES: Final = ", ".join("?" * 25)


class Ledger:
    """The papers and files of a run.

    Args:
        path: of the database.
        new: make it; else open it to be read.

    Raises:
        OSError: it can't be written, or there is none that could be read.
    """

    def __init__(self, path: Path, *, new: bool = True) -> None:
        self.database = sqlite3.connect(path if new else f"{path.absolute().as_uri()}?mode=ro", uri=not new)
        try:
            if new:
                # It is thrown away if the run breaks off: nothing has to be undone, or kept from others.
                self.database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
                self.set_fact("layout", _LAYOUT)
            elif self.fact("layout") != _LAYOUT:
                raise OSError(None, "it was made by another version", str(path))
        except sqlite3.Error as error:
            self.database.close()
            raise OSError(None, str(error), str(path)) from error
        except OSError:
            self.database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish the database. Closing twice does nothing."""
        with suppress(sqlite3.Error):
            self.database.commit()
        self.database.close()

    def add(self, paper: Finished, mark: str, key: str) -> None:
        """Note a paper, after all others.

        Args:
            paper: the paper.
            mark: tells whether its sources have changed since; empty if that can't be told.
            key: its name in the store of finished papers, or nothing.

        Raises:
            ContractError: there is a paper of this name.
        """
        statuses, severities = paper.counts["checks"], paper.counts["review"]
        status, figures = paper.facts["status"], paper.blocks.get("figures")
        read = Input(paper.paper_id, paper.source_path, paper.facts["source_sha256"], status, paper.versions)
        values = (
            None,
            paper.paper_id.casefold(),
            paper.paper_id,
            plain(paper.source_path),
            plain(mark),
            key,
            *(plain(paper.facts[name]) for name in ("status", "status_detail", "title", "meeting_date")),
            plain(json_text(asdict(read))),
            plain(paper.overview),
            figures.rows if figures else 0,
            *(paper.counts["figures"][name] for name in ("repaired", "supplied", "doubted")),
            *(statuses.get(name, 0) for name in ("differs", "agrees", "rounding", "no_total", "cannot_check")),
            *(severities.get(name, 0) for name in ("high", "medium", "low")),
            UNREAD.index(status) if status in UNREAD else len(UNREAD),
        )
        try:
            self.database.execute(f"INSERT INTO papers VALUES ({_PLACES})", values)
        except sqlite3.IntegrityError:
            raise ContractError(f"the paper {paper.paper_id!r} was added twice") from None
        homes = ((paper.paper_id, table_id, number) for table_id, number in paper.tables.items())
        self.database.executemany("INSERT INTO homes VALUES (?, ?, ?)", homes)

    def add_output(self, output: Output, signature: str | None = None) -> None:
        """Note a file; its signature is given if it stands in its place already."""
        row = (output.path, output.bytes, output.sha256, output.rows, signature)
        self.database.execute("INSERT INTO outputs VALUES (?, ?, ?, ?, ?)", row)

    def settle(self, out: Path, last: str) -> None:
        """Note the signatures of the files that have been moved into their place, and that of the file `last`."""
        self.database.create_function("signature_of", 1, lambda path: file_signature(out / path))
        self.database.execute("UPDATE outputs SET signature = signature_of(path) WHERE signature IS NULL")
        self.set_fact(last, file_signature(out / last))

    def is_in_place(self, out: Path, last: str) -> bool:
        """Whether all files of the run are as it left them."""
        if self.fact(last) is None or self.fact(last) != file_signature(out / last):
            return False
        rows = self.database.execute("SELECT path, signature FROM outputs")
        return all(signature and signature == file_signature(out / path) for path, signature in rows)

    def inputs(self) -> Iterator[Input]:
        """The papers, in order."""
        for (text,) in self.database.execute("SELECT input FROM papers ORDER BY number"):
            yield Input(**json.loads(text))

    def outputs(self) -> Iterator[Output]:
        """The files, by path."""
        for row in self.database.execute("SELECT path, bytes, sha256, rows FROM outputs ORDER BY path"):
            yield Output(*row)

    def staged(self) -> Iterator[str]:
        """The paths of the files that are not yet in their place, in order."""
        return (
            path for (path,) in self.database.execute("SELECT path FROM outputs WHERE signature IS NULL ORDER BY path")
        )

    def has_output(self, path: str) -> bool:
        """Whether the run makes a file of this path."""
        return self.database.execute("SELECT 1 FROM outputs WHERE path = ?", (path,)).fetchone() is not None

    def known_output(self, path: str) -> tuple[str, str] | None:
        """The hash of a file, and its signature when the run had put it into its place; None if that is not known."""
        query = "SELECT sha256, signature FROM outputs WHERE path = ?"
        found: tuple[str, str] | None = None
        with suppress(sqlite3.Error):  # it is damaged
            found = self.database.execute(query, (path,)).fetchone()
        return found

    def overviews(self) -> Iterator[str]:
        """What the list of the review page shows of each paper, in order, as JSON."""
        return (text for (text,) in self.database.execute("SELECT overview FROM papers ORDER BY number"))

    def has_key(self, key: str) -> bool:
        """Whether a finished paper of this name in the store belongs to the run."""
        return self.database.execute("SELECT 1 FROM papers WHERE key = ?", (key,)).fetchone() is not None

    def marks(self) -> Iterator[tuple[str, str, str]]:
        """The id, the path and the mark of each paper, in order."""
        yield from self.database.execute("SELECT paper_id, source_path, mark FROM papers ORDER BY number")

    def troubles(self) -> Iterator[tuple[str, str, str]]:
        """The path, the status and its detail of each paper that was not read, or not wholly, in order."""
        query = "SELECT source_path, status, status_detail FROM papers WHERE status != 'ok' ORDER BY number"
        yield from self.database.execute(query)

    def set_fact(self, name: str, value: Any) -> None:
        """Keep something about the run as a whole."""
        self.database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json_text(value)))

    def fact(self, name: str) -> Any:
        """Something about the run as a whole, or None."""
        found = self.database.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None


def plain(text: str) -> str:
    """A text without halves of surrogate pairs, as the CSV files have it."""
    return text.encode("utf-8", "backslashreplace").decode()


def file_signature(path: Path) -> str | None:
    """What changes whenever somebody writes into a file: its size and its times; None if there is no such file."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return None
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}" if stat.S_ISREG(found.st_mode) else None
