"""Manual pages that are made from the program itself."""

from __future__ import annotations

from collections.abc import Sequence

from normalise.engine import Rule

_HEAD = """# The repair rules

Made by `make docs` from the rules themselves; do not edit.

The rules act in this order, round after round, until nothing changes. A rule may move characters and change white
space; whatever else it needs is a declared power: *loses ink* (it drops characters), *supplies ink* (it adds
characters, on evidence, and marks them), *adds signs* (`[…]` for a gap, `•` for a list item). `--without NAME` leaves a
rule out.
"""


def rules_page(rules: Sequence[Rule]) -> str:
    """The page docs/rules.md."""
    parts = [_HEAD]
    for rule in rules:
        powers = ", ".join(sorted(rule.powers)) or "none"
        parts.append(f"\n## {rule.name}\n\n{rule.title}\n\n{rule.body}\n\nPowers: {powers}.\n")
    return "".join(parts)
