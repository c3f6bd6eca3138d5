"""What a program itself asks of Lumos about its resources, in its own process."""

from __future__ import annotations

from pulumi_lumos.api.sharing import shared_client
from pulumi_lumos.config import Settings
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import SILENT
from pulumi_lumos.lifecycle.run import Run


def call_of_program(settings: Settings) -> Call:
    """A call that only reads. It tells people nothing: the program does."""
    run = Run(lambda: shared_client(settings), settings)
    return Call(run, "the program", SILENT)
