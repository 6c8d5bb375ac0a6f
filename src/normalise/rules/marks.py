"""Ink that is no text: stray marks, rows of commas, ghosts of a line above."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from normalise.engine import edit, retext, rule
from normalise.grids import RecordTable, filled, loose_tables
from normalise.read.profiles import RECORD, profiles
from papers.paper import Line, Paper
from papers.repair import Hunk

_JUNK = re.compile(r"(?:[,.;:'`|·•]\s*){3,}")
_STRAY = re.compile(r"[Il|!'`´’,.;:•·¦]")

# Which Latin letters a Cyrillic letter was misread from, by shape. Specimen: `Арни – Зері 2000` is printed `April -
# Sept 2006` (community-engagement-work-plan-2006.txt, line 58); the rest are the usual confusables of Unicode UTS 39.
LOOKS_LIKE = {
    "А": "A", "В": "B", "Е": "E", "З": "S", "І": "I", "Ј": "J", "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P",
    "С": "C", "Т": "T", "У": "Y", "Х": "X", "Ѕ": "S", "а": "a", "в": "b", "г": "r", "е": "e", "и": "u", "і": "i",
    "ј": "j", "к": "k", "м": "m", "н": "r", "о": "o", "п": "n", "р": "p", "с": "c", "т": "m", "у": "y", "х": "x",
    "ѕ": "s", "ь": "b", "д": "g", "һ": "h", "ԁ": "d", "ѵ": "v",
}  # fmt: skip

GHOST = 55
"""How alike (0-100) a ghost's shape must be to the text that it is a ghost of; ghosts at hand score 60 and more,
unrelated short texts below 45."""
BESIDE = 6
"""So many words before and after its Cyrillic ones may belong to a ghost; `– 2000` are two."""


@rule("loses ink")
def junk_rows(paper: Paper) -> Iterator[Hunk]:
    """Take away cells and rows that hold nothing but commas or other points: a ruled line, read as text.

    At least three marks and nothing else in the cell; a single dash or point stays, it may mean nil.
    """
    why = "points without a word: a ruled line or dirt, read as text"
    for at, line in enumerate(paper.lines):
        if line.kind != "row":
            continue
        texts = ["" if _JUNK.fullmatch(cell.text.strip()) else cell.text for cell in line.cells]
        if texts != [cell.text for cell in line.cells]:
            after = retext(line, texts)
            yield Hunk(at, (line,), (after,) if filled(after) else (), why)


@rule("loses ink")
def stray_marks(paper: Paper) -> Iterator[Hunk]:
    """Take away a single stroke or point that stands alone in a cell beside a total or a comment.

    `I` or `|` beside `TOTAL` is a rule of the table, read as a letter. Only in rows that hold a total or open with a
    label, where no column expects a text; a printed dash stays.
    """
    why = "a lone stroke or point: part of a rule of the table, read as text"
    for at, line in enumerate(paper.lines):
        if line.kind != "row":
            continue
        texts = [cell.text.strip() for cell in line.cells]
        if any(p.label_pattern.match(texts[0]) or any(map(p.is_total, texts)) for p in profiles()):
            kept = ["" if _STRAY.fullmatch(text) else text for text in texts]
            if kept != texts:
                yield edit(paper, at, retext(line, kept), why)


@rule("loses ink")
def ghosts(paper: Paper) -> Iterator[Hunk]:
    """Take away the ghost of a text: the line above, read a second time in the wrong alphabet.

    Acts on Cyrillic letters below a cell whose text has the same shape (`Арни – Зері 2000` below `April – Sept 2006`),
    in a row that continues the one above. Cyrillic text that resembles nothing above it is left for a person. A row
    that holds nothing but a text from the same column of the row above, letter for letter, is a ghost too.
    """
    for table in loose_tables(paper):
        for at in table.rows:
            line = paper.lines[at]
            if at - 1 > table.start and (repeated := _repeats(line, paper.lines[at - 1], table)):
                yield Hunk(at, (line,), (), f"the ghost of {repeated!r} above it: the same, read a second time")
                continue
            for column, cell in enumerate(line.cells):
                if not _is_mixed(cell.text):
                    continue
                above = [other for other in (at - 1, at - 2) if other > table.start]
                match = _ghost_of(cell.text, [paper.lines[other] for other in above])
                if match:
                    kept, printed = match
                    texts = [c.text for c in line.cells]
                    texts[column] = kept
                    after = retext(line, texts)
                    lines = (after,) if filled(after) else ()
                    yield Hunk(
                        at,
                        (line,),
                        lines,
                        f"the ghost of {printed!r} above it: the same shapes, read as Cyrillic letters",
                    )
                    break


def _repeats(line: Line, above: Line, table: RecordTable) -> str:
    """The only text of a row, if it repeats the cell above it and is neither a number, nor an action, nor an amount."""
    columns = filled(line)
    own = {table.roles.get(role) for role in ("number", RECORD, "budget")}
    if len(columns) != 1 or columns[0] in own or columns[0] >= len(above.cells):
        return ""
    text = " ".join(line.cells[columns[0]].text.split())
    return text if text == " ".join(above.cells[columns[0]].text.split()) else ""


def _is_mixed(text: str) -> bool:
    return not text.isascii() and any("CYRILLIC" in unicodedata.name(char, "") for char in text)


def _ghost_of(text: str, above: list[Line]) -> tuple[str, str] | None:
    """Find the words of `text` that are the ghost of a cell above. Returns what remains and what it is a ghost of."""
    from rapidfuzz import fuzz

    words = text.split()
    marked = [i for i, word in enumerate(words) if _is_mixed(word)]
    best: tuple[float, int, int, str] = (0.0, 0, 0, "")
    for line in above:
        for printed in (cell.text for cell in line.cells if cell.text.strip()):
            for first in range(max(marked[0] - BESIDE, 0), marked[0] + 1):
                for last in range(marked[-1], min(marked[-1] + BESIDE + 1, len(words))):
                    score = fuzz.ratio(shape(" ".join(words[first : last + 1])), shape(printed))
                    best = max(best, (score, first, last, printed))
    score, first, last, printed = best
    if score < GHOST:
        return None
    return " ".join(words[:first] + words[last + 1 :]), printed


def shape(text: str) -> str:
    """Write a text in the Latin letters and digits that it looks like, without case, for comparing shapes only."""
    latin = "".join(LOOKS_LIKE.get(char, char) for char in text).casefold()
    return re.sub(r"\s+", " ", latin).translate(str.maketrans("il|!so", "111150"))
