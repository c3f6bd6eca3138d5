"""The benchmark command runs, prints every step, and says which budgets are met."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from benchmarks import exporting, large, pacing, reporting, tables
from benchmarks.budgets import LARGE, LARGE_BY_DEFAULT, SMALL
from benchmarks.engines import STEPS
from benchmarks.large_company import Size
from benchmarks.lives import NULL, OURS, PACKAGED, PACKAGED_NULL, TERRAFORM, Row

from ..repository import ROOT


@pytest.mark.engine
@pytest.mark.nightly
def test_a_small_run_prints_every_step_with_its_requests(pulumi_folder: str) -> None:
    command = [sys.executable, "-m", "benchmarks", "--sizes", "5", "--latencies", "0"]
    engines = "dynamic,packaged,packaged-null,null"
    done = subprocess.run(
        [
            *command,
            "--backends",
            "skip-checkpoints",
            "--parts",
            "import,lives",
            "--engines",
            engines,
        ],
        cwd=ROOT,
        env={**os.environ, "PATH": os.pathsep.join([pulumi_folder, os.environ["PATH"]])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"Loading `pulumi_lumos` adds \d+ ms to `import pulumi`", done.stdout)
    assert re.search(r"The packaged provider starts in \d\.\d\d s", done.stdout)
    rows = {row["step"]: row for row in rows_of(done.stdout)}
    assert list(rows) == list(STEPS)
    for host in ("", "packaged "):
        assert rows["no-op preview"][f"{host}requests"] == "0"
        assert rows["update all"][f"{host}requests"] == "5"
        assert rows["destroy"][f"{host}requests"] == "5"
    assert float(rows["no-op preview"]["packaged null cpu s"]) > 0


@pytest.mark.nightly
@pytest.mark.engine
def test_an_export_and_its_first_preview_are_measured(
    pulumi_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([pulumi_folder, os.environ["PATH"]]))
    export, ours, null = steps = exporting.measure(2, 0)
    assert export.resources == ours.resources == null.resources == 2 * (1 + 30 + 1)
    assert 0 < ours.requests < export.resources
    assert null.requests == 0
    assert export.peak_bytes > 1e7
    rows = rows_of(tables.of_an_export(2, steps))
    assert [row["step"] for row in rows] == [export.step, ours.step, null.step]


@pytest.mark.nightly
@pytest.mark.engine
def test_a_run_keeps_to_the_rate_limit(pulumi_folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([pulumi_folder, os.environ["PATH"]]))
    pace = pacing.measure(repeat=1, size=20)
    # Each permission, the list before the first, and whose token it is.
    assert pace.requests - pace.refused == 20 + 1 + 1
    assert pace.refused_share <= 0.05
    assert 1.5 < pace.asking_seconds < pace.seconds


@pytest.mark.slow
def test_a_report_keeps_to_the_rate_limit() -> None:
    size = Size(apps=20, permissions=2, groups=5, rules=1, policies=1)
    report = reporting.measure_pace(size)
    assert report.requests - report.refused == 1 + 1 + 20 + 1 + 1 + 1
    assert report.refused <= 0.05 * report.requests
    (row,) = rows_of(tables.of_reports([report]))
    assert row["requests"] == f"{report.requests:,}"
    assert row["of the pace"].endswith("%")


def test_a_table_says_which_budgets_are_met() -> None:
    """A ratio compares the runs that were made side by side."""
    seconds = {OURS: [1.0, 4.0, 1.8], NULL: [1.0, 2.0, 2.0], TERRAFORM: [1.0, 5.0, 2.0]}
    rows = [
        Row(engine, SMALL, step, seconds[engine], cpu_seconds=[1.0])
        for engine in seconds
        for step in STEPS
    ]
    create, *_, destroy = rows_of(tables.of_a_life(SMALL, rows))
    assert create["to TF"] == destroy["to TF"] == "0.90"
    assert create["TF budget"] == "≤ 0.95 met"
    assert destroy["TF budget"] == "≤ 0.65 MISSED"


def test_the_default_backend_is_held_against_the_null_provider() -> None:
    rows = [
        Row(engine, LARGE_BY_DEFAULT, step, [seconds], [1.0], state_bytes=2_000_000)
        for engine, seconds in ((OURS, 0.9), (NULL, 1.0))
        for step in STEPS
    ]
    table = tables.of_a_life(LARGE_BY_DEFAULT, rows)
    assert [row["budget"] for row in rows_of(table)] == [
        "≤ 0.80 MISSED",
        "≤ 1.10 met",
        "≤ 1.10 met",
        "≤ 1.10 met",
        "≤ 0.75 MISSED",
        "≤ 1.10 met",
    ]
    assert table.endswith("after the create: dynamic 2,000, null 2,000.")


def test_the_packaged_provider_is_held_against_the_dynamic_one_by_its_work() -> None:
    rows = [
        Row(engine, LARGE, step, [1.0], [cpu])
        for engine, cpu in ((OURS, 2.0), (PACKAGED, 1.8), (PACKAGED_NULL, 1.7), (NULL, 1.0))
        for step in STEPS
    ]
    create, preview, *_ = rows_of(tables.of_a_life(LARGE, rows))
    assert (create["cpu to dynamic"], create["cpu budget"]) == ("0.90", "≤ 0.90 met")
    assert preview["cpu budget"] == "≤ 0.85 MISSED"
    assert preview["least cpu to dynamic"] == "0.85"


def test_words_that_are_none_of_the_choices_are_named() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--engines", "dynamic,chef"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "chef is not one of dynamic, packaged, packaged-null, null, terraform" in done.stderr


@pytest.mark.engine
@pytest.mark.nightly
def test_stacks_side_by_side_make_everything_once(
    pulumi_folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([pulumi_folder, os.environ["PATH"]]))
    first, create, preview, refresh, destroy = large.measure(size=7, stacks=3, latency_ms=0)
    assert (first.permissions, create.permissions, refresh.permissions) == (0, 7, 7)
    assert destroy.permissions == 0
    assert preview.requests == 0
    assert create.peak_bytes > 100e6
    assert create.cpu_seconds > 1


def rows_of(printed: str) -> list[dict[str, str]]:
    """The rows of the one table in a text, by the names of its columns."""
    lines = [line.split("|")[1:-1] for line in printed.splitlines() if line.startswith("| ")]
    names, _, *rows = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(names, row, strict=True)) for row in rows]
