"""The sheets of an OpenDocument spreadsheet: texts, numbers, dates and truth values as cells, and how they look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from publish.contract import Column
from publish.sheets import EXACT_DIGITS, NOT_IN_XML, complete_date, exact_number, written_out

Cell = Callable[[str], str]
"""Makes a cell of a text that is not empty."""

_WIDTHS: Final = (2, 3, 4, 6, 9)
"""Widths of columns in centimetres."""
_CHARACTERS: Final = 5
"""So many characters stand on a centimetre."""
_LOOKED_AT: Final = 200
"""A column is as wide as its heading and its texts in so many rows ask for."""
_STRANGE = re.compile(f"[\n\t]|  |^ | $|{NOT_IN_XML.pattern}")
_SPACES = re.compile(r"\t|^ +|(?<= ) +| +$")
_ISO: Final = '<number:{0} number:style="long"/>'


def _cell_style(name: str, data: str = "", properties: str = "", text: str = "") -> str:
    shown = f' style:data-style-name="{data}"' if data else ""
    cell = f'<style:table-cell-properties style:vertical-align="top"{properties}/>'
    return f'<style:style style:name="{name}" style:family="table-cell"{shown}>{cell}{text}</style:style>'


def _number_style(decimals: int) -> str:
    places = f'number:decimal-places="{decimals}" number:min-decimal-places="{decimals}"'
    number = f'<number:number {places} number:min-integer-digits="1" number:grouping="true"/>'
    return f'<number:number-style style:name="N{decimals}">{number}</number:number-style>'


STYLES: Final = (
    *(
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
        for width in _WIDTHS
    ),
    *(_number_style(decimals) for decimals in range(EXACT_DIGITS + 1)),
    *(_cell_style(f"n{decimals}", f"N{decimals}") for decimals in range(EXACT_DIGITS + 1)),
    '<number:date-style style:name="D">'
    + "<number:text>-</number:text>".join(map(_ISO.format, ("year", "month", "day")))
    + "</number:date-style>",
    '<number:boolean-style style:name="B"><number:boolean/></number:boolean-style>',
    _cell_style("d", "D"),
    _cell_style("b", "B"),
    _cell_style("t", properties=' fo:wrap-option="wrap"'),
    _cell_style(
        "h",
        properties=' fo:wrap-option="wrap" fo:background-color="#e7e6e6"',
        text='<style:text-properties fo:font-weight="bold"/>',
    ),
)
"""The styles that the sheets use, as XML."""


class Tally:
    """Counts rows while they pass by."""

    def __init__(self) -> None:
        self.rows = 0

    def count(self, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        """Hand rows on."""
        for row in rows:
            self.rows += 1
            yield row


def sheet(name: str, columns: Sequence[Column], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """A sheet as XML, row by row, under one row of headings."""
    first = list(islice(rows, _LOOKED_AT))
    makers = [_maker(column) for column in columns]
    yield f"<table:table table:name={quoteattr(name)}>"
    for number, column in enumerate(columns):
        longest = max((len(row[number]) for row in first), default=0)
        wanted = max(longest, len(column.name)) / _CHARACTERS
        width = next((width for width in _WIDTHS if width >= wanted), _WIDTHS[-1])
        yield f'<table:table-column table:style-name="w{width}" table:default-cell-style-name="t"/>'
    headings = "".join(text_cell(column.name, "h") for column in columns)
    yield f"<table:table-header-rows><table:table-row>{headings}</table:table-row></table:table-header-rows>"
    for row in chain(first, rows):
        cells = [make(text) if text else "<table:table-cell/>" for make, text in zip(makers, row, strict=True)]
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"
    yield "</table:table>"


def text_cell(text: str, style: str = "t") -> str:
    """A cell of text. Every line is a paragraph, and runs of spaces are kept."""
    shown = escape(text) if _STRANGE.search(text) is None else _strange(text)
    head = f'<table:table-cell table:style-name="{style}" office:value-type="string">'
    return f"{head}<text:p>{shown}</text:p></table:table-cell>"


def _strange(text: str) -> str:
    """A text with what XML would lose: line ends, tabs, spaces beside spaces, characters that no XML can hold."""
    lines = escape(NOT_IN_XML.sub(written_out, text)).split("\n")
    return "</text:p><text:p>".join(_SPACES.sub(_space, line) for line in lines)


def _space(match: re.Match[str]) -> str:
    return "<text:tab/>" if match[0] == "\t" else f'<text:s text:c="{len(match[0])}"/>'


def _maker(column: Column) -> Cell:
    """How the cells of a column are made."""
    if column.is_date:
        return _date_cell
    return {"boolean": _truth_cell, "number": _number_cell, "integer": _integer_cell}.get(column.type, text_cell)


def _date_cell(text: str) -> str:
    if complete_date(text) is None:
        return text_cell(text)
    return _value_cell("d", "date", "date-value", text, text)


def _truth_cell(text: str) -> str:
    return _value_cell("b", "boolean", "boolean-value", text, text.upper())


def _integer_cell(text: str) -> str:
    return _value_cell("t", "float", "value", text, text) if len(text) <= EXACT_DIGITS else text_cell(text)


def _number_cell(text: str) -> str:
    if exact_number(Decimal(text)) is None:
        return text_cell(text)
    return _value_cell(f"n{len(text.partition('.')[2])}", "float", "value", text, text)


def _value_cell(style: str, kind: str, attribute: str, value: str, shown: str) -> str:
    head = f'<table:table-cell table:style-name="{style}" office:value-type="{kind}" office:{attribute}="{value}">'
    return f"{head}<text:p>{shown}</text:p></table:table-cell>"
