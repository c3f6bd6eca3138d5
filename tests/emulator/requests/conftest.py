"""One emulator with the seed `requests`, and a company of its own for every test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .acme import Acme


@pytest.fixture(scope="session")
def requests_url() -> Iterator[str]:
    with EmulatorProcess(seed="requests", switches={"sync_seconds": 0}) as process:
        yield process.url


@pytest.fixture
def acme(requests_url: str) -> Iterator[Acme]:
    opened = Acme(requests_url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()
