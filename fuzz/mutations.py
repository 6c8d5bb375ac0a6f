"""Mutations that know what texts, pages and PDF files are made of. Each takes bytes and gives bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_SCRAPS = (
    *(scrap.encode() for scrap in (
        "<b>", "</li>", "<ol> <li>", "<br>", "&amp;", "&pound;", "&#0;", "&#x110000;", "**", "__", "## ", "|", "|---|",
        "•", "•\t", ". . . .", "Total", "TOTAL\t£5", "Grand total", "Objective 4: Logs", "Issues/comments:", "1. ",
        "(a) ", "£1,1O9,00O", "£000", "£m", "-", "–", "[…]", "[", "Action\tDeadline\tBudget", "Sept 2006", "2005/06",
        "Table 1: Budget", "A. Recommendation", "Report: 7a", "Date: 30 February 2006", "By: the Clerk",
        "\xa0", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffd", "\x1b[2J", "\x07", "\r", "\x0b", "\x0c", "\x85",
        "\u2028", "ﬁ", "é", "e\u0301", "𝟙", "٣", "²", "½", "€", "=1+1", "@x", "9" * 400, "1e999", "0x10", "NaN", "-0",
        "(1,732)", "1.2.3", "100%", "http://x.uk/a.pdf", "javascript:x", "[1]", "*", "†", "You are in:", "Summary",
        "Part 1", "Resolved", "\t\t\t", "-" * 80, "_" * 80, "= " * 40,
        " " * 300, "a" * 300, "a " * 300, "- " * 100, "1. " * 100, "£5 " * 100, "<" * 100, "&" * 100, "**" * 100,
        "<!--a-->" * 30, "<!--", "-->", "<x>", "</x>",
    )),
    b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\x00", b"\xef\xbb\xbf", b"\xa3",
)  # fmt: skip

_TAGS = (
    "table tr td th tbody thead tfoot caption col colgroup p div b i u font span br a ul ol li dl dt dd h1 h2 h3 h6 "
    "pre hr center blockquote nav header footer form select option textarea button img sup sub big small template "
    "noscript script style head body html base link meta title ruby rt rp svg math object iframe frameset plaintext "
    "xmp listing details summary del ins address legend fieldset area map body"
).split()
_ATTRIBUTES = (
    "", "", "", " colspan=2", ' rowspan="3;"', " rowspan=0", " rowspan=65534", " colspan=99999999", " colspan=-1",
    " border=1", " hidden", " class=nav", " id=header", " href='#a'", " href=x.pdf", " href='http://['", " size=+9",
    " size=-7", " class=contents", " role=presentation", " type=a", " start=999999", " value=0", " value=-3",
    " style='display:none'", " style='font-size:1e9px'", " style='font-size: 0.1%; font-weight:bold'", " alt=x",
    " style='" + "font-size:" * 60 + "'", " xmlns:v='urn:x'", " lang=ar dir=rtl", " \x00=\x00", " =", " '", ' "',
)  # fmt: skip
_OTHER = (b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;")
_TOKEN = re.compile(rb"<[^<>]{0,400}>|[^<]+|<")
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (
    b"0",
    b"1",
    b"-1",
    b"2",
    b"9",
    b"10",
    b"99",
    b"255",
    b"65535",
    b"2147483647",
    b"99999999999999999999",
    b"1e9",
)

_OBJECT = re.compile(rb"(\d{1,9}) \d{1,5} obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_ROOT = re.compile(rb"/Root (\d{1,9}) 0 R")
_REFERENCE = re.compile(rb"(\d{1,9}) 0 R")
_NAME = re.compile(rb"/[A-Za-z0-9]+")
_NAMES = tuple(
    b"/" + name.encode()
    for name in (
        "Type Page Pages Kids Parent Count Contents MediaBox CropBox Rotate UserUnit Resources Font XObject ExtGState "
        "Subtype Form Image Type0 Type1 Type3 TrueType CIDFontType2 BaseFont Helvetica Symbol ZapfDingbats Encoding "
        "Differences WinAnsiEncoding MacRomanEncoding Identity-H ToUnicode DescendantFonts FirstChar LastChar Widths "
        "FontDescriptor FontMatrix FontBBox CharProcs W DW BBox Matrix Length Filter FlateDecode ASCIIHexDecode "
        "LZWDecode RunLengthDecode DCTDecode JBIG2Decode JPXDecode DecodeParms Predictor Columns Colors Width Height "
        "BitsPerComponent ColorSpace DeviceRGB Indexed Pattern SMask Annots Link Rect A URI S JavaScript JS Launch "
        "OpenAction AA Names EmbeddedFiles AcroForm Fields XFA StructTreeRoot MarkInfo ActualText Span OCGs "
        "OCProperties D OFF Metadata Encrypt Catalog Outlines ObjStm XRef First N Extends Prev"
    ).split()
)  # fmt: skip
_OPERATOR = re.compile(
    rb"(?<=\s)(?:T[jJdDmcwzLfrs*]|BT|ET|cm|re|[qQmlfSnWBb]|W\*|f\*|BDC|BMC|EMC|Do|gs|rg|RG|g|G|k|w|sh)(?=\s)"
)
_DRAWN = (
    b"q", b"Q", b"BT", b"ET", b"BT /F1 12 Tf 72 700 Td (Total 1,109) Tj ET", b"1 0 0 1 50 50 cm",
    b"0 1 -1 0 300 300 cm", b"0 0 0 0 0 0 cm", b"1e30 0 0 1e30 0 0 cm",
    b"-1 0 0 1 500 0 cm", b"0 0 1000 1000 re W n", b"0 0 0 0 re W n",
    b"3 Tr", b"7 Tr", b"0 Tz", b"-100 Tz", b"1000 TL", b"T*", b"-9999 Tw", b"0 -14 Td", b"1 1 1 rg", b"0 g", b"/X1 Do",
    b"/Span <</ActualText (hidden)>> BDC", b"EMC", b"/OC /MC0 BDC", b"72 72 m 500 72 l S", b"72 72 400 0.5 re f",
    b"[(A) -9999 (B) 250 (C)] TJ", b"<FEFF00A3> Tj", b"(\\000\\377\\200) Tj", b"0 0 m " + b"9 9 l " * 200 + b"S",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", b"/F9 9 Tf", b"/F1 0 Tf", b"/F1 -9 Tf", b"/F1 1e9 Tf", b"0 Ts", b"5 Ts",
)  # fmt: skip


def text(data: bytes, random: Random) -> bytes:
    """Lose, repeat, part, join and swap lines; put in scraps of markup, amounts, marks and nonsense."""
    lines = data.split(b"\n")
    at, other = random.randrange(len(lines)), random.randrange(len(lines))
    line = lines[at]
    place = random.randrange(len(line) + 1)
    match random.randrange(11):
        case 0:
            del lines[at]
        case 1:
            lines[at:at] = lines[other : other + random.randint(1, 8)]
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3 | 4 | 5:
            lines[at] = line[:place] + random.choice(_SCRAPS) + line[place:]
        case 6:
            lines[at : at + 1] = [line[:place], line[place:]]
        case 7:
            lines[at] = line[:place]
        case 8:
            lines[at : at + 2] = [random.choice((b"", b"\t", b" ", b"|")).join(lines[at : at + 2])]
        case 9:
            lines[at] = line.replace(b" ", b"\t", random.randint(1, 6))
        case _:
            lines[at] = _number(line, random)
    return b"\n".join(lines)


def html(data: bytes, random: Random) -> bytes:
    """Lose, repeat, move and nest the elements of a page; put in others, with attributes that no page should have."""
    tokens = _TOKEN.findall(data) or [b""]
    at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    match random.randrange(10):
        case 0:
            del tokens[at : at + random.choice((1, 1, 1, 10))]
        case 1:
            tokens[at:at] = tokens[other : other + random.randint(1, 12)]
        case 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 3 | 4:
            tokens.insert(at, _tag(random))
        case 5:
            tag = random.choice(_TAGS).encode()
            tokens.insert(at, b"<" + tag + random.choice(_ATTRIBUTES).encode() + b">")
            tokens.insert(random.randint(at + 1, len(tokens)), b"</" + tag + b">")
        case 6:
            if tokens[at].startswith(b"<"):
                tokens[at] = tokens[at][:-1] + random.choice(_ATTRIBUTES).encode() + b">"
        case 7:
            tokens.insert(at, _tag(random) * random.choice((2, 3, 30, 300)))
        case 8:
            tokens[at] = _number(tokens[at], random)
        case _:
            tokens[at] = text(tokens[at], random)
    return b"".join(tokens)


def pdf(data: bytes, random: Random) -> bytes:
    """Change the objects and streams of a PDF, and write them with a table of contents that fits again."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(data)}
    root = _ROOT.search(data)
    if not objects or root is None:
        return text(data, random)
    number, other = random.choice(sorted(objects)), random.choice(sorted(objects))
    match random.randrange(12):
        case 0:
            del objects[number]
        case 1:
            objects[number] = objects[other]
        case 2:
            objects[max(objects) + 1] = objects[other]
            objects[number] = _REFERENCE.sub(b"%d 0 R" % max(objects), objects[number], count=1)
        case _:
            objects[number] = _object(objects[number], objects, random)
    return write_pdf(objects, int(root[1]))


