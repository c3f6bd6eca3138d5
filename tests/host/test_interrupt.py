"""A host ends at once when the engine interrupts it, whichever thread the signal reaches."""

from __future__ import annotations

import ctypes
import signal
import sys
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost
from ..patience import PATIENCE_SECONDS

KIND = "RequestablePermission"
GIVEN = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads are found as in Linux")


def threads(pid: int) -> list[int]:
    """The ids of the threads of a process; the main thread has the id of the process."""
    return [int(one.name) for one in Path(f"/proc/{pid}/task").iterdir()]


def interrupt(pid: int, thread: int) -> None:
    """Send SIGINT to one thread."""
    assert ctypes.CDLL(None).tgkill(pid, thread, signal.SIGINT) == 0


@pytest.mark.parametrize("main", [True, False], ids=["main thread", "another thread"])
def test_an_interrupt_ends_the_host(host: DynamicHost, main: bool) -> None:
    host.check(KIND, {}, GIVEN)
    others = [one for one in threads(host.pid) if one != host.pid]
    interrupt(host.pid, host.pid if main else others[0])
    assert host.ends_within(PATIENCE_SECONDS)
