"""Pages that are pictures: drawn as a printer would, then turned into dots as a scanner would, and read."""

import io
import random
from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract import extract
from extract.pdf.scan import ReadWord, scored
from papers.errors import NoText
from papers.paper import Cell, Line, Origin, PageBox, Paper

Draw = Callable[[Canvas], None]
SIZE = (400, 300)
DPI = 200


def report(canvas: Canvas) -> None:
    """A heading, two lines of prose, and a table with rules."""
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(40, 250, "Vehicle fleet: costs")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(40, 225, "The fleet cost £1.2m more than planned, because repairs were")
    canvas.drawString(40, 213, "put off for a year. Members are asked to note this.")
    rows = [("Workshop", "£000", "Change"), ("Northgate (LX)", "1,109", "-3.7%"), ("Hillside", "311", "+11.4%")]
    for at, row in enumerate(rows):
        top = 180 - 20 * at
        canvas.setFont("Helvetica-Bold" if not at else "Helvetica", 9)
        canvas.drawString(45, top - 13, row[0])
        canvas.drawRightString(235, top - 13, row[1])
        canvas.drawRightString(315, top - 13, row[2])
        canvas.line(40, top, 320, top)
    canvas.line(40, 120, 320, 120)
    for x in (40, 160, 240, 320):
        canvas.line(x, 120, x, 180)


def printed(draw: Draw) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SIZE, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def sheet(draw: Draw, *, turned: float = 0, dpi: int = DPI, noise: int = 0) -> Image.Image:
    """What a scanner makes of a page that lies askew."""
    with pypdfium2.PdfDocument(printed(draw)) as document:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("L")
    picture = picture.rotate(turned, resample=Image.Resampling.BICUBIC, expand=turned % 90 == 0, fillcolor=255)
    if noise:
        chance = random.Random(1)
        dots = (30 + value * 200 // 255 + chance.randrange(-noise, noise + 1) for value in picture.tobytes())
        picture = Image.frombytes("L", picture.size, bytes(dots))
    return picture


def scan(*sheets: Image.Image) -> bytes:
    file = io.BytesIO()
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:], resolution=DPI)
    return file.getvalue()


def read(data: bytes) -> Paper:
    return extract(data, "scan.pdf")


def grid(found: Paper) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in found.lines if line.kind == "row"]


def grid_cell(found: Paper, text: str) -> Cell:
    [cell] = [cell for line in found.lines if line.kind == "row" for cell in line.cells if cell.text == text]
    return cell


TABLE = [["Workshop", "£000", "Change"], ["Northgate (LX)", "1,109", "-3.7%"], ["Hillside", "311", "+11.4%"]]


@pytest.fixture(scope="module")
def paper() -> Paper:
    return read(scan(sheet(report, turned=0.6, noise=12)))


class TestAPictureOfAPage:
    def test_its_heading_and_its_prose_are_read(self, paper: Paper) -> None:
        assert [(line.kind, line.text) for line in paper.lines if line.kind != "row"] == [
            ("heading", "Vehicle fleet: costs"),
            (
                "prose",
                "The fleet cost £1.2m more than planned, because repairs were put off for a year. "
                "Members are asked to note this.",
            ),
        ]

    def test_the_rules_of_its_table_part_the_cells(self, paper: Paper) -> None:
        assert grid(paper) == TABLE

    def test_every_cell_has_its_place(self, paper: Paper) -> None:
        place = grid_cell(paper, "1,109").place
        assert isinstance(place, PageBox)
        assert place.page == 1
        assert abs(place.x1 - 235) < 6
        assert abs(place.bottom - (SIZE[1] - 147)) < 6

    def test_it_is_said_that_it_was_read_from_a_picture_and_by_what(self, paper: Paper) -> None:
        assert "RapidOCR" in paper.extractor
        assert any("its text was read from its picture by RapidOCR" in remark.why for remark in paper.remarks)
        assert not any(remark.unread for remark in paper.remarks)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_sheet_that_lies_on_its_side_or_head_is_turned(turned: int) -> None:
    assert grid(read(scan(sheet(report, turned=turned)))) == TABLE


def test_grey_headings_and_white_ground_of_black_and_white_scans_are_read() -> None:
    def grey(canvas: Canvas) -> None:
        report(canvas)
        canvas.setFillGray(0.5)
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(40, 80, "Next steps")

    assert "Next steps" in [line.text for line in read(scan(sheet(grey))).lines]
    assert grid(read(scan(sheet(report).convert("1")))) == TABLE


def test_white_print_in_a_dark_bar_is_read() -> None:
    def bar(canvas: Canvas) -> None:
        report(canvas)
        canvas.rect(40, 70, 280, 24, fill=1)
        canvas.setFillGray(1)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(46, 78, "Next steps")

    assert "Next steps" in [line.text for line in read(scan(sheet(bar))).lines]


