"""Publishes a run: paper after paper comes in, and at the end all outputs stand in their folder, or none does."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from papers.records import Grid, Records, Row
from publish.csv_files import CsvFile, grid_rows, plain_lines, row_formatter
from publish.csvw import CSVW_NAME, csv_metadata
from publish.database import DATABASE_NAME, write_database
from publish.datapackage import data_package
from publish.errors import ContractError
from publish.manifest import Input, Output, is_below, listed_outputs, manifest, measure, write_json
from publish.paper_workbook import paper_workbook, table_name, write_paper_workbook
from publish.review.site import Overview, overview, write_page, write_paper
from publish.schema import TABLES
from publish.staging import Staging, plain_errors
from publish.workbook import write_run_workbook

_MANIFEST: Final = "manifest.json"
_EXCEL: Final = "excel-csv"
_FACTS: Final = ("title", "committee", "meeting_date", "report_number")


class Publisher:
    """Writes all outputs of one run into `out`. To be used in a `with` statement.

    Papers are added in the order of the inputs and written as they come; of each only its id, its hash and the names,
    sizes and hashes of its files are kept. Leaving the `with` statement publishes the run; leaving it by an exception
    leaves the outputs of the run before as they were. Files in `out` that no run made are never touched.

    Args:
        out: the output folder; it is made if it is missing.
        version: the version of the program.
        libraries: the versions of the libraries used, for the manifest.
        excel_csv: also write copies of all CSV files for Excel's double click, in the folder `excel-csv`.
        sqlite: also write all tables into one SQLite database.
    """

    def __init__(
        self, out: Path, *, version: str, libraries: Mapping[str, str], excel_csv: bool = False, sqlite: bool = False
    ) -> None:
        self._out = out
        self._version = version
        self._libraries = libraries
        self._excel_csv = excel_csv
        self._sqlite = sqlite
        self._formatters = {table.name: row_formatter(table) for table in TABLES}
        self._inputs: list[Input] = []
        self._overviews: list[Overview] = []
        self._outputs: list[Output] = []
        self._ids: set[str] = set()
        self._homes: dict[tuple[str, str], tuple[str, str]] = {}
        self._files: dict[str, CsvFile] = {}
        self._staging: Staging | None = None

    def __enter__(self) -> Self:
        """Begin the run.

        Raises:
            PublishError: the output folder can't be created or written.
        """
        self._staging = Staging(self._out)
        try:
            with plain_errors(self._out):
                for table in TABLES:
                    file = self._create(f"{table.name}.csv")
                    self._files[table.name] = file
                    file.write_header([column.name for column in table.columns])
        except BaseException:
            self._abandon()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._abandon()

    def add(self, records: Records) -> None:
        """Write one paper: its rows, its tables, its workbook. A paper without tables gets no folder of its own.

        Raises:
            ContractError: the records break the contract, which is a defect in the program. Nothing of the paper is
                published, and other papers can still be added.
            PublishError: the output folder can't be written, and the run has to end.
        """
        staging = self._begun()
        rows = self._texts(records)
        paper = self._paper_row(records)
        with plain_errors(self._out):
            outputs = self._write_tables(staging, records, paper, rows) if records.grids else []
            outputs += [measure(staging.folder, path) for path in write_paper(records, staging.path)]
            for name, texts in rows.items():
                self._files[name].write(texts)
        self._homes |= {
            (records.paper_id, grid.table_id): (paper_workbook(records.paper_id), table_name(grid))
            for grid in records.grids
        }
        self._ids.add(records.paper_id.casefold())
        self._outputs.extend(outputs)
        self._overviews.append(overview(records))
        sha256, status = (str(paper[name] or "") for name in ("source_sha256", "status"))
        self._inputs.append(Input(records.paper_id, records.source_path, sha256, status, dict(records.versions)))

    def close(self) -> None:
        """Finish the run and move its outputs into place, the manifest last. Closing twice does nothing.

        Raises:
            PublishError: the output folder can't be written; the outputs of the run before are as they were.
        """
        if self._staging is None:
            return
        try:
            with plain_errors(self._out):
                self._finish(self._staging)
            self._staging = None
        finally:
            self._abandon()

    def _finish(self, staging: Staging) -> None:
        rows = {name: file.rows for name, file in self._files.items()}
        described = {}
        for name, file in self._files.items():
            file.close()
            described[name], *copies = self._measured(staging, f"{name}.csv", file.rows)
            self._outputs += [described[name], *copies]
        files = {name: file.path for name, file in self._files.items()}
        write_run_workbook(
            staging.path("papers.xlsx"), files, rows, staging.scratch, version=self._version, homes=self._homes
        )
        write_json(staging.path("datapackage.json"), data_package(self._version, TABLES, described))
        write_json(staging.path(CSVW_NAME), csv_metadata(TABLES))
        names = ["papers.xlsx", "datapackage.json", CSVW_NAME]
        if self._sqlite:
            write_database(staging.path(DATABASE_NAME), TABLES, files)
            names.append(DATABASE_NAME)
        self._outputs += [measure(staging.folder, name) for name in names]
        self._outputs += [measure(staging.folder, path) for path in write_page(self._overviews, staging.path)]
        content = manifest(self._version, self._libraries, self._inputs, self._outputs)
        write_json(staging.path(_MANIFEST), content, sort_keys=True)
        made = {output.path for output in self._outputs}
        stale = sorted(set(listed_outputs(self._out / _MANIFEST)) - made - {_MANIFEST})
        staging.commit(sorted(made), stale, _MANIFEST)

    def _abandon(self) -> None:
        """Remove what was written, unless it has been moved into place."""
        for file in self._files.values():
            with suppress(OSError):  # a full disk may refuse the last bytes of a file that is thrown away anyway
                file.close()
        if self._staging is not None:
            self._staging.discard()
            self._staging = None

    def _begun(self) -> Staging:
        if self._staging is None:
            raise RuntimeError("a Publisher takes papers inside its with statement only")
        return self._staging

    def _create(self, relative: str) -> CsvFile:
        staging = self._begun()
        copy = staging.path(f"{_EXCEL}/{relative}") if self._excel_csv else None
        return CsvFile(staging.path(relative), copy)

    def _texts(self, records: Records) -> dict[str, list[list[str]]]:
        """Turn all rows of a paper into text before any is written, so that a defect leaves no half of a paper."""
        unknown = sorted(records.rows.keys() - self._formatters.keys())
        if unknown:
            raise ContractError(f"unknown tables {unknown} for the paper {records.paper_id!r}")
        own = [plain_lines(records.paper_id), plain_lines(records.source_path)]
        found = {name: list(map(self._formatters[name], rows)) for name, rows in records.rows.items()}
        for name, texts in found.items():
            if any(row[:2] != own for row in texts):
                raise ContractError(f"{name} of the paper {records.paper_id!r} has a row of another paper")
        return found

    def _paper_row(self, records: Records) -> Row:
        """The paper's own row, after a look at its id and at the numbers of its tables."""
        papers = records.rows.get("papers", ())
        if len(papers) != 1:
            raise ContractError(f"the paper {records.paper_id!r} has {len(papers)} rows in papers, not one")
        if records.paper_id.casefold() in self._ids:
            raise ContractError(f"the paper {records.paper_id!r} was added twice")
        if "/" in records.paper_id or not is_below(records.paper_id):
            raise ContractError(f"the paper_id {records.paper_id!r} is no name of a folder")
        numbers = [grid.number for grid in records.grids]
        if len(set(numbers)) < len(numbers):
            raise ContractError(f"the paper {records.paper_id!r} has two tables of one number: {numbers}")
        return papers[0]

    def _write_tables(
        self, staging: Staging, records: Records, paper: Row, rows: Mapping[str, list[list[str]]]
    ) -> list[Output]:
        """Write the tables and the workbook of a paper into its folder; if that fails, nothing of them stays."""
        folder, workbook = f"papers/{records.paper_id}", paper_workbook(records.paper_id)
        facts = {"Paper": records.paper_id, "Source": records.source_path}
        facts |= {name.replace("_", " ").capitalize(): str(paper[name]) for name in _FACTS if paper[name] is not None}
        try:
            outputs = [output for grid in records.grids for output in self._write_grid(staging, folder, grid)]
            write_paper_workbook(staging.path(workbook), facts, records.grids, rows, staging.scratch)
        except BaseException:
            for parent in (staging.folder, staging.folder / _EXCEL):
                shutil.rmtree(parent / folder, ignore_errors=True)
            raise
        return [*outputs, measure(staging.folder, workbook)]

    def _write_grid(self, staging: Staging, folder: str, grid: Grid) -> list[Output]:
        relative = f"{folder}/{table_name(grid)}.csv"
        file = self._create(relative)
        try:
            file.write(grid_rows(grid))
        finally:
            file.close()
        return self._measured(staging, relative, file.rows)

    def _measured(self, staging: Staging, relative: str, rows: int) -> list[Output]:
        """A finished CSV file and, if one is wanted, its copy."""
        paths = [relative, f"{_EXCEL}/{relative}"] if self._excel_csv else [relative]
        return [measure(staging.folder, path, rows) for path in paths]
