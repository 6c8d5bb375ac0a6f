"""Papers inside ZIP and WARC files: each has its row, and nothing in an archive does any harm."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import PaperError
from pipeline.archives import BOMB_BYTES, sane_path
from pipeline.inputs import Input, find_inputs, members_of
from pipeline.sources import load

Run = Callable[..., Result]
Rows = Callable[..., list[dict[str, str]]]

PAGE = "<html><body><h1>Report 8a</h1><p>It costs £3,000 – as café</p></body></html>"


def zipped(path: Path, *members: tuple[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def inside(path: Path) -> dict[str, str]:
    """What is in an archive: the text of each paper, or why there is none."""
    found = {}
    for item in members_of(path, path.name)[0]:
        try:
            found[item.source_path] = load(item).data.decode("utf-8", "replace")[:80]
        except PaperError as error:
            found[item.source_path] = f"{error.status}: {error.what.partition(';')[0]}"
    return found


class TestZip:
    def test_its_members_are_papers_of_the_run(self, run: Run, rows: Rows, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        zipped(tmp_path / "in" / "m.zip", ("2006/b.html", PAGE), ("2006/a.txt", "Report 8a"))
        (tmp_path / "in" / "z.txt").write_text("Report 9")
        assert run("extract", "in", "--out", "out").exit_code == 0
        assert [(row["source_path"], row["paper_id"], row["status"]) for row in rows("papers")] == [
            ("m.zip/2006/b.html", "m-zip-2006-b", "ok"),
            ("m.zip/2006/a.txt", "m-zip-2006-a", "ok"),
            ("z.txt", "z", "ok"),
        ]
        assert "£3,000 – as café" in " ".join(row["text"] for row in rows("sections"))

    def test_no_path_leads_out(self, tmp_path: Path) -> None:
        names = ("../../etc/passwd", "/etc/shadow", "C:\\temp\\..\\x.txt", "a/./b.txt", "a//b.txt", "\x1b[31m.txt")
        path = zipped(tmp_path / "a.zip", *((name, "Report") for name in names))
        assert list(inside(path)) == [
            "a.zip/etc/passwd",
            "a.zip/etc/shadow",
            "a.zip/C/temp/x.txt",
            "a.zip/a/b.txt",
            "a.zip/[31m.txt",
        ]
        items = find_inputs([path], tmp_path / "out")
        assert len({item.paper_id for item in items}) == len(items) == 6
        assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]

    @given(st.text(max_size=40))
    def test_a_sane_path_stays_below_and_is_sane_already(self, name: str) -> None:
        path = sane_path(name)
        assert sane_path(path) == path
        assert not path.startswith("/")
        assert not {"..", ".", ""} & set(path.split("/")) or path == ""

    def test_what_is_no_paper_is_left_out(self, tmp_path: Path) -> None:
        names = (".git/config", "__MACOSX/._a.txt", "a/.DS_Store", "a.toml", "folder/", "a.txt")
        path = zipped(tmp_path / "a.zip", *((name, "" if name.endswith("/") else "Report") for name in names))
        assert list(inside(path)) == ["a.zip/a.txt"]

    def test_what_can_not_be_read_says_why(self, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inner.zip", "PK")
            archive.writestr("bomb.txt", b"0" * (BOMB_BYTES + 1))
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
            archive.writestr("odd.txt", "Report", compress_type=zipfile.ZIP_LZMA)
            archive.writestr("sound.txt", "Report")
        assert inside(path) == {
            "a.zip/inner.zip": "unsupported: an archive inside an archive is not opened",
            "a.zip/bomb.txt": "failed: it is compressed far more than any paper can be",
            "a.zip/link.txt": "unsupported: this member of the archive is a link",
            "a.zip/odd.txt": "unsupported: it is compressed by an unusual method",
            "a.zip/sound.txt": "Report",
        }

    def test_a_password(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ("a.txt", "Report"))
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        assert inside(path) == {"a.zip/a.txt": "encrypted: this member of the archive asks for a password"}

    def test_members_that_share_their_bytes(self, tmp_path: Path) -> None:
        """A small archive can unpack to any size that way."""
        path = zipped(tmp_path / "a.zip", ("a.txt", "Report " * 99), ("b.txt", "Report " * 99))
        data = bytearray(path.read_bytes())
        second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
        data[second + 42 : second + 46] = (0).to_bytes(4, "little")
        path.write_bytes(data)
        assert set(inside(path).values()) == {"failed: the archive is damaged here (two members share their bytes)"}

    def test_a_member_that_unpacks_to_more_than_it_says(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ("a.txt", b"0" * 1_000_000))
        data = bytearray(path.read_bytes())
        entry = data.index(b"PK\x01\x02")
        data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
        path.write_bytes(data)
        assert inside(path) == {"a.zip/a.txt": "failed: the archive is damaged here (its checksum is wrong)"}

    @given(at=st.integers(0, 400), byte=st.integers(0, 255))
    def test_damage_is_a_row_and_never_a_traceback(
        self, at: int, byte: int, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = zipped(tmp_path_factory.mktemp("zip") / "a.zip", ("a.txt", "Report 8a"), ("b/c.html", PAGE))
        data = bytearray(path.read_bytes())
        data[at % len(data)] = byte
        path.write_bytes(data)
        assert inside(path)
        path.write_bytes(data[: at % len(data)])
        assert list(inside(path)) == ["a.zip"]

    def test_names_in_utf8_that_do_not_say_so(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ("café.txt", "Report"))
        data = path.read_bytes().replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
        path.write_bytes(data)
        assert list(inside(path)) == ["a.zip/café.txt"]

    def test_an_archive_that_changes_after_it_was_listed(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", ("a.txt", "Report"))
        ((item,), _) = members_of(path, "a.zip")
        zipped(path, ("b.txt", "Another"), ("a.txt", "Report"))
        with pytest.raises(PaperError, match="changed while it was read"):
            load(item)

    def test_one_without_papers(self, tmp_path: Path) -> None:
        assert inside(zipped(tmp_path / "a.zip")) == {"a.zip": "no_text: the archive holds no papers"}

    def test_a_document_that_is_a_zip_file_is_no_archive(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "report.docx", ("word/document.xml", "<w/>"))
        assert [item.source_path for item in find_inputs([path], tmp_path / "out")] == ["report.docx"]


class Warc:
    """Writes a WARC file record by record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pack = gzip.compress if path.suffix == ".gz" else bytes

    def add(self, address: str, body: bytes, status: str = "200 OK", kind: str = "text/html", **headers: str) -> "Warc":
        fields = {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return self.add_other("response", address, f"HTTP/1.0 {status}\r\n{lines}\r\n".encode() + body)

    def add_other(self, kind: str, address: str = "http://example.org/", content: bytes = b"x: y\r\n") -> "Warc":
        mime = "application/http; msgtype=response" if kind == "response" else "text/plain"
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: {mime}\r\n"
        record = f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content + b"\r\n\r\n"
        with self.path.open("ab") as file:
            file.write(self._pack(record))
        return self


ADDRESS = "http://www.mpa.gov.uk/committees/mpa/2006/060928/08a.htm"


class TestWarc:
    @pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
    def test_its_pages_are_papers_and_the_rest_is_counted(
        self, run: Run, rows: Rows, tmp_path: Path, name: str
    ) -> None:
        warc = Warc(tmp_path / name).add_other("warcinfo").add(ADDRESS, PAGE.encode())
        warc.add("http://www.mpa.gov.uk/gone.htm", b"no", "404 Not Found").add_other("metadata")
        warc.add("http://www.mpa.gov.uk:80/x.htm?b=../y", b"<p>Report</p>")
        result = run("extract", name, "--out", "out")
        assert result.exit_code == 0
        assert f"{name}: 2 papers; not papers: 1 metadata, 1 response with status 404, 1 warcinfo" in result.stdout
        assert [(row["source_path"], row["source_url"]) for row in rows("papers")] == [
            (f"{name}/www.mpa.gov.uk/committees/mpa/2006/060928/08a.htm", ADDRESS),
            (f"{name}/www.mpa.gov.uk-80/x.htm?b=../y", "http://www.mpa.gov.uk:80/x.htm?b=../y"),
        ]

    @pytest.mark.parametrize("charset", ["windows-1252", "utf-8", "iso-8859-15"])
    def test_the_server_knows_the_charset(self, run: Run, rows: Rows, tmp_path: Path, charset: str) -> None:
        body = PAGE.replace("–", "-").encode(charset)
        Warc(tmp_path / "a.warc").add(ADDRESS, body, kind=f'text/html; charset="{charset}"')
        run("extract", "a.warc", "--out", "out")
        assert "£3,000 - as café" in " ".join(row["text"] for row in rows("sections"))

    def test_a_page_that_was_sent_compressed(self, tmp_path: Path) -> None:
        packer = zlib.compressobj(wbits=31)
        body = packer.compress(PAGE.encode()) + packer.flush()
        path = Warc(tmp_path / "a.warc.gz").add(ADDRESS, body, Content_Encoding="gzip").path
        assert PAGE[:40] in next(iter(inside(path).values()))

    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_one_that_is_cut_off(self, tmp_path: Path, name: str) -> None:
        path = Warc(tmp_path / name).add(ADDRESS, PAGE.encode()).add(f"{ADDRESS}l", PAGE.encode() * 9).path
        path.write_bytes(path.read_bytes()[:-80])
        sound, *others = inside(path).values()
        assert sound.startswith("<html>")
        assert others
        assert all(other.startswith("failed: the archive is damaged here") for other in others)

    def test_one_that_is_compressed_as_a_whole(self, tmp_path: Path) -> None:
        path = Warc(tmp_path / "a.warc").add(ADDRESS, PAGE.encode()).add(f"{ADDRESS}l", PAGE.encode()).path
        packer = zlib.compressobj(wbits=31)
        (tmp_path / "b.warc.gz").write_bytes(packer.compress(path.read_bytes()) + packer.flush())
        assert "unsupported: this WARC file is compressed as a whole" in " ".join(
            inside(tmp_path / "b.warc.gz").values()
        )

    @given(at=st.integers(0, 700), byte=st.integers(0, 255))
    def test_damage_is_a_row_and_never_a_traceback(
        self, at: int, byte: int, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = Warc(tmp_path_factory.mktemp("warc") / "a.warc").add(ADDRESS, PAGE.encode()).path
        data = bytearray(path.read_bytes())
        data[at % len(data)] = byte
        path.write_bytes(data)
        assert inside(path)

    def test_a_file_that_only_is_called_so(self, tmp_path: Path) -> None:
        (tmp_path / "a.warc").write_text("Report 8a")
        assert next(iter(inside(tmp_path / "a.warc").values())).startswith("failed: the archive is damaged here")

    def test_a_bomb_is_stopped_while_it_is_listed(self, tmp_path: Path) -> None:
        """A record that says little of itself and unpacks to gigabytes would fill the memory of this process."""
        packer = zlib.compressobj(9, wbits=31)
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
        parts = [packer.compress(head), *(packer.compress(b"0" * 10_000_000) for _ in range(100)), packer.flush()]
        (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
        (item,) = find_inputs([tmp_path / "a.warc.gz"], tmp_path / "out")
        assert isinstance(item, Input)
        assert item.missing
