"""What one printed date covers: a day, a month, a pair of months, a year, a financial year, a quarter, a plan.

Source of the forms: the dates and years of 148 archived pages (`2005/06` 132 times, `2005/2006` 7, `2009-10` 6, `06/07`
6, `2005/6` 5, `2002-3` 3, plans such as `2008-2011`, `2010-13` and `2009/12`) and the work plan of 2006. All texts are
cleaned first, see `clean`. Every function gives None for a text in another form, and raises ValueError for a text in
its own form that can't be, such as 31 February.
"""

import re
from typing import Final, NamedTuple

from papers.readings import PaperDate

FLAGS: Final = re.ASCII | re.IGNORECASE

_MONTH_NAMES: Final = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBERS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MONTH: Final = rf"(?:{'|'.join(name for names in _MONTH_NAMES for name in names)})\.?"
FULL_YEAR: Final = r"(?:19|20)[0-9]{2}"
YEAR: Final = rf"(?:{FULL_YEAR}|'?[0-9]{{2}})"  # 2006   06   '06

# The archive holds papers of 2000-2012, whose plans go on a little. A year of two figures outside this window may be a
# day, and 19 and 20 may be what is left of a cut year.
_FIRST_SHORT_YEAR, _LAST_SHORT_YEAR = 1990, 2018
# The plans seen are of three years. More than this may be two dates, or a cut one (`2010-20`).
_LONGEST_PLAN = 5

# Thursday 28 September 2006   20th September 2007   17 APRIL 2008   24 May 04
_LONG_DATE = re.compile(
    r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH}),? (?P<year>{YEAR})",
    FLAGS,
)
_DATES: Final = (
    _LONG_DATE,
    re.compile(
        rf"(?P<day>[0-9]{{1,2}})(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<year>{YEAR})", FLAGS
    ),  # 31/3/02
    re.compile(rf"(?P<year>{FULL_YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})", FLAGS),  # 2006-09-28
    re.compile(rf"(?P<month>{MONTH}),? (?P<year>{YEAR})", FLAGS),  # Sept 2006   April 02   June '01
    re.compile(rf"(?P<year>{FULL_YEAR})", FLAGS),  # 2006
)
# Oct/Nov 2006   May and Sept 2007   Dec 2006/Jan 2007
_MONTH_PAIR = re.compile(
    rf"(?P<first>{MONTH})(?: (?P<first_year>{YEAR}))?(?: ?/ ?| and | & )(?P<last>{MONTH}) (?P<year>{YEAR})", FLAGS
)
_YEARS = re.compile(
    rf"(?P<first>{FULL_YEAR})[/-](?P<last>[0-9]{{1,4}})|(?P<short>[0-9]{{2}})/(?P<next>[0-9]{{2}})", FLAGS
)
_QUARTER = re.compile(
    r"(?:q|qtr|quarter) ?(?P<quarter>[1-4]),? (?P<years>[0-9/-]+)", FLAGS
)  # Q3 2006/07   Qtr 1 2010/11


class Span(NamedTuple):
    """What one printed date covers, from its first part to its last, each at the precision printed."""

    first: PaperDate
    last: PaperDate


def clean(text: str) -> str:
    """Write one kind of space, of dash and of apostrophe, as the forms expect; the wording stays.

    >>> clean("Apr  –  Nov ’06")
    "Apr - Nov '06"
    """
    return re.sub("[‐‑‒–—−]", "-", re.sub("[‘’]", "'", " ".join(text.split())))


def printed_date(text: str) -> PaperDate | None:
    """Read a single date: a day (the day before the month, as in all UK papers), a month or a year.

    >>> [printed_date(text).iso for text in ("24 May 04", "3/4/02", "Sept 2006", "2006")]
    ['2004-05-24', '2002-04-03', '2006-09', '2006']
    """
    for form in _DATES:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month, day = parts.get("month"), parts.get("day")
            return PaperDate(_year(parts["year"]), _month(month) if month else None, int(day) if day else None)
    return None


def printed_weekday(text: str) -> int | None:
    """Read the weekday in front of a date, 0 for Monday.

    >>> printed_weekday("Thurs 28 Sept 2006")
    3
    """
    found = _LONG_DATE.fullmatch(text)
    return _WEEKDAYS.index(found["weekday"][:3].lower()) if found and found["weekday"] else None


def printed_span(text: str) -> Span | None:
    """Read one printed date of whatever kind.

    >>> span = printed_span("Oct/Nov 2006"); span.first.iso, span.last.iso
    ('2006-10', '2006-11')
    >>> span = printed_span("Q4 2006/07"); span.first.iso, span.last.iso
    ('2007-01', '2007-03')
    """
    if date := printed_date(text):
        return Span(date, date)
    if pair := _MONTH_PAIR.fullmatch(text):
        last_year = _year(pair["year"])
        first_year = _year(pair["first_year"]) if pair["first_year"] else last_year
        return Span(PaperDate(first_year, _month(pair["first"])), PaperDate(last_year, _month(pair["last"])))
    if quarter := _QUARTER.fullmatch(text):
        return _quarter(int(quarter["quarter"]), quarter["years"])
    return _years(text)


def _years(text: str) -> Span | None:
    """Read years printed together: a financial year if they follow one another, else a plan of several years.

    A financial year is given in months, April to March. Refuses slips (`2003/03`, `2006/05`) and what may be either
    (`2002/9`).

    >>> span = _years("2005/6"); span.first.iso, span.last.iso
    ('2005-04', '2006-03')
    >>> span = _years("2009/12"); span.first.iso, span.last.iso
    ('2009', '2012')
    >>> _years("2003/03")
    Traceback (most recent call last):
    ValueError: years that make neither a financial year nor a plan
    """
    found = _YEARS.fullmatch(text)
    if not found:
        return None
    first = _year(found["first"] or found["short"])
    tail = found["last"] or found["next"]
    if len(tail) != 3 and str(first + 1).endswith(tail):
        return Span(PaperDate(first, 4), PaperDate(first + 1, 3))
    last = int(str(first)[: -len(tail)] + tail)
    if found["first"] and len(tail) in (2, 4) and 1 < last - first <= _LONGEST_PLAN:
        return Span(PaperDate(first), PaperDate(last))
    raise ValueError("years that make neither a financial year nor a plan")


def _quarter(quarter: int, years: str) -> Span | None:
    """Read a quarter of a financial year: the first is April to June, the fourth January to March.

    A quarter of a calendar year may be meant either way, so `Q3 2006` isn't read.
    """
    span = _years(years)
    if span is None or span.first.month is None:
        return None
    year, month = (span.last.year, 1) if quarter == 4 else (span.first.year, 3 * quarter + 1)
    return Span(PaperDate(year, month), PaperDate(year, month + 2))


def _year(printed: str) -> int:
    """Read a year of four figures, or of two within the archive's window."""
    if len(printed) == 4:
        return int(printed)
    for century in (1900, 2000):
        year = century + int(printed.removeprefix("'"))
        if _FIRST_SHORT_YEAR <= year <= _LAST_SHORT_YEAR:
            return year
    raise ValueError(f"'{printed}' may be a day or part of a year")


def _month(printed: str) -> int:
    """Read the number of a month that is printed as a name or as a number."""
    return int(printed) if printed.isdigit() else _MONTH_NUMBERS[printed.lower().removesuffix(".")]
