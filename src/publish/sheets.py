"""What both kinds of workbook share: their properties, their formats, and how a value becomes a cell of a sheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 16_384
GAP: Final = "_)"
"""Ends a number format: room for a bracket, which also keeps a number from touching the text to its right."""
TRUE_OR_FALSE: Final = '"TRUE";"TRUE";"FALSE"'
"""The number format of truth values. Excel needs none; LibreOffice would show 1 and 0."""
MAX_TEXT: Final = 32_767
"""Characters of one cell; Excel counts those beyond U+FFFF twice."""

# A workbook must not tell when it was made, or two runs would differ. Any fixed day will do; zip files begin in 1980.
_CREATED: Final = dt.datetime(1980, 1, 1)
_A4: Final = 9
_WIDEST: Final = 64
_LINE_HEIGHT: Final = 15
_HIGHEST: Final = 409
_EXACT_DIGITS: Final = 15
_FIRST_DATE: Final = dt.date(1900, 3, 1)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Book:
    """A workbook that is being written, in which text stays text. It counts what its sheets could not show as it is.

    With `row_by_row` every row goes to disk (into the folder `scratch`) when the next one is begun, and can't be marked
    up as an Excel table; without it the whole workbook is held in memory.

    Attributes:
        escaped: how many characters were written out because a sheet can't hold them.
        cut: how many texts were longer than a cell, or rows wider than a sheet.
    """

    def __init__(self, path: Path, title: str, comments: str, scratch: Path, *, row_by_row: bool = False) -> None:
        from xlsxwriter import Workbook

        options: dict[str, Any] = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "constant_memory": row_by_row,
            "tmpdir": str(scratch),
        }
        self.escaped = 0
        self.cut = 0
        self._book = Workbook(str(path), options)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        properties = {"title": title, "author": "committee-papers", "comments": comments, "created": _CREATED}
        self._book.set_properties(properties)

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet after those that are there."""
        return self._book.add_worksheet(name)

    def format(self, **properties: Any) -> Format:
        """A format that wraps its text and stands at the top of its row, with further properties; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"text_wrap": True, "valign": "top", **properties})
        return self._formats[key]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, elsewhere: str, **properties: Any) -> str:
        r"""Write a text, and return what the cell shows of it.

        Characters that XML can't hold are written out (`\x0b`). A text that is too long ends with a note of where the
        whole of it stands: the file `elsewhere`.
        """
        shown, escaped = _NOT_IN_XML.subn(_written_out, text)
        self.escaped += escaped
        if len(shown) * 2 > MAX_TEXT and _excel_length(shown) > MAX_TEXT:
            self.cut += 1
            note = f"\n(continues: see {elsewhere})"
            shown = _first(shown, MAX_TEXT - _excel_length(note)) + note
        form = self.format(**properties)
        if shown.startswith("<r>") and shown.endswith("</r>"):
            # XlsxWriter takes such a text for finished XML; in two parts it is text again.
            sheet.write_rich_string(row, column, self.format(), shown[:1], shown[1:], form)
        else:
            sheet.write_string(row, column, shown, form)
        return shown

    def header(self, sheet: Worksheet, row: int, column: int, text: str, *, over_numbers: bool = False) -> None:
        """Write the heading of a column, above where its values will stand."""
        sheet.write_string(row, column, text, self.heading(over_numbers=over_numbers))

    def heading(self, *, over_numbers: bool) -> Format:
        """The format of a column's heading."""
        look: dict[str, Any] = {"bold": True, "bottom": 1, "bg_color": "#E7E6E6"}
        return self.format(**look, **({"align": "right"} if over_numbers else {}))

    def link(self, sheet: Worksheet, row: int, column: int, target: str) -> None:
        """Write the name of another sheet as a link to it."""
        sheet.write_url(row, column, f"internal:'{target}'!A1", self.format(underline=1, font_color="blue"), target)

    def facts(self, sheet: Worksheet, facts: Mapping[str, str], elsewhere: str) -> int:
        """Write labels and texts below each other from the first row on, and return the first row after them.

        What the book could not show so far as it is comes last.
        """
        layout = Layout()
        for row, (label, text) in enumerate(facts.items()):
            self.text(sheet, row, 0, label, elsewhere, bold=True)
            layout.see(1, self.text(sheet, row, 1, text, elsewhere))
            layout.end_row(sheet, row)
        after = len(facts)
        for count, label, note in (
            (self.escaped, "Control characters", "characters that a sheet can't hold are written out here, as \\x0b."),
            (
                self.cut,
                "Cut",
                "texts or rows do not fit; each ends with (continues: see ...) and is whole in that file.",
            ),
        ):
            if count:
                sheet.write_string(after, 0, label, self.format(bold=True))
                sheet.write_string(after, 1, f"{count:,} {note}", self.format())
                after += 1
        return after

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


@dataclass(slots=True)
class Layout:
    """How wide the columns and how high the rows of a sheet must be for what has been written there."""

    widths: dict[int, int] = field(default_factory=dict)
    lines: int = 1

    def see(self, column: int, shown: str) -> None:
        """Take note of a text that is shown in a column of the row now being written."""
        parts = shown.split("\n") if "\n" in shown else [shown]
        longest = max(map(len, parts))
        if longest > self.widths.get(column, 0):
            self.widths[column] = longest
        if longest > _WIDEST or len(parts) > 1:
            # A column is narrower than the widest only if no line of it is longer: so this holds for all of them.
            self.lines = max(self.lines, sum(max(1, -(-len(part) // _WIDEST)) for part in parts))

    def end_row(self, sheet: Worksheet, row: int) -> None:
        """Make a row high enough for its wrapped text: Excel would do so by itself, LibreOffice doesn't."""
        if self.lines > 1:
            sheet.set_row(row, min(self.lines * _LINE_HEIGHT, _HIGHEST))
        self.lines = 1

    def end_sheet(self, sheet: Worksheet, *, room: int = 2, least: int = 8) -> None:
        """Set the widths, neither too narrow to read nor so wide that a paragraph fills the screen."""
        for column, length in sorted(self.widths.items()):
            sheet.set_column(column, column, max(least, min(length, _WIDEST) + room))


def prepare_print(sheet: Worksheet) -> None:
    """Print on A4 across, all columns on one page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def prepare_table(sheet: Worksheet, header_rows: int) -> None:
    """Print with lines between the cells and the header on every page; don't warn of text that looks like a number."""
    prepare_print(sheet)
    sheet.hide_gridlines(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MAX_ROWS}"})
    if header_rows:
        sheet.repeat_rows(0, header_rows - 1)


def exact_number(value: Decimal) -> float | None:
    """The number for a sheet, or None where a sheet can't hold all its digits."""
    if len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
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


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _excel_length(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _first(text: str, length: int) -> str:
    """The longest beginning of a text that is at most `length` characters long in Excel's count."""
    return text.encode("utf-16-le")[: length * 2].decode("utf-16-le", errors="ignore")
