"""The door through which every repair goes: what it lets pass, what it refuses, what it remembers."""

from dataclasses import replace

import pytest

from papers.errors import Overreach, StaleHunk
from papers.paper import Cell, Line, LineSpan, Origin, Paper, Source, origins_within
from papers.repair import (
    GAP,
    History,
    Hunk,
    InkChange,
    Mark,
    Power,
    Repair,
    apply,
    check,
    ink,
    ink_change,
    replay,
    shown,
    trace,
)

NONE: frozenset[Power] = frozenset()
LOSES: frozenset[Power] = frozenset({"loses ink"})
SUPPLIES: frozenset[Power] = frozenset({"supplies ink"})
SIGNS: frozenset[Power] = frozenset({"adds signs"})


def row(*texts: str, number: int = 1) -> Line:
    """A line of cells as the text extractor makes it."""
    cells, start = [], 1
    for text in texts:
        place = LineSpan(number, start, start + len(text) - 1)
        cells.append(Cell(text, (Origin(text, place),)))
        start += len(text) + 1
    return Line("row", tuple(cells))


def paper(*lines: Line) -> Paper:
    return Paper(Source("plan.txt", "0" * 64, "text/plain"), "text (utf-8)", lines)


def told(line: Line, *texts: str) -> Line:
    """The same line, saying something else."""
    return line.with_cells(*(cell.with_text(text) for cell, text in zip(line.cells, texts, strict=True)))


A, B, C, D = (row(letter, number=n) for n, letter in enumerate("abcd", start=1))


class TestApply:
    def test_a_hunk_takes_the_place_of_its_lines(self) -> None:
        clean, log = apply(paper(A, B, C), "a-rule", LOSES, [Hunk(1, (B,), (), "dirt")])
        assert clean == paper(A, C)
        assert log == [Repair("a-rule", LOSES, Hunk(1, (B,), (), "dirt"))]

    def test_many_hunks_at_once_are_logged_as_if_one_came_after_the_other(self) -> None:
        # In any order; the log's places are those of the paper as the earlier entries have left it.
        hunks = [Hunk(3, (D,), (D, Line("blank")), "room"), Hunk(0, (A,), (), "dirt"), Hunk(2, (C,), (), "dirt")]
        clean, log = apply(paper(A, B, C, D), "a-rule", LOSES, hunks)
        assert clean == paper(B, D, Line("blank"))
        assert [entry.hunk.at for entry in log] == [0, 1, 1]
        assert replay(paper(A, B, C, D), log) == clean

    def test_lines_are_joined_and_parted(self) -> None:
        joined = Line("row", (Cell("a b", A.cells[0].origins + B.cells[0].origins),))
        clean, log = apply(paper(A, B, C), "a-rule", NONE, [Hunk(0, (A, B), (joined,), "one line")])
        assert clean == paper(joined, C)
        back, _ = apply(clean, "a-rule", NONE, [Hunk(0, (joined,), (A, B), "two lines")])
        assert back == paper(A, B, C)
        assert replay(paper(A, B, C), log) == clean

    def test_a_note_changes_nothing_and_is_not_logged(self) -> None:
        note = Hunk(1, (B,), (B,), "look here", doubted=(Mark(0, 0),))
        assert note.is_note
        assert apply(paper(A, B), "a-rule", NONE, [note]) == (paper(A, B), [])

    def test_lines_can_be_put_at_the_end(self) -> None:
        clean, _ = apply(paper(A), "a-rule", NONE, [Hunk(1, (), (Line("blank"),), "an end")])
        assert clean == paper(A, Line("blank"))

    @pytest.mark.parametrize(
        "hunks",
        [
            pytest.param([Hunk(0, (B,), (), "")], id="another line stands there"),
            pytest.param([Hunk(1, (told(B, "b "),), (), "")], id="the line says something else"),
            pytest.param([Hunk(1, (replace(B, kind="prose"),), (), "")], id="the line is of another kind"),
            pytest.param([Hunk(1, (B, C, D), (), "")], id="the paper ends before the hunk does"),
            pytest.param([Hunk(9, (B,), (), "")], id="behind the end"),
            pytest.param([Hunk(-1, (C,), (), "")], id="before the beginning"),
            pytest.param([Hunk(0, (A, B), (A,), ""), Hunk(1, (B,), (), "")], id="two hunks overlap"),
            pytest.param([Hunk(1, (B,), (), ""), Hunk(1, (B,), (), "")], id="the same hunk twice"),
        ],
    )
    def test_a_hunk_that_does_not_fit_is_refused(self, hunks: list[Hunk]) -> None:
        with pytest.raises(StaleHunk, match="a-rule"):
            apply(paper(A, B, C), "a-rule", LOSES, hunks)

    def test_a_hunk_that_goes_too_far_is_refused_with_all_others(self) -> None:
        with pytest.raises(Overreach):
            apply(paper(A, B), "a-rule", NONE, [Hunk(0, (A,), (A, Line("blank")), ""), Hunk(1, (B,), (), "")])


