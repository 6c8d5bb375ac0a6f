"""Papers inside WARC files, as web archives keep them: which there are, and the page that each answer holds."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from papers.errors import PaperError, Unsupported
from papers.served import Served
from pipeline.archives import MOST_BYTES, MOST_MEMBERS, Archive, damaged, look_at, opened, sane_path

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

_ENDINGS: Final = (".warc", ".warc.gz")
_PIECE: Final = 65_536
_GZIP: Final = 16 + zlib.MAX_WBITS
_LONGEST_ADDRESS: Final = 2_000


@dataclass(frozen=True, slots=True)
class WebMember:
    """A page inside a WARC file, and where its record begins."""

    archive: Archive
    offset: int

    @property
    def mark(self) -> str:
        """Tells whether it has changed."""
        return f"{self.archive.sha256} {self.offset}"

    def read(self, path: Path) -> tuple[bytes, Served]:
        """The bytes of the page, and what its server said of it.

        Raises:
            PaperError: the archive was changed or is damaged, or the page is too large.
        """
        with opened(path, self.archive) as file, _plain_errors():
            file.seek(self.offset)
            record = next(_records(file), None)
            if record is None:
                raise damaged("a record is missing")
            data = b"".join(_pieces(record))
            if getattr(record.raw_stream, "limit", 0):
                raise damaged("its end is missing")
            headers = record.http_headers
            kind = (headers.get_header("Content-Type") or "") if headers else ""
            return data, Served(_address(record), _charset(kind))


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page of a WARC file, by its path in the output."""

    path: str
    member: WebMember


def is_web_archive(path: Path) -> bool:
    """Whether a file is called a WARC file."""
    return path.name.lower().endswith(_ENDINGS)


@dataclass(frozen=True, slots=True)
class WebArchive:
    """What is in a WARC file.

    `others` counts the records that are no pages, by what they are; `trouble` says why the rest could not be listed.
    """

    pages: tuple[WebPage, ...]
    others: Mapping[str, int]
    trouble: PaperError | None = None


def list_web_archive(path: Path) -> WebArchive:
    """List the pages in a WARC file, in its order.

    A page is an answer with status 200, or a resource. Requests, answers with another status, and revisits, which
    repeat a page that was archived before, are none.

    Raises:
        OSError: it can't be read.
    """
    archive = look_at(path)
    pages: list[WebPage] = []
    others: Counter[str] = Counter()
    trouble, last = None, 0
    with path.open("rb") as file:
        try:
            with _plain_errors():
                iterator = _iterator(file)
                for record in iterator:
                    last = iterator.get_record_offset()
                    if other := _no_page(record):
                        others[other] += 1
                    else:
                        pages.append(WebPage(_path(_address(record)), WebMember(archive, last)))
                    if len(pages) > MOST_MEMBERS:
                        raise PaperError(f"the archive has more than {MOST_MEMBERS:,} pages", remedy="split it")
                if _is_cut_off(file, last):
                    raise damaged("its end is missing")
        except PaperError as error:
            trouble = error
    return WebArchive(tuple(pages), dict(sorted(others.items())), trouble)


def _is_cut_off(file: IO[bytes], last: int) -> bool:
    """Whether a compressed file ends before its last record does. Other gaps are found when the pages are read."""
    file.seek(last)
    piece = file.read(_PIECE)
    if not piece.startswith(b"\x1f\x8b"):
        return False
    inflate = zlib.decompressobj(_GZIP)
    while piece:
        inflate.decompress(piece, _PIECE)
        if inflate.eof:
            piece = inflate.unused_data or file.read(_PIECE)
            if piece:
                inflate = zlib.decompressobj(_GZIP)
        else:
            piece = inflate.unconsumed_tail or file.read(_PIECE)
    return not inflate.eof


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what goes wrong in damaged archives into one line. Whatever it is, the archive is the reason."""
    try:
        yield
    except (PaperError, OSError, MemoryError):
        raise
    except Exception as error:
        if "non-chunked" in str(error):
            what = "this WARC file is compressed as a whole, not record by record"
            raise Unsupported(what, remedy="run 'warcio recompress' on it") from error
        raise damaged(" ".join(str(error).split())[:200] or type(error).__name__) from error


def _iterator(file: IO[bytes]) -> Any:
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

    return ArchiveIterator(file)


def _records(file: IO[bytes]) -> Iterator[ArcWarcRecord]:
    yield from _iterator(file)


def _no_page(record: ArcWarcRecord) -> str:
    """What a record is, if it is no page."""
    if record.rec_type == "resource":
        return ""
    if record.rec_type != "response":
        return str(record.rec_type)
    status = record.http_headers.get_statuscode() if record.http_headers else ""
    return "" if status == "200" else f"response with status {status}" if status else "response without a status"


def _address(record: ArcWarcRecord) -> str:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    return "".join(char for char in address if char.isprintable())[:_LONGEST_ADDRESS]


def _path(address: str) -> str:
    """The path by which a page goes in the output: its server and its path there, and the question if it was asked one.

    >>> _path("https://www.mpa.gov.uk/committees/2006/08a.htm?page=2")
    'www.mpa.gov.uk/committees/2006/08a.htm?page=2'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return sane_path(address) or "page"
    server = parts.netloc.rpartition("@")[2].replace(":", "-")
    question = f"?{parts.query}" if parts.query else ""
    return sane_path(f"{server}/{unquote(parts.path)}{question}") or "page"


def _charset(content_type: str) -> str:
    """The charset that a Content-Type names, in lower case."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'").lower()[:40]
    return ""


def _pieces(record: ArcWarcRecord) -> Iterator[bytes]:
    """The page, decoded as its server had encoded it, and no longer than a paper can be."""
    stream, size = record.content_stream(), 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise PaperError(f"it is larger than {MOST_BYTES // 1_000_000} MB", remedy="see what it is")
        yield piece
