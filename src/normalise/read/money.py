"""What figure cells mean: amounts of money, counts and percentages.

We read them ourselves, with `Decimal`: money libraries read `£9.8m` as 9.8 and `(1,732)` as positive. A wrong amount
is worse than an unread one, so a text is read only if the grammar below covers all of it; everything else becomes an
`Unread` that says why. Source of the forms: 186 amounts on 43 archived pages, the tables of 17, and the work plan of
2006.
"""

import re
from decimal import Decimal
from typing import Final, Literal

from normalise.read.marks import RAISED
from normalise.read.units import MILLION, ONE, POUNDS, SCALE_WORDS, SIGN, Unit, currency_of, read_budget_code, read_unit
from papers.readings import Blank, Money, Nil, Number, Percent, Unread

__all__ = [
    "Unit",
    "budget_kind",
    "candidate_readings",
    "read_budget_code",
    "read_money",
    "read_number",
    "read_unit",
]

_POUNDS: Final = Unit("currency")
_FLAGS: Final = re.ASCII | re.IGNORECASE

# A printed nothing. A dash or an underscore may be drawn with several strokes.
_NIL = re.compile(r"[-‐‑‒]+|–+|—+|−+|_+|nil|none|n/a", _FLAGS)

# The figure: `3,042`, `24000`, `1,883.739`. No noughts in front: `09,000` is the end of a cut `£1,109,000`. No figure
# is longer than Decimal multiplies exactly.
_FIGURE = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,14}|0)(?:\.[0-9]{1,6})?")
# A letter stands close (`£9.8m`, `£250k`, `£1,930M`), a word may stand apart (`£40 million`).
_SCALE = r"(?:k|mn?|bn| ?(?:thousand|million|billion))(?![a-z])"
_MARK = rf"(?:\*{{1,3}}|[†‡§]|\[[0-9a-z]{{1,2}}\]|[{RAISED}]{{1,4}})"  # 1,732*   1,732 [1]   1,732²
_RATE = r"(?:p\.? ?a\.?|per annum|per year)"  # £240,000 p.a.   £18,750 pa   £30,000 per annum
# `(grant)`, `(one-off)`, `(Home Office)`: words. Figures in brackets could be another amount, save in `(see note 2)`.
_ASIDE = r"\((?:(?:see )?(?:foot)?notes? [0-9]{1,2}|(?=[^()]*[a-z])[^()\[\]0-9£%]*)\)"
_MINUS = "-‐‑‒–−"  # some are written where a line must not end

_CELL = re.compile(
    r"(?P<direction>(?:up|down) )?"  # up 4.4%   down 1.8%
    rf"(?P<sign>[{_MINUS}+])?"  # +18.4%   -1,732   –13.4%
    r"(?P<open>\()?"  # (1,732)
    rf"(?P<money>{SIGN} ?)?"
    rf"(?P<late_sign>[{_MINUS}])?"  # £-1,732
    r"(?P<late_open>\()?"  # £(1,732)
    rf"(?P<figure>{_FIGURE.pattern})"
    rf"(?P<scale>{_SCALE})?"
    r"(?P<percent> ?%| per ?cent)?"
    r"(?P<close>\))?"
    r"(?P<late_percent>(?<=\)) ?%)?"  # (13.4)%
    r"(?P<stop>\.)?"  # £130,000.
    rf"(?P<qualifier>(?: ?{_MARK})?(?: ?{_RATE})?(?: ?{_ASIDE})?(?: ?{_MARK})?)",
    _FLAGS,
)

# Letters taken for figures by those who typed or scanned, one kind a line.
_LOOKALIKES: Final = (("Oo", "0"), ("lI|", "1"), ("S", "5"), ("B", "8"))
_LETTERS = "".join(letters for letters, _ in _LOOKALIKES)
_MIXED = re.compile(rf"[0-9,.{_LETTERS}]*[0-9][0-9,.{_LETTERS}]*")  # a run with at least one true figure in it
_MIXED_UP = re.compile(rf"[{_LETTERS}][,.]?[0-9]|[0-9][,.]?[{_LETTERS}]")  # £1,1O9,00O
# A full stop that can't be a decimal point: £13.0,000   £1,.109   £2.4.m   £2.50.
_STRAY_STOP = re.compile(r"\.(?=[0-9]*,)|(?<=[,.])\.|\.(?![0-9])")
_MISPLACED = re.compile(r"(?<![0-9])[,.][0-9]|[0-9][,.]+[,.%]|[0-9],(?![0-9])")  # £.5m   76.9.%   1,732,


