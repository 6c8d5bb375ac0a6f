"""Tables that were flattened: whatever the widths, the rule gives back the table that was rendered."""

import inspect
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract
from normalise.engine import Normalised, Rule, normalise
from normalise.layout.columns import boundaries, cut, find_header, printed
from normalise.layout.figures import figure_bodies
from normalise.layout.numbering import front
from normalise.layout.wrapped import joined
from normalise.rules import RULES
from normalise.rules.figure_columns import figure_columns
from normalise.rules.layout import layout_tables, line_tables
from papers.paper import Line, LineSpan
from papers.repair import ink, replay
from pipeline.rows import records
from pipeline.run import read

RAW = Path(__file__).parents[2] / "data" / "raw"

HEADERS = (
    ("Key actions/events:", "Deadline/date", "Performance measure", "Budget"),
    ("Action", "Timescale", "Performance measure", "Budget (£)"),
    ("Task", "By when", "Outcome", "Cost"),
)
DEADLINES = (
    "",
    "Sept 2006",
    "by end of 2006/07",
    "Ongoing",
    "Apr – Nov 2006",
    "Quarterly",
    "1 April 2006 – 31 March 2007",
)
BUDGETS = ("", "-", "£10,000", "£1.5m", "Nil", "£12,500 (one-off)", "Staff time", "Within existing resources")

Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Look:
    """How a table is laid out: column widths, gutter, margin, and so on."""

    widths: tuple[int, int, int, int]
    gutter: int
    margin: int
    hanging: bool
    blank_lines: bool
    flush_right: bool


def clean(paper_text: str, rules: Sequence[Rule]) -> Normalised:
    """Read a text and apply rules; the log must make the clean paper, and a second run must change nothing."""
    raw = extract(paper_text.encode(), "plan.txt")
    found = normalise(raw, rules)
    assert replay(raw, found.repairs) == found.paper
    assert not normalise(found.paper, rules).repairs
    return found


def rows_of(found: Normalised) -> list[tuple[str, ...]]:
    """The texts of all rows, header rows too."""
    return [tuple(cell.text for cell in line.cells) for line in found.paper.lines if line.kind == "row"]


