"""Hyphens at the ends of printed lines: those of the word itself, and those that only part it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from normalise import english
from normalise.engine import edit, retext, rule
from normalise.read.spans import MONTH
from papers.paper import Paper
from papers.repair import Hunk

_WORD = re.compile(r"[A-Za-z]+(?:[-‐][A-Za-z]+)*")
_HYPHEN = re.compile(r"\b([A-Za-z]{2,})([-‐]) ([a-z]{2,})\b")
_MONTHS = re.compile(rf"\b({MONTH})- (?={MONTH}\b)", re.I)
_SUSPENDED = frozenset(("and", "or", "to", "nor", "but", "than"))
"""After these a hyphen hangs on purpose: `pre- and post-charge`."""
_PREFIXES = frozenset(
    "anti bi bio co counter de inter macro mid micro multi non over post pre pro re self semi sub super tele trans"
    " ultra un under well".split()
)
"""They are written with a hyphen or without; a line end doesn't tell which."""

COMMON = 1.0
"""Times in a million words: a whole word that English knows well."""
RARE = 0.3
"""Times in a million words: below, half of a parted word is no word (`tation`). In a compound (`cross-section`) both
are; of 5,600 compounds in papers and manuals none has a rarer half and a common whole."""
HABIT = 2
"""A paper that parts so many words for certain parts words at line ends; then two words may be one (`through- out`)."""
SHARE = 0.1
"""So often, measured by its rarer half, must a word be used that is parted into two words: `throughout` is, `halfway`
isn't."""


@rule("loses ink")
def parted_words(paper: Paper) -> Iterator[Hunk]:
    """Join a word that was parted at the end of a printed line: `consul- tation` becomes `consultation`.

    Acts if half of it is no word, and the paper prints the whole elsewhere or English knows it well. Two words
    (`through- out`) are one only in a paper that parts others, or with the sign that browsers print where they part a
    word (U+2010), and if the paper prints the whole elsewhere or they are used often enough as one. A compound
    (`cross- section`), a word that the paper prints with its hyphen elsewhere, and one with a prefix that may have a
    hyphen (`re- sults`) keep it.
    """
    if not any("- " in cell.text or "‐ " in cell.text for line in paper.lines for cell in line.cells):
        return
    used = Counter(
        word.casefold().replace("‐", "-")
        for line in paper.lines
        for cell in line.cells
        for word in _WORD.findall(_HYPHEN.sub(" ", cell.text))
    )
    ways = {
        (match[1].casefold(), match[3])
        for line in paper.lines
        for cell in line.cells
        for match in _HYPHEN.finditer(cell.text)
        if match[3] not in _SUSPENDED and not used[f"{match[1]}-{match[3]}".casefold()]
    }
    joined = {way: why for way in ways if (why := _certainly(*way, used))}
    if len(joined) >= HABIT or _are_made(paper):
        joined |= {way: "the paper parts words at line ends" for way in ways - joined.keys() if _often(*way, used)}
    if not joined:
        return
    for at, line in enumerate(paper.lines):
        found = [match for cell in line.cells for match in _HYPHEN.finditer(cell.text) if _key(match) in joined]
        if found:
            texts = [_HYPHEN.sub(lambda m: m[1] + m[3] if _key(m) in joined else m[0], c.text) for c in line.cells]
            reasons = (f"`{match[0]}` is `{match[1]}{match[3]}`: {joined[_key(match)]}" for match in found)
            yield edit(paper, at, retext(line, texts), "; ".join(dict.fromkeys(reasons)))


def _key(match: re.Match[str]) -> tuple[str, str]:
    return match[1].casefold(), match[3]


def _are_made(paper: Paper) -> bool:
    """Whether the paper has U+2010 at the ends of lines only: a browser's own sign, where it parts a word."""
    texts = [cell.text for line in paper.lines for cell in line.cells if "‐" in cell.text]
    return bool(texts) and not any(re.search(r"‐(?! )", text) for text in texts)


def _certainly(first: str, second: str, used: Counter[str]) -> str:
    """Why two parts in lower case are one word for certain; empty if they aren't."""
    whole = first + second
    half = first if english.log_word(first) < english.log_word(second) else second
    if english.is_word(half, RARE):
        return ""
    if used[whole]:
        return f"the paper prints it whole elsewhere, and `{half}` is no word"
    known = english.is_word(whole, COMMON) and first not in _PREFIXES
    return f"a word that English knows, and `{half}` is none" if known else ""


def _often(first: str, second: str, used: Counter[str]) -> bool:
    """Whether two parts are one word as often as a word is that was parted, and is no compound."""
    if used[first + second]:
        return True
    if first in _PREFIXES and first[-1] == second[0]:  # `co-ordinate`, `re-enter`
        return False
    words = english.words()
    rarer = min(words.get(first, 0.0), words.get(second, 0.0))
    return words.get(first + second, 0.0) >= max(COMMON * 1e-6, SHARE * rarer)


@rule()
def hyphens_apart(paper: Paper) -> Iterator[Hunk]:
    """Take away the space that a line end left behind a hyphen.

    `cross- section` becomes `cross-section`, `July- November` `July-November`. A hyphen that hangs on purpose (`pre-
    and post-charge`) and a dash between words (`2006 - 2007`) are left alone.
    """
    for at, line in enumerate(paper.lines):
        texts = [_closed(cell.text) for cell in line.cells]
        if texts != [cell.text for cell in line.cells]:
            yield edit(paper, at, retext(line, texts), "the space behind the hyphen is a line end of the printed page")


def _closed(text: str) -> str:
    if "- " not in text and "‐ " not in text:
        return text
    return _MONTHS.sub(r"\1-", _HYPHEN.sub(_close, text))


def _close(match: re.Match[str]) -> str:
    is_open = match[3] in _SUSPENDED or len(match[3]) < 3
    return match[0] if is_open else f"{match[1]}{match[2]}{match[3]}"
