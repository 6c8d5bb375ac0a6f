"""A reading of a paper as rows of the output contract."""

from __future__ import annotations

from papers.doubt import Doubt
from papers.errors import PaperError
from papers.paper import LineSpan, PageBox, Place
from papers.records import Records, Row
from papers.repair import Repair, ink, ink_change, shown
from pipeline.facsimile import NOTHING, Facsimile
from pipeline.places import cell_place
from pipeline.review import evidence
from pipeline.run import Reading
from pipeline.table_rows import grids, table_rows
from publish.schema import named

SEVERITIES = ("high", "medium", "low")


def records(reading: Reading, source: Facsimile = NOTHING) -> Records:
    """Everything that is published of one paper that could be read; `source` is what is shown of its source."""
    tables = {
        "papers": (_paper(reading),),
        "sections": _sections(reading),
        "recommendations": _recommendations(reading),
        "links": _links(reading),
        **table_rows(reading),
        "repairs": tuple(_repair(n, entry) for n, entry in enumerate(reading.normalised.repairs, start=1)),
        "review": _review(reading),
    }
    key: Row = {"paper_id": reading.paper_id, "source_path": reading.raw.source.path}
    rows = {name: tuple({**key, **row} for row in table) for name, table in tables.items()}
    review = evidence(reading, [(doubt, place) for doubt, place, _ in _doubts(reading)], source)
    return Records(
        reading.paper_id, reading.raw.source.path, rows, grids(reading), review=review, pictures=source.pictures
    )


def refused(paper_id: str, source_path: str, sha256: str, error: PaperError) -> Records:
    """The one row of a paper that could not be read: its status, and what to do."""
    row: Row = dict.fromkeys((column.name for column in named("papers").columns), None) | {
        "paper_id": paper_id,
        "source_path": source_path,
        "source_sha256": sha256 or None,
        "status": error.status,
        "status_detail": str(error),
    }
    return Records(paper_id, source_path, {"papers": (row,)})


def _paper(reading: Reading) -> Row:
    fields = reading.fields
    source = reading.raw.source
    changes = [ink_change(entry.hunk) for entry in reading.normalised.repairs]
    dropped = sum(change.dropped for change in changes)
    total = ink(reading.raw.lines).total()
    unread = [remark.why for remark in reading.raw.remarks if remark.unread]
    return {
        "source_sha256": source.sha256,
        "media_type": source.media_type,
        "extractor": reading.raw.extractor,
        "status": "partial" if unread else "ok",
        "status_detail": "; ".join(unread) or None,
        "kind": fields.kind,
        "committee": fields.committee,
        "meeting_date": fields.meeting_date.iso if fields.meeting_date else None,
        "report_number": fields.report_number,
        "title": fields.title,
        "author": fields.author,
        "archived": fields.archived,
        "summary": fields.summary,
        "source_url": fields.source_url,
        "pages": reading.raw.pages,
        "tables": len(reading.tables),
        "repairs": len(reading.normalised.repairs),
        "doubts": len(_doubts(reading)),
        "characters_in": total,
        "characters_kept": total - dropped,
        "characters_dropped": dropped,
        "characters_supplied": sum(change.supplied for change in changes),
    }


def _sections(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "order": section.order,
            "letter": section.letter,
            "heading": section.heading,
            "level": section.level,
            "paragraph_number": section.paragraph_number,
            "text": section.text,
            "place": cell_place(reading.clean, section.line, section.cell),
        }
        for section in reading.sections
    )


def _recommendations(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {"group": str(r.group), "number": r.number, "text": r.text, "place": cell_place(reading.clean, r.line, 0)}
        for r in reading.recommendations
    )


def _links(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "label": k.label,
            "title": k.title,
            "format": k.format,
            "href": k.href,
            "place": cell_place(reading.clean, k.line, 0),
        }
        for k in reading.links
    )


def _repair(number: int, entry: Repair) -> Row:
    hunk = entry.hunk
    place = next((line.place for line in (*hunk.before, *hunk.after) if line.place is not None), None)
    return {
        "n": number,
        "rule": entry.rule,
        "powers": ";".join(sorted(entry.powers)) or None,
        "place": str(place) if place else None,
        "before": shown(hunk.before),
        "after": shown(hunk.after, hunk.supplied),
        "why": hunk.why,
    }


def _doubts(reading: Reading) -> list[tuple[Doubt, Place | None, str]]:
    """Every doubt with its place and the text concerned, most serious first, then in reading order."""
    found: list[tuple[Doubt, Place | None, str]] = []
    for doubt in reading.doubts:
        if doubt.line is None:
            found.append((doubt, doubt.place, ""))
            continue
        line = reading.clean.lines[doubt.line]
        cell = line.cells[doubt.cell] if doubt.cell is not None and doubt.cell < len(line.cells) else None
        place = (cell.place if cell else None) or line.place
        found.append((doubt, place, cell.text if cell else shown([line])))
    return sorted(found, key=lambda item: (SEVERITIES.index(item[0].severity), _order(item[1])))


def _order(place: Place | None) -> tuple[float, float]:
    match place:
        case LineSpan():
            return place.line, place.first
        case PageBox():
            return place.page, place.top
        case _:
            return 0, 0


def _review(reading: Reading) -> tuple[Row, ...]:
    return tuple(
        {
            "severity": doubt.severity,
            "rule": doubt.rule,
            "place": str(place) if place else None,
            "text": text,
            "why": doubt.why,
            "suggestion": doubt.suggestion or None,
        }
        for doubt, place, text in _doubts(reading)
    )
