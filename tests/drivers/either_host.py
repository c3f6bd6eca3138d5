"""A host of either sort that is set up for the test's tenant, as fixtures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from .dynamic_host import DynamicHost
from .forked_host import ForkedHost, ForkedPackagedHost
from .tenant import Tenant

OneRun = Callable[..., DynamicHost]


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(ForkedHost, id="dynamic"),
        pytest.param(ForkedPackagedHost, id="packaged", marks=pytest.mark.slow),
    ],
)
def host_of(request: pytest.FixtureRequest) -> type[DynamicHost]:
    """How the engine asks: every promise is kept on either host."""
    chosen: type[DynamicHost] = request.param
    return chosen


@pytest.fixture
def host(tenant: Tenant, host_of: type[DynamicHost]) -> Iterator[DynamicHost]:
    with host_of(settings_for(tenant)) as running:
        yield running


@pytest.fixture
def one_run(tenant: Tenant, host_of: type[DynamicHost]) -> OneRun:
    """Start a host of its own, with more settings than the test's tenant."""
    return lambda **settings: host_of({**settings_for(tenant), **settings})


@pytest.fixture
def next_run(tenant: Tenant, host_of: type[DynamicHost]) -> Iterator[DynamicHost]:
    """The host that a later run of Pulumi starts: it has seen nothing of what `host` did."""
    with host_of(settings_for(tenant)) as running:
        yield running


def settings_for(tenant: Tenant) -> dict[str, str]:
    """The environment that leads a host to a tenant."""
    return dict(tenant.environment)
