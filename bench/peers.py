"""Other programs on the same files, in the same process, one after the other, in processor time."""

from __future__ import annotations

import io
import logging
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pdfplumber
from bs4 import BeautifulSoup
from invented import KINDS, write_kind
from table import Part, Plan, Row, times

from extract import extract, media_type
from papers.errors import PaperError
from pipeline.rows import records
from pipeline.run import read

COUNT = 20
"""Invented papers of a kind."""
HTML, PDF = "text/html", "application/pdf"


def _peers(plan: Plan, folder: Path) -> Iterator[Row]:
    for name, contents in _sets(plan, folder):
        kinds = [media_type(data) for data in contents]
        for kind, compare in ((PDF, _pdf), (HTML, _html)):
            files = [data for data, its in zip(contents, kinds, strict=True) if its == kind]
            if good := [data for data in files if _is_read(data)]:
                yield from compare(name, good)


def _sets(plan: Plan, folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """The papers to be compared: invented ones of the two kinds that peers read, and those of the folders."""
    for kind in KINDS:
        if kind.name in ("web page", "PDF"):
            paths = write_kind(folder / kind.name, kind, 1 if plan.is_quick else COUNT)
            yield kind.name, [path.read_bytes() for path in paths]
    for given in plan.folders:
        yield given.resolve().name, [path.read_bytes() for path in sorted(given.rglob("*")) if path.is_file()]


def _is_read(data: bytes) -> bool:
    """Whether this program reads a file at all; it also loads what reading needs, which is not to be counted."""
    try:
        extract(data, "paper", scans=False)
    except PaperError:
        return False
    return True


def _pdf(name: str, files: Sequence[bytes]) -> Iterator[Row]:
    pages = sum(extract(data, "paper", scans=False).pages or 0 for data in files)
    ours = _timed(lambda data: extract(data, "paper", scans=False), files)
    yield Row(f"{name}: this program, all of it", None, len(files), pages, ours)
    theirs = _timed(_plumb, files)
    ratio = times(theirs / ours, "the time of this program")
    yield Row(f"{name}: pdfplumber, tables and text", None, len(files), pages, theirs, ratio=ratio)
    try:
        import camelot  # type: ignore[import-not-found]
        import cv2
    except ImportError:
        yield Row(f"{name}: camelot is not installed")
        return
    cv2.setNumThreads(1)  # threads that wait for each other would count as time
    logging.getLogger("camelot").setLevel(logging.ERROR)

    def tables(data: bytes) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pages without a table
            camelot.read_pdf(io.BytesIO(data), pages="all")

    theirs = _timed(tables, files)
    ratio = times(theirs / ours, "the time of this program")
    yield Row(f"{name}: camelot, ruled tables", None, len(files), pages, theirs, ratio=ratio)


def _plumb(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables():
                table.extract()
            page.extract_text()
            page.close()


def _html(name: str, files: Sequence[bytes]) -> Iterator[Row]:
    _finished(files[0])
    theirs = _timed(lambda data: BeautifulSoup(data, "lxml"), files)
    yield Row(f"{name}: beautifulsoup4, parsing alone", None, len(files), None, theirs)
    ours = _timed(lambda data: extract(data, "paper"), files)
    what = f"{name}: this program, extraction"
    yield Row(what, None, len(files), None, ours, ratio=times(ours / theirs, "the time of parsing"))
    ours = _timed(_finished, files)
    what = f"{name}: this program, to rows"
    yield Row(what, None, len(files), None, ours, ratio=times(ours / theirs, "the time of parsing"))


def _finished(data: bytes) -> None:
    records(read(data, "paper", "paper"))


def _timed(work: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    work(files[0])  # so that loading libraries is not counted
    start = time.process_time()
    for data in files:
        work(data)
    return time.process_time() - start


PEERS = Part(
    "peers",
    "Other programs",
    "The same files in one process, one program after the other: processor time. Of a PDF this program extracts text, "
    "tables and places (nothing is repaired or read yet, and no scans); pdfplumber finds and extracts all tables and "
    "all text; camelot finds and extracts ruled tables alone (`lattice`). A web page is parsed by beautifulsoup4 with "
    "lxml, which is also where this program begins; then it finds text, tables and links, and repairs, reads and "
    "checks them.",
    _peers,
)
