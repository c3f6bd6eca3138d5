"""A large tenant, split over stacks that one process runs side by side.

The stacks are local programs under Pulumi's Automation API. They share one folder as their backend,
as the stacks of a team do, and one Lumos.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from pulumi import automation
from pulumi_lumos.emulator.process import EmulatorProcess

from . import processes, programs
from .engines import Failed, project
from .lives import SKIP, TOKEN, cpu_seconds, lumos_settings

CALLS_AT_ONCE = 8
"""For each stack; ten of them ask Lumos 80 things at once."""
PERMISSIONS = "/appstore/requestable_permissions"
LOOK_EVERY_SECONDS = 0.2

Stacks = Sequence[automation.Stack]


@dataclass(frozen=True)
class Large:
    """One step of all stacks: `peak_bytes` is the memory of their processes at its highest."""

    step: str
    seconds: float
    cpu_seconds: float
    requests: int
    peak_bytes: int
    permissions: int


STEPS: dict[str, Callable[[automation.Stack], object]] = {
    "first preview": lambda stack: stack.preview(parallel=CALLS_AT_ONCE),
    "create": lambda stack: stack.up(parallel=CALLS_AT_ONCE),
    "no-op preview": lambda stack: stack.preview(expect_no_changes=True, parallel=CALLS_AT_ONCE),
    "refresh": lambda stack: stack.refresh(parallel=CALLS_AT_ONCE),
    "destroy": lambda stack: stack.destroy(parallel=CALLS_AT_ONCE),
}


def measure(size: int, stacks: int, latency_ms: int) -> list[Large]:
    """Every step with `size` permissions; raises Failed where one is doubled or missing."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmulatorProcess(latency_ms=latency_ms) as emulator,
        httpx.Client(base_url=emulator.url, headers={"Authorization": f"Bearer {TOKEN}"}) as http,
        ThreadPoolExecutor(stacks) as side_by_side,
    ):
        made = _stacks(Path(folder), emulator.url, size, stacks)
        found = []
        for step, carry_out in STEPS.items():
            found.append(_measured(step, side_by_side, carry_out, made, http))
            _check(step, _labels(http), size)
        return found


def _stacks(folder: Path, url: str, size: int, stacks: int) -> Stacks:
    backend = folder / "backend"
    backend.mkdir()
    settings = {
        **lumos_settings(url),
        **SKIP,
        "PULUMI_BACKEND_URL": backend.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "of a benchmark",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    made = []
    for number in range(stacks):
        share = size // stacks + (number < size % stacks)
        program = folder / f"stack-{number}"
        program.mkdir()
        (program / "Pulumi.yaml").write_text(project("large"))
        text = programs.ours(share, False, prefix=f"{number}-")
        (program / "__main__.py").write_text(text)
        options = automation.LocalWorkspaceOptions(env_vars=settings)
        name = f"part-{number}"
        made.append(automation.create_stack(name, work_dir=str(program), opts=options))
    return made


def _measured(
    step: str,
    side_by_side: ThreadPoolExecutor,
    carry_out: Callable[[automation.Stack], object],
    stacks: Stacks,
    http: httpx.Client,
) -> Large:
    http.delete("/_emulator/requests")
    start, cpu_start = time.perf_counter(), cpu_seconds()
    with _peak() as peak:
        try:
            list(side_by_side.map(carry_out, stacks))
        except automation.CommandError as error:
            raise Failed(f"{step}: {str(error)[-2000:]}") from None
    seconds = time.perf_counter() - start
    requests = len(http.get("/_emulator/requests", timeout=300).json())
    there = len(_labels(http))
    return Large(step, seconds, cpu_seconds() - cpu_start, requests, peak[0], there)


@contextmanager
def _peak() -> Iterator[list[int]]:
    """The most memory that the commands and all that they start take while the block lasts."""
    highest, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(LOOK_EVERY_SECONDS):
            highest[0] = max(highest[0], processes.memory_below_pulumi())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield highest
    finally:
        over.set()
        watching.join()


def _labels(http: httpx.Client) -> list[str]:
    """The labels of the permissions that the stacks have made."""
    state = http.get("/_emulator/state", timeout=300).json()
    return [one["label"] for one in state["permissions"].values() if "Permission " in one["label"]]


def _check(step: str, labels: list[str], size: int) -> None:
    doubled = [label for label, times in Counter(labels).items() if times > 1]
    expected = 0 if step in ("first preview", "destroy") else size
    if doubled or len(labels) != expected:
        raise Failed(f"{step}: {len(labels)} permissions instead of {expected}, twice: {doubled}")
