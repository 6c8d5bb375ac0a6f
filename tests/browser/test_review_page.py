"""What a person does on the review page, from the run at a glance to the ruled value in the spreadsheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

Extract = Callable[[], Path]
Open = Callable[..., Page]
Rows = Callable[[str], list[dict[str, str]]]

PLAN = """Objective 1: Support the governance role

Key actions/events:\tDeadline/date\tPerformance measure\tBudget
1. Keep a log\tSept 2006\tReport adopted\t£3,000
2. Agree a rota\tOngoing\tRota agreed\t£10,000
3. Hold a meeting\tOct 2006\tHeld\t£5,000
4. Print a leaflet\tNov 2006\tPrinted\t£5,000
\t\tTOTAL\t£23,500
"""
SOUND = PLAN.replace("£23,500", "£23,000").replace("governance", "scrutiny")


@pytest.fixture
def plan(raw: Path) -> Path:
    """A work plan whose total is not the sum of its parts."""
    path = raw / "2006" / "plan.txt"
    path.parent.mkdir()
    path.write_text(PLAN, encoding="utf-8")
    return path


def cell(page: Page, text: str) -> Locator:
    """The cell of the paper as read that says this."""
    return page.locator(".read .cell").filter(has_text=text).last


def rule(page: Page, reads: str, why: str = "seen on the page", by: str = "A. Clerk", when: str = "2026-05-01") -> None:
    page.get_by_label("It should read").fill(reads)
    page.get_by_label("Why").fill(why)
    page.get_by_label("Your name").fill(by)
    page.get_by_label("Date").fill(when)
    page.get_by_role("button", name="Note this reading").click()


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


class TestTheRun:
    @pytest.mark.usefixtures("plan")
    def test_is_seen_at_a_glance_and_searched(self, extract: Extract, open_page: Open, raw: Path) -> None:
        (raw / "sound.txt").write_text(SOUND, encoding="utf-8")
        (raw / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
        page = open_page(extract())
        glance = page.get_by_role("region", name="The run at a glance")
        expect(glance.get_by_role("row").filter(has_text="not a kind that is read")).to_contain_text("1")
        expect(glance.locator("caption").first).to_have_text("Papers: 3")
        links = page.locator(".papers tbody a")
        expect(links.first).to_have_attribute("href", "#2006-plan")
        expect(links.last).to_have_attribute("href", "#picture")
        page.get_by_role("searchbox").fill("SOUND txt")
        expect(links).to_have_count(1)
        page.get_by_role("button", name="Show all").click()
        expect(links).to_have_count(3)
        glance.get_by_role("button", name="differ", exact=True).click()
        expect(links).to_have_count(1)
        expect(page.get_by_label("With totals that")).to_be_focused()
        page.get_by_label("With totals that").select_option("")
        page.get_by_label("Status").select_option("unsupported")
        links.click()
        expect(page.locator("main")).to_contain_text("this is a picture")

    @pytest.mark.usefixtures("plan")
    def test_a_paper_that_is_not_there_is_said(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "gone")
        expect(page.locator("main")).to_contain_text("no such paper")
        page.get_by_role("link", name="All papers").click()
        expect(page.locator(".papers tbody a")).to_have_count(1)


class TestAPaper:
    @pytest.mark.usefixtures("plan")
    def test_a_cell_leads_to_its_origin_and_its_reasons(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan")
        cell(page, "£23,500").click()
        expect(page.locator(".source .origin")).to_have_text("£23,500")
        card = page.locator(".card")
        expect(card).to_contain_text("line 8, characters 9-15")
        expect(card).to_contain_text("money: 23,500 GBP (total)")
        expect(card).to_contain_text("the total differs: printed 23,500, its parts add up to 23,000, difference 500")
        expect(card.locator(".severity")).to_have_text("high")
        page.locator(".source .printed").filter(has_text="Rota agreed").click()
        expect(page.locator(".read [aria-selected=true]")).to_have_text("Rota agreed")

    @pytest.mark.usefixtures("plan")
    def test_a_place_can_be_linked_to(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan/line%205,%20characters%2025-35")
        expect(page.locator(".read [aria-selected=true]")).to_have_text("Rota agreed")

    def test_a_page_of_a_pdf_is_drawn_with_the_box(self, raw: Path, extract: Extract, open_page: Open) -> None:
        canvas = Canvas(str(raw / "paper.pdf"), invariant=True)
        for n, (name, amount) in enumerate(
            (("Heading", "£000"), ("Pay", "1,109"), ("Rent", "204"), ("Total", "1,313"))
        ):
            canvas.drawString(100, 700 - 20 * n, name)
            canvas.drawRightString(300, 700 - 20 * n, amount)
        canvas.showPage()
        canvas.save()
        page = open_page(extract(), "paper")
        cell(page, "1,109").click()
        expect(page.locator(".source svg .origin text")).to_have_text("1,109")
        page.get_by_role("button", name="Larger").click()
        expect(page.locator(".source svg .origin")).to_be_in_viewport()

    def test_a_web_page_keeps_its_tables(self, raw: Path, extract: Extract, open_page: Open) -> None:
        table = "<tr><th rowspan=2>Pay</th><th colspan=2>2006</th></tr><tr><td>12</td><td>13</td></tr>"
        (raw / "page.html").write_text(f"<h1>Report</h1><p>Text</p><table border=1>{table}</table>", encoding="utf-8")
        page = open_page(extract(), "page")
        expect(page.locator(".source td").first).to_have_attribute("rowspan", "2")
        page.locator(".source td").filter(has_text="13").click()
        expect(page.locator(".read [aria-selected=true]")).to_have_text("13")


class TestARuling:
    def test_reaches_the_spreadsheet(self, plan: Path, extract: Extract, open_page: Open, rows: Rows) -> None:
        page = open_page(extract(), "2006-plan")
        cell(page, "£10,000").click()
        rule(page, "£10,500", why='the page says "£10,500"')
        sidecar = download(page, plan.parent)
        assert sidecar.name == "plan.txt.toml"
        extract()
        assert [row["budget_gbp"] for row in rows("work_plan")] == ["3000", "10500", "5000", "5000"]
        assert [row["status"] for row in rows("checks")] == ["agrees"]
        (entry,) = [row for row in rows("repairs") if row["rule"] == "ruling"]
        assert entry["why"] == 'A. Clerk rules on 2026-05-01: the page says "£10,500"'
        again = open_page(plan.parents[2] / "out", "2006-plan")
        expect(again.locator(".rulings")).to_contain_text("in force")

    def test_that_accepts_what_is_printed_closes_the_doubt(
        self, plan: Path, extract: Extract, open_page: Open, rows: Rows
    ) -> None:
        page = open_page(extract(), "2006-plan")
        assert [row["rule"] for row in rows("review")] == ["total"]
        page.get_by_role("button", name="Next doubt").click()
        page.get_by_label("Why").fill("the paper itself adds up wrongly")
        page.get_by_label("Your name").fill("B. Reader")
        page.get_by_label("Date").fill("")
        page.get_by_role("button", name="Accept as printed").click()
        expect(page.locator(".doubts .state")).to_have_text("✓ ruled")
        download(page, plan.parent)
        extract()
        assert rows("review") == []
        assert [row["status"] for row in rows("checks")] == ["differs"]
        assert [(row["before"] == row["after"], row["why"]) for row in rows("repairs") if row["rule"] == "ruling"] == [
            (True, "B. Reader rules: the paper itself adds up wrongly")
        ]

    def test_keeps_those_in_force_when_another_is_added(
        self, plan: Path, extract: Extract, open_page: Open, rows: Rows
    ) -> None:
        sidecar = plan.with_suffix(".toml")
        old = r"""[[ruling]]
