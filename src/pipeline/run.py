"""One paper, end to end: bytes in, everything that is known of it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extract import extract
from normalise.engine import Normalised, normalise
from normalise.read.checks import Check, check_doubts
from normalise.read.fields import Fields, read_fields
from normalise.read.links import Link, read_links
from normalise.read.recommendations import Recommendation, read_recommendations
from normalise.read.sections import SectionText, read_sections
from normalise.read.tables import Table, read_tables, table_doubts
from normalise.read.totals import check_totals
from normalise.read.work_plan import Action, Group, read_work_plan
from normalise.rules import RULES
from normalise.rulings import POWERS, Ruling, find_rulings, parse_rulings
from papers.doubt import Doubt
from papers.paper import Paper, Place
from papers.repair import Histories, Repair, apply, ink, trace
from papers.served import NOT_SERVED, Served
from pipeline.answers import find_answers, unanswered, without_answered


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one paper: as printed, as repaired, as read, and what is doubtful.

    `histories` says for each cell of the clean paper which repairs touched it; `sidecar` names the file that the
    person's `rulings` stand in, and is empty if there is none.
    """

    paper_id: str
    raw: Paper
    normalised: Normalised
    histories: Histories
    fields: Fields
    sections: tuple[SectionText, ...]
    recommendations: tuple[Recommendation, ...]
    links: tuple[Link, ...]
    tables: tuple[Table, ...]
    actions: tuple[Action, ...]
    groups: Mapping[int, Group]
    checks: tuple[Check, ...]
    doubts: tuple[Doubt, ...]
    rulings: tuple[Ruling, ...] = ()
    sidecar: str = ""

    @property
    def clean(self) -> Paper:
        """The clean paper."""
        return self.normalised.paper


def read(
    data: bytes,
    source_path: str,
    paper_id: str,
    without: Sequence[str] = (),
    sidecar: tuple[str, bytes] | None = None,
    begins: Callable[[int], None] = lambda _: None,
    served: Served = NOT_SERVED,
    *,
    scans: bool = True,
) -> Reading:
    """Read one paper from its bytes.

    `without` names rules to leave out; `sidecar` is the name and the content of the file with a person's rulings;
    `begins` is told which page is worked on, as `extract` says it; `served` is what a web archive
    knows of it; with `scans`, pages that are pictures are read by a recogniser, if the extra `ocr` is installed.

    Raises:
        PaperError: the paper can't be read; says what is wrong and what to do.
    """
    raw = extract(data, source_path, begins, served, scans=scans)
    name, content = sidecar or ("", b"")
    rulings = parse_rulings(content, name)
    normalised = _normalise(raw, without, rulings)
    clean = normalised.paper
    fields, field_doubts = read_fields(clean)
    sections = read_sections(clean, fields)
    tables = read_tables(clean)
    actions, groups, plan_doubts = read_work_plan(clean, tables)
    checks = check_totals(tables)
    answers = find_answers(raw, clean, rulings)
    histories = without_answered(trace(raw, normalised.repairs), answers)
    repairs = _repair_doubts(normalised, histories)
    doubts = (
        *_remarks(raw, clean),
        *_mostly_hidden(raw),
        *_notes(normalised),
        *repairs,
        *field_doubts,
        *plan_doubts,
        *table_doubts(tables),
        *check_doubts(checks),
    )
    return Reading(
        paper_id,
        raw,
        normalised,
        histories,
        fields,
        sections,
        read_recommendations(sections),
        read_links(sections, clean),
        tables,
        actions,
        groups,
        checks,
        unanswered(doubts, clean, answers),
        rulings,
        name,
    )


def _normalise(raw: Paper, without: Sequence[str], rulings: Sequence[Ruling]) -> Normalised:
    """Apply a person's rulings to what is printed, then the rules. One that says `as printed` is logged as well."""
    hunks = find_rulings(raw, rulings)
    ruled, log = apply(raw, "ruling", POWERS, hunks)
    accepted = [Repair("ruling", frozenset(), hunk) for hunk in hunks if hunk.is_note]
    result = normalise(ruled, [rule for rule in RULES if rule.name not in without])
    return Normalised(result.paper, (*log, *accepted, *result.repairs), result.notes)


def _remarks(raw: Paper, clean: Paper) -> list[Doubt]:
    """What the extractor had to say; a remark on the very place of an origin is about the cell that holds it now."""
    places = {remark.place for remark in raw.remarks}
    cells: dict[Place, tuple[int | None, int | None]] = {
        origin.place: (at, index)
        for at, line in enumerate(clean.lines if places else ())
        for index, cell in enumerate(line.cells)
        for origin in cell.origins
        if origin.place in places
    }
    doubts = []
    for remark in raw.remarks:
        line, cell = cells.get(remark.place, (None, None)) if remark.place else (None, None)
        doubts.append(Doubt("extract", line, cell, remark.why, place=remark.place))
    return doubts


def _mostly_hidden(raw: Paper) -> list[Doubt]:
    """A doubt about a paper of which more is hidden than seen, if its extractor has not said why."""
    hidden = ink(line for line in raw.lines if line.kind == "hidden").total()
    if not hidden or hidden * 2 <= ink(raw.lines).total() or any(remark.unread for remark in raw.remarks):
        return []
    why = f"most of the file's text ({hidden:,} characters) is hidden when it is shown, and was taken away"
    return [Doubt("mostly-hidden", None, None, why, "see what the file shows, and in repairs.csv what is hidden")]


def _notes(normalised: Normalised) -> list[Doubt]:
    """The rules' notes as doubts: one for each cell that a note names, or one for the line."""
    doubts = []
    for entry in normalised.notes:
        hunk = entry.hunk
        marks = hunk.doubted or (None,)
        for mark in marks:
            line, cell = (hunk.at + mark.line, mark.cell) if mark else (hunk.at, None)
            doubts.append(Doubt(entry.rule, line, cell, hunk.why))
    return doubts


def _repair_doubts(normalised: Normalised, histories: Histories) -> list[Doubt]:
    """The doubts that came with repairs, for every cell of the clean paper that they concern."""
    return [
        Doubt(normalised.repairs[number].rule, line, cell, normalised.repairs[number].hunk.why)
        for line, row in enumerate(histories)
        for cell, history in enumerate(row)
        for number in history.doubts
    ]
