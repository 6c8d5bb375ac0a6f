"""Text cut at a wrong column boundary: how its parts are told apart and put back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import extract
from normalise.engine import Normalised, normalise
from normalise.rules import RULES
from normalise.split.deadlines import mend_deadline, with_gaps
from normalise.split.geometry import Cut, LineEnd, fit, fit_edge
from normalise.split.heads import Heads
from normalise.split.joins import joins
from normalise.split.language import Language
from normalise.split.own import partings
from normalise.split.votes import likely_places
from normalise.split.widths import HELVETICA, TIMES, Font
from papers.repair import GAP, Mark, ink

HEAD = "Key actions/events:\tDeadline/date\tPerformance measure\tBudget\n"
PROSE = (
    "The community engagement strategy was adopted by the Authority. Community engagement activities are reported to "
    "the Committee, and the views of women, older people and disabled people are sought throughout.\n\n"
)


def clean(text: str) -> Normalised:
    return normalise(extract(text.encode(), "plan.txt"), RULES)


def rows(result: Normalised) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in result.paper.lines if line.kind == "row"]


@pytest.mark.parametrize(
    ("text", "own", "tails"),
    [
        pytest.param("ity Sept 2006", "Sept 2006", "ity", id="one tail in front"),
        pytest.param("as Safer Ongoing Anels),", "Ongoing", "as Safer Anels),", id="tails on both sides"),
        pytest.param("anti- 1 April 2007 – 31 at March 2008", "1 April 2007 – 31 March 2008", "anti- at", id="between"),
        pytest.param(
            "d that By end of ccount of 2007/08", "By end of 2007/08", "d that ccount of", id="two lines of its own"
        ),
        pytest.param("to 9 rk Ongoing rral.", "Ongoing", "to 9 rk rral.", id="a figure that is no date"),
        pytest.param(
            "decisions, Sep 2004 onwards", "Sep 2004 onwards", "decisions,", id="a word that begins as a month"
        ),
        pytest.param("May and October and 2008", "May and October 2008", "and", id="a link word before a lone year"),
        pytest.param("chaplains and Oct 2007 - on c", "Oct 2007 - on", "chaplains and c", id="its own text is cut too"),
    ],
)
def test_a_date_is_told_from_the_words_around_it(text: str, own: str, tails: str) -> None:
    assert (own.split(), tails.split()) in [(list(way.own), list(way.tails)) for way in partings(text, "period")]


@pytest.mark.parametrize(
    ("text", "own", "tails"),
    [
        pytest.param("oved £30,000 citor", "£30,000", "oved citor", id="an amount"),
        pytest.param("ne £22,000 per annum", "£22,000 per annum", "ne", id="an amount with words of its own"),
        pytest.param("s Existing resources", "Existing resources", "s", id="words instead of an amount"),
        pytest.param("ces _", "_", "ces", id="a printed nil"),
    ],
)
def test_a_budget_is_told_from_the_words_around_it(text: str, own: str, tails: str) -> None:
    assert (own.split(), tails.split()) in [(list(way.own), list(way.tails)) for way in partings(text, "money")]


def test_a_cell_that_can_not_be_read_may_also_stay_as_it_is() -> None:
    last = partings("Before the AGM of 2006", "period")[-1]
    assert (last.tails, last.is_sound) == ((), False)


@pytest.mark.parametrize(
    ("left", "right", "deadline"),
    [
        pytest.param(
            "By 31 January 200", "8 Assessments dip-sampled", "By 31 January 2008", id="the last figure of a year"
        ),
        pytest.param("September 2", "006 Criteria revised", "September 2006", id="most of a year"),
        pytest.param(
            "By end of 2007/0", "Plan agreed with press 08 office", "By end of 2007/08", id="doubled, on a later line"
        ),
        pytest.param("Mar 2011 ongoing", "300 delegates – Proceedings", "Mar 2011 – ongoing", id="a dash"),
        pytest.param("Jan and Fe 2008", "eb Baseline report", "Jan and Feb 2008", id="a letter on both sides"),
        pytest.param("Jan 2008 a ongoing", "ind Indicators", "Jan 2008 and ongoing", id="a letter misread"),
        pytest.param("ment Nov/Decembe 2001", "r Assessment", "Nov/December 2001", id="beside words of the action"),
        pytest.param("By end of 2007 nter", "Opinion substantial -08", "By end of 2007-08", id="a second year"),
        pytest.param(
            "e Head of 1 April 2010 er and March 2011",
            "– 31 Terms",
            "1 April 2010 – 31 March 2011",
            id="a dash and a day",
        ),
        pytest.param("Nov/Dec 2008", "ember Budget approved", "Nov/December 2008", id="a month that was whole before"),
        pytest.param("ith a Aug 2006-F 2007", "eb", "Aug 2006-Feb 2007", id="behind a hyphen"),
        pytest.param("July – Decem 2001", ")er", "July – December 2001", id="a letter misread on both sides"),
        pytest.param("Oct 2007 - on c", "oing Sessions delivered", "Oct 2007 - on going", id="a left part of a letter"),
    ],
)
def test_a_deadline_is_made_whole_from_the_next_cell(left: str, right: str, deadline: str) -> None:
    mended = mend_deadline(tuple(left.split()), tuple(right.split()))
    assert mended is not None
    assert mended.deadline == deadline
    assert len(" ".join(mended.right).split()) < len(right.split())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Aug 2010 to Oc 2010", "Report", id="nothing fits"),
        pytest.param("From May 20", "06 07 reports", id="two years fit"),
        pytest.param("Annually", "2006 reports", id="no date on the left"),
        pytest.param("May 2008", "600 delegates", id="a number of its own"),
        pytest.param("July to Aug 2007", "Time to remove", id="a link that is a word of the measure"),
        pytest.param("End Jul 2007", "Responses lodged by deadline", id="a word that only looks like a piece"),
    ],
)
def test_no_deadline_is_made_without_one_reading(left: str, right: str) -> None:
    assert mend_deadline(tuple(left.split()), tuple(right.split())) is None


@pytest.mark.parametrize(
    ("printed", "shown", "supplied"),
    [
        pytest.param("By Feb 200", "By Feb 200[…]", False, id="the last figure of a year"),
        pytest.param("Aug 2010 to Oc 2010", "Aug 2010 to Oc[…] 2010", False, id="Oct or October"),
        pytest.param("Continuin", "Continuing", True, id="one word only"),
        pytest.param("orted September 2002 - ongoin", "orted September 2002 - ongoing", True, id="beside other words"),
    ],
)
def test_a_deadline_whose_end_is_lost_is_shown_with_a_gap(printed: str, shown: str, supplied: bool) -> None:
    mended = with_gaps(printed.split())
    assert mended is not None
    assert " ".join(mended.left) == shown
    assert bool(mended.supplied) is supplied


@pytest.mark.parametrize("whole", ["By Feb 2008", "within a month", "on 20 places", "s", "Continuing"])
def test_what_is_whole_or_may_be_anything_gets_no_gap(whole: str) -> None:
    assert with_gaps(whole.split()) is None


def test_cut_deadlines_are_mended_and_explained() -> None:
    text = (
        PROSE + HEAD + "1. Publish the strategy\tNov/Decembe 2006\tr Adopted\t_\n"
        "2. Report on activities\tBy Feb 200\tReport\t£3,000\n3. Hold meetings\tContinuin\tReport\t£100\n"
    )
    result = clean(text)
    assert [row[1:3] for row in rows(result)[1:]] == [
        ["Nov/December 2006", "Adopted"],
        ["By Feb 200[…]", "Report"],
        ["Continuing", "Report"],
    ]
    whys = [entry.hunk.why for entry in result.repairs if entry.rule == "cut-deadlines"]
    assert whys == [
        "`Nov/December 2006` is a deadline; its end stood in the next cell",
        "the end of a line of the deadline is lost in `Feb 200[…]`",
        "the end of a line of the deadline is lost: only `Continuing` fits",
    ]
    supplied = [mark for entry in result.repairs if entry.rule == "cut-deadlines" for mark in entry.hunk.supplied]
    assert [(mark.start, mark.end) for mark in supplied] == [(9, 10)]


def test_a_letter_that_was_misread_is_doubted_and_no_sign_is_swallowed() -> None:
    text = (
        PROSE + HEAD + "1. Publish the strategy\tJan 2008 a ongoing\tind Adopted\t_\n"
        "2. Report on activities\tNov/Dec 2008\tember, Report\t£3,000\n"
    )
    result = clean(text)
    assert [row[1:3] for row in rows(result)[1:]] == [
        ["Jan 2008 and ongoing", "Adopted"],
        ["Nov/Dec 2008", "ember, Report"],
    ]
    assert [entry.hunk.doubted for entry in result.repairs if entry.rule == "cut-deadlines"] == [(Mark(0, 1),)]


def test_a_letter_by_itself_is_no_part_of_another_before_a_word() -> None:
    assert "hand" not in [word for word, _ in joins("t", "and", Language.of([]))]


def test_joins_never_lead_from_a_letter_to_a_figure() -> None:
    assert [how for _, how in joins("Phase", "2", Language.of([]))] == ["space"]


def test_a_date_that_was_cut_goes_nowhere_else() -> None:
    assert all("20" not in way.tails for way in partings("olkit From May 20", "period"))


@pytest.mark.parametrize(
    ("head", "tail", "found"),
    [
        pytest.param("each,", ",", ("each,", "double"), id="a comma on both sides"),
        pytest.param("a", "as", ("as", "merged"), id="a letter that could be a word"),
        pytest.param("Aston", "i", ("Aston", "smudge"), id="a blot of the letter on the cut"),
        pytest.param("Co-", "ordination", ("Co-ordination", "hyphen"), id="a hyphen"),
        pytest.param("papex", "rs", ("papers", "garbled"), id="a letter misread on one side"),
        pytest.param("engagel", "ent", ("engagement", "parted"), id="only the first stem of a letter"),
        pytest.param("poli(", "ing", ("policing", "parted"), id="a letter misread as a sign"),
        pytest.param("notc", "e", ("note", "echoed"), id="a left part of a letter that stands in the tail"),
        pytest.param("l", "by", ("by", "echoed"), id="the same, by itself"),
        pytest.param("an", ")d", ("and", "echoed"), id="a right part of a letter that stands in the head"),
        pytest.param("perfo", "'mance", ("performance", "parted"), id="only a right part of a letter"),
        pytest.param("semi", "iar", ("seminar", "parted"), id="a right part that looks like another letter"),
        pytest.param("franew", "ork", ("franework", "unknown"), id="no letter on the cut is bad"),
        pytest.param("fran", "ework", ("framework", "parted"), id="only a left part of a letter"),
        pytest.param("til", "I", ("till", "parted"), id="a right part by itself"),
        pytest.param("wearinc", "of", ("wearing", "closed"), id="a left part at the end of a word"),
        pytest.param("a", "/ear", ("year", "opened"), id="a right part at the beginning of a word"),
        pytest.param("d", "isabl", ("disabl", "stump"), id="a tail whose own end is lost"),
        pytest.param("fran", "ewor", ("framewor", "shard"), id="the same, behind a part of a letter"),
    ],
)
def test_the_two_sides_of_a_cut_make_a_word(head: str, tail: str, found: tuple[str, str]) -> None:
    assert found in list(joins(head, tail, Language.of([])))


def test_a_line_ends_where_the_next_word_has_no_room() -> None:
    cut = Cut(at=18.0, edge=22.0)
    assert cut.wraps(21.0, 4.0) == 0.0
    assert cut.wraps(15.0, 4.0) < cut.wraps(17.0, 4.0) < 0.0
    assert cut.wraps(23.0, 4.0) < 0.0
    assert Cut(at=18.0).wraps(10.0, 1.0) == 0.0


@pytest.mark.parametrize("font", [HELVETICA, TIMES], ids=["Helvetica", "Times"])
def test_wider_text_is_wider(font: Font) -> None:
    assert font.width("illi") < font.width("mmmm") < font.width("mmmm m")


def test_the_cut_is_found_where_the_lines_end() -> None:
    ends = [LineEnd(19.7, 20.3, 23.0 - at / 10, 3.0) for at in range(5)] + [LineEnd(12.0, 99.0, None, 99.0)]
    found = fit(ends, Cut(18.0, font=TIMES), 0.14)
    assert found is not None
    assert 19.6 < found.cut.at < 20.4


def test_the_column_is_as_wide_as_its_lines_want_it() -> None:
    ends = [LineEnd(19.7, 20.3, 23.0 - at / 10, 3.0) for at in range(5)]
    found = fit_edge(ends, 20.0, 26.0, 0.14)
    assert found is not None
    assert 22.9 < found[0] < 25.7
    assert fit_edge(ends[:3], 20.0, 26.0, 0.14) is None


def test_no_cut_is_found_where_every_line_is_whole() -> None:
    assert fit([LineEnd(12.0, 99.0, 12.3, 3.0)], Cut(12.0, font=TIMES), 0.14) is None


def test_a_piece_is_cut_where_the_others_are_rather_than_at_twice_that_width() -> None:
    found, others = [(1.0, 16.1), (1.2, 32.2)], [(1.0, 15.2), (1.0, 17.0)]
    assert [at for _, at in likely_places(found, found)] == [32.2, 16.1]
    assert [at for _, at in likely_places(found, [*found, *others])] == [16.1, 32.2]


def test_cells_of_one_table_are_put_back_together() -> None:
    text = (
        PROSE + HEAD + "1. Development of the community engageme strategy\tnt Sept 2006\tAdopted\t_\n"
        "2. Report on the community engagement acti of the Authority\tvities Ongoing\tReport\t£3,000\n"
    )
    result = clean(text)
    assert rows(result)[1:] == [
        ["1. Development of the community engagement strategy", "Sept 2006", "Adopted", "_"],
        ["2. Report on the community engagement activities of the Authority", "Ongoing", "Report", "£3,000"],
    ]
    assert any("`acti` + `vities` is `activities`" in entry.hunk.why for entry in result.repairs)


def test_a_lost_end_is_supplied_only_on_evidence_and_marked() -> None:
    text = (
        PROSE + HEAD + "1. Development of the community engageme strategy\tnt Sept 2006\tAdopted\t_\n"
        "2. Report on the community engagement acti of the Authority\tvities Ongoing\tReport\t£3,000\n"
        "3. Support for the community engagement stra of the Authority\tDec 2006\tReport\t£3,000\n"
    )
    result = clean(text)
    third = rows(result)[3][0]
    assert third in (
        "3. Support for the community engagement strategy of the Authority",
        f"3. Support for the community engagement stra{GAP} of the Authority",
    )
    entries = [
        entry for entry in result.repairs if entry.rule == "split-cells" and "Support" in entry.hunk.after[0].text
    ]
    assert entries
    assert entries[0].hunk.supplied or entries[0].hunk.doubted


@pytest.mark.parametrize(
    ("second", "is_doubted"),
    [
        ("2. Report on the community engagement acti of the Authority", False),
        ("2. Report (with annexes) on the community engagement acti of the Authority, a) and b)", False),
        ("2. Report on the community engagement acti of the Authority (led by the Chair", True),
        ("2. Report on the community engagement acti of Auth) members", True),
    ],
)
def test_half_a_pair_of_brackets_is_doubted_where_lines_were_cut(second: str, is_doubted: bool) -> None:
    text = (
        PROSE + HEAD + "1. Development of the community engageme strategy\tnt Sept 2006\tAdopted\t_\n"
        f"{second}\tvities Ongoing\tReport\t£3,000\n"
    )
    entries = [e for e in clean(text).repairs if e.rule == "split-cells" and e.hunk.after[0].text.startswith("2.")]
    assert [mark.cell for entry in entries for mark in entry.hunk.doubted] == [0] * is_doubted


@pytest.mark.parametrize(
    ("text", "cut", "supplied"),
    [
        ("is the new group i created", "i", ["is"]),
        ("the views o the public", "o", ["of"]),
        ("the pilot scheme th visitors liked", "th", []),  # `that` is as likely
        ("on the experienc colleagues made", "experienc", []),  # `experiences`, and no link word
    ],
)
def test_a_link_word_that_has_begun_needs_less_of_a_lead(text: str, cut: str, supplied: list[str]) -> None:
    words = text.split()
    head = words.index(cut)
    heads = Heads(words, Language.of([]))
    found = heads.fillings(head, words[head - 1], HELVETICA, 0.0, 9.0)
    assert [word for _, how, word, _, _ in found if how == "completed"] == supplied


def test_a_letter_of_which_a_part_is_left_is_given_back_and_marked() -> None:
    text = (
        PROSE + HEAD + "1. Development of the community engagemc strategy\tnt Sept 2006\tAdopted\t_\n"
        "2. Report on the community engagement acti of the Authority\t/ities Ongoing\tReport\t£3,000\n"
    )
    result = clean(text)
    texts = [row[0] for row in rows(result)[1:]]
    assert texts == [
        "1. Development of the community engagement strategy",
        "2. Report on the community engagement activities of the Authority",
    ]
    hunks = [entry.hunk for entry in result.repairs if entry.rule == "split-cells"]
    assert [[text[mark.start : mark.end] for mark in h.supplied] for text, h in zip(texts, hunks, strict=True)] == [
        ["e"],
        ["v"],
    ]
    assert all(hunk.doubted and "of the letter on the cut only a part was read" in hunk.why for hunk in hunks)


def test_a_deadline_is_closed_with_the_letter_of_which_a_part_is_left() -> None:
    result = clean(PROSE + HEAD + "1. Publish the strategy\tOn goinc\tAdopted\t_\n")
    assert rows(result)[1][1] == "On going"
    hunks = [entry.hunk for entry in result.repairs if entry.rule == "cut-deadlines"]
    assert [(hunk.supplied, hunk.doubted) for hunk in hunks] == [((Mark(0, 1, 7, 8),), (Mark(0, 1),))]
    assert "only a part was read" in hunks[0].why


def test_sound_tables_are_left_alone() -> None:
    text = (
        HEAD
        + "1. Seek legal advice about delegated powers\tBefore the AGM\tScheme amended\twithin existing resources\n"
    )
    assert not clean(text).repairs


@given(st.lists(st.text(alphabet="abcdefgh 0123456789.,£-–", max_size=60), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_row_keeps_its_figures(cells: list[str]) -> None:
    """Digits are never made or lost, whatever stands in a row."""
    text = (
        HEAD
        + "1. Report on the engageme strategy\tnt Sept 2006\tAdopted\t_\n"
        + "\t".join(["2. " + cells[0], *cells[1:]])
    )
    result = clean(text)
    before = sorted(
        char
        for line in extract(text.encode(), "x").lines
        for cell in line.cells
        for char in cell.text
        if char.isdigit()
    )
    after = sorted(char for line in result.paper.lines for cell in line.cells for char in cell.text if char.isdigit())
    gone = sum((ink(e.hunk.before) - ink(e.hunk.after) for e in result.repairs), Counter())
    made = sum((ink(e.hunk.after) - ink(e.hunk.before) for e in result.repairs), Counter())
    assert not any(char.isdigit() for char in made)
    assert Counter(before) - Counter({c: n for c, n in gone.items() if c.isdigit()}) == Counter(after)


ACTIONS = (
    "Review the arrangements for recruiting volunteers and report to the committee on the cost of training them.",
    "Provide every new member with a handbook and with a short guide to the work of the other committees.",
    "Meet the leaders of all local councils twice a year and publish a summary of what was said by them.",
    "Examine whether the complaints about stop and search have been dealt with in the time that was promised.",
    "Hold open meetings in libraries and schools in the evening so that people who work can come to them.",
)
DEADLINES = ("June 2006", "May 2007", "Ongoing", "July 2006", "March 2007")


def cut_table(at: float, edge: float) -> str:
    """A table set in Times in lines of one width, and cut at another: the tails go before the deadlines."""
    rows = []
    for number, (action, deadline) in enumerate(zip(ACTIONS, DEADLINES, strict=True), 1):
        lines, heads, tails = [""], [], []
        for word in action.split():
            longer = f"{lines[-1]} {word}".strip()
            if TIMES.width(longer) > edge:
                lines.append(word)
            else:
                lines[-1] = longer
        for line in lines:
            end = next((end for end in range(len(line) + 1) if TIMES.width(line[:end]) > at), len(line) + 1) - 1
            heads.append(line[:end].strip())
            tail = line[end:].strip()
            tails.extend([tail] if tail else [])
        rows.append(f"{number}. {' '.join(heads)}\t{' '.join((*tails, deadline))}\tReport\t_\n")
    return PROSE + HEAD + "".join(rows)


@pytest.mark.parametrize(("at", "edge"), [(16.0, 19.0), (18.5, 22.0), (13.0, 15.5)])
def test_a_table_that_was_cut_reads_as_it_was_printed(at: float, edge: float) -> None:
    found = rows(clean(cut_table(at, edge)))[1:]
    assert [row[0] for row in found] == [f"{number}. {action}" for number, action in enumerate(ACTIONS, 1)]
    assert [row[1] for row in found] == list(DEADLINES)
