"""Figures that the labels of a table do not name for certain: headings lost, labels lost, columns run together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from normalise.read.cells import TableCell
from normalise.read.shapes import Shape, begins_inside, shape
from normalise.read.sums import is_part
from normalise.read.units import is_unit

if TYPE_CHECKING:
    from normalise.read.block_reader import Block

_NO_NAME = "no heading stands above this column, though the table has several columns of figures"
_CUT_NAME = "the heading of this column begins in the middle of a sentence: its first line may stand above the table"
_NO_LABEL = "no label stands beside this figure"
_SAME_NAME = "another figure of this table has the same labels of row and column: one of them may be lost or misplaced"
_NO_SECTION = "the section that it stands in begins in the middle of a sentence, so it may be a piece of another label"
_NO_GROUP = "the labels of groups stand beside some row of their groups: which rows each is for is not certain"
_GLUED = "several figures stand in one cell"
_RUN_ON = "words of its row end in a figure, which may belong to a column of its own"

# An amount or a decimal: no label ends in one unless a word leads up to it (`over £1,000`, `up to 2.5%`).
_AMOUNT = re.compile(
    r"[-–−+]?[£€$]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+|[0-9]+(?=%))(?:[mk]|%)?"
    r"|\([£€$]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+)\)"
)
_WHOLE = re.compile(r"(?!(?:19|20)[0-9]{2}$)[0-9]{1,5}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:[/–-][0-9]{2,4})?")
_LEADS_UP = frozenset(
    "a above about and are around at below between by first from in is last less more no of on or over paragraph per "
    "section table than to under until up version was - – — & + / < >".split()
)
_ROWS = ("item", "subtotal", "total")
_FEWEST = 3
_MOST_GLUED = 12


def name_doubts(block: Block) -> Iterator[tuple[TableCell, str]]:
    """The figures of a part of a table that its labels leave open, each with the reason.

    A figure is in doubt if its column has no heading and is not the only one, or a heading without its beginning; if
    its row has no label, a section that may be a piece of one, a group that can't be told, or a label that ends in a
    figure to which nothing leads up; if another figure has the same labels; or if it shares its cell.
    """
    rows = [[cell for cell in row if _is_figure(block, cell)] for row in block.cells]
    names = [
        [(label, block.header[cell.column - 1]) for cell in row] for label, row in zip(block.labels, rows, strict=True)
    ]
    times = Counter(name for row in names for name in row)
    of_column, of_row = _unsure_columns(block, rows), _unsure_rows(block)
    for at, (row, named) in enumerate(zip(rows, names, strict=True)):
        for cell, name in zip(row, named, strict=True):
            why = _GLUED if cell.value is None else of_column.get(cell.column - 1) or of_row.get(at)
            if why or times[name] > 1:
                yield cell, why or _SAME_NAME


def _is_figure(block: Block, cell: TableCell) -> bool:
    if cell.column - 1 not in block.columns.values or cell.row_type not in _ROWS:
        return False
    return cell.value is not None or (cell.kind == "text" and not cell.why and _is_glued(cell.cell.text))


def _is_glued(text: str) -> bool:
    """Whether a cell holds several figures and nothing else."""
    words = text.split()
    return 1 < len(words) <= _MOST_GLUED and all(shape(word) is Shape.FIGURE for word in words)


def _unsure_columns(block: Block, rows: Sequence[Sequence[TableCell]]) -> Mapping[int, str]:
    """The columns (from 0) whose heading is missing, or begins with a small letter where most begin with a capital."""
    columns = {cell.column - 1 for row in rows for cell in row}
    names = {column: path[0] for column in columns if (path := block.header[column])}
    small = [column for column, name in names.items() if _is_cut(name) and not is_unit(name)]
    cut = small if sum(name[:1].isupper() for name in names.values()) >= len(small) else []
    nameless = [column for column in columns if column not in names and block.units[column] is None]
    return dict.fromkeys(cut, _CUT_NAME) | dict.fromkeys(nameless if len(columns) > 1 else [], _NO_NAME)


def _unsure_rows(block: Block) -> Mapping[int, str]:
    """The rows (from 0 in the part) with a label that leaves open what they are about."""
    of_group = [at for at, kind in enumerate(block.types) if kind == "item"] if _floats(block) else []
    sections = {label[-1] for label, kind in zip(block.labels, block.types, strict=True) if kind == "section" and label}
    cut = {name for name in sections if _is_cut(name)}
    of_section = [at for at, label in enumerate(block.labels) if not cut.isdisjoint(label[:-1])]
    unlabelled = [at for at, label in enumerate(block.labels) if not label]
    return {
        **dict.fromkeys(_run_on(block), _RUN_ON),
        **dict.fromkeys(of_group, _NO_GROUP),
        **dict.fromkeys(of_section, _NO_SECTION),
        **dict.fromkeys(unlabelled, _NO_LABEL),
    }


def _is_cut(name: str) -> bool:
    return begins_inside(name) and not is_part(name)


def _floats(block: Block) -> bool:
    """Whether labels of groups stand beside some row of their groups: the first row has none, and was given none."""
    if block.columns.stub[:1] != (0,) or len(block.columns.stub) < 2:
        return False
    items = [at for at, kind in enumerate(block.types) if kind == "item" and block.cells[at]]
    outer = {at: block.cells[at][0].cell.text.strip() for at in items if block.cells[at][0].column == 1}
    first = next(iter(outer), None)
    return (
        first is not None
        and not outer[first]
        and len(block.labels[first]) < len(block.columns.stub)
        and any(outer.values())
    )


def _run_on(block: Block) -> frozenset[int]:
    """The rows (from 0 in the part) whose words end in what looks like a figure of the next column."""
    columns: dict[int, dict[int, list[str]]] = {}
    for at, row in enumerate(block.cells):
        for cell in row:
            words = cell.cell.text.split()
            if cell.column - 1 not in block.columns.values and cell.row_type in _ROWS and len(words) > 1:
                columns.setdefault(cell.column, {})[at] = words
    found: set[int] = set()
    for column, cells in columns.items():
        found |= {at for at, words in cells.items() if _AMOUNT.fullmatch(words[-1]) and not _leads_up(words[-2])}
        if len(heading := " ".join(block.header[column - 1]).split()) > 1:
            found |= _numbered(cells, takes_any=_YEAR.fullmatch(heading[-1]) is not None)
    return frozenset(found)


def _leads_up(word: str) -> bool:
    return word.casefold().strip("(") in _LEADS_UP or word.endswith((":", ",", "/"))


def _numbered(cells: Mapping[int, Sequence[str]], takes_any: bool) -> set[int]:
    """The rows of a column of several words in its heading whose texts nearly all end in a number, behind other words.

    `Ward 1`, `Ward 2` number one thing; `Alpha Ltd 4`, `Beta Ltd 3` hold a number of something else. Words that come
    again are no sign of that where the heading itself ends in a year (`takes_any`).
    """
    ends = {at: words for at, words in cells.items() if _WHOLE.fullmatch(words[-1]) and not _leads_up(words[-2])}
    kinds = {tuple(words[:-1]) for words in ends.values()}
    enough = len(ends) >= _FEWEST and len(ends) * 4 >= len(cells) * 3
    return set(ends) if enough and (takes_any or len(kinds) == len(ends)) else set()
