"""What the address of an archived page says: the body, the date of the meeting, the kind of paper, its number.

Papers are kept under the path that they had on the site, and the path is often the only thing that names the body.
"""

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from normalise.read.wording import fold
from papers.readings import PaperDate


@dataclass(frozen=True, slots=True)
class Body:
    """A committee, board or panel, under one of its names. `first` and `last` are ISO days, empty where open."""

    code: str
    name: str
    also: tuple[str, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Address:
    """What a path says. `kind` and `number` are empty, `date` is None where it doesn't say."""

    code: str
    date: PaperDate | None
    kind: str
    number: str


@functools.cache
def bodies() -> tuple[Body, ...]:
    """The bodies of `bodies.toml`."""
    data: dict[str, Any] = tomllib.loads(resources.files("normalise.read").joinpath("bodies.toml").read_text("utf-8"))
    return tuple(
        Body(b["code"], b["name"], tuple(b.get("also", ())), str(b.get("from", "")), str(b.get("to", "")))
        for b in data["body"]
    )


def body_name(code: str, date: PaperDate | None) -> str:
    """The name of a body at a date; empty for an unknown code, or if the name depends on a date that is not known."""
    known = [body for body in bodies() if body.code == code]
    if date is not None:
        day = date.first_day.isoformat()
        known = [body for body in known if (body.first or day) <= day <= (body.last or day)]
    return known[0].name if len(known) == 1 else ""


def body_code(name: str) -> str:
    """The code of a body, by any of its names; empty for a body that is not in the table."""
    return _codes().get(fold(name), "")


@functools.cache
def _codes() -> dict[str, str]:
    return {fold(name): body.code for body in bodies() for name in (body.name, *body.also)}


_ITEM = r"(?P<item>minutes|agenda|\d{1,2}[a-z]?(?:-[a-z]+)?)"
_EXTRA = r"(?:-?(?:joint|agm|special|annual))?"  # 060216joint, 2011/0324-joint, 030626-agm

# Each form with a path that needs it. Case is folded: the same page exists under `Metropolitan` and `metropolitan`.
_FORMS = (
    # metropolitan/committees/x-f/2006/060216/04/index.html, mpa/2011/0324-joint/07a.txt; without an item: the agenda
    r"(?:^|/)(?P<code>CODE)/(?P<year>\d{4})/(?P<date>\d{6}|\d{4})EXTRA(?:/ITEM)?(?:/index|/default|/?)(?:\.\w+)*$",
    # x-pspm/reports/001212-03.htm, x-cop/reports/060303-agenda.htm
    r"(?:^|/)(?P<code>CODE)/reports/(?P<date>\d{6})EXTRA-ITEM(?:/index)?(?:\.\w+)*$",
    # x-f-060216-04.pdf, mpa-041028-6-appendix01.pdf: the path folded into a file name
    r"(?:^|/)(?P<code>CODE)-(?P<date>\d{6})EXTRA-ITEM(?P<appendix>-?app(?:endix)?-?\w*)?(?:\.\w+)*$",
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    codes = "|".join(sorted({re.escape(body.code) for body in bodies()}, key=len, reverse=True))
    return tuple(
        re.compile(form.replace("CODE", codes).replace("EXTRA", _EXTRA).replace("ITEM", _ITEM)) for form in _FORMS
    )


def read_address(path: str) -> Address | None:
    """Read a paper's path or web address. None if it is not that of a committee paper of a body in the table.

    The date is `YYMMDD` to 2010 and `MMDD` below a folder of the year from 2011. A number loses its padding.

    >>> read_address("Metropolitan/committees/x-f/2006/060216/04/index.html")
    Address(code='x-f', date=PaperDate(year=2006, month=2, day=16), kind='report', number='4')
    """
    folded = path.lower().replace("\\", "/")
    if "://" in folded:
        folded = re.split(r"[?#]", folded, maxsplit=1)[0]
    for pattern in _patterns():
        match = pattern.search(folded)
        if match:
            parts = match.groupdict()
            item = parts["item"] or ""
            number = item.lstrip("0") if item[:1].isdigit() else ""
            kind = "report" if number else item or "agenda"
            date = _date(parts["date"], parts.get("year") or "")
            return Address(parts["code"], date, "appendix" if parts.get("appendix") else kind, number)
    return None


def _date(figures: str, year: str) -> PaperDate | None:
    whole = year + figures if len(figures) == 4 else "20" + figures
    try:
        return PaperDate(int(whole[:4]), int(whole[4:6]), int(whole[6:8]))
    except ValueError:
        return None


# What a body's name ends with, where it is not in the table.
_ENDS = r"(?:(?:Sub-?\s?)?[Cc]ommittees?|Board|Panel|Authority|Forum|Working (?:Group|Party))"
# Where a name can't go on: `Finance Committee and presents`, `Board, provides`, `Panel setting out`.
_STOPS = r"\band [a-z]+s\b|,\s+(?:with|provides|[a-z]+ing)\b|\bsetting out\b|\bin which\b|\.\s"
_UNLISTED = re.compile(rf"[A-Z](?:(?!{_STOPS}).){{1,90}}?\b{_ENDS}\b")


@functools.cache
def _listed() -> re.Pattern[str]:
    names = sorted({name for body in bodies() for name in (body.name, *body.also)}, key=len, reverse=True)
    forms = [re.sub(r"\\ (?:&|\\&|and)\\ ", r"\\s+(?:&|and)\\s+", re.escape(name)) for name in names]
    forms = [form.replace(r"Sub\-", r"Sub[- ]?").replace("'", "['’]").replace(r"\ ", r"\s+") for form in forms]
    return re.compile(rf"(?:{'|'.join(forms)})\b", re.IGNORECASE)


def leading_body(text: str, *, listed: bool = False) -> str:
    """The name of a body that a text begins with, as printed; empty if there is none.

    A body that is not in the table is known by its last word (`Committee`, `Board`, ...), unless `listed` asks for
    bodies of the table only.

    >>> leading_body("Equal Opportunities and Diversity Board, provides data")
    'Equal Opportunities and Diversity Board'
    >>> leading_body("Transport Users' Panel and reports on buses")
    "Transport Users' Panel"
    """
    match = _listed().match(text) or (None if listed else _UNLISTED.match(text))
    return match[0] if match else ""