# Words that are no header, no total, no month and no bullet.
words = st.lists(st.text("bcdfglkrstvz", min_size=1, max_size=9), min_size=1, max_size=25).map(" ".join)
rows = st.lists(
    st.tuples(words, st.sampled_from(DEADLINES), st.one_of(st.just(""), words), st.sampled_from(BUDGETS)),
    min_size=1,
    max_size=12,
).filter(lambda table: any(any(row[1:]) for row in table))
looks = st.builds(
    Look,
    st.tuples(st.integers(24, 70), st.integers(14, 25), st.integers(20, 45), st.integers(12, 25)),
    st.integers(2, 6),
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def laid_out(header: Sequence[str], table: Sequence[Row], look: Look) -> str:
    """Print a numbered table in columns of white space."""
    lines = _columns([[name] for name in header], look)
    for number, (action, *others) in enumerate(table, start=1):
        mark = f"{number}.".ljust(4) if look.hanging else f"{number}. "
        indent = " " * len(mark) if look.hanging else ""
        wrapped = textwrap.wrap(action, look.widths[0], initial_indent=mark, subsequent_indent=indent)
        cells = [textwrap.wrap(text, width) for text, width in zip(others, look.widths[1:], strict=True)]
        lines += [""] * look.blank_lines + _columns([wrapped, *cells], look)
    return "\n".join(lines)


def _columns(cells: Sequence[Sequence[str]], look: Look) -> list[str]:
    lines = []
    for at in range(max(map(len, cells))):
        texts = [cell[at] if at < len(cell) else "" for cell in cells]
        padded = [text.ljust(width + look.gutter) for text, width in zip(texts, look.widths, strict=True)]
        if look.flush_right:
            padded[-1] = texts[-1].rjust(look.widths[-1])
        lines.append((" " * look.margin + "".join(padded)).rstrip())
    return lines


@given(st.sampled_from(HEADERS), rows, looks)
@settings(max_examples=150, deadline=None)
def test_a_table_in_columns_comes_back(header: tuple[str, ...], table: list[Row], look: Look) -> None:
    found = rows_of(clean(laid_out(header, table, look), (layout_tables,)))
    assert found[0] == header
    assert found[1:] == [(f"{number}. {row[0]}", *row[1:]) for number, row in enumerate(table, start=1)]


@given(st.sampled_from(HEADERS), rows, st.booleans(), st.integers(1, 3))
@settings(max_examples=150, deadline=None)
def test_a_table_with_a_cell_a_line_comes_back(
    header: tuple[str, ...], table: list[Row], own_line: bool, gap: int
) -> None:
    units = list(header)
    for number, row in enumerate(table, start=1):
        units += [f"{number}.", *row] if own_line else [f"{number}. {row[0]}", *row[1:]]
    found = rows_of(clean(("\n" * (gap + 1)).join([*units, "Objective 2: The end"]), (line_tables,)))
    front = ("",) if own_line else ()
    assert found[0] == (*front, *header)
    numbers = range(1, len(table) + 1)
    expected = [
        (f"{n}.", *row) if own_line else (f"{n}. {row[0]}", *row[1:]) for n, row in zip(numbers, table, strict=True)
    ]
    assert found[1:] == expected


TABLE = [
    ("Merge the switchboards of the Force", "Sept 2006", "One centre", "£10,000"),
    ("Keep a log of all calls that are lost", "Ongoing", "", "Nil"),
    ("Interview call handlers in depth", "", "Four interviews", ""),
]
LOOK = Look((24, 14, 22, 12), 2, 0, hanging=False, blank_lines=False, flush_right=False)
EXPECTED = [(f"{number}. {row[0]}", *row[1:]) for number, row in enumerate(TABLE, start=1)]


@pytest.mark.parametrize(
    "page_end",
    [
        pytest.param("\n\n" + " " * 40 + "Page 2 of 9\n\n", id="a page number"),
        pytest.param("\n\f", id="a form feed"),
        pytest.param("\n\n" + " " * 40 + "2\n\f\n", id="a number and a form feed"),
        pytest.param("\n\n{header}\n", id="the header again"),
        pytest.param("\n\n  Page 2\n\n{header}\n", id="a page number, then the header again"),
    ],
)
def test_a_table_goes_on_over_a_page_end(page_end: str) -> None:
    lines = laid_out(HEADERS[1], TABLE, LOOK).split("\n")
    for at in range(2, len(lines)):
        text = "\n".join(lines[:at]) + page_end.format(header=lines[0]) + "\n".join(lines[at:])
        assert rows_of(clean(text, (layout_tables,)))[1:] == EXPECTED


def test_lines_of_the_page_stand_behind_the_table() -> None:
    lines = laid_out(HEADERS[1], TABLE, LOOK).split("\n")
    found = clean("\n".join([*lines[:2], "", "   Page 2 of 9", "", *lines[2:]]), (layout_tables,))
    assert [line.kind for line in found.paper.lines] == ["row"] * 4 + ["furniture"]


def test_list_items_keep_their_lines() -> None:
    text = (
        "Action                    Deadline    Measure     Budget\n"
        "1. Hold meetings with:    May 2006    Minutes     £500\n"
        "• the Treasurer and the\n"
        "senior team\n"
        "• trade unions\n"
    )
    (_, row) = rows_of(clean(text, (layout_tables,)))
    assert row[0] == "1. Hold meetings with:\n• the Treasurer and the senior team\n• trade unions"


def test_every_cell_says_where_it_was_printed() -> None:
    found = clean(laid_out(HEADERS[1], TABLE, LOOK), (layout_tables,))
    row = found.paper.lines[1]
    assert row.cells[1].origins[0].place == LineSpan(2, 27, 35)
    assert [origin.raw for origin in row.cells[0].origins] == ["1. Merge the", "switchboards of the", "Force"]


def test_text_that_sticks_out_of_its_column_is_doubted() -> None:
    text = (
        "Action           Deadline     Measure      Budget\n"
        "1. Keep a log    October/November Log kept £500\n"
        "                 2006\n"
        "2. Merge them    May 2006     One centre   £900\n"
    )
    found = clean(text, (layout_tables,))
    assert rows_of(found)[1] == ("1. Keep a log", "October/November 2006", "Log kept", "£500")
    assert {(mark.line, mark.cell) for mark in found.repairs[0].hunk.doubted} == {(1, 1), (1, 2)}


def test_paragraphs_around_a_table_are_joined() -> None:
    title = (
        "Put neighbourhood panels on a firm footing in every ward so that residents can set and review local priorities"
    )
    impact = (
        "Equalities impact: Panels have tended to attract older owner-occupiers. Chairs will be asked to record age."
    )
    wrapped = [*textwrap.wrap(f"Objective 1: {title}", 60), *textwrap.wrap(impact, 60)]
    table = laid_out(HEADERS[1], TABLE, LOOK)
    address = "The Clerk\nTown Hall\nHigh Street"
    found = clean("\n".join([*wrapped, "", table, "", address]), (layout_tables,))
    texts = [line.text for line in found.paper.lines if line.kind == "prose"]
    assert texts == [f"Objective 1: {title}", impact, *address.split("\n")]


def test_paragraphs_of_a_paper_without_such_a_table_are_left_alone() -> None:
    assert not clean("\n".join(textwrap.wrap("The Committee noted the report. " * 9, 60)), (layout_tables,)).repairs


def test_a_paragraph_behind_a_table_is_no_row() -> None:
    text = (
        laid_out(HEADERS[1], TABLE, LOOK)
        + "\n\nRisks\nThe tender may slip, and there is a gap in the series if it does.\n"
    )
    found = clean(text, (layout_tables,))
    assert rows_of(found)[1:] == EXPECTED
    assert next(line.text for line in found.paper.lines if line.kind == "prose") == "Risks"


def test_a_text_that_may_belong_to_two_columns_is_doubted() -> None:
    """`Graduation rate` may be the second line of the measure, or stand in place of an amount."""
    body = "1. Breed dogs\nMay 2006\nLitters\nGraduation rate\n2. Keep a log\nOngoing\nLog kept\nnil"
    text = f"Action\nDeadline\nMeasure\nBudget\n{body}"
    (hunk,) = (repair.hunk for repair in clean(text, (line_tables,)).repairs)
    assert [(mark.line, mark.cell) for mark in hunk.doubted] == [(1, 3)]


def test_known_words_in_place_of_an_amount_are_not_doubted() -> None:
    text = "\n\n".join(
        ["Action", "Deadline", "Measure", "Budget", "1. Keep it", "May 2006", "Within existing resources"]
    )
    (hunk,) = (repair.hunk for repair in clean(text, (line_tables,)).repairs)
    assert [cell.text for cell in hunk.after[1].cells] == ["1. Keep it", "May 2006", "", "Within existing resources"]
    assert not hunk.doubted


@pytest.mark.parametrize("path", sorted(RAW.glob("*.txt")), ids=lambda path: path.name)
def test_papers_in_other_styles_are_left_alone(path: Path) -> None:
    raw = extract(path.read_bytes(), path.name)
    assert not list(layout_tables.find(raw))
    assert not list(line_tables.find(raw))


@pytest.mark.parametrize("rule", [layout_tables, line_tables], ids=lambda rule: rule.name)
def test_the_rules_are_in_the_list(rule: Rule) -> None:
    assert rule in RULES
    assert not rule.powers


def test_a_long_paper_takes_time_in_proportion() -> None:
    """A table of a thousand rows is one hunk; quadratic work on it would not end within a test run."""
    table = laid_out(HEADERS[1], TABLE * 300, LOOK)
    assert len(rows_of(clean(table, (layout_tables,)))) == 901


def test_boundaries_without_any_text_are_those_of_the_header() -> None:
    lines = [printed(0, Line("prose", extract(b"Action   Deadline   Budget", "x").lines[0].cells))]
    header = find_header(lines, 0)
    assert header is not None
    assert boundaries(header, []) == [9, 20]
    assert [piece.text for piece in cut(header.lines[0], [9, 20])] == ["Action", "Deadline", "Budget"]


@pytest.mark.parametrize("text", ["28 days", "2006/07", "7,500 copies", "2003. The", "1st May", ""])
def test_no_number_of_a_row(text: str) -> None:
    assert front(text) is None


@given(st.lists(st.text("abc -–/•\t", max_size=12), max_size=6))
def test_joining_lines_changes_white_space_only(parts: list[str]) -> None:
    assert "".join(joined(parts).split()) == "".join("".join(parts).split())


class TestFigures:
    """Tables of figures that are set in columns of white space."""

    SPENDING = inspect.cleandoc(
        """
        Table 1: Spending

                                  Year to date
                         Budget    Budget    Actual
                           £000      £000      £000
        Officer pay       1,498       700       702
        Staff pay           412       200       211
        Total             1,910       900       913
        """
    )

    def test_figures_have_their_places_units_and_totals(self) -> None:
        text = "\n".join(line for line in self.SPENDING.split("\n") if "Year" not in line)
        tables = records(read(text.encode(), "a.txt", "a")).rows
        staff = [row for row in tables["figures"] if row["row_label"] == "Staff pay"]
        assert [(row["column_label"], row["value"], row["unit"], row["doubted"]) for row in staff] == [
            ("Budget £000", 412_000, "GBP", True),  # two columns are called so
            ("Budget £000", 200_000, "GBP", True),
            ("Actual £000", 211_000, "GBP", False),
        ]
        assert staff[2]["place"] == "line 6, characters 41-43"
        assert [row["status"] for row in tables["checks"]] == ["agrees"] * 3
        assert {row["table_caption"] for row in tables["figures"]} == {"Table 1: Spending"}

    def test_figures_under_a_heading_that_may_span_others_are_doubted(self) -> None:
        tables = records(read(self.SPENDING.encode(), "a.txt", "a")).rows
        assert [row["value"] for row in tables["figures"] if row["row_label"] == "Total"] == [
            1_910_000,
            900_000,
            913_000,
        ]
        assert all(row["doubted"] for row in tables["figures"])

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(st.lists(st.tuples(st.integers(2, 24), st.integers(1, 24)), min_size=1, max_size=5), max_size=4),
        st.lists(st.integers(5, 20), min_size=1, max_size=4),
    )
    def test_whatever_stands_above_the_figures_nothing_is_lost(
        self, heads: list[list[tuple[int, int]]], widths: list[int]
    ) -> None:
        above = ["".join(" " * gap + ("word " * 5)[:length] for gap, length in line).rstrip() for line in heads]
        rows = [f"Item{k}" + "".join(f"{10 ** min(k * 3, w - 5):,}"[:w].rjust(w + 2) for w in widths) for k in range(4)]
        raw = extract("\n".join([*above, *rows]).encode(), "a.txt")
        found = normalise(raw, [figure_columns])
        assert ink(found.paper.lines) == ink(raw.lines)

    def test_two_headings_over_one_wide_column_share_it_and_are_doubted(self) -> None:
        text = inspect.cleandoc(
            """
            Item        Alpha of it all over these two columns    Epsilon
            Pens        1,000        2,000                 3,000,000,000
            Ink           500          900                 1,000,000,000
            """
        )
        tables = records(read(text.encode(), "a.txt", "a")).rows
        assert [row["doubted"] for row in tables["figures"]] == [True] * 6

    def test_a_long_run_of_lines_that_are_no_table_is_none(self) -> None:
        """Each of them could begin a table: if each were tried with all that follow, this would not end."""
        lines = [f"{' ' * (7 * k % 31)}{k}  {' ' * (5 * k % 23)}{k % 7}.5  {k}" for k in range(20_000)]
        paper = extract("\n".join(lines).encode(), "a.txt")
        assert list(figure_bodies(paper)) == []
