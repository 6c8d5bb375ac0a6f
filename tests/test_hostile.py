"""Papers that are out to do harm, all in one run with sound ones: each gets its row, and nothing else comes of them.

Beside the papers lies a secret, and a server listens, that many of them ask for. Every file that the program and its
processes open, and whatever else they ask of the system, is written down by an audit hook.
"""

import csv
import io
import json
import os
import re
import runpy
import socket
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[1]
LAWS = runpy.run_path(str(ROOT / "fuzz" / "promise.py"))
COMMAND = Path(sys.executable).with_name("committee-papers")
SECRET = "the secret of the house"

# Python loads it at the start of every process, before anything of the program.
SPY = """
import json, os, sys
log = os.open(os.environ["SPY"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
asked = ("open", "os.", "shutil.", "socket.", "subprocess.", "urllib.", "http.", "ftplib.", "webbrowser.", "pty.")
def watch(event, arguments):
    if event.startswith(asked):
        told = [os.fsdecode(a) if isinstance(a, (str, bytes)) else a if isinstance(a, int) else repr(a)
                for a in arguments]
        os.write(log, json.dumps([event, *told]).encode() + b"\\n")
sys.addaudithook(watch)
"""

PLAN = """Objective 1: Support the governance role

Key actions/events:\tDeadline/date\tPerformance measure\tBudget
1. Keep a log\tSept 2006\tReport adopted\t£3,000
2. Agree a rota\tOngoing\tRota agreed\t£10,000
\t\tTOTAL\t£13,000
""".encode()
PAGE = b"<html><body><h1>Costs</h1><table border=1><tr><th>Ward<th>Cost<tr><td>Brent<td>&pound;5</table></body></html>"


