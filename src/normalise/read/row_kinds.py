"""What kind of row each row of a table is, once its totals are found, and which sections it stands under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from normalise.read.body import RowType
from normalise.read.header import Path
from normalise.read.sums import Total, is_grand_total, is_subtotal


def section_paths(types: Sequence[RowType], labels: Sequence[Path], totals: Mapping[int, Total]) -> list[Path]:
    """The section labels that each row stands under, outer ones first; a section row's own path ends with itself.

    Two section rows, one right after the other, are a section and one inside it. A total closes the section that it
    is the total of: what follows stands in none until the next section begins.
    """
    stack: list[str] = []
    found: list[Path] = []
    for at, kind in enumerate(types):
        if kind == "section":
            follows = at > 0 and types[at - 1] == "section"
            opens = at + 1 < len(types) and types[at + 1] == "section"
            outer = stack[-1:] if follows else [] if opens else stack[:-1]
            stack = [*outer, labels[at][0] if labels[at] else ""]
        found.append(tuple(stack))
        if total := totals.get(at):
            inner = total.run in ("own", "group") and len(stack) > 1
            found[-1] = () if kind == "total" else tuple(stack if inner else stack[:1])
            if total.run != "below":
                stack = [stack[0], ""] if inner else []
    return [tuple(part for part in path if part) for path in found]


def with_totals(
    types: Sequence[RowType], labels: Sequence[Path], totals: Mapping[int, Total], first: int, sections: Sequence[Path]
) -> list[RowType]:
    """The kinds of rows with totals told: one that is added up in another, or that closes a section, is a subtotal."""
    used = {at - first for total in totals.values() for at, _ in total.parts}
    last = max(totals, default=-1)
    result = list(types)
    for at, total in totals.items():
        name = labels[at][-1] if labels[at] else ""
        in_section = bool(sections[at]) and total.run in ("own", "part", "group") and at != last
        is_sub = is_subtotal(name) or ((at in used or in_section) and not is_grand_total(name))
        result[at] = "subtotal" if is_sub else "total"
    return result
