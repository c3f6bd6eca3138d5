"""How many requests are under way at once, as Lumos sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.dynamic.workers import allow_calls_at_once

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..patience import LOOK_EVERY_SECONDS

KIND = "RequestablePermission"
OBJECTS = 40
LATENCIES_MS = (1500, 6000, 24000)
"""A busy machine may send the last call after the first is answered; then each takes longer."""


@pytest.mark.parametrize(
    ("settings", "at_once"), [({}, 32), ({"LUMOS_MAX_CONCURRENCY": "6"}, 6)], ids=["default", "6"]
)
def test_as_many_creates_run_at_once_as_the_settings_allow(
    settings: dict[str, str], at_once: int, tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    with host_of({**settings_for(tenant), **settings}) as host:
        host.check(KIND, {}, _permission("checked"))
        for latency in LATENCIES_MS:
            calls = [
                partial(host.create, KIND, _permission(f"{latency} {number}"))
                for number in range(OBJECTS)
            ]
            seen, made = _at_once(tenant, latency, at_once, calls)
            assert len({id for id, _ in made}) == OBJECTS
            if seen >= at_once:
                break
    assert seen == at_once


def test_a_host_that_only_deletes_works_as_much_at_once(
    tenant: Tenant, host_of: type[DynamicHost]
) -> None:
    for latency in LATENCIES_MS:
        with host_of(settings_for(tenant)) as host:
            made = [host.create(KIND, _permission(str(number))) for number in range(OBJECTS)]
        with host_of(settings_for(tenant)) as host:
            calls = [partial(host.delete, KIND, *each) for each in made]
            seen, gone = _at_once(tenant, latency, 32, calls)
        assert gone == [None] * OBJECTS
        if seen >= 32:
            break
    assert seen == 32


def test_a_call_from_outside_the_host_is_left_as_it_is() -> None:
    assert allow_calls_at_once(32) is None


def _permission(label: str) -> dict[str, str]:
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": f"Permission {label}"}


def _at_once(
    tenant: Tenant, latency_ms: int, desired: int, calls: Sequence[Callable[[], Any]]
) -> tuple[int, list[Any]]:
    """The most requests that were under way at one moment, and what the calls gave.

    Lumos answers fast again once as many as are wanted have been seen for a whole latency.
    """
    most, looks_left = 0, int(latency_ms / 1000 / LOOK_EVERY_SECONDS)
    tenant.switch(latency_ms=latency_ms)
    with ThreadPoolExecutor(len(calls)) as threads:
        begun = [threads.submit(call) for call in calls]
        while looks_left and not all(call.done() for call in begun):
            under_way = [one for one in tenant.requests() if one["status"] is None]
            most = max(most, len(under_way))
            looks_left -= most >= desired
            time.sleep(LOOK_EVERY_SECONDS)
        tenant.switch(latency_ms=0)
    return most, [call.result() for call in begun]
