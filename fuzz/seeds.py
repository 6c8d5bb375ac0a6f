"""Where fuzzing begins: the small papers of the tests, and PDF files with something of everything."""

from __future__ import annotations

import io
from collections.abc import Iterator

from promise import ROOT
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

_TEXTS = (ROOT / "data" / "raw", ROOT / "tests" / "papers_at_hand")
_PAGES = (ROOT / "tests" / "pages",)
_PROSE = "The Committee is asked to note that the budget for wards was spent by 31 March 2006."


def seeds(target: str) -> Iterator[bytes]:
    """The first inputs of a target."""
    if target in ("text", "paper"):
        yield from (path.read_bytes() for folder in _TEXTS for path in sorted(folder.glob("*.txt")))
    if target in ("html", "paper"):
        yield from (path.read_bytes() for folder in _PAGES for path in sorted(folder.glob("*.html")))
        yield from _SMALL_PAGES
    if target in ("pdf", "paper"):
        yield from (_prose(), _tables(), _turned(), _active())


_SMALL_PAGES = (
    b"<html><body><table border=1><tr><th rowspan=2>Ward<th colspan=2>Cost<tr><th>2005<th>2006"
    b"<tr><td>Camden<td>1,109<sup>2</sup><td>&pound;5m<tr><td>Total<td>1,109<td>5</table></body></html>",
    b"<html><body><h1>Report</h1><p><b>A. Aims</b><br>1. One<br>2. Two</p><ol><li>a<ul><li>b</ul></ol></body></html>",
)


def _document(canvas: Canvas, buffer: io.BytesIO) -> bytes:
    canvas.save()
    return buffer.getvalue()


def _begun() -> tuple[Canvas, io.BytesIO]:
    buffer = io.BytesIO()
    return Canvas(buffer, pagesize=(595, 842), pageCompression=0, invariant=True), buffer


def _prose() -> bytes:
    canvas, buffer = _begun()
    for number in (1, 2):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 780, "Work plan")
        canvas.setFont("Times-Roman", 11)
        for line in range(12):
            canvas.drawString(72, 740 - 14 * line - 10 * (line // 4), _PROSE)
        canvas.drawString(72, 500, "• an item")
        canvas.drawString(280, 40, f"Page {number} of 2")
        canvas.linkURL("http://x.uk/a.pdf", (72, 498, 130, 512))
        canvas.showPage()
    return _document(canvas, buffer)


def _tables() -> bytes:
    canvas, buffer = _begun()
    rows = [("Ward", "2005", "2006"), ("Camden", "1,109", "20"), ("Brent", "(5)", "-"), ("Total", "1,104", "20")]
    for top, ruled in ((760, True), (600, False)):
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                canvas.drawString(76 + 120 * column, top - 14 - 18 * row, text)
        if ruled:
            canvas.grid([72, 192, 312, 432], [top - 18 * row for row in range(5)])
        canvas.drawString(72, top + 12, "Table 1: Costs (£000)")
    return _document(canvas, buffer)


def _turned() -> bytes:
    canvas, buffer = _begun()
    canvas.setPageRotation(90)
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(100, -300, _PROSE)
    canvas.restoreState()
    canvas.beginForm("stamp")
    canvas.drawString(100, 100, "Seen twice")
    canvas.endForm()
    canvas.doForm("stamp")
    canvas.setFillColor(white)
    canvas.drawString(100, 300, "white on white")
    canvas.setFont("Symbol", 12)
    canvas.drawString(100, 320, "abc")
    canvas.setFont("ZapfDingbats", 12)
    canvas.drawString(100, 340, "abc")
    return _document(canvas, buffer)


def _active() -> bytes:
    """A form, an action and a picture, as files have them that want something."""
    canvas, buffer = _begun()
    canvas.drawString(72, 700, _PROSE)
    canvas.acroForm.textfield(name="ward", x=72, y=600, value="Brent")
    canvas.acroForm.checkbox(name="agreed", x=72, y=560, checked=True)
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("Top", "top")
    return _document(canvas, buffer)
