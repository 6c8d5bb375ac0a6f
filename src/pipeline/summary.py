"""What a run says at its end, for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.texts import counted

if TYPE_CHECKING:
    from publish.finished import Finished

_KEPT = ("statuses", "checks", "severities", "counts")


@dataclass(slots=True)
class Tally:
    """Counts over a run. Each paper is added once, in any order. `kept` counts those that were not read again."""

    statuses: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    kept: int = 0

    def add(self, paper: Finished) -> None:
        """Count one paper."""
        self.statuses[paper.facts["status"]] += 1
        for name in ("tables", "figures", "work_plan", "repairs", "review"):
            self.counts[name] += paper.blocks[name].rows if name in paper.blocks else 0
        self.checks.update(paper.counts["checks"])
        self.severities.update(paper.counts["review"])
        for name in ("supplied", "dropped"):
            self.counts[name] += int(paper.facts[f"characters_{name}"] or 0)

    def counted(self) -> dict[str, dict[str, int]]:
        """All counts of the papers themselves, for the next run."""
        return {name: dict(getattr(self, name)) for name in _KEPT}

    @classmethod
    def of(cls, counted: Mapping[str, Mapping[str, int]]) -> Tally:
        """The tally that was kept."""
        statuses, checks, severities, counts = (Counter(counted[name]) for name in _KEPT)
        return cls(statuses, checks, severities, counts)

    @property
    def total(self) -> int:
        """How many papers there were."""
        return self.statuses.total()

    @property
    def unread(self) -> int:
        """How many of them could not be read."""
        return self.total - self.statuses["ok"] - self.statuses["partial"]

    @property
    def is_doubtful(self) -> bool:
        """Whether a check differs, could not be made, or a doubt about a figure or a text is open."""
        return bool(
            self.checks["differs"]
            or self.checks["cannot_check"]
            or self.severities["high"]
            or self.severities["medium"]
        )


def lines(tally: Tally, out: str, command: str) -> list[str]:
    """The closing summary: a few lines, the most important first, the next step last."""
    read = tally.total - tally.unread
    text = [
        f"{counted(tally.total, 'paper')}: {read} read"
        + (f", {tally.unread} not read (see papers.csv)" if tally.unread else "")
    ]
    counts = tally.counts
    if tally.kept:
        verb = "has" if tally.kept == 1 else "have"
        text.append(f"{counted(tally.kept, 'paper')} {verb} not changed since the last run; only the others were read")
    text.append(
        f"{counted(counts['tables'], 'table')}, {counted(counts['figures'], 'figure')}, "
        f"{counted(counts['work_plan'], 'work plan action')}"
    )
    checks = tally.checks
    agrees = checks["agrees"] + checks["rounding"]
    stated = agrees + checks["differs"] + checks["cannot_check"]
    if stated:
        parts = [f"{agrees} of {counted(stated, 'printed total')} {'agrees' if agrees == 1 else 'agree'} with the rows"]
        parts += [f"{checks['differs']} differ"] if checks["differs"] else []
        parts += [f"{checks['cannot_check']} could not be checked"] if checks["cannot_check"] else []
        text.append(
            "; ".join(parts)
            + (f"; {counted(checks['no_total'], 'table')} without a total" if checks["no_total"] else "")
        )
    text.append(
        f"{counted(counts['repairs'], 'repair')} ({counted(counts['dropped'], 'character')} of debris dropped, "
        f"{counts['supplied']} supplied), all in repairs.csv"
    )
    doubts = [f"{tally.severities[name]} {name}" for name in ("high", "medium", "low") if tally.severities[name]]
    text.append(
        f"{counted(counts['review'], 'line')} for a person to look at"
        + (f": {', '.join(doubts)} (review.csv)" if doubts else "")
    )
    text.append(f"open {out}/papers.xlsx; to see how a line was read: {command} explain PAPER 'line 6'")
    return text
