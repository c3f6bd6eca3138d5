"""A tenant of its own for every test, on the real emulator process of the test run."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from pulumi_lumos.emulator.process import EmulatorProcess

from .company import Company


@pytest.fixture
def lumos(emulator: EmulatorProcess) -> Iterator[Company]:
    """A tenant that no other test touches, seeded with the demo company."""
    with Company(emulator.url, f"lsk_{uuid.uuid4().hex}") as company:
        yield company
