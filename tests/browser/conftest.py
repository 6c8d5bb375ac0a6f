"""The review page in a real browser, opened from the disk as a person opens it."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Dialog, Page, Request, sync_playwright

from pipeline.cli import cli

Extract = Callable[..., Path]
Open = Callable[..., Page]
Rows = Callable[[str], list[dict[str, str]]]

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window; the one of the system, or else Playwright's own."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        found = next(filter(None, map(shutil.which, NAMES)), own)
        assert Path(found).exists(), "these tests need a browser: apt install chromium, or playwright install chromium"
        chromium = playwright.chromium.launch(executable_path=found)
        yield chromium
        chromium.close()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The folder of the papers."""
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def extract(tmp_path: Path, raw: Path) -> Extract:
    """Run the program on the papers, with any options; returns the output folder."""

    def run(*options: str) -> Path:
        result = CliRunner().invoke(cli, ["extract", str(raw), "--out", str(tmp_path / "out"), "--quiet", *options])
        assert result.exit_code in {0, 1}, result.output
        return tmp_path / "out"

    return run


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Read a published table."""

    def read(name: str) -> list[dict[str, str]]:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture
def troubles() -> list[str]:
    """What the browser complained of: errors, questions to the person, requests for what is not part of the page."""
    return []


@pytest.fixture
def open_page(browser: Browser, troubles: list[str]) -> Iterator[Open]:
    """Open the review page of a run, at a paper if one is named; at the end no trouble may have come of it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    context.set_default_timeout(10_000)

    def show(out: Path, paper_id: str = "") -> Page:
        page = context.new_page()
        own = (out / "review").as_uri()

        def asked(dialog: Dialog) -> None:
            troubles.append(dialog.message)
            dialog.dismiss()

        def requested(request: Request) -> None:
            if not request.url.startswith((own, "blob:")):
                troubles.append(request.url)

        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("dialog", asked)
        page.on("request", requested)
        page.goto(f"{own}/index.html" + (f"#{paper_id}" if paper_id else ""))
        page.locator("h1").wait_for()
        return page

    yield show
    context.close()
    assert troubles == []
