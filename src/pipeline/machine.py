"""How many papers this machine can read at a time."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

WORKER_BYTES = 500_000_000
"""What a process that reads papers may well take; its limit is higher, for the worst of papers."""

_QUOTA, _MEMORY = Path("/sys/fs/cgroup/cpu.max"), Path("/sys/fs/cgroup/memory.max")
_MEMINFO = Path("/proc/meminfo")


def workers() -> int:
    """As many as there are cores for this process, unless the memory that is free is too little for so many."""
    memory = _free_bytes()
    return max(1, min(_cores(), 256, memory // WORKER_BYTES if memory is not None else 256))


def _cores() -> int:
    """The cores that this process may use: those of the machine, less what a container or `taskset` takes away."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(OSError, ValueError):  # no such file, or no quota: `max 100000`
        quota, period = map(int, _QUOTA.read_text().split())
        cores = min(cores, -(-quota // period))
    return cores


def _free_bytes() -> int | None:
    """The memory that is free, or None where the system does not say."""
    found = []
    with suppress(OSError, ValueError):
        found.append(int(_MEMORY.read_text()))
    with suppress(OSError, ValueError):
        lines = dict(line.split(":", 1) for line in _MEMINFO.read_text().splitlines())
        found.append(int(lines["MemAvailable"].split()[0]) * 1024)
    return min(found, default=None)
