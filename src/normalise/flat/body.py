"""Where in running text the rows of a flattened table stand, and which columns explain them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalise.flat.effort import Effort, ways_of
from normalise.flat.fit import Fit, cost_of, fits
from normalise.flat.heads import is_unit
from normalise.flat.tokens import TextLine, Token

# More columns, or more kinds of rows in one table, than any table has that is printed on a page.
_MOST_COLUMNS = 16
_CANDIDATES = 8
_SAMPLE = 40
# A row that costs more does not belong to the table; rows cost so little on average where there is a table.
POOR = 7.0
_FAIR = 2.6
_PER_COLUMN = 0.8
# Columns that cost so much more than the best may still be right, if the header goes better with them.
_SLACK, _RIVALS = 6.0, 3
_SHORT_TOTALS = 2.0  # columns of one figure less cost at most so much more, if no total prints that figure
# Between two rows there may be so many lines without figures: section rows, or the beginning of a broken label.
_BETWEEN = 2
_SECTION_WORDS = 14
_SHORT = 6

CAPTION = re.compile(r"\s*(?:table|figure|appendix|annex|chart|schedule)\s+\w{1,3}\b", re.I)
_BULLET = re.compile(r"\s*(?:[-–*•◦▪]|\(?[a-z]\)|\(?[ivx]+\))\s+\S")
_PARAGRAPH = re.compile(r"\s*\d{1,3}\.\s+\S")
_LABEL = re.compile(r"\s*[A-Z][\w ,/-]{1,40}:\s")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTAL = re.compile(r"\s*(?:(?:grand|overall|sub|net)[- ]?)?total\b", re.I)
_STOP = re.compile(r"[.;:!]['’”\")]*$")


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a flattened table: lines `start` to `end` (half open, of the paper), and the columns they share.

    `rows` maps the number of a line with figures to the ways it can be cut, best first. All other lines of the range
    hold text alone. `cost` says how badly the columns explain the rows.
    """

    start: int
    end: int
    columns: str
    rows: Mapping[int, tuple[Fit, ...]]
    cost: float


def bodies(lines: Sequence[TextLine | None], effort: Effort) -> Iterator[tuple[Body, ...]]:
    """The bodies of all flattened tables among the lines of a paper, each with its rivals that are nearly as good.

    None stands for a line that can't be a row. No more are found once the effort is spent.
    """
    for cluster in _clusters(lines):
        for part in _parts(cluster):
            sample = part[:_SAMPLE]
            effort.spend(len({_pattern(line) for line in sample[:_CANDIDATES]}) * ways_of(sample))
            if effort.is_spent:
                return
            yield from _bodies(part, lines)


def is_caption(line: TextLine) -> bool:
    """Whether a line names a table: `Table 3 - Spend to date`."""
    return CAPTION.match(line.text) is not None


def is_apart(line: TextLine) -> bool:
    """Whether a line opens a paragraph, a list item or a labelled line, which a row of a table does not."""
    text = line.text
    if _BULLET.match(text) or is_caption(line):
        return True
    if _PARAGRAPH.match(text):
        return not (line.tokens[-1].is_figure_like or has_blanks(line))
    return bool(_LABEL.match(text)) and line.figures < 2 and not _is_hard(line.tokens[-1])


def has_blanks(line: TextLine) -> bool:
    """Whether runs of spaces on a line speak for blank cells."""
    return line.trail > 0 or any(token.gap > 1 for token in line.tokens[1:])


def is_years(line: TextLine) -> bool:
    """Whether all figures of a line are years or dates, as in a header: `2007 2006 2007 2006`."""
    found = [token for token in line.tokens if token.is_figure_like]
    return bool(found) and all(_YEAR.fullmatch(token.text) or token.shape == "code" for token in found)


def is_total(line: TextLine) -> bool:
    """Whether a row is labelled as a total."""
    return _TOTAL.match(line.text) is not None


def ends_sentence(line: TextLine) -> bool:
    """Whether a line ends as a sentence does; a short one may end with an abbreviation (`No.`) or ask (`Met?`)."""
    return line.text.endswith((";", ":")) or (len(line.tokens) > _SHORT and _STOP.search(line.text) is not None)


