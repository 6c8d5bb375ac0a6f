"""How much memory a process has had, where the system tells it."""

from __future__ import annotations

from pathlib import Path

MEGABYTE = 1_000_000


def peak(process: int | str = "self") -> float | None:
    """The most memory that a process has had at a time, in MB; None if the system, or nobody, knows it.

    `getrusage` won't do: what it says of a new process begins with the memory of the one that started it.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 / MEGABYTE if found else None
