"""PDF: headings, paragraphs, furniture, what is not seen, what can't be read. Papers are drawn by reportlab."""

import io
import re
from collections import Counter
from collections.abc import Callable

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.colors import black, darkblue, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract import extract
from papers.errors import Encrypted, NoText, PaperError
from papers.paper import Line, PageBox, Paper
from papers.repair import ink

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]

PROSE = (
    "1. The Committee oversees risk management on behalf of the Authority. The register has",
    "been revised after a workshop with the senior management team, which was held on the",
    "last day of May and agreed the scores.",
)


def pdf(*pages: Draw, encrypt: StandardEncryption | None = None) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=0, encrypt=encrypt)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def paper(*pages: Draw) -> Paper:
    return extract(pdf(*pages), "report.pdf")


def text(*lines: str, x: float = 72, top: float = 100, size: float = 10, font: str = "Helvetica") -> Draw:
    """Draws lines of text one below the other; `top` is where the first baseline stands."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for number, line in enumerate(lines):
            canvas.drawString(x, HEIGHT - top - number * 1.2 * size, line)

    return draw


def page(*parts: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def texts(found: Paper, *kinds: str) -> list[str]:
    return [line.text for line in found.lines if line.kind in kinds]


def line_with(found: Paper, part: str) -> Line:
    [line] = [line for line in found.lines if part in line.text]
    return line


class TestProse:
    def test_a_paragraph_is_one_line_with_an_origin_for_each_line_of_print(self) -> None:
        found = paper(text(*PROSE))
        assert texts(found, "prose") == [" ".join(PROSE)]
        origins = found.lines[0].cells[0].origins
        assert [origin.raw for origin in origins] == list(PROSE)
        assert all(isinstance(origin.place, PageBox) for origin in origins)
        assert str(origins[0].place).startswith("page 1 (72,9")

    def test_short_lines_stay_apart(self) -> None:
        header = ("Report: 8a", "Date: 28 September 2006", "By: Treasurer")
        assert texts(paper(text(*header), text(*PROSE, top=200)), "prose")[:3] == list(header)

    def test_space_between_paragraphs_parts_them_though_the_lines_are_full(self) -> None:
        found = paper(page(text(*PROSE[:2]), text(*PROSE[:2], top=140), text(*PROSE, top=180)))
        assert len(texts(found, "prose")) == 3

    def test_an_indented_first_line_begins_a_paragraph(self) -> None:
        full = PROSE[1] + " at the"
        found = paper(page(text(full, full), text(full, x=92, top=124), text(full, full, top=136)))
        assert len(texts(found, "prose")) == 2

    def test_headings_by_size_and_by_weight(self) -> None:
        found = paper(
            page(
                text("Corporate risk register", size=18, font="Helvetica-Bold", top=80),
                text("B. Supporting information", size=13, top=110),
                text("Background", font="Helvetica-Bold", top=130),
                text(*PROSE, top=150),
            )
        )
        assert [(line.kind, line.level) for line in found.lines] == [
            ("heading", 1),
            ("heading", 2),
            ("heading", 3),
            ("prose", 0),
        ]

    def test_a_caption_in_bold_is_no_heading(self) -> None:
        found = paper(page(text("Table 1 - Awards by borough", font="Helvetica-Bold"), text(*PROSE, top=130)))
        assert line_with(found, "Table 1").kind == "prose"

    def test_list_items(self) -> None:
        found = paper(page(text(*PROSE), text("• Camden", "• Barnet", x=90, top=150)))
        assert texts(found, "item") == ["• Camden", "• Barnet"]

    def test_a_drawn_bullet_is_a_marker_and_no_text(self) -> None:
        def dot(canvas: Canvas) -> None:
            canvas.circle(80, HEIGHT - 147, 1.5, fill=1)

        found = paper(page(text(*PROSE), text("Camden and its neighbours", x=90, top=150), dot))
        line = line_with(found, "Camden")
        assert (line.kind, line.marker, line.text) == ("item", "•", "Camden and its neighbours")

    def test_two_columns_are_read_one_after_the_other(self) -> None:
        left = [f"The left column says {n} and goes on to its edge" for n in range(8)]
        right = [f"The right column says {n} and goes on as well, so" for n in range(8)]
        found = paper(
            page(
                text("Across both columns stands this line, which is as wide as they are."),
                text(*left, top=130),
                text(*right, x=320, top=130),
            )
        )
        whole = " ".join(line.text for line in found.lines)
        assert " ".join(left) in whole
        assert " ".join(right) in whole

    def test_labels_and_values_are_no_columns(self) -> None:
        found = paper(page(text("Report:", "Date:", "By:"), text("8a", "28 September 2006", "Treasurer", x=140)))
        assert texts(found, "prose") == ["Report: 8a", "Date: 28 September 2006", "By: Treasurer"]

    def test_text_that_goes_on_over_the_edge_of_a_coloured_bar_is_no_table(self) -> None:
        def frame(canvas: Canvas) -> None:
            canvas.setFillColor(darkblue)
            for number in range(8):
                canvas.rect(57, HEIGHT - 84 - 11 * number, 105, 11, stroke=1, fill=1)
            canvas.rect(57, 48, 5, HEIGHT - 48 - 161, stroke=0, fill=1)
            canvas.setFillColor(white)
            canvas.setFont("Helvetica", 7)
            for number, label in enumerate(("Home", "Board", "Reports", "Papers", "Press", "Jobs", "Links", "Search")):
                canvas.drawString(59, HEIGHT - 82 - 11 * number, label)
            canvas.setFillColor(black)

        body = [text(*PROSE, x=64, top=top) for top in range(180, 700, 60)]
        found = paper(page(frame, *body))
        assert texts(found, "prose").count(" ".join(PROSE)) == len(body)

    def test_a_paragraph_goes_on_over_a_page(self) -> None:
        first = page(text(*PROSE[:2], top=700), text("1", x=290, top=810))
        second = page(text(PROSE[2]), text("2", x=290, top=810))
        found = paper(first, second)
        assert texts(found, "prose") == [" ".join(PROSE)]
        assert texts(found, "furniture") == ["1", "2"]

    def test_a_hyphen_at_a_line_end_stays_as_printed(self) -> None:
        found = paper(text(PROSE[1][:-3] + "under-", "represented groups"))
        assert "under- represented groups" in found.lines[0].text


class TestMarks:
    def test_a_raised_figure_does_not_fuse_with_the_number(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, 700, "1,109")
            canvas.setFont("Helvetica", 6)
            canvas.drawString(72 + canvas.stringWidth("1,109", "Helvetica", 10), 704, "2")

        assert paper(draw).lines[0].text == "1,109²"

    def test_a_raised_ordinal_stays_plain(self) -> None:
        def draw(canvas: Canvas) -> None:
            line = canvas.beginText(72, 700)
            for part, size, rise in (("The 1", 10, 0), ("st", 6, 4), (" of May", 10, 0)):
                line.setFont("Helvetica", size)
                line.setRise(rise)
                line.textOut(part)
            canvas.drawText(line)

        assert paper(draw).lines[0].text == "The 1st of May"

    def test_type_struck_twice_is_read_once(self) -> None:
        found = paper(page(text("Total 42.5"), text("Total 42.5", x=72.3)))
        assert [line.text for line in found.lines] == ["Total 42.5"]

    def test_letters_that_really_stand_twice_stay(self) -> None:
        assert paper(text("All committees added 1100")).lines[0].text == "All committees added 1100"


class TestFurniture:
    def test_what_is_repeated_from_page_to_page(self) -> None:
        def sheet(number: int) -> Draw:
            body = [f"Paragraph {number} has its own text, which differs from page to page ({number * 7})."]
            return page(
                text("Finance Committee 18 November 2004", top=40),
                text(*body),
                text(f"Page {number} of 3", x=270, top=815),
            )

        found = paper(sheet(1), sheet(2), sheet(3))
        assert texts(found, "furniture") == [
            "Finance Committee 18 November 2004", "Page 1 of 3",
            "Finance Committee 18 November 2004", "Page 2 of 3",
            "Finance Committee 18 November 2004", "Page 3 of 3",
        ]  # fmt: skip
        assert len(texts(found, "prose")) == 3

    def test_the_only_page_has_a_number_too(self) -> None:
        assert texts(paper(page(text(*PROSE), text("- 1 -", x=290, top=815))), "furniture") == ["- 1 -"]

    @pytest.mark.parametrize("last", ["2007/08", "2007", "06/07", "9/4"])
    def test_a_year_at_the_foot_of_a_page_is_no_page_number(self, last: str) -> None:
        assert texts(paper(page(text(*PROSE), text(last, x=72, top=815))), "furniture") == []

    def test_lines_that_differ_in_more_than_a_page_number_stay(self) -> None:
        sheets = [text(f"Claim {number * 3} was paid {number} days after it had been made.") for number in (1, 2, 3)]
        assert texts(paper(*sheets), "furniture") == []

    def test_a_line_repeated_elsewhere_on_the_page_stays(self) -> None:
        found = paper(text(*PROSE, top=100), text(*PROSE, top=400), text(*PROSE, top=600))
        assert texts(found, "furniture") == []


class TestDirections:
    @pytest.mark.parametrize("turns", [90, 180, 270])
    def test_a_page_turned_by_its_rotate_entry(self, turns: int) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setPageRotation(turns)
            canvas.translate(*{90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turns])
            canvas.rotate(turns)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(72, 400, "Read from left to right")

        found = paper(draw)
        place = found.lines[0].place
        assert found.lines[0].text == "Read from left to right"
        assert isinstance(place, PageBox)
        assert place.x0 == pytest.approx(72, abs=1)

    @pytest.mark.parametrize("angle", [90, 270])
    def test_a_page_whose_text_runs_up_or_down(self, angle: int) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.translate(*((WIDTH, 0) if angle == 90 else (0, HEIGHT)))
            canvas.rotate(angle)
            canvas.setFont("Helvetica", 10)
            for number, line in enumerate(PROSE):
                canvas.drawString(72, 500 - 12 * number, line)

        found = paper(draw)
        assert texts(found, "prose") == [" ".join(PROSE)]
        place = found.lines[0].place
        assert isinstance(place, PageBox)
        assert place.bottom - place.top > place.x1 - place.x0  # on the page as shown the line stands upright

    def test_a_note_in_the_margin_stands_apart(self) -> None:
        def margin(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.translate(30, 300)
            canvas.rotate(90)
            canvas.drawString(0, 0, "Draft for comment")
            canvas.restoreState()

        assert texts(paper(page(text(*PROSE), margin)), "prose") == [" ".join(PROSE), "Draft for comment"]


class TestHidden:
    def test_white_on_white(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(white)
            canvas.drawString(72, 500, "nobody sees this")

        found = paper(page(text(*PROSE), draw))
        assert texts(found, "hidden") == ["nobody sees this"]

    def test_white_on_a_dark_ground_is_seen(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(darkblue)
            canvas.rect(60, 490, 300, 30, stroke=0, fill=1)
            canvas.setFillColor(white)
            canvas.drawString(72, 500, "Summary of the plan")
            canvas.setFillColor(black)

        assert texts(paper(page(text(*PROSE), draw)), "hidden") == []

    def test_beside_the_page_and_clipped(self) -> None:
        def clipped(canvas: Canvas) -> None:
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(50, 380, 200, 40)
            canvas.clipPath(path, stroke=0)
            canvas.drawString(72, 400, "inside")
            canvas.drawString(300, 400, "outside")
            canvas.restoreState()

        found = paper(page(text(*PROSE), text("far away", x=900), clipped))
        assert texts(found, "hidden") == ["far away", "outside"]
        assert "inside" in texts(found, "prose")

    def test_a_word_that_the_edge_cuts_stays_whole(self) -> None:
        found = paper(page(text(*PROSE), text("report", x=WIDTH - 15, top=200)))
        assert "report" in texts(found, "prose")


class TestUnread:
    def test_pages_without_text(self) -> None:
        with pytest.raises(NoText):
            paper(page())

    def test_a_picture_among_the_pages(self) -> None:
        def scan(canvas: Canvas) -> None:
            canvas.drawImage(ImageReader(Image.new("L", (20, 30), 200)), 0, 0, WIDTH, HEIGHT)

        with pytest.raises(NoText, match="picture"):
            paper(scan)
        found = paper(text(*PROSE), scan, scan)
        assert found.pages == 3
        [remark] = found.remarks
        assert remark.unread
        assert remark.why == "2 pages from 2 to 3: it is a picture without a text layer"

    def test_a_password(self) -> None:
        locked = pdf(text(*PROSE), encrypt=StandardEncryption("user", "owner", canPrint=0))
        with pytest.raises(Encrypted, match="password"):
            extract(locked, "locked.pdf")

    def test_an_owner_password_alone_does_not_lock_it(self) -> None:
        found = extract(pdf(text(*PROSE), encrypt=StandardEncryption("", "owner", canPrint=0)), "open.pdf")
        assert texts(found, "prose") == [" ".join(PROSE)]

    def test_a_text_layer_whose_letters_stand_for_others(self) -> None:
        shifted = ["".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.isalpha() else c for c in p.lower()) for p in PROSE]
        found = paper(page(text(*shifted), text(*shifted, top=300)), text(*PROSE))
        assert [remark.unread for remark in found.remarks] == [True]
        assert texts(found, "prose") == [" ".join(PROSE)]
        assert len(texts(found, "hidden")) == 6

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"%PDF-1.7\n", id="nothing but a head"),
            pytest.param(b"%PDF-1.7\n" + b"<<" * 5000, id="brackets without end"),
            pytest.param(
                b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                b"2 0 obj<</Type/Pages/Count 2147483647/Kids[2 0 R 2 0 R]>>endobj\n"
                b"trailer<</Root 1 0 R>>\n",
                id="pages that hold themselves",
            ),
            pytest.param(
                b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                b"2 0 obj<</Type/Pages/Count 900000/Kids[3 0 R]>>endobj\n"
                b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n",
                id="more pages claimed than there are",
            ),
        ],
    )
    def test_broken_files_are_refused(self, data: bytes) -> None:
        with pytest.raises(PaperError):
            extract(data, "broken.pdf")

    @settings(max_examples=40)
    @given(st.data())
    def test_a_damaged_file_is_read_or_refused(self, data: st.DataObject) -> None:
        whole = bytearray(pdf(text(*PROSE), text(*PROSE)))
        for _ in range(data.draw(st.integers(1, 30))):
            whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
        try:
            found = extract(bytes(whole), "damaged.pdf")
        except PaperError:
            return
        assert found.pages is not None


class TestLinks:
    def test_a_link_has_its_words_and_its_place(self) -> None:
        def link(canvas: Canvas) -> None:
            canvas.linkURL("http://www.mpa.gov.uk/appendix.pdf", (70, HEIGHT - 204, 130, HEIGHT - 190))

        found = paper(page(text(*PROSE), text("Appendix 1 of the report", top=200), link))
        [anchor] = found.anchors
        assert (anchor.text, anchor.href) == ("Appendix 1 of", "http://www.mpa.gov.uk/appendix.pdf")
        assert str(anchor.place) == "page 1 (70,190)-(130,204)"


class TestWhole:
    def test_the_same_bytes_give_the_same_paper(self) -> None:
        data = pdf(page(text(*PROSE), text("Page 1 of 1", top=815)))
        assert extract(data, "a.pdf") == extract(data, "a.pdf")

    @settings(max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Zs", "Cf"]), min_size=1, max_size=30),
                st.integers(20, 500),
                st.integers(30, 800),
            ),
            min_size=1,
            max_size=20,
            unique_by=lambda part: part[2] // 14,
        )
    )
    def test_nothing_is_lost(self, parts: list[tuple[str, int, int]]) -> None:
        found = paper(page(*(text(line, x=x, top=top) for line, x, top in parts)))
        drawn = Counter("".join(line for line, _, _ in parts))
        assert ink(found.lines) == drawn

    def test_it_agrees_with_pdfplumber(self) -> None:
        data = pdf(page(text("Corporate risk register", size=18), text(*PROSE, top=150), text("A 1,109 £5m", top=300)))
        with pdfplumber.open(io.BytesIO(data)) as document:
            theirs = [word["text"] for word in document.pages[0].extract_words()]
        ours = " ".join(line.text for line in extract(data, "a.pdf").lines).split()
        assert sorted(ours) == sorted(theirs)
        assert re.search(r"risk register", " ".join(ours))
