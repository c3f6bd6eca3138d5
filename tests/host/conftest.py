"""A dynamic host that is set up for the test's tenant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..tenant import Tenant
from .dynamic_host import DynamicHost


@pytest.fixture
def host(tenant: Tenant) -> Iterator[DynamicHost]:
    with DynamicHost(settings_for(tenant)) as running:
        yield running


@pytest.fixture
def next_run(tenant: Tenant) -> Iterator[DynamicHost]:
    """The host that a later run of Pulumi starts: it has seen nothing of what `host` did."""
    with DynamicHost(settings_for(tenant)) as running:
        yield running


def settings_for(tenant: Tenant) -> dict[str, str]:
    """The environment that leads a host to a tenant."""
    return dict(tenant.environment)
