"""A packaged provider in the test's own process, spoken to as the engine does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..drivers.served import Driver, configured
from ..drivers.tenant import Tenant


@pytest.fixture
def driver(tenant: Tenant) -> Iterator[Driver]:
    """A provider that is set up for the test's tenant, as a provider of its own."""
    with configured(tenant) as driver:
        yield driver
