"""What dates and deadlines mean.

We read them ourselves: date libraries read `2005/06` as June 2005. A text is read only if the grammar covers all of it,
because a repair takes a deadline that reads as evidence that the cell is whole. Source of the forms: the work plan of
2006 and the deadline rules of the work plan bench; the dates themselves are in `spans`.

    deadline = ongoing
             | ["from"] span ("- ongoing" | "and ongoing" | "onwards")
             | "from" span
             | "by" ["the"] ["end" ["of"]] span
             | "end" ["of"] span
             | span
             | ["from"] span ("-" | "to") span        (a year that is written once holds for both)

each with or without an aside in brackets, such as `(provisional)`.
"""

import re
from collections.abc import Callable
from typing import Final

from normalise.read.spans import FLAGS, MONTH, YEAR, Span, clean, printed_date, printed_span, printed_weekday
from papers.readings import Blank, PaperDate, Period, Unread

_GOES_ON = r"(?:on[ -]?going|continuing|continuous)"
_ONGOING = re.compile(_GOES_ON, FLAGS)

# The words around a date, and what they make of it; tried in this order.
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[Span], Period]], ...]] = (
    # Sept 2006 - ongoing   May 2006 and ongoing   Aug 2004 onwards
    (
        re.compile(rf"(?:from )?(?P<span>.+?)(?:(?: ?- ?| and ){_GOES_ON}| onwards)", FLAGS),
        lambda span: Period(span.first, None, ongoing=True),
    ),
    # From Sept 2006
    (re.compile(r"from (?P<span>.+)", FLAGS), lambda span: Period(span.first, None)),
    # By 30 June 2006   By end Sept 2006   by the end of 2006/07
    (re.compile(r"by (?:the )?(?:end (?:of )?)?(?P<span>.+)", FLAGS), lambda span: Period(None, span.last)),
    # End of Sept 2006   End Feb 2002
    (re.compile(r"end (?:of )?(?P<span>.+)", FLAGS), lambda span: Period(span.last, span.last)),
    # Sept 2006   2006/07   Oct/Nov 2006
    (re.compile(r"(?P<span>.+)", FLAGS), lambda span: Period(span.first, span.last)),
)

_LONGEST = 200
"""No deadline has more characters; a cell of many thousand would take its time for nothing."""
_FROM = re.compile(r"from ", FLAGS)
_TO = re.compile(r" ?- ?| to ", FLAGS)
_CHAIN = re.compile(r"[0-9]-[0-9]+-[0-9]")  # 2006-07-2008: nobody can say where it divides
_YEAR_AT_END = re.compile(rf" {YEAR}\Z")

# (provisional), (AGM), (Full Authority): words, with no figures and nothing about time.
_ASIDE = re.compile(r"(?P<deadline>[^()]+?) ?\((?P<aside>[^()\[\]0-9]*[a-z][^()\[\]0-9]*)\)", FLAGS)
_OF_TIME = re.compile(rf"\b(?:{MONTH}|{_GOES_ON}|onwards)(?![a-z])", FLAGS)

# Deadlines that are whole, but with nothing to put into a start or an end.
_WORDINGS: Final = tuple(
    (re.compile(form, FLAGS), why)
    for form, why in (
        # Spring 2006   Early autumn 2004
        (
            rf"(?:by |in |from )?(?:early |mid[ -]|late )?(?:spring|summer|autumn|winter)(?: {YEAR})?",
            "a season has no fixed months",
        ),
        # Quarterly   Half-yearly   Twice yearly   Annually
        (r"(?:half[ -]|twice |six[ -])?(?:weekly|monthly|quarterly|termly|yearly|annually)", "how often, but not when"),
        # Every six months   Each term
        (
            r"(?:each|every)(?: (?:other|second|third|few|two|three|four|five|six|nine|ten|twelve|\d{1,2}))?"
            r" (?:week|month|quarter|term|year)s?",
            "how often, but not when",
        ),
        # tbc   To be confirmed
        (r"tbc|tba|to be (?:confirmed|agreed|announced|decided)", "not fixed yet"),
        # As and when   As required   Immediate
        (r"as and when(?: (?:required|needed|necessary))?", "no date in it"),
        (r"as (?:required|needed|necessary)|immediate(?:ly)?", "no date in it"),
        (r"-+|_+|nil|none|n/a", "a printed nothing"),
    )
)


def read_date(text: str) -> PaperDate | Unread:
    """Read a single date at the precision printed: a day, a month or a year.

    UK papers put the day first, so `3/4/02` is 3 April 2002, and `3/31/02` isn't turned round but refused. A year of
    two figures is read from 1990 to 2018 only. A weekday in front is passed over; see `weekday_slip`.

    >>> read_date("Thursday 28 September 2006").iso, read_date("31/3/02").iso, read_date("Sept '06").iso
    ('2006-09-28', '2002-03-31', '2006-09')
    >>> read_date("31 February 2006").why
    "there is no 31 February 2006: '31 February 2006'"
    """
    cleaned = clean(text)
    try:
        date = printed_date(cleaned)
    except ValueError as impossible:
        return Unread.of(str(impossible), cleaned)
    return date or Unread.of("not a date in a form that we know", cleaned)


