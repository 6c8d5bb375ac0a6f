"""What a person has answered is no longer asked, and what nobody has answered still is."""

import pytest

from papers.repair import replay
from pipeline.rows import records
from pipeline.run import Reading, read

PAPER = """Objective 1: Support the governance role

Key actions/events:\tDeadline/date\tBudget
1. Keep a log\tOngoing\t£12O
2. Agree a rota\tOngoing\t£5
\tTOTAL\t£9
"""


def ruled(*rulings: tuple[str, str], paper: str = PAPER) -> Reading:
    texts = [
        f"[[ruling]]\nprinted = {printed!r}\nreads = {reads!r}\nwhy = 'seen'\nby = 'A. Clerk'\n"
        for printed, reads in rulings
    ]
    return read(paper.encode(), "plan.txt", "plan", (), ("plan.toml", "\n".join(texts).encode()))


def doubts(reading: Reading) -> list[tuple[str, str]]:
    return sorted((row["rule"], row["text"]) for row in records(reading).rows["review"])  # type: ignore[misc]


def test_without_rulings_every_doubt_is_open() -> None:
    assert [text for _, text in doubts(ruled())] != []
    assert records(ruled()).rows["papers"][0]["doubts"] == len(doubts(ruled()))


def test_accepting_what_is_printed_closes_the_doubts_of_that_cell_alone() -> None:
    before = doubts(ruled())
    reading = ruled(("£12O", "£12O"))
    assert doubts(reading) == [(rule, text) for rule, text in before if text != "£12O"] != before
    entry = next(entry for entry in reading.normalised.repairs if entry.rule == "ruling")
    assert entry.hunk.is_note
    assert entry.hunk.why == "A. Clerk rules: seen"
    assert replay(reading.raw, reading.normalised.repairs) == reading.clean
    cells = {row["text"]: row["doubted"] for row in records(reading).rows["cells"]}
    assert cells["£12O"] is False


def test_a_correction_does_not_close_a_total_that_differs() -> None:
    reading = ruled(("£12O", "£120"), ("£9", "£19"))
    assert doubts(reading) == [("total", "£19")]
    accepted = ruled(("£12O", "£120"), ("£9", "£9"))
    assert doubts(accepted) == []
    assert [check.status for check in accepted.checks] == ["differs"]


@pytest.mark.parametrize("reads", ["Report of the Clerk", "Report of the Clork"])
def test_a_ruling_elsewhere_answers_nothing(reads: str) -> None:
    paper = f"Report of the Clork\n\n{PAPER}"
    assert len(doubts(ruled(("Report of the Clork", reads), paper=paper))) == len(doubts(ruled(paper=paper)))


def test_a_cell_of_a_web_page_can_be_accepted() -> None:
    rows = "<tr><th>Head</th><th>£</th></tr><tr><td>Pay</td><td>3</td></tr><tr><td>Rent</td><td>4</td></tr>"
    page = f"<html><body><table border=1>{rows}<tr><td>Total</td><td>9</td></tr></table>"
    sidecar = b"[[ruling]]\nprinted = '9'\nreads = '9'\nwhy = 'as printed'\nby = 'A. Clerk'\n"
    assert [doubt.rule for doubt in read(page.encode(), "a.html", "a").doubts] == ["total"]
    assert read(page.encode(), "a.html", "a", (), ("a.toml", sidecar)).doubts == ()
