"""What a process leaves behind, cycle after cycle: nothing."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from pulumi_lumos.api import forks
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator.seed_ids import SALESFORCE_APP_ID, USERS
from pulumi_lumos.lookups.errors import NotOne
from pulumi_lumos.lookups.kinds import APP, USER
from pulumi_lumos.lookups.reading import Lookups

from ..drivers.tenant import PERMISSIONS, Tenant

DESCRIPTORS = Path("/proc/self/fd")
CYCLES, WARM = 30, 10
MAY_GROW_BYTES = 200_000
"""In 20 cycles; what one cycle takes while it runs is ten times as much."""


def run_one_cycle(tenant: Tenant) -> None:
    """Look up from many threads, also what is not there, make and delete, and close."""
    settings = Settings(tenant.token, tenant.url)
    with closing(LumosClient(settings)) as client, ThreadPoolExecutor(8) as pool:
        lookups = Lookups(client)
        list(pool.map(lambda user: lookups.get(USER, {"email": user.email}), USERS.values()))
        with pytest.raises(NotOne):
            lookups.get(APP, {"name": "Slak"})

        def make_and_delete(number: int) -> None:
            body = {"app_id": SALESFORCE_APP_ID, "label": f"Role {number}"}
            client.delete(f"{PERMISSIONS}/{client.post(PERMISSIONS, body)['id']}")

        list(pool.map(make_and_delete, range(8)))


@pytest.mark.nightly
@pytest.mark.skipif(not DESCRIPTORS.exists(), reason="counts descriptors as Linux shows them")
def test_thirty_cycles_of_one_process_leave_nothing_behind(tenant: Tenant) -> None:
    descriptors, threads, memory, kept = [], [], [], []
    tracemalloc.start()
    for _ in range(CYCLES):
        run_one_cycle(tenant)
        gc.collect()
        descriptors.append(len(list(DESCRIPTORS.iterdir())))
        threads.append(threading.active_count())
        memory.append(tracemalloc.get_traced_memory()[0])
        kept.append(len(forks._kept))
    tracemalloc.stop()
    assert max(descriptors[WARM:]) <= max(descriptors[:WARM])
    assert max(threads[WARM:]) <= max(threads[:WARM])
    assert max(kept[WARM:]) <= max(kept[:WARM])
    assert memory[-1] - memory[WARM] < MAY_GROW_BYTES
