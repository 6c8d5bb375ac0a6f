"""One paper, finished by the process that read it: all that the outputs of a run will hold of it, as bytes."""

from __future__ import annotations

import hashlib
import shutil
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papers.records import Grid, Records
from publish.csv_files import CsvBytes, csv_bytes, grid_rows, plain_lines, row_formatter, score_rows
from publish.errors import ContractError
from publish.layout import Lengths
from publish.manifest import is_below
from publish.names import paper_workbook, scores_name, sheet_name
from publish.paper_workbook import write_paper_workbook
from publish.review.site import json_text, overview, write_paper
from publish.schema import TABLES, named

EXCEL: Final = "excel-csv"
FAST: Final = 1
"""The level of compression that costs least time."""

_FACTS: Final = ("title", "committee", "meeting_date", "report_number")
_COUNTED: Final = {"checks": "status", "review": "severity"}
_MARKS: Final = ("repaired", "supplied", "doubted")
_FORMATTERS: Final = {table.name: row_formatter(table) for table in TABLES}


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one table of the contract that one paper has.

    `lengths` holds the longest line of each column; `text` is their part of the CSV file, `copy` that of the copy for
    Excel, if one is wanted.
    """

    rows: int
    lengths: tuple[int, ...]
    text: bytes
    copy: bytes = b""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file of a paper's own. `path` is below the output folder; `rows` counts a CSV file's records, else None.

    `size` and `sha256` are those of its content, which is kept compressed.
    """

    path: str
    size: int
    sha256: str
    rows: int | None
    packed: bytes

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return zlib.decompress(self.packed)


@dataclass(frozen=True, slots=True)
class Finished:
    """All that the outputs hold of one paper.

    Attributes:
        paper_id: as in the contract.
        source_path: as in the contract.
        facts: the paper's row in `papers` as texts, by column.
        versions: of what read it, for the manifest.
        blocks: its rows, by table.
        counts: how many rows of `checks` have which status, of `review` which severity, how many figures which mark.
        tables: the number of each of its tables, by `table_id`.
        overview: what the list of the review page shows of it, as JSON.
        files: its own files.
    """

    paper_id: str
    source_path: str
    facts: Mapping[str, str]
    versions: Mapping[str, str]
    blocks: Mapping[str, Block]
    counts: Mapping[str, Mapping[str, int]]
    tables: Mapping[str, int]
    overview: str
    files: tuple[PaperFile, ...]


def finish(records: Records, scratch: Path, *, excel_csv: bool = False) -> Finished:
    """Turn the records of a paper into the bytes of its outputs. A paper without tables gets no folder of its own.

    Args:
        records: the paper.
        scratch: an empty folder for temporary files; what is in it afterwards is of no use.
        excel_csv: also make the copies for Excel's double click.

    Raises:
        ContractError: the records break the contract, which is a defect in the program.
        OSError: the scratch folder can't be written.
    """
    rows = _texts(records)
    facts = _facts(records, rows)
    files = [*_table_files(records, excel_csv=excel_csv), *_made_files(records, facts, rows, scratch)]
    return Finished(
        records.paper_id,
        records.source_path,
        facts,
        dict(records.versions),
        {name: _block(texts, excel_csv=excel_csv) for name, texts in rows.items() if texts},
        _counts(rows),
        {grid.table_id: grid.number for grid in records.grids},
        json_text(overview(records)),
        tuple(files),
    )


def _texts(records: Records) -> dict[str, list[list[str]]]:
    unknown = sorted(records.rows.keys() - _FORMATTERS.keys())
    if unknown:
        raise ContractError(f"unknown tables {unknown} for the paper {records.paper_id!r}")
    own = [plain_lines(records.paper_id), plain_lines(records.source_path)]
    found = {name: list(map(_FORMATTERS[name], rows)) for name, rows in records.rows.items()}
    for name, texts in found.items():
        if any(row[:2] != own for row in texts):
            raise ContractError(f"{name} of the paper {records.paper_id!r} has a row of another paper")
    return found


def _facts(records: Records, rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, str]:
    """The paper's own row, after a look at its id and at the numbers of its tables."""
    papers = rows.get("papers", ())
    if len(papers) != 1:
        raise ContractError(f"the paper {records.paper_id!r} has {len(papers)} rows in papers, not one")
    if "/" in records.paper_id or not is_below(records.paper_id):
        raise ContractError(f"the paper_id {records.paper_id!r} is no name of a folder")
    numbers = [grid.number for grid in records.grids]
    if len(set(numbers)) < len(numbers):
        raise ContractError(f"the paper {records.paper_id!r} has two tables of one number: {numbers}")
    return dict(zip((column.name for column in named("papers").columns), papers[0], strict=True))


def _block(rows: Sequence[Sequence[str]], *, excel_csv: bool) -> Block:
    seen = Lengths()
    for row in rows:
        seen.see(row)
    made = csv_bytes(rows, excel_copy=excel_csv)
    return Block(made.rows, tuple(seen.longest), made.text, made.copy)


def _counts(rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for table, column in _COUNTED.items():
        position, found = named(table).position(column), counts.setdefault(table, {})
        for row in rows.get(table, ()):
            found[row[position]] = found.get(row[position], 0) + 1
    figures = rows.get("figures", ())
    positions = {name: named("figures").position(name) for name in _MARKS}
    counts["figures"] = {name: sum(row[at] == "true" for row in figures) for name, at in positions.items()}
    return counts


def _table_files(records: Records, *, excel_csv: bool) -> list[PaperFile]:
    """The CSV file of each table in its own shape, if wanted its copy, and the scores of one read from a picture."""
    files = []
    for grid in records.grids:
        relative = f"papers/{records.paper_id}/{sheet_name(grid.number)}.csv"
        made = _grid_bytes(grid, excel_csv=excel_csv)
        files.append(_file(relative, made.text, made.rows))
        if excel_csv:
            files.append(_file(f"{EXCEL}/{relative}", made.whole_copy, made.rows))
        if any(cell.score is not None for cell in grid.cells):
            scores = csv_bytes(score_rows(grid))
            files.append(_file(f"papers/{records.paper_id}/{scores_name(grid.number)}.csv", scores.text, scores.rows))
    return files


def _grid_bytes(grid: Grid, *, excel_csv: bool) -> CsvBytes:
    return csv_bytes(grid_rows(grid), excel_copy=excel_csv)


def _made_files(
    records: Records, facts: Mapping[str, str], rows: Mapping[str, list[list[str]]], scratch: Path
) -> list[PaperFile]:
    """The files that are written before their bytes are known: the workbook, and those of the review page."""
    made, temporary = scratch / "made", scratch / "temporary"
    temporary.mkdir()

    def create(relative: str) -> Path:
        path = made / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    paths = write_paper(records, create)
    if records.grids:
        workbook = paper_workbook(records.paper_id)
        about = {"Paper": records.paper_id, "Source": records.source_path}
        about |= {name.replace("_", " ").capitalize(): facts[name] for name in _FACTS if facts[name]}
        write_paper_workbook(create(workbook), about, records.grids, rows, temporary)
        paths = [workbook, *paths]
    try:
        return [_file(path, (made / path).read_bytes()) for path in paths]
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(temporary, ignore_errors=True)


def _file(path: str, content: bytes, rows: int | None = None) -> PaperFile:
    return PaperFile(path, len(content), hashlib.sha256(content).hexdigest(), rows, zlib.compress(content, FAST))
