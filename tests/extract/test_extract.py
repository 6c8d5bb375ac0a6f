"""From bytes to a raw paper: what kind of file, in which charset, and where everything stands. Nothing is repaired."""

import gc
import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import extract, media_type
from extract.encodings import decode
from papers.errors import NoText, PaperError, Unsupported
from papers.paper import Cell, Line, LineSpan, Origin, Paper

RAW = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*.txt"))


def zip_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


def texts(paper: Paper) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in paper.lines]


class TestKind:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            pytest.param(b"Report: 8a\n", "text/plain", id="text"),
            pytest.param(b"Action\tBudget\n<ol> <li>Rota</li> </ol>\t\xc2\xa35\n", "text/plain", id="scraps of HTML"),
            pytest.param(b"<p>Rota</p>", "text/plain", id="a scrap alone"),
            pytest.param(b"<ul><li>Rota</li></ul>", "text/plain", id="a list alone"),
            pytest.param(b"[1]\nThe first note\n", "text/plain", id="a footnote first"),
            pytest.param(b"[Draft]\nReport\n", "text/plain", id="brackets"),
            pytest.param(b"{see note} Report\n", "text/plain", id="braces"),
            pytest.param(b"a < b: and <b: c\n", "text/plain", id="less than"),
            pytest.param(b"<!DOCTYPE html>\n<title>Report</title>", "text/html", id="HTML by its doctype"),
            pytest.param(b"  <HTML lang='en'>", "text/html", id="HTML by its root"),
            pytest.param(b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", "text/html", id="XHTML"),
            pytest.param("<html><body>Report".encode("utf-16"), "text/html", id="HTML in UTF-16"),
            pytest.param("<html><body>Report".encode("utf-16-be"), "text/html", id="HTML in UTF-16 without a mark"),
            pytest.param(b"<html><body>Report\x00 8a", "text/html", id="HTML with a NUL"),
            pytest.param(b"<div id=content><h1>Rota</h1><p>a</p></div>", "text/html", id="the inside of a page"),
            pytest.param(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "application/pdf", id="PDF"),
            pytest.param(b"junk before it\r\n%PDF-1.7\n", "application/pdf", id="PDF with junk before it"),
        ],
    )
    def test_it_is_told_by_the_bytes(self, data: bytes, kind: str) -> None:
        assert media_type(data) == kind

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG", id="PNG"),
            pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG", id="JPEG"),
            pytest.param(b"GIF89a\x01\x00", "GIF", id="GIF"),
            pytest.param(b"II*\x00\x08\x00", "TIFF", id="TIFF"),
            pytest.param(zip_file(), "ZIP", id="ZIP"),
            pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office", id="Word 97"),
            pytest.param(rb"{\rtf1\ansi Report: 8a}", "Rich Text", id="RTF"),
            pytest.param(b"%!PS-Adobe-3.0\n/Times findfont", "PostScript", id="PostScript"),
            pytest.param(b"\x1f\x8b\x08\x00text", "gzip", id="gzip"),
            pytest.param(json.dumps({"report": "8a"}, indent=1).encode(), "JSON", id="JSON"),
            pytest.param(b'\xef\xbb\xbf[{"report": "8a"}]\n', "JSON", id="JSON with a mark"),
            pytest.param(b'{"report": 1}\n{"report": 2}\n', "JSON", id="JSON, an object a line"),
            pytest.param(b"<?xml version='1.0'?>\n<records/>", "XML", id="XML"),
            pytest.param(b"\xef\xbb\xbf<?xml version='1.0'?><records/>", "XML", id="XML with a mark"),
            pytest.param("<?xml version='1.0'?><records/>".encode("utf-16"), "XML", id="XML in UTF-16"),
            pytest.param(b"<!-- made -->\n<records id='1'><to>x</to></records>\n", "XML", id="XML undeclared"),
            pytest.param(b"<?xml version='1.0'?><document><table id='1'/></document>", "XML", id="XML with a table"),
            pytest.param(b"<document><table><tr>x</tr></table></document>", "XML", id="XML with a table, undeclared"),
            pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>", "XML", id="SVG"),
            pytest.param(b"Report\x00 8a", "neither", id="a NUL"),
            pytest.param(b"Report 8a\n" * 10_000 + b"\x00", "neither", id="a NUL far down"),
            pytest.param(bytes(range(1, 32)) * 9, "neither", id="control characters"),
        ],
    )
    def test_what_is_no_paper_is_refused(self, data: bytes, what: str) -> None:
        with pytest.raises(Unsupported, match=what) as caught:
            extract(data, "report.txt")
        assert caught.value.remedy

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b" \t\r\n\x0c\n", id="white space"),
            pytest.param(b"\xef\xbb\xbf", id="a mark alone"),
            pytest.param("\ufeff \n".encode("utf-16-le"), id="white space in UTF-16"),
            pytest.param("\xa0\u2003\n".encode(), id="spaces that do not break"),
            pytest.param(b"\xa0\n\xa0", id="the same in windows-1252"),
            pytest.param(b"\x00\x00\x00", id="NULs"),
        ],
    )
    def test_what_holds_nothing_is_refused(self, data: bytes) -> None:
        with pytest.raises(NoText):
            extract(data, "report.txt")

    @pytest.mark.parametrize("name", ["report.pdf", "report.html", "report.json", "report", "report.png"])
    def test_the_name_of_the_file_decides_nothing(self, name: str) -> None:
        paper = extract(b"Report: 8a", name)
        assert (paper.source.path, paper.source.media_type) == (name, "text/plain")

    @pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"<html><body>"])
    def test_what_holds_no_paper_says_so(self, data: bytes) -> None:
        with pytest.raises(PaperError) as caught:
            extract(data, "report.txt")
        assert caught.value.status in {"no_text", "failed"}

    @given(st.binary(max_size=400))
    def test_any_bytes_make_a_paper_or_a_plain_refusal(self, data: bytes) -> None:
        try:
            paper = extract(data, "report.txt")
        except PaperError as error:
            assert str(error)
        else:
            assert any(line.cells for line in paper.lines)


