"""Words that have lost their beginning: noted, never completed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from normalise import english
from normalise.engine import note, rule
from normalise.grids import record_tables
from normalise.split.language import START, Language, context_after, token_word
from papers.paper import Paper
from papers.repair import Hunk

_WORD = re.compile(r"[(‘“]?[a-z]{2,12}[.,;:)]*")
GAIN = 8.0
"""How much likelier (natural logarithms) a longer word must be than the one printed: `est practice` 12, sound text
below 7."""
MOST_LOST = 6
"""Letters that are looked for; a word that has lost more is not recognised by its end."""


@rule()
def cut_words(paper: Paper) -> Iterator[Hunk]:
    """Ask a person to look at a word in a table that seems to have lost its beginning.

    `est practice` is noted, because `best practice` is what people write; so is `udies`, which is no word but the end
    of one. Nothing is changed: what was lost may have been more than the letters that one thinks of.
    """
    tables = list(record_tables(paper))
    if not tables:
        return
    language = Language.of(cell.text for line in paper.lines for cell in line.cells)
    for table in tables:
        columns = [column for role, column in table.roles.items() if table.profile.columns[role] == "text"]
        for at in table.rows:
            for column in columns:
                cells = paper.lines[at].cells
                found = list(_cut(cells[column].text, language)) if column < len(cells) else []
                if found:
                    yield note(paper, at, "; ".join(found), (column,))


def _cut(text: str, language: Language) -> Iterator[str]:
    context = START
    tokens = text.split()
    for index, token in enumerate(tokens):
        word = token_word(token)
        if _WORD.fullmatch(token) and word and language.own[word] < 2:
            following = token_word(tokens[index + 1]) if index + 1 < len(tokens) else ""
            longer = _longer(context, word, following)
            if longer:
                yield f"`{token}` may have lost its beginning: is it `{longer}`?"
        context = context_after(token, word)


def _longer(context: str, word: str, following: str) -> str | None:
    """The word that a word may be the end of, if that is much likelier between its neighbours."""
    rare = not english.is_word(word, 1.0)
    printed = english.log_word(word) + (math.log(0.25) if rare else 0.0)
    best: tuple[float, str] = (0.0, "")
    for longer in english.ending(word, MOST_LOST):
        onward = (
            english.pair_share(longer, following) / (math.exp(english.log_word(following)) + 1e-12)
            if following
            else 0.0
        )
        ahead = english.pair_share(context, longer) / (math.exp(english.log_word(longer)) + 1e-12)
        evidence = math.log(1 + onward) + math.log(1 + ahead)
        likelier = english.log_word(longer) - printed + evidence
        best = max(best, (likelier, longer))
    if not best[1] or english.pair_share(word, following) or english.pair_share(context, word):
        return None
    return best[1] if best[0] > GAIN else None
