"""The program `pulumi-resource-lumos`, which the engine starts: all kinds and functions, served."""

from __future__ import annotations

from importlib.metadata import version

from ..declare.flow import Answer, Inputs, State
from ..export.inputs import declarable
from ..hosts.packaged.provider import Provider
from ..hosts.packaged.serve import serve
from ..kinds import kinds
from ..lifecycle.protocol import Lifecycle
from ..values.projection import as_answered
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
