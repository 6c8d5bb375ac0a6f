"""The laws, for all rules together: on every paper at hand, on damaged versions of them, and on papers of any shape.

- *Replay*: the raw paper and the log make the clean paper.
- *Rest*: a clean paper needs no repair.
- *Nothing vanishes*: printed text leaves only by a rule that may lose ink, and every character is accounted for.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract
from normalise.engine import Normalised, Rule, normalise
from normalise.rules import RULES
from papers.errors import NoText
from papers.paper import Line, LineSpan, Origin, Paper
from papers.repair import ink, ink_change, replay, trace
from pipeline.rows import records
from pipeline.run import read
from publish.csv_files import row_formatter
from publish.schema import named

ROOT = Path(__file__).parents[1]
PAPERS = sorted((ROOT / "data" / "raw").glob("*.txt")) + sorted((ROOT / "tests" / "papers_at_hand").glob("*.txt"))
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in PAPERS}

EXAMPLES = settings().max_examples
# `split-cells` weighs every way to read a row and takes most of the time; it has its own property below.
FAST = tuple(rule for rule in RULES if rule.name != "split-cells")


def printed(lines: Iterable[Line]) -> set[Origin]:
    """The origins in some lines at which something is printed."""
    return {origin for line in lines for cell in line.cells for origin in cell.origins if origin.raw.strip()}


def letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


def is_parted(origin: Origin, others: Iterable[Origin]) -> bool:
    """Whether the stretch of an origin is covered by origins of stretches within it: a line that was cut into cells."""
    place = origin.place
    assert isinstance(place, LineSpan)
    parts = {
        other.place: other.raw
        for other in others
        if isinstance(other.place, LineSpan)
        and other.place.line == place.line
        and place.first <= other.place.first
        and other.place.last <= place.last
    }
    return letters(parts.values()) == letters([origin.raw])


def check_laws(raw: Paper, rules: Sequence[Rule]) -> Normalised:
    found = normalise(raw, rules)
    clean = found.paper
    assert replay(raw, found.repairs) == clean
    again = normalise(clean, rules)
    assert not again.repairs, [entry.rule for entry in again.repairs]
    assert again.paper == clean

    for entry in found.repairs:
        if "loses ink" not in entry.powers:
            after = printed(entry.hunk.after)
            gone = [o for o in printed(entry.hunk.before) - after if not is_parted(o, after)]
            assert not gone, (entry.rule, gone)
    assert printed(clean.lines) <= printed(raw.lines) | {o for o in printed(clean.lines) if is_within(o, raw)}

    changes = [ink_change(entry.hunk) for entry in found.repairs]
    dropped, supplied = sum(c.dropped for c in changes), sum(c.supplied for c in changes)
    signs = sum(c.signs for c in changes)
    assert ink(clean.lines).total() == ink(raw.lines).total() - dropped + supplied + signs
    assert dropped <= ink(raw.lines).total() + supplied + signs

    histories = trace(raw, found.repairs)
    assert [len(row) for row in histories] == [len(line.cells) for line in clean.lines]
    for note in found.notes:
        assert clean.lines[note.hunk.at : note.hunk.at + len(note.hunk.before)] == note.hunk.before
    return found


def is_within(origin: Origin, raw: Paper) -> bool:
    """Whether an origin is a stretch of a printed cell, word for word."""
    place = origin.place
    assert isinstance(place, LineSpan)
    for cell in raw.lines[place.line - 1].cells:
        whole = cell.place
        if isinstance(whole, LineSpan) and whole.first <= place.first and place.last <= whole.last:
            return cell.text[place.first - whole.first : place.last - whole.first + 1] == origin.raw
    return False


def check_published(text: str, without: Sequence[str] = ()) -> None:
    """Everything that is published of a text keeps the contract, and the counts of its characters agree."""
    found = records(read(text.encode(), "plan.txt", "plan", without))
    for name, rows in found.rows.items():
        form = row_formatter(named(name))
        for row in rows:
            form(row)
    paper = found.rows["papers"][0]
    kept, dropped = paper["characters_kept"], paper["characters_dropped"]
    assert isinstance(kept, int)
    assert isinstance(dropped, int)
    assert kept + dropped == paper["characters_in"]
    assert min(kept, dropped) >= 0


@pytest.mark.parametrize("name", TEXTS)
def test_the_laws_hold_on_every_paper_at_hand(name: str) -> None:
    check_laws(extract(TEXTS[name].encode(), name), RULES)
    check_published(TEXTS[name])


@pytest.mark.parametrize("left_out", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("name", ["community-engagement-work-plan-2006", "ict-heavy", "contact-markdown"])
def test_the_laws_hold_without_any_one_rule(name: str, left_out: Rule) -> None:
    rules = [rule for rule in FAST if rule != left_out]
    check_laws(extract(TEXTS[name].encode(), name), rules)
    check_published(TEXTS[name], [rule.name for rule in RULES if rule not in rules])


def test_a_sound_paper_is_left_as_it_is() -> None:
    raw = extract(TEXTS["report-8a-community-engagement-strategy"].encode(), "report.txt")
    found = normalise(raw, RULES)
    assert (found.paper, found.repairs, found.notes) == (raw, (), ())


def test_papers_are_read_without_a_trace_of_the_papers_before() -> None:
    first = [normalise(extract(text.encode(), name), FAST) for name, text in TEXTS.items()]
    again = [normalise(extract(text.encode(), name), FAST) for name, text in reversed(TEXTS.items())]
    assert first == again[::-1]


def test_data_raw_is_not_touched() -> None:
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in PAPERS}
    for path in PAPERS:
        check_published(path.read_text(encoding="utf-8"), ["split-cells"])
    assert {path: hashlib.sha256(path.read_bytes()).digest() for path in PAPERS} == before


# Damage, as copies and conversions do it: each turns a list of lines into another one.

SCRAPS = (
    "<b>", "</li>", "<li>", "<ol> <li>", "<br>", "&amp;", "&pound;", "**", "__", "## ", "|", "I", "•", ". . . .",
    "Арни – Зері 2000", "Total", "TOTAL\t£5", "Objective 4: Logs", "Issues/comments:", "1. ", "£1,1O9,00O", "-", "[…]",
    "Key actions/events:\tDeadline/date\tPerformance measure\tBudget", "Action\tDeadline\tBudget", "Sept 2006", "\xa0",
)  # fmt: skip

Lines = list[str]
Damage = Callable[[Lines, int, int, str], Lines]


def drop(lines: Lines, at: int, _: int, __: str) -> Lines:
    return lines[:at] + lines[at + 1 :]


def repeat(lines: Lines, at: int, _: int, __: str) -> Lines:
    return [*lines[: at + 1], *lines[at:]]


def swap(lines: Lines, at: int, other: int, _: str) -> Lines:
    found = list(lines)
    other %= len(lines)
    found[at], found[other] = found[other], found[at]
    return found


def put_in(lines: Lines, at: int, place: int, scrap: str) -> Lines:
    place %= len(lines[at]) + 1
    return [*lines[:at], lines[at][:place] + scrap + lines[at][place:], *lines[at + 1 :]]


def part_cells(lines: Lines, at: int, place: int, _: str) -> Lines:
    return put_in(lines, at, place, "\t")


def part_lines(lines: Lines, at: int, place: int, _: str) -> Lines:
    place %= len(lines[at]) + 1
    return [*lines[:at], lines[at][:place], lines[at][place:], *lines[at + 1 :]]


def cut_off(lines: Lines, at: int, place: int, _: str) -> Lines:
    return [*lines[:at], lines[at][: place % (len(lines[at]) + 1)], *lines[at + 1 :]]


def join_cells(lines: Lines, at: int, _: int, __: str) -> Lines:
    return [*lines[:at], lines[at].replace("\t", "", 1), *lines[at + 1 :]]


def part_tables(lines: Lines, at: int, _: int, __: str) -> Lines:
    return [*lines[:at], "", *lines[at:]]


DAMAGES: tuple[Damage, ...] = (drop, repeat, swap, put_in, part_cells, part_lines, cut_off, join_cells, part_tables)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A paper at hand, damaged in up to ten ways."""
    lines = TEXTS[draw(st.sampled_from(sorted(TEXTS)))].split("\n")
    for _ in range(draw(st.integers(1, 10))):
        if lines:
            at, place = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, 400))
            lines = draw(st.sampled_from(DAMAGES))(lines, at, place, draw(st.sampled_from(SCRAPS)))
    return "\n".join(lines)


