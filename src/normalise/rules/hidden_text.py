"""Text that a file holds and nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from normalise.engine import rule
from papers.paper import Paper
from papers.repair import Hunk

_WHY = (
    "text that the file holds and nobody sees: it is hidden, drawn white on white, cut off, beside the page, "
    "or a text layer that does not say what is printed"
)


@rule("loses ink")
def hidden_text(paper: Paper) -> Iterator[Hunk]:
    """Take away the text that nobody sees when the file is shown or printed.

    It may also be a text layer that does not say what is printed; then the paper is `partial`. The extractor says which
    lines are hidden; this rule only lets them go, and so puts them into the log. It must not judge by itself: small,
    pale or overprinted text that can be seen is the paper's.
    """
    for is_hidden, group in groupby(enumerate(paper.lines), key=lambda pair: pair[1].kind == "hidden"):
        if is_hidden:
            pairs = list(group)
            yield Hunk(pairs[0][0], tuple(line for _, line in pairs), (), _WHY)
