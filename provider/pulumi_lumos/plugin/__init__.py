"""The program `pulumi-resource-lumos`, which the engine starts: all kinds and functions, served."""

from __future__ import annotations

from importlib.metadata import version

from pulumi_lumos.declare.flow import Answer, Inputs, State
from pulumi_lumos.export.inputs import declarable
from pulumi_lumos.hosts.packaged.provider import Provider
from pulumi_lumos.hosts.packaged.serve import serve
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.protocol import Lifecycle
from pulumi_lumos.values.projection import as_answered

from .functions import functions


def main() -> None:
    """Serve the packaged provider to the engine that has started this process."""
    serve(new_provider())


def new_provider() -> Provider:
    """Return a provider of all kinds and functions, not yet configured."""
    return Provider(version("pulumi-lumos"), kinds(), functions(), _to_inputs)


def _to_inputs(lifecycle: Lifecycle, state: State) -> Inputs:
    """What an exported program says of an object, so that it shows no change after an import."""
    live = Answer(as_answered(lifecycle.spec.computed, state))
    return declarable(lifecycle, live, adopts=False).inputs or lifecycle.spec.inputs(state)
