"""What a program itself asks of Lumos about its resources, in its own process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pulumi_lumos.config import Settings
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import SILENT
from pulumi_lumos.lifecycle.run import Run

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient


def call_of_program(settings: Settings, connect: Callable[[], LumosClient]) -> Call:
    """A call that only reads. It tells people nothing: the program does."""
    return Call(Run(connect, settings), "the program", SILENT)
