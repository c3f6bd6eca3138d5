"""One emulator with the rich seed for all contract tests of a process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .rich_seed import rich_seed


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the slow module of conformance alone where slow tests are left out.

    Schemathesis makes its examples while it is collected: five seconds of CPU in each worker.
    """
    left_out = "not slow" in config.getoption("markexpr")
    return True if left_out and collection_path.name == "test_conformance.py" else None


@pytest.fixture(scope="session")
def lumos_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an emulator whose tenants all begin with the rich seed, with times in full."""
    file = tmp_path_factory.mktemp("seed") / "rich.json"
    file.write_text(json.dumps(rich_seed()))
    with EmulatorProcess(seed=file, switches={"times_with_zone": True}) as emulator:
        yield emulator.url
