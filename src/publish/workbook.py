"""The workbook of a whole run: what it is and where to look first, then a sheet for every table that has rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from publish.csv_files import read_rows
from publish.dictionary import dictionary
from publish.front_sheets import (
    ABOUT,
    CONTENTS,
    COVER,
    DICTIONARY,
    HOW_TO_CITE,
    NOT_A_SHEET,
    NOTES,
    SUMMARY,
    WHAT_THIS_IS,
    WHEN_READ,
    contents_listing,
    dictionary_listing,
    glance,
    notes,
    notes_listing,
    summary_listing,
    write_cover,
    write_leads,
)
from publish.record_sheets import (
    Listing,
    Record,
    Target,
    add_sheets,
    ordered,
    to_file,
    to_review,
    to_sheet,
    write_listing,
)
from publish.schema import TABLES, named
from publish.sheets import MAX_ROWS, Book, parts
from publish.survey import Survey

SHEETS: Final = (
    "papers",
    "review",
    "checks",
    "work_plan",
    "figures",
    "recommendations",
    "sections",
    "tables",
    "links",
    "repairs",
)
"""The tables that get a sheet, in order. `cells` is left to the CSV: it is for programs, and far too long to read."""

_TITLE: Final = "Committee papers"


def write_run_workbook(
    path: Path,
    files: Mapping[str, Path],
    found: Survey,
    scratch: Path,
    *,
    version: str,
    rows_per_sheet: int = MAX_ROWS,
) -> None:
    """Write the workbook of a run from its finished CSV files.

    Args:
        path: the workbook to make.
        files: where the CSV file of each table of the contract is.
        found: what is known of their records.
        scratch: a folder for temporary files.
        version: the version of the program.
        rows_per_sheet: a longer table goes on in another sheet.
    """
    book = Book(path, _TITLE, "Text, tables and figures of archived committee papers", scratch)
    rows = found.rows
    shown = [name for name in SHEETS if rows[name]]
    fronts = {name: book.sheet(name) for name in (COVER, CONTENTS, NOTES)}
    summed = add_sheets(book, SUMMARY, rows["papers"], rows_per_sheet - 1)
    tables = {name: add_sheets(book, name, rows[name], rows_per_sheet - 1) for name in shown}
    last = book.sheet(DICTIONARY)

    links = _links(found, rows_per_sheet)
    write_listing(book, summed, summary_listing(found, {"paper_id": links["paper_id"]}), found.summary())
    for name in shown:
        listing = _listing(name, found, links)
        write_listing(book, tables[name], listing, ordered(name, listing.columns, partial(read_rows, files[name])))
    known = list(dictionary(TABLES))
    write_listing(book, [(last, len(known))], dictionary_listing(known), known)
    entries = _contents(rows, len(known), rows_per_sheet)
    write_listing(book, [(fronts[CONTENTS], len(entries))], contents_listing(entries), entries)
    said = list(notes(book))
    write_listing(book, [(fronts[NOTES], len(said))], notes_listing(said), said)
    facts = {"What this is": WHAT_THIS_IS, **glance(found), "How to cite": HOW_TO_CITE}
    facts |= {"Made by": f"committee-papers {version}", "When read": WHEN_READ}
    after = write_cover(book, fronts[COVER], _TITLE, facts, "datapackage.json")
    write_leads(book, fronts[COVER], after + 1, _leads(found))
    book.finish()


def _links(found: Survey, rows_per_sheet: int) -> dict[str, Target]:
    """Where the values of columns lead, the most useful link first."""
    sheets = parts("papers", found.rows["papers"], rows_per_sheet - 1)

    def to_paper(record: Record, _: str) -> str:
        sheet, row = divmod(found.number(record[0]) - 1, rows_per_sheet - 1)
        return to_sheet(sheets[sheet][0], row + 2)

    def to_table(record: Record, table_id: str) -> str:
        home = found.home(record[0], table_id)
        return to_file(home[0], f"'{home[1]}'!A1") if home else ""

    place = to_review("")
    return {"place": place, "first_place": place, "paper_id": to_paper, "table_id": to_table}


def _listing(name: str, found: Survey, links: Mapping[str, Target]) -> Listing:
    """One table of the contract. In papers itself, a paper_id leads to the review page."""
    columns = named(name).columns
    known = {column.name for column in columns}
    own = {"paper_id": to_review("")} if name == "papers" else links
    used = {column: target for column, target in own.items() if column in known}
    return Listing(
        name, named(name).description, columns, found.lengths[name], f"{name}.csv", used, folded=name != "papers"
    )


def _contents(rows: Mapping[str, int], known: int, rows_per_sheet: int) -> list[list[str]]:
    """What the sheet of contents lists: every sheet after it, and the table that is no sheet."""
    entries = [[NOTES, ABOUT[NOTES], "", ""]]
    for name, count in parts(SUMMARY, rows["papers"], rows_per_sheet - 1):
        entries.append([name, ABOUT[SUMMARY], str(count), ""])
    for table in SHEETS:
        for name, count in parts(table, rows[table], rows_per_sheet - 1):
            entries.append([name, named(table).description, str(count), f"{table}.csv"])
    entries.append([DICTIONARY, ABOUT[DICTIONARY], str(known), ""])
    cells = f"{named('cells').description} Not in this workbook: it is for programs, and far too long to read."
    return [*entries, [NOT_A_SHEET, cells, str(rows["cells"]), "cells.csv"]]


def _leads(found: Survey) -> dict[str, str]:
    """The sheets to go to from the cover, and why."""
    leads = {name: ABOUT[name] for name in (CONTENTS, NOTES)}
    if papers := found.rows["papers"]:
        leads[SUMMARY] = f"{found.doubtful():,} of {papers:,} papers have something to be looked at; they come first."
    if found.rows["review"]:
        leads["review"] = "Every point to look at, the most severe first, with its place in its paper."
    if found.rows["checks"]:
        leads["checks"] = "Every printed total against the sum of its parts; those that differ come first."
    return leads