def write_pdf(objects: dict[int, bytes], root: int) -> bytes:
    """Write the objects of a PDF; each stream gets its true length."""
    parts = [b"%PDF-1.6\n"]
    places = {}
    size = len(parts[0])
    for number, body in objects.items():
        places[number] = size
        found = _STREAM.match(body)
        if found:
            head = re.sub(rb"/Length \d+(?: 0 R)?", b"", found[1])
            body = b"%s /Length %d >>\nstream\n%s\nendstream" % (head[:-2], len(found[2]), found[2])
        parts.append(b"%d 0 obj%s\nendobj\n" % (number, body))
        size += len(parts[-1])
    parts.append(b"xref\n0 1\n0000000000 65535 f \n")
    parts += [b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items()]
    most = max(objects, default=0) + 1
    parts.append(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (most, root, size))
    return b"".join(parts)


def _object(body: bytes, objects: dict[int, bytes], random: Random) -> bytes:
    found = _STREAM.match(body)
    if found and random.random() < 0.8:
        head, content = found[1], found[2]
        if random.random() < 0.05:
            content = zlib.compress(content * random.choice((1, 1, 100)))
            head = head[:-2] + b"/Filter/FlateDecode>>"
        else:
            for _ in range(random.randint(1, 4)):
                content = _content(content, random)
        return head + b"\nstream\n" + content + b"\nendstream"
    match random.randrange(5):
        case 0:
            return _swap(_NAME, body, random.choice(_NAMES), random)
        case 1:
            return _swap(_REFERENCE, body, b"%d 0 R" % random.choice(sorted(objects)), random)
        case 2:
            added = (
                random.choice(_NAMES) + b" " + random.choice((b"%d 0 R" % random.choice(sorted(objects)), _any(random)))
            )
            return body.replace(b"<<", b"<<" + added, 1)
        case 3:
            return _swap(_NAME, body, b"/X", random)
        case _:
            return _number(body, random)


