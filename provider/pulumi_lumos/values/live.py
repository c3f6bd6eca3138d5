"""An object of Lumos, seen through what its kind declares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pulumi_lumos.declare.flow import Answer, Inputs
from pulumi_lumos.declare.spec import ResourceSpec

from .changes import Change, changes
from .completion import completed
from .identity import Aliases, aliases_in
from .projection import goes_beyond, project, to_inputs


@dataclass(frozen=True)
class Live:
    """An answer of Lumos with the declaration of its kind."""

    spec: ResourceSpec
    answer: Answer

    @cached_property
    def aliases(self) -> Aliases:
        """The other names of the objects that it names, see `Aliases`."""
        return aliases_in(self.spec.shape, self.answer)

    def as_inputs(self) -> Inputs:
        """Everything that a program could give, as Lumos has it."""
        return Inputs(to_inputs(self.spec.shape, self.answer))

    def managed(self, inputs: Inputs) -> Inputs:
        """What a program manages by these inputs, as Lumos has it."""
        return Inputs(project(self.spec.shape, inputs, self.answer, self.aliases))

    def lacks(self, inputs: Inputs) -> list[Change]:
        """The fields to set or clear so that it is as the program says."""
        sent = self.spec.sent(inputs)
        return changes(self.spec.shape, self.managed(sent), sent, self.aliases)

    def completing(self, inputs: Inputs) -> Inputs:
        """What a program gives, with what it has where a preview does not know that yet."""
        return Inputs(completed(self.spec.shape, inputs, self.as_inputs(), self.aliases))

    def goes_beyond(self, inputs: Inputs) -> bool:
        """Whether it has something in a field that a program does not give; see `goes_beyond`."""
        return goes_beyond(self.spec.shape, self.spec.sent(inputs), self.answer, self.aliases)
