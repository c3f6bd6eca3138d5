"""The company of the seed `requests`, whose people use the client."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from pulumi_lumos.access import AccessClient, Settings
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator.process import EmulatorProcess
from pulumi_lumos.pytest_plugin import LumosEmulator

from ..emulator.requests.acme import Acme, acme

__all__ = ["acme"]

As = Callable[..., AccessClient]


@pytest.fixture
def as_(acme: Acme) -> Iterator[As]:
    """Gives the client of a person."""
    with ExitStack() as opened:

        def connect(
            name: str, scope: str = "user", sleep: Callable[[float], object] = lambda _: None
        ) -> AccessClient:
            desired = {"user_id": ids.USERS[name].id, "scope": scope}
            token = acme.admin.ok("POST", "/_emulator/tokens", desired)["token"]
            settings = Settings(token, acme.url, request_timeout_seconds=2)
            client = AccessClient(settings, sleep=sleep)
            return opened.enter_context(client)

        yield connect


@pytest.fixture
def company(emulator: EmulatorProcess) -> Iterator[LumosEmulator]:
    """The same company, behind the fixture of users."""
    opened = LumosEmulator(emulator.url, f"lsk_{uuid.uuid4().hex}")
    opened.call("POST", "/_emulator/reset", {"seed": "requests"})
    yield opened
    opened.close()
