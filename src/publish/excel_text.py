"""Text that survives Excel's double click on a CSV file.

Excel reads every field as if it were typed in: `2005/06` becomes a date in 2005, `0012` becomes 12, a number of twenty
digits loses five of them, and what begins with a sign becomes a formula. Nothing in a CSV file can forbid that but the
field's own text. An apostrophe before it is Excel's own sign for text; from a file it stays visible, so nothing is
hidden. (`="2005/06"` would be a formula, and an invisible sign would make other text of it.)
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 60
"""A longer text is neither a number nor a date to Excel."""
MOST_DIGITS: Final = 15
"""Excel holds so many digits of a number, and makes the others noughts."""

_STARTS_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?[£$€]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]+)?(?<=[0-9])%?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_WHOLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_APART = r"[\s/.,'’-]{0,3}"
_CHANGED = re.compile(
    "|".join(
        (
            r"[0-9]+(?:\s*[/-]\s*[0-9]+){1,2}(?:\s+[0-9:.]+\s*(?:[ap]\.?m?\.?)?)?",  # 1-2, 2005/06, 1/2/06 12:00
            r"[0-9]+\s+[0-9]+\s*/\s*[0-9]+",  # 3 1/2
            r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}",  # 1.2.06
            rf"{_DAY}[0-9]{{1,4}}(?:st|nd|rd|th)?{_APART}{_MONTH}(?:{_APART}[0-9]{{1,4}})?",  # 28 September 2006, 1-Mar
            rf"{_DAY}{_MONTH}{_APART}[0-9]{{1,4}}(?:st|nd|rd|th)?(?:{_APART}[0-9]{{1,4}})?",  # Sept 2006, May 5, 2006
            r"[0-9]{1,3}\s*:\s*[0-9]{1,2}(?:\s*:\s*[0-9.]*)?(?:\s*[ap]\.?m?\.?)?",  # 12:30, 10:15 pm
            r"[0-9]{1,2}\s+[ap]m?",  # 10 am, 8 a
            r"[0-9]*\.?[0-9]+e[+-]?[0-9]+",  # 12E5
            r"[£$€]?\s*[0-9]+(?:,[0-9]*)+(?:\.[0-9]*)?",  # 1,2,3, which is no number as we print them
            r"true|false",
            r"#(?:n/a|null!|ref!|div/0!|value!|name\?|num!)",
        )
    ),
    re.I,
)
_TRUTH: Final = ("true", "false")
"""How the columns of truth values say it; Excel may take them for what they are."""


def excel_safe(text: str) -> str:
    """Put an apostrophe before a text that Excel would run as a formula, or show as something else.

    Numbers stay numbers if Excel can hold all their digits, also with thousands separators, a pound sign or `%`; so do
    complete dates as ISO 8601 has them, and the truth values of our columns.

    >>> [excel_safe(text) for text in ("=1+1", "Sept 2006", "0012", "-1,732", "£3,000", "2006-09-28", "2006-09")]
    ["'=1+1", "'Sept 2006", "'0012", '-1,732', '£3,000', '2006-09-28', "'2006-09"]
    """
    return f"'{text}" if _is_unsafe(text) else text


def _is_unsafe(text: str) -> bool:
    if _NUMBER.fullmatch(text):
        return bool(_LEADING_ZERO.match(text)) or _digits(text) > MOST_DIGITS
    if text.startswith(_STARTS_FORMULA):
        return True
    typed = text.strip() if len(text) <= LONGEST else ""
    if not typed or text in _TRUTH or _WHOLE_DATE.fullmatch(typed):
        return False
    return _CHANGED.fullmatch(typed) is not None


def _digits(text: str) -> int:
    """How many digits a number has, leading noughts left out."""
    return len("".join(filter(str.isdigit, text)).lstrip("0"))
