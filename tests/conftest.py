"""One emulator for a test process, a tenant of its own for every test."""

from __future__ import annotations

import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from . import hypothesis_profile
from .tenant import Tenant

ROOT = Path(__file__).parent.parent

hypothesis_profile.load()


@pytest.fixture(scope="session")
def emulator(lumos_emulator_process: EmulatorProcess) -> EmulatorProcess:
    return lumos_emulator_process


@pytest.fixture
def tenant(emulator: EmulatorProcess) -> Iterator[Tenant]:
    """The demo company behind a token that no other test uses; the token is a canary too."""
    opened = Tenant(emulator.url, f"lsk_CANARY{uuid.uuid4().hex}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def pulumi_folder() -> str:
    """The folder of the Pulumi CLI and its language host."""
    install = [str(ROOT / "tools" / "pulumi" / "install"), "--print-path"]
    found = subprocess.run(install, check=True, stdout=subprocess.PIPE, text=True)
    return found.stdout.strip()
