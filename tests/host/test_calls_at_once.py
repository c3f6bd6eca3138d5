"""How many requests are under way at once, as Lumos sees it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.host.workers import allow_calls_at_once

from ..tenant import Tenant
from .conftest import settings_for
from .dynamic_host import DynamicHost

OBJECTS = 40
LATENCY_MS = 1500


@pytest.mark.parametrize(
    ("settings", "at_once"), [({}, 32), ({"LUMOS_MAX_CONCURRENCY": "6"}, 6)], ids=["default", "6"]
)
def test_as_many_creates_run_at_once_as_the_settings_allow(
    settings: dict[str, str], at_once: int, tenant: Tenant
) -> None:
    with (
        DynamicHost({**settings_for(tenant), **settings}) as host,
        ThreadPoolExecutor(OBJECTS) as t,
    ):
        host.check("RequestablePermission", {}, _permission(OBJECTS))
        tenant.switch(latency_ms=LATENCY_MS)
        made = [t.submit(host.create, "RequestablePermission", _permission(i)) for i in range(40)]
        seen = _most_at_once(tenant, seconds=2 * LATENCY_MS / 1000)
        tenant.switch(latency_ms=0)
        ids = {create.result()[0] for create in made}
    assert seen == at_once
    assert len(ids) == OBJECTS


def test_a_host_that_only_deletes_works_as_much_at_once(tenant: Tenant) -> None:
    with DynamicHost(settings_for(tenant)) as host:
        made = [host.create("RequestablePermission", _permission(i)) for i in range(OBJECTS)]
    with DynamicHost(settings_for(tenant)) as host, ThreadPoolExecutor(OBJECTS) as threads:
        tenant.switch(latency_ms=LATENCY_MS)
        gone = [threads.submit(host.delete, "RequestablePermission", *each) for each in made]
        seen = _most_at_once(tenant, seconds=2.5 * LATENCY_MS / 1000)
        tenant.switch(latency_ms=0)
        assert [call.result() for call in gone] == [None] * OBJECTS
    assert seen == 32


def test_a_call_from_outside_the_host_is_left_as_it_is() -> None:
    assert allow_calls_at_once(32) is None


def _permission(number: int) -> dict[str, str]:
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": f"Permission {number}"}


def _most_at_once(tenant: Tenant, seconds: float) -> int:
    """The most requests that were under way at one moment."""
    most, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        under_way = [request for request in tenant.requests() if request["status"] is None]
        most = max(most, len(under_way))
        time.sleep(0.05)
    return most
