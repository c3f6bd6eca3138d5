"""How long `pulumi-lumos report` takes for a large company, and how much memory."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pulumi_lumos.emulator.process import EmulatorProcess

from .large_company import Size, write_seed
from .lives import TOKEN, lumos_settings
from .pacing import REQUESTS_PER_SECOND

SMALL = Size(apps=300, permissions=10, groups=40, rules=20, policies=3)


@dataclass
class Reported:
    """One report: its time, the most memory it had, and its requests.

    `latency_ms` is None where Lumos has a limit instead.
    """

    name: str
    latency_ms: int | None
    size: Size
    seconds: float
    cpu_seconds: float
    megabytes: float
    requests: int
    refused: int

    @property
    def of_the_pace(self) -> float:
        """What share of the requests that Lumos allows in the time were made."""
        return self.requests / (self.seconds * REQUESTS_PER_SECOND)


def measure(latency_ms: int, size: Size | None = None) -> Reported:
    """A report where each answer takes so long, without a limit."""
    return _report(f"{latency_ms} ms", latency_ms, size or Size(), {"latency_ms": latency_ms})


def measure_pace(size: Size | None = None) -> Reported:
    """A report where Lumos takes REQUESTS_PER_SECOND and refuses the rest."""
    limit = {"rate_limit_per_second": REQUESTS_PER_SECOND}
    return _report(f"{REQUESTS_PER_SECOND} requests/s", None, size or SMALL, limit)


def _report(name: str, latency_ms: int | None, size: Size, switches: dict[str, Any]) -> Reported:
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder, "seed.json")
        write_seed(seed, size)
        with EmulatorProcess(seed=seed, switches=switches) as emulator:
            seconds, cpu, megabytes = _run(
                lumos_settings(emulator.url), Path(folder, "report.json")
            )
            headers = {"Authorization": f"Bearer {TOKEN}"}
            with httpx.Client(base_url=emulator.url, headers=headers, trust_env=False) as http:
                requests = http.get("/_emulator/requests", timeout=60).json()
    refused = sum(request["status"] == 429 for request in requests)
    return Reported(name, latency_ms, size, seconds, cpu, megabytes, len(requests), refused)


def _run(settings: dict[str, str], out: Path) -> tuple[float, float, float]:
    """The seconds of the command, those of the processor, and the most megabytes that it had."""
    command = [sys.executable, "-m", "pulumi_lumos.cli", "report", "--json", "--out", str(out)]
    start = time.perf_counter()
    pid = os.posix_spawn(sys.executable, command, {**os.environ, **settings})
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise RuntimeError(f"The report ended with {os.waitstatus_to_exitcode(status)}.")
    # Linux counts kilobytes, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1_000_000
