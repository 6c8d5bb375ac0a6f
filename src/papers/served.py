"""What a web server said of a page when it was archived."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Served:
    """The address that a page was fetched from, and the charset that the server declared for it; empty if unknown."""

    address: str = ""
    charset: str = ""


NOT_SERVED = Served()