def _is_row(line: TextLine | None) -> bool:
    """Whether a line could be a row: it ends with a figure, or holds several one after the other."""
    if line is None or is_apart(line) or (len(line.tokens) == 1 and _YEAR.fullmatch(line.text)):
        return False
    run = best = 0
    for token in line.tokens:
        run = run + 1 if token.is_figure_like else 0
        best = max(best, run)
    has_figure = any(token.shape == "figure" for token in line.tokens)
    return run > 1 or ((run == 1 or best > 1) and has_figure)


def _is_section(line: TextLine | None) -> bool:
    """Whether a line that is no row by itself could stand between two rows."""
    if line is None or is_apart(line):
        return False
    return has_blanks(line) or _ends_nil(line) or (len(line.tokens) <= _SECTION_WORDS and not line.text.endswith("."))


def _ends_nil(line: TextLine) -> bool:
    return len(line.tokens) > 2 and line.tokens[-1].shape == "nil"


def _clusters(lines: Sequence[TextLine | None]) -> Iterator[list[TextLine]]:
    """The runs of lines that could be rows, with the lines between them."""
    kept: list[TextLine] = []
    waiting: list[TextLine] = []
    for line in lines:
        if line is not None and (_is_row(line) or (_ends_nil(line) and not is_apart(line))):
            kept += [*(waiting if kept else []), line]
            waiting = []
        elif line is not None and _is_section(line) and len(waiting) < _BETWEEN and kept:
            waiting.append(line)
        else:
            if kept:
                yield kept
            kept, waiting = [], []
    if kept:
        yield kept


def _parts(cluster: Sequence[TextLine]) -> Iterator[Sequence[TextLine]]:
    """A run of possible rows without the lines of years above it; such a line inside begins another table."""
    start = 0
    while start < len(cluster):
        while start < len(cluster) and is_years(cluster[start]):
            start += 1
        end = start
        while end < len(cluster) and not (is_years(cluster[end]) and cluster[end].figures > 1):
            end += 1
        if end > start:
            yield cluster[start:end]
        start = end


def _bodies(part: Sequence[TextLine], lines: Sequence[TextLine | None]) -> Iterator[tuple[Body, ...]]:
    """The bodies in a run of possible rows: one, or one for each stretch between lines that are no rows."""
    whole = _rivals(part, lines)
    if whole and all(fit[0].cost <= POOR for fit in whole[0].rows.values()):
        yield whole
        return
    stretches: list[list[TextLine]] = [[]]
    for line in part:
        if _may_be_row(line):
            stretches[-1].append(line)
        elif stretches[-1]:
            stretches.append([])
    apart = [found for stretch in stretches if (found := _rivals(stretch, lines))]
    if whole and len({found[0].columns for found in apart}) < 2:
        yield whole
    else:
        yield from apart


def _may_be_row(line: TextLine) -> bool:
    return _is_row(line) or has_blanks(line) or _ends_nil(line)


def _rivals(part: Sequence[TextLine], lines: Sequence[TextLine | None]) -> tuple[Body, ...]:
    """The bodies that some possible rows make, over the columns that explain them best; empty if they are no table."""
    rows = [line for line in part if _may_be_row(line)]
    found = []
    for cost, columns in best_columns([line for line in part if _is_row(line)]):
        body = _body(rows, columns, cost, lines)
        if body:
            found.append(body)
    return tuple(found)


def _body(rows: Sequence[TextLine], columns: str, cost: float, lines: Sequence[TextLine | None]) -> Body | None:
    found = {line.at: ways for line in rows if (ways := tuple(fits(line, columns)))}
    good = [at for at, fit in found.items() if fit[0].cost <= POOR]
    if not good:
        return None
    inside = {at: fit for at, fit in found.items() if min(good) <= at <= max(good)}
    mean = sum(min(fit[0].cost, POOR) for fit in inside.values()) / len(inside)
    kept = [line for line in rows if line.at in inside]
    if mean > _FAIR or _is_running(kept, inside) or not _is_evident(kept, columns, lines):
        return None
    return Body(min(good), max(good) + 1, columns, inside, cost)


