"""What can go wrong with one paper. An error never stops a run: it becomes the status of that paper's row."""

from __future__ import annotations

from typing import ClassVar


class PaperError(Exception):
    """A paper that could not be read. `what` says what is wrong, `remedy` what to do about it."""

    status: ClassVar[str] = "failed"

    def __init__(self, what: str, *, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}" if self.remedy else self.what


class Unsupported(PaperError):
    """The file is neither a PDF, nor HTML, nor running text, or a kind that this version does not read."""

    status = "unsupported"


class Encrypted(PaperError):
    """The file asks for a password."""

    status = "encrypted"


class NoText(PaperError):
    """The file holds no text: it is empty, or its pages are pictures."""

    status = "no_text"


class StaleHunk(PaperError):
    """A repair does not find the lines that it was made for."""


class Overreach(PaperError):
    """A rule changed characters that it has no power over."""


class StaleRuling(PaperError):
    """A person's ruling names a text that is no longer found exactly once."""
