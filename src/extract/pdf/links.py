"""The links of a page: where they stand and where they lead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as c  # type: ignore[import-untyped]

from extract.pdf.matrix import Matrix
from extract.pdf.page import Link

MAX_LINKS = 2_000
"""Links of a page that are read; no page of print has so many."""
MAX_ADDRESS = 4_096
"""Bytes of an address; a longer one leads nowhere."""


def read_links(document: Any, page: Any, shown: Matrix) -> Iterator[Link]:
    """The links of a page that lead to an address, in the order of the file; those within the file are left out."""
    place, link = ctypes.c_int(0), c.FPDF_LINK()
    for _ in range(MAX_LINKS):
        if not c.FPDFLink_Enumerate(page, place, link):
            return
        href = _address(document, c.FPDFLink_GetAction(link))
        box = c.FS_RECTF()
        if href and c.FPDFLink_GetAnnotRect(link, box):
            yield Link(*shown.box(box.left, box.bottom, box.right, box.top), href)


def _address(document: Any, action: Any) -> str:
    if not action or c.FPDFAction_GetType(action) != c.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(MAX_ADDRESS)
    length = c.FPDFAction_GetURIPath(document, action, buffer, MAX_ADDRESS)
    return buffer.value.decode("utf-8", "replace") if 0 < length <= MAX_ADDRESS else ""
