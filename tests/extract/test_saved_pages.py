"""Web pages that a browser saved as one file (MHTML)."""

import base64
import quopri
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

import pytest

from extract import extract
from papers.errors import NoText
from papers.paper import HtmlPath, Paper

ADDRESS = "http://www.mpa.gov.uk/committees/f/2006/060501/05/"
PAGE = """<html><head><title>Report</title></head><body><h1>Costs of visits</h1>
<p>1. The committee was told of costs that are set out below; they are for the year and do not take in the café.</p>
<table border=1><tr><th>Item</th><th>Cost £000</th></tr><tr><td>Cars</td><td>1,200</td></tr></table></body></html>"""
TEXTS = ["Costs of visits", "Item", "Cost £000", "Cars", "1,200"]


def part(kind: str, content: bytes, encoding: str = "quoted-printable", **headers: str) -> Message:
    made = MIMENonMultipart(*kind.partition(";")[0].split("/"))
    made.replace_header("Content-Type", kind)
    made["Content-Transfer-Encoding"] = encoding
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    packed = {
        "quoted-printable": quopri.encodestring(content), "base64": base64.encodebytes(content), "binary": content
    }  # fmt: skip
    made.set_payload(packed[encoding].decode("ascii", "surrogateescape"))
    return made


def saved(*parts: Message, **headers: str) -> bytes:
    """A page as Internet Explorer saves it."""
    made = MIMEMultipart("related", boundary="----=_NextPart_000", type="text/html")
    made["From"] = "<Saved by Windows Internet Explorer 7>"
    made["Subject"] = "Report"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.preamble = "This is a multi-part message in MIME format."
    for each in parts:
        made.attach(each)
    return made.as_bytes()


def texts(paper: Paper) -> list[str]:
    return [cell.text for line in paper.lines for cell in line.cells if line.kind in ("heading", "row")]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_the_page_is_taken_out_of_its_envelope(encoding: str, charset: str) -> None:
    page = part(f"text/html; charset={charset}", PAGE.encode(charset), encoding, Content_Location=ADDRESS)
    picture = part("image/gif", b"GIF89a", "base64", Content_Location=f"{ADDRESS}logo.gif")
    paper = extract(saved(page, picture), "report.mht")
    assert texts(paper) == TEXTS
    assert any(line.text.endswith("the café.") for line in paper.lines)
    assert (paper.source.media_type, paper.address, paper.remarks) == ("text/html", ADDRESS, ())
    assert isinstance(paper.lines[0].place, HtmlPath)
    assert "MHTML" in paper.extractor


def test_the_page_is_the_one_that_the_envelope_names() -> None:
    menu = part("text/html; charset=utf-8", b"<html><body><p>Home", Content_ID="<menu>")
    page = part("text/html; charset=utf-8", PAGE.encode(), Content_ID="<page>")
    data = saved(menu, page, Snapshot_Content_Location=ADDRESS).replace(
        b'type="text/html"', b'type="text/html"; start="<page>"'
    )
    paper = extract(data, "report.mhtml")
    assert texts(paper) == TEXTS
    assert paper.address == ADDRESS


def test_another_page_in_the_file_is_reported() -> None:
    page, frame = (part("text/html; charset=utf-8", text.encode()) for text in (PAGE, "<html><body><p>A frame"))
    paper = extract(saved(page, frame), "report.mht")
    (remark,) = paper.remarks
    assert remark.unread
    assert "1 other page" in remark.why


def test_a_file_that_ends_too_soon_is_reported() -> None:
    data = saved(part("text/html; charset=utf-8", PAGE.encode()))
    paper = extract(data[: data.index(b"<td>1,200") + 9], "report.mht")
    assert texts(paper) == TEXTS
    assert [remark.unread for remark in paper.remarks] == [True]


def test_an_address_on_a_disk_is_none() -> None:
    page = part("text/html; charset=utf-8", PAGE.encode(), Content_Location="file://C:/My Documents/report.htm")
    assert extract(saved(page), "report.mht").address == ""


def test_a_message_without_a_page_is_a_text() -> None:
    data = saved(part("image/gif", b"GIF89a", "base64"))
    assert extract(data, "report.mht").source.media_type == "text/plain"


def test_a_text_that_quotes_such_headers_is_a_text() -> None:
    text = b"The file began so:\n\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n<html> was next.\n"
    assert "MIME-Version" in "".join(line.text for line in extract(text, "a.txt").lines)


def test_an_empty_page_in_an_envelope_holds_no_text() -> None:
    with pytest.raises(NoText):
        extract(saved(part("text/html; charset=utf-8", b"<html><body></body></html>")), "report.mht")


def test_a_long_list_behind_a_label_is_a_text() -> None:
    """Each of these lines could be parted in sixteen ways: together they would take for ever."""
    text = "Format: free\nFiles: a\n" + "                of the program\n" * 60 + "\nThe end of it.\n"
    assert extract(text.encode(), "copyright.txt").source.media_type == "text/plain"
