"""Runs that are cut off after a request, as by a kill: nothing more of them happens."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.lifecycle import run as lifecycle
from pulumi_lumos.lifecycle.call import Call

from .calls import call_in
from .tenant import Tenant

Run = Callable[[Call], Any]


class Killed(BaseException):
    """The run has ended; no code that handles errors gets to see it."""


class EndsAfter(httpx.BaseTransport):
    """Carries requests to Lumos until one has been answered, and kills the run then."""

    def __init__(self, requests: int) -> None:
        self._left = requests
        self._wire = httpx.HTTPTransport(verify=False)  # certificates take a while to load

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._wire.handle_request(request)
        body = b"".join(response.iter_raw())
        self._left -= 1
        if self._left == 0:
            raise Killed
        stream = httpx.ByteStream(body)
        return httpx.Response(response.status_code, headers=response.headers, stream=stream)

    def close(self) -> None:
        self._wire.close()


def run(tenant: Tenant, steps: Run, *, until: int = 0) -> Any:
    """What a run gives: in a process of its own, cut off after `until` requests, if that is given.

    Waits are skipped. Raises Killed where it has been cut off.
    """
    settings = Settings(tenant.token, tenant.url)
    transport = EndsAfter(until)
    with closing(LumosClient(settings, sleep=lambda _: None, transport=transport)) as client:
        return steps(call_in(lifecycle.Run(lambda: client, settings)))


@contextmanager
def company(url: str, switches: dict[str, Any]) -> Iterator[Tenant]:
    """A demo company of its own."""
    tenant = Tenant(url, f"lsk_{uuid.uuid4().hex}")
    tenant.switch(**switches)
    with closing(tenant):
        yield tenant
