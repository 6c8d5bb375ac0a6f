"""The first sheets of a workbook, which say what it is, where to look first, and how it is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from publish.contract import PAPER, integer, text
from publish.dictionary import DICTIONARY as DICTIONARY_COLUMNS
from publish.layout import Lengths, lines_in, set_height
from publish.record_sheets import Listing, Record, Target, to_sheet
from publish.sheets import MAX_LINKS, Book, prepare_print
from publish.survey import MARKS, SEVERITIES, TOTALS, Survey

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COVER, CONTENTS, NOTES, SUMMARY, DICTIONARY = "Cover", "Contents", "Notes", "Summary", "Dictionary"
NOT_A_SHEET: Final = "(CSV file only)"
ABOUT: Final = {
    CONTENTS: "Every sheet of this workbook, with a link to it.",
    NOTES: "How to read the marks, and what a sheet can't show.",
    SUMMARY: "Every paper with its doubts and totals, the most doubtful first.",
    DICTIONARY: "What every column means, its unit, and what an empty cell means.",
}

WHAT_THIS_IS: Final = (
    "Text, tables and figures of archived committee papers, as read and repaired by committee-papers, for sorting, "
    "counting and citing. The CSV files beside this workbook hold the same tables, and are the record: a sheet can't "
    "show everything that a paper can hold. Rights in the papers themselves are not affected."
)
HOW_TO_CITE: Final = (
    "Give the paper_id and the place: the page and the box on it in points from the top left corner, or the line and "
    "its characters, or the path of the HTML element. source_path and source_sha256 in papers.csv tell exactly which "
    "file was read."
)
WHEN_READ: Final = (
    "Not told here: the same papers give the same workbook, byte for byte. manifest.json tells by its hashes which "
    "files were read, and by which versions."
)
_MARKS: Final = {
    "repaired": "A repair changed this text. The sheet repairs shows it before and after, and gives the reason.",
    "supplied": (
        "Some characters were not legible and were supplied on evidence. The sheet repairs shows them in square "
        "brackets: community enga[gement]."
    ),
    "doubted": "A person should compare this with the paper before relying on it. The sheet review says why.",
    "[…]": "Something is lost here, and could not be supplied.",
    "shaded rows": "A doubted figure, a total that differs, a point of high severity: a column says the same in words.",
    "empty cells": (
        "Nothing was printed, or it is not known: the data dictionary says which, column by column. A printed dash "
        "(nil) is a fact of its own. Nothing is filled in."
    ),
    "value": "A figure in base units: £000 is multiplied out, percentages are as printed. unit names the unit.",
    "totals": "Totals are as printed, and never replaced. The sheet checks holds them against the sums of their parts.",
    "dates": (
        "A full date is a date of the sheet. One of which the paper gives only month or year stays text: 2006-09, 2006."
    ),
    "order": "The sheet review begins with what is most severe, the sheet checks with the totals that differ.",
    "links": (
        "A paper_id leads to the paper's row in papers; a table_id to the table in the paper's own workbook; a place "
        "to the paper in the review page, where the source is shown. The last two need the files beside this workbook."
    ),
}

_ABOUT = (
    text("about", "What the note is about.", required=True),
    text("note", "What there is to know.", required=True),
)
_LISTED = (
    text("sheet", "Name of the sheet.", required=True),
    text("holds", "What it holds.", required=True),
    integer("rows", "How many rows it has under its heading.", "rows"),
    text("file", "The CSV file with the same records."),
)
_COUNTED = (
    *PAPER,
    text("title", "Title of the paper."),
    text("status", "Whether it could be read.", required=True),
    integer("totals_differ", "Printed totals that differ from the sum of their parts.", "totals"),
    *(integer(f"doubts_{name}", f"Points of {name} severity that a person should look at.") for name in SEVERITIES),
    integer("figures_doubted", "Figures that a person should compare with the paper.", "figures"),
    integer("figures", "Figures read.", "figures"),
    integer("totals_rounding", "Printed totals that differ by no more than rounding explains.", "totals"),
    integer("totals_agree", "Printed totals that agree.", "totals"),
    integer("totals_unchecked", "Printed totals that could not be checked, and tables without one.", "totals"),
    text("status_detail", "What is wrong with the file, and what to do about it."),
)


def write_cover(book: Book, sheet: Worksheet, title: str, facts: Mapping[str, str], elsewhere: str) -> int:
    """Write a title, and below it labels and texts. Returns the first row after them."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    book.writer(sheet, elsewhere, bold=True, font_size=16, text_wrap=False)(0, 0, title)
    label, plain = book.writer(sheet, elsewhere, bold=True), book.writer(sheet, elsewhere)
    row = 1
    for row, (about, note) in enumerate(facts.items(), start=1):
        label(row, 0, about)
        set_height(sheet, row, lines_in(plain(row, 1, note), 96))
    prepare_print(sheet)
    return row + 1


