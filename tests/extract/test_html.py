"""Web pages to raw papers: lines of every kind, in reading order, each at its place; nothing seen is lost."""

from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from extract import extract
from papers.errors import NoText, Unsupported
from papers.paper import Paper

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))


def page(body: str, head: str = "") -> Paper:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def lines(body: str) -> list[str]:
    """The lines of a page that hold something, as `kind: text`."""
    return [f"{line.kind}: {line.text}" for line in page(body).lines if line.kind != "blank"]


def places(body: str) -> list[str]:
    return [str(line.place) for line in page(body).lines if line.kind != "blank"]


class TestBlocks:
    def test_headings_paragraphs_and_rules(self) -> None:
        assert lines("<h1>Stock</h1><p>One.<p>Two.<hr><h2>A. Recommendation</h2>None") == [
            "heading: Stock", "prose: One.", "prose: Two.", "heading: A. Recommendation", "prose: None",
        ]  # fmt: skip

    @pytest.mark.parametrize("thing", ["embed src=x", "object data=x", "applet code=x", "audio src=x", "svg", "canvas"])
    def test_what_stands_within_a_thing_that_is_not_shown_is_read(self, thing: str) -> None:
        assert lines(f"<p>One.</p><{thing}><p>Two.</p><table border=1><tr><td>3<td>4</table>") == [
            "prose: One.", "prose: Two.", "row: 3\t4",
        ]  # fmt: skip

    def test_a_blank_line_stands_where_the_page_leaves_a_gap(self) -> None:
        assert [line.kind for line in page("<p>a</p><ul><li>b<li>c</ul><p>d<br>e").lines] == [
            "prose", "blank", "item", "item", "blank", "prose",
        ]  # fmt: skip

    def test_white_space_is_drawn_as_one_space(self) -> None:
        found = page("<p> Numbers\n have&nbsp;&nbsp;grown </p>").lines[0].cells[0]
        assert (found.text, found.origins[0].raw) == ("Numbers have grown", "Numbers have\xa0\xa0grown")

    def test_line_breaks_stay_within_a_paragraph(self) -> None:
        assert lines("<p><b>Report:</b> 7<br>Date: 2 May 2002<br/>By: Clerk</p>") == [
            "prose: Report: 7\nDate: 2 May 2002\nBy: Clerk"
        ]

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            pytest.param("one<br><br>two", ["prose: one", "prose: two"], id="two breaks end a paragraph"),
            pytest.param("1. one<br>2. two<br>more", ["prose: 1. one", "prose: 2. two\nmore"], id="numbers"),
            pytest.param("• one<br>• two", ["prose: • one", "prose: • two"], id="bullets"),
            pytest.param(
                "Sum.<br><b>Overtime</b><br>text", ["prose: Sum.", "heading: Overtime", "prose: text"], id="bold"
            ),
            pytest.param(
                "* A note.</font> <font>3.&nbsp;&nbsp;It goes on.",
                ["prose: * A note.", "prose: 3. It goes on."],
                id="a typed number where the break is missing",
            ),
            pytest.param(
                "paid <font>3.&nbsp;5</font> million", ["prose: paid 3. 5 million"], id="a number in a sentence"
            ),
        ],
    )
    def test_where_a_line_break_parts(self, body: str, expected: list[str]) -> None:
        assert lines(body) == expected

    def test_lists_carry_the_marks_that_a_browser_draws(self) -> None:
        found = page(
            "<ol start=3 type=a><li>x<ol><li value=7>y<li>z</ol></ol><ul><li>b</ul>"
            "<ol type=I><li>c</ol><ol><li><p>d<p>e</ol>"
        )
        marked = [(line.marker, line.level, line.kind, line.text) for line in found.lines if line.kind != "blank"]
        assert marked == [
            ("c.", 1, "item", "x"), ("7.", 2, "item", "y"), ("8.", 2, "item", "z"), ("•", 1, "item", "b"),
            ("I.", 1, "item", "c"), ("1.", 1, "item", "d"), ("", 1, "prose", "e"),
        ]  # fmt: skip

    def test_preformatted_text_keeps_its_columns(self) -> None:
        assert lines("<pre>\nCamden   12\n  Brent   7\n</pre>") == ["prose: Camden   12", "prose:   Brent   7"]

    def test_raised_marks_do_not_fuse_with_figures(self) -> None:
        assert lines("<p>1,109<sup>2</sup> on the 1<sup>st</sup>, Total<sup><a href=#n>a</a></sup> m<sup>*</sup>") == [
            "prose: 1,109² on the 1st, Totalᵃ m*"
        ]

    def test_a_picture_says_its_alternative_text(self) -> None:
        assert lines('<img alt="Crest"><h1>T</h1><p><img alt="Chart: crime"><p><img alt="•"> item<p><img src=x>') == [
            "furniture: Crest", "heading: T", "prose: Chart: crime", "prose: • item",
        ]  # fmt: skip


