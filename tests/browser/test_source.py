"""The left side of a paper on the review page: the source as it is, and where a cell stands in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

Extract = Callable[..., Path]
Open = Callable[..., Page]

WEB = """<html><body><h1>Report</h1>
<div>The first words of it.<br><br>The second words of it.<br><br>The third words of it.</div>
<table border=1><tr><th rowspan=2>Item<th colspan=2>2006<tr><th>Plan<th>Fact<tr><td>Pay<td>12<td align=right>13</table>
</body></html>"""


def cell(page: Page, text: str) -> Locator:
    return page.locator(".read .cell").filter(has_text=text).last


def chosen(page: Page) -> Locator:
    return page.locator(".read :is([aria-selected=true], [aria-pressed=true])")


@pytest.fixture
def pdf(raw: Path) -> Path:
    """Two pages, on the second a table with a total that differs."""
    canvas = Canvas(str(raw / "paper.pdf"), invariant=True)
    canvas.drawString(100, 700, "This is the first page of a paper that has two of them.")
    canvas.showPage()
    for n, (name, amount) in enumerate((("Heading", "£000"), ("Pay", "1,109"), ("Rent", "204"), ("Total", "1,413"))):
        canvas.drawString(100, 700 - 20 * n, name)
        canvas.drawRightString(300, 700 - 20 * n, amount)
    canvas.showPage()
    canvas.save()
    return raw / "paper.pdf"


@pytest.mark.usefixtures("pdf")
class TestAPdf:
    def test_is_shown_by_its_pages_with_the_box_of_the_cell(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "paper")
        cell(page, "1,413").click()
        box = page.locator(".source .origin")
        expect(box.locator("text").first).to_have_text("1,413")
        expect(box).to_be_in_viewport()
        picture = page.locator("img.picture").nth(1)
        assert picture.evaluate("img => img.decode().then(() => img.naturalHeight)") == 1400
        frame, drawn = box.locator("rect").bounding_box(), picture.bounding_box()
        assert frame and drawn
        assert abs((frame["y"] - drawn["y"]) / drawn["height"] - (842 - 640 - 11) / 842) < 0.02
        expect(page.locator(".card .crop image")).to_have_attribute("href", "papers/paper/page-0002.png")

    def test_tells_doubted_boxes_by_more_than_colour(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "paper")
        cell(page, "1,109").click()
        doubt = page.locator(".source .doubt")
        expect(doubt.locator(".sign")).to_have_text("?")
        assert doubt.locator("rect").evaluate("rect => getComputedStyle(rect).strokeDasharray") != "none"

    def test_leads_from_a_box_to_the_cell(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "paper")
        page.locator(".source .printed").filter(has_text="Rent").locator("text").click()
        expect(chosen(page)).to_have_text("Rent")

    def test_can_be_seen_larger_and_as_text(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "paper")
        cell(page, "1,109").click()
        page.get_by_role("button", name="Larger").click()
        expect(page.locator(".source .origin")).to_be_in_viewport()
        page.get_by_role("button", name="Text", exact=True).click()
        expect(page.locator("img.picture").first).to_be_hidden()
        page.reload()
        expect(page.get_by_role("button", name="Text", exact=True)).to_have_attribute("aria-pressed", "true")

    def test_loads_a_picture_only_when_its_page_is_near(self, raw: Path, extract: Extract, open_page: Open) -> None:
        canvas = Canvas(str(raw / "long.pdf"), invariant=True)
        for number in range(30):
            canvas.drawString(100, 700, "abcdefghijklmnopqrstuvwxyz0123"[number] * 20 + " stands here")
            canvas.showPage()
        canvas.save()
        page = open_page(extract(), "long")
        page.locator("img.picture").first.evaluate("img => img.decode()")
        loaded = "imgs => imgs.filter(img => img.complete && img.naturalWidth).length"
        assert page.locator("img.picture").evaluate_all(loaded) < 15
        cell(page, "3333 stands").click()
        expect(page.locator(".source .origin")).to_be_in_viewport()
        page.locator("img.picture").last.evaluate("img => img.decode()")

    def test_is_drawn_from_its_text_without_pictures(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract("--no-page-pictures"), "paper")
        cell(page, "1,109").click()
        expect(page.locator(".source .origin text")).to_have_text("1,109")
        expect(page.locator("figcaption").first).to_have_text(
            "Page 1, drawn from its text (no page is kept as a picture)"
        )
        assert page.locator("img").count() == 0

    def test_is_drawn_from_its_text_if_a_picture_is_gone(
        self, extract: Extract, open_page: Open, troubles: list[str]
    ) -> None:
        out = extract()
        for path in out.glob("review/papers/paper/*.png"):
            path.unlink()
        page = open_page(out, "paper")
        expect(page.locator("img")).to_have_count(0)
        cell(page, "1,109").click()
        assert page.locator(".source .origin text").evaluate("text => getComputedStyle(text).fill") != "transparent"
        assert all("ERR_FILE_NOT_FOUND" in trouble for trouble in troubles)
        troubles.clear()


class TestAWebPage:
    @pytest.fixture(autouse=True)
    def web(self, raw: Path) -> None:
        (raw / "page.html").write_text(WEB, encoding="utf-8")

    def test_is_shown_with_its_tables(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "page")
        expect(page.locator(".source th").first).to_have_attribute("rowspan", "2")
        page.locator(".source td").filter(has_text="13").click()
        expect(chosen(page)).to_have_text("13")
        expect(page.locator(".source .origin")).to_have_text("13")

    def test_shows_which_words_of_an_element_are_meant(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "page")
        words = "[...(CSS.highlights.get('origin') || [])].map(range => range.toString())"
        cell(page, "second words").click()
        assert page.evaluate(words) == ["The second words of it."]
        page.locator(".source div[data-raw]").get_by_text("first words").click(position={"x": 20, "y": 8})
        expect(chosen(page)).to_have_text("The first words of it.")
        cell(page, "13").click()
        assert page.evaluate(words) == []

    def test_can_be_seen_as_lines(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "page")
        cell(page, "13").click()
        page.get_by_role("button", name="Lines").click()
        expect(page.locator(".source .blocks .origin")).to_have_text("13")
        page.reload()
        page.locator(".source .blocks td").filter(has_text="12").click()
        expect(chosen(page)).to_have_text("12")


def test_what_stands_around_the_text_is_out_of_the_way(raw: Path, extract: Extract, open_page: Open) -> None:
    links = "".join(f"<li><a href=/{n}>Link {n}</a></li>" for n in range(8))
    text = "<p>What the paper itself has to say, in a sentence of some length.</p>" * 4
    (raw / "page.html").write_text(
        f"<html><body><nav><ul>{links}</ul></nav><main><h1>Report</h1>{text}</main>", encoding="utf-8"
    )
    page = open_page(extract(), "page")
    expect(page.locator(".read .aside summary")).to_have_text("Around the text: 8 lines")
    expect(cell(page, "Link 3")).to_be_hidden()
    page.locator(".source .printed").filter(has_text="Link 3").click()
    expect(chosen(page)).to_contain_text("Link 3")
    expect(cell(page, "Link 3")).to_be_visible()
