"""One cell of a table, read: its kind, its value in base units, its unit, and why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from normalise.read.body import RowType
from normalise.read.money import read_number
from normalise.read.units import Unit
from papers.paper import Cell
from papers.readings import Blank, Money, Nil, Number, Percent, Reading, Unread

CellKind = Literal["text", "money", "number", "percent", "date", "nil", "blank"]

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table. `row` and `column` count from 1 in the table, `line` and `index` from 0 in the paper.

    `columns` is how many columns it covers, as far as the table has them. `value` is in base units (£000 multiplied
    out; percentages as printed), `step` is what its last printed place is worth in them (1000 under £000, 100000 for
    £9.8m), `iso` holds a date or a period as ISO 8601. `why` says why a figure could not be read, `doubt` why it is
    unsure what one that was read is worth.
    """

    cell: Cell
    row: int
    column: int
    line: int
    index: int
    row_type: RowType
    kind: CellKind
    value: Decimal | None = None
    unit: str = ""
    iso: str = ""
    step: Decimal = ONE
    columns: int = 1
    why: str = ""
    doubt: str = ""

    @property
    def measure(self) -> str:
        """What its figure may be added to: others of its kind, and of its currency."""
        return self.unit if self.kind == "money" else self.kind


class Meaning(NamedTuple):
    """What a cell was read as: the parts of a `TableCell` that come from its text."""

    kind: CellKind
    value: Decimal | None = None
    unit: str = ""
    iso: str = ""
    step: Decimal = ONE
    why: str = ""
    doubt: str = ""


BLANK = Meaning("blank")
TEXT = Meaning("text")


def meaning(reading: Reading) -> Meaning:
    """What a reading of a figure gives to its cell."""
    match reading:
        case Money():
            return Meaning("money", _scaled(reading), reading.currency, "", _step(reading.amount, reading.scale))
        case Number():
            return Meaning("number", _scaled(reading), reading.unit, "", _step(reading.amount, reading.scale))
        case Percent():
            return Meaning("percent", reading.amount, "%", "", _step(reading.amount, ONE))
        case Nil():
            return Meaning("nil")
        case Blank():
            return BLANK
        case Unread():
            return Meaning("text", why=reading.why)
        case _:
            return TEXT


def read_figure(text: str, unit: Unit | None) -> Meaning:
    """Read a cell of a table as a figure."""
    return meaning(read_number(text, unit)) if text.strip() else BLANK


def _scaled(reading: Money | Number) -> Decimal:
    """The value of a figure; one that its scale has made whole has no decimals: 9800000 for 9.8 million."""
    value = reading.value
    return value.quantize(ONE) if reading.scale != ONE and value == value.to_integral_value() else value


def _step(amount: Decimal, scale: Decimal) -> Decimal:
    """What the last printed place of a figure is worth."""
    exponent = amount.as_tuple().exponent
    return scale.scaleb(exponent) if isinstance(exponent, int) else scale
