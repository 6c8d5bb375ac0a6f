"""Invented papers of every kind, for the benches: the same seed gives the same files."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from normalise.split.widths import HELVETICA

PAGE = 3_000
"""Characters of a page, where a paper has none."""
WORDS = (
    "authority committee budget policing borough community engagement strategy report members officers performance "
    "review consultation resources estimate forecast expenditure overtime training equality diversity procurement "
    "quarter target measure summary appendix public service safety estate vehicles income variance reserve grant"
).split()
ACTIONS = (
    "Hold three open meetings in the north of the area each year, at times when people who work shifts can come.",
    "Write to every parish council before the autumn with a summary of what was asked and what has been done about it.",
    "Agree with the chief officers how complaints from custody visitors are passed on, and report delays to members.",
    "Ask a panel of young people to judge the leaflets about stop and search before they are printed again.",
    "Bring the register of property up to date, and sell the two police houses that have stood empty since last year.",
    "Train all new members in their first month; ask those who leave what they would have liked to know earlier.",
    "Compare the cost of the call centre with that of similar forces, and explain any difference of more than a tenth.",
    "Review how victims of burglary are kept informed (with the Crown Prosecution Service and Victim Support).",
    "Provide a single form for small grants, and decide on each within six weeks of the day on which it arrives.",
    "Test the plans for a flood or a long loss of power together with the county council and the fire service.",
    "Publish the minutes of all committees within ten days, in a form that can be read aloud by a computer.",
    "Look at the reasons for which women leave the service before they reach the rank of sergeant.",
    "Replace the oldest vehicles first, where their repair has cost more than half of what they are still worth.",
    "Visit each of the four training schools with a group of members who have not seen one before.",
    "Set out which decisions members take themselves and which they leave to officers, and check it every spring.",
    "Meet the federation and the unions twice a year about sickness, overtime and the safety of officers on patrol.",
)
COLUMN, CUT, LOST = 20.0, 17.0, 0.125
"""Ems: the width of a column, and where it was cut. The share of the ends of lines that are lost."""
HOSTILE_SHARE = 100
"""One paper of so many is hostile."""
LEAF = 20
"""Pages of a PDF that are made; a longer one has them over and over."""
DPI = 200
"""Dots to the inch of a scan."""

Write = Callable[[Path, random.Random], None]


class Kind(NamedTuple):
    """A kind of paper: its name, the ending of its files, what writes one, and how many are measured."""

    name: str
    ending: str
    write: Write
    usual: int


def write_papers(folder: Path, count: int, seed: int = 2006) -> None:
    """Write so many papers into a folder, a hundred to each folder below."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kinds = HOSTILE if number % HOSTILE_SHARE == HOSTILE_SHARE // 2 else MIXTURE
        ending, write = kinds[chance.randrange(len(kinds))]
        path = folder / f"{2000 + number // 100}" / f"{number:06d}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, chance)


def write_kind(folder: Path, kind: Kind, count: int) -> list[Path]:
    """Write so many papers of one kind into a new folder."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:03d}{kind.ending}" for number in range(count)]
    for number, path in enumerate(paths):
        kind.write(path, random.Random(number))
    return paths


def write_long(path: Path, pages: int) -> None:
    """Write one paper of so many pages; the ending of the file says of which kind."""
    chance = random.Random(pages)
    if path.suffix == ".pdf":
        path.write_bytes(_long_pdf(chance, pages))
        return
    parts, size = [], 0
    for number in range(1, pages * PAGE):
        table = budget(chance, 12) if number % 6 == 0 else []
        text = f"{number}. {prose(chance)}"
        size += sum(len(cell) for row in table for cell in row) or len(text)
        if path.suffix == ".htm":
            parts.append(_table(table) if table else f"<p>{text}</p>")
        else:
            parts.append("\n".join("\t".join(row) for row in table) or text)
        if size >= pages * PAGE:
            break
    body = "\n\n".join(parts)
    path.write_text(f"<html><body>{body}</body></html>" if path.suffix == ".htm" else body, encoding="utf-8")


def prose(chance: random.Random, words: int = 60) -> str:
    """A paragraph."""
    text = " ".join(chance.choice(WORDS) for _ in range(words))
    return f"{text[0].upper()}{text[1:]}."


def budget(chance: random.Random, rows: int) -> list[list[str]]:
    """A table whose rows add up to its total, but for one table in twenty."""
    table = [["Heading", "2005/06 £000", "2006/07 £000", "Change £000"]]
    sums = [0, 0, 0]
    for number in range(rows):
        old, new = chance.randrange(10, 9_000), chance.randrange(10, 9_000)
        figures = (old, new, new - old)
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        table.append([f"{chance.choice(WORDS).capitalize()} {number}", *(f"{figure:,}" for figure in figures)])
    sums[0] += 10 * (chance.random() < 0.05)
    return [*table, ["Total", *(f"{total:,}" for total in sums)]]


def _page(path: Path, chance: random.Random) -> None:
    """A web page: a header, numbered paragraphs, and in two of three a table."""
    number = chance.randrange(1, 30)
    parts = [
        f"<h1>{prose(chance, 5)}</h1><p>Report: {number}</p><p>Committee: Finance Committee</p>",
        f"<p>Date: {chance.randrange(1, 28)} September 200{chance.randrange(10)}</p><h2>A. Recommendation</h2>",
        "<p>That members note the report; and</p><h2>B. Supporting information</h2>",
        *(f"<p>{n}. {prose(chance)}</p>" for n in range(1, chance.randrange(5, 40))),
    ]
    if chance.random() < 0.67:
        parts.append(_table(budget(chance, chance.randrange(4, 25))))
    body = "\n".join(parts)
    path.write_text(f"<html><head><title>{number}</title></head><body>{body}</body></html>", encoding="utf-8")


def _table(rows: list[list[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table border='1'>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _text(path: Path, chance: random.Random) -> None:
    """A text copy of a report."""
    parts = [f"Report {chance.randrange(1, 30)}", "Finance Committee", "A. Recommendation", "That members note it."]
    parts += [f"{n}. {prose(chance)}" for n in range(1, chance.randrange(5, 40))]
    path.write_text("\n\n".join(parts), encoding="utf-8")


def _plan(path: Path, chance: random.Random) -> None:
    """A work plan as text, its cells parted by tabs."""
    lines = ["Objective 1: " + prose(chance, 8), "", "Key actions/events:\tDeadline/date\tPerformance measure\tBudget"]
    total = 0
    for number in range(1, chance.randrange(6, 25)):
        amount = chance.randrange(1, 90) * 1_000
        total += amount
        lines.append(f"{number}. {prose(chance, 12)}\tSept 2006\t{prose(chance, 6)}\t£{amount:,}")
    path.write_text("\n".join([*lines, f"\t\tTOTAL\t£{total:,}", ""]), encoding="utf-8")


def _cut_plan(path: Path, chance: random.Random) -> None:
    """A work plan whose first column was cut: the ends of its lines stand in the next cell, and some are lost."""
    lines: list[str] = []
    for objective in (1, 2):
        lines += [
            f"Objective {objective}: {prose(chance, 8)}",
            "",
            "Action\tTimescale\tPerformance measure\tBudget (£)",
        ]
        for number in range(1, chance.randrange(6, 11)):
            heads, tails = _split(f"{number}. {chance.choice(ACTIONS)}", chance)
            place = chance.randrange(len(tails) + 1)
            period = " ".join([*tails[:place], chance.choice(("Sept 2006", "March 2007", "Ongoing")), *tails[place:]])
            lines.append(f"{heads}\t{period}\t{prose(chance, 6)}\t£{chance.randrange(1, 90)},000")
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def _split(text: str, chance: random.Random) -> tuple[str, list[str]]:
    """The parts of a text's lines left of a cut, as one text, and those right of it, of which one in eight is lost."""
    lines = [""]
    for word in text.split():
        if HELVETICA.width(f"{lines[-1]} {word}") > COLUMN:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    heads, tails = [], []
    for line in lines:
        kept = sum(HELVETICA.width(line[: at + 1]) <= CUT for at in range(len(line)))
        heads.append(line[:kept].strip())
        if line[kept:].strip() and chance.random() > LOST:
            tails.append(line[kept:].strip())
    return " ".join(heads), tails


