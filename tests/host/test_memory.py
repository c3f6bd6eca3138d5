"""The memory of a dynamic host that reads for hours."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost, Values
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant

KIND = "RequestablePermission"
OBJECTS = 100
READS = 10_000
WARM_AFTER_READS = 2_000
GROWTH_BYTES = 4_000_000
AT_ONCE = 8


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_ten_thousand_reads_leave_the_memory_as_it_is(
    tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    with host_of(settings_for(tenant)) as host, ThreadPoolExecutor(AT_ONCE) as pool:
        given = [
            {"app_id": seed_ids.SALESFORCE_APP_ID, "label": f"{number}"}
            for number in range(OBJECTS)
        ]
        made = list(pool.map(lambda each: host.create(KIND, each, each["label"]), given))

        def read(number: int) -> tuple[str, Values]:
            id, state = made[number % OBJECTS]
            found, now, _ = host.read(KIND, id, state, f"{number % OBJECTS}")
            return found, now

        assert list(pool.map(read, range(WARM_AFTER_READS)))[:OBJECTS] == made
        before = resident_bytes(host.pid)
        for _ in pool.map(read, range(READS - WARM_AFTER_READS)):
            pass
        assert resident_bytes(host.pid) - before < GROWTH_BYTES


def resident_bytes(pid: int) -> int:
    """The memory that a process holds."""
    status = (Path("/proc") / str(pid) / "status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024
