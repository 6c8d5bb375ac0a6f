"""The summary of a report: the text between its header and its first section."""

from collections.abc import Sequence

from normalise.read.furniture import LABEL
from normalise.read.headings import SUMMARY, Heading, unlettered
from normalise.read.titles import Block
from normalise.read.wording import Printed, bare, ends_sentence


def read_summary(parts: Sequence[Printed], furniture: frozenset[int], block: Block, sections: Sequence[Heading]) -> str:
    """The text between the `Summary` heading, or the header block where a copy has lost it, and the first section.

    Without a heading, short lines at the front (`AGM report`) are part of the header. In a paper without sections only
    a printed `Summary` makes a summary.
    """
    end = sections[0].place if sections else len(parts)
    head = next(
        (n for n, part in enumerate(parts[:end]) if SUMMARY.fullmatch(bare(part.text)) and part.line not in furniture),
        None,
    )
    if head is None and not (sections and block.labels):
        return ""
    inside: list[Printed] = []
    for part in parts[block.end if head is None else head + 1 : end]:
        text = bare(part.text)
        if (
            not sections
            and inside
            and (part.kind == "heading" or unlettered(text, after_sections=False, lettered_paper=False))
        ):
            break
        short = head is None and not inside and len(text) < 60 and not ends_sentence(text)
        if part.line not in furniture and part.kind != "row" and not short and not LABEL.fullmatch(text):
            inside.append(part)
    return _paragraphs(inside)


def _paragraphs(parts: Sequence[Printed]) -> str:
    """The text of some lines, one paragraph a line; a paragraph that is broken over lines is put together."""
    text = ""
    for number, part in enumerate(parts):
        before = parts[number - 1] if number else part
        broken = not ends_sentence(before.text) and len(before.text) > 50 and part.line - before.line <= 1
        text += ("" if not number else " " if broken else "\n") + part.text.strip()
    return text
