"""Figure cells: amounts, counts, percentages, their units, and what must not be read."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from normalise.read.money import (
    Unit,
    budget_kind,
    candidate_readings,
    read_budget_code,
    read_money,
    read_number,
    read_unit,
)
from papers.readings import Blank, Money, Nil, Number, Percent, Unread

THOUSANDS = Unit("currency", Decimal(1_000))
MILLIONS = Unit("currency", Decimal(1_000_000))
COUNT = Unit("count")
PER_CENT = Unit("%")
EUROS = Unit("currency", Decimal(1_000), "EUR")


@pytest.mark.parametrize(
    ("text", "pounds", "qualifier"),
    [
        ("£3,000", "3000", ""),
        ("£500", "500", ""),
        ("£ 3,000", "3000", ""),
        ("10,000", "10000", ""),
        ("10000", "10000", ""),
        ("£130,000.", "130000", ""),
        ("£2.50", "2.50", ""),
        ("£0", "0", ""),
        ("£0.5m", "500000", ""),
        ("£0.5m.", "500000", ""),
        ("£2.4 million", "2400000", ""),
        ("£1.2 billion", "1200000000", ""),
        ("£250k", "250000", ""),
        ("£10K", "10000", ""),
        ("15k", "15000", ""),
        ("£1,930M", "1930000000", ""),
        ("£1,883.739M", "1883739000", ""),
        ("(1,732)", "-1732", ""),
        ("(£1,732)", "-1732", ""),
        ("-1,732", "-1732", ""),
        ("–1,732", "-1732", ""),
        ("−£1,732", "-1732", ""),
        ("£-1,732", "-1732", ""),
        ("£(1,732)", "-1732", ""),
        ("+£1,732", "1732", ""),
        ("£10,000 p.a.", "10000", "p.a."),
        ("£18,750 pa", "18750", "pa"),
        ("£30,000 per annum", "30000", "per annum"),
        ("£10,000 (grant)", "10000", "(grant)"),
        ("£12,500 (one-off)", "12500", "(one-off)"),
        ("£1,200 (Home Office)", "1200", "(Home Office)"),
        ("£3,000 (see note 2)", "3000", "(see note 2)"),
        ("£3,000*", "3000", "*"),
        ("£3,000 [1]", "3000", "[1]"),
        ("£240,000 p.a. (estimate)", "240000", "p.a. (estimate)"),
    ],
)
def test_an_amount(text: str, pounds: str, qualifier: str) -> None:
    reading = read_money(text)
    assert isinstance(reading, Money)
    assert (reading.value, reading.currency, reading.qualifier) == (Decimal(pounds), "GBP", qualifier)
    assert budget_kind(text) == "amount"


@pytest.mark.parametrize("text", ["-", "–", "—", "−", "_", "--", "Nil", "nil", "NIL", "n/a", "N/A", "none", " - "])
def test_a_printed_nothing(text: str) -> None:
    assert read_money(text) == read_number(text) == Nil()
    assert budget_kind(text) == "nil"


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\n\t"])
def test_nothing_printed(text: str) -> None:
    assert read_money(text) == read_number(text) == Blank()
    assert budget_kind(text) == "blank"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tbc", "words rather than an amount"),
        ("To be confirmed", "words rather than an amount"),
        ("Within existing resources", "words rather than an amount"),
        ("Staff time", "words rather than an amount"),
        ("Met from base budget", "words rather than an amount"),
        ("I", "words rather than an amount"),
        ("£10,000-£20,000", "more than one figure"),
        ("£10,000 or £20,000", "more than one figure"),
        ("10-15", "more than one figure"),
        ("£3,000 (£1,000 in 2007)", "more than one figure"),
        ("£3,000 (2)", "more than one figure"),
        ("£50,000 £29,000", "more than one figure"),
        ("£1,1O9,00O", "letters among the figures"),
        ("£l0,000", "letters among the figures"),
        ("£1 109,000", "figures parted by a space"),
        ("£1, 109,000", "figures parted by a space"),
        ("1234,000", "a comma or a full stop out of place"),
        ("£1,73", "a comma or a full stop out of place"),
        ("£1,", "a comma or a full stop out of place"),
        ("£.5m", "a comma or a full stop out of place"),
        ("£2.50.", "a comma or a full stop out of place"),
        ("09,000", "noughts in front"),
        ("£000", "noughts in front"),
        ("£1,[…]", "part of it is known to be missing"),
        ("£130.000", "a full stop that may stand for a comma"),
        ("£9.8", "money with decimals that aren't pence or cents"),
        ("(1,732", "a bracket without its other half"),
        ("-(1,732)", "more than one sign"),
        ("- 1,732", "not only an amount"),
        ("£10,000 g", "not only an amount"),
        ("g £10,000", "not only an amount"),
        ("£10,000 (gra", "not only an amount"),
        ("£10,000 m", "not only an amount"),
        ("3 officers", "not only an amount"),
        ("5%", "a percentage rather than an amount"),
        ("£5%", "both an amount and a percentage"),
    ],
)
def test_not_an_amount(text: str, why: str) -> None:
    reading = read_money(text)
    assert isinstance(reading, Unread)
    assert reading.why.startswith(why)
    assert text in reading.why
    assert budget_kind(text) == "text"


@pytest.mark.parametrize(
    ("text", "unit", "reading"),
    [
        ("3,042", None, Number(Decimal(3042))),
        ("24000", None, Number(Decimal(24000))),
        ("12.5", None, Number(Decimal("12.5"))),
        ("0.125", None, Number(Decimal("0.125"))),
        ("2.4 million", None, Number(Decimal("2.4"), Decimal(1_000_000))),
        ("1,732*", None, Number(Decimal(1732), qualifier="*")),
        ("1,732 [1]", COUNT, Number(Decimal(1732), unit="count", qualifier="[1]")),
        ("(1,732)", COUNT, Number(Decimal(-1732), unit="count")),
        ("-6.8%", None, Percent(Decimal("-6.8"))),
        ("–13.4%", None, Percent(Decimal("-13.4"))),
        ("+18.4%", None, Percent(Decimal("18.4"))),
        ("up 4.4%", None, Percent(Decimal("4.4"))),
        ("down 1.8%", None, Percent(Decimal("-1.8"))),
        ("Down 1.8 per cent", None, Percent(Decimal("-1.8"))),
        ("4.125%", None, Percent(Decimal("4.125"))),
        ("12.4", PER_CENT, Percent(Decimal("12.4"))),
        ("12.4%", THOUSANDS, Percent(Decimal("12.4"))),
        ("£9.8m", None, Money(Decimal("9.8"), "GBP", Decimal(1_000_000))),
        ("9.8", MILLIONS, Money(Decimal("9.8"), "GBP", Decimal(1_000_000))),
        ("1.234", MILLIONS, Money(Decimal("1.234"), "GBP", Decimal(1_000_000))),
        ("1,732", THOUSANDS, Money(Decimal(1732), "GBP", Decimal(1_000))),
        ("£3.5m", THOUSANDS, Money(Decimal("3.5"), "GBP", Decimal(1_000_000))),
        ("£5", COUNT, Money(Decimal(5), "GBP")),
        ("€1,000", None, Money(Decimal(1000), "EUR")),
        ("EUR 1,000", None, Money(Decimal(1000), "EUR")),
        ("(€1.2m)", None, Money(Decimal("-1.2"), "EUR", Decimal(1_000_000))),
        ("$0.44M", None, Money(Decimal("0.44"), "$", Decimal(1_000_000))),
        ("US $5", None, Money(Decimal(5), "USD")),
        ("1,732", EUROS, Money(Decimal(1732), "EUR", Decimal(1_000))),
        ("‑5", None, Number(Decimal(-5))),
        ("‐£5", None, Money(Decimal(-5), "GBP")),
        ("‒5%", None, Percent(Decimal(-5))),
    ],
)
def test_a_figure(text: str, unit: Unit | None, reading: Money | Number | Percent) -> None:
    assert read_number(text, unit) == reading


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("76.9.%", None, "a comma or a full stop out of place"),
        ("3.042", COUNT, "a full stop that may stand for a comma"),
        ("1.234", THOUSANDS, "a full stop that may stand for a comma"),
        ("£3,000", THOUSANDS, "a sign of money under a header that says units of 1000"),
        ("€3", MILLIONS, "another currency than that of its column"),
        ("$3m", EUROS, "another currency than that of its column"),
        ("€9.8", None, "money with decimals that aren't pence or cents"),
        ("surplus 5", None, "not only an amount"),
        ("(£(1,732)", None, "a bracket without its other half"),
        ("£-(1,732)", None, "more than one sign"),
        ("£(1,732", None, "a bracket without its other half"),
        ("2.4m", None, "a letter that may be a scale or a measure"),
        ("2.4m", PER_CENT, "a scale in a percentage"),
        ("up 120", None, "a direction without a percentage"),
        ("down -1.8%", None, "more than one sign"),
        ("12/15", None, "more than one figure"),
        ("28 September 2006", None, "more than one figure"),
        ("1" * 30, None, "a comma or a full stop out of place"),
    ],
)
def test_not_a_figure(text: str, unit: Unit | None, why: str) -> None:
    reading = read_number(text, unit)
    assert isinstance(reading, Unread)
    assert reading.why.startswith(why)


@pytest.mark.parametrize(("text", "unit"), [("€1,000", None), ("$5", None), ("1,000", EUROS)])
def test_other_currencies_are_no_pounds(text: str, unit: Unit | None) -> None:
    assert isinstance(read_money(text, unit), Unread)
    assert budget_kind(text, unit) == "text"


def test_a_count_is_not_money() -> None:
    assert read_money("3,042", COUNT) == Unread("a count rather than an amount: '3,042'")


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("£000", THOUSANDS),
        ("£'000", THOUSANDS),
        ("£’ 000", THOUSANDS),
        ("£000s", THOUSANDS),
        ("£k", THOUSANDS),
        ("Budget 2006/07 (£000)", THOUSANDS),
        ("£000 2006/07", THOUSANDS),
        ("(£m)", MILLIONS),
        ("£ million", MILLIONS),
        ("Table 1 – Revenue, £millions", MILLIONS),
        ("£bn", Unit("currency", Decimal(1_000_000_000))),
        ("£", Unit("currency")),
        ("Budget (£)", Unit("currency")),
        ("£ per head", Unit("currency")),
        ("€000", EUROS),
        ("Price (US$ million)", Unit("currency", Decimal(1_000_000), "USD")),
        ("$", Unit("currency", currency="$")),
        ("EUR million", Unit("currency", Decimal(1_000_000), "EUR")),
        ("£000 and €000", None),
        ("Items over $500", None),
        ("Plus $500", None),
        ("%", PER_CENT),
        ("% change", PER_CENT),
        ("Percentage", PER_CENT),
        ("No.", COUNT),
        ("(Number)", COUNT),
        ("Number of officers", COUNT),
        ("No of officers", COUNT),
        ("Budget", None),
        ("No", None),
        ("Report number 5", None),
        ("Items over £500", None),
        ("Items over £ 500", None),
        ("Savings of £2m", None),
        ("5% increase", None),
        ("£000 / %", None),
        ("£000 and £m", None),
        ("£mobile", None),
        ("", None),
    ],
)
def test_a_unit(header: str, unit: Unit | None) -> None:
    assert read_unit(header) == unit


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Budget (#6621)", "6621"),
        ("Budget ( # 6621 )", "6621"),
        ("Budget (#2006)", "2006"),
        ("Budget (1451)", "1451"),
        ("Budget (0451)", "0451"),
        ("Budget (2079)", "2079"),
        ("Budget (2006)", None),
        ("Budget (2006/07)", None),
        ("Budget (£000)", None),
        ("Budget (£'000)", None),
        ("Budget (000)", None),
        ("Budget (1)", None),
        ("Budget [1451]", None),
        ("Budget (1451) (1452)", None),
        ("Budget", None),
    ],
)
def test_a_budget_code(header: str, code: str | None) -> None:
    assert read_budget_code(header) == code


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£1,1O9,00O", ["1109000"]),
        ("£l0,000", ["10000"]),
        ("£|0,000", ["10000"]),
        ("£S,000", ["5000"]),
        ("£1B,000", ["18000"]),
        ("£1,1O9,00O (one-off)", ["1109000"]),
        ("£1 109,000", ["1109000"]),
        ("£1, 109,000", ["1109000"]),
        ("£12 500", ["12500"]),
        ("£1.109.000", ["1109000"]),
        ("£130.000", ["130000"]),
        ("£13.0,000", ["130000"]),
        ("£2.4.m", ["2400000"]),
        ("£130,000.", ["130000"]),
        ("£13,000", ["13000"]),
        ("£1,lO9,000", []),  # two kinds at once
        ("£9.8", []),  # without its scale; the full stop isn't stray
        ("£10,000 I", []),
        ("£10,000-£20,000", []),
        ("tbc", []),
        ("SOB", []),
        ("-", []),
        ("", []),
    ],
)
def test_candidates(text: str, pounds: list[str]) -> None:
    assert list(candidate_readings(text)) == [Decimal(value) for value in pounds]


def test_candidates_keep_the_scale_of_the_header() -> None:
    assert candidate_readings("1O9", THOUSANDS) == (Decimal(109_000),)


whole_pounds = st.integers(min_value=0, max_value=10**12)
scaled = st.decimals(min_value=0, max_value=10**5, places=2)


@given(whole_pounds, st.sampled_from(["£{:,}", "£{}", "{:,}", "£{:,}.", "£{:,} p.a.", "£{:,} (grant)", "£ {:,}*"]))
def test_whole_pounds_read_back(pounds: int, form: str) -> None:
    reading = read_money(form.format(pounds))
    assert isinstance(reading, Money)
    assert reading.value == pounds


@given(whole_pounds, st.sampled_from(["-£{:,}", "£–{:,}", "({:,})", "(£{:,})", "−{:,}"]))
def test_negatives_read_back(pounds: int, form: str) -> None:
    reading = read_money(form.format(pounds))
    assert isinstance(reading, Money)
    assert reading.value == -pounds


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_pence_read_back(amount: Decimal) -> None:
    reading = read_money(f"£{amount:,}")
    assert isinstance(reading, Money)
    assert reading.amount == amount


@given(
    scaled,
    st.sampled_from([("k", 10**3), ("K", 10**3), ("m", 10**6), ("M", 10**6), (" million", 10**6), ("bn", 10**9)]),
)
def test_scales_read_back(amount: Decimal, scale: tuple[str, int]) -> None:
    printed, worth = scale
    reading = read_money(f"£{amount:,}{printed}")
    assert isinstance(reading, Money)
    assert (reading.amount, reading.scale) == (amount, Decimal(worth))


@given(scaled)
def test_percentages_read_back(amount: Decimal) -> None:
    assert read_number(f"{amount}%") == Percent(amount)
    assert read_number(f"–{amount}%") == Percent(-amount)
    assert read_number(f"down {amount}%") == Percent(-amount)


@given(whole_pounds, st.sampled_from([("0", "O"), ("1", "l"), ("1", "I"), ("5", "S"), ("8", "B"), (",", " ")]))
def test_a_misread_amount_is_not_read_but_its_truth_is_a_candidate(pounds: int, confusion: tuple[str, str]) -> None:
    true, seen = confusion
    printed = f"£{pounds:,}"
    misread = printed.replace(true, seen)
    assume(misread != printed and any(character.isdigit() for character in misread))
    assert isinstance(read_money(misread), Unread)
    assert Decimal(pounds) in candidate_readings(misread)


@given(st.integers(min_value=1000, max_value=10**12), st.data())
def test_an_amount_cut_within_a_group_is_not_read(pounds: int, data: st.DataObject) -> None:
    printed = f"£{pounds:,}"
    comma = data.draw(st.sampled_from([at for at, character in enumerate(printed) if character == ","]))
    cut = comma + data.draw(st.integers(min_value=1, max_value=3))
    assert isinstance(read_money(printed[:cut]), Unread)


@given(
    st.text() | st.text(alphabet="£0123456789,.-–() kmOlSB%*[]"),
    st.sampled_from([None, THOUSANDS, MILLIONS, COUNT, PER_CENT]),
)
def test_any_text_gets_an_answer(text: str, unit: Unit | None) -> None:
    reading = read_money(text, unit)
    candidates = candidate_readings(text, unit)
    if isinstance(reading, Money):
        assert candidates == (reading.value,)
    if isinstance(reading, Unread):
        assert isinstance(read_number(text, unit), Unread | Number | Percent)
    read_unit(text)
    read_budget_code(text)
