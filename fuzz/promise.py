"""The promise, as laws that hold for any bytes. What breaks one is a defect, whatever the input was."""

from __future__ import annotations

import math
import re
import signal
import time
import unicodedata
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString

from extract import extract, media_type
from extract.encodings import decode
from extract.html import declared_charset
from normalise.engine import normalise
from normalise.rules import RULES
from papers.errors import PaperError
from papers.paper import LineSpan, PageBox, Paper
from papers.records import Records
from papers.repair import ink, replay
from pipeline.facsimile import facsimile
from pipeline.limits import Limits, check_size
from pipeline.rows import records
from pipeline.run import Reading, read
from publish.csv_files import row_formatter
from publish.schema import named

ROOT = Path(__file__).parents[1]
BASE = 1.0
"""Seconds of processor time that any input may take."""
PER_10_KB = 1.0
"""Seconds that each 10 kB of it may take besides."""
MOST_UNPACKED = 1_000_000
"""Bytes of a stream that count; what unpacks to more than that is a bomb, and has to be refused in time."""
PIECE = 16
"""Bytes that are unpacked at a time."""
PATIENCE = 30
"""An input that takes so many seconds is stopped."""

_NO_TEXT = ("head", "script", "style", "iframe")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Broken(Exception):
    """A law that does not hold."""


class TooSlow(BaseException):
    """An input that is not read in its time; no handler of the program takes it for one of its own errors."""


def check_extracted(data: bytes) -> None:
    """The laws of the extractors: a paper or a plain refusal, the same every time, and nothing that is seen is lost.

    Pages that are pictures are not read: a recogniser takes its time.

    Raises:
        Broken: a law does not hold.
        Exception: the program failed.
    """
    try:
        paper = extract(data, "paper", scans=False)
    except PaperError as error:
        _refused(error)
        return
    if _is_chosen(data):
        _must(extract(data, "paper", scans=False) == paper, "the same bytes give the same paper")
    for line in paper.lines:
        for cell in line.cells:
            for origin in cell.origins:
                _place(origin.place)
    _LAWS[media_type(data)](data, paper)


def check_read(data: bytes) -> None:
    """The laws of the whole way, from bytes to rows.

    Raises:
        Broken: a law does not hold.
        Exception: the program failed.
    """
    try:
        found = read(data, "paper", "paper", scans=False)
        published = _published(data, found)
    except PaperError as error:
        _refused(error)
        return
    raw, clean, log = found.raw, found.clean, found.normalised.repairs
    _must(replay(raw, log) == clean, "the raw paper and the log make the clean paper")
    again = normalise(clean, RULES)
    _must(not again.repairs, f"a clean paper needs no repair by {', '.join(sorted({r.rule for r in again.repairs}))}")
    for rows in published.rows.values():
        for row in rows:
            for value in row.values():
                _must(not isinstance(value, float), "no value is a float")
    _counts(published.rows["papers"][0], clean)
    if _is_chosen(data):
        _must(
            _published(data, read(data, "paper", "paper", scans=False)) == published,
            "the same bytes give the same rows",
        )


def _published(data: bytes, reading: Reading) -> Records:
    made = records(reading, facsimile(data, reading, 1, lambda _: None))
    check_size(made, Limits())
    for name, rows in made.rows.items():
        form = row_formatter(named(name))
        for row in rows:
            form(row)
    return made


def _counts(row: Mapping[str, object], clean: Paper) -> None:
    numbers = [row[f"characters_{what}"] for what in ("in", "kept", "dropped", "supplied")]
    before, kept, dropped, supplied = (number if isinstance(number, int) else -1 for number in numbers)
    _must(min(before, kept, dropped, supplied) >= 0, "characters are counted")
    _must(before == kept + dropped, "characters in are those kept and those dropped")
    signs = ink(clean.lines).total() - kept - supplied
    _must(signs >= 0, "characters kept and supplied are in the clean paper")


def _refused(error: PaperError) -> None:
    _must(type(error) is not PaperError or "error in the program" not in str(error), f"no defect: {error}")
    _must("\n" not in str(error) and str(error).isprintable(), "a refusal is one plain line")


def _is_chosen(data: bytes) -> bool:
    """Whether an input is one of the few that are read twice."""
    return zlib.crc32(data) % 4 == 0


def _must(holds: bool, law: str) -> None:
    if not holds:
        raise Broken(law)


def _place(place: object) -> None:
    match place:
        case PageBox():
            box = (place.x0, place.top, place.x1, place.bottom)
            _must(all(map(math.isfinite, box)) and place.page > 0, "a place is on a page")
            _must(place.x0 <= place.x1 and place.top <= place.bottom, "a box has its edges in order")
        case LineSpan():
            _must(place.line > 0 and place.first > 0, "lines and characters count from 1")
        case _:
            _must(len(str(place)) < 5000, "a path is short")


def _text(data: bytes, paper: Paper) -> None:
    lines = _LINE_END.split(decode(data)[0])
    for raw, line in zip(lines, paper.lines, strict=False):
        _must(line.text == raw if line.cells else not raw.strip(), "a line holds what is printed")
    _must(not "".join(lines[len(paper.lines) :]).strip(), "no line is missing")


def _html(data: bytes, paper: Paper) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(decode(data, declared_charset(data))[0], "lxml")
    for node in soup.find_all(_NO_TEXT):
        node.extract()
    seen = "".join(part for part in soup.find_all(string=True) if not isinstance(part, PreformattedString))
    lost = _plain(seen) - _plain("".join(line.text for line in paper.lines))
    _must(not lost, "what is seen on a page is in the paper")


def _plain(text: str) -> Counter[str]:
    """The characters of a text; raised ones count as those that they raise."""
    plain = "".join(unicodedata.normalize("NFKC", char) for char in text)
    return Counter("".join(plain.replace("-", "−").split()))


def _pdf(data: bytes, paper: Paper) -> None:
    _must(paper.pages is not None and (paper.pages > 0 or not data), "a document has pages")


_LAWS: Mapping[str, Callable[[bytes, Paper], None]] = {
    "text/plain": _text,
    "text/html": _html,
    "application/pdf": _pdf,
}

CHECKS: Mapping[str, Callable[[bytes], None]] = {
    "text": check_extracted,
    "html": check_extracted,
    "pdf": check_extracted,
    "paper": check_read,
}
"""The targets of fuzzing by name, each with its laws."""


def unpacked_size(data: bytes) -> int:
    """The bytes of an input, those of a PDF's streams unpacked: 3 kB can hold a page of 80,000 letters."""
    streams = data.split(b"stream")[1:] if data.startswith(b"%PDF") else []
    return len(data) + sum(min(sum(_unpacked(stream.lstrip(b"\r\n"))), MOST_UNPACKED) for stream in streams)


def _unpacked(packed: bytes) -> Iterator[int]:
    """How many bytes the pieces of a stream unpack to; a damaged one counts as far as it goes."""
    unpacking = zlib.decompressobj()
    with suppress(zlib.error):
        for at in range(0, len(packed), PIECE):
            yield len(unpacking.decompress(packed[at : at + PIECE]))


@contextmanager
def in_time(size: int, factor: float = 1) -> Iterator[None]:
    """See that an input of `size` bytes is done with in its time, or `factor` times that.

    Raises:
        TooSlow: it is not.
    """
    most = factor * (BASE + PER_10_KB * size / 10_000)
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, max(PATIENCE, most), 1)  # again and again: a library may swallow an error
    start = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    taken = time.process_time() - start
    if taken > most:
        raise TooSlow(f"{taken:.1f} s for {size:,} bytes")


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlow(f"more than {PATIENCE} s")