class TestHeadings:
    def test_larger_and_bold_lines_are_headings_with_levels(self) -> None:
        body = (
            "<font size=5><b>Title</b></font><br><br><font size=2>Long text that is the body of it.</font><br><br>"
            "<font size=4><b>A. Recommendation</b></font><br><font size=2>That it be noted.</font><br><br>"
            "<font size=2><b>Overtime</b></font><br><font size=2>More of the text of the body.</font>"
        )
        found = [(line.level, line.text) for line in page(body).lines if line.kind == "heading"]
        assert found == [(1, "Title"), (2, "A. Recommendation"), (3, "Overtime")]

    def test_sizes_of_style_sheets_count_too(self) -> None:
        body = '<p style="font-size:18pt">Title</p><p style="font-size:12pt">Text of the body, which is longer.</p>'
        assert lines(body)[0] == "heading: Title"

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param("<b>Resolved –</b>", id="it leads over to the next"),
            pytest.param("<b>That the report be noted.</b>", id="a sentence"),
            pytest.param("<b>Report: 7</b><br><b>Date: 2 May 2002</b>", id="a bold header block"),
            pytest.param("<b>Overtime.</b> It has grown.", id="the first words of a paragraph"),
            pytest.param("text of no set size", id="larger only by default"),
        ],
    )
    def test_what_is_no_heading(self, body: str) -> None:
        text = (
            "<p><font size=2>Text of the body, which is longer than all the rest of the page together, by far.</font>"
        )
        assert lines(f"{text}<p>{body}")[1].startswith("prose: ")

    def test_bold_says_nothing_where_all_is_bold(self) -> None:
        assert lines("<b><p>One<p>Two</b>") == ["prose: One", "prose: Two"]


class TestFurniture:
    @pytest.mark.parametrize(
        "part",
        [
            "<nav>Home</nav>",
            "<footer>Privacy</footer>",
            "<div id=leftNav>Home</div>",
            "<div class='site-search x'>Search</div>",
            "<div role=navigation>Home</div>",
            "<div class=header><h1>Police Authority</h1></div>",
            "<p class=skip-link>Skip</p>",
            "<select><option>Reports</select>",
            "<p><a href=/>Home</a> | <a href=/s>Search</a></p>",
            "<ul><li><a href=#a>Summary</a><li><a href=#b>A. Aims</a><li><a href=#c>B. Means</a></ul>",
            "<table><tr><td><a href=/>Home</a><br><br><a href=/a>Jobs</a><br><br><a href=/b>News</a></td>"
            f"<td><p>{'Text of the page. ' * 30}</td></tr></table>",
        ],
    )
    def test_what_the_markup_sets_apart(self, part: str) -> None:
        found = lines(f"<h1>Stock</h1><p>{'The text of the paper itself. ' * 9}</p>{part}")
        assert any(line.startswith("furniture: ") for line in found)
        assert {line.split(":")[0] for line in found[:2]} == {"heading", "prose"}

    @pytest.mark.parametrize(
        "part",
        [
            "<h2 id=stop-and-search>Stop and search</h2>",
            "<p class=top>Text.</p>",
            "<p class=header>A. One</p><p>x</p><p class=header>B. Two</p><p>y</p><p class=header>C. Three</p>",
            "<div class=header><p>Report: 7</p></div>" * 3,
            "<ul><li><a href=07.htm>Budget</a><li><a href=08.htm>Estates</a><li><a href=09.htm>Cars</a></ul>",
        ],
    )
    def test_what_only_sounds_like_it(self, part: str) -> None:
        found = lines(f"<h1>Stock</h1><p>{'The text of the paper itself. ' * 9}</p>{part}")
        assert not any(line.startswith("furniture: ") for line in found)

    def test_a_part_that_holds_the_page_is_the_page(self) -> None:
        body = f"<div id=contents><h1>Stock</h1><p>{'Text. ' * 30}</p></div><p>Foot</p>"
        assert lines(body)[0] == "heading: Stock"

    def test_what_nobody_sees_is_hidden(self) -> None:
        assert lines("<p>seen<span style='display: none'>not</span><p hidden>nor<noscript>this</noscript>") == [
            "prose: seen", "hidden: not", "hidden: nor", "hidden: this",
        ]  # fmt: skip

    def test_scripts_styles_and_comments_are_no_text(self) -> None:
        assert lines("<p>a<script>x()</script>b<style>p{}</style><!-- c --></p>") == ["prose: ab"]


