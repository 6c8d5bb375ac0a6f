"""Words that have lost their beginning, their end or the space between them: noted, never completed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalise import english
from normalise.engine import retext, rule
from normalise.grids import loose_tables
from normalise.rules.words import PARTICLES
from normalise.split.halves import left_part_of
from normalise.split.language import SHORT, START, Language, context_after, token_word
from papers.paper import Paper
from papers.repair import GAP, Hunk, Mark

_WORD = re.compile(r"[(‘“]?[a-z]{2,12}[.,;:)]*")
_SCRAP = re.compile(r"[).-]?[a-z]{1,5}")
_LETTERS = re.compile(r"[a-z]+")
GAIN = 8.0
"""How much likelier (natural logarithms) a longer word must be than the one printed: `est practice` 12, sound text
below 7."""
RARE, UNKNOWN, UNUSUAL, COMMON = 0.02, 0.05, 0.5, 2.0
"""Uses in a million words: a word that is rarer is as good as no word where a longer one is likely; anywhere; where the
longer one is known to go with its neighbour (`the guage reserve`). Words that are commoner may have run together."""
USUAL = 20.0
"""Uses in a million words: what is rarer and opens a cell in small letters before a capital is rather a line's end."""
MOST_USES = 4
"""Of how many uses of a word one must lead to the same next word, for that to be expected there."""
ABBREVIATIONS = frozenset("cf cm dr eg ft ie kg km mm mr ms nb nd ok pm rd re th un vs".split())
"""Short words that are sound in a table."""
MOST_LOST = 6
"""Letters that are looked for; a word that has lost more is not recognised by its end."""


@dataclass(frozen=True, slots=True)
class _Finding:
    """A word that seems to have lost a part: where it stands, what one may think of it, and how it reads with a gap."""

    start: int
    end: int
    why: str
    marked: str = ""


@rule("adds signs", last=True)
def cut_words(paper: Paper) -> Iterator[Hunk]:
    """Mark a word in a table that has lost its beginning or its end, and ask a person to look at it.

    `udies` and `separat` are no words but parts of one: they become `[…]udies` and `separat[…]`. What is lost is
    never supplied: it may have been more than the letters that one thinks of. `est practice`, where `best practice` is
    what people write, and `supplierrecords`, which is two words together, are noted only; so are a few small letters
    before the capital that opens a cell (`eb Baseline report`), which may come from the cell on its left, one or two
    letters that are no word (`survivors of ab`), and a word whose last letter may be the left part of another one
    (`advisc`). A slip of spelling is left alone.
    """
    tables = list(loose_tables(paper))
    if not tables:
        return
    language = Language.of(cell.text for line in paper.lines for cell in line.cells)
    for table in tables:
        columns = [column for role, column in table.roles.items() if table.profile.columns[role] == "text"]
        for at in table.rows:
            cells = paper.lines[at].cells
            found = {c: list(_findings(cells[c].text, language)) for c in columns if c < len(cells)}
            yield from _hunks(paper, at, {column: findings for column, findings in found.items() if findings})


def _hunks(paper: Paper, at: int, found: Mapping[int, Sequence[_Finding]]) -> Iterator[Hunk]:
    if not found:
        return
    line = paper.lines[at]
    texts = [cell.text for cell in line.cells]
    for column, findings in found.items():
        for finding in reversed([finding for finding in findings if finding.marked]):
            texts[column] = texts[column][: finding.start] + finding.marked + texts[column][finding.end :]
    why = "; ".join(finding.why for findings in found.values() for finding in findings)
    doubted = tuple(Mark(0, column) for column in found)
    yield Hunk(at, (line,), (retext(line, texts),), why, doubted)


