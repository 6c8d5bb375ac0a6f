"""What a printed cell means: amounts, counts, percentages, dates, and the honest failures.

A reading is what a reader made of a text; the text itself always stays where it was. Readings are plain facts:
frozen, without I/O, and impossible to build in a contradictory state. Figures are `decimal.Decimal`, never `float`.
The readers that make them are in `normalise.read`.
"""

import calendar
import datetime as dt
import textwrap
from dataclasses import dataclass
from decimal import Decimal
from typing import Self


def _check_figure(amount: Decimal, scale: Decimal) -> None:
    """Refuse a figure that isn't finite, or a scale that isn't above nought."""
    if not amount.is_finite():
        raise ValueError(f"a figure must be finite, not {amount}")
    if not (scale.is_finite() and scale > 0):
        raise ValueError(f"a scale must be above nought, not {scale}")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money.

    Attributes:
        amount: the value as printed, before the scale: 9.8 for `£9.8m`.
        currency: ISO 4217 code, `GBP`; `$` if the paper does not say whose dollars.
        scale: what one unit of `amount` is worth in `currency`: 1000000 for `£9.8m`, 1000 under a `£000` header.
        qualifier: what is printed after the amount and isn't part of it, as printed: `p.a.`, `(grant)`, `*`.

    >>> Money(Decimal("9.8"), "GBP", Decimal(1_000_000)).value
    Decimal('9800000.0')
    """

    amount: Decimal
    currency: str
    scale: Decimal = Decimal(1)
    qualifier: str = ""

    def __post_init__(self) -> None:
        """Check the figures and the currency."""
        _check_figure(self.amount, self.scale)
        if not self.currency:
            raise ValueError("money needs a currency")

    @property
    def value(self) -> Decimal:
        """The amount in base units: pounds, euros."""
        return self.amount * self.scale


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that is neither money nor a percentage, such as a count of officers.

    Attributes:
        amount: the value as printed, before the scale.
        scale: 1 unless the paper prints another (`2.4 million`).
        unit: `count` where the header says so, else empty.
        qualifier: a footnote mark or note printed after the figure, as printed.
    """

    amount: Decimal
    scale: Decimal = Decimal(1)
    unit: str = ""
    qualifier: str = ""

    def __post_init__(self) -> None:
        """Check the figures."""
        _check_figure(self.amount, self.scale)

    @property
    def value(self) -> Decimal:
        """The figure with its scale multiplied out."""
        return self.amount * self.scale


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage as printed: -13.4 for `–13.4%`, never -0.134.

    Attributes:
        amount: percentage points as printed.
        qualifier: a footnote mark or note printed after the figure, as printed.
    """

    amount: Decimal
    qualifier: str = ""

    def __post_init__(self) -> None:
        """Check the figure."""
        _check_figure(self.amount, Decimal(1))


@dataclass(frozen=True, slots=True)
class Nil:
    """Nothing, and the paper says so: a printed dash or underscore, `Nil`, `n/a`, `none`. Not the same as `Blank`."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing printed at all."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that couldn't be read without guessing.

    Attributes:
        why: the reason, in words for the person who will look at the cell.

    >>> Unread.of("words rather than an amount", "Staff time")
    Unread(why="words rather than an amount: 'Staff time'")
    """

    why: str

    def __post_init__(self) -> None:
        """A refusal always says why."""
        if not self.why:
            raise ValueError("Unread needs a reason")

    @classmethod
    def of(cls, why: str, text: str) -> Self:
        """Refuse a text: the reason with the text after it, shortened if it's long."""
        return cls(f"{why}: '{textwrap.shorten(text, 80, placeholder=' …')}'")


@dataclass(frozen=True, slots=True)
class PaperDate:
    """A date at the precision printed: a year, a month or a day.

    Attributes:
        year: four figures.
        month: 1 to 12, or None where only a year is printed.
        day: of the month, or None where only a month or a year is printed.

    >>> PaperDate(2006, 9).iso
    '2006-09'
    >>> PaperDate(2006, 2, 31)
    Traceback (most recent call last):
    ValueError: there is no 31 February 2006
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse a date that the calendar doesn't have, and a day without a month."""
        if not 1000 <= self.year <= dt.MAXYEAR:
            raise ValueError(f"{self.year} isn't a year of four figures")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs a month")
            return
        if not 1 <= self.month <= 12:
            raise ValueError(f"there is no month {self.month}")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]:
            raise ValueError(f"there is no {self.day} {calendar.month_name[self.month]} {self.year}")

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision printed: `2006`, `2006-09` or `2006-09-28`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first_day(self) -> dt.date:
        """The first day that the date covers."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day that the date covers."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Period:
    """A deadline: when something starts, when it ends, whether it goes on.

    Attributes:
        start: None where the paper gives no start (`by Sept 2006`, `ongoing`).
        end: None where the paper gives no end (`from Sept 2006`, `Sept 2006 - ongoing`).
        ongoing: whether the paper says that it goes on; such a period has no end.
    """

    start: PaperDate | None
    end: PaperDate | None
    ongoing: bool = False

    def __post_init__(self) -> None:
        """Refuse a period that says nothing, goes on after its end, or ends before it starts."""
        if self.start is None and self.end is None and not self.ongoing:
            raise ValueError("a period needs a start, an end, or to be ongoing")
        if self.ongoing and self.end is not None:
            raise ValueError("an ongoing period has no end")
        if self.start and self.end and self.start.first_day > self.end.last_day:
            raise ValueError(f"it ends ({self.end.iso}) before it starts ({self.start.iso})")


Reading = Money | Number | Percent | Nil | Blank | PaperDate | Period | Unread