class TestPlaces:
    def test_a_place_is_the_path_of_the_element(self) -> None:
        body = "<div><p>a<p><b>b</b> c</div><ul><li>d<li>e</ul>"
        assert places(body) == [
            "html[1]/body[1]/div[1]/p[1]", "html[1]/body[1]/div[1]/p[2]",
            "html[1]/body[1]/ul[1]/li[1]", "html[1]/body[1]/ul[1]/li[2]",
        ]  # fmt: skip

    def test_anchors_have_their_text_address_and_title(self) -> None:
        anchors = page('<p>See <a href=" a.pdf " title=Plan>the <b>plan</b></a>, <a name=x>here</a>').anchors
        assert [(a.text, a.href, a.title, str(a.place)) for a in anchors] == [
            ("the plan", "a.pdf", "Plan", "html[1]/body[1]/p[1]/a[1]")
        ]

    @pytest.mark.parametrize(
        ("before", "head", "address"),
        [
            pytest.param("<!-- saved from url=(0018)http://x.uk/a/b.htm -->", "", "http://x.uk/a/b.htm", id="a"),
            pytest.param("<!-- Mirrored from x.uk/a.htm by HTTrack 3 -->", "", "http://x.uk/a.htm", id="b"),
            pytest.param("", "<base href=//x><link rel=canonical href=http://x.uk/e>", "http://x.uk/e", id="c"),
            pytest.param("", "<base href='http://x.uk/d/'>", "http://x.uk/d/", id="d"),
            pytest.param("", "<base href='http://x.uk/'>", "", id="a site alone"),
            pytest.param("<!-- saved from url=nowhere -->", "<base href='http://[x/'>", "", id="nonsense"),
        ],
    )  # fmt: skip
    def test_the_address_that_a_saved_page_gives(self, before: str, head: str, address: str) -> None:
        data = f"{before}<html><head>{head}</head><body><p>x</body></html>"
        assert extract(data.encode(), "page.html").address == address


class TestRefusals:
    def test_a_page_of_frames_says_so(self) -> None:
        with pytest.raises(NoText, match="frames"):
            extract(b"<html><frameset><frame src=a.htm></frameset></html>", "page.html")

    def test_a_page_without_text(self) -> None:
        with pytest.raises(NoText):
            extract(b"<html><head><title>x</title></head><body><script>x</script></body></html>", "page.html")

    def test_a_page_larger_than_any_paper(self) -> None:
        with pytest.raises(Unsupported, match="tags"):
            extract(b"<html>" + b"<b>" * 200_001, "page.html")

    @pytest.mark.parametrize(
        "piece",
        ["<div>", "<table><tr><td>x", "<ul><li>x", "<font size=2>a<p>", "<td rowspan=65535 colspan=99999>1", "<", "&#"],
    )
    def test_nests_and_unclosed_elements_without_end(self, piece: str) -> None:
        found = extract(f"<html><body><p>first</p><table border=1><tr>{piece * 3000}".encode(), "page.html")
        assert found.lines[0].text == "first"
        assert max(len(str(line.place)) for line in found.lines) < 3000


def visible(data: str) -> Counter[str]:
    """What a plain walk through the tree finds to be printed."""
    soup = BeautifulSoup(data, "lxml")
    for node in soup.find_all(["head", "script", "style"]):
        node.decompose()
    return Counter("".join(soup.get_text().split()))


def printed(paper: Paper) -> Counter[str]:
    return Counter("".join("".join(line.text.split()) for line in paper.lines))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_that_is_seen_is_lost(path: Path) -> None:
    data = path.read_bytes()
    text = data.decode("cp1252" if path.stem in ("fonts", "laid-out") else "utf-8")
    assert not visible(text) - printed(extract(data, path.name))


TAGS = (
    "table tr td th tbody tfoot caption p div b font span br a ul ol li h1 h3 pre dl dt dd hr nav center i u "
    "object embed applet svg canvas audio map"
).split()
ATTRIBUTES = (
    "", " colspan=2", ' rowspan="3;"', " rowspan=0", " border=1", " hidden", " class=nav", " id=header", " href='#a'",
    " href=x.pdf", " size=5", " class=contents", " colspan=99999999", " role=presentation", " type=a",
)  # fmt: skip
TOKENS = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ("Total", "£5", "1,109", "A. Aims", "1.", "•", "-", "Noted.", "Report: 7", "\n", " ", "&nbsp;", "2")
    ),
)


@given(st.lists(TOKENS, max_size=40).map("".join))
def test_nothing_is_lost_in_pages_of_any_shape(body: str) -> None:
    data = f"<html><body><p>x</p>{body}"
    paper = extract(data.encode(), "page.html")
    assert not visible(data) - printed(paper)
    assert paper.lines[0].kind != "blank"
    assert paper.lines[-1].kind != "blank"
