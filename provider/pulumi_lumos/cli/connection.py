"""Which Lumos the commands talk to: the one that the environment names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import LumosError
from pulumi_lumos.cli.output import fail
from pulumi_lumos.config import Settings


def settings() -> Settings:
    """The settings of the environment; raises ConfigError."""
    return Settings.load(lambda _key: None, os.environ)


@contextmanager
def lumos(advice: str = "") -> Iterator[LumosClient]:
    """A client while a command runs; whatever goes wrong ends it with a sentence and `advice`."""
    try:
        client = LumosClient(settings())
        try:
            yield client
        finally:
            client.close()
    except LumosError as error:
        fail(f"{error} {advice}")
