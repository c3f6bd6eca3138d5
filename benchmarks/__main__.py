"""`python -m benchmarks` measures and prints tables; `--help` says what can be chosen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import budgets, exporting, importing, large, lives, pacing, reporting, tables
from .budgets import Work
from .engines import Failed
from .lives import ENGINES, NULL, OURS, TERRAFORM

BACKENDS = ("default", "skip-checkpoints")


Raw = list[dict[str, Any]]


def main() -> int:
    """Measure what the arguments choose."""
    chosen = _arguments()
    raw: Raw = []
    for part, measure in MEASURES.items():
        if part in chosen.parts:
            raw += measure(chosen)
    if chosen.json:
        chosen.json.write_text(json.dumps(raw, indent=1))
    return 0


def _import(_chosen: argparse.Namespace) -> Raw:
    print(tables.of_the_start(importing.measure(), importing.measure_provider()), flush=True)
    return []


def _pace(chosen: argparse.Namespace) -> Raw:
    for size in chosen.sizes or [100, 1000]:
        print(tables.of_the_pace(pacing.measure(chosen.repeat or 1, size)), flush=True)
    return []


def _report(chosen: argparse.Namespace) -> Raw:
    reports = [reporting.measure(ms) for ms in chosen.latencies or [budgets.LATENCY_MS, 250]]
    print(tables.of_reports([*reports, reporting.measure_pace()]), flush=True)
    return []


def _large(chosen: argparse.Namespace) -> Raw:
    steps = large.measure(chosen.large_size, chosen.stacks, budgets.LATENCY_MS)
    print(tables.of_many_stacks(OURS, chosen.large_size, chosen.stacks, steps), flush=True)
    return [asdict(step) for step in steps]


def _export(chosen: argparse.Namespace) -> Raw:
    steps = exporting.measure(chosen.apps, budgets.LATENCY_MS)
    print(tables.of_an_export(chosen.apps, steps), flush=True)
    return [asdict(step) for step in steps]


def _lives(chosen: argparse.Namespace) -> Raw:
    raw: Raw = []
    for work, repeat in _works(chosen).items():
        engines = [engine for engine in chosen.engines if _is_measured(engine, work, chosen)]
        rows = lives.measure(work, engines, chosen.terraform_provider, repeat)
        print(tables.of_a_life(work, rows), flush=True)
        raw += [{**asdict(row), "work": row.work._asdict()} for row in rows]
    return raw


MEASURES: dict[str, Callable[[argparse.Namespace], Raw]] = {
    "import": _import,
    "pace": _pace,
    "report": _report,
    "large": _large,
    "export": _export,
    "lives": _lives,
}
PARTS = tuple(MEASURES)
BY_DEFAULT = ["import", "pace", "report", "lives"]
"""The others run only when they are named."""


def _works(chosen: argparse.Namespace) -> dict[Work, int]:
    """What is measured how often: what is asked for, else whatever has a budget."""
    if not (chosen.sizes or chosen.latencies or chosen.backends):
        return {work: chosen.repeat or times for work, times in budgets.PROMISED.items()}
    return {
        Work(size, latency, backend): chosen.repeat or 1
        for size in chosen.sizes or [100, 1000]
        for latency in chosen.latencies or [budgets.LATENCY_MS]
        for backend in chosen.backends or BACKENDS
    }


def _is_measured(engine: str, work: Work, chosen: argparse.Namespace) -> bool:
    """Whether an engine runs: Terraform takes minutes, so not where it would tell nothing new."""
    if engine != TERRAFORM:
        return True
    return bool(chosen.terraform_provider) and work != budgets.LARGE_BY_DEFAULT


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measures whatever has a budget, or what --sizes, --latencies and --backends "
        "choose.",
    )
    of = ", ".join
    option = parser.add_argument
    option("--parts", type=_words(PARTS), default=BY_DEFAULT, help=f"what to measure: {of(PARTS)}")
    option(
        "--engines",
        type=_words(ENGINES),
        default=[OURS, NULL, TERRAFORM],
        help=f"with what: {of(ENGINES)}; the first and null are always needed",
    )
    option("--sizes", type=_numbers, help="how many permissions")
    option("--latencies", type=_numbers, help="milliseconds")
    option(
        "--backends", type=_words(BACKENDS), help=f"how the file backend is used: {of(BACKENDS)}"
    )
    option("--repeat", type=int, help="the median of so many runs")
    option("--large-size", type=int, default=10_000, help="permissions of the part large")
    option("--stacks", type=int, default=10, help="stacks side by side in the part large")
    option("--apps", type=int, default=62, help="apps of the part export, 32 resources each")
    option("--terraform-provider", type=Path, help="the folder of the vendor's built provider")
    option("--json", type=Path, help="also write the times of all runs to this file")
    chosen = parser.parse_args()
    chosen.engines = [e for e in ENGINES if e in (OURS, NULL, *chosen.engines)]
    return chosen


def _words(allowed: Sequence[str]) -> Callable[[str], list[str]]:
    def words(text: str) -> list[str]:
        given = text.split(",")
        if unknown := set(given) - set(allowed):
            raise argparse.ArgumentTypeError(f"{min(unknown)} is not one of {', '.join(allowed)}")
        return given

    return words


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
