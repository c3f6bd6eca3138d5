"""A stack of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..tenant import Tenant
from .stack import Stack


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what is slow already, and runs once more on the packaged host, to `test-nightly`.

    The hook sees the tests of all folders. `host` below marks each such variant as slow, so a test
    that is slow itself is marked twice.
    """
    for item in items:
        callspec = getattr(item, "callspec", None)
        is_packaged = callspec is not None and callspec.params.get("host") == "packaged"
        if is_packaged and len([*item.iter_markers("slow")]) > 1:
            item.add_marker("nightly")


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