def weekday_slip(text: str) -> str:
    """Say what is wrong with the weekday of a date; empty if nothing is, or if none is printed.

    One archived page names the wrong day. The date still reads as printed; this is for whoever checks it.

    >>> weekday_slip("Friday 28 September 2006")
    '28 September 2006 was a Thursday'
    """
    weekday, date = printed_weekday(clean(text)), read_date(text)
    if weekday is None or isinstance(date, Unread):
        return ""
    day = date.first_day
    return "" if day.weekday() == weekday else f"{day.day} {day:%B %Y} was a {day:%A}"


def read_period(text: str) -> Period | Unread | Blank:
    """Read a deadline.

    A month stands for the whole month and a financial year for April to March; years further apart (`2008-2011`) are a
    plan and stay years. Must not act where anything is left over (`g Sept 2006`), where no year is printed, on seasons
    and frequencies, where the end would come before the start (`Nov - Feb 2007`), or on `2006 - 2007` with spaces,
    which may be a financial year or two years.

    >>> read_period("Sept 2006 - ongoing")
    Period(start=PaperDate(year=2006, month=9, day=None), end=None, ongoing=True)
    >>> period = read_period("Apr – Nov 2006"); period.start.iso, period.end.iso
    ('2006-04', '2006-11')
    >>> read_period("Sept 2006 or August 2004").why
    "'or August 2004' isn't understood: 'Sept 2006 or August 2004'"
    >>> read_period("Quarterly").why
    "how often, but not when: 'Quarterly'"
    """
    cleaned = _without_stop(text)
    if not cleaned:
        return Blank()
    try:
        period = _period(cleaned)
    except ValueError as impossible:
        return Unread.of(str(impossible), cleaned)
    return period or Unread.of(_why_not(cleaned), cleaned)


def is_whole_deadline(text: str) -> bool:
    """Say whether a text is a complete deadline, with a date or, like `tbc` or `Spring 2006`, without one.

    >>> [is_whole_deadline(text) for text in ("Sept 2006", "Quarterly", "ity Sept 2006", "")]
    [True, True, False, False]
    """
    cleaned = _without_stop(text)
    return bool(cleaned) and (_reads(cleaned) or _wording(cleaned) != "")


_HEADLESS = re.compile(
    "|".join(
        (
            r"[-–—] ?.+",  # – June 2002
            r"end (?:of )?.+",  # end July 2004
            r"(?:19|20)\d\d(?: onwards| ?[-–] ?[A-Za-z].+| (?:and|to) [A-Za-z].+)?",  # 2007   2006 to March 2007
            rf"(?i:{MONTH} {YEAR} ?[-–] ?\d{{1,2}} {MONTH}.*)",  # April 2006 – 31 March 2007
        )
    )
)


def lacks_beginning(text: str) -> bool:
    """Say whether a deadline reads as if its first word were lost: `2007 onwards`, `end July 2004`, `– June 2002`.

    Whether it is depends on how others of its table are written.

    >>> [lacks_beginning(text) for text in ("2006 onwards", "April 2006 - 31 March 2007", "End of May 2006", "2006/07")]
    [True, True, False, False]
    """
    return bool(_HEADLESS.fullmatch(_without_stop(text)))


def _without_stop(text: str) -> str:
    """Clean a deadline and drop a full stop at its end."""
    return clean(text).removesuffix(".").rstrip()


def _period(text: str) -> Period | None:
    """Read a cleaned deadline; None if the grammar doesn't cover it, ValueError if it can't be."""
    if len(text) > _LONGEST:
        return None
    if aside := _ASIDE.fullmatch(text):
        return None if _OF_TIME.search(aside["aside"]) else _period(aside["deadline"])
    if _ONGOING.fullmatch(text):
        return Period(None, None, ongoing=True)
    for form, period in _FORMS:
        if (found := form.fullmatch(text)) and (span := printed_span(found["span"])):
            return period(span)
    return _range(_FROM.sub("", text, count=1) if _FROM.match(text) else text)


def _range(text: str) -> Period | None:
    """Read from one date to another: `Apr - Nov 2006`, `1 April 2006 - 31 March 2007`, `2006 - April 2007`."""
    if _CHAIN.search(text):
        return None
    for to in _TO.finditer(text):
        left, right = text[: to.start()], text[to.end() :]
        year = _YEAR_AT_END.search(right)
        last = printed_span(right)
        first = printed_span(left) or (printed_span(left + year[0]) if year else None)
        if first and last:
            if first.last.month is last.first.month is None and last.first.year == first.last.year + 1:
                raise ValueError("either a financial year or two years")
            return Period(first.first, last.last)
    return None


def _wording(text: str) -> str:
    """Say why a known wording has no date; empty if it's none of them."""
    return next((why for form, why in _WORDINGS if form.fullmatch(text)), "")


def _why_not(text: str) -> str:
    """Say why a deadline isn't covered, and name what is left over beside a part that could be read."""
    if why := _wording(text):
        return why
    if rest := _left_over(text):
        return f"'{rest}' isn't understood"
    if not re.search("[0-9]", text):
        return "no year is printed" if _OF_TIME.search(text) else "words rather than a date"
    return "not a deadline in a form that we know"


def _left_over(text: str, most_words: int = 12) -> str:
    """Give what stays when the longest part that reads is taken out of a short text; empty if no part reads."""
    words = text.split()
    if len(words) > most_words:
        return ""
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            if _reads(" ".join(words[start : start + length])):
                return " … ".join(filter(None, (" ".join(words[:start]), " ".join(words[start + length :]))))
    return ""


def _reads(text: str) -> bool:
    """Say whether a cleaned text is a deadline by itself."""
    try:
        return _period(text) is not None
    except ValueError:
        return False
