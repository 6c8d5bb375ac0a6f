"""The line for a footnote: what was read, of which paper, from which file, and where in it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.console import version
from pipeline.run import Reading
from pipeline.texts import shortened

SHORT_HASH = 12
"""So many characters of a hash tell files apart, and go into a footnote."""
_LONGEST = 200
"""Characters of the text that a footnote quotes."""


def citation(reading: Reading, text: str, place: str, rules: Sequence[str], *, is_doubted: bool) -> str:
    """One line to cite a text by.

    Args:
        reading: the paper.
        text: what it says, repaired; a long one is cut.
        place: where it stands.
        rules: the rules whose repairs it went through.
        is_doubted: whether a person should look at it before relying on it.
    """
    fields, source = reading.fields, reading.raw.source
    title = f"“{fields.title}”" if fields.title else ""
    number = f"report {fields.report_number}" if fields.report_number else ""
    date = fields.meeting_date.iso if fields.meeting_date else ""
    file = f"{source.path} (sha256 {source.sha256[:SHORT_HASH]})"
    told = [fields.author, title, fields.committee, number, date, fields.source_url, file, place]
    notes = [f"read by committee-papers {version()}"]
    notes += [f"repaired ({', '.join(rules)})"] if rules else []
    notes += ["doubtful"] if is_doubted else []
    return f"“{shortened(text, _LONGEST)}”: {', '.join(part for part in told if part)}; {', '.join(notes)}"