def readable(text: str) -> Paper | None:
    try:
        return extract(text.encode(), "plan.txt")
    except NoText:
        return None


@given(damaged())
@settings(max_examples=EXAMPLES)
def test_the_laws_hold_on_damaged_papers(text: str) -> None:
    raw = readable(text)
    if raw:
        check_laws(raw, FAST)
        check_published(text, ["split-cells"])


@given(damaged())
@settings(max_examples=EXAMPLES // 5)
def test_the_laws_hold_on_damaged_papers_with_all_rules(text: str) -> None:
    raw = readable(text)
    if raw:
        check_laws(raw, RULES)


# Papers of any shape: cells that rules look for, in rows of any width, and lines of any text.

CELLS = st.one_of(
    st.sampled_from(SCRAPS),
    st.sampled_from(("", " ", "1.", "2.", "Rota", "Keep a log", "goes on", "Sept 2006", "Ongoing", "£5", "Nil")),
    st.text("ab1. £|*_<>/&;:•\u0410", max_size=8),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)
ROWS = st.lists(CELLS, min_size=1, max_size=6).map("\t".join)
HEADERS = st.sampled_from(
    (
        "Action\tDeadline\tMeasure\tBudget",
        "\tAction\tDeadline\tBudget",
        "Deadline\tBudget\tAction",
        "| Action | Deadline | Budget |\n|---|---|---|",
        "Action    Deadline    Measure    Budget",
        "Action\nDeadline\nBudget",
        "Objective 1: Rotas",
    )
)


@given(st.lists(st.one_of(ROWS, ROWS, HEADERS, st.just("")), min_size=1, max_size=12).map("\n".join))
@settings(max_examples=EXAMPLES * 4)
def test_the_laws_hold_on_papers_of_any_shape(text: str) -> None:
    raw = readable(text)
    if raw:
        check_laws(raw, RULES)
        check_published(text)
