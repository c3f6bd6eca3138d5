"""The life of many permissions, measured side by side with every engine."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from pulumi_lumos.emulator.process import EmulatorProcess

from . import programs
from .budgets import Work
from .engines import STEPS, Packaged, PackagedNull, Pulumi, Terraform

OURS, PACKAGED, NULL, TERRAFORM = "dynamic", "packaged", "null", "terraform"
PACKAGED_NULL = "packaged-null"
ENGINES = (OURS, PACKAGED, PACKAGED_NULL, NULL, TERRAFORM)
"""The two providers of this package, one of each sort that does nothing, and the vendor's."""
TOKEN = "lsk_benchmark"
SKIP = {"PULUMI_SKIP_CHECKPOINTS": "true"}
CALLS_AT_ONCE = 32


@dataclass
class Row:
    """One step of one engine: the seconds of each repetition, and its requests to Lumos.

    `cpu_seconds` is what the processors worked for it, which a busy machine changes least.
    `state_bytes` is the size of the state after the step.
    """

    engine: str
    work: Work
    step: str
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    requests: int = 0
    state_bytes: int = 0

    @property
    def median(self) -> float:
        """The seconds of the repetition in the middle."""
        return statistics.median(self.seconds)

    @property
    def median_cpu(self) -> float:
        """The processor's seconds of the repetition in the middle."""
        return statistics.median(self.cpu_seconds)

    @property
    def floor(self) -> float:
        """The least seconds that the requests can take."""
        return self.requests * self.work.latency_ms / 1000 / CALLS_AT_ONCE

    def ratio(self, other: Row) -> float:
        """How many times as long as `other` this took, in the middle of the repetitions.

        Each repetition is compared with the one that ran beside it, so that a machine that is
        slower for a while slows both sides of a ratio.
        """
        return _ratio(self.seconds, other.seconds)

    def cpu_ratio(self, other: Row) -> float:
        """How many times as much as for `other` the processors worked."""
        return _ratio(self.cpu_seconds, other.cpu_seconds)


def _ratio(mine: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(mine, theirs, strict=True))


def measure(work: Work, engines: Sequence[str], provider: Path | None, repeat: int) -> list[Row]:
    """Every step with every engine; within a step the engines take turns."""
    rows = {(engine, step): Row(engine, work, step) for engine in engines for step in STEPS}
    for _ in range(repeat):
        with ExitStack() as opened:
            stacks = {e: opened.enter_context(_stack(e, work, provider)) for e in engines}
            for step in STEPS:
                for engine, (stack, http) in stacks.items():
                    _carry_out(stack, step, http, rows[engine, step])
    return list(rows.values())


@contextmanager
def _stack(
    engine: str, work: Work, provider: Path | None
) -> Iterator[tuple[Pulumi | Terraform, httpx.Client]]:
    """A stack of an engine with an emulator of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmulatorProcess(latency_ms=work.latency_ms) as emulator,
        httpx.Client(base_url=emulator.url, headers={"Authorization": f"Bearer {TOKEN}"}) as http,
    ):
        where, lumos = Path(folder), lumos_settings(emulator.url)
        skip = SKIP if work.backend == "skip-checkpoints" else {}
        if engine == TERRAFORM:
            assert provider is not None
            stack: Pulumi | Terraform = Terraform(
                where, programs.terraform, work.size, provider.resolve(), **lumos
            )
        elif engine in (PACKAGED, PACKAGED_NULL):
            host = Packaged if engine == PACKAGED else PackagedNull
            stack = host(where, programs.ours, work.size, **skip, **lumos)
        else:
            program = programs.ours if engine == OURS else programs.null
            stack = Pulumi(where, program, work.size, **skip, **lumos)
        yield stack, http


def lumos_settings(url: str) -> dict[str, str]:
    """The environment of a program that talks to the emulator at `url`."""
    return {"LUMOS_ACCESS_TOKEN": TOKEN, "LUMOS_SERVER_URL": url}


def _carry_out(stack: Pulumi | Terraform, step: str, http: httpx.Client, row: Row) -> None:
    http.delete("/_emulator/requests")
    start, cpu_start = time.perf_counter(), cpu_seconds()
    stack.step(step)
    row.seconds.append(time.perf_counter() - start)
    row.cpu_seconds.append(cpu_seconds() - cpu_start)
    row.requests = len(http.get("/_emulator/requests", timeout=60).json())
    row.state_bytes = stack.state.stat().st_size


def cpu_seconds() -> float:
    """What all commands that have ended took; the emulators still run."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
