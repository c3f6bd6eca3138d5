"""How well a run keeps to the rate limit of Lumos."""

from __future__ import annotations

import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pulumi_lumos.emulator.process import EmulatorProcess

from . import programs
from .engines import Pulumi
from .lives import SKIP, TOKEN, lumos_settings

REQUESTS_PER_SECOND = 10
LOOK_EVERY_SECONDS = 0.1


@dataclass
class Pace:
    """A create of `size` permissions where Lumos takes REQUESTS_PER_SECOND and refuses the rest.

    `asking_seconds` of the command's `seconds` went by between its first request and its last.
    """

    size: int
    seconds: float
    asking_seconds: float
    requests: int
    refused: int

    @property
    def to_the_limit(self) -> float:
        """The time of the whole command, as a ratio to what the limit asks of the creates."""
        return self.seconds / (self.size / REQUESTS_PER_SECOND)

    @property
    def asking_to_the_limit(self) -> float:
        """The same without the start of the processes and their end."""
        return self.asking_seconds / (self.size / REQUESTS_PER_SECOND)

    @property
    def refused_share(self) -> float:
        """How many of all requests Lumos answered with 429."""
        return self.refused / self.requests


def measure(repeat: int, size: int) -> Pace:
    """The run in the middle of `repeat`, by its time."""
    runs = [_create(size) for _ in range(repeat)]
    middle = statistics.median_low(run.seconds for run in runs)
    return next(run for run in runs if run.seconds == middle)


def _create(size: int) -> Pace:
    limit = {"rate_limit_per_second": REQUESTS_PER_SECOND}
    with (
        tempfile.TemporaryDirectory() as folder,
        EmulatorProcess(switches=limit) as emulator,
        httpx.Client(base_url=emulator.url, headers={"Authorization": f"Bearer {TOKEN}"}) as http,
        ThreadPoolExecutor(1) as aside,
    ):
        # The file backend takes longer to write a large state than Lumos's limit leaves.
        settings = {**lumos_settings(emulator.url), **SKIP}
        stack = Pulumi(Path(folder), programs.ours, size, **settings)
        start = time.perf_counter()
        command = aside.submit(stack.step, "create")
        seen: dict[int, float] = {}
        while not command.done():
            seen.setdefault(len(_requests(http)), time.perf_counter())
            time.sleep(LOOK_EVERY_SECONDS)
        command.result()
        seconds = time.perf_counter() - start
        requests = _requests(http)
    asking = max(seen.values()) - min(when for number, when in seen.items() if number)
    refused = sum(request["status"] == 429 for request in requests)
    return Pace(size, seconds, asking, len(requests), refused)


def _requests(http: httpx.Client) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = http.get("/_emulator/requests", timeout=60).json()
    return requests
