"""What the processes of this machine take, as Linux tells it in /proc."""

from __future__ import annotations

import os
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
ENGINE = "pulumi"


def memory_below_pulumi() -> int:
    """The resident memory of the engines that this process has started, and of their processes."""
    parents = {int(p.name): _stat(p) for p in Path("/proc").iterdir() if p.name.isdigit()}
    engines = (ENGINE, os.getpid())
    found = [pid for pid, process in parents.items() if process == engines]
    for pid in found:
        found += [child for child, (_name, parent) in parents.items() if parent == pid]
    return sum(_resident(pid) for pid in found)


def _stat(process: Path) -> tuple[str, int]:
    """The name and the parent of a process; one that has just ended has none."""
    try:
        before, _, after = (process / "stat").read_text().rpartition(")")
        return before.partition("(")[2], int(after.split()[1])
    except OSError:
        return "", 0


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def cpu_seconds_of(pid: int) -> float:
    """What the processors have worked for a process so far."""
    after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    # utime and stime are the fields 14 and 15 of proc(5); the name is the second.
    return sum(map(int, after_the_name[11:13])) / TICKS_A_SECOND