class TestCharset:
    @pytest.mark.parametrize(
        ("data", "text", "charset"),
        [
            pytest.param("£3,000 – MPA’s".encode(), "£3,000 – MPA’s", "utf-8", id="UTF-8"),
            pytest.param("£3,000 – MPA’s".encode("cp1252"), "£3,000 – MPA’s", "windows-1252", id="windows-1252"),
            pytest.param(b"Report", "Report", "utf-8", id="plain letters"),
            pytest.param(b"\xef\xbb\xbf\xc2\xa35", "£5", "utf-8", id="UTF-8 with a mark"),
            pytest.param("\ufeff£5".encode("utf-16-le"), "£5", "utf-16-le", id="UTF-16, little end first"),
            pytest.param("\ufeff£5".encode("utf-16-be"), "£5", "utf-16-be", id="UTF-16, big end first"),
            pytest.param("\ufeff£5".encode("utf-32-le"), "£5", "utf-32-le", id="UTF-32, little end first"),
            pytest.param("\ufeff£5".encode("utf-32-be"), "£5", "utf-32-be", id="UTF-32, big end first"),
            pytest.param(b"\xef\xbb\xbf\xa35", "£5", "windows-1252", id="a mark of UTF-8 before windows-1252"),
            pytest.param(b"\xa35 \x81\x8d\x90\x9d", "£5 \x81\x8d\x90\x9d", "windows-1252", id="undefined bytes"),
            pytest.param(b"\xc2\xa35 and \xa35", "Â£5 and £5", "windows-1252", id="two charsets in one file"),
        ],
    )
    def test_a_fixed_order_and_no_guess(self, data: bytes, text: str, charset: str) -> None:
        paper = extract(data, "report.txt")
        assert texts(paper) == [[text]]
        assert paper.extractor == f"text ({charset})"

    @pytest.mark.parametrize(
        ("declared", "expected"),
        [
            pytest.param("iso-8859-1", ("£5 – x", "windows-1252"), id="what browsers take it for"),
            pytest.param("us-ascii", ("£5 – x", "windows-1252"), id="ASCII"),
            pytest.param("mac-roman", ("£5 ñ x", "mac-roman"), id="another one"),
            pytest.param("utf-8", ("£5 – x", "windows-1252"), id="one that does not fit"),
            pytest.param("iso-8859-15", ("£5 – x", "windows-1252"), id="one that would make control characters"),
            pytest.param("utf-7", ("£5 – x", "windows-1252"), id="one that pages may not be in"),
            pytest.param("unicode_escape", ("£5 – x", "windows-1252"), id="a codec for programs"),
            pytest.param("klingon", ("£5 – x", "windows-1252"), id="one that is not known"),
            pytest.param("hex", ("£5 – x", "windows-1252"), id="a codec that is no charset"),
            pytest.param("a\0b", ("£5 – x", "windows-1252"), id="no name at all"),
        ],
    )
    def test_a_declared_charset(self, declared: str, expected: tuple[str, str]) -> None:
        data = "£5 – x".encode("cp1252")
        text, charset = decode(data, declared)
        assert charset == expected[1]
        assert text == (data.decode("mac-roman") if charset == "mac-roman" else expected[0])

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
    def test_a_marked_file_that_breaks_off_is_refused(self, encoding: str) -> None:
        with pytest.raises(Unsupported, match="damaged"):
            extract("\ufeffReport: 8a".encode(encoding)[:-1], "report.txt")

    @given(st.binary(max_size=200))
    def test_any_bytes_without_a_mark_are_read(self, data: bytes) -> None:
        if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
            text, charset = decode(data)
            assert charset in {"utf-8", "windows-1252"}
            assert len(text) <= len(data)