def drawn(text: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.drawString(72, 700, text)
    canvas.save()
    return buffer.getvalue()


def pdf(content: bytes, *more: bytes, head: bytes = b"", catalog: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF file of one page, written by hand; `more` are its objects from number 6 on."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % page,
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), head, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size %d>>\n" % (len(objects) + 1)


def packed(megabytes: int) -> bytes:
    """So many megabytes of spaces."""
    pack = zlib.compressobj()
    return b"".join(pack.compress(b" " * 1_000_000) for _ in range(megabytes)) + pack.flush()


def laughs(root: bytes, opening: bytes) -> bytes:
    """Entities made of entities: ten to the ninth `ha`, if they are resolved."""
    entities = [b'<!ENTITY a "ha">']
    entities += [b'<!ENTITY %c "%s">' % (n + 1, b"&%c;" % n * 10) for n in b"abcdefghi"]
    return b'<?xml version="1.0"?><!DOCTYPE %s [%s]>%s&j;' % (root, b"".join(entities), opening)


def external(root: bytes, opening: bytes, secret: str, server: str) -> bytes:
    entities = f'<!ENTITY s SYSTEM "{secret}"><!ENTITY n SYSTEM "{server}"><!ENTITY % p SYSTEM "{server}">%p;'
    return b'<?xml version="1.0"?><!DOCTYPE %s [%s]>%s&s;&n;' % (root, entities.encode(), opening)


def hostile(secret: str, server: str) -> dict[str, tuple[str, bytes]]:
    """The papers by name, each with the status that it should have. What they ask for is a file and a server."""
    text = b"BT /F1 12 Tf 72 700 Td (Read this) Tj ET"
    within, opening = b"<html><body><p>Read this</p>", b"<data><p>Read this</p>"
    bomb = packed(300)
    formulas = [f'=HYPERLINK("{server}")', "=1+1", "+1+1", "-2+3", "@SUM(1)", "=cmd|' /C calc'!A0", "\uff1d1+1"]
    wants = f"""<html><head><base href="{server}"><link rel=stylesheet href="{server}/a.css">
        <meta http-equiv=refresh content="0; url={server}"><script src="{server}/a.js"></script>
        <script>alert(1)</script><style>@import url({server}/b.css)</style></head>
        <body onload="alert(2)" background="{server}/b.png"><p>Read this</p>
        <img src="{server}/c.png" onerror="alert(3)">
        <iframe src="{secret}"></iframe><object data="{secret}"></object><embed src="{server}/d">
        <svg><image xlink:href="{server}/e.svg"/></svg><a href="javascript:alert(4)">press</a>
        <a href="{secret}">open</a><?php system("id") ?><!--#include file="{secret}"--><video src="{server}/f"></video>
        <form action="{server}"><input type=file value="{secret}"></form></body></html>"""
    acts = pdf(
        text,
        b"<</S/JavaScript/JS(app.launchURL\\('%s'\\))/Next 7 0 R>>" % server.encode(),
        b"<</S/Launch/F(%s)/Next 8 0 R>>" % secret.encode(),
        b"<</S/SubmitForm/F(%s)/Next 9 0 R>>" % server.encode(),
        b"<</S/GoToR/F(%s)/D[0/Fit]/NewWindow true>>" % secret.encode(),
        b"<</Type/Filespec/F(notes.txt)/EF<</F 11 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 10>>\nstream\nembedded!!\nendstream",
        b"<</Type/Annot/Subtype/Link/Rect[72 690 130 712]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>",
        b"<</Type/Annot/Subtype/FileAttachment/Rect[72 600 90 620]/FS 10 0 R>>",
        b"<</Length 0/F(%s)>>\nstream\n\nendstream" % secret.encode(),
        catalog=b"/OpenAction 6 0 R/AA<</WC 6 0 R>>/Names<</EmbeddedFiles<</Names[(notes.txt)10 0 R]>>"
        b"/JavaScript<</Names[(x)6 0 R]>>>>/AcroForm<</Fields[]/XFA 11 0 R>>",
        page=b"/AA<</O 6 0 R>>/Annots[12 0 R 13 0 R]",
    )
    return {
        "laughs.html": ("ok", laughs(b"html", within)),
        "laughs.xml": ("unsupported", laughs(b"data", opening) + b"</data>"),
        "external.html": ("ok", external(b"html", within, secret, server)),
        "external.xml": ("unsupported", external(b"data", opening, secret, server) + b"</data>"),
        "wants.html": ("ok", wants.encode()),
        "acts.pdf": ("ok", acts),
        "elsewhere.pdf": ("no_text", pdf(b"", head=b"/F(%s)" % secret.encode())),
        "bomb.pdf": ("failed", pdf(bomb, head=b"/Filter/FlateDecode")),
        "bomb-in-bomb.pdf": ("failed", pdf(zlib.compress(bomb), head=b"/Filter[/FlateDecode/FlateDecode]")),
        "spans.html": (
            "ok",
            b"<html><table border=1>%s" % (b"<tr><td colspan=99999999 rowspan=99999999>1<td>2" * 100),
        ),
        "nested.html": ("ok", b"<html><body>" + b"<div>" * 100_000 + b"Read this"),
        "nested-tables.html": ("ok", b"<html><body>" + b"<table border=1><tr><td>1<td>" * 2_000 + b"Read this"),
        "nested-brackets.pdf": ("failed", b"%PDF-1.7\n1 0 obj\n" + b"[<<" * 50_000),
        "comments.txt": ("ok", b"<!-- -->" * 400 + b"Read this"),
        "line.txt": ("failed", b"word " * 20_000_000),
        "tabs.txt": ("ok", b"Read\tthis" + b"\t" * 5_000),
        "escapes.txt": (
            "ok",
            b"Report: 8a\x1b[2J\x1b]0;x\x07\n\n\xc2\x9b31mRead this\x1b[8m\n\nTotal\t\x1b[1m\t5\n",
        ),
        "formulas.txt": ("ok", "\n".join(f"{cell}\tx{cell}\t{cell}" for cell in ["Ward\tCost", *formulas]).encode()),
        "formulas.html": (
            "ok",
            f"<html><table border=1>{''.join(f'<tr><th>{cell}<td>{cell}' for cell in formulas)}</table>".encode(),
        ),
        "controls.txt": ("ok", b"Read this\n" * 40 + bytes(set(range(1, 32)) | {127}) + b" and that"),
        "nul.txt": ("unsupported", b"Read\x00 this"),
        "nul.html": ("ok", b"<html><body><p>Read\x00 this &#0; &#1; &#x1b; &#xfffe;</p></body></html>"),
        "nul.pdf": ("partial", pdf(b"BT /F1 12 Tf 72 700 Td (Read\\000\\001\\033 this) Tj ET")),
        "turned.txt": ("ok", "Pay \u202e000,1£\u202c to \u2066Brent\u2069\u200b\u200f\n\u202ePart 2\n".encode()),
        "turned.html": ("ok", "<html><body><p>Pay \u202e000,1£\u202c</p><p>\u2067Part 2".encode()),
        "broken.txt": (
            "ok",
            b"Read \xc3\x28 \xa0\xa1 \xe2\x28\xa1 \xf0\x28\x8c\xbc \xf8\xa1\xa1 \xc0\xaf this",
        ),
        "surrogates.txt": ("ok", b"Read \xed\xa0\x80\xed\xb0\x80 \xed\xbf\xbf this"),
        "surrogates.html": ("ok", b"<html><body><p>Read &#xD800; &#55357;&#56832; &#x110000; this</body></html>"),
        "surrogates-16.txt": ("unsupported", b"\xff\xfeR\x00\x00\xd8\x00\xd8e\x00"),
        "x\\..\\..\\up.txt": ("ok", b"Read this"),
        "=1+1.txt": ("ok", b"Read this"),
        "-rf.txt": ("ok", b"Read this"),
        "$(id);`id`|id&.txt": ("ok", b"Read this"),
        "CON.txt": ("ok", b"Read this"),
        " .. .txt": ("ok", b"Read this"),
        "'\"<b>&amp;.txt": ("ok", b"Read this"),
        "\u202etxt.exe\x1b[2J\n\x9b.txt": ("ok", b"Read this"),
        "\u202efdp\x1b[31m\n.txt": ("no_text", b""),
        "x" * 251 + ".txt": ("ok", b"Read this"),
    }


SOUND = {"a-page.html": PAGE, "plan.txt": PLAN, "zz.pdf": drawn("Read this")}


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of the run."""

    folder: Path
    statuses: dict[str, str]
    done: subprocess.CompletedProcess[bytes]
    before: frozenset[str]
    calls: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def listing(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def extract(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, "extract", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=900,
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """All papers, read in one run by two processes."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("raw", "tmp", "spy"):
        (folder / name).mkdir()
    (folder / "secret.txt").write_text(SECRET)
    (folder / "spy" / "sitecustomize.py").write_text(SPY)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        papers = hostile(f"file://{folder}/secret.txt", f"http://127.0.0.1:{server.getsockname()[1]}")
        for name, data in ({name: data for name, (_, data) in papers.items()} | SOUND).items():
            (folder / "raw" / name).write_bytes(data)
        before = listing(folder)
        environment = {"SPY": str(folder / "log"), "PYTHONPATH": str(folder / "spy"), "TMPDIR": str(folder / "tmp")}
        limits = ("--memory-limit", "400", "--time-limit", "20", "--no-ocr")
        done = extract(
            folder, "raw", "--out", "out", "--workers", "2", "--excel-csv", "--sqlite", *limits,
            PYTHONDONTWRITEBYTECODE="1", **environment,
        )  # fmt: skip
        calls = []
        with suppress(BlockingIOError):
            calls.append(repr(server.accept()))
    asked = tuple(tuple(map(str, json.loads(line))) for line in (folder / "log").read_bytes().splitlines())
    (folder / "log").unlink()
    statuses = {name: status for name, (status, _) in papers.items()} | dict.fromkeys(SOUND, "ok")
    yield Ran(folder, statuses, done, before, tuple(calls), asked)


def test_every_paper_has_its_row_and_its_status(ran: Ran) -> None:
    found = {os.fsencode(row["source_path"]): row["status"] for row in ran.rows("papers")}
    assert found == {os.fsencode(name): status for name, status in ran.statuses.items()}
    assert ran.done.returncode == 1


def test_each_trouble_is_one_line_and_no_text_speaks_to_the_terminal(ran: Ran) -> None:
    told = ran.done.stderr.decode().splitlines()
    assert len(told) >= sum(status != "ok" for status in ran.statuses.values())
    assert "Traceback" not in ran.done.stderr.decode()
    for line in [*told, *ran.done.stdout.decode().splitlines()]:
        assert line.isprintable(), line


def test_every_character_is_accounted_for(ran: Ran) -> None:
    for row in ran.rows("papers"):
        if row["status"] in ("ok", "partial"):
            assert int(row["characters_in"]) == int(row["characters_kept"]) + int(row["characters_dropped"]) > 0


def test_the_promise_holds_on_each_of_them(ran: Ran) -> None:
    LAWS["check_read"](next((ROOT / "data" / "raw").glob("*plan*.txt")).read_bytes())  # loads all dictionaries, once
    for path in sorted((ran.folder / "raw").iterdir()):
        if path.stat().st_size < 30_000 and not path.name.startswith("bomb"):
            data = path.read_bytes()
            with LAWS["in_time"](len(data), factor=20):  # what hangs is found; a busy machine is not
                LAWS["check_extracted"](data)
                LAWS["check_read"](data)


def test_sound_papers_are_read_as_without_the_others(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for name, data in SOUND.items():
        (tmp_path / "raw" / name).write_bytes(data)
    assert extract(tmp_path, "raw", "--out", "out").returncode == 0
    alone = Ran(tmp_path, {}, ran.done, frozenset(), (), ())
    for path in (tmp_path / "out").glob("*.csv"):
        with_others = [row for row in ran.rows(path.stem) if row["source_path"] in SOUND]
        assert with_others == alone.rows(path.stem), path.name


def places(ran: Ran, paths: Sequence[str]) -> Iterator[Path]:
    """Where paths lead. Numbers of open files lead nowhere; a bare name is looked for in a folder that is open."""
    for path in paths:
        if path != os.devnull and not path.lstrip("-").isdigit() and ("/" in path or path in ran.before):
            yield Path(os.path.normpath(ran.folder / path))


def test_nothing_is_written_but_into_the_output_folder(ran: Ran) -> None:
    left = {name for name in listing(ran.folder) - ran.before if name.partition("/")[0] != "out"}
    assert left == set()
    assert not [path for path in ran.out.rglob("*") if not path.resolve().is_relative_to(ran.out.resolve())]
    for event, *arguments in ran.asked:
        paths: Sequence[str] = ()
        if event == "open" and arguments[2].isdigit() and int(arguments[2]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            paths = arguments[:1]
        elif event in ("os.rename", "os.link", "os.symlink"):
            paths = arguments[:2]
        elif event in ("os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod"):
            paths = arguments[:1]
        for path in places(ran, paths):
            # Processes of a run share numbers in memory that goes by a name.
            is_own = path.is_relative_to(ran.out) or path.is_relative_to(ran.folder / "tmp")
            assert is_own or str(path).startswith("/dev/shm/pym-"), (event, path)


def test_nothing_is_read_but_the_papers_and_the_program(ran: Ran) -> None:
    own = [ran.folder / name for name in ("raw", "out", "tmp", "spy")]
    own += [Path(place) for place in (sys.prefix, sys.base_prefix, ROOT / "src", "/dev", "/proc", "/sys")]
    for path in places(ran, [arguments[0] for event, *arguments in ran.asked if event == "open"]):
        assert any(path.is_relative_to(place) for place in own) or path.parent == Path("/etc"), path
    assert ran.calls == ()


def test_nothing_is_started_or_called(ran: Ran) -> None:
    events = {event for event, *_ in ran.asked}
    assert events.isdisjoint(
        ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.spawn", "webbrowser.open",
         "urllib.Request", "http.client.connect", "ftplib.connect", "socket.getaddrinfo", "socket.gethostbyname"),
    )  # fmt: skip
    # The processes of a run speak with each other through a socket in the folder for passing files.
    for event, *arguments in ran.asked:
        if event in ("socket.bind", "socket.connect"):
            assert arguments[-1].startswith((str(ran.folder / "tmp"), "b'\\x00", "\x00")), arguments


def unpacked(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            yield from map(book.read, book.namelist())
    yield data


def test_no_secret_and_no_bomb_is_in_the_output(ran: Ran) -> None:
    for path in ran.out.rglob("*"):
        if path.is_file():
            for data in unpacked(path):
                assert SECRET.encode() not in data, path
                assert b"hahaha" not in data, path
                assert b"embedded!!" not in data, path


def test_names_of_files_can_lead_nowhere(ran: Ran) -> None:
    ids = [row["paper_id"] for row in ran.rows("papers")]
    assert len(set(ids)) == len(ids) == len(ran.statuses)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", paper_id) and len(paper_id) <= 130 for paper_id in ids)


def sheets(ran: Ran) -> Sequence[Path]:
    return sorted(ran.out.rglob("*.xlsx"))


def test_no_cell_of_a_workbook_is_a_formula_of_a_paper(ran: Ran) -> None:
    assert len(sheets(ran)) > 3
    for path in sheets(ran):
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f" or "=1+1" not in str(cell.value), (path.name, cell.coordinate)
                    assert cell.data_type != "f" or not re.search(r"HYPERLINK|cmd|SUM\(1\)", str(cell.value))
                    target = str(cell.hyperlink.target or "") if cell.hyperlink else ""
                    assert not re.match(r"\s*(?:javascript|file|data|vbscript):", target, re.I), target
        book.close()


def test_copies_for_excel_hold_no_formula(ran: Ran) -> None:
    numbers = re.compile(r"[+-]?[\d.,]+")
    for path in sorted((ran.out / "excel-csv").rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.lstrip(" \u200b\ufeff").startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d")) or (
                        numbers.fullmatch(cell)
                    ), (path.name, cell)


def test_tables_can_be_read_by_any_program(ran: Ran) -> None:
    for path in ran.out.rglob("*.csv"):
        data = path.read_bytes()
        assert b"\x00" not in data, path
        data.decode("utf-8")
