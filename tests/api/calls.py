"""Single calls of the client."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_lumos.api.client import LumosClient

from ..drivers.scripted import status

Connect = Callable[..., LumosClient]
DONE = status(200, {"id": "1"})


def call(client: LumosClient, method: str) -> object:
    arguments = ({"label": "Admin"},) if method in ("post", "patch") else ()
    return getattr(client, method)("/appstore/apps/1", *arguments)