def test_in_a_mixed_file_each_page_is_read_in_its_own_way() -> None:
    def cover(canvas: Canvas) -> None:
        canvas.drawString(40, 150, "Papers for the meeting of the Finance Committee")

    with pypdfium2.PdfDocument(printed(cover)) as document, pypdfium2.PdfDocument(scan(sheet(report))) as pictures:
        document.import_pages(pictures)
        file = io.BytesIO()
        document.save(file)
    found = read(file.getvalue())
    assert found.lines[0].text == "Papers for the meeting of the Finance Committee"
    assert grid(found) == TABLE
    assert [remark.why[:9] for remark in found.remarks] == ["page 2: i"]


def test_a_stamp_over_the_picture_does_not_hide_it() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=SIZE, invariant=1)
    picture = io.BytesIO()
    sheet(report).save(picture, "PNG")
    canvas.drawImage(ImageReader(picture), 0, 0, *SIZE)
    canvas.drawString(300, 20, "Item 7")
    canvas.showPage()
    canvas.save()
    found = read(file.getvalue())
    assert grid(found) == TABLE
    assert sum(line.text.count("Item 7") for line in found.lines) == 1


def test_the_same_picture_gives_the_same_paper() -> None:
    data = scan(sheet(report, turned=-0.4, noise=12))
    assert read(data) == read(data)


def test_a_picture_without_print_is_no_text() -> None:
    chance = random.Random(2)
    photo = Image.frombytes("L", (400, 300), chance.randbytes(400 * 300))
    with pytest.raises(NoText, match="print on the pictures"):
        read(scan(photo.resize((1100, 800), Image.Resampling.BICUBIC)))


def smeared(by: float) -> bytes:
    """A sheet on which a figure of the table is smeared."""
    picture = sheet(report)
    box = (527, 402, 661, 438)
    picture.paste(picture.crop(box).filter(ImageFilter.GaussianBlur(by)), box[:2])
    return scan(picture)


def test_a_figure_that_is_hard_to_read_is_doubted() -> None:
    paper = read(smeared(2))
    figure = grid_cell(paper, "1,109")
    assert figure.place in [remark.place for remark in paper.remarks if "sure of" in remark.why]


def test_a_figure_that_can_not_be_read_is_told() -> None:
    paper = read(smeared(3.2))
    assert not any("1,109" in row for row in grid(paper))
    assert any("could not be read as print" in remark.why for remark in paper.remarks)


def test_without_scans_it_is_said_how_to_have_them_read() -> None:
    with pytest.raises(NoText, match="--no-ocr"):
        extract(scan(sheet(report)), "scan.pdf", scans=False)


def test_each_share_of_the_work_is_told() -> None:
    begun: list[int] = []
    extract(scan(sheet(report)), "scan.pdf", begun.append)
    assert -1 in begun
    assert (begun[0], begun[-1]) == (1, 0)


def test_a_page_with_a_text_layer_has_no_shares() -> None:
    begun: list[int] = []
    extract(printed(report), "report.pdf", begun.append)
    assert set(begun) == {0, 1}


def test_a_word_that_may_be_misread_is_a_remark_on_the_line_that_holds_it() -> None:
    place = PageBox(1, 50, 100, 150, 110)
    line = Line("row", (Cell("1,1O9", (Origin("1,1O9", place),)),), 1)
    inside = ReadWord(PageBox(1, 60, 101, 80, 109), 0.95, "“1,1O9” is “1,109” in a second reading")
    outside = ReadWord(PageBox(2, 60, 101, 80, 109), 0.5, "why")
    _, found = scored([line], [inside, inside, outside])
    assert [remark.place for remark in found] == [place, outside.place]
    assert found[0].why.count("second reading") == 2


def test_the_least_score_of_its_words_is_that_of_an_origin() -> None:
    first, second, below = (PageBox(1, 50, top, 150, top + 10) for top in (100, 112, 300))
    origins = Origin("Pay of", first), Origin("officers", second), Origin("as it was", below)
    hidden = Line("hidden", (Cell("Pqy", (Origin("Pqy", PageBox(1, 50, 101, 90, 109)),)),))
    line = Line("row", (Cell("Pay of officers", origins[:2]), Cell("as it was", origins[2:])), 1)
    words = [
        ReadWord(PageBox(1, x, top, x + 20, top + 8), score)
        for x, top, score in ((60, 101, 0.97), (85, 101, 0.99), (60, 113, 0.93))
    ]
    (found, other), remarks = scored([line, hidden], words)
    assert [[origin.score for origin in cell.origins] for cell in found.cells] == [[0.97, 0.93], [None]]
    assert (other, remarks) == (hidden, ())
