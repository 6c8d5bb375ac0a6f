"""The promise, whatever the input: inputs that once broke it, and texts, pages and PDF files of any shape.

The laws are those that fuzzing holds against its inputs (`fuzz/promise.py`).
"""

import io
import runpy
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

FUZZ = Path(__file__).parents[1] / "fuzz"
LAWS = runpy.run_path(str(FUZZ / "promise.py"))
check_extracted: Callable[[bytes], None] = LAWS["check_extracted"]
check_read: Callable[[bytes], None] = LAWS["check_read"]

EXAMPLES = settings().max_examples

TABLE = "<html><body><table border=1><tr><th>Ward<th>Cost<th>Cost"


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Load the dictionaries, so that this is not counted."""
    check_read(next((FUZZ.parent / "data" / "raw").glob("*plan*.txt")).read_bytes())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<!--a-->" * 500 + b"Read this", id="comments before a text that is no page"),
        pytest.param(b"<!--" * 2_000 + b"Read this", id="comments that never end"),
        pytest.param(b"Action    Deadline    Budget\n" + b"-" * 80 + b" note\n", id="a line drawn below a header"),
        pytest.param(f"{TABLE}<tr><td>a ({'a' * 9_000}".encode(), id="a bracket that never ends"),
        pytest.param(b"<html><body><p>a<ruby>b<rt>c</rt></ruby><template>d</template>", id="glosses and templates"),
        pytest.param(f"{TABLE}<tr><td>{'*' * 300} x<td>1<td>2".encode(), id="a label of stars"),
        pytest.param(f"{TABLE}<tr><td>{'² ' * 300}x<td>1<td>2".encode(), id="a label of raised figures"),
    ],
)
def test_inputs_that_once_broke_it(data: bytes) -> None:
    with LAWS["in_time"](len(data), factor=20):  # what hangs is found; a busy machine is not
        check_extracted(data)
        check_read(data)


def test_what_a_pdf_unpacks_to_counts_as_its_size() -> None:
    size = LAWS["unpacked_size"]
    stream = zlib.compress(b"BT (a) Tj ET\n" * 10_000)
    packed = b"%PDF-1.4\n1 0 obj <</Filter /FlateDecode>> stream\n" + stream + b"\nendstream endobj"
    assert size(packed) == len(packed) + 130_000
    assert size(packed[1:]) == len(packed) - 1
    assert size(packed[:-30]) > 100_000
    damaged = packed.replace(stream, stream[:-20] + bytes(20))
    assert size(damaged) > 100_000


def test_no_pattern_takes_long_over_any_text() -> None:
    assert runpy.run_path(str(FUZZ / "patterns.py"))["slow_patterns"]() == []


WORDS = st.sampled_from(
    ("Ward", "Total", "Brent", "Keep a log", "Sept 2006", "£5", "£000", "1,109", "(12)", "-", "", "n/a", "2005/06",
     "12%", "1.", "•", "Note: x", "Objective 1: Rotas", "A. Aims", "1,109²", "*", "Action", "Deadline", "Budget",
     "\u202e5", "=1"),
)  # fmt: skip
TEXTS = st.one_of(WORDS, WORDS, st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8))


def cell(tag: str, rows: int, columns: int, text: str) -> str:
    return f"<{tag} rowspan={rows} colspan={columns}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>"


SPANS = st.sampled_from((1, 1, 1, 1, 2, 3, 0, 99))
CELLS = st.builds(cell, st.sampled_from(("td", "td", "th")), SPANS, SPANS, TEXTS)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5).map("".join), min_size=1, max_size=5).map(
    lambda rows: f"<table border=1>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
)


def element(name: str, parts: Sequence[str]) -> str:
    return f"<{name}>{''.join(parts)}</{name.partition(' ')[0]}>"


NAMES = st.sampled_from(
    ("p", "div", "b", "h2", "ul", "ol", "li", "span hidden", "div class=nav", "a href=x.pdf", "sup", "pre",
     "font size=5", "table", "tr", "td", "blockquote", "table border=1", "caption", "ruby", "rt",
     "template", "noscript", "select"),
)  # fmt: skip
TREES = st.recursive(
    st.one_of(TEXTS.map(lambda text: text.replace("<", "&lt;")), TABLES),
    lambda inner: st.builds(element, NAMES, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@given(st.lists(TREES, min_size=1, max_size=4).map("".join))
@settings(max_examples=EXAMPLES * 2)
def test_it_holds_on_pages_of_any_shape(body: str) -> None:
    data = f"<html><meta charset=utf-8><body>{body}</body></html>".encode()
    check_extracted(data)
    check_read(data)


ROWS = st.lists(TEXTS, min_size=1, max_size=5).flatmap(
    lambda cells: st.sampled_from(("\t", "  ", " | ", "    ", " ")).map(lambda sign: sign.join(cells))
)


@given(st.lists(st.one_of(ROWS, ROWS, TEXTS, st.just("")), min_size=1, max_size=12).map("\n".join))
@settings(max_examples=EXAMPLES * 2)
def test_it_holds_on_tables_of_text(text: str) -> None:
    check_extracted(text.encode())
    check_read(text.encode())


def drawn(tables: Sequence[tuple[int, int, Sequence[Sequence[str]], bool]], angle: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True)
    canvas.setPageRotation(angle)
    for left, top, rows, ruled in tables:
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                canvas.drawString(left + 90 * column + 3, top - 15 * number - 11, text)
        if ruled:
            width = max(map(len, rows))
            canvas.grid([left + 90 * n for n in range(width + 1)], [top - 15 * n for n in range(len(rows) + 1)])
    canvas.save()
    return buffer.getvalue()


PRINTED = st.one_of(WORDS, st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=12))
DRAWN = st.tuples(
    st.integers(0, 300),
    st.integers(100, 840),
    st.lists(st.lists(PRINTED, min_size=1, max_size=4), min_size=1, max_size=6),
    st.booleans(),
)


@given(st.lists(DRAWN, min_size=1, max_size=3), st.sampled_from((0, 0, 90, 180, 270)))
@settings(max_examples=EXAMPLES)
def test_it_holds_on_pages_with_tables_anywhere(
    tables: list[tuple[int, int, list[list[str]], bool]], angle: int
) -> None:
    data = drawn(tables, angle)
    check_extracted(data)
    check_read(data)
