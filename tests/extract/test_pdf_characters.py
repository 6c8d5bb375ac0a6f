"""PDF: what the glyphs of a page stand for, where a file does not say it well. The files are written by hand."""

import pytest

from extract import extract
from papers.paper import Paper

PROSE = b"BT /F 10 Tf 72 700 Td (The register has been revised after a workshop with the senior team) Tj ET "


def pdf(content: bytes, font: bytes, *parts: bytes, page: bytes = b"/MediaBox[0 0 600 800]") -> bytes:
    """A page with the fonts F (Helvetica) and T (`font`, which is object 6; `parts` are those from 7 on)."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/T 6 0 R>>>>" + page + b">>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        font,
        *parts,
    )
    file = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, part in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(file))
    return bytes(file) + end + trailer


def stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def font(name: bytes, *, symbolic: bool = False, encoding: bytes = b"", codes: bytes = b"") -> tuple[bytes, ...]:
    """A font that is not embedded, its descriptor, and its map to Unicode."""
    return (
        b"<</Type/Font/Subtype/Type1/BaseFont/%s/FirstChar 0/LastChar 255/Widths[%s]/FontDescriptor 7 0 R%s%s>>"
        % (name, b"500 " * 256, encoding, b"/ToUnicode 8 0 R" if codes else b""),
        b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200"
        b"/CapHeight 700/ItalicAngle 0/StemV 80>>" % (name, 4 if symbolic else 32),
        unicode_map(codes),
    )


def unicode_map(codes: bytes, last: bytes = b"ff") -> bytes:
    """A map to Unicode: lines of bfchar; `last` is the last code of the font."""
    head = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    ranges = b"1 begincodespacerange <%s> <%s> endcodespacerange " % (b"00" * (len(last) // 2), last)
    chars = codes.splitlines()
    return stream(head + ranges + b"%d beginbfchar %s endbfchar endcmap end end" % (len(chars), b" ".join(chars)))


def read(content: bytes, *parts: bytes, page: bytes = b"/MediaBox[0 0 600 800]") -> Paper:
    return extract(pdf(content, *parts, page=page), "report.pdf")


def last(paper: Paper) -> str:
    return paper.lines[-1].text


NAMED_LIGATURE = b"/Encoding<</Type/Encoding/Differences[31/f_i]>>"
CONFIRMED = b"BT /T 10 Tf 72 600 Td (Con\x1frmed cases) Tj ET"


class TestSecondReading:
    def test_a_ligature_that_only_one_reader_can_name(self) -> None:
        found = read(PROSE + CONFIRMED, *font(b"Myriad", encoding=NAMED_LIGATURE))
        assert last(found) == "Confirmed cases"
        [remark] = found.remarks
        assert "pdfplumber" in remark.why
        assert not remark.unread

    @pytest.mark.parametrize("turned", [b"", b"/Rotate 90", b"/Rotate 180"], ids=["upright", "90", "180"])
    def test_the_page_may_be_cut_and_turned(self, turned: bytes) -> None:
        box = b"/MediaBox[10 20 700 900]/CropBox[30 40 650 850]" + turned
        found = read(PROSE + CONFIRMED, *font(b"Myriad", encoding=NAMED_LIGATURE), page=box)
        assert any(line.text == "Confirmed cases" for line in found.lines)

    def test_a_letter_that_is_no_word_gives_way_to_the_sign_that_stands_there(self) -> None:
        content = PROSE + b"BT /T 10 Tf 72 600 Td (Annual report \xd0 2011) Tj ET"
        assert last(read(content, *font(b"Garamond", symbolic=True))) == "Annual report — 2011"

    def test_it_stays_where_both_readers_see_it(self) -> None:
        content = PROSE + b"BT /F 10 Tf 72 600 Td (The letter \xd0 stands alone) Tj ET"
        found = read(content, *font(b"Garamond"))
        assert last(found) == "The letter Ð stands alone"
        assert found.remarks == ()

    def test_a_letter_within_a_word_stays(self) -> None:
        content = PROSE + b"BT /T 10 Tf 72 600 Td (Vi\xd0ey) Tj ET"
        assert last(read(content, *font(b"Garamond", symbolic=True))) == "ViÐey"

    def test_what_neither_can_name_is_marked_and_said(self) -> None:
        content = PROSE + b"BT /T 10 Tf 72 600 Td (Con\x1frmed \x02 cases) Tj ET"
        found = read(content, *font(b"Myriad", encoding=b"/Encoding/WinAnsiEncoding"))
        assert last(found) == "Con\ufffdrmed \ufffd cases"
        assert any("names no character" in remark.why for remark in found.remarks)

    def test_a_glyph_number_is_no_letter(self) -> None:
        """A font of glyph numbers, of which only some have a character: the others must not pass for one."""
        _, descriptor, _ = font(b"Calibri")
        composite = (
            b"<</Type/Font/Subtype/Type0/BaseFont/Calibri/Encoding/Identity-H/DescendantFonts[9 0 R]/ToUnicode 8 0 R>>"
        )
        descendant = (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Calibri/FontDescriptor 7 0 R"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>"
        )
        names = unicode_map(b"<0001> <0041>\n<0002> <0042>", last=b"ffff")
        content = PROSE + b"BT /T 10 Tf 72 600 Td <000100020078> Tj ET"
        assert last(read(content, composite, descriptor, names, descendant)) == "AB\ufffd"


class TestSigns:
    def test_wingdings_without_a_map_prints_signs_and_no_letters(self) -> None:
        content = PROSE + b"BT /T 10 Tf 72 600 Td (n) Tj /F 10 Tf 12 0 Td (Camden and Barnet) Tj ET"
        found = read(content, *font(b"ABCDEF+Wingdings-Regular", symbolic=True))
        assert found.lines[-1].kind == "item"
        assert last(found) == "■ Camden and Barnet"

    def test_type_of_a_negative_size_is_upright(self) -> None:
        content = PROSE + b"BT /F -10 Tf -1 0 0 -1 72 600 Tm (Turned twice) Tj ET"
        assert last(read(content, *font(b"Garamond"))) == "Turned twice"

    def test_hebrew_words_are_read_from_the_right(self) -> None:
        alphabet = b"\n".join(b"<%02x> <%04x>" % (0x61 + n, 0x5D0 + n) for n in range(20))
        content = PROSE + b"BT /T 10 Tf 72 600 Td (cba) Tj ET"
        found = read(content, *font(b"David", codes=alphabet))
        assert last(found) == "אבג"
        assert any("right to left" in remark.why for remark in found.remarks)
