"""Web pages that a browser saved as one file: MHTML, an e-mail whose parts are the page and its pictures (RFC 2557)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from papers.paper import Remark
from papers.served import Served

# Headers, one of which says what the file is, and no empty line before it.
_ENVELOPE = re.compile(
    rb"\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related\b", re.IGNORECASE
)
_HEAD_END = re.compile(rb"\n\r?\n")
_LONGEST_HEAD = 16_384
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The bytes of a page that were taken out of a file, what its headers say of it, and what the file lacks."""

    data: bytes
    served: Served
    remarks: tuple[Remark, ...] = ()


def saved_page(data: bytes) -> SavedPage | None:
    """Take the page out of a file that a browser saved, or None if it is no such file or holds no page.

    The page is the part that the headers name, else the first that is HTML. Pictures and styles are no text; other
    pages, which stood in frames, are not read, and a remark says so, as it does of a file that ends too soon.
    """
    head_end = _HEAD_END.search(data, 0, _LONGEST_HEAD)
    if not head_end or not _ENVELOPE.match(data, 0, head_end.start()):
        return None
    message = BytesParser(policy=compat32).parsebytes(data)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html" and not part.is_multipart()]
    if not pages:
        return None
    start = message.get_param("start")
    page = next((part for part in pages if start and part.get("Content-ID") == start), pages[0])
    content = page.get_payload(decode=True)
    assert isinstance(content, bytes)
    remarks = []
    if len(pages) > 1:
        count = "1 other page" if len(pages) == 2 else f"{len(pages) - 1} other pages"
        remarks.append(Remark(f"the file holds {count}, from frames, which are not read; save them apart", unread=True))
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects):
        remarks.append(Remark("the file ends before the page that it holds does; fetch it again", unread=True))
    return SavedPage(content, Served(_address(message, page), page.get_content_charset() or ""), tuple(remarks))


def _address(message: Message, page: Message) -> str:
    """Where the page was fetched from, if it was."""
    said = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    address = "".join(char for char in said if char.isprintable())[:_LONGEST_ADDRESS]
    return address if address.lower().startswith(("http://", "https://")) else ""
