"""How likely a word is behind two others in general English."""

from __future__ import annotations

import functools
import math
from importlib import resources
from typing import Any

_LOG_BASE = math.log(1.0001)
"""The model counts in logarithms to this base."""
_UNKNOWN = -536870912


@functools.cache
def _model() -> Any:
    from pocketsphinx import NGramModel  # type: ignore[import-untyped]

    return NGramModel.readfile(str(resources.files("pocketsphinx") / "model" / "en-us" / "en-us.lm.bin"))


def log_triple(first: str, second: str, word: str) -> float | None:
    """Log probability of a word behind two others, each of which may be empty; None for a word that is not listed."""
    if not (word.isascii() and word.isprintable()):
        return None
    words = [word, second, first] if first and second else [word, second] if second else [word]
    found: int = _model().prob(words)
    return found * _LOG_BASE if found > _UNKNOWN else None
