"""One call of an engine: its resource, its run, and its messages to people."""

from __future__ import annotations

from dataclasses import dataclass

from pulumi_lumos.values.beside import NOTHING, Beside

from .diagnostics import Diagnostics
from .ownership import Ownership
from .run import Run


@dataclass(frozen=True)
class Call:
    """What a host hands to the lifecycle of a kind with each call.

    run: what the resources of the run share.
    resource: how the engine names the resource. A host that cannot say so refuses the call:
        without an owner, nothing would tell that two resources have the same object.
    tell: how people hear of this resource.
    """

    run: Run
    resource: str
    tell: Diagnostics

    def __post_init__(self) -> None:
        if not self.resource:
            raise ValueError("a call has to name its resource")

    @property
    def ownership(self) -> Ownership:
        """Which resource of the run has which object."""
        return self.run.ownership

    @property
    def beside(self) -> Beside:
        """What the program says beside the inputs of the resource, if this run has checked it."""
        return self.run.beside.get(self.resource, NOTHING)
