"""The benchmark command runs and prints every step."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.engines import ROOT, STEPS

pytestmark = pytest.mark.engine


def test_a_small_run_prints_every_step_with_its_requests(pulumi_folder: str) -> None:
    command = [sys.executable, "-m", "benchmarks", "--sizes", "5", "--latencies", "0"]
    done = subprocess.run(
        [*command, "--backends", "skip-checkpoints"],
        cwd=ROOT,
        env={**os.environ, "PATH": os.pathsep.join([pulumi_folder, os.environ["PATH"]])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    cells = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    requests = {row[0].removeprefix("| "): row[2] for row in cells[1:]}
    assert list(requests) == list(STEPS)
    assert requests["no-op preview"] == "0"
    assert requests["update all"] == requests["destroy"] == "5"
