"""The benches run, and their one table has its lines. What they measure is not looked at: machines differ."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def bench(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "bench" / "run.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_the_quick_table_has_its_lines_and_becomes_a_document(tmp_path: Path) -> None:
    folder = tmp_path / "minutes of 2006"
    folder.mkdir()
    (folder / "a.htm").write_text("<html><body><h1>Minutes</h1><p>That it be noted.</p></body></html>")
    document = tmp_path / "benchmarks.md"
    # The parts that are left out run the same program, only for longer.
    only = "program,sizes,costs,peers,workbook"
    done = bench(folder, "--quick", "--only", only, "--markdown", document)
    assert done.returncode == 0, done.stderr
    labels = {line[:44].strip(): line for line in done.stdout.splitlines() if line.startswith("  ")}
    assert labels.keys() >= {
        "committee-papers --help",
        "3 papers",
        "3 papers again",
        "web page: reading it",
        "PDF: publishing it",
        "PDF: pdfplumber, tables and text",
        "web page: beautifulsoup4, parsing alone",
        "minutes of 2006: this program, to rows",
        "papers.xlsx with 1,000 figures",
    }
    assert any(label.startswith("PDF: camelot") for label in labels)
    assert labels["PDF: pdfplumber, tables and text"].endswith("× the time of this program")
    text = document.read_text(encoding="utf-8")
    assert text.count("\n## ") == len(only.split(","))
    assert "| 3 papers | 1 | 3 |" in text


def test_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = bench(tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"bench: {tmp_path / 'nowhere'}: there is no such folder"]
