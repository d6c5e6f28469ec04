"""The processes of a program as Linux tells of them: when it began, its family, their memory and processor time."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")


def started_s() -> float:
    """Return when this process began, on the monotonic clock; Linux."""
    fields = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return time.monotonic() - (uptime - int(fields[19]) / TICKS)


def family() -> list[int]:
    """Return this process and its descendants."""
    found, waiting = [], [os.getpid()]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def pss_mb() -> dict[str, float]:
    """Return the proportional set size of each process of the family, MB of 10^6, and their sum."""
    sizes: dict[str, float] = {}
    for pid in family():
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            continue
        sizes[f"{name} {pid}"] = round(int(text.split("Pss:")[1].split()[0]) * 1024 / 1e6, 1)
    return sizes | {"sum": round(sum(sizes.values()), 1)}


def cpu_s() -> float:
    """Return the processor time of the family so far, seconds."""
    total = 0
    for pid in family():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS
