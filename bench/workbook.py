"""The workbook of a large run. As a program, the process that writes it: `python bench/workbook.py FIGURES`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from memory import peak
from table import Part, Plan, Row

from publish.csv_files import CsvFile
from publish.finished import Finished
from publish.layout import Lengths
from publish.ledger import Ledger
from publish.schema import TABLES
from publish.survey import Survey
from publish.workbook import write_run_workbook

FIGURES = 200_000
PAPERS = 1_000
COLUMNS = ("2003/04 actual", "2004/05 budget", "2004/05 forecast", "Variance", "Change %")
ROWS = 12


def main(figures: int) -> int:
    """Write the CSV files, then the workbook from them, and print what that took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {table.name: folder / f"{table.name}.csv" for table in TABLES}
        path = folder / "papers.xlsx"
        with Ledger(folder / "ledger.sqlite") as ledger:
            rows, lengths = _csv_files(files, figures, ledger)
            start = time.process_time()
            write_run_workbook(path, files, Survey(rows, lengths, ledger), folder, version="0")
        seconds = time.process_time() - start
        print(json.dumps({"seconds": seconds, "memory": peak(), "size": path.stat().st_size / 1000}))
    return 0


def _workbook(plan: Plan, _: Path) -> Iterator[Row]:
    figures = FIGURES // 200 if plan.is_quick else FIGURES
    command = [sys.executable, __file__, str(figures)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    what = f"papers.xlsx with {figures:,} figures"
    size = found["size"] / PAPERS
    yield Row(what, None, PAPERS, None, found["seconds"], found["memory"], size=size)


def _csv_files(paths: Mapping[str, Path], figures: int, ledger: Ledger) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Write all CSV files of a run, and note its papers. Returns how many rows each has, and how long texts are."""
    files = {name: CsvFile(path) for name, path in paths.items()}
    columns = {table.name: [column.name for column in table.columns] for table in TABLES}
    seen = {name: Lengths([0] * len(names)) for name, names in columns.items()}
    for name, file in files.items():
        file.write_header(columns[name])
    for name, values in _records(figures):
        record = [values.get(column, "") for column in columns[name]]
        files[name].write([record])
        seen[name].see(record)
        if name == "papers":
            ledger.add(_finished(dict(zip(columns[name], record, strict=True))), "", "")
    for file in files.values():
        file.close()
    return {name: file.rows for name, file in files.items()}, {name: each.longest for name, each in seen.items()}


def _finished(facts: dict[str, str]) -> Finished:
    """A paper with one table, as far as the ledger asks."""
    counts = {"checks": {}, "review": {}, "figures": {"repaired": 0, "supplied": 0, "doubted": 0}}
    paper_id = facts["paper_id"]
    return Finished(paper_id, facts["source_path"], facts, {}, {}, counts, {f"{paper_id}-table-01": 1}, "{}", ())


def _records(figures: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of the run, each with the name of its table."""
    each = -(-figures // (PAPERS * ROWS * len(COLUMNS)))
    left = figures
    for number in range(PAPERS):
        paper_id = f"committees-finance-{2000 + number % 12}-{number:06d}-report"
        paper = {
            "paper_id": paper_id,
            "source_path": f"committees/finance/{2000 + number % 12}/{number:06d}/report.htm",
        }
        yield (
            "papers",
            {**paper, "status": "ok", "kind": "report", "title": f"Revenue budget monitoring, period {number}"},
        )
        for count in range(min(each, -(-left // (ROWS * len(COLUMNS))))):
            table = {
                **paper,
                "table_id": f"{paper_id}-table-{count + 1:02d}",
                "table_caption": "Table 1: Revenue budget",
            }
            yield "tables", {**table, "rows": str(ROWS + 1), "columns": str(len(COLUMNS) + 1)}
            for place in range(min(left, ROWS * len(COLUMNS))):
                row, column = divmod(place, len(COLUMNS))
                yield "figures", {**table, **_figure(number, row, column)}
            left -= min(left, ROWS * len(COLUMNS))
            status = "agrees" if number % 50 else "differs"
            yield "checks", {**table, "label": "Total | Variance", "stated": str(number), "status": status}
            if status == "differs":
                yield "review", {**paper, "severity": "high", "rule": "total", "why": "the total differs"}


def _figure(number: int, row: int, column: int) -> dict[str, str]:
    value = (number * 7919 + row * 104729 + column * 1299709) % 9_999_999 - 1_000_000
    return {
        "row_label": f"Territorial policing > Borough command units > Police officer overtime {row}",
        "column_label": COLUMNS[column],
        "row_type": "item",
        "raw": f"{value:,}",
        "value": str(value),
        "unit": "GBP",
        "repaired": "false",
        "supplied": "false",
        "doubted": "true" if value % 997 == 0 else "false",
        "place": f"html[1]/body[1]/div[4]/table[2]/tr[{row + 2}]/td[{column + 2}]",
    }


WORKBOOK = Part(
    "workbook",
    "The workbook of a run",
    "Writing it from the CSV files, in a fresh process: processor time and peak memory. The figures are invented: "
    "those of a thousand papers with tables of twelve rows and five columns.",
    _workbook,
)

if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
