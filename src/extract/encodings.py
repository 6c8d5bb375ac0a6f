"""From bytes to characters, in a fixed order that needs no guessing."""

from __future__ import annotations

import codecs
import re

from papers.errors import Unsupported

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
# The start of a web page or XML file in UTF-16 without a mark: `<` and `!`, `?` or a letter, each in two bytes.
_UNMARKED = (
    (re.compile(rb"<\x00[!?A-Za-z]\x00"), "utf-16-le"),
    (re.compile(rb"\x00<\x00[!?A-Za-z]"), "utf-16-be"),
)
# Charsets that a page may be in. Python knows more: `utf-7` and `unicode_escape` would read a `+` or `\` as a code.
_CHARSETS = re.compile(
    r"utf-8|iso8859-\d+|cp125\d|cp866|cp874|koi8-[ru]|mac-(?:roman|cyrillic)|gbk|gb2312|gb18030|big5|euc_jp|euc_kr"
    r"|iso2022_jp|shift_jis"
)
_CONTROL = re.compile(r"[\x80-\x9f]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode a file: byte order mark, declared charset, strict UTF-8, windows-1252.

    No statistics: charset detectors misread short papers whose only sign is a `£`. A declared `iso-8859-1` means
    windows-1252, as in every browser (https://encoding.spec.whatwg.org/#names-and-labels). A declared charset that
    would make control characters of the file's bytes is not the file's: no page prints those.

    Returns the text without its byte order mark, and the name of the charset that was used.

    Raises:
        Unsupported: the mark says UTF-16 or UTF-32, and the rest is neither.

    >>> decode("£3,000".encode("cp1252"))
    ('£3,000', 'windows-1252')
    """
    marked = marked_encoding(data)
    if marked:
        encoding, length = marked
        data = data[length:]
        if encoding != "utf-8":
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                what = f"the file begins as {encoding.upper()} text, and is damaged ({error.reason})"
                raise Unsupported(what, remedy="fetch it again, or save it as UTF-8") from error
    for name in filter(None, (_python_name(declared), "utf-8")):
        try:
            text = data.decode(name)
        except ValueError:
            continue
        if name == "utf-8" or not _CONTROL.search(text):
            return text, name
    return _windows_1252(data), "windows-1252"


def marked_encoding(data: bytes) -> tuple[str, int] | None:
    """The charset that a byte order mark names, and how many bytes the mark takes; None if there is none.

    UTF-16 is known without a mark as well, if the file begins as a web page does.
    """
    marked = next(((name, length) for bom, name, length in _BOMS if data.startswith(bom)), None)
    return marked or next(((name, 0) for start, name in _UNMARKED if start.match(data)), None)


def _python_name(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    return name if name and _CHARSETS.fullmatch(name) and name not in ("iso8859-1", "cp1252") else None


def _windows_1252(data: bytes) -> str:
    """Never fails: the five bytes that windows-1252 leaves open become the control characters of the same number."""
    text = data.decode("cp1252", errors="surrogateescape")
    return (
        "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in text)
        if max(text, default="") >= "\udc81"
        else text
    )
