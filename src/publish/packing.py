"""A finished paper as one piece of bytes, to be sent from process to process and to be kept on disk.

It is a line with a sign, one with a hash, one with a note, then JSON and compressed bytes, and no pickle: what is kept
in a folder can't run anything.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from publish.finished import FAST, Block, Finished, PaperFile
from publish.review.site import json_text

_MAGIC: Final = b"committee-papers finished 1\n"
_NOTE_BYTES: Final = 8_192
"""A note is shorter than that."""
_LENGTH: Final = 8
_FACTS: Final = ("paper_id", "source_path", "facts", "versions", "counts", "tables", "overview")


class Damaged(Exception):
    """These bytes are not what was packed."""


def pack(finished: Finished, note: Mapping[str, Any]) -> bytes:
    """Pack a finished paper, with a note on where it comes from."""
    parts: list[bytes] = []

    def put(part: bytes) -> int:
        parts.append(part)
        return len(part)

    blocks = {
        name: [block.rows, block.lengths, *(put(zlib.compress(part, FAST)) for part in (block.text, block.copy))]
        for name, block in finished.blocks.items()
    }
    files = [[file.path, file.size, file.sha256, file.rows, put(file.packed)] for file in finished.files]
    facts = {name: getattr(finished, name) for name in _FACTS}
    header = {**facts, "blocks": blocks, "files": files}
    text = zlib.compress(_encoded(header), FAST)
    body = b"".join((len(text).to_bytes(_LENGTH), text, *parts))
    return _begin(_encoded(note), body) + body


def read_note(file: BinaryIO) -> dict[str, Any]:
    """The note alone, from the beginning of a file that holds a packed paper. The rest may be damaged.

    Raises:
        Damaged: this is no such file.
        OSError: it can't be read.
    """
    return _note(file.read(_NOTE_BYTES))[0]


def unpack(packed: bytes) -> tuple[Finished, dict[str, Any]]:
    """The finished paper, and the note that was packed with it.

    Raises:
        Damaged: some of the bytes were lost or changed.
    """
    note, start = _note(packed)
    body = memoryview(packed)[start:]
    if _begin(_encoded(note), body) != packed[:start]:
        raise Damaged
    length = int.from_bytes(body[:_LENGTH])
    header = _decoded(zlib.decompress(body[_LENGTH : _LENGTH + length]))
    take = _Parts(body[_LENGTH + length :]).take
    blocks = {
        name: Block(rows, tuple(lengths), zlib.decompress(take(text)), zlib.decompress(take(copy)))
        for name, (rows, lengths, text, copy) in header["blocks"].items()
    }
    files = tuple(
        PaperFile(path, size, sha256, rows, bytes(take(packed))) for path, size, sha256, rows, packed in header["files"]
    )
    facts = {name: header[name] for name in _FACTS}
    return Finished(**facts, blocks=blocks, files=files), note


def _begin(note: bytes, body: bytes | memoryview) -> bytes:
    """What stands before the body: a sign, the hash of all that follows, and the note on a line of its own."""
    digest = hashlib.sha256(note)
    digest.update(body)
    return _MAGIC + digest.hexdigest().encode() + b"\n" + note + b"\n"


def _note(packed: bytes) -> tuple[dict[str, Any], int]:
    """The note, and where the body begins."""
    lines = packed.split(b"\n", 3)
    try:
        sign, digest, note, _ = lines
        found = _decoded(note)
    except ValueError:
        raise Damaged from None
    if sign + b"\n" != _MAGIC or not isinstance(found, dict):
        raise Damaged
    return found, len(sign) + len(digest) + len(note) + 3


def _encoded(value: Any) -> bytes:
    return json_text(value).encode("utf-8", "surrogatepass")


def _decoded(text: bytes) -> Any:
    return json.loads(text.decode("utf-8", "surrogatepass"))


class _Parts:
    """The compressed parts, taken one after the other."""

    def __init__(self, body: memoryview) -> None:
        self._body = body
        self._at = 0

    def take(self, size: int) -> memoryview:
        self._at += size
        return self._body[self._at - size : self._at]
