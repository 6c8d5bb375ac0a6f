"""Measure the extraction of PDF against pdfplumber: `python bench/pdf.py FOLDER ...`.

Both read the same files in the same process, one after the other, all tables and all text; times are processor time.
Memory is measured in fresh processes, on one file repeated to ten and to a thousand pages.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]

from extract import extract
from papers.errors import PaperError

PAGES = (10, 1000)

# What a child process runs to tell its peak memory: the extraction of one file.
_CHILD = """
import resource, sys
from pathlib import Path
from extract import extract
extract(Path(sys.argv[1]).read_bytes(), "long.pdf")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024)
"""


def main(given: Sequence[str]) -> int:
    """Measure the PDF files of some folders. Returns the exit status: 0 measured, 2 nothing there."""
    files = sorted(file for folder in given for file in Path(folder).rglob("*.pdf"))
    if not files:
        print("bench: name a folder that holds PDF files", file=sys.stderr)
        return 2
    contents = [file.read_bytes() for file in files]
    _ours(contents[:1])  # so that loading the libraries is not counted
    pages, ours = _ours(contents)
    theirs = _theirs(contents)
    print(f"{len(files)} files, {pages} pages, one process")
    print(f"  this program: {pages / ours:6.1f} pages a second ({ours / pages * 1000:.1f} ms a page)")
    print(f"  pdfplumber:   {pages / theirs:6.1f} pages a second ({theirs / pages * 1000:.1f} ms a page)")
    print(f"  {theirs / ours:.1f} times as fast")
    largest = max(contents, key=len)
    for count in PAGES:
        print(f"  peak memory on {count} pages: {_peak(_repeated(largest, count)) / 1_000_000:.0f} MB")
    return 0


def _ours(contents: Sequence[bytes]) -> tuple[int, float]:
    """Pages read, and seconds."""
    start = time.process_time()
    pages = 0
    for data in contents:
        try:
            pages += extract(data, "a.pdf", scans=False).pages or 0
        except PaperError as error:
            print(f"  not read: {error}")
    return pages, time.process_time() - start


def _theirs(contents: Sequence[bytes]) -> float:
    start = time.process_time()
    for data in contents:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                for table in page.find_tables():
                    table.extract()
                page.extract_text()
                page.close()
    return time.process_time() - start


def _repeated(data: bytes, count: int) -> bytes:
    """A PDF of `count` pages: those of a file, over and over."""
    source, target = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    target.import_pages(source, [number % len(source) for number in range(count)])
    file = io.BytesIO()
    target.save(file)
    return file.getvalue()


def _peak(data: bytes) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(data)
        run = subprocess.run([sys.executable, "-c", _CHILD, str(path)], check=True, capture_output=True, text=True)
    return int(run.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
