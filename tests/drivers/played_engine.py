"""The engine's part for one stack, played over dynamic hosts that may fail or be killed.

It records what the real engine records: nothing of a create that failed, the object of one that
is half made, the old values of an update that failed, and what was replaced until it is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pulumi_lumos.hosts.marks import PREVIEW_MARK

from .dynamic_host import DynamicHost, Failed
from .in_process import InProcess

Values = dict[str, Any]
Host = DynamicHost | InProcess
Program = Mapping[str, tuple[str, Values]]
"""What a program declares: kind and inputs, by resource name, in the order of its steps."""


class Refused(Exception):
    """A check that fails: what the program says cannot be right."""


@dataclass(frozen=True)
class Recorded:
    """A resource of the state; one that is half made is read before anything else."""

    kind: str
    id: str
    inputs: Values
    outputs: Values
    half_made: bool = False


class PlayedEngine:
    """The state of one stack and the commands that change it; each takes a host of its own.

    With `in_order`, each resource depends on the one before it, and is left alone where that fails.
    """

    def __init__(self, *, in_order: bool = False) -> None:
        self.in_order = in_order
        self.state: dict[str, Recorded] = {}
        self.replaced: list[tuple[str, Recorded]] = []

    def up(self, host: Host, program: Program) -> list[Failed]:
        """`pulumi up`; a resource that fails keeps only those that depend on it from going on.

        As in the real engine, nothing is deleted once something has failed.
        """
        failures: list[Failed] = []
        for name, (kind, given) in program.items():
            try:
                self._bring_about(host, name, kind, given)
            except Failed as failed:
                failures.append(failed)
                if self.in_order:
                    break
        if failures:
            return failures
        gone = [(name, self.state[name]) for name in self.state if name not in program]
        return self._delete(host, [*self.replaced, *gone])

    def destroy(self, host: Host) -> list[Failed]:
        return self._delete(host, [*self.replaced, *self.state.items()])

    def refresh(self, host: Host) -> list[Failed]:
        failures = []
        for name, recorded in list(self.state.items()):
            try:
                self._read(host, name, recorded)
            except Failed as failed:
                failures.append(failed)
        return failures

    def preview(self, host: Host, program: Program) -> list[str]:
        """`pulumi preview`: the names of the resources that it would show."""
        return [
            name
            for name, (kind, given) in program.items()
            if self._differs(host, name, kind, {**given, PREVIEW_MARK: True})
        ] + [name for name in self.state if name not in program]

    def changes(self, host: Host, program: Program) -> list[str]:
        """What `pulumi preview --refresh` would show, by resource name."""
        shown = PlayedEngine()
        shown.state = dict(self.state)
        failures = shown.refresh(host)
        assert failures == []
        assert self.replaced == []
        drifted = [
            name
            for name, old in self.state.items()
            if name not in shown.state or shown.state[name].outputs != old.outputs
        ]
        return sorted({*drifted, *shown.preview(host, program)})

    def _differs(self, host: Host, name: str, kind: str, given: Values) -> bool:
        inputs = self._checked(host, name, kind, given)
        old = self.state.get(name)
        return old is None or host.diff(kind, old.id, old.outputs, inputs, name).changes

    def _bring_about(self, host: Host, name: str, kind: str, given: Values) -> None:
        if name in self.state and self.state[name].half_made:
            self._read(host, name, self.state[name])
        old = self.state.get(name)
        inputs = self._checked(host, name, kind, given)
        if old is None:
            self._create(host, name, kind, inputs)
            return
        difference = host.diff(kind, old.id, old.outputs, inputs, name)
        if difference.replaces:
            self._create(host, name, kind, inputs)
            self.replaced.append((name, old))
        elif difference.changes or old.half_made:
            self._update(host, name, old, inputs)
        else:
            self.state[name] = replace(old, inputs=inputs)

    def _checked(self, host: Host, name: str, kind: str, given: Values) -> Values:
        old = self.state.get(name)
        checked = host.check(kind, old.inputs if old else {}, given, name)
        if checked.failures:
            raise Refused(name, checked.failures)
        return checked.inputs

    def _create(self, host: Host, name: str, kind: str, inputs: Values) -> None:
        try:
            id, outputs = host.create(kind, inputs, name)
        except Failed as failed:
            if failed.half_made:
                made = failed.half_made
                self.state[name] = Recorded(kind, made.id, inputs, made.state, half_made=True)
            raise
        self.state[name] = Recorded(kind, id, inputs, outputs)

    def _update(self, host: Host, name: str, old: Recorded, inputs: Values) -> None:
        try:
            outputs = host.update(old.kind, old.id, old.outputs, inputs, name)
        except Failed as failed:
            if failed.half_made:
                self.state[name] = replace(old, outputs=failed.half_made.state, half_made=True)
            raise
        self.state[name] = Recorded(old.kind, old.id, inputs, outputs)

    def _read(self, host: Host, name: str, old: Recorded) -> None:
        id, outputs, inputs = host.read(old.kind, old.id, old.outputs, name)
        if id:
            self.state[name] = replace(old, inputs=inputs, outputs=outputs)
        else:
            del self.state[name]

    def _delete(self, host: Host, doomed: list[tuple[str, Recorded]]) -> list[Failed]:
        failures = []
        for name, old in reversed(doomed):
            try:
                host.delete(old.kind, old.id, old.outputs, name)
            except Failed as failed:
                failures.append(failed)
                continue
            if (name, old) in self.replaced:
                self.replaced.remove((name, old))
            else:
                del self.state[name]
        return failures
