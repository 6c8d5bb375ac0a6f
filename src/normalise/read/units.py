"""What headers, captions and unit rows say about the figures below them.

Source of the forms: 148 archived pages (`£000`, `£m` and `£’ 000`, with apostrophe and space, stand in headings only)
and the work plan of 2006 (`Budget (#6621)`).
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

ONE = Decimal(1)
THOUSAND = Decimal(1_000)
MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
POUNDS = "GBP"


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column or table.

    Attributes:
        kind: `currency`, `%` (percentages as printed) or `count`.
        scale: what a printed 1 is worth in base units; 1000 for `£000`. Always 1 for `%`.
        currency: which it is, if it is one: see `CURRENCIES`.
    """

    kind: Literal["currency", "%", "count"]
    scale: Decimal = ONE
    currency: str = field(default=POUNDS, repr=False)

    def __post_init__(self) -> None:
        """Percentages are kept as printed, so they have no scale."""
        if self.scale <= 0 or (self.kind == "%" and self.scale != ONE):
            raise ValueError(f"{self.kind} can't have the scale {self.scale}")


CURRENCIES = {"£": POUNDS, "€": "EUR", "$": "$", "us$": "USD", "gbp": "GBP", "eur": "EUR", "usd": "USD"}
"""Signs of money, and what they stand for: ISO 4217 codes, but for dollars of which the paper doesn't say whose."""
SIGN = r"(?:£|€|(?:\bUS ?)?\$|\b(?:GBP|EUR|USD)\b)"
_SIGN = re.compile(SIGN, re.ASCII | re.IGNORECASE)

# The scale words after a pound sign in a header; `000` stands for £000, £000s, £'000 and £’ 000.
SCALE_WORDS = {
    "": ONE,  # Budget (£)
    "000": THOUSAND,
    "k": THOUSAND,  # £250k
    "thousand": THOUSAND,
    "m": MILLION,  # £9.8m, £1,930M
    "mn": MILLION,
    "million": MILLION,  # £40 million
    "bn": BILLION,
    "billion": BILLION,
}
# A sign with figures after it is an amount (`Items over £500`, `£000,500`), not a unit.
_MONEY = re.compile(
    rf"(?P<sign>{SIGN})"
    r"(?: ?['’‘]? ?(?P<scale>000|k|thousand|mn?|million|bn|billion)(?:'?s)?(?![a-z])(?![.,]?[0-9])"
    r"|(?! ?['’‘]? ?[0-9])(?![a-z]))",
    re.ASCII | re.IGNORECASE,
)
# `%`, `% change`, `Percentage`; not the `5%` of `5% of plans`.
_PER_CENT = re.compile(r"(?<![0-9])(?<![0-9] )%|\b(?:per ?cent|percentage)\b", re.ASCII | re.IGNORECASE)
# Words that make a count only when they are the whole header or open it: `No.`, `Number`, `Number of officers`.
_COUNT = re.compile(r"nos?\.|numbers?|(?:nos?\.?|numbers?) of .+", re.ASCII | re.IGNORECASE)
# Words that make a count wherever they stand, if no other unit does: `Posts (FTE)`, `Change (no.)`, `Headcount`.
_COUNTED = re.compile(r"\b(?:f\.?t\.?es?|w\.?t\.?es?|full[ -]time equivalents?|head ?count|posts)\b|\(nos?\.?\)", re.I)

# `£000`, `(£m)`, `£ million`; `%`, `No.`: a text that says nothing but a unit.
_MONEY_ONLY = re.compile(
    rf"\(? ?{SIGN} ?['’‘]? ?(?:000|k|thousand|mn?|million|bn|billion)?(?:'?s)? ?\)?", re.ASCII | re.IGNORECASE
)
_UNIT_ONLY = re.compile(r"\(? ?(?:%|per ?cent|percentage|nos?\.?|numbers?|f\.?t\.?es?) ?\)?", re.ASCII | re.IGNORECASE)

