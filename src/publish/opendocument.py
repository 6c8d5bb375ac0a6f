"""`papers.ods`: the tables of a run as an OpenDocument spreadsheet (ISO/IEC 26300), which any office program opens.

It is written row by row as it comes, so its length does not matter to memory. The libraries at hand build the whole
document in memory first, or lose the line ends within a cell.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from publish.contract import Column, text
from publish.csv_files import read_rows
from publish.dictionary import DICTIONARY, dictionary
from publish.front_sheets import HOW_TO_CITE, WHAT_THIS_IS, WHEN_READ
from publish.opendocument_cells import STYLES, Tally, sheet
from publish.schema import TABLES, named
from publish.sheets import MAX_ROWS, parts
from publish.workbook import SHEETS

OPENDOCUMENT_NAME: Final = "papers.ods"

_MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES: Final = {
    "office": f"{_NAMESPACE}office:1.0",
    "table": f"{_NAMESPACE}table:1.0",
    "text": f"{_NAMESPACE}text:1.0",
    "style": f"{_NAMESPACE}style:1.0",
    "number": f"{_NAMESPACE}datastyle:1.0",
    "fo": f"{_NAMESPACE}xsl-fo-compatible:1.0",
    "meta": f"{_NAMESPACE}meta:1.0",
    "config": f"{_NAMESPACE}config:1.0",
    "ooo": "http://openoffice.org/2004/office",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_XMLNS: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _PREFIXES.items())
_MOST_BYTES: Final = 2**31 - 1
"""A larger file needs an extension of the ZIP format that office programs don't read."""
_DICTIONARY: Final = "Dictionary"
_COVER: Final = (text("fact", "What is told."), text("text", "What there is to say."))
_Sheet = tuple[str, Sequence[Column], Iterator[Sequence[str]]]
"""The name of a sheet, its columns and its rows."""


def write_opendocument(
    path: Path, files: Mapping[str, Path], rows: Mapping[str, int], *, version: str, rows_per_sheet: int = MAX_ROWS
) -> None:
    """Write an OpenDocument spreadsheet from the finished CSV files of a run.

    It has a cover, a sheet for every table with rows (`cells` apart, as in the workbook), and the dictionary. Numbers,
    complete dates and truth values are such; a number with more digits than a sheet holds is text. No text is cut;
    characters that XML can't hold are written out. The same rows give the same bytes.

    Args:
        path: the file to make.
        files: where the CSV file of each table of the contract is.
        rows: how many records each of them holds.
        version: the version of the program.
        rows_per_sheet: a longer table goes on in another sheet.

    Raises:
        OSError: it can't be written, or would be too large for the format.
    """
    names = [name for table in SHEETS for name, _ in parts(table, rows[table], rows_per_sheet - 1)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _MEDIA_TYPE)  # the first in the file, and not packed
        _add(archive, "META-INF/manifest.xml", _manifest())
        _add(archive, "meta.xml", _document("meta", [_META.format(escape(version))]))
        _add(archive, "settings.xml", _document("settings", _settings([*names, _DICTIONARY])))
        _add(archive, "styles.xml", _document("styles", ["<office:styles/>"]))
        _add(archive, "content.xml", _document("content", _content(_sheets(files, rows, version, rows_per_sheet))))


_META: Final = (
    "<office:meta><meta:generator>committee-papers/{}</meta:generator><dc:title>Committee papers</dc:title>"
    "<dc:subject>Text, tables and figures of archived committee papers</dc:subject></office:meta>"
)


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    """Add a file piece by piece. zipfile gives it the time at which zip files begin, so that no run tells its own."""
    written = 0
    with archive.open(name, "w") as file:
        for piece in pieces:
            data = piece.encode()
            written += len(data)
            if written > _MOST_BYTES:
                raise OSError(None, "too large for OpenDocument, leave --ods out", OPENDOCUMENT_NAME)
            file.write(data)


def _document(kind: str, pieces: Iterable[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-{kind} {_XMLNS} office:version="1.3">'
    yield from pieces
    yield f"</office:document-{kind}>"


def _manifest() -> Iterator[str]:
    name = f"{_NAMESPACE}manifest:1.0"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="{name}" manifest:version="1.3">'
    yield f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MEDIA_TYPE}"/>'
    for part in ("content", "styles", "meta", "settings"):
        yield f'<manifest:file-entry manifest:full-path="{part}.xml" manifest:media-type="text/xml"/>'
    yield "</manifest:manifest>"


def _settings(names: Sequence[str]) -> Iterator[str]:
    """The view of the sheets with these names: their headings stay where they are."""
    items = (
        ("VerticalSplitMode", "short", 2),
        ("VerticalSplitPosition", "int", 1),
        ("ActiveSplitRange", "short", 2),
        ("PositionBottom", "int", 1),
    )
    told = (f'config:name="{name}" config:type="{kind}">{value}' for name, kind, value in items)
    frozen = "".join(f"<config:config-item {each}</config:config-item>" for each in told)
    yield '<office:settings><config:config-item-set config:name="ooo:view-settings">'
    yield '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    yield '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
    yield '<config:config-item-map-named config:name="Tables">'
    for name in names:
        yield f"<config:config-item-map-entry config:name={quoteattr(name)}>{frozen}</config:config-item-map-entry>"
    yield "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
    yield "</config:config-item-set></office:settings>"


def _sheets(files: Mapping[str, Path], rows: Mapping[str, int], version: str, rows_per_sheet: int) -> Iterator[_Sheet]:
    facts = {"What this is": WHAT_THIS_IS, "How to cite": HOW_TO_CITE}
    facts |= {"Made by": f"committee-papers {version}", "When read": WHEN_READ}
    yield "Cover", _COVER, map(list, facts.items())
    for table in SHEETS:
        records = read_rows(files[table])
        for name, count in parts(table, rows[table], rows_per_sheet - 1):
            yield name, named(table).columns, islice(records, count)
    yield _DICTIONARY, DICTIONARY, dictionary(TABLES)


def _content(sheets: Iterable[_Sheet]) -> Iterator[str]:
    """The sheets, and the ranges that can be filtered."""
    yield f"<office:automatic-styles>{''.join(STYLES)}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    ranges = []
    for name, columns, rows in sheets:
        tally = Tally()
        yield from sheet(name, columns, tally.count(rows))
        ranges.append((name, len(columns), tally.rows + 1))
    yield "<table:database-ranges>"
    for name, width, height in ranges[1:]:
        target = f"'{name}'.A1:'{name}'.{_letter(width)}{height}"
        yield f'<table:database-range table:name="filter_{name}" table:target-range-address={quoteattr(target)}'
        yield ' table:display-filter-buttons="true"/>'
    yield "</table:database-ranges></office:spreadsheet></office:body>"


def _letter(column: int) -> str:
    """The letter of a column, from 1; no table has more than 26."""
    return chr(ord("A") + column - 1)
