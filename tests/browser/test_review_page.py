"""What a person does on the review page, from the run at a glance to the ruled value in the spreadsheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from publish.review.site import json_text, write_page

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

    def test_of_a_thousand_papers_is_shown_a_hundred_at_a_time(self, tmp_path: Path, open_page: Open) -> None:
        def create(relative: str) -> Path:
            path = tmp_path / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            return path

        about = {"status": "ok", "readable": True, "tables": 1, "repairs": 0, "committee": "Finance Committee"}
        counts = {"severities": [0, 0, 1], "doubts": {"total": 1}, "checks": {"agrees": 2}}
        numbered = ({"id": f"p{n}", "path": f"{n}.html", "title": f"Report on matter {n}"} for n in range(1000))
        write_page((json_text({**about, **counts, **one}) for one in numbered), create)
        page = open_page(tmp_path)
        links = page.locator(".papers tbody a")
        expect(page.locator(".glance caption").first).to_have_text("Papers: 1,000")
        expect(links).to_have_count(100)
        page.get_by_role("button", name="Show 100 more papers").click()
        expect(links.nth(100)).to_be_focused()
        page.get_by_role("searchbox").fill("finance matter 977")
        expect(links).to_have_text("Report on matter 977")


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

    def test_leads_to_the_next_in_the_list(self, raw: Path, extract: Extract, open_page: Open) -> None:
        for name, text in (("a", SOUND), ("b", PLAN), ("c", SOUND)):
            (raw / f"{name}.txt").write_text(text, encoding="utf-8")
        page = open_page(extract(), "b")  # the most doubtful
        page.get_by_role("link", name="Next paper").click()
        expect(page.locator(".top")).to_contain_text("a.txt")
        page.get_by_role("link", name="Next paper").click()
        expect(page.locator(".top")).to_contain_text("c.txt")
        expect(page.get_by_role("link", name="Next paper")).to_have_count(0)

    @pytest.mark.usefixtures("plan")
    def test_a_place_can_be_linked_to(self, extract: Extract, open_page: Open) -> None:
        page = open_page(extract(), "2006-plan/line%205,%20characters%2025-35")
        expect(page.locator(".read [aria-selected=true]")).to_have_text("Rota agreed")


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
