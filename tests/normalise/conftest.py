"""Pages with one table, written short: `|` between cells, `{2x3}` for spans of rows and columns, `!` for `<th>`."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from pipeline.rows import records
from pipeline.run import Reading, read

_CELL = re.compile(r"(?P<header>!?)(?P<text>.*?)(?:\{(?P<rows>\d+)x(?P<columns>\d+)\})?", re.DOTALL)
_PROSE = "<p>1. The position at the end of the period is set out below and was discussed with the business groups.</p>"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the program reads it."""

    reading: Reading

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of one output table."""
        return [dict(row) for row in records(self.reading).rows[name]]

    @property
    def figures(self) -> dict[tuple[str, str], Any]:
        """The value of each figure by its row and column label."""
        return {(f["row_label"], f["column_label"]): f["value"] for f in self.rows("figures")}

    @property
    def units(self) -> dict[tuple[str, str], Any]:
        """The unit of each figure by its row and column label."""
        return {(f["row_label"], f["column_label"]): f["unit"] for f in self.rows("figures") if f["value"] is not None}

    @property
    def statuses(self) -> dict[str, str]:
        """The status of each check by its label."""
        return {check["label"]: check["status"] for check in self.rows("checks")}


MakePage = Callable[..., Page]


@pytest.fixture
def page() -> MakePage:
    """Make a page with one table; `above` and `below` are paragraphs around it."""

    def make(table: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> Page:
        body = "".join(map(_row, table.strip("\n").splitlines()))
        paragraphs = ["".join(f"<p>{html.escape(text)}</p>" for text in texts) for texts in (above, below)]
        source = f"{_PROSE}{paragraphs[0]}<table border=1>{body}</table>{paragraphs[1]}{_PROSE.replace('1.', '2.')}"
        return Page(read(f"<html><body><h1>A report</h1>{source}</body></html>".encode(), "page.html", "page"))

    return make


def _row(line: str) -> str:
    return f"<tr>{''.join(map(_cell, line.split('|')))}</tr>"


def _cell(text: str) -> str:
    found = _CELL.fullmatch(text.strip())
    assert found
    tag = "th" if found["header"] else "td"
    spans = f" rowspan={found['rows']} colspan={found['columns']}" if found["rows"] else ""
    return f"<{tag}{spans}>{html.escape(found['text'])}</{tag}>"
