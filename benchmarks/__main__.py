"""`python -m benchmarks` measures and prints a table; `--help` says what can be chosen."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
from pulumi_lumos.emulator.process import EmulatorProcess

from . import budgets, programs
from .engines import STEPS, Failed, Pulumi, Terraform

SKIP = {"PULUMI_SKIP_CHECKPOINTS": "true"}
CALLS_AT_ONCE = 32
Life = dict[str, tuple[float, int]]


@dataclass(frozen=True)
class Row:
    """One step of one engine: seconds, requests to Lumos, and the least time those can take."""

    engine: str
    size: int
    latency_ms: int
    backend: str
    step: str
    seconds: float
    requests: int
    floor_seconds: float


def main() -> int:
    """Measure what the arguments choose."""
    chosen = _arguments()
    rows: list[Row] = []
    for size in chosen.sizes:
        for latency in chosen.latencies:
            for backend in chosen.backends:
                rows += _life_of_each(chosen, size, latency, backend)
                _print(rows, size, latency, backend)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default=[100, 1000], type=_numbers, help="how many permissions")
    parser.add_argument("--latencies", default=[50, 250], type=_numbers, help="milliseconds")
    parser.add_argument(
        "--backends",
        default=["default", "skip-checkpoints"],
        type=lambda text: text.split(","),
        help="how the file backend is used: default, skip-checkpoints",
    )
    parser.add_argument("--repeat", type=int, default=1, help="the median of so many runs")
    parser.add_argument(
        "--terraform-provider", type=Path, help="the folder of the vendor's built provider"
    )
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _life_of_each(
    chosen: argparse.Namespace, size: int, latency: int, backend: str
) -> Iterator[Row]:
    """The engines take turns, so that noise of the machine meets them alike."""
    engines = ["pulumi-lumos", "null provider"]
    if chosen.terraform_provider:
        engines.append("terraform")
    lives: dict[str, list[Life]] = {engine: [] for engine in engines}
    for _ in range(chosen.repeat):
        for engine in engines:
            lives[engine].append(_life(engine, chosen, size, latency, backend))
    for engine, runs in lives.items():
        for step in STEPS:
            seconds = statistics.median(run[step][0] for run in runs)
            requests = runs[0][step][1]
            floor = requests * latency / 1000 / CALLS_AT_ONCE
            yield Row(engine, size, latency, backend, step, seconds, requests, floor)


def _life(engine: str, chosen: argparse.Namespace, size: int, latency: int, backend: str) -> Life:
    token = "lsk_benchmark"
    with (
        tempfile.TemporaryDirectory() as folder,
        EmulatorProcess(latency_ms=latency) as emulator,
        httpx.Client(base_url=emulator.url, headers={"Authorization": f"Bearer {token}"}) as http,
    ):
        lumos = {"LUMOS_ACCESS_TOKEN": token, "LUMOS_SERVER_URL": emulator.url}
        where, skip = Path(folder), SKIP if backend == "skip-checkpoints" else {}
        stack: Pulumi | Terraform
        if engine == "terraform":
            provider = chosen.terraform_provider.resolve()
            stack = Terraform(where, programs.terraform, size, provider, **lumos)
        elif engine == "null provider":
            stack = Pulumi(where, programs.null, size, **skip)
        else:
            stack = Pulumi(where, programs.ours, size, **skip, **lumos)
        return {step: _timed(stack, step, http) for step in STEPS}


def _timed(stack: Pulumi | Terraform, step: str, http: httpx.Client) -> tuple[float, int]:
    http.delete("/_emulator/requests")
    start = time.perf_counter()
    stack.step(step)
    seconds = time.perf_counter() - start
    return seconds, len(http.get("/_emulator/requests", timeout=60).json())


def _print(rows: list[Row], size: int, latency: int, backend: str) -> None:
    these = [r for r in rows if (r.size, r.latency_ms, r.backend) == (size, latency, backend)]
    found = {(row.engine, row.step): row for row in these}
    print(f"\n{size} permissions, {latency} ms latency, {backend} file backend")
    print(
        "| step | seconds | requests | floor s | null s | ratio to null | TF s | TF requests "
        "| ratio to TF | budget |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for step in STEPS:
        ours, null = found["pulumi-lumos", step], found["null provider", step]
        theirs = found.get(("terraform", step))
        to_null = ours.seconds / null.seconds
        to_terraform = ours.seconds / theirs.seconds if theirs else None
        beside = (
            f"{theirs.seconds:.1f} | {theirs.requests} | {to_terraform:.2f}" if theirs else "| | "
        )
        budget = budgets.verdict((size, latency, backend), step, to_null, to_terraform)
        print(
            f"| {step} | {ours.seconds:.1f} | {ours.requests} | {ours.floor_seconds:.1f} "
            f"| {null.seconds:.1f} | {to_null:.2f} | {beside} | {budget} |",
            flush=True,
        )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
