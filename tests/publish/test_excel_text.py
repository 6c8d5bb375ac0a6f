"""Text for Excel's double click: what gets an apostrophe, and what must not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.excel_text import excel_safe


@pytest.mark.parametrize("text", ["=1", "＝1", "+a", "-a", "-", "@a", "\ta", "--1", "-1,73", "+44 20 7202", "-1 +cmd"])
def test_text_that_could_run_gets_an_apostrophe(text: str) -> None:
    assert excel_safe(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        *("Sept 2006", "September 2006", "28 September 2006", "28th Sept", "Thursday 28 September 2006", "May 5, 2006"),
        *("Mar-06", "1-Mar", "2006-09", "2005/06", "1-2", "1 / 2", "3/4", "3 1/2", "1/2/06 12:00", "1.2.06", " 1-2 "),
        *("12:30", "12:30:05", "10.15 am".replace(".", ":"), "10 am", "8 p"),
        *("0012", "007.5", "00", "12E5", "1e10", "1,2,3", "£1,23", "1234567890123456", "1,234,567,890,123,456"),
        *("True", "FALSE", "#N/A", "#DIV/0!"),
    ],
)
def test_text_that_excel_would_change_gets_an_apostrophe(text: str) -> None:
    assert excel_safe(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        *("-1,732", "-1732.50", "+5", "-2.5%", "-.5", "12", "0", "0.5", "3,042", "£3,000", "-£3,000", "45%", "(1,732)"),
        *("123456789012345", "2006", "1.25", "2006-09-28", "true", "false", "", " "),
    ],
)
def test_numbers_complete_dates_and_truth_values_stay(text: str) -> None:
    assert excel_safe(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("a=b", "£-5", "8a", "Report 8a", "May", "by Sept 2006", "Sept 2006 - ongoing", "1 Marsh Street", "2 Mayors"),
        *("line 9, characters 251-257", "page 4 (269,96)-(318,114)", "plan-table-01", "Section 17 of 2006", "n/a"),
        "2005/06 budget",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert excel_safe(text) == text


@given(st.text())
def test_nothing_but_an_apostrophe_is_ever_added(text: str) -> None:
    assert excel_safe(text) in (text, "'" + text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_a_number_that_excel_can_hold_stays(value: object) -> None:
    assert excel_safe(f"{value:f}") == f"{value:f}"


@pytest.mark.parametrize("text", ["1" * 10**6, "1/" * 10**6, "1," * 30, "1 " * 30, "1:" * 30, " " * 59, "jan" * 20])
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    excel_safe(text)
    assert time.process_time() - started < 0.5
