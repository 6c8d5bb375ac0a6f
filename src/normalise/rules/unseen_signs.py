"""Characters that have no shape of their own: they stand in a file and nobody sees them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from normalise.engine import edit, note, retext, rule
from papers.paper import Paper
from papers.repair import Hunk

_SIGN = re.compile("[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""The characters that Unicode calls format characters and browsers show as nothing (DerivedCoreProperties.txt,
Default_Ignorable_Code_Point), but for those that change the shape of what stands before them."""
_ONLY_WHERE_OTHERS = re.compile("[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u206f]")
"""Of these, the ones that join letters or turn the direction of a text; other scripts need them."""
_OTHER_SCRIPT = re.compile("[\u0590-\u180d\u180f-\u1fff\u2e80-\ufefe\uff00-\U000dffff]")
_TURNS = re.compile("[\u202b\u202e\u2067]")
_SOFT = "\xad"
_PARTS_A_WORD = re.compile(rf"(?<=[^\W\d_]){_SOFT}\s*(?=[^\W\d_])")

_TURNED = "signs that turn the direction of the text: it is stored in another order than it is shown"
_PERHAPS_A_DASH = "a soft hyphen where no word is parted: perhaps it stands for a dash or minus"


@rule("loses ink")
def unseen_signs(paper: Paper) -> Iterator[Hunk]:
    """Take away characters that nobody sees: `£1,000` with a mark of direction before it is `£1,000`.

    These are soft hyphens within a word, with the line end behind them, spaces of no width, marks of byte order and of
    direction. What joins letters or turns a text stays in a cell that holds another script than Latin, Greek or
    Cyrillic. A text that is turned from right to left without one, and a soft hyphen beside a figure, which may stand
    for a dash or minus, are left as they are for a person.
    """
    for at, line in enumerate(paper.lines):
        texts = [cell.text for cell in line.cells]
        marked = [i for i, text in enumerate(texts) if not text.isascii() and _SIGN.search(text)]
        if not marked:
            continue
        seen = [_seen(text) if i in marked else text for i, text in enumerate(texts)]
        if seen != texts:
            yield edit(paper, at, retext(line, seen), _gone(texts, seen))
            continue
        if turned := [i for i in marked if _TURNS.search(texts[i]) and not _OTHER_SCRIPT.search(texts[i])]:
            yield note(paper, at, _TURNED, turned)
        if soft := [i for i in marked if _SOFT in texts[i]]:
            yield note(paper, at, _PERHAPS_A_DASH, soft)


def _seen(text: str) -> str:
    whole = _PARTS_A_WORD.sub("", text)
    keeps = _OTHER_SCRIPT.search(text) or _TURNS.search(text)
    return _SIGN.sub(lambda sign: sign[0] if sign[0] == _SOFT or (keeps and _is_needed(sign[0])) else "", whole)


def _gone(before: Sequence[str], after: Sequence[str]) -> str:
    """Name the signs that were taken away: they can't be seen in the log either."""
    gone = Counter(_SIGN.findall("".join(before))) - Counter(_SIGN.findall("".join(after)))
    names = (f"{count} × {_name(sign)} (U+{ord(sign):04X})" for sign, count in sorted(gone.items()))
    return f"signs that nobody sees: {', '.join(names)}"


def _name(sign: str) -> str:
    return unicodedata.name(sign, "no name").lower()


def _is_needed(sign: str) -> bool:
    return _ONLY_WHERE_OTHERS.match(sign) is not None
