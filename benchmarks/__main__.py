"""`python -m benchmarks` measures and prints tables; `--help` says what can be chosen."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import importing, lives, pacing, tables
from .engines import Failed
from .lives import NULL, OURS, TERRAFORM, Work


def main() -> int:
    """Measure what the arguments choose."""
    chosen = _arguments()
    raw: list[dict[str, Any]] = []
    if "import" in chosen.parts:
        print(tables.of_the_start(importing.measure()), flush=True)
    if "pace" in chosen.parts:
        for size in chosen.sizes:
            print(tables.of_the_pace(pacing.measure(chosen.repeat, size)), flush=True)
    engines = [OURS, NULL, *([TERRAFORM] if chosen.terraform_provider else [])]
    for work in _works(chosen):
        rows = lives.measure(work, engines, chosen.terraform_provider, chosen.repeat)
        print(tables.of_a_life(work, rows), flush=True)
        raw += [{**asdict(row), "work": row.work._asdict()} for row in rows]
    if chosen.json:
        chosen.json.write_text(json.dumps(raw, indent=1))
    return 0


def _works(chosen: argparse.Namespace) -> list[Work]:
    if "lives" not in chosen.parts:
        return []
    return [
        Work(size, latency, backend)
        for size in chosen.sizes
        for latency in chosen.latencies
        for backend in chosen.backends
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--parts",
        default=["import", "pace", "lives"],
        type=_words,
        help="what to measure: import, pace, lives",
    )
    parser.add_argument("--sizes", default=[100, 1000], type=_numbers, help="how many permissions")
    parser.add_argument("--latencies", default=[50, 250], type=_numbers, help="milliseconds")
    parser.add_argument(
        "--backends",
        default=["default", "skip-checkpoints"],
        type=_words,
        help="how the file backend is used: default, skip-checkpoints",
    )
    parser.add_argument("--repeat", type=int, default=1, help="the median of so many runs")
    parser.add_argument(
        "--terraform-provider", type=Path, help="the folder of the vendor's built provider"
    )
    parser.add_argument("--json", type=Path, help="also write the times of all runs to this file")
    return parser.parse_args()


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(str(failure))
