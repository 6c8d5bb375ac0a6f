"""What one paper gives to the output: rows for the tables of the contract, and its tables in their own shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | Decimal | bool | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table as read: where it stands (rows and columns count from 1), its text, and its reading.

    `value` is in base units when the cell was read as a number, else None. `kind` is as in `cells.csv`. `score` is how
    sure a recogniser is of what it read in a picture, from 0 to 1, None if the cell was not read so.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    row_type: str = "item"
    kind: str = "text"
    value: Decimal | None = None
    repaired: bool = False
    supplied: bool = False
    doubted: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a paper in its own shape. `number` counts the paper's tables from 1."""

    number: int
    table_id: str
    caption: str
    unit: str
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """All that is published of one paper.

    `rows` maps the name of a table of the contract (`cells`, `figures`, ...) to its rows for this paper; each row maps
    column names to values, `paper_id` and `source_path` included. `review` is what the review page shows of the paper,
    as JSON, and `pictures` the page pictures that belong to it, by file name. A paper that could not be read has one
    row in `papers` and nothing else.
    """

    paper_id: str
    source_path: str
    rows: Mapping[str, tuple[Row, ...]]
    grids: tuple[Grid, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    review: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
