"""Dates and deadlines, and what must not be read as one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.read.dates import is_whole_deadline, read_date, read_period, weekday_slip
from papers.readings import Blank, PaperDate, Period, Unread


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("28 September 2006", "2006-09-28"),
        ("02 May 2002", "2002-05-02"),
        ("23 Sep 2002", "2002-09-23"),
        ("23 Sept. 2002", "2002-09-23"),
        ("20th September 2007", "2007-09-20"),
        ("1st May, 2003", "2003-05-01"),
        ("17 APRIL 2008", "2008-04-17"),
        ("Thursday 28 September 2006", "2006-09-28"),
        ("Thurs, 28th September 2006", "2006-09-28"),
        ("24 May 04", "2004-05-24"),
        ("24 May ’04", "2004-05-24"),
        ("24 May 98", "1998-05-24"),
        ("31/3/02", "2002-03-31"),
        ("3/4/02", "2002-04-03"),
        ("31.03.2002", "2002-03-31"),
        ("2006-09-28", "2006-09-28"),
        ("29 February 2004", "2004-02-29"),
        ("Sept 2006", "2006-09"),
        ("June '01", "2001-06"),
        ("2006", "2006"),
        (" 28\u00a0September \n 2006 ", "2006-09-28"),
    ],
)
def test_a_date(text: str, iso: str) -> None:
    date = read_date(text)
    assert isinstance(date, PaperDate)
    assert date.iso == iso


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 February 2006", "there is no 31 February 2006"),
        ("29 February 2005", "there is no 29 February 2005"),
        ("0 May 2006", "there is no 0 May 2006"),
        ("3/31/02", "there is no month 31"),
        ("31/3.02", "not a date in a form that we know"),
        ("May 30", "'30' may be a day or part of a year"),
        ("Sept 20", "'20' may be a day or part of a year"),
        ("2005/06", "not a date in a form that we know"),
        ("September 28 2006", "not a date in a form that we know"),
        ("28 September 2006 at 10am", "not a date in a form that we know"),
        ("28 September", "not a date in a form that we know"),
        ("Septembe 2006", "not a date in a form that we know"),
        ("٢٨ September 2006", "not a date in a form that we know"),
        ("", "not a date in a form that we know"),
    ],
)
def test_not_a_date(text: str, why: str) -> None:
    assert read_date(text) == Unread(f"{why}: '{text}'")


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Thursday 28 September 2006", ""),
        ("Friday 28 September 2006", "28 September 2006 was a Thursday"),
        ("28 September 2006", ""),
        ("Friday 31 September 2006", ""),
        ("Friday", ""),
    ],
)
def test_a_wrong_weekday_is_seen(text: str, slip: str) -> None:
    assert weekday_slip(text) == slip


@pytest.mark.parametrize(
    ("text", "start", "end", "ongoing"),
    [
        ("Sept 2006", "2006-09", "2006-09", False),
        ("Sept. 2006", "2006-09", "2006-09", False),
        ("Sept 2006.", "2006-09", "2006-09", False),
        ("Sept 06", "2006-09", "2006-09", False),
        ("Sept ’06", "2006-09", "2006-09", False),
        ("31 March 2007", "2007-03-31", "2007-03-31", False),
        ("2006", "2006", "2006", False),
        ("Ongoing", "", "", True),
        ("On-going", "", "", True),
        ("on going", "", "", True),
        ("Continuing", "", "", True),
        ("Continuous", "", "", True),
        ("Sept 2006 - ongoing", "2006-09", "", True),
        ("Sept 2006-on going", "2006-09", "", True),
        ("May 2006 – Ongoing", "2006-05", "", True),
        ("May 2006 and ongoing", "2006-05", "", True),
        ("Aug 2004 onwards", "2004-08", "", True),
        ("From Aug 2004 onwards", "2004-08", "", True),
        ("2006/07 onwards", "2006-04", "", True),
        ("From Sept 2006", "2006-09", "", False),
        ("from Oct/Nov 2006", "2006-10", "", False),
        ("By Sept 2006", "", "2006-09", False),
        ("By end Sept 2006", "", "2006-09", False),
        ("By 30 June 2006", "", "2006-06-30", False),
        ("By 30/6/06", "", "2006-06-30", False),
        ("by end of 2006/07", "", "2007-03", False),
        ("By the end of 2006/7", "", "2007-03", False),
        ("End of Sept 2006", "2006-09", "2006-09", False),
        ("End Feb 2002", "2002-02", "2002-02", False),
        ("Oct/Nov 2006", "2006-10", "2006-11", False),
        ("Mar / April 2007", "2007-03", "2007-04", False),
        ("Dec 2006/Jan 2007", "2006-12", "2007-01", False),
        ("Jun and Dec 2010", "2010-06", "2010-12", False),
        ("Apr – Nov 2006", "2006-04", "2006-11", False),
        ("Apr-Nov 06", "2006-04", "2006-11", False),
        ("June to August 2006", "2006-06", "2006-08", False),
        ("From April to Sept 2006", "2006-04", "2006-09", False),
        ("June 2006 – April 2007", "2006-06", "2007-04", False),
        ("1 April 2006 – 31 March 2007", "2006-04-01", "2007-03-31", False),
        ("1 April – 30 June 2006", "2006-04-01", "2006-06-30", False),
        ("2006 – April 2007", "2006", "2007-04", False),
        ("Apr‑Nov 2006", "2006-04", "2006-11", False),
        ("2006‑07", "2006-04", "2007-03", False),
        ("On‑going", "", "", True),
        ("2005/06", "2005-04", "2006-03", False),
        ("2005-06", "2005-04", "2006-03", False),
        ("2005/2006", "2005-04", "2006-03", False),
        ("2002-3", "2002-04", "2003-03", False),
        ("2009/0", "2009-04", "2010-03", False),
        ("2010/1", "2010-04", "2011-03", False),
        ("06/07", "2006-04", "2007-03", False),
        ("1999/00", "1999-04", "2000-03", False),
        ("1999/2000", "1999-04", "2000-03", False),
        ("2006-07 – 2008-09", "2006-04", "2009-03", False),
        ("2008–2011", "2008", "2011", False),
        ("2008 – 2011", "2008", "2011", False),
        ("2010-13", "2010", "2013", False),
        ("2009/12", "2009", "2012", False),
        ("Q1 2006/07", "2006-04", "2006-06", False),
        ("Q3 2006/07", "2006-10", "2006-12", False),
        ("Q4 2009/10", "2010-01", "2010-03", False),
        ("Qtr 1 2010/11", "2010-04", "2010-06", False),
        ("Quarter 2 2007/8", "2007-07", "2007-09", False),
        ("July 2004 (AGM)", "2004-07", "2004-07", False),
        ("Sept 2006 (provisional)", "2006-09", "2006-09", False),
        ("Dec 2006 (Full Authority)", "2006-12", "2006-12", False),
    ],
)
def test_a_deadline(text: str, start: str, end: str, ongoing: bool) -> None:
    period = read_period(text)
    assert isinstance(period, Period)
    printed = [date.iso if date else "" for date in (period.start, period.end)]
    assert (*printed, period.ongoing) == (start, end, ongoing)
    assert is_whole_deadline(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Spring 2006", "a season has no fixed months"),
        ("Early autumn 2004", "a season has no fixed months"),
        ("Quarterly", "how often, but not when"),
        ("Half-yearly", "how often, but not when"),
        ("Every six months", "how often, but not when"),
        ("Each term", "how often, but not when"),
        ("tbc", "not fixed yet"),
        ("To be confirmed", "not fixed yet"),
        ("As and when", "no date in it"),
        ("Immediate", "no date in it"),
        ("-", "a printed nothing"),
    ],
)
def test_a_whole_deadline_without_a_date(text: str, why: str) -> None:
    assert read_period(text) == Unread(f"{why}: '{text}'")
    assert is_whole_deadline(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("g Sept 2006", "'g' isn't understood"),
        ("ity Sept 2006", "'ity' isn't understood"),
        ("Sept 2006 or August 2004", "'or August 2004' isn't understood"),
        ("Sept 2006 - ongoing g", "'g' isn't understood"),
        ("a Sept 2006 b", "'a … b' isn't understood"),
        ("Sept 2006 Dec 2006", "'Dec 2006' isn't understood"),
        ("Sept 2006 (ongoing)", "'(ongoing)' isn't understood"),
        ("Sept 2006 (or Oct)", "'(or Oct)' isn't understood"),
        ("Sept 2006 (provis", "'(provis' isn't understood"),
        ("Sept 2006 [1]", "'[1]' isn't understood"),
        ("and ongoing", "'and' isn't understood"),
        ("Q3 2006", "'Q3' isn't understood"),
        ("Apr - September", "no year is printed"),
        ("Sept", "no year is printed"),
        ("onwards", "no year is printed"),
        ("Sept […]", "no year is printed"),
        ("Report to COP", "words rather than a date"),
        ("31 Feb 2007", "there is no 31 February 2007"),
        ("Sept 20", "'20' may be a day or part of a year"),
        ("Dec 2006 - Mar 2006", "it ends (2006-03) before it starts (2006-12)"),
        ("Nov - Feb 2007", "it ends (2007-02) before it starts (2007-11)"),
        ("2006 - 2007", "either a financial year or two years"),
        ("2006-07-2008", "not a deadline in a form that we know"),
        ("2005/06/07", "not a deadline in a form that we know"),
        ("Sept 200", "not a deadline in a form that we know"),
        ("Sept2006", "not a deadline in a form that we know"),
        ("20014/15", "not a deadline in a form that we know"),
        ("2003/03", "years that make neither a financial year nor a plan"),
        ("2006/0", "years that make neither a financial year nor a plan"),
        ("2006/007", "years that make neither a financial year nor a plan"),
        ("2002-5", "years that make neither a financial year nor a plan"),
        ("2010-20", "years that make neither a financial year nor a plan"),
        ("06/08", "years that make neither a financial year nor a plan"),
        ("Q3 2006/08", "'Q3' isn't understood"),
    ],
)
def test_not_a_deadline(text: str, why: str) -> None:
    reading = read_period(text)
    assert reading == Unread(f"{why}: '{text}'")
    assert not is_whole_deadline(text)


@pytest.mark.parametrize("text", ["", " ", "\u00a0\n"])
def test_no_deadline_printed(text: str) -> None:
    assert read_period(text) == Blank()
    assert not is_whole_deadline(text)


@pytest.mark.parametrize(
    ("start", "end", "ongoing", "why"),
    [
        (None, None, False, "a period needs"),
        (None, PaperDate(2006), True, "an ongoing period has no end"),
        (PaperDate(2007), PaperDate(2006), False, "it ends"),
    ],
    ids=["says-nothing", "goes-on-after-its-end", "ends-before-it-starts"],
)
def test_a_period_cannot_contradict_itself(
    start: PaperDate | None, end: PaperDate | None, ongoing: bool, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Period(start, end, ongoing)


@pytest.mark.parametrize(
    "parts",
    [(2006, None, 3), (2006, 13, None), (2006, 2, 29), (6, 1, 1)],
    ids=["day-alone", "month-13", "no-day", "year-6"],
)
def test_a_date_must_exist(parts: tuple[int, int | None, int | None]) -> None:
    with pytest.raises(ValueError, match=r"day|month|year|there is no"):
        PaperDate(*parts)


def test_a_date_covers_its_days() -> None:
    assert (PaperDate(2004, 2).first_day, PaperDate(2004, 2).last_day) == (dt.date(2004, 2, 1), dt.date(2004, 2, 29))
    assert (PaperDate(2006).first_day, PaperDate(2006).last_day) == (dt.date(2006, 1, 1), dt.date(2006, 12, 31))


days = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2018, 12, 31))
DAY_FORMS = [
    "{0.day} {0:%B %Y}",
    "{0:%d %b %Y}",
    "{0:%A} {0.day} {0:%B} {0.year}",
    "{0.day}/{0.month}/{0:%y}",
    "{0:%Y-%m-%d}",
]
MONTH_FORMS = ["{0:%B} {0.year}", "{0:%b} {0.year}", "{0:%b} '{0:%y}", "{0:%B} {0:%y}"]


@given(days, st.sampled_from(DAY_FORMS))
def test_days_read_back(day: dt.date, form: str) -> None:
    text = form.format(day)
    assert read_date(text) == PaperDate(day.year, day.month, day.day)
    assert weekday_slip(text) == ""


@given(days, st.sampled_from(MONTH_FORMS))
def test_months_read_back(day: dt.date, form: str) -> None:
    month = PaperDate(day.year, day.month)
    text = form.format(day)
    assert read_date(text) == month
    assert read_period(text) == Period(month, month)
    assert read_period(f"By {text}") == Period(None, month)
    assert read_period(f"{text} – ongoing") == Period(month, None, ongoing=True)


@given(days, days, st.sampled_from(MONTH_FORMS), st.sampled_from([" - ", "–", " to "]))
def test_ranges_read_back_unless_turned_round(first: dt.date, last: dt.date, form: str, to: str) -> None:
    start, end = PaperDate(first.year, first.month), PaperDate(last.year, last.month)
    reading = read_period(form.format(first) + to + form.format(last))
    if start.first_day > end.last_day:
        assert isinstance(reading, Unread)
    else:
        assert reading == Period(start, end)


@given(st.integers(min_value=1990, max_value=2017))
def test_a_financial_year_is_april_to_march(year: int) -> None:
    april_to_march = Period(PaperDate(year, 4), PaperDate(year + 1, 3))
    following = str(year + 1)
    for text in (
        f"{year}/{following[2:]}",
        f"{year}-{following[3:]}",
        f"{year}/{following}",
        f"{year % 100:02}/{following[2:]}",
    ):
        assert read_period(text) == april_to_march


@given(days, st.sampled_from(DAY_FORMS + MONTH_FORMS), st.sampled_from(["g", "ity", "nd work", "Anels),", "ork", "s"]))
def test_the_end_of_a_neighbour_makes_a_deadline_unread(day: dt.date, form: str, tail: str) -> None:
    text = form.format(day)
    assert isinstance(read_period(text), Period)
    assert not is_whole_deadline(f"{tail} {text}")
    assert not is_whole_deadline(f"{text} {tail}")


@given(st.text() | st.text(alphabet="SeptMayJun0123456789/-– ()'.byendofto"))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(read_period(text), Period | Unread | Blank)
    assert isinstance(read_date(text), PaperDate | Unread)
    assert isinstance(is_whole_deadline(text), bool)
    weekday_slip(text)
