"""A call of the engine for a resource of a run, made without a host."""

from __future__ import annotations

from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import Diagnostics
from pulumi_lumos.lifecycle.run import Run


def call_in(run: Run, resource: str = "it") -> Call:
    """A call for a resource of a run; what people hear of it is printed."""
    return Call(run, resource, Diagnostics(print, print, print))