printed = "a log"
reads = "the \"log\"\tof C:\\x"
why = "seen"
by = "C."
when = "in May"
"""
        sidecar.write_text(old, encoding="utf-8")
        page = open_page(extract(), "2006-plan")
        cell(page, "£10,000").click()
        rule(page, "£10,500")
        assert download(page, plan.parent) == sidecar
        extract()
        assert rows("work_plan")[0]["action"] == 'Keep the "log"\tof C:\\x'
        assert rows("work_plan")[1]["budget_gbp"] == "10500"

    @pytest.mark.usefixtures("plan")
    def test_can_be_made_and_withdrawn_by_the_keyboard_alone(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan")
        page.keyboard.press("Tab")  # the paper as printed
        page.keyboard.press("Tab")  # the paper as read
        page.keyboard.press("n")
        expect(page.locator(".read [aria-selected=true]")).to_contain_text("£23,500")
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        expect(page.locator(".read [aria-selected=true]")).to_have_text("£10,000")
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".read :focus")).to_have_text("Rota agreed")
        page.keyboard.press("Enter")
        expect(page.get_by_label("It should read")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Rota is agreed")
        page.keyboard.press("Tab")
        page.keyboard.type("seen")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("A ruling needs your name.")
        page.keyboard.type("A. Clerk")
        page.keyboard.press("Enter")
        expect(page.locator(".rulings li")).to_contain_text("Rota agreed reads Rota is agreed")
        expect(page.locator(".read :focus")).to_have_text("Rota agreed")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        expect(page.locator(".read :focus")).to_have_text("Rota agreed")
        page.get_by_role("button", name="Withdraw").press("Enter")
        expect(page.locator(".rulings li")).to_have_count(0)

    @pytest.mark.usefixtures("plan")
    def test_that_overlaps_another_is_refused(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan")
        cell(page, "£3,000").click()
        rule(page, "£4,000")
        rule(page, "£4,500")
        expect(page.get_by_role("alert")).to_contain_text("Another ruling is about this text")

    def test_names_the_place_of_a_text_that_is_printed_twice(
        self, plan: Path, extract: Extract, open_page: Open, rows: Rows
    ) -> None:
        page = open_page(extract(), "2006-plan")
        cell(page, "£5,000").click()
        rule(page, "£5,500")
        expect(page.locator(".rulings li")).to_contain_text("£5,500")
        download(page, plan.parent)
        extract()
        assert [row["budget_gbp"] for row in rows("work_plan")] == ["3000", "10000", "5000", "5500"]

    @pytest.mark.usefixtures("plan")
    def test_is_kept_while_another_paper_is_looked_at(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan")
        cell(page, "£3,000").click()
        rule(page, "£4,000")
        page.get_by_role("link", name="All papers").click()
        page.locator(".papers tbody a").click()
        expect(page.locator(".rulings li")).to_contain_text("£4,000")


HOSTILE = (
    "</script><script>window.pwned = 1; alert(1)</script>",
    "<img src=x onerror=alert(2)><svg onload=alert(3)>",
    "<style>body { display: none }</style><link rel=stylesheet href=http://127.0.0.1:9/a.css>",
    "<a href='javascript:alert(4)'>press</a> \u2028 \u2029 \\u003cscript\\u003e `${alert(5)}` */ --> ]]>",
    "<iframe src=http://127.0.0.1:9/></iframe><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "__proto__ constructor \ufeff \u202e desrever \x07 &lt;b&gt;",
)


class TestAHostilePaper:
    def check(self, page: Page) -> None:
        expect(page.locator(".read")).to_be_visible()
        for node in page.locator(".read .cell").all()[:12]:
            node.click()
        assert page.evaluate("window.pwned") is None
        assert page.locator("#view :is(script, img, style, iframe, link, meta, object, embed)").count() == 0
        names = page.locator("#view *").evaluate_all("nodes => nodes.flatMap(node => node.getAttributeNames())")
        assert not [name for name in names if name.startswith("on") or name in {"style", "src"}]
        hrefs = page.locator("#view a").evaluate_all("nodes => nodes.map(a => a.getAttribute('href'))")
        assert all(href.startswith("#") for href in hrefs)

    def test_text_is_only_shown(self, raw: Path, extract: Extract, open_page: Open) -> None:
        name = "x<img src=x onerror=alert(9)>&'\".txt"
        lines = [*HOSTILE, "\t".join(HOSTILE), "\t".join(HOSTILE)]
        (raw / name).write_text("\n".join(lines), encoding="utf-8")
        page = open_page(extract())
        expect(page.locator(".papers tbody")).to_contain_text(name)
        page.locator(".papers tbody a").click()
        expect(page.locator(".source")).to_contain_text("</script><script>window.pwned = 1")
        self.check(page)

    def test_a_web_page_stays_inert(self, raw: Path, extract: Extract, open_page: Open) -> None:
        body = "".join(f"<p>{text}</p>" for text in HOSTILE)
        cells = "<td>&lt;/script&gt;&lt;script&gt;alert(6)&lt;/script&gt;</td><td onclick=alert(7)>1</td>"
        (raw / "page.html").write_text(
            f"<title>&lt;b&gt;</title><script>alert(8)</script><body>{body}<table border=1><tr>{cells}</tr></table>",
            encoding="utf-8",
        )
        self.check(open_page(extract(), "page"))

    @pytest.mark.usefixtures("plan")
    def test_the_page_refuses_what_would_make_markup_or_code(
        self, extract: Extract, open_page: Open, troubles: list[str]
    ) -> None:
        page = open_page(extract(), "2006-plan")
        attempts = (
            "document.body.innerHTML = '<b>x</b>'",
            "document.createElement('script').src = 'http://127.0.0.1:9/'",
            "setTimeout('window.pwned = 1', 0)",
        )
        for attempt in attempts:
            refused = page.evaluate(f"(() => {{ try {{ {attempt}; return false }} catch {{ return true }} }})()")
            assert refused, attempt
        assert len(troubles) == len(attempts)
        troubles.clear()
