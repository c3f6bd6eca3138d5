"""A process that drives Pulumi again and again, as a service with the Automation API does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..patience import PATIENCE_SECONDS

pytestmark = [
    pytest.mark.engine,
    pytest.mark.nightly,
    pytest.mark.skipif(
        not Path("/proc/self/statm").exists(), reason="measures memory as Linux shows it"
    ),
]
CYCLES, WARM = 30, 8
MAY_GROW_MEGABYTES = 12
SERVICE = """\
import json, os, sys
from pulumi import automation
import pulumi_lumos as lumos

token, url, cycles = sys.argv[1:]
label = ""

def appstore():
    salesforce = lumos.get_app(name="Salesforce")
    lumos.RequestablePermission("it", app_id=salesforce.id, label=label)

stack = automation.create_stack("dev", project_name="appstore", program=appstore)
stack.set_config("lumos:accessToken", automation.ConfigValue(token, secret=True))
stack.set_config("lumos:serverUrl", automation.ConfigValue(url))
for cycle in range(int(cycles)):
    label = f"Label {cycle}"
    stack.up()
    pages = int(open("/proc/self/statm").read().split()[1])
    megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    print(json.dumps([megabytes, len(os.listdir("/proc/self/fd"))]), flush=True)
"""


def test_thirty_runs_of_one_process_stay_within_its_memory_and_descriptors(
    tenant: Tenant, tmp_path: Path, pulumi_folder: str
) -> None:
    folder = tmp_path / "service"
    folder.mkdir()
    workspace = Workspace(folder, pulumi_folder)
    ended = subprocess.run(
        [sys.executable, "-c", SERVICE, tenant.token, tenant.url, str(CYCLES)],
        cwd=folder,
        env=workspace.environment,
        capture_output=True,
        text=True,
        timeout=CYCLES * PATIENCE_SECONDS,
    )
    assert ended.returncode == 0, ended.stderr
    memory, descriptors = zip(*map(json.loads, ended.stdout.splitlines()), strict=True)
    assert len(memory) == CYCLES
    assert max(memory[WARM:]) - memory[WARM] < MAY_GROW_MEGABYTES, memory
    # The engine may hold one more for a moment; what leaks never comes down again.
    assert min(descriptors[-5:]) <= max(descriptors[:WARM]), descriptors
    (made,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert made["label"] == f"Label {CYCLES - 1}"
