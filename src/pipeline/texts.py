"""Small forms of words that several commands print."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 row`, `2,000 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shortened(text: str, longest: int) -> str:
    """A text on one line, cut after so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def near(old: str, new: str, around: int = 60) -> tuple[str, str]:
    """Two texts without what is alike more than `around` characters before and behind what differs.

    >>> near("a" * 100 + "x" + "b" * 100, "a" * 100 + "y" + "b" * 100, around=2)
    ('…aaxbb…', '…aaybb…')
    """
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    first, last = max(0, start - around), max(0, end - around)
    return _part(old, first, last), _part(new, first, last)


def _part(text: str, first: int, last: int) -> str:
    return f"{'…' if first else ''}{text[first : len(text) - last]}{'…' if last else ''}"
