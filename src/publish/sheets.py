"""What all workbooks share: their properties, their formats, their limits, and how a text becomes a cell of a sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
MAX_LINKS: Final = 65_530
GAP: Final = "_)"
"""Ends a number format: room for a bracket, which also keeps a number from touching the text to its right."""
TRUE_OR_FALSE: Final = '"TRUE";"TRUE";"FALSE"'
"""The number format of truth values. Excel needs none; LibreOffice would show 1 and 0."""
MAX_TEXT: Final = 32_767
"""Characters of one cell; Excel counts those beyond U+FFFF twice."""
DOUBT_FILL: Final = "#FFF2CC"
"""The shade of what a person should look at; a column, or a comment, says the same in words."""

# A workbook must not tell when it was made, or two runs would differ. Any fixed day will do; zip files begin in 1980.
_CREATED: Final = dt.datetime(1980, 1, 1)
_LARGEST: Final = 300
_A4: Final = 9
_STYLE: Final = "Table Style Light 1"
_LONGEST_ADDRESS: Final = 2_000
_LONGEST_ABOUT: Final = 255
EXACT_DIGITS: Final = 15
"""Digits of a number that a sheet holds without loss."""
_FIRST_DATE: Final = dt.date(1900, 3, 1)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file can hold, not even as a reference."""

Write = Callable[[int, int, str], str]
"""Writes a text at a row and a column (from 0), and returns what the cell shows of it."""


class _Forgetful(dict[tuple[int, int], str]):
    """A dictionary that stays empty."""

    def __setitem__(self, key: tuple[int, int], value: str) -> None:
        pass


class Book:
    """A workbook that is being written, in which text stays text. It counts what its sheets could not show as it is.

    Every row goes to disk (into the folder `scratch`) when the next one of its sheet is begun, so that a workbook of
    any length takes little memory. The rows of a sheet have to be written in their order; the sheets need not.

    Attributes:
        escaped: how many characters were written out because a sheet can't hold them.
        cut: how many texts were longer than a cell, or rows wider than a sheet.
        unlinked: the names of the sheets that lack links, since there would be too many.
        links: how many links the sheets of records have so far.
    """

    def __init__(self, path: Path, title: str, subject: str, scratch: Path) -> None:
        from xlsxwriter import Workbook

        options: dict[str, Any] = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": True,
            "tmpdir": str(scratch),
        }
        self.escaped = 0
        self.cut = 0
        self.unlinked: list[str] = []
        self.links = 0
        self._book = Workbook(str(path), options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._book.set_properties(
            {
                "title": title,
                "subject": subject,
                "author": "committee-papers",
                "keywords": "committee papers; archives; tables",
                "comments": "Every value gives its place in its paper. The CSV files beside it are the record.",
                "created": _CREATED,
            }
        )

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet after those that are there."""
        return self._book.add_worksheet(name)

    def format(self, **properties: Any) -> Format:
        """A format that wraps its text and stands at the top of its row, with further properties; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"text_wrap": True, "valign": "top", **properties})
        return self._formats[key]

    def shade(self) -> Format:
        """The format that a rule of a sheet puts over rows to be looked at. It leaves all else as it is."""
        return self._book.add_format({"bg_color": DOUBT_FILL})

    def writer(self, sheet: Worksheet, elsewhere: str, **properties: Any) -> Write:
        r"""Make the function that writes texts into a sheet.

        Characters that XML can't hold are written out (`\x0b`). A text that is too long ends with a note of where the
        whole of it stands: the file `elsewhere`.
        """
        form, write_string, strange = self.format(**properties), sheet.write_string, NOT_IN_XML.search

        def write(row: int, column: int, text: str) -> str:
            # Millions of cells come this way, and nearly all of them are of this kind.
            if len(text) * 2 <= MAX_TEXT and not text.startswith("<r>") and not strange(text):
                write_string(row, column, text, form)
                return text
            return self._strange_text(sheet, row, column, text, elsewhere, form)

        return write

    def _strange_text(self, sheet: Worksheet, row: int, column: int, text: str, elsewhere: str, form: Format) -> str:
        shown, escaped = NOT_IN_XML.subn(written_out, text)
        self.escaped += escaped
        if _excel_length(shown) > MAX_TEXT:
            self.cut += 1
            note = f"\n(continues: see {elsewhere})"
            shown = _first(shown, MAX_TEXT - _excel_length(note)) + note
        if shown.startswith("<r>") and shown.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML; in two parts it is text again.
            sheet.write_rich_string(row, column, self.format(), shown[:1], shown[1:], form)
        else:
            sheet.write_string(row, column, shown, form)
        return shown

    def heading(self, *, over_numbers: bool) -> Format:
        """The format of a column's heading."""
        look: dict[str, Any] = {"bold": True, "bottom": 1, "bg_color": "#E7E6E6"}
        return self.format(**look, **({"align": "right", "indent": 1} if over_numbers else {}))

    def link(self, sheet: Worksheet, row: int, column: int, target: str, shown: str) -> bool:
        """Write a text as a link, underlined; tell whether that was possible: an address can be too long."""
        from xlsxwriter.url import Url

        if len(target) > _LONGEST_ADDRESS or len(shown) * 2 > MAX_TEXT or NOT_IN_XML.search(shown):
            return False
        form = self.format(underline=1, font_color="#0563C1", text_wrap=False)
        url = Url(target)
        url.text = shown
        if target.startswith("external:"):
            # XlsxWriter writes the path for Windows, and what comes after # with it: but that is not a path.
            url._anchor = target.partition("#")[2]
        return bool(sheet.write_url(row, column, url, form) == 0)

    def mark_up(self, sheet: Worksheet, about: str, headings: Mapping[str, Format], rows: int) -> None:
        """Make a new sheet an Excel table of so many rows under one row of headings, and write these.

        The table has the name of its sheet; `about` is read out to those who can't see it.
        """
        name = sheet.get_name()
        columns = [{"header": heading, "header_format": form} for heading, form in headings.items()]
        options = {"name": name.replace("-", "_"), "columns": columns, "description": _plain(about), "style": _STYLE}
        # XlsxWriter refuses tables when it writes row by row, because a table's headings are written with it, and their
        # row may be on disk already. Here no row has been begun. The headings are written again as such a sheet's text.
        # It also keeps a note of every cell, to see whether tables overlap: hundreds of megabytes, for one table.
        sheet.constant_memory, sheet.table_cells = False, _Forgetful()
        try:
            made = sheet.add_table(0, 0, rows, len(columns) - 1, options)
        finally:
            sheet.constant_memory = True
        if made != 0:
            raise ValueError(f"{name}: XlsxWriter could not mark the sheet up as a table ({made})")
        for column, (heading, form) in enumerate(headings.items()):
            sheet.write_string(0, column, heading, form)

    def finish(self) -> None:
        """Write the workbook's file.

        Raises:
            OSError: it can't be written.
        """
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def prepare_print(sheet: Worksheet, *, header_rows: int = 0, pages_across: int = 1) -> None:
    """Print on A4 across, so many pages wide, with the name of the sheet and the headings on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(pages_across, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header("&L&A")
    sheet.set_footer("&L&F&RPage &P of &N")
    if header_rows:
        sheet.repeat_rows(0, header_rows - 1)
    if pages_across > 1:
        sheet.repeat_columns(0, 0)


def prepare_table(sheet: Worksheet, header_rows: int, pages_across: int = 1) -> None:
    """Print with lines between the cells; don't warn of text that looks like a number."""
    prepare_print(sheet, header_rows=header_rows, pages_across=pages_across)
    sheet.hide_gridlines(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})


