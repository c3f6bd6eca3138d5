"""The Lumos that the recorded state is of, and a folder in which Terraform has that state."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.command import run
from .recording import STATE, TENANT

__all__ = ["run"]

STAND_IN = Path(__file__).parent / "terraform_state_commands.py"


@pytest.fixture(scope="package")
def emulator() -> Iterator[EmulatorProcess]:
    with EmulatorProcess(seed=TENANT) as process:
        yield process


@pytest.fixture
def terraform_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of Terraform with a local state, whose commands on states can be run there."""
    folder = tmp_path / "terraform"
    folder.mkdir()
    shutil.copy(STATE, folder / "terraform.tfstate")
    if not shutil.which("terraform"):
        (tmp_path / "bin").mkdir()
        command = tmp_path / "bin" / "terraform"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STAND_IN}" "$@"\n')
        command.chmod(0o755)
        monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    return folder