# `Hours (000s)`, `Population (thousands)`, `in millions`: so many, and not of what. `£000` and `2,000` are none.
_SCALE_ALONE = re.compile(
    r"(?<![0-9£€$,.'’‘])(?<![£€$] )['’‘]?000'?s?(?![0-9])"
    r"|\b(?:thousand|million|billion)s\b|\((?:thousand|million|billion)\)",
    re.ASCII | re.IGNORECASE,
)

_CODE = re.compile(r"\( ?(?P<sign>#)? ?(?P<code>[0-9]+) ?\)")
# A four-figure number that is a year of the archive, or of a plan made in it, isn't taken for a code.
_FIRST_YEAR, _LAST_YEAR = 1990, 2029


def currency_of(sign: str) -> str:
    """The currency that a sign stands for.

    >>> currency_of("£"), currency_of("US $"), currency_of("eur")
    ('GBP', 'USD', 'EUR')
    """
    return CURRENCIES[sign.replace(" ", "").lower()]


def printed_currencies(text: str) -> frozenset[str]:
    """The currencies whose signs stand in a text.

    >>> sorted(printed_currencies("£5 (€7)")), printed_currencies("surplus 5")
    (['EUR', 'GBP'], frozenset())
    """
    return frozenset(map(currency_of, _SIGN.findall(text)))


def read_unit(text: str) -> Unit | None:
    """Read the unit that a header, a caption or a unit row states.

    Must not act on an amount (`Items over £500`), nor where two different units are stated (`£000 / %`): then None,
    and whoever asked must look elsewhere or refuse.

    >>> read_unit("2006/07 (£’ 000)")
    Unit(kind='currency', scale=Decimal('1000'))
    >>> read_unit("Budget (£)")
    Unit(kind='currency', scale=Decimal('1'))
    >>> read_unit("% change")
    Unit(kind='%', scale=Decimal('1'))
    >>> read_unit("Number of officers")
    Unit(kind='count', scale=Decimal('1'))
    >>> read_unit("Items over £500") is None
    True
    """
    text = " ".join(text.split())
    if _COUNT.fullmatch(text.strip("()")):
        return Unit("count")
    stated = {
        Unit("currency", SCALE_WORDS[(mark["scale"] or "").lower()], currency_of(mark["sign"]))
        for mark in _MONEY.finditer(text)
    }
    if _PER_CENT.search(text):
        stated.add(Unit("%"))
    if not stated and _COUNTED.search(text):
        return Unit("count")
    return stated.pop() if len(stated) == 1 else None


def states_scale_alone(text: str) -> bool:
    """Whether a header says that its figures are thousands or millions, and not of what.

    >>> [states_scale_alone(text) for text in ("Hours (000s)", "Visits, in millions", "£000", "Over 2,000", "£ 000s")]
    [True, True, False, False, False]
    """
    return _SCALE_ALONE.search(text) is not None and read_unit(text) is None


def is_unit(text: str) -> bool:
    """Whether a text says nothing but a unit.

    >>> is_unit("(£’ 000)"), is_unit("%"), is_unit("% change")
    (True, True, False)
    """
    return is_money_unit(text) or _UNIT_ONLY.fullmatch(" ".join(text.split())) is not None


def is_money_unit(text: str) -> bool:
    """Whether a text says nothing but a unit of money."""
    return _MONEY_ONLY.fullmatch(" ".join(text.split())) is not None


def read_budget_code(header: str) -> str | None:
    """Read the cost code in a budget header, as printed, without its number sign.

    A code is the only pair of round brackets that holds nothing but figures. Without a number sign it must have three
    figures or more (fewer is a footnote), must not be a year (`Budget (2006)`) and must not be `000` (a unit).

    >>> read_budget_code("Budget (#6621)"), read_budget_code("Budget (1451)")
    ('6621', '1451')
    >>> read_budget_code("Budget (2006)"), read_budget_code("Budget (£000)")
    (None, None)
    """
    found = list(_CODE.finditer(header))
    if len(found) != 1:
        return None
    code = found[0]["code"]
    if found[0]["sign"]:
        return code
    is_year = len(code) == 4 and _FIRST_YEAR <= int(code) <= _LAST_YEAR
    return None if len(code) < 3 or is_year or int(code) == 0 else code
