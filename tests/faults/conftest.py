"""New runs, with little patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.lifecycle.run import Run

from ..drivers.tenant import Tenant

NewRun = Callable[[], Run]


@pytest.fixture
def new_run(tenant: Tenant) -> Iterator[NewRun]:
    """Gives what a new process would have: nothing read yet, nothing remembered."""
    with ExitStack() as clients:

        def run() -> Run:
            settings = Settings(
                tenant.token, tenant.url, request_timeout_seconds=0.5, deadline_seconds=10
            )
            client = clients.enter_context(closing(LumosClient(settings, sleep=lambda _: None)))
            return Run(lambda: client)

        yield run