def _findings(text: str, language: Language) -> Iterator[_Finding]:
    context = START
    tokens = list(re.finditer(r"\S+", text))
    for index, match in enumerate(tokens):
        token, word = match[0], token_word(match[0])
        where = match.span()
        if index == 0 and _is_scrap(token) and (len(tokens) == 1 or tokens[1][0][0].isupper()):
            yield _Finding(*where, f"`{token}` may be the end of a line of the cell on the left")
            continue
        following = token_word(tokens[index + 1][0]) if index + 1 < len(tokens) else ""
        if word and language.own[word] < 2 and (odd := _oddity(token, context, following)):
            yield _Finding(*where, *odd)
        if language.own[word] == 1 and (longer := _printed(context, word, language)):
            yield _Finding(
                *where, f"`{token}` may have lost its end: the paper says `{longer}` elsewhere behind `{context}`"
            )
        if language.own[word] < 2 and (parts := _two(token.strip("(‘“.,;:)"))):
            yield _Finding(*where, f"`{token}` may be `{' '.join(parts)}`, without the space between")
        context = context_after(token, word)


def _oddity(token: str, context: str, following: str) -> tuple[str, str] | None:
    """What is odd about a word that the paper does not use elsewhere, and how it reads with a gap if it has one."""
    word = token_word(token)
    is_plain = bool(_WORD.fullmatch(token))
    if is_plain and (longer := _longer(context, word, following)):
        limit = UNUSUAL if _is_attested(context, longer, following) else RARE
        marked = "" if english.is_word(word, limit) else _LETTERS.sub(f"{GAP}\\g<0>", token)
        return f"`{token}` may have lost its beginning: is it `{longer}`?", marked
    if not word.isalpha() or not token[0].isalpha():
        return None
    if len(word) < 3:
        # `b.` and `b)` count items.
        is_odd = token[0].islower() and token.rstrip(",;:").isalpha() and word not in SHORT | ABBREVIATIONS
        return (f"`{token}` is no word; it may be what is left of one", "") if is_odd else None
    if english.is_word(word, UNKNOWN) or not (token[0].islower() or token[1].islower()):
        return None
    if english.is_beginning(word):
        marked = _LETTERS.sub(f"\\g<0>{GAP}", token) if is_plain else ""
        return f"`{token}` is no word but the beginning of one", marked
    if is_plain and any(english.is_word(word[:-1] + letter, COMMON) for letter in left_part_of(word[-1])):
        return f"`{token}` is no word; its last letter may be part of another one", ""
    return None


def _is_attested(context: str, word: str, following: str) -> bool:
    """Whether general English knows a word beside one of its neighbours."""
    return bool(english.pair_share(context, word) or english.pair_share(word, following))


def _printed(context: str, word: str, language: Language) -> str:
    """The one longer word that the paper prints elsewhere behind the same word, if it is what usually follows there."""
    if context == START:
        return ""
    longer = [other for other in language.beginning(word) if other != word and language.pairs[context, other]]
    if len(longer) != 1 or language.own[context] > MOST_USES * language.pairs[context, longer[0]]:
        return ""
    return longer[0] if longer[0].removesuffix("s") != word else ""


def _is_scrap(token: str) -> bool:
    """Whether a few small letters are no common word; a letter by itself is none."""
    return bool(_SCRAP.fullmatch(token)) and (len(token) == 1 or not english.is_word(token.strip(").-"), USUAL))


def _two(token: str) -> tuple[str, str] | None:
    """The two common words that an unknown one may be made of, the most even ones; None if it isn't."""
    word = token.casefold()
    if len(word) < 6 or not word.isalpha() or token.isupper() or english.is_word(word, RARE):
        return None
    cuts = sorted(range(2, len(word) - 1), key=lambda cut: abs(2 * cut - len(word)))
    for cut in cuts:
        first, second = word[:cut], word[cut:]
        short = min(first, second, key=len)
        if (
            english.is_word(first, COMMON)
            and english.is_word(second, COMMON)
            and (len(short) > 3 or short in PARTICLES)
        ):
            return token[:cut], token[cut:]
    return None


def _longer(context: str, word: str, following: str) -> str | None:
    """The word that a word may be the end of, if that is much likelier between its neighbours."""
    if english.pair_share(word, following) or english.pair_share(context, word):
        return None
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
    return best[1] if best[0] > GAIN else None