def _content(content: bytes, random: Random) -> bytes:
    match random.randrange(6):
        case 0:
            return _number(content, random)
        case 1:
            return _swap(_OPERATOR, content, random.choice(_DRAWN), random)
        case 2:
            lines = content.split(b"\n")
            at = random.randrange(len(lines))
            lines[at:at] = random.choices(lines, k=random.randint(1, 10))
            return b"\n".join(lines)
        case 3:
            lines = content.split(b"\n")
            del lines[random.randrange(len(lines))]
            return b"\n".join(lines)
        case 4:
            lines = content.split(b"\n")
            lines.insert(random.randrange(len(lines)), random.choice(_DRAWN) * random.choice((1, 1, 1, 50)))
            return b"\n".join(lines)
        case _:
            return text(content, random)


def _any(random: Random) -> bytes:
    return random.choice((b"[]", b"<<>>", b"null", b"true", b"()", b"[0 0 0 0]", b"[1 0 0 1 0 0]", *_NUMBERS, *_NAMES))


def _swap(pattern: re.Pattern[bytes], body: bytes, new: bytes, random: Random) -> bytes:
    places = [found.span() for found in pattern.finditer(body)]
    if not places:
        return body
    start, end = random.choice(places)
    return body[:start] + new + body[end:]


def _number(body: bytes, random: Random) -> bytes:
    new = random.choice(_NUMBERS) if random.random() < 0.5 else b"%d" % random.randrange(10 ** random.randint(1, 6))
    return _swap(_NUMBER, body, new, random)


def _tag(random: Random) -> bytes:
    if random.random() < 0.3:
        return f"</{random.choice(_TAGS)}>".encode()
    if random.random() < 0.1:
        return random.choice(
            (b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;")
        )
    return f"<{random.choice(_TAGS)}{random.choice(_ATTRIBUTES)}>".encode()


def whole(data: bytes, random: Random) -> bytes:
    """A mutation that fits what the data seems to be."""
    if data.startswith(b"%PDF-"):
        return pdf(data, random)
    return html(data, random) if b"<html" in data[:500].lower() and random.random() < 0.7 else text(data, random)


MUTATIONS: Mapping[str, Mutation] = {"text": text, "html": html, "pdf": pdf, "paper": whole}
"""The mutation for each target."""