def parts(name: str, rows: int, most: int = MAX_ROWS - 1) -> Sequence[tuple[str, int]]:
    """The sheets that so many rows need: their names, and how many rows each takes."""
    return [
        (name if number == 1 else f"{name}_{number}", min(most, rows - start))
        for number, start in enumerate(range(0, rows, most), start=1)
    ]


def exact_number(value: Decimal) -> float | None:
    """The number for a sheet, or None where a sheet can't hold, or show, all its digits."""
    exponent = value.as_tuple().exponent
    digits = len(value.normalize().as_tuple().digits)
    if digits > EXACT_DIGITS or not isinstance(exponent, int) or not -EXACT_DIGITS <= exponent <= 0:
        return None
    if value.adjusted() > _LARGEST:
        return None
    return float(value)


def number_format(value: Decimal) -> str:
    """A number format with thousands separators and as many decimals as the number holds."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * decimals if decimals else "") + GAP


def complete_date(text: str) -> dt.date | None:
    """The day that an ISO date names, or None if it names no day, or one that a sheet can't hold as a date."""
    try:
        day = dt.date.fromisoformat(text) if len(text) == len("2006-09-28") else None
    except ValueError:
        return None
    return day if day is not None and day >= _FIRST_DATE else None


def _plain(text: str) -> str:
    """A short text on one line, without what XML can't hold."""
    return _first(NOT_IN_XML.sub("", " ".join(text.split())), _LONGEST_ABOUT)


def written_out(match: re.Match[str]) -> str:
    """A character that XML can't hold as its number, for people to see."""
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _excel_length(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _first(text: str, length: int) -> str:
    """The longest beginning of a text that is at most `length` characters long in Excel's count."""
    return text.encode("utf-16-le")[: length * 2].decode("utf-16-le", errors="ignore")
