"""Ctrl-C ends a command at once, also where Lumos says nothing."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from ..drivers.preloaded_python import preloaded_python
from ..drivers.tenant import Tenant
from ..patience import PATIENCE_SECONDS, wait_until

# Longer than any test waits: a command that waits for Lumos does not end in time.
FOR_EVER = {"LUMOS_REQUEST_TIMEOUT": "600", "LUMOS_DEADLINE": "3600"}
CODES = {
    "find apps": 130,
    "doctor": 130,
    "check-admins": 130,
    "check-approvers": 130,
    "report": 130,
    "export it": 3,
}
LISTS, SETTINGS = "^/appstore/apps$|^/apps$|^/users", "settings$"
READ_SETTINGS = ["check-admins", "check-approvers", "report", "export it"]


def has_struck(tenant: Tenant) -> bool:
    """Whether Lumos keeps a call waiting."""
    return bool(tenant.call("GET", "/_emulator/faults")[0]["struck"])


@pytest.mark.parametrize(
    ("command", "silent"),
    [*((one, LISTS) for one in CODES), *((one, SETTINGS) for one in READ_SETTINGS)],
)
def test_an_interrupt_ends_a_command_that_waits_for_lumos(
    tenant: Tenant, tmp_path: Path, command: str, silent: str
) -> None:
    tenant.fault("stall", path=silent, seconds=3600)
    with subprocess.Popen(
        [preloaded_python(), "-m", "pulumi_lumos.cli", *command.split()],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **tenant.environment, **FOR_EVER},
    ) as process:
        wait_until(
            lambda: has_struck(tenant) or process.poll() is not None, "Lumos keeps a call waiting"
        )
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == CODES[command], errors
    assert "Traceback" not in out + errors
