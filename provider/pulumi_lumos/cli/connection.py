"""Which Lumos the commands talk to: the one that the environment names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.errors import ApiError
from pulumi_lumos.config import Settings
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lookups.errors import LookupFailed, WrongArguments
from pulumi_lumos.report.reading import NotInTheStore
from pulumi_lumos.surface import ON_THE_COMMAND_LINE

from .exit_codes import Exit
from .output import fail


def settings() -> Settings:
    """The settings of the environment; raises ConfigError."""
    return Settings.load(lambda _key: None, os.environ, ON_THE_COMMAND_LINE)


@contextmanager
def lumos(advice: str = "") -> Iterator[LumosClient]:
    """Give a client to a command; what goes wrong ends it with a sentence and `advice`.

    If Lumos lacks an object that an option names, the command ends as one that finds nothing: that
    is an answer, unlike a call that fails.
    """
    try:
        client = LumosClient(settings())
        try:
            yield client
        finally:
            client.close()
    except WrongArguments as error:
        fail(str(error), Exit.MISUSE)
    except (LookupFailed, NotInTheStore) as error:
        fail(str(error), Exit.FOUND)
    except LumosError as error:
        if isinstance(error, ApiError):
            error.surface = ON_THE_COMMAND_LINE
        fail(f"{error} {advice}".rstrip())
