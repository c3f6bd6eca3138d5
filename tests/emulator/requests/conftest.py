"""The company of the seed `requests`, a fresh one for every test."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .acme import Acme


@pytest.fixture
def acme(emulator: EmulatorProcess) -> Iterator[Acme]:
    opened = Acme(emulator.url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()
