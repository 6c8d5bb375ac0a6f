"""What a run says at its end, for a person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from papers.records import Records


@dataclass(slots=True)
class Tally:
    """Counts over a run. Each paper is added once, in any order."""

    statuses: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    troubles: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, records: Records) -> None:
        """Count one paper."""
        paper = records.rows["papers"][0]
        status = str(paper["status"])
        self.statuses[status] += 1
        if status != "ok":
            self.troubles.append((records.source_path, status, str(paper["status_detail"])))
        for name in ("tables", "figures", "work_plan", "repairs", "review"):
            self.counts[name] += len(records.rows.get(name, ()))
        self.checks.update(str(row["status"]) for row in records.rows.get("checks", ()))
        self.severities.update(str(row["severity"]) for row in records.rows.get("review", ()))
        self.counts["supplied"] += int(str(paper["characters_supplied"] or 0))
        self.counts["dropped"] += int(str(paper["characters_dropped"] or 0))

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
        f"{_count(tally.total, 'paper')}: {read} read"
        + (f", {tally.unread} not read (see papers.csv)" if tally.unread else "")
    ]
    counts = tally.counts
    text.append(
        f"{_count(counts['tables'], 'table')}, {_count(counts['figures'], 'figure')}, "
        f"{_count(counts['work_plan'], 'work plan action')}"
    )
    checks = tally.checks
    agrees = checks["agrees"] + checks["rounding"]
    stated = agrees + checks["differs"] + checks["cannot_check"]
    if stated:
        parts = [f"{agrees} of {_count(stated, 'printed total')} {'agrees' if agrees == 1 else 'agree'} with the rows"]
        parts += [f"{checks['differs']} differ"] if checks["differs"] else []
        parts += [f"{checks['cannot_check']} could not be checked"] if checks["cannot_check"] else []
        text.append(
            "; ".join(parts)
            + (f"; {_count(checks['no_total'], 'table')} without a total" if checks["no_total"] else "")
        )
    text.append(
        f"{_count(counts['repairs'], 'repair')} ({_count(counts['dropped'], 'character')} of debris dropped, "
        f"{counts['supplied']} supplied), all in repairs.csv"
    )
    doubts = [f"{tally.severities[name]} {name}" for name in ("high", "medium", "low") if tally.severities[name]]
    text.append(
        f"{_count(counts['review'], 'line')} for a person to look at"
        + (f": {', '.join(doubts)} (review.csv)" if doubts else "")
    )
    text.append(f"open {out}/papers.xlsx; to see how a line was read: {command} explain PAPER 'line 6'")
    return text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