class TestPowers:
    @pytest.mark.parametrize(
        ("before", "after", "power"),
        [
            pytest.param(("**a**",), ("a",), "loses ink", id="drops signs"),
            pytest.param(("£1,1O9",), ("£1,1",), "loses ink", id="drops figures"),
            pytest.param(("a",), ("ab",), "supplies ink", id="adds a letter"),
            pytest.param(("commun",), ("community",), "supplies ink", id="completes a word"),
            pytest.param(("a",), (f"a {GAP}",), "adds signs", id="marks a gap"),
            pytest.param(("a b",), ("a\n• b",), "adds signs", id="marks an item"),
        ],
    )
    def test_what_a_rule_has_not_declared_it_must_not_do(
        self, before: tuple[str, ...], after: tuple[str, ...], power: Power
    ) -> None:
        line = row(*before)
        hunk = Hunk(0, (line,), (told(line, *after),), "because")
        check("a-rule", frozenset({power}), hunk)
        others: set[Power] = {"loses ink", "supplies ink", "adds signs"}
        with pytest.raises(Overreach, match=power):
            check("a-rule", frozenset(others - {power}), hunk)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            pytest.param(("commun", "ity Sept 2006"), ("community", "Sept 2006"), id="moves letters between cells"),
            pytest.param((" a  b ",), ("a b",), id="changes white space"),
            pytest.param(("a\tb\x0c\u2003c\xa0",), ("abc",), id="all kinds of white space"),
            pytest.param(("1", "Rota"), ("", "1 Rota"), id="empties a cell into another"),
        ],
    )
    def test_moving_needs_no_power(self, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        line = row(*before)
        check("a-rule", NONE, Hunk(0, (line,), (told(line, *after),), "because"))

    def test_a_letter_for_another_is_a_loss_and_a_supply(self) -> None:
        line = row("£1O")
        change = ink_change(Hunk(0, (line,), (told(line, "£10"),), "misread"))
        assert change == InkChange(dropped=1, supplied=1, signs=0)

    def test_a_changed_case_is_a_change_of_ink(self) -> None:
        line = row("A")
        with pytest.raises(Overreach, match="loses ink"):
            check("a-rule", NONE, Hunk(0, (line,), (told(line, "a"),), ""))

    def test_the_message_names_the_rule_and_quotes_the_line(self) -> None:
        line = row("Keep a log", "£5")
        with pytest.raises(Overreach) as caught:
            check("a-rule", NONE, Hunk(0, (line,), (told(line, "Keep a log", ""),), ""))
        assert "a-rule" in str(caught.value)
        assert "Keep a log" in str(caught.value)
        assert "please report it" in str(caught.value)

    def test_lines_out_of_nothing_are_a_supply(self) -> None:
        with pytest.raises(Overreach, match="supplies ink"):
            check("a-rule", NONE, Hunk(0, (), (A,), ""))


class TestSigns:
    def test_a_printed_bullet_is_ink_and_ours_is_a_sign(self) -> None:
        line = row("Consult • the MPS")
        moved = Hunk(0, (line,), (told(line, "Consult\n• the MPS"),), "a list")
        assert ink_change(moved) == InkChange(0, 0, 0)
        ours = Hunk(0, (row("Consult the MPS"),), (told(row("Consult the MPS"), "Consult\n• the MPS"),), "a list")
        assert ink_change(ours) == InkChange(0, 0, signs=1)

    def test_a_bullet_inside_a_line_is_no_sign(self) -> None:
        line = row("a b")
        assert ink_change(Hunk(0, (line,), (told(line, "a • b"),), "")) == InkChange(0, supplied=1, signs=0)

    def test_a_gap_counts_its_three_characters(self) -> None:
        line = row("Counter-t etc.")
        assert ink_change(Hunk(0, (line,), (told(line, f"Counter-t{GAP} etc."),), "")) == InkChange(0, 0, signs=3)

    def test_brackets_alone_are_no_gap(self) -> None:
        line = row("a")
        assert ink_change(Hunk(0, (line,), (told(line, "a [b]"),), "")) == InkChange(0, supplied=3, signs=0)

    def test_a_sign_that_goes_is_a_loss(self) -> None:
        line = row(f"a{GAP}")
        assert ink_change(Hunk(0, (line,), (told(line, "ab"),), "")) == InkChange(dropped=3, supplied=1, signs=0)

    def test_ink_leaves_white_space_out(self) -> None:
        assert ink([row(" a\xa0b", "a\n")]) == {"a": 2, "b": 1}


class TestShown:
    def test_supplied_characters_stand_in_brackets(self) -> None:
        line = row("community engagement", "£5")
        assert shown([line], [Mark(0, 0, 14, 20)]) == "community enga[gement] | £5"

    def test_several_in_one_cell(self) -> None:
        assert shown([row("abcdef")], [Mark(0, 0, 0, 1), Mark(0, 0, 3, 4)]) == "[a]bc[d]ef"

    def test_lines_below_each_other(self) -> None:
        assert shown([A, row("b", "c")], [Mark(1, 1, 0, 1)]) == "a\nb | [c]"


class TestReplay:
    def test_a_log_of_another_paper_is_refused(self) -> None:
        _, log = apply(paper(A, B), "a-rule", LOSES, [Hunk(1, (B,), (), "")])
        with pytest.raises(StaleHunk, match="a-rule"):
            replay(paper(A, C), log)

    def test_a_log_out_of_order_is_refused(self) -> None:
        _, log = apply(paper(A, B, C), "a-rule", LOSES, [Hunk(0, (A,), (), ""), Hunk(1, (B,), (), "")])
        with pytest.raises(StaleHunk):
            replay(paper(A, B, C), reversed(log))

    def test_it_keeps_the_source_and_the_extractor(self) -> None:
        assert replay(paper(A), []) == paper(A)


class TestTrace:
    def test_a_cell_that_nobody_touched_has_no_history(self) -> None:
        raw = paper(row("a", "b"), C)
        _, log = apply(raw, "a-rule", LOSES, [Hunk(1, (C,), (), "")])
        assert trace(raw, log) == ((History(), History()),)

    def test_a_changed_cell_remembers_its_repair_and_its_neighbour_does_not(self) -> None:
        line = row("**a**", "b")
        raw = paper(line)
        _, log = apply(raw, "a-rule", LOSES, [Hunk(0, (line,), (told(line, "a", "b"),), "")])
        assert trace(raw, log) == ((History(repairs=(0,)), History()),)

    def test_a_joined_cell_remembers_what_happened_to_all_its_parts(self) -> None:
        first, second = row("**a**", number=1), row("**b**", number=2)
        raw = paper(first, second)
        paper_1, log_1 = apply(
            raw,
            "marks",
            LOSES,
            [Hunk(0, (first,), (told(first, "a"),), ""), Hunk(1, (second,), (told(second, "b"),), "")],
        )
        a, b = (line.cells[0] for line in paper_1.lines)
        joined = Line("row", (Cell("a b", a.origins + b.origins),))
        _, log_2 = apply(paper_1, "join", NONE, [Hunk(0, paper_1.lines, (joined,), "")])
        assert trace(raw, [*log_1, *log_2]) == ((History(repairs=(0, 1, 2)),),)

    def test_the_log_may_move_a_line_before_it_is_changed(self) -> None:
        raw = paper(A, row("**b**", number=2))
        marked = raw.lines[1]
        hunks = [Hunk(0, (A,), (), ""), Hunk(1, (marked,), (told(marked, "b"),), "")]
        _, log = apply(raw, "a-rule", LOSES, hunks)
        assert trace(raw, log) == ((History(repairs=(1,)),),)

    def test_doubts_and_supplies_are_those_of_the_cells_they_name(self) -> None:
        line = row("enga", "b")
        hunk = Hunk(
            0, (line,), (told(line, "engagement", "b"),), "", doubted=(Mark(0, 1),), supplied=(Mark(0, 0, 4, 10),)
        )
        raw = paper(line)
        _, log = apply(raw, "a-rule", SUPPLIES, [hunk])
        assert trace(raw, log) == ((History(repairs=(0,), supplies=(0,)), History(doubts=(0,))),)

    def test_a_blank_cell_that_a_repair_adds_has_no_history(self) -> None:
        line = row("a")
        wider = line.with_cells(*line.cells, Cell(""))
        raw = paper(line)
        _, log = apply(raw, "a-rule", NONE, [Hunk(0, (line,), (wider,), "")])
        assert trace(raw, log) == ((History(), History()),)

    def test_a_sign_of_ours_does_not_hide_a_cell(self) -> None:
        line = row("a b")
        raw = paper(line)
        clean, log = apply(raw, "a-rule", SIGNS, [Hunk(0, (line,), (told(line, "a\n• b"),), "")])
        assert clean.lines[0].cells[0].origins == line.cells[0].origins
        assert trace(raw, log) == ((History(repairs=(0,)),),)


class TestCell:
    def test_text_without_an_origin_can_not_be_made(self) -> None:
        with pytest.raises(ValueError, match="needs an origin"):
            Cell("made up")

    @pytest.mark.parametrize("spans", [(0, 1), (1, -1)])
    def test_a_span_is_at_least_one(self, spans: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="at least 1"):
            Cell("", (), *spans)


class TestOriginsWithin:
    def test_a_part_has_its_own_stretch_of_the_line(self) -> None:
        cell = row("Rota  Sept\xa02006").cells[0]
        assert origins_within(cell, 4, "  Sept 2006") == (Origin("Sept\xa02006", LineSpan(1, 7, 15)),)

    def test_of_a_cell_that_was_changed_all_origins_stay(self) -> None:
        cell = row("**Rota**  May").cells[0].with_text("Rota  May")
        assert origins_within(cell, 6, "May") == cell.origins

    def test_of_a_joined_cell_all_origins_stay(self) -> None:
        joined = Cell("a b", A.cells[0].origins + B.cells[0].origins)
        assert origins_within(joined, 2, "b") == joined.origins

    def test_a_part_without_ink_keeps_the_origin_of_the_whole(self) -> None:
        cell = row("a   b").cells[0]
        assert origins_within(cell, 1, "   ") == cell.origins