def read_money(text: str, unit: Unit | None = None) -> Money | Nil | Blank | Unread:
    """Read a cell that should hold an amount of money, such as a budget.

    Without a unit a bare `10,000` is pounds. With one, its scale holds for bare figures; a figure with a scale of its
    own (`£2.4m`) keeps that. Must not act where a pound sign stands in a column of thousands: `£3,000` under `£000`
    may be either, so it's `Unread`. Pounds need two decimals or none: `£9.8` has lost its scale. Other currencies are
    refused.

    Args:
        text: the cell as it stands.
        unit: what the header or caption says, if anything.

    >>> read_money("£1,883.739M")
    Money(amount=Decimal('1883.739'), currency='GBP', scale=Decimal('1000000'), qualifier='')
    >>> read_money("£12,500 (one-off)")
    Money(amount=Decimal('12500'), currency='GBP', scale=Decimal('1'), qualifier='(one-off)')
    >>> read_money("(1,732)", read_unit("£000"))
    Money(amount=Decimal('-1732'), currency='GBP', scale=Decimal('1000'), qualifier='')
    >>> read_money("_"), read_money(" ")
    (Nil(), Blank())
    >>> read_money("Within existing resources").why
    "words rather than an amount: 'Within existing resources'"
    >>> read_money("£10,000-£20,000").why
    "more than one figure: '£10,000-£20,000'"
    """
    reading = read_number(text, unit or _POUNDS)
    if isinstance(reading, Percent):
        return Unread.of("a percentage rather than an amount", text)
    if isinstance(reading, Number):
        return Unread.of("a count rather than an amount", text)
    if isinstance(reading, Money) and reading.currency != POUNDS:
        return Unread.of("another currency than pounds", text)
    return reading


def read_number(text: str, unit: Unit | None = None) -> Money | Number | Percent | Nil | Blank | Unread:
    """Read a figure cell of any kind.

    What is printed in the cell (`£`, `€`, `$`, `%`) says what it is; else the unit does; else it's a plain number. Must
    not act on `2.4m` where nothing says that it's money (metres?), nor on `24.000` (a full stop for a comma was seen).

    Args:
        text: the cell as it stands.
        unit: what the header or caption says, if anything.

    >>> read_number("3,042", read_unit("Number"))
    Number(amount=Decimal('3042'), scale=Decimal('1'), unit='count', qualifier='')
    >>> read_number("–13.4%"), read_number("down 1.8%")
    (Percent(amount=Decimal('-13.4'), qualifier=''), Percent(amount=Decimal('-1.8'), qualifier=''))
    >>> read_number("1,732 [1]").qualifier
    '[1]'
    >>> read_number("76.9.%").why
    "a comma or a full stop out of place: '76.9.%'"
    """
    text = " ".join(text.split())
    if not text:
        return Blank()
    if _NIL.fullmatch(text):
        return Nil()
    cell = _CELL.fullmatch(text)
    if cell is None:
        return Unread.of(_why_not_covered(text), text)
    kind, scale = _kind(cell, unit), _scale(cell, unit)
    fault = _contradiction(cell) or _against_header(cell, unit) or _doubtful_decimals(cell["figure"], kind, scale)
    if fault:
        return Unread.of(fault, text)
    amount, qualifier = _amount(cell), cell["qualifier"].strip()
    if kind == "%":
        return Percent(amount, qualifier)
    if kind == "currency":
        return Money(amount, _currency(cell, unit), scale, qualifier)
    return Number(amount, scale, kind, qualifier)


def budget_kind(text: str, unit: Unit | None = None) -> Literal["amount", "nil", "blank", "text"]:
    """Say which kind of budget a cell holds: an amount, a printed nothing, nothing printed, or anything else.

    >>> [budget_kind(cell) for cell in ("£250k", "-", "", "Staff time")]
    ['amount', 'nil', 'blank', 'text']
    """
    match read_money(text, unit):
        case Money():
            return "amount"
        case Nil():
            return "nil"
        case Blank():
            return "blank"
        case Unread():
            return "text"


def candidate_readings(text: str, unit: Unit | None = None) -> tuple[Decimal, ...]:
    """Give every amount that a misread text could be, in pounds, each by one kind of confusion.

    The kinds: letters for figures (O 0, l I | 1, S 5, B 8), a space for a comma or beside one, a full stop for a comma,
    a stray full stop. For a rule that repairs an amount only when the sums prove it; nothing here says which of them
    is right. A text that reads as it stands has that one candidate; words have none.

    >>> candidate_readings("£1,1O9,00O"), candidate_readings("£1 109,000")
    ((Decimal('1109000'),), (Decimal('1109000'),))
    >>> candidate_readings("£130,000."), candidate_readings("tbc")
    ((Decimal('130000'),), ())
    """
    text = " ".join(text.split())
    misread = isinstance(read_money(text, unit), Unread)
    readings = [read_money(spelling, unit) for spelling in (_respellings(text) if misread else [text])]
    return tuple(dict.fromkeys(reading.value for reading in readings if isinstance(reading, Money)))


