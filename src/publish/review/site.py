r"""The files of the review page: the page itself, the list of the papers of the run, and one file for each paper.

A page that is opened from a disk may not fetch anything, so the data are scripts that hand over one JSON value each.
What stands in a paper is only ever a string in that value: `<`, `>`, `&` and the line ends of old JavaScript are
written as `\u003c` and the like, so that no text of a paper can end the string, the script or the page around it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

from papers.records import Records, Row

FOLDER: Final = "review"

_INDEX: Final = "index.html"
_PARTS: Final = "page"
_LIST: Final = "papers.js"
_SEVERITIES: Final = ("high", "medium", "low")
_FACTS: Final = ("title", "committee", "meeting_date", "report_number", "status", "status_detail", "tables", "repairs")
_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}

Create = Callable[[str], Path]
Overview = Mapping[str, Any]


def json_text(value: Any) -> str:
    """A value as JSON without needless white space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_paper(records: Records, create: Create) -> list[str]:
    """Write the file of one paper, and its page pictures; a paper that could not be read has none.

    Args:
        records: the paper.
        create: makes the path to write to from the path below the output folder.

    Returns:
        The paths written, below the output folder.
    """
    if not records.review:
        return []
    relative = f"{FOLDER}/papers/{records.paper_id}.js"
    _write_script(create(relative), "paper", [records.review])
    pictures = {f"{FOLDER}/papers/{records.paper_id}/{name}": png for name, png in sorted(records.pictures.items())}
    for path, png in pictures.items():
        create(path).write_bytes(png)
    return [relative, *pictures]


def write_page(papers: Iterable[str], create: Create) -> list[str]:
    """Write the page with the list of all papers of the run, in the order given; returns the paths written.

    Args:
        papers: what `overview` made of each, as JSON; no more than one is held in memory.
        create: makes the path to write to from the path below the output folder.
    """
    relative = f"{FOLDER}/{_LIST}"
    _write_script(create(relative), "list", _listed(papers))
    made = [relative]
    for part in sorted(resources.files("publish.review").joinpath("static").iterdir(), key=lambda part: part.name):
        path = f"{FOLDER}/{part.name}" if part.name == _INDEX else f"{FOLDER}/{_PARTS}/{part.name}"
        create(path).write_bytes(part.read_bytes())
        made.append(path)
    return made


def overview(records: Records) -> Overview:
    """What the list of papers shows of one: its facts, its doubts by severity and by rule, its checks by status."""
    paper = records.rows["papers"][0]
    doubts = records.rows.get("review", ())
    severities = _count(doubts, "severity")
    return {
        "id": records.paper_id,
        "path": records.source_path,
        **{name: paper[name] for name in _FACTS},
        "readable": bool(records.review),
        "severities": [severities.get(name, 0) for name in _SEVERITIES],
        "doubts": _count(doubts, "rule"),
        "checks": _count(records.rows.get("checks", ()), "status"),
    }


def _count(rows: Sequence[Row], column: str) -> dict[str, int]:
    """How many rows have which text in a column, sorted by the texts."""
    return dict(sorted(Counter(str(row[column] or "") for row in rows).items()))


def _listed(values: Iterable[str]) -> Iterator[str]:
    """A list of values that are JSON already, piece by piece."""
    yield "["
    before = ""
    for value in values:
        yield before + value
        before = ","
    yield "]"


def _write_script(path: Path, receiver: str, value: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.write(f"committeePapers.{receiver}(")
        file.writelines(piece.translate(_ESCAPES) for piece in value)
        file.write(");\n")