def best_columns(rows: Sequence[TextLine]) -> list[tuple[float, str]]:
    """The columns that explain some rows best, and those that do nearly as well, with what they cost."""
    counted = Counter(pattern for line in rows if 2 <= len(pattern := _pattern(line)) <= _MOST_COLUMNS)
    ranked = sorted(counted, key=lambda pattern: (-counted[pattern], pattern))[:_CANDIDATES]
    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    most = _FAIR * len(sample)
    found = []
    for columns in dict.fromkeys(form for pattern in ranked for form in _forms(pattern)):
        cost = _cost_of_rows(sample, columns, most)
        if cost is not None:
            found.append((cost + _PER_COLUMN * len(columns), columns))
            most = min(most, cost + _SLACK + _PER_COLUMN * _MOST_COLUMNS)
    found.sort()
    if found and (shorter := _without_numbered(rows, found)):
        found = sorted([each for each in found if each[1] != shorter[1]] + [shorter])
    return [(cost, columns) for cost, columns in found[:_RIVALS] if cost <= found[0][0] + _SLACK]


def _without_numbered(rows: Sequence[TextLine], found: Sequence[tuple[float, str]]) -> tuple[float, str] | None:
    """The best columns less the first figure, if the labels may be numbered (`Team 14`) and it is none of theirs.

    All totals, which have no number, print one figure less than the best columns would have.
    """
    cost, columns = found[0]
    fewer = columns.replace("F", "", 1)
    totals = [line for line in rows if is_total(line)]
    is_short = totals and all(line.figures < columns.count("F") and not has_blanks(line) for line in totals)
    if not is_short or "TF" not in fewer:
        return None
    costs = {columns: cost for cost, columns in found}
    return min(costs.get(fewer, cost + _SHORT_TOTALS), cost + _SHORT_TOTALS), fewer


def _cost_of_rows(rows: Sequence[TextLine], columns: str, most: float) -> float | None:
    """How badly some columns explain some rows; None as soon as it is more than `most`."""
    cost = 0.0
    for line in rows:
        cost += cost_of(line, columns, POOR + 1)
        if cost > most:
            return None
    return cost


def _forms(pattern: str) -> Iterator[str]:
    """The columns that the pattern of one row speaks for; the first one holds labels, even if they are figures."""
    pattern = "T" + pattern[1:].lstrip("T")
    yield pattern
    figures = pattern.count("F")
    if "T" in pattern[1:]:
        yield "T" + "F" * figures


def _pattern(line: TextLine) -> str:
    """A row as written: each figure by itself, words between them together."""
    out: list[str] = []
    for token in line.tokens:
        shape = "F" if token.is_figure_like else "T"
        if shape == "F" or out[-1:] != ["T"]:
            out.append(shape)
    return "".join(out)


def _is_running(rows: Sequence[TextLine], found: Mapping[int, tuple[Fit, ...]]) -> bool:
    """Whether the texts between the figures are running text: most of them begin in small letters."""
    begun = [
        line.tokens[span[0]].text
        for line in rows
        for span in found[line.at][0].spans
        if span and not line.tokens[span[0]].is_figure_like
    ]
    return 2 * sum(text[0].islower() for text in begun) > len(begun)


def _is_evident(rows: Sequence[TextLine], columns: str, lines: Sequence[TextLine | None]) -> bool:
    """Whether the rows are a table, and not some lines of text that happen to hold figures."""
    figures = columns.count("F")
    if figures != 1:
        return figures > 1 and len(rows) >= 2
    if len(rows) < 3 or columns != "TF":
        return False
    if not all(_is_hard(line.tokens[-1]) or (has_blanks(line) and not line.figures) for line in rows):
        return False
    above = [line for line in lines[max(0, rows[0].at - 4) : rows[0].at] if line is not None]
    return is_total(rows[-1]) or any(is_caption(line) for line in above) or _names_unit(lines[rows[0].at - 1])


def _names_unit(line: TextLine | None) -> bool:
    """Whether a line is the header of a column of amounts: some words, and a unit at the end (`Movement £m`)."""
    return line is not None and 1 < len(line.tokens) <= _SHORT and not line.figures and is_unit(line.tokens[-1].text)


def _is_hard(token: Token) -> bool:
    return token.shape == "nil" or (token.shape == "figure" and not token.is_soft)
