"""A scan from the command line: its figures are read, what is hard to read is doubted, and it can be left alone."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from click.testing import Result
from PIL import Image, ImageFilter
from reportlab.pdfgen.canvas import Canvas

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]


def scan(path: Path, smeared: float = 0) -> None:
    """A ruled table as a picture; the figure of its second row is smeared."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(400, 200), invariant=1)
    canvas.setFont("Helvetica", 9)
    for at, row in enumerate((("Workshop", "Cost"), ("Northgate", "1,109"), ("Hillside", "311"), ("Total", "1,420"))):
        canvas.drawString(45, 147 - 20 * at, row[0])
        canvas.drawRightString(235, 147 - 20 * at, row[1])
        canvas.line(40, 160 - 20 * at, 240, 160 - 20 * at)
    canvas.line(40, 80, 240, 80)
    for x in (40, 160, 240):
        canvas.line(x, 80, x, 160)
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(file.getvalue()) as document:
        picture: Image.Image = document[0].render(scale=200 / 72).to_pil().convert("L")
    box = (527, 180, 661, 215)
    if smeared:
        picture.paste(picture.crop(box).filter(ImageFilter.GaussianBlur(smeared)), box[:2])
    picture.save(path, "PDF", resolution=200)


def test_figures_are_read_and_add_up(run: Run, rows: Rows, tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf")
    assert run("extract", "scan.pdf", "--out", "out").exit_code == 0
    [paper] = rows("papers")
    assert paper["status"] == "ok"
    assert "RapidOCR" in paper["extractor"]
    found = {row["row_label"]: (row["value"], row["doubted"]) for row in rows("figures")}
    assert found == {"Northgate": ("1109", "false"), "Hillside": ("311", "false"), "Total": ("1420", "false")}
    assert [check["status"] for check in rows("checks")] == ["agrees"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert "papers/scan/scores-01.csv" in {output["path"] for output in manifest["outputs"]}


def test_the_cell_of_a_figure_that_is_hard_to_read_is_doubted(run: Run, rows: Rows, tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf", smeared=2.4)
    run("extract", "scan.pdf", "--out", "out")
    [doubted] = [row for row in rows("cells") if row["doubted"] == "true"]
    assert doubted["row"] == "2"
    text = (tmp_path / "out" / "papers" / "scan" / "scores-01.csv").read_text(encoding="utf-8")
    scores = [[float(score) for score in line.split(",")] for line in text.splitlines()]
    assert [len(row) for row in scores] == [2, 2, 2, 2]
    assert min(score for row in scores for score in row) == scores[1][1] < 0.9
    assert any("read from a picture" in row["why"] and row["text"].startswith("1") for row in rows("review"))


def test_pictures_can_be_left_alone(run: Run, rows: Rows, tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf")
    assert run("extract", "scan.pdf", "--no-ocr", "--out", "out").exit_code == 1
    [paper] = rows("papers")
    assert paper["status"] == "no_text"
    assert "--no-ocr" in paper["status_detail"]
