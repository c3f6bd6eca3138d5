"""A host ends when the engine that has started it is gone, and writes nothing any more."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.dynamic_host import DynamicHost, Failed
from ..drivers.either_host import settings_for
from ..drivers.tenant import PERMISSIONS, Tenant
from ..patience import PATIENCE_SECONDS, wait_until

KIND = "RequestablePermission"
GIVEN = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
WAITS_SECONDS = 60


@pytest.fixture
def engine() -> Iterator[socket.socket]:
    """What listens at the engine's address, until it is closed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def host(
    engine: socket.socket, tenant: Tenant, host_of: type[DynamicHost]
) -> Iterator[DynamicHost]:
    """A host that knows the address of its engine."""
    address = f"127.0.0.1:{engine.getsockname()[1]}"
    with host_of(settings_for(tenant), engine=address) as running:
        yield running


def test_a_host_ends_with_its_engine(host: DynamicHost, engine: socket.socket) -> None:
    host.check(KIND, {}, GIVEN)
    assert not host.ends_within(2.5)
    engine.close()
    assert host.ends_within(PATIENCE_SECONDS)


def test_a_write_that_waits_for_its_turn_is_not_made_once_the_engine_is_gone(
    host: DynamicHost, engine: socket.socket, tenant: Tenant
) -> None:
    later = {"Retry-After": str(WAITS_SECONDS)}
    tenant.fault("status", status=429, headers=later, method="POST", path=PERMISSIONS, times=1)
    with ThreadPoolExecutor(1) as thread:
        create = thread.submit(host.create, KIND, GIVEN)
        wait_until(lambda: tenant.requests("POST"), "the host has sent its POST")
        engine.close()
        with pytest.raises(Failed):
            create.result()
    assert host.ends_within(PATIENCE_SECONDS)
    assert [request["status"] for request in tenant.requests("POST")] == [429]
