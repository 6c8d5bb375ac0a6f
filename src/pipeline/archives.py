"""Papers inside ZIP files: which there are, and the bytes of each. Nothing is ever unpacked to disk."""

from __future__ import annotations

import hashlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from papers.errors import Encrypted, PaperError, Unsupported
from papers.served import NOT_SERVED, Served

MOST_MEMBERS: Final = 250_000
"""The papers of an archive are listed in memory."""
MOST_BYTES: Final = 200_000_000
"""As for a file that is no member of an archive."""
BOMB_BYTES, BOMB_RATIO = 10_000_000, 250
"""A member that is longer than the first, and was compressed more than the second, is no paper. Text comes to 20."""

_STORED, _DEFLATED = 0, 8
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_HEADROOM: Final = 65_536
_ARCHIVES: Final = (".zip", ".warc", ".warc.gz", ".wacz", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz")
_STRANGE = re.compile(r"[\x00-\x1f\x7f:]")


@dataclass(frozen=True, slots=True)
class Archive:
    """A file that holds papers, as it was when they were listed."""

    size: int
    modified: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A paper inside a ZIP file: where its bytes are, how many they are there and unpacked, and their checksum."""

    archive: Archive
    offset: int
    packed: int
    size: int
    checksum: int
    method: int

    @property
    def mark(self) -> str:
        """Tells whether it has changed."""
        return f"{self.archive.sha256} {self.offset}"

    def read(self, path: Path) -> tuple[bytes, Served]:
        """The bytes of the paper, and what a server said of it: nothing.

        Raises:
            PaperError: the archive was changed or is damaged.
        """
        with opened(path, self.archive) as file:
            file.seek(self.offset)
            data = b"".join(_inflated(file, self))
        if len(data) != self.size or zlib.crc32(data) != self.checksum:
            raise damaged("its checksum is wrong")
        return data, NOT_SERVED


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of an archive: its path there, and its bytes, or why it is no paper."""

    path: str
    member: ZipMember | None
    trouble: PaperError | None = None


def is_zip(path: Path) -> bool:
    """Whether a file is called a ZIP file and begins like one; documents of word processors only begin like one."""
    return path.suffix.lower() == ".zip" and _begins(path, b"PK\x03\x04", b"PK\x05\x06")


def list_zip(path: Path) -> Iterator[Listed]:
    """List what is in a ZIP file, in its order; hidden files, folders and sidecars are left out.

    Raises:
        PaperError: it is damaged, or holds too much.
        OSError: it can't be read.
    """
    try:
        with zipfile.ZipFile(path) as opened_zip:
            entries = opened_zip.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error, UnicodeError) as error:
        raise damaged(str(error)) from error
    if len(entries) > MOST_MEMBERS:
        raise PaperError(f"the archive has more than {MOST_MEMBERS:,} members", remedy="split it")
    archive = look_at(path)
    inside_others = _overlapping(entries)
    for entry in entries:
        name = sane_path(_name(entry))
        if entry.is_dir() or not name or is_hidden(name):
            continue
        trouble = _trouble(entry) or (damaged("two members share their bytes") if entry in inside_others else None)
        member = ZipMember(
            archive, entry.header_offset, entry.compress_size, entry.file_size, entry.CRC, entry.compress_type
        )
        yield Listed(name, None if trouble else member, trouble)


def look_at(path: Path) -> Archive:
    """Note what an archive is now.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = path.stat()
    return Archive(found.st_size, found.st_mtime_ns, digest)


def opened(path: Path, archive: Archive) -> IO[bytes]:
    """Open an archive that is as it was.

    Raises:
        PaperError: it was changed, or can't be opened.
    """
    try:
        found = path.stat()
        if (found.st_size, found.st_mtime_ns) == (archive.size, archive.modified):
            return path.open("rb")
    except OSError as error:
        raise PaperError(f"the archive can't be read ({error.strerror})", remedy="check its permissions") from error
    raise PaperError("the archive was changed while it was read", remedy="run again when it is at rest")


def damaged(how: str) -> PaperError:
    """What is said of an archive, or a member of one, that can't be unpacked."""
    return PaperError(f"the archive is damaged here ({how})", remedy="fetch it again")


def sane_path(name: str) -> str:
    r"""A path that only names: without drives, control characters and ways out.

    >>> sane_path("C:\\temp\\..\\..\\etc/passwd")
    'C/temp/etc/passwd'
    """
    parts = (_STRANGE.sub("", part).strip() for part in name.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part not in {"", ".", ".."})


def is_hidden(name: str) -> bool:
    """Whether a path is no paper's: a hidden file, what a Mac leaves in archives, a sidecar."""
    return name.endswith(".toml") or any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def is_archive_name(name: str) -> bool:
    """Whether a name is that of an archive."""
    return name.lower().endswith(_ARCHIVES)


def _begins(path: Path, *signs: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(8).startswith(signs)
    except OSError:
        return False


def _name(entry: zipfile.ZipInfo) -> str:
    """A member's name. Many programs write UTF-8 without saying so; zipfile takes that for cp437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _trouble(entry: zipfile.ZipInfo) -> PaperError | None:
    if entry.flag_bits & 0x1:
        return Encrypted("this member of the archive asks for a password", remedy="unpack it and remove the password")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Unsupported("this member of the archive is a link", remedy="unpack the archive and name the file")
    if is_archive_name(entry.filename):
        return Unsupported("an archive inside an archive is not opened", remedy="unpack it and name it by itself")
    if entry.compress_type not in {_STORED, _DEFLATED}:
        return Unsupported("it is compressed by an unusual method", remedy="unpack the archive and name the folder")
    if entry.file_size > MOST_BYTES:
        return PaperError(f"it is larger than {MOST_BYTES // 1_000_000} MB", remedy="split it")
    if entry.file_size > BOMB_BYTES and entry.file_size > BOMB_RATIO * max(1, entry.compress_size):
        return bomb()
    return None


def bomb() -> PaperError:
    """What is said of a member that is nearly nothing, and unpacked very much."""
    return PaperError("it is compressed far more than any paper can be", remedy="see what it is; it may be an attack")


def _overlapping(entries: list[zipfile.ZipInfo]) -> set[zipfile.ZipInfo]:
    """Members whose bytes are also those of others: a small archive can unpack to any size that way."""
    found = set()
    end, last = 0, None
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if last is not None and entry.header_offset < end:
            found |= {entry, last}
        reach = entry.header_offset + _LOCAL.size + entry.compress_size
        if reach > end:
            end, last = reach, entry
    return found


def _inflated(file: IO[bytes], member: ZipMember) -> Iterator[bytes]:
    """The bytes of a member, no more than were announced and one."""
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise damaged("a member is missing")
    *_, name, extra = _LOCAL.unpack(header)
    file.seek(name + extra, 1)
    packed, left = member.packed, member.size + 1
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.method == _DEFLATED else None
    while packed > 0 and left > 0 and (piece := file.read(min(_HEADROOM, packed))):
        packed -= len(piece)
        try:
            while piece and left > 0:
                data = inflate.decompress(piece, left) if inflate else piece
                piece = inflate.unconsumed_tail if inflate else b""
                left -= len(data)
                yield data
        except zlib.error as error:
            raise damaged("it can't be unpacked") from error
