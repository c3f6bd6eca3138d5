from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings

from ..drivers.scripted import TOKEN, ScriptedLumos, lumos

__all__ = ["lumos"]

NETWORK = ("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def nothing_of_the_network_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that runs the tests may name authorities of its own, and a proxy."""
    for variable in NETWORK:
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)


@pytest.fixture
def waits() -> list[float]:
    """Seconds that the client slept; it does not really sleep."""
    return []


@pytest.fixture
def connect(waits: list[float]) -> Iterator[Callable[..., LumosClient]]:
    """Opens clients that note their waits instead of waiting."""
    with ExitStack() as opened:

        def open_client(url: str, **settings: Any) -> LumosClient:
            client = LumosClient(Settings(TOKEN, url, **settings), sleep=waits.append)
            opened.callback(client.close)
            return client

        yield open_client


@pytest.fixture
def client(lumos: ScriptedLumos, connect: Callable[..., LumosClient]) -> LumosClient:
    return connect(lumos.url)
