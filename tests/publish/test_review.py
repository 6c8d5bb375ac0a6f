"""The files of the review page: nothing of a paper can leave its string, and the page itself lets nothing in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.records import Records, Row
from publish.review.site import json_text, write_paper

MakeRow = Callable[..., Row]
MakePaper = Callable[..., Records]
Publish = Callable[..., Path]

STATIC = resources.files("publish.review").joinpath("static")
HOSTILE = "</script><script>alert(1)</script> <!-- \u2028\u2029 ]]> &lt; \\ \" ' `${x}` \ud800 \U0001f4a9 \x00"


def value_of(path: Path, receiver: str) -> Any:
    """What a data file hands over to the page."""
    text = path.read_text(encoding="utf-8")
    match = re.fullmatch(rf"committeePapers\.{receiver}\((.*)\);\n", text)
    assert match, text[:80]
    assert not re.search("[<>&\u2028\u2029]", match[1])
    return json.loads(match[1])


def names() -> list[str]:
    """The files of the page."""
    return sorted(part.name for part in STATIC.iterdir())


def static(name: str) -> str:
    return STATIC.joinpath(name).read_text(encoding="utf-8")


class TestTheData:
    @given(text=st.text(st.characters(codec=None)) | st.just(HOSTILE))
    def test_of_a_paper_are_one_json_value_whatever_it_says(
        self, text: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        folder = tmp_path_factory.mktemp("review")
        records = Records("a", "a.txt", {}, review=json_text({"id": "a", "text": text}))
        (relative,) = write_paper(records, lambda path: folder / Path(path).name)
        assert relative == "review/papers/a.js"
        assert value_of(folder / "a.js", "paper") == {"id": "a", "text": text}

    def test_of_a_paper_come_with_its_pictures(self, tmp_path: Path) -> None:
        def create(relative: str) -> Path:
            path = tmp_path / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            return path

        pictures = {"page-0002.png": b"two", "page-0001.png": b"one"}
        made = write_paper(Records("a", "a.pdf", {}, review='{"id":"a"}', pictures=pictures), create)
        assert made == ["review/papers/a.js", "review/papers/a/page-0001.png", "review/papers/a/page-0002.png"]
        assert (tmp_path / made[1]).read_bytes() == b"one"

    def test_of_the_run_count_doubts_and_totals(
        self, publish: Publish, paper: MakePaper, unread: Records, row: MakeRow
    ) -> None:
        review = tuple(
            row("review", "a", severity=severity, rule=rule, why="?")
            for severity, rule in (("high", "total"), ("low", "total"), ("low", None))
        )
        checks = tuple(row("checks", "a", status=status) for status in ("differs", "agrees", "agrees"))
        papers = (row("papers", "a", status="ok", title=HOSTILE, tables=1, repairs=2),)
        read = replace(paper("a", {"papers": papers, "review": review, "checks": checks}), review='{"id":"a"}')
        out = publish(read, unread)
        first, second = value_of(out / "review" / "papers.js", "list")
        assert (first["id"], first["title"], first["readable"]) == ("a", HOSTILE, True)
        assert first["severities"] == [1, 0, 2]
        assert first["doubts"] == {"": 1, "total": 2}
        assert first["checks"] == {"agrees": 2, "differs": 1}
        assert (second["id"], second["status"], second["readable"]) == ("locked", "encrypted", False)
        assert second["status_detail"] == "the file asks for a password"
        assert not (out / "review" / "papers" / "locked.js").exists()

    def test_are_listed_in_the_manifest(self, publish: Publish, paper: MakePaper) -> None:
        out = publish(replace(paper("a"), review='{"id":"a"}'))
        listed = {each["path"] for each in json.loads((out / "manifest.json").read_bytes())["outputs"]}
        made = {path.relative_to(out).as_posix() for path in (out / "review").rglob("*") if path.is_file()}
        parts = {f"page/{name}" for name in names() if name != "index.html"}
        assert made == {f"review/{name}" for name in {"index.html", "papers.js", "papers/a.js", *parts}}
        assert made <= listed
        publish(paper("b"), out=out)
        assert not (out / "review" / "papers").exists()


class TestThePage:
    def test_lets_only_its_own_files_in(self) -> None:
        match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', static("index.html"))
        assert match
        policy = dict(part.strip().partition(" ")[::2] for part in match[1].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["img-src"] == "'self'"
        assert policy["base-uri"] == policy["form-action"] == "'none'"
        assert policy["require-trusted-types-for"] == "'script'"
        assert set(policy) <= {
            "default-src", "script-src", "style-src", "img-src", "base-uri", "form-action", "require-trusted-types-for",
            "trusted-types",
        }  # fmt: skip

    def test_holds_no_script_and_no_style_of_its_own(self) -> None:
        html = static("index.html")
        assert not re.search(r"<style|\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)", html)
        loaded = re.findall(r'(?:src|href)="([^"]*)"', html)
        assert sorted(loaded) == sorted(["papers.js", *(f"page/{name}" for name in names() if name != "index.html")])
        assert loaded[-2:] == ["page/review.js", "papers.js"]

    @pytest.mark.parametrize("name", names())
    def test_asks_for_nothing_elsewhere(self, name: str) -> None:
        text = static(name).replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", text)

    @pytest.mark.parametrize("name", [name for name in names() if name.endswith(".js")])
    def test_never_makes_markup_or_code_of_text(self, name: str) -> None:
        forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|DOMParser"
        assert not re.search(forbidden, static(name))
        assert len(static(name).splitlines()) < 300


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", css))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(dark: bool) -> None:
    light, _, rest = static("review.css").partition("@media (prefers-color-scheme: dark)")
    found = colours(light) | (colours(rest.partition("\n}\n")[0]) if dark else {})
    pairs = [(ink, ground) for ink in ("ink", "quiet", "link", "high", "good") for ground in ("paper", "soft")]
    for ink, ground in (*pairs, ("ink", "chosen"), ("high", "chosen"), ("quiet", "chosen"), ("on-main", "main")):
        assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    assert contrast(found["chosen-line"], found["paper"]) >= 3
