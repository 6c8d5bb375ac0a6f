"""Text that a wrong column boundary cut: tails of lines, brought back from the next cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalise.engine import note, rule
from normalise.grids import RecordTable, loose_tables
from normalise.split.find import mend_pieces
from normalise.split.heads import split_words
from normalise.split.language import Language, token_word
from normalise.split.mend import CLEAR, Choice, Row
from normalise.split.own import TESTS, Parting, partings
from normalise.split.readings import Piece as Word
from normalise.split.votes import Piece
from papers.paper import LineSpan, Paper
from papers.repair import GAP, Hunk, Mark

_NUMBER = re.compile(r"(\d{1,3})[.)]")
PAIRS = (("action", "deadline", "period"), ("performance_measure", "budget", "money"))
"""Neighbouring columns of which the right one tells its own words from others: left role, right role, what it holds."""


@rule("loses ink", "supplies ink", "adds signs")
def split_cells(paper: Paper) -> Iterator[Hunk]:
    """Bring back the ends of lines that a wrong column boundary moved into the next cell.

    Acts on a table in which a column of dates or amounts holds words that are neither, and where these words, put at
    the ends of the left cell's lines, make that cell read better. The cut lies at one place for a whole table, so all
    rows say where the lines ended. A letter that stands on both sides of the cut is kept once; where the end of a line
    is lost a gap is marked. What can be read in two ways is marked for a person to look at; what can't be placed stays
    where it is.
    """
    pieces: list[Piece] = []
    for table in loose_tables(paper):
        pieces.extend(_cut_pieces(paper, table))
    if not pieces:
        return
    language = _language(paper, pieces)
    mended: set[int] = set()
    for piece, choice in mend_pieces(pieces, language):
        if choice.row.at not in mended:
            yield _hunk(paper, choice, language, *piece.columns)
        if choice.changes:
            mended.add(choice.row.at)


def _cut_pieces(paper: Paper, table: RecordTable) -> Iterator[Piece]:
    """The pieces of a table of which some rows hold words in a column of dates or amounts that are neither."""
    for left, right, kind in PAIRS:
        if left in table.roles and right in table.roles:
            columns = table.roles[left], table.roles[right]
            rows = tuple(_rows(paper, table, *columns, kind))
            if any(row.has_tails for row in rows):
                yield from (Piece(tuple(piece), rows, columns) for piece in _pieces(paper, rows))


def _rows(paper: Paper, table: RecordTable, left: int, right: int, kind: str) -> list[Row]:
    rows = []
    number = 0
    for at in table.rows:
        cells = paper.lines[at].cells
        if len(cells) <= max(left, right):
            continue
        if any(table.profile.is_total(cell.text) for cell in cells) or not cells[left].text.strip():
            continue
        text = " ".join(cells[right].text.split())
        sound = not text or (TESTS[kind](text) and not text.endswith(" ."))
        ways = (Parting(tuple(text.split()), (), 0.0, True),) if sound else partings(text, kind)
        words = split_words(cells[left].text)
        printed = _NUMBER.fullmatch(words[0])
        number = int(printed[1]) if printed else number + 1
        rows.append(Row(at, words, ways, words[0] if printed else f"{number}."))
    is_numbered = any(row.left[0] == row.number for row in rows)
    return rows if is_numbered else [replace(row, number="") for row in rows]


def _pieces(paper: Paper, rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of a table as they stood together: something between two of them, such as a page end, parts them.

    Each piece was converted by itself, and may have been cut at another place, or not at all.
    """
    pieces: list[list[Row]] = []
    last = 0
    for row in rows:
        lines = [o.place.line for c in paper.lines[row.at].cells for o in c.origins if isinstance(o.place, LineSpan)]
        if not pieces or not lines or min(lines) > last + 1:
            pieces.append([])
        pieces[-1].append(row)
        last = max(lines, default=last)
    return pieces


def _language(paper: Paper, pieces: Sequence[Piece]) -> Language:
    """The words and phrases of the paper; of the rows of tables that were cut only what they share."""
    cut = {row.at for piece in pieces for row in piece.table}
    whole = (cell.text for at, line in enumerate(paper.lines) if at not in cut for cell in line.cells)
    return Language.of(whole, (cell.text for at in sorted(cut) for cell in paper.lines[at].cells))