def write_leads(book: Book, sheet: Worksheet, row: int, leads: Mapping[str, str]) -> None:
    """Write links to other sheets of the book, each with a text that says why to go there, from a row on."""
    plain = book.writer(sheet, "")
    for at, (name, why) in enumerate(leads.items(), start=row):
        book.link(sheet, at, 0, to_sheet(name), name)
        set_height(sheet, at, lines_in(plain(at, 1, why), 96))


def glance(found: Survey) -> dict[str, str]:
    """A run in four lines: its papers, its figures, its totals, its doubts."""
    figures, repaired, supplied, doubted = (count for count, _ in found.sum_of(MARKS))
    meetings = found.meetings()
    held = f"; meetings from {meetings[0]} to {meetings[1]}" if meetings else ""
    return {
        "Papers": counted("paper", found.statuses()) + held,
        "Figures": f"{figures:,} figures, {repaired:,} repaired, {supplied:,} partly supplied, {doubted:,} doubted",
        "Printed totals": counted("total", found.sum_of(TOTALS)),
        "Points to look at": counted("point", found.sum_of(SEVERITIES)),
    }


def counted(what: str, counts: Sequence[tuple[int, str]]) -> str:
    """A sum and what it is made of: `5 papers: 4 ok, 1 failed`."""
    whole = sum(count for count, _ in counts)
    made_of = ", ".join(f"{count:,} {name}" for count, name in counts if count)
    return f"{whole:,} {what}{'' if whole == 1 else 's'}" + (f": {made_of}" if made_of else "")


def notes(book: Book) -> Iterator[list[str]]:
    """The records of the sheet of notes; what the book could not show so far as it is comes first."""
    if book.escaped:
        yield ["control characters", f"{book.escaped:,} characters that a sheet can't hold are written out, as \\x0b."]
    if book.cut:
        said = "texts or rows do not fit into a sheet; each ends with (continues: see ...) and is whole in that file."
        yield ["cut", f"{book.cut:,} {said}"]
    if book.unlinked:
        said = f"There are no more than {MAX_LINKS:,} links. These link some columns only, or the first row of a table"
        yield ["missing links", f"{said}: {', '.join(book.unlinked)}."]
    yield from map(list, _MARKS.items())


def notes_listing(records: Iterable[Record]) -> Listing:
    """The sheet of notes."""
    return Listing(NOTES, ABOUT[NOTES], _ABOUT, lengths(records), "")


def dictionary_listing(records: Iterable[Record]) -> Listing:
    """The sheet of the data dictionary."""
    return Listing(DICTIONARY, ABOUT[DICTIONARY], DICTIONARY_COLUMNS, lengths(records), "datapackage.json")


def contents_listing(records: Iterable[Record]) -> Listing:
    """The sheet of contents, from records of its four columns; every sheet is linked."""

    def target(_: Record, sheet: str) -> str:
        return "" if sheet == NOT_A_SHEET else to_sheet(sheet)

    return Listing(CONTENTS, ABOUT[CONTENTS], _LISTED, lengths(records), "", {"sheet": target})


def summary_listing(found: Survey, links: Mapping[str, Target]) -> Listing:
    """The sheet that tells which papers to look at first."""
    return Listing(SUMMARY, ABOUT[SUMMARY], _COUNTED, lengths(found.summary()), "papers.csv", links)


def lengths(records: Iterable[Record]) -> Sequence[int]:
    """The longest line of every column of some records."""
    seen = Lengths()
    for record in records:
        seen.see(record)
    return seen.longest
