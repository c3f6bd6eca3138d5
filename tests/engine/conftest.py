"""A stack of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..tenant import Tenant
from .stack import Stack


@pytest.fixture(params=["dynamic", pytest.param("packaged", marks=pytest.mark.slow)])
def host(request: pytest.FixtureRequest) -> str:
    """The host that serves the resources: every story is told on either."""
    return str(request.param)


@pytest.fixture
def stack(tmp_path: Path, pulumi_folder: str, tenant: Tenant, host: str) -> Stack:
    made = Stack(tmp_path, pulumi_folder, tenant)
    if host == "packaged":
        made.use_packaged_host()
    return made