def _hunk(paper: Paper, choice: Choice, language: Language, left: int, right: int) -> Hunk:
    line = paper.lines[choice.row.at]
    if not choice.changes:
        stuck = choice.row.has_tails
        why = "words here may belong to the cell on the left" if stuck else _suspicion(choice)
        return note(paper, choice.row.at, why, (left, right) if stuck else (left,))
    cells = list(line.cells)
    origins = cells[left].origins + (cells[right].origins if choice.way.tails else ())
    text, supplied = text_of(choice.reading.pieces)
    cells[left] = replace(cells[left], text=text, origins=origins)
    if choice.way.tails:
        cells[right] = cells[right].with_text(" ".join(choice.way.own))
    doubted = (Mark(0, left),) if choice.is_doubtful else ()
    if choice.margin < CLEAR and choice.rival.own != choice.way.own:
        doubted = (*doubted, Mark(0, right))
    marks = tuple(Mark(0, left, *stretch) for stretch in supplied)
    return Hunk(choice.row.at, (line,), (line.with_cells(*cells),), why_of(choice, language), doubted, marks)


def _suspicion(choice: Choice) -> str:
    words = ", ".join(f"`{word}`" for word in choice.suspects)
    return (
        f"lines of this table were cut; something may be lost behind {words}" if words else "it may be read otherwise"
    )


def text_of(pieces: Sequence[Word]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a reading: list items on lines of their own, gaps marked; and from where to where it is supplied."""
    parts: list[str] = []
    supplied: list[tuple[int, int]] = []
    for piece in pieces:
        word = f"• {piece.text[1:]}" if piece.text.startswith("•") and len(piece.text) > 1 else piece.text
        if parts and not piece.is_tight:
            parts.append("\n" if word.startswith("• ") else " ")
        start = sum(map(len, parts))
        parts.append(word)
        if piece.supplied:
            first, last = piece.supplied
            shift = start + len(word) - len(piece.text)
            supplied.append((shift + first, shift + last))
        if piece.lost:
            parts.append(f" {GAP}" if piece.how == "gap" else GAP)
    return "".join(parts), supplied


def _used(text: str, language: Language) -> str:
    """How well a word is attested: how often the paper itself prints it elsewhere."""
    count = language.own[token_word(text)]
    return f" (a word that this paper uses {count} time{'' if count == 1 else 's'})" if count else ""


_MISREAD = ", a letter on the cut was misread"
_HALVED = ", of the letter on the cut only a part was read"
_ON_THE_CUT = {
    **dict.fromkeys(("double", "merged"), ", the letter on the cut stands on both sides"),
    **dict.fromkeys(("garbled", "smudge"), _MISREAD),
    **dict.fromkeys(("echoed", "parted", "closed", "opened", "shard"), _HALVED),
}
"""What happened to the letter on the cut, by the way in which a tail was joined."""


def why_of(choice: Choice, language: Language) -> str:
    """Why a row reads so, in words."""
    pieces = choice.reading.pieces
    reasons = []
    if choice.way.tails:
        reasons.append("words of the next cell go on the lines of this one, which were all cut at one place")
    for piece in pieces:
        if piece.how == "completed":
            used = _used(piece.text, language)
            reasons.append(f"`{piece.joined[0]}` was cut; only `{piece.text}` fits between its neighbours{used}")
        elif piece.how in ("restored", "blot"):
            reasons.append(f"the last letter of `{piece.joined[0]}` is part of another one, misread on the cut")
        elif piece.how == "inserted":
            reasons.append(f"the end of a line is lost; only `{piece.text}` fits there")
        elif piece.joined:
            used = _used(piece.text, language)
            reasons.append(f"`{'` + `'.join(piece.joined)}` is `{piece.text}`{used}{_ON_THE_CUT.get(piece.how, '')}")
    if any(piece.lost for piece in pieces):
        reasons.append(f"where {GAP} stands the end of a line is lost")
    if choice.margin < 99 and choice.is_doubtful and not any(piece.lost for piece in pieces):
        reasons.append("it could also be read otherwise")
    return "; ".join(reasons)
