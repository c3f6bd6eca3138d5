"""What a process reads of the test's tenant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.lookups.reading import Lookups

from ..drivers.tenant import Tenant


@pytest.fixture
def client(tenant: Tenant) -> Iterator[LumosClient]:
    opened = LumosClient(Settings(tenant.token, tenant.url))
    yield opened
    opened.close()


@pytest.fixture
def lookups(client: LumosClient) -> Lookups:
    """A lookups that has read nothing yet."""
    return Lookups(client)
