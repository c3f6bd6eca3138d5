"""A company of thousands of objects, whose export is killed and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from benchmarks.large_company import Size, write_seed

from ..cli.exporting import files
from ..patience import PATIENCE_SECONDS, wait_until

APPS = 60
KILLED_AT = (1, 20, 45)
"""How many modules are there when the export is killed."""
PER_APP = 30
SIZE = Size(APPS, PER_APP, rules=APPS)


@pytest.fixture
def lumos(tmp_path: Path) -> Iterator[EmulatorProcess]:
    seed = tmp_path / "company.json"
    write_seed(seed, SIZE)
    with EmulatorProcess(seed=seed) as process:
        yield process


def start(lumos: EmulatorProcess, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pulumi_lumos.cli", "export", *arguments]
    settings = {"LUMOS_ACCESS_TOKEN": "lsk_CANARYlarge", "LUMOS_SERVER_URL": lumos.url}
    return subprocess.Popen(
        command,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def kill_at(modules: int, process: subprocess.Popen[str], folder: Path) -> bool:
    """Kill an export once so many modules are there; whether it was not over yet."""

    def has_come_far() -> bool:
        return process.poll() is not None or len([*folder.glob("apps/*.py")]) >= modules

    wait_until(has_come_far, f"{modules} modules are written")
    process.kill()
    process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode != 0


@pytest.mark.nightly
def test_an_export_that_is_killed_ends_with_the_same_bytes(
    lumos: EmulatorProcess, tmp_path: Path
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    printed, _ = start(lumos, str(whole)).communicate(timeout=PATIENCE_SECONDS)
    assert printed.startswith(
        f"Wrote {APPS * (1 + PER_APP + 1) + SIZE.policies} resources of {APPS} apps "
    )
    killed = [
        kill_at(modules, start(lumos, str(parts), "--resume"), parts) for modules in KILLED_AT
    ]
    assert any(killed), "every export was over before it could be killed"
    process = start(lumos, str(parts), "--resume")
    assert process.communicate(timeout=PATIENCE_SECONDS)[0].startswith("Wrote ")
    assert process.returncode == 0
    assert files(parts) == files(whole)
