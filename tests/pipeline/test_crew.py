"""Many papers at once: in order, each within its limits, none lost with the process that read another."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib.colors import blue, red
from reportlab.pdfgen.canvas import Canvas

from pipeline.crew import AHEAD, Crew
from pipeline.inputs import Input, find_inputs
from pipeline.limits import Limits
from pipeline.options import Options
from publish.finished import Finished
from publish.packing import unpack

LONG = "".join(f"{n}. Note the performance of ward {n}\tSept 2006\t£{n},000\n" for n in range(200_000))
"""A text that takes half a minute at least."""


def papers(folder: Path, **texts: str) -> list[Input]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return find_inputs([folder], folder / "out")


def read(inputs: list[Input], workers: int = 1, limits: Limits | None = None) -> list[Finished]:
    with Crew(workers, Options(limits=limits or Limits())) as crew:
        return [finished(answer) for _, answer in crew.read_all(inputs)]


def finished(answer: bytes | None) -> Finished:
    assert answer is not None
    return unpack(answer)[0]


def statuses(found: list[Finished]) -> dict[str, str]:
    return {paper.paper_id: paper.facts["status"] for paper in found}


def detail(paper: Finished) -> str:
    assert paper.facts["source_sha256"]
    assert paper.blocks.keys() == {"papers"}
    return paper.facts["status_detail"]


def test_the_results_come_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    inputs = papers(tmp_path, **{f"p{n:02}": f"Report {n}\n" * (20 - n) for n in range(20)})
    one, three = read(inputs), read(inputs, workers=3)
    assert one == three
    assert [paper.paper_id for paper in one] == [f"p{n:02}" for n in range(20)]


def test_a_rule_is_left_out_by_every_process(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="R&amp;D", b="R&amp;D")
    with Crew(2, Options(("html-entities",))) as crew:
        for _, answer in crew.read_all(inputs):
            assert b"R&amp;D" in finished(answer).blocks["sections"].text


def test_what_is_known_is_not_read(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="Report", b="Report", c="Report")
    with Crew() as crew:
        found = list(crew.read_all(inputs, lambda item: item.paper_id != "b"))
        assert [(item.paper_id, answer is None) for item, answer in found] == [("a", True), ("b", False), ("c", True)]
        assert finished(crew.read_again(inputs[2])).paper_id == "c"


def test_a_paper_that_takes_too_long(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="Report", b=LONG, c="Report", d="Report")
    for workers in (1, 2):
        found = read(inputs, workers, Limits(seconds=1))
        assert statuses(found) == {"a": "ok", "b": "failed", "c": "ok", "d": "ok"}
        assert detail(found[1]) == (
            "reading it took more than 1 s of processor time; raise --time-limit if the paper is sound"
        )


def test_a_page_that_takes_too_long(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "b.pdf"))
    canvas.drawString(72, 700, "A page")
    canvas.showPage()
    for n in range(60_000):
        canvas.rect(50 + n % 300, 50 + n // 300, 0.7, 0.7)
        if n % 10 == 0:
            canvas.drawString(50 + n % 300, 50 + n // 300, str(n))
    canvas.showPage()
    canvas.save()
    found = read(papers(tmp_path, a="Report", c="Report"), 2, Limits(page_seconds=1))
    assert statuses(found) == {"a": "ok", "b": "failed", "c": "ok"}
    assert detail(found[1]) == "reading page 2 took more than 1 s of processor time; save a copy without that page"


def test_a_paper_that_is_read_at_once_but_slow_to_draw_goes_without_pictures(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "b.pdf"), invariant=True)
    canvas.drawString(72, 700, "Report: 8a")
    for _ in range(600):
        canvas.linearGradient(0, 0, 595, 842, (red, blue), extend=True)
    canvas.showPage()
    canvas.save()
    inputs = papers(tmp_path, a="Report", c="Report")
    for limits, why in (
        (Limits(page_seconds=1), "drawing page 1 took more than 1 s of processor time"),
        (Limits(seconds=1), "reading it and drawing its pages took more than 1 s of processor time"),
    ):
        one, two = (read(inputs, workers, limits) for workers in (1, 2))
        assert one == two
        assert statuses(one) == {"a": "ok", "b": "ok", "c": "ok"}
        assert [file.path for file in one[1].files] == ["review/papers/b.js"]
        assert f"low,extract,,,there are no pictures of its pages: {why},".encode() in one[1].blocks["review"].text


def test_a_paper_that_takes_too_much_memory(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="Report", b="Report 8a\n" * 15_000_000, c="Report", d="Report")
    found = read(inputs, 2, Limits(megabytes=400))
    assert statuses(found) == {"a": "ok", "b": "failed", "c": "ok", "d": "ok"}
    assert detail(found[1]) == (
        "reading it takes more than 400 MB of memory; raise --memory-limit if the paper is sound"
    )


def test_a_paper_with_too_much_output(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="Report", b="One.\n\nTwo.\n\n" * 50)
    found = read(inputs, limits=Limits(rows=60))
    assert statuses(found) == {"a": "ok", "b": "failed"}
    assert "--row-limit" in detail(found[1])


def test_inputs_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    """An archive may be longer than memory is wide."""
    taken = 0

    def archive() -> Iterator[Input]:
        nonlocal taken
        for taken in range(3 * AHEAD):
            yield Input(tmp_path, f"{taken}.txt", str(taken), missing="it is on a tape")

    with Crew() as crew:
        found = crew.read_all(archive())
        for n in range(5):
            assert next(found)[0].paper_id == str(n)
            assert taken <= AHEAD + n


def test_no_process_is_left_when_nobody_wants_the_rest(tmp_path: Path) -> None:
    inputs = papers(tmp_path, a="Report", b=LONG, c=LONG)
    with Crew(2) as crew:
        assert next(crew.read_all(inputs))[0].paper_id == "a"
    assert multiprocessing.active_children() == []
