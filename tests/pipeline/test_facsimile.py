"""What the review page shows of a source: page pictures that stay small, and web pages of which nothing is alive."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.colors import red
from reportlab.pdfgen.canvas import Canvas

from papers.errors import NoText
from papers.served import Served
from pipeline.facsimile import Facsimile, facsimile
from pipeline.run import read

ELEMENTS = frozenset(
    "address b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q s small span "
    "strong sub sup table tbody td tfoot th thead tr u ul".split()
)
ABOUT = frozenset(("raw", "columns", "rows", "align", "border", "title", "picture", "start"))


def shown(data: bytes, path: str, most_pictures: int = 40) -> Facsimile:
    return facsimile(data, read(data, path, "paper"), most_pictures)


def pdf(pages: int, *, coloured: bool = False, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with a line on each page, and on the last a table with a total that differs."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=True)
    for number in range(1, pages + 1):
        canvas.drawString(50, size[1] - 60, f"This is what stands on page {number} of the paper.")
        if coloured:
            canvas.setFillColor(red)
            canvas.rect(50, 50, 200, 100, fill=1)
        if number == pages:
            for n, (name, amount) in enumerate(
                (("Area", "£000"), ("Pay", "1,109"), ("Rent", "204"), ("Total", "1,413"))
            ):
                canvas.drawString(100, 400 - 20 * n, name)
                canvas.drawRightString(300, 400 - 20 * n, amount)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


class TestPagePictures:
    def test_are_small_and_the_same_every_time(self) -> None:
        sheets = shown(pdf(2), "a.pdf").sheets
        assert [(sheet.number, sheet.width, sheet.height, sheet.file) for sheet in sheets] == [
            (1, 595, 842, "page-0001.png"),
            (2, 595, 842, "page-0002.png"),
        ]
        assert shown(pdf(2), "a.pdf").pictures == {sheet.file: sheet.png for sheet in sheets}
        assert all(max(picture(sheet.png).size) == 1400 and len(sheet.png) < 60_000 for sheet in sheets)

    def test_keep_colour_where_there_is_some(self) -> None:
        grey, coloured = (shown(pdf(1, coloured=flag), "a.pdf").sheets[0] for flag in (False, True))
        assert picture(grey.png).convert("RGB").tobytes() == picture(grey.png).convert("L").convert("RGB").tobytes()
        red_part = picture(coloured.png).convert("RGB").getpixel((150, 1250))
        assert isinstance(red_part, tuple)
        assert red_part[0] > 200 > 60 > red_part[1]

    def test_are_made_of_the_pages_with_doubts_first(self) -> None:
        sheets = shown(pdf(4), "a.pdf", 2).sheets
        assert [sheet.number for sheet in sheets if sheet.png] == [1, 4]
        assert [sheet.number for sheet in sheets] == [1, 2, 3, 4]

    def test_are_left_out_if_nobody_wants_them(self) -> None:
        assert shown(pdf(2), "a.pdf", 0) == Facsimile()

    @pytest.mark.parametrize("size", [(14_400, 300), (300, 14_400)])
    def test_of_absurd_pages_stay_small(self, size: tuple[float, float]) -> None:
        (sheet,) = shown(pdf(1, size=size), "a.pdf").sheets
        assert max(picture(sheet.png).size) == 1400

    def test_tell_when_they_are_drawn(self) -> None:
        told: list[int] = []
        data = pdf(3)
        facsimile(data, read(data, "a.pdf", "paper"), 2, told.append)
        assert told == [1, 3, 0]


def elements(node: Any) -> Iterator[Any]:
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(child for child in one[2:] if isinstance(child, list))


def texts(node: Any) -> str:
    return "".join(child if isinstance(child, str) else texts(child) for child in node[2:])


TAGS = st.sampled_from(
    "p div span td th tr table tbody ul ol li h2 b a br img font center script style svg iframe form input textarea "
    "select option pre noscript template object embed math video base meta link frameset x:y details".split()
)
ATTRIBUTES = st.sampled_from(
    (
        "| onclick=alert(1)| style='background:url(x)'| href=javascript:alert(1)| src=http://x/ alt=seal| id=view"
        "| hidden| class=cell| colspan=3| rowspan=0| align=RIGHT| border=1| start=4| srcdoc='<b>x</b>'"
    ).split("|")
)
MARKUP = st.lists(
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES)
    | st.builds("</{}>".format, TAGS)
    | st.sampled_from(["12", " a b ", "&lt;"])
)


class TestAWebPage:
    @given(MARKUP.map("".join))
    def test_is_made_of_harmless_elements_and_every_cell_is_found_in_it(self, markup: str) -> None:
        data = f"<html><body>{markup}<p>The end.".encode()
        try:
            reading = read(data, "a.html", "a")
        except NoText:
            return
        copy = facsimile(data, reading, 0).copy
        found = set()
        for name, about, *children in elements(copy):
            assert name in ELEMENTS
            assert about == 0 or set(about) <= ABOUT
            assert all(isinstance(child, str | list) for child in children)
            found |= set(about["raw"] if about and "raw" in about else ())
        cells = [cell for line in reading.raw.lines for cell in line.cells]
        assert found == {number for number, cell in enumerate(cells) if cell.origins}

    def test_keeps_its_tables_lists_and_links_as_they_look(self) -> None:
        page = (
            "<h1>Report</h1><p align=center>See <a href=' javascript:alert(1)'>this</a> <img src=x alt='the seal'></p>"
            "<ol start=3><li>three</ol><table border=1><tr><th colspan=2>2006<td rowspan='2;'>x<tr><td>1<td>2</table>"
        )
        copy = shown(page.encode(), "a.html").copy
        found = [
            [name, {key: value for key, value in about.items() if key != "raw"}]
            for name, about, *_ in elements(copy)
            if about
        ]
        assert ["p", {"align": "center"}] in found
        assert ["span", {"title": "javascript:alert(1)"}] in found
        assert ["ol", {"start": 3}] in found
        assert ["table", {"border": 1}] in found
        assert ["th", {"columns": 2}] in found
        assert ["td", {"rows": 2}] in found
        assert "[the seal]" in texts(copy)

    def test_that_is_nested_very_deep_stays_shallow(self) -> None:
        data = b"<html><body>" + b"<div>" * 5000 + b"<p>down here</p>"
        copy = shown(data, "a.html").copy
        depth = 0
        node: Any = copy
        while isinstance(node, list):
            node = next((child for child in node[2:] if isinstance(child, list)), None)
            depth += 1
        assert depth < 100
        assert "down here" in texts(copy)

    def test_that_is_too_large_is_left_to_its_lines(self) -> None:
        assert shown(b"<html><body>" + b"<p>x</p>" * 30_001, "a.html").copy is None

    def test_is_decoded_as_it_was_read(self) -> None:
        data = "<html><body><p>\u0416\u0416\u0416 and £5</p>".encode("cp1251", "ignore")
        reading = read(data, "a.html", "a", served=Served(charset="windows-1251"))
        assert "\u0416" in texts(facsimile(data, reading, 0, served=Served(charset="windows-1251")).copy)

    def test_that_was_saved_as_one_file_is_the_page_itself(self) -> None:
        page = b"<html><body><p>The cost =C2=A35 was <b>agreed</b>.</p></body></html>"
        envelope = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        part = b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        saved = shown(envelope + part + page + b"\n--x--\n", "page.mht")
        assert saved.copy == shown(page.replace(b"=C2=A3", "£".encode()), "page.html").copy


def test_a_text_needs_no_facsimile() -> None:
    assert shown(b"Heading\n\nA line of text.\n", "a.txt") == Facsimile()