class TestPageCharset:
    PAGE = "<html><head>{}</head><body><p>£9.8m – ‘x’ • +4.9</p></body></html>"

    @pytest.mark.parametrize(
        ("head", "encoding", "extractor"),
        [
            pytest.param("<meta charset=utf-8>", "utf-8", "html (utf-8)", id="declared"),
            pytest.param("", "utf-8", "html (utf-8)", id="not declared"),
            pytest.param("", "cp1252", "html (windows-1252)", id="not declared, windows-1252"),
            pytest.param("<meta charset='UTF-8'>", "cp1252", "html (windows-1252, declared utf-8)", id="wrong"),
            pytest.param(
                '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
                "cp1252",
                "html (windows-1252, declared iso-8859-1)",
                id="what browsers take it for",
            ),
            pytest.param(
                "<META content='text/html; charset=ISO-8859-1'>",
                "utf-8",
                "html (utf-8, declared iso-8859-1)",
                id="UTF-8",
            ),
            pytest.param("<!-- <meta charset=koi8-r> -->", "cp1252", "html (windows-1252)", id="in a comment"),
            pytest.param("<meta charset=utf-16>", "utf-8", "html (utf-8)", id="it can't be in UTF-16"),
            pytest.param("", "utf-16-le", "html (utf-16-le)", id="UTF-16 without a mark"),
            pytest.param("<meta charset=utf-8>", "utf-16", "html (utf-16-le)", id="UTF-16 with a mark"),
        ],
    )
    def test_the_pound_survives(self, head: str, encoding: str, extractor: str) -> None:
        paper = extract(self.PAGE.format(head).encode(encoding), "page.html")
        assert texts(paper) == [["£9.8m – ‘x’ • +4.9"]]
        assert paper.extractor == extractor

    def test_a_charset_in_the_declaration_of_xhtml(self) -> None:
        data = b'<?xml version="1.0" encoding="windows-1252"?><html><body>\xa35 &#150; &pound;6 &#163;7 &#x2022;</html>'
        assert texts(extract(data, "page.html")) == [["£5 – £6 £7 •"]]

    def test_what_no_charset_reads_is_said(self) -> None:
        paper = extract(b"<html><body>a\x00b</body></html>", "page.html")
        assert texts(paper) == [["a\ufffdb"]]
        assert len(paper.remarks) == 1


