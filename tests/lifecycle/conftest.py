"""Runs of one stack, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ..drivers.run import Run
from ..drivers.tenant import Tenant


@pytest.fixture
def new_run(tenant: Tenant) -> Iterator[Callable[..., Run]]:
    """Begins a run, for the test's tenant or another one; it has seen nothing of those before."""
    begun: list[Run] = []

    def begin(of: Tenant | None = None, **settings: Any) -> Run:
        begun.append(Run(of or tenant, **settings))
        return begun[-1]

    yield begin
    for run in begun:
        run.close()
