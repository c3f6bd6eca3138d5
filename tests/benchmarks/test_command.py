"""The benchmark command runs, prints every step, and says which budgets are met."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks import pacing, tables
from benchmarks.engines import STEPS
from benchmarks.environment import ROOT
from benchmarks.lives import NULL, OURS, TERRAFORM, Row, Work


@pytest.mark.engine
@pytest.mark.slow
def test_a_small_run_prints_every_step_with_its_requests(pulumi_folder: str) -> None:
    command = [sys.executable, "-m", "benchmarks", "--sizes", "5", "--latencies", "0"]
    done = subprocess.run(
        [*command, "--backends", "skip-checkpoints", "--parts", "import,lives"],
        cwd=ROOT,
        env={**os.environ, "PATH": os.pathsep.join([pulumi_folder, os.environ["PATH"]])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "`import pulumi_lumos` adds " in done.stdout
    requests = {row["step"]: row["requests"] for row in rows_of(done.stdout)}
    assert list(requests) == list(STEPS)
    assert requests["no-op preview"] == "0"
    assert requests["update all"] == requests["destroy"] == "5"


@pytest.mark.slow
@pytest.mark.engine
def test_a_run_keeps_to_the_rate_limit(pulumi_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([pulumi_folder, os.environ["PATH"]]))
    pace = pacing.measure(repeat=1, size=20)
    assert pace.requests - pace.refused == 21
    assert pace.refused_share <= 0.05
    assert 1.5 < pace.asking_seconds < pace.seconds


def test_a_table_says_which_budgets_are_met() -> None:
    """A ratio compares the runs that were made side by side."""
    work = Work(100, 50, "default")
    seconds = {OURS: [1.0, 4.0, 2.1], NULL: [1.0, 2.0, 2.0], TERRAFORM: [1.0, 2.0, 2.0]}
    rows = [
        Row(engine, work, step, seconds[engine], cpu_seconds=[1.0])
        for engine in seconds
        for step in STEPS
    ]
    create, *_, destroy = rows_of(tables.of_a_life(work, rows))
    assert create["to TF"] == destroy["to TF"] == "1.05"
    assert create["TF budget"] == "≤ 1.10 met"
    assert destroy["TF budget"] == "≤ 0.70 MISSED"


def test_the_default_backend_is_held_against_the_null_provider() -> None:
    work = Work(1000, 50, "default")
    rows = [Row(engine, work, step, [1.2], [1.0]) for engine in (OURS, NULL) for step in STEPS]
    assert {row["budget"] for row in rows_of(tables.of_a_life(work, rows))} == {"≤ 1.10 met"}


def rows_of(printed: str) -> list[dict[str, str]]:
    """The rows of the one table in a text, by the names of its columns."""
    lines = [line.split("|")[1:-1] for line in printed.splitlines() if line.startswith("| ")]
    names, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]
