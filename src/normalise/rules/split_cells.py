"""Text that a wrong column boundary cut: tails of lines, brought back from the next cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from normalise.engine import rule
from normalise.grids import RecordTable, record_tables
from normalise.split.language import START, Language, context_after, token_word
from normalise.split.own import TESTS, Parting, partings
from normalise.split.place import Cut, Piece, Reading, likely_cuts, place
from papers.paper import Line, Paper
from papers.repair import Hunk, Mark

GAIN = 4.0
"""How much likelier (in natural logarithms) a row must be with its tails put back than as printed."""
CLEAR = 3.0
"""How far ahead of the next best reading the best must be, or a person is asked to look."""
NEAR = 0.9
"""Cuts of one table lie within this many ems of each other."""

PAIRS = (("action", "deadline", "period"), ("performance_measure", "budget", "money"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table whose left cell was cut: the words of both cells, and the ways to part the right one."""

    at: int
    left: tuple[str, ...]
    right: str
    ways: tuple[Parting, ...]

    @property
    def has_tails(self) -> bool:
        return bool(self.ways) and all(way.tails for way in self.ways)


@dataclass(frozen=True, slots=True)
class Choice:
    """How a row is read: which words are whose, where the tails go, how sure that is (in log likelihood)."""

    row: Row
    way: Parting
    reading: Reading
    gain: float
    margin: float


@rule("loses ink", "adds signs")
def split_cells(paper: Paper) -> Iterator[Hunk]:
    """Bring back the ends of lines that a wrong column boundary moved into the next cell.

    Acts on a table in which a column of dates or amounts holds words that are neither, and where these words, put at the
    ends of the left cell's lines, make that cell read better. The cut lies at one place for a whole table, so all rows
    say where the lines ended. A letter that stands on both sides of the cut is kept once. What can be read in two ways is
    marked for a person to look at; what can't be placed stays where it is.
    """
    language: Language | None = None
    for table in record_tables(paper):
        for left, right, kind in PAIRS:
            if left not in table.roles or right not in table.roles:
                continue
            rows = _rows(paper, table, table.roles[left], table.roles[right], kind)
            if not any(row.has_tails for row in rows):
                continue
            language = language or _language(paper)
            found = list(_mend(paper, table, table.roles[left], table.roles[right], rows, language))
            if found:
                yield from found
                break


def _rows(paper: Paper, table: RecordTable, left: int, right: int, kind: str) -> list[Row]:
    rows = []
    for at in table.rows:
        cells = paper.lines[at].cells
        if any(table.profile.is_total(cell.text) for cell in cells) or not cells[left].text.strip():
            continue
        text = cells[right].text
        sound = not text.strip() or TESTS[kind](" ".join(text.split()))
        ways = (Parting(tuple(text.split()), (), 0.0, True),) if sound else tuple(partings(text, kind))
        rows.append(Row(at, tuple(_words(cells[left].text)), text, ways))
    return rows


def _words(text: str) -> list[str]:
    """The words of a cell; the sign of a list item stays with its first word."""
    return text.replace("• ", "•").split()


def _language(paper: Paper) -> Language:
    """The words of the paper, but for the rows of tables that were cut."""
    texts: list[str] = []
    cut: set[int] = set()
    for table in record_tables(paper):
        for left, right, kind in PAIRS:
            if left in table.roles and right in table.roles:
                rows = _rows(paper, table, table.roles[left], table.roles[right], kind)
                if any(row.has_tails for row in rows):
                    cut.update(row.at for row in rows)
    for at, line in enumerate(paper.lines):
        if at not in cut:
            texts.extend(cell.text for cell in line.cells)
    return Language.of(texts)


def _mend(
    paper: Paper, table: RecordTable, left: int, right: int, rows: Sequence[Row], language: Language
) -> Iterator[Hunk]:
    cut = find_cut(rows, language, 0.0)
    if cut is None:
        return
    for row in rows:
        choice = choose(row, language, cut)
        if choice and choice.way.tails:
            yield _hunk(paper, choice, left, right)


def find_cut(rows: Sequence[Row], language: Language, lead: float) -> Cut | None:
    """Where the lines of a table were cut: the width that explains the rows with tails best.

    The candidates are the widths at which, by its words, a row's first tail may belong; a line before it may be whole or
    have lost its tail, so halves and thirds of them count too.
    """
    cut_rows = [row for row in rows if row.has_tails]
    places: list[float] = []
    for row in cut_rows:
        way = max(row.ways, key=lambda w: len(w.own))
        for gain, at in likely_cuts(row.left, way.tails, language, lead)[:3]:
            if gain > 0:
                places.extend((at, at / 2, at / 3))
    places = [at for at in places if at > 5]
    votes = sorted(((sum(abs(at - other) < NEAR for other in places), at) for at in places), reverse=True)
    tried: list[float] = []
    for _, at in votes:
        if all(abs(at - other) > NEAR / 2 for other in tried):
            tried.append(at)
    best: tuple[float, float] | None = None
    sample = cut_rows[:6]
    for at in tried[:6]:
        near = [other for other in places if abs(at - other) < NEAR]
        centre = sum(near) / len(near)
        gains = [
            choice.gain if choice else -30.0 for row in sample for choice in [choose(row, language, Cut(centre, lead))]
        ]
        best = max(best or (-1e9, 0.0), (sum(gains), centre))
    return Cut(best[1], lead) if best and best[0] > GAIN else None


def choose(row: Row, language: Language, cut: Cut) -> Choice | None:
    """The best way to read a row, all ways to part its right cell taken together."""
    found: list[tuple[float, Parting, Reading]] = []
    plain = natural(row.left, language)
    for way in row.ways:
        for reading in place(row.left, way.tails, language, cut)[:2]:
            found.append((reading.score + way.score, way, reading))
    if not found:
        return None
    found.sort(key=lambda item: -item[0])
    score, way, reading = found[0]
    margin = score - found[1][0] if len(found) > 1 else 99.0
    loose = sum(language.log_word(token_word(tail)) for tail in way.tails)
    return Choice(row, way, reading, score - way.score - plain - loose, margin)


def natural(words: Sequence[str], language: Language) -> float:
    """Log likelihood of words read one after the other."""
    score, context = 0.0, START
    for token in words:
        word = token_word(token)
        if word:
            score += language.log_pair(context, word)
        context = context_after(token, word)
    return score


def _hunk(paper: Paper, choice: Choice, left: int, right: int) -> Hunk:
    line = paper.lines[choice.row.at]
    cells = list(line.cells)
    text = _text(choice.reading.pieces, cells[left].text)
    cells[left] = replace(cells[left], text=text, origins=cells[left].origins + cells[right].origins)
    cells[right] = cells[right].with_text(" ".join(choice.way.own))
    after: Line = line.with_cells(*cells)
    doubted = (Mark(0, left),) if choice.margin < CLEAR else ()
    return Hunk(choice.row.at, (line,), (after,), _why(choice.reading.pieces), doubted=doubted)


def _text(pieces: Sequence[Piece], printed: str) -> str:
    words = []
    for piece in pieces:
        word = piece.text.replace("•", "• ") if piece.text.startswith("•") else piece.text
        words.append(("\n" if word.startswith("• ") and words else " " if words else "") + word)
    return "".join(words)


def _why(pieces: Sequence[Piece]) -> str:
    joined = [f"`{'` + `'.join(piece.joined)}` is `{piece.text}`" for piece in pieces if piece.joined]
    return "words of the next cell put back at the line ends" + (": " + ", ".join(joined) if joined else "")
