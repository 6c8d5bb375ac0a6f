"""Texts that a regular expression of the program takes too long over: `python fuzz/patterns.py`.

A pattern that can read a text in many ways may try them all before it gives up: a line of fifty dashes then takes
seconds, one of sixty a day. For every pattern, texts are made of what it repeats, over and over, with a start that
fits and an end that does not.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from random import Random
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import extract
import normalise
import papers
import pipeline
import publish

LENGTH = 400
"""Characters of a text. What takes time with their square is done in a moment; with their cube, it is not."""
MOST = 0.1
"""Seconds that a pattern may take over a text."""
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_LIKE = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}
_OTHERS = "ax1 .-<|é"

Pattern = re.Pattern[str] | re.Pattern[bytes]


def slow_patterns() -> list[str]:
    """The patterns that take too long: where each stands, and over which text."""
    found = []
    for name, pattern in sorted(_patterns().items()):
        for text in _texts(pattern, Random(0)):
            if any(_takes_long(pattern, how, text) for how in ("match", "fullmatch")):
                found.append(f"{name}: {text[:60]!r}")
                break
    return found


def _patterns() -> dict[str, Pattern]:
    """Every pattern that a module of the program holds, by its name."""
    found: dict[str, Pattern] = {}
    for package in (papers, extract, normalise, publish, pipeline):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            try:
                held = vars(importlib.import_module(module.name))
            except ImportError:  # what needs an extra that is not installed
                continue
            for name, value in held.items():
                for number, pattern in enumerate(_within(value)):
                    found.setdefault(f"{module.name}.{name} {number}", pattern)
    return found


def _within(value: object) -> Iterator[Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _within(each)


def _texts(pattern: Pattern, random: Random) -> Iterator[Any]:
    """Texts of what the pattern repeats."""
    source = pattern.pattern
    flags = pattern.flags if isinstance(source, str) else pattern.flags & ~re.UNICODE
    tree = parser.parse(source, flags)
    starts = ["", *(_sample(tree, random) for _ in range(2))]
    pumps = {part for _ in range(4) for part in _repeated(tree, random)}
    pumps |= {one + other for one in sorted(pumps)[:4] for other in sorted(pumps)[:4]}
    for start in dict.fromkeys([*starts, *(start[: len(start) // 2] for start in starts)]):
        for pump in sorted(filter(None, pumps)):
            text = start + pump * (LENGTH // len(pump)) + "\x00"
            yield text if isinstance(source, str) else text.encode("latin-1", "replace")


def _repeated(tree: Sequence[Any], random: Random) -> Iterator[str]:
    for code, value in tree:
        if code in _REPEATS:
            if value[1] > 20:
                yield _sample(value[2], random)
                yield _sample(value[2], random) + _sample(value[2], random)
            yield from _repeated(value[2], random)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, random)
        elif code is codes.SUBPATTERN:
            yield from _repeated(value[3], random)


def _sample(tree: Sequence[Any], random: Random) -> str:
    """A text that fits a pattern, as far as single characters can tell."""
    return "".join(_part(code, value, random) for code, value in tree)


def _part(code: Any, value: Any, random: Random) -> str:
    if code is codes.LITERAL:
        return chr(value)
    if code in (codes.ANY, codes.NOT_LITERAL):
        return random.choice(_OTHERS)
    if code is codes.IN:
        chars = [_member(kind, member, random) for kind, member in value if kind is not codes.NEGATE]
        return random.choice([c for c in _OTHERS if c not in chars] if value[0][0] is codes.NEGATE else chars)
    if code is codes.BRANCH:
        return _sample(random.choice(value[1]), random)
    if code is codes.SUBPATTERN:
        return _sample(value[3], random)
    if code in _REPEATS:
        least, most, inner = value
        return "".join(_sample(inner, random) for _ in range(random.choice((least, min(most, least + 2)))))
    return ""


def _member(kind: Any, value: Any, random: Random) -> str:
    if kind is codes.LITERAL:
        return chr(value)
    return chr(random.randint(*value)) if kind is codes.RANGE else _LIKE.get(value, ".")


def _takes_long(pattern: Pattern, how: str, text: Any) -> bool:
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, MOST)
    start = time.process_time()
    try:
        getattr(pattern, how)(text)
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return time.process_time() - start > MOST


def _stop(_: int, __: FrameType | None) -> None:
    raise TimeoutError


if __name__ == "__main__":
    slow = slow_patterns()
    print("\n".join(slow) or "no pattern takes long")
    sys.exit(bool(slow))
