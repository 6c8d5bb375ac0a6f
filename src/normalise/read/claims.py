"""What each part of a page claims about a paper, and which claim is taken when they disagree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from papers.doubt import Doubt

# Whom to believe when claims are tied: of 148 archived pages, the address was right wherever a text disagreed with it
# and other text on the page could tell. The header comes before the intro: it is part of the paper.
TRUST = ("address", "saved address", "header", "opening sentence", "running head", "intro sentence", "breadcrumb")
# Whose wording is written, of those that agree: the address pads numbers and knows only one name of a body.
WORDING = ("header", "intro sentence", "opening sentence", "running head", "breadcrumb", "address", "saved address")


@dataclass(frozen=True, slots=True)
class Claim:
    """One place's word: `by` (a name of `TRUST`) says `said` on `line` (from 0); equal `key`s mean the same."""

    by: str
    said: str
    key: str
    line: int | None = None


def decide(what: str, claims: Sequence[Claim]) -> tuple[Claim | None, Doubt | None]:
    """Take the claim that most places make; of a tie, the one that the most trusted place makes.

    Returns the claim in the best wording, and a doubt that names all claims if they disagree: a person should see both.
    """
    claims = [claim for claim in claims if claim.key]
    if not claims:
        return None, None
    votes = Counter(claim.key for claim in claims)
    best = min(claims, key=lambda claim: (-votes[claim.key], TRUST.index(claim.by)))
    taken = min((claim for claim in claims if claim.key == best.key), key=lambda claim: WORDING.index(claim.by))
    others = [claim for claim in claims if claim.key != best.key]
    if not others:
        return taken, None
    why = f"the parts of the page disagree about the {what}: " + "; ".join(
        f"the {c.by} says {c.said!r}" for c in claims
    )
    line = next((claim.line for claim in others if claim.line is not None), taken.line)
    suggestion = f"{taken.said!r} was taken; see which is right"
    return taken, Doubt(f"{what.replace(' ', '-')}-disagrees", line, None, why, suggestion, "medium")
