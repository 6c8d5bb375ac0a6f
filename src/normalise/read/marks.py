"""Footnote marks: what stands raised, starred or bracketed behind a label or a figure and is no part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
"""Characters as an extractor writes them that stood raised in the source."""

# `* Includes ...`   `[1] Subject to ...`   `(a) ...`   `1 Includes ...`   `² ...`; not `3. The largest variance ...`
_NOTE = re.compile(
    rf"(?P<mark>\*{{1,4}}|[†‡§]{{1,2}}|\[[0-9a-z]{{1,2}}\]|\([0-9a-z]{{1,2}}\)|[{RAISED}]{{1,4}}|[0-9]{{1,2}}(?![.,)0-9])"
    r"|[a-z](?= [A-Z]))\s*(?=[^\s0-9])"
)
_LABELLED = re.compile(r"(?:foot)?notes?\b\s*[:.–-]?|n\.?b\.?[\s:]|sources?\s*[:.–-]|key\s*[:–-]", re.IGNORECASE)
# Marks at the end, read backwards: so each character is looked at once, however many stars there are.
_SURE = re.compile(rf"\n?(?:(?:[*†‡§]|\][0-9a-z]{{1,2}}\[|[{RAISED}](?!m[0-9])(?!mk)(?!mc)(?!m ))\s*)+")
_BRACKETED = re.compile(r"(\([0-9a-z]{1,2}\))$")
_GLUED = re.compile(r"(?<=[a-z)])([0-9]{1,2})$")


def note_mark(text: str) -> str | None:
    """The mark that a note begins with, plain (`1` for `¹`, `[1]` and `(1)` stay); empty if it has a label (`Note:`).

    None if the text does not begin as a note.

    >>> [note_mark(text) for text in ("* Provisional.", "¹ Includes Chinese.", "Note: rounded.", "Total", "3. The")]
    ['*', '1', '', None, None]
    """
    text = text.strip()
    if _LABELLED.match(text):
        return ""
    found = _NOTE.match(text)
    return _plain(found["mark"]) if found else None


def note_marks(texts: Iterable[str]) -> frozenset[str]:
    """The marks of all notes among some texts."""
    return frozenset(mark for text in texts if (mark := note_mark(text)))


def without_mark(text: str, notes: frozenset[str] = frozenset()) -> str:
    """A label or a figure without the footnote marks behind it.

    Stars, daggers, raised characters and `[1]` are marks; `(a)` and a figure that a letter runs into are only if a
    note of the table begins with it. Must not act on a text that is nothing but a mark, nor on `m²`.

    >>> without_mark("Bexleyheath[1]"), without_mark("1,732 *"), without_mark("Site area (m²)")
    ('Bexleyheath', '1,732', 'Site area (m²)')
    >>> without_mark("Other1"), without_mark("Other1", frozenset("1")), without_mark("CO11", frozenset(["11"]))
    ('Other1', 'Other', 'CO11')
    """
    found = _SURE.match(text[::-1])
    shorter = text[: len(text) - found.end()] if found else text
    if notes:
        found = _BRACKETED.search(shorter) or _GLUED.search(shorter)
        if found and found[1] in notes:
            shorter = shorter[: found.start()]
    return shorter.rstrip() if shorter.strip() else text


def _plain(mark: str) -> str:
    return unicodedata.normalize("NFKC", mark) if mark[0] in RAISED else mark
