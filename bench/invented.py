"""Invented papers of every kind, for the benches: the same seed gives the same files."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

WORDS = (
    "authority committee budget policing borough community engagement strategy report members officers performance "
    "review consultation resources estimate forecast expenditure overtime training equality diversity procurement "
    "quarter target measure summary appendix public service safety estate vehicles income variance reserve grant"
).split()
HOSTILE_SHARE = 100
"""One paper of so many is hostile."""

Write = Callable[[Path, random.Random], None]


def write_papers(folder: Path, count: int, seed: int = 2006) -> None:
    """Write so many papers into a folder, a hundred to each folder below."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        kinds = HOSTILE if number % HOSTILE_SHARE == HOSTILE_SHARE // 2 else KINDS
        ending, write = kinds[chance.randrange(len(kinds))]
        path = folder / f"{2000 + number // 100}" / f"{number:06d}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, chance)


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
        rows = budget(chance, chance.randrange(4, 25))
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        parts.append(f"<table border='1'>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
    body = "\n".join(parts)
    path.write_text(f"<html><head><title>{number}</title></head><body>{body}</body></html>", encoding="utf-8")


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


def _pdf(path: Path, chance: random.Random) -> None:
    """A PDF of a few pages with ruled tables."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = getSampleStyleSheet()["BodyText"]
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    story = []
    for number in range(1, chance.randrange(3, 7)):
        story.append(Paragraph(f"{number}. {prose(chance, 150)}", style))
        story.append(Table(budget(chance, chance.randrange(5, 20)), style=ruled))
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


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


KINDS: tuple[tuple[str, Write], ...] = (
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