def _pdf(path: Path, chance: random.Random) -> None:
    """A PDF of a few pages with ruled tables."""
    path.write_bytes(_printed(chance, chance.randrange(2, 6)))


def _printed(chance: random.Random, tables: int) -> bytes:
    """The bytes of a PDF with so many paragraphs and ruled tables: two of each fill a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table, TableStyle

    style = getSampleStyleSheet()["BodyText"]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    story: list[Flowable] = []
    for number in range(1, tables + 1):
        story.append(Paragraph(f"{number}. {prose(chance, 150)}", style))
        story.append(Table(budget(chance, chance.randrange(5, 20)), style=ruled))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build(story)
    return file.getvalue()


def _long_pdf(chance: random.Random, pages: int) -> bytes:
    import pypdfium2  # type: ignore[import-untyped]

    source, target = pypdfium2.PdfDocument(_printed(chance, 3 * min(pages, LEAF))), pypdfium2.PdfDocument.new()
    target.import_pages(source, [number % min(len(source), LEAF) for number in range(pages)])
    file = io.BytesIO()
    target.save(file)
    return file.getvalue()


def _scan(path: Path, chance: random.Random) -> None:
    """One page as a picture, without a text layer."""
    import pypdfium2

    with pypdfium2.PdfDocument(_printed(chance, 2)) as document:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("L")
    long_ago = time.gmtime(0)
    picture.save(path, "PDF", resolution=DPI, creationDate=long_ago, modDate=long_ago)


def _nested(path: Path, _: random.Random) -> None:
    path.write_text("<html><body>" + "<div>" * 100_000 + "deep", encoding="utf-8")


def _spans(path: Path, _: random.Random) -> None:
    rows = "<tr><td colspan='99999999' rowspan='99999999'>1</td></tr>" * 50
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")


def _cut(path: Path, chance: random.Random) -> None:
    _pdf(path, chance)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _noise(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(50_000))


def _controls(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"Report \x1b[31m\x00\xff\xfe =cmd|' /C calc'!A0 \xe2\x80\xae" + prose(chance).encode())


def _empty(path: Path, _: random.Random) -> None:
    path.touch()


def _bomb(path: Path, _: random.Random) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../report.txt", b"0" * 20_000_000)


KINDS = (
    Kind("web page", ".htm", _page, 100),
    Kind("text", ".txt", _text, 200),
    Kind("work plan", ".txt", _plan, 100),
    Kind("cut work plan", ".txt", _cut_plan, 50),
    Kind("PDF", ".pdf", _pdf, 50),
    Kind("scan", ".pdf", _scan, 4),
)
MIXTURE: tuple[tuple[str, Write], ...] = (
    (".htm", _page),
    (".htm", _page),
    (".txt", _text),
    (".txt", _plan),
    (".pdf", _pdf),
)
HOSTILE: tuple[tuple[str, Write], ...] = (
    (".htm", _nested),
    (".htm", _spans),
    (".pdf", _cut),
    (".pdf", _noise),
    (".txt", _controls),
    (".txt", _empty),
    (".zip", _bomb),
)