def _respellings(text: str) -> list[str]:
    """Spell a misread text in every way that undoes one kind of confusion."""
    spellings = [_as_figures(text, letters, figure) for letters, figure in _LOOKALIKES]  # £1,1O9,00O
    spellings.append(re.sub(r"(?<=[0-9]) (?=[0-9])", ",", text))  # £1 109,000
    if "," in text:
        spellings.append(re.sub(r"(?<=[0-9,]) (?=[0-9,])", "", text))  # £1, 109,000
    spellings.append(re.sub(r"(?<=[0-9])\.(?=[0-9])", ",", text))  # £1.109.000
    spellings += [text[: stop.start()] + text[stop.end() :] for stop in _STRAY_STOP.finditer(text)]
    return [spelling for spelling in spellings if spelling != text]


def _as_figures(text: str, letters: str, figure: str) -> str:
    """Write a figure for its lookalikes, where they stand among true figures; words stay."""
    return _MIXED.sub(lambda run: re.sub(f"[{letters}]", figure, run[0]), text)


def _is_percent(cell: re.Match[str]) -> bool:
    return bool(cell["percent"] or cell["late_percent"])


def _kind(cell: re.Match[str], unit: Unit | None) -> Literal["currency", "%", "count", ""]:
    """What a figure is: as its cell says, else as its header says, else nothing in particular."""
    if _is_percent(cell):
        return "%"
    if cell["money"]:
        return "currency"
    return unit.kind if unit else ""


def _currency(cell: re.Match[str], unit: Unit | None) -> str:
    """The currency of an amount: as its cell says, else as its header says."""
    if cell["money"]:
        return currency_of(cell["money"])
    return unit.currency if unit else POUNDS


def _scale(cell: re.Match[str], unit: Unit | None) -> Decimal:
    """What a printed 1 is worth: as the cell says, else, in a bare figure, as the header says."""
    if cell["scale"]:
        return SCALE_WORDS[cell["scale"].strip().lower()]
    return ONE if cell["money"] or _is_percent(cell) or unit is None else unit.scale


def _amount(cell: re.Match[str]) -> Decimal:
    """The figure of a cell with its sign, before any scale."""
    figure = Decimal(cell["figure"].replace(",", ""))
    down = (cell["direction"] or "").lower().startswith("down")
    minus = (cell["sign"] or "+") in _MINUS or cell["late_sign"] or cell["open"] or cell["late_open"]
    return -figure if down or minus else figure


def _contradiction(cell: re.Match[str]) -> str:
    """Say what in a cell contradicts itself; empty if nothing does."""
    opened = bool(cell["open"]) + bool(cell["late_open"])
    if opened != bool(cell["close"]):
        return "a bracket without its other half"
    if sum(bool(cell[sign]) for sign in ("direction", "sign", "late_sign")) + opened > 1:
        return "more than one sign"
    if cell["direction"] and not _is_percent(cell):
        return "a direction without a percentage"
    if _is_percent(cell) and cell["money"]:
        return "both an amount and a percentage"
    if cell["stop"] and "." in cell["figure"] and not cell["scale"]:
        return "a comma or a full stop out of place"
    return ""


def _against_header(cell: re.Match[str], unit: Unit | None) -> str:
    """Say where a cell and its header leave the worth of the figure open; empty if they don't."""
    kind = _kind(cell, unit)
    if cell["scale"] and kind == "%":
        return "a scale in a percentage"
    if cell["scale"] and kind != "currency" and len(cell["scale"]) <= 2:
        return "a letter that may be a scale or a measure"  # 2.4m
    if not (cell["money"] and unit and unit.kind == "currency"):
        return ""
    if _currency(cell, unit) != unit.currency:
        return "another currency than that of its column"
    if not cell["scale"] and unit.scale != ONE:
        return f"a sign of money under a header that says units of {unit.scale}"
    return ""


def _doubtful_decimals(figure: str, kind: str, scale: Decimal) -> str:
    """Say why decimals can't be taken at their word; empty if they can. Millions and percentages may have any."""
    decimals = len(figure.partition(".")[2])
    if kind == "%" or scale >= MILLION:
        return ""
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", figure):
        return "a full stop that may stand for a comma"
    if kind == "currency" and scale == ONE and decimals not in (0, 2):
        return "money with decimals that aren't pence or cents"
    return ""


def _why_not_covered(text: str) -> str:
    """Say why the grammar doesn't cover a text, as clearly as can be said without reading it."""
    figures = re.findall(r"[0-9](?:[0-9,.]*[0-9])?", text)
    if not figures:
        return "words rather than an amount"
    if "[…]" in text:
        return "part of it is known to be missing"
    if _MIXED_UP.search(text):
        return "letters among the figures"
    if re.search(r"[0-9,.] [0-9]", text):
        return "figures parted by a space"
    if len(figures) > 1:
        return "more than one figure"
    if re.match(r"0[0-9]", figures[0]):
        return "noughts in front, so the end of a cut amount or a code"
    if not _FIGURE.fullmatch(figures[0]) or _MISPLACED.search(text):
        return "a comma or a full stop out of place"
    return "not only an amount"
