"""Publishes a run: paper after paper comes in, and at the end all outputs stand in their folder, or none does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from publish.csv_files import CsvFile
from publish.csvw import CSVW_NAME, csv_metadata
from publish.database import DATABASE_NAME, write_database
from publish.datapackage import data_package
from publish.finished import EXCEL, Finished, PaperFile
from publish.ledger import Ledger, file_signature
from publish.manifest import Output, listed_outputs, measure, write_json, write_manifest
from publish.opendocument import OPENDOCUMENT_NAME, write_opendocument
from publish.review.site import write_page
from publish.schema import TABLES
from publish.staging import WORK, Staging, plain_errors
from publish.survey import Survey
from publish.workbook import write_run_workbook

MANIFEST: Final = "manifest.json"
_LEDGER: Final = "last-run.sqlite"


class Publisher:
    """Writes all outputs of one run into `out`. To be used in a `with` statement.

    Papers are added in the order of the inputs and written as they come; what has to be known of them at the end is
    kept on disk. A paper's own files that stand in the output folder as they will be are left alone. Leaving the `with`
    statement publishes the run; leaving it by an exception leaves the outputs of the run before as they were. Files in
    `out` that no run made are never touched.

    Args:
        out: the output folder; it is made if it is missing.
        version: the version of the program.
        libraries: the versions of the libraries used, for the manifest.
        excel_csv: also write copies of all CSV files for Excel's double click, in the folder `excel-csv`. The papers
            have to be finished with the same choice.
        sqlite: also write all tables into one SQLite database.
        ods: also write the workbook as an OpenDocument spreadsheet.
    """

    def __init__(
        self,
        out: Path,
        *,
        version: str,
        libraries: Mapping[str, str],
        excel_csv: bool = False,
        sqlite: bool = False,
        ods: bool = False,
    ) -> None:
        self._out = out
        self._version = version
        self._libraries = libraries
        self._excel_csv = excel_csv
        self._sqlite = sqlite
        self._ods = ods
        self._files: dict[str, CsvFile] = {}
        self._lengths: dict[str, list[int]] = {table.name: [0] * len(table.columns) for table in TABLES}
        self._open = ExitStack()
        self._begun: Staging | None = None
        self._last: Ledger | None = None

    def __enter__(self) -> Self:
        """Begin the run.

        Raises:
            PublishError: the output folder can't be created or written, or another run writes there.
        """
        with ExitStack() as opened:
            staging = Staging(self._out)
            opened.callback(staging.discard)
            with plain_errors(self._out):
                self._ledger = opened.enter_context(Ledger(staging.scratch / _LEDGER))
                self._last = opened.enter_context(last) if (last := last_run(self._out)) else None
                for table in TABLES:
                    file = self._files[table.name] = self._create(staging, f"{table.name}.csv")
                    opened.callback(_close_quietly, file)
                    file.write_header([column.name for column in table.columns])
            self._begun, self._open = staging, opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._abandon()

    @property
    def staging(self) -> Staging:
        """The folders of the run."""
        if self._begun is None:
            raise RuntimeError("a Publisher takes papers inside its with statement only")
        return self._begun

    def add(self, paper: Finished, *, mark: str = "", key: str = "") -> None:
        """Add one paper: its rows and its files.

        Args:
            paper: the paper.
            mark: tells the next run whether its sources have changed; empty if that can't be told.
            key: its name in the store of finished papers, or nothing.

        Raises:
            ContractError: there is a paper of this name already.
            PublishError: the output folder can't be written, and the run has to end.
        """
        staging = self.staging
        with plain_errors(self._out):
            self._ledger.add(paper, mark, key)
            for file in paper.files:
                self._write(staging, file)
            for name, block in paper.blocks.items():
                self._files[name].append(block.rows, block.text, block.copy)
                self._lengths[name] = list(map(max, self._lengths[name], block.lengths))

    def remember(self, name: str, value: Any) -> None:
        """Keep something about the run for the next one, which finds it in `last_run`."""
        self._ledger.set_fact(name, value)

    def is_used(self, key: str) -> bool:
        """Whether a finished paper of this name in the store belongs to the run."""
        return self._ledger.has_key(key)

    def close(self) -> None:
        """Finish the run and move its outputs into place, the manifest last. Closing twice does nothing.

        Raises:
            PublishError: the output folder can't be written; the outputs of the run before are as they were.
        """
        if self._begun is None:
            return
        try:
            with plain_errors(self._out):
                self._finish(self._begun)
        finally:
            self._abandon()

    def _finish(self, staging: Staging) -> None:
        rows = {name: file.rows for name, file in self._files.items()}
        described = {}
        for name, file in self._files.items():
            file.close()
            described[name], *copies = self._measured(staging, f"{name}.csv", file.rows)
            for output in (described[name], *copies):
                self._ledger.add_output(output)
        files = {name: file.path for name, file in self._files.items()}
        found = Survey(rows, self._lengths, self._ledger)
        write_run_workbook(staging.path("papers.xlsx"), files, found, staging.scratch, version=self._version)
        write_json(staging.path("datapackage.json"), data_package(self._version, TABLES, described))
        write_json(staging.path(CSVW_NAME), csv_metadata(TABLES))
        names = ["papers.xlsx", "datapackage.json", CSVW_NAME]
        if self._sqlite:
            write_database(staging.path(DATABASE_NAME), TABLES, files)
            names.append(DATABASE_NAME)
        if self._ods:
            write_opendocument(staging.path(OPENDOCUMENT_NAME), files, rows, version=self._version)
            names.append(OPENDOCUMENT_NAME)
        names += write_page(self._ledger.overviews(), staging.path)
        for name in names:
            self._ledger.add_output(measure(staging.folder, name))
        manifest = staging.path(MANIFEST)
        write_manifest(manifest, self._version, self._libraries, self._ledger.inputs(), self._ledger.outputs())
        before = listed_outputs(self._out / MANIFEST)
        stale = (path for path in before if path != MANIFEST and not self._ledger.has_output(path))
        staging.commit(self._ledger.staged(), stale, MANIFEST)
        self._keep_ledger(staging)

    def _keep_ledger(self, staging: Staging) -> None:
        """Keep what is known for the next run. Should that fail, it has to find out by itself."""
        if self._last is not None:
            self._last.close()
        kept = staging.work / _LEDGER
        with suppress(OSError):
            kept.unlink(missing_ok=True)
            self._ledger.settle(self._out, MANIFEST)
            self._ledger.close()
            (staging.scratch / _LEDGER).replace(kept)

    def _abandon(self) -> None:
        """Remove what was written, unless it has been moved into place."""
        self._begun = None
        self._open.close()

    def _create(self, staging: Staging, relative: str) -> CsvFile:
        copy = staging.path(f"{EXCEL}/{relative}") if self._excel_csv else None
        return CsvFile(staging.path(relative), copy)

    def _write(self, staging: Staging, file: PaperFile) -> None:
        """Write one file of a paper, unless it stands in its place already."""
        output = Output(file.path, file.size, file.sha256, file.rows)
        signature = file_signature(self._out / file.path) if self._last else None
        if self._last and signature and self._last.known_output(file.path) == (file.sha256, signature):
            self._ledger.add_output(output, signature)
            return
        staging.path(file.path).write_bytes(file.content)
        self._ledger.add_output(output)

    def _measured(self, staging: Staging, relative: str, rows: int) -> list[Output]:
        """A finished CSV file and, if one is wanted, its copy."""
        paths = [relative, f"{EXCEL}/{relative}"] if self._excel_csv else [relative]
        return [measure(staging.folder, path, rows) for path in paths]


def last_run(out: Path) -> Ledger | None:
    """What the last run into a folder knew, or None if that is not known any more. It has to be closed."""
    path = out / WORK / _LEDGER
    try:
        return Ledger(path, new=False) if path.is_file() else None
    except OSError:
        return None


def _close_quietly(file: CsvFile) -> None:
    """Close a file that is thrown away: a full disk may refuse its last bytes."""
    with suppress(OSError):
        file.close()