class TestLines:
    def test_tabs_part_cells_and_nothing_else_does(self) -> None:
        paper = extract(b"a\tb  c|d\n", "plan.txt")
        assert texts(paper) == [["a", "b  c|d"]]
        assert paper.lines[0].kind == "row"

    def test_nothing_is_stripped(self) -> None:
        paper = extract("  1. Rota \t\u00a0\t** £5 ** \n".encode(), "plan.txt")
        assert texts(paper) == [["  1. Rota ", "\xa0", "** £5 ** "]]

    def test_all_line_ends_count(self) -> None:
        paper = extract(b"a\r\nb\rc\nd\r\r\n\re", "plan.txt")
        assert texts(paper) == [["a"], ["b"], ["c"], ["d"], [], [], ["e"]]
        assert [line.place for line in paper.lines if line.cells] == [LineSpan(n, 1, 1) for n in (1, 2, 3, 4, 7)]

    def test_a_form_feed_is_no_line_end_and_stays(self) -> None:
        paper = extract(b"a\x0cb\n\x0c\n\x0bc\x1c\xc2\x85d", "plan.txt")
        assert texts(paper) == [["a\x0cb"], [], ["\x0bc\x1c\x85d"]]

    def test_rows_that_follow_each_other_are_one_grid(self) -> None:
        paper = extract(b"a\tb\nc\td\n\ne\tf\nprose\ng\th\n", "plan.txt")
        assert [line.grid for line in paper.lines] == [1, 1, None, 2, None, 3]
        assert [line.kind for line in paper.lines] == ["row", "row", "blank", "row", "prose", "row"]

    def test_a_line_of_tabs_is_blank(self) -> None:
        assert extract(b"a\n\t \t\nb", "plan.txt").lines[1] == Line("blank")

    def test_blank_lines_at_the_end_go_and_at_the_beginning_stay(self) -> None:
        assert [line.kind for line in extract(b"\n\na\n\n \n", "plan.txt").lines] == ["blank", "blank", "prose"]

    def test_a_megabyte_in_one_line(self) -> None:
        text = "word " * 200_000
        paper = extract(text.encode(), "plan.txt")
        assert paper.lines == (Line("prose", (Cell(text, (Origin(text, LineSpan(1, 1, len(text))),)),)),)

    def test_the_source_is_named_and_hashed(self) -> None:
        paper = extract(b"abc", "2006/plan.txt")
        assert paper.source.path == "2006/plan.txt"
        assert paper.source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def check_places(text: str, paper: Paper) -> None:
    """Each cell is, character for character, what stands at its place; and no printed character has no place."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    covered = 0
    for line in paper.lines:
        for cell in line.cells:
            (origin,) = cell.origins
            assert isinstance(origin.place, LineSpan)
            place = origin.place
            assert lines[place.line - 1][place.first - 1 : place.last] == origin.raw == cell.text
            covered += sum(not char.isspace() for char in origin.raw)
    assert covered == sum(not char.isspace() for char in text)


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.name)
def test_places_are_exact_on_real_papers(path: Path) -> None:
    check_places(path.read_bytes().decode(), extract(path.read_bytes(), path.name))


@given(
    st.lists(st.text("ab\t £\n\r\x0c\u2028\u00a0é漢🎓", max_size=20), max_size=8).map("".join),
    st.sampled_from([("utf-8", ""), ("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff")]),
)
def test_places_are_exact_in_any_text(text: str, charset: tuple[str, str]) -> None:
    encoding, mark = charset
    data = (mark + text).encode(encoding)
    if text.strip():
        check_places(text, extract(data, "plan.txt"))
    else:
        with pytest.raises(NoText):
            extract(data, "plan.txt")


@pytest.mark.parametrize("data", [b"A paper of one line", b""], ids=["read", "refused"])
def test_unreachable_objects_are_collected_afterwards_as_before(data: bytes) -> None:
    before = gc.get_threshold()
    with suppress(PaperError):
        extract(data, "a.txt")
    assert gc.get_threshold() == before
