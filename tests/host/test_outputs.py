"""Every field of a resource is an output, whether a program gives it or not."""

from __future__ import annotations

import contextvars
from typing import Any

import pulumi
import pulumi_lumos as lumos
import pytest
from pulumi_lumos.kinds import get_kind

from ..kinds import KINDS, samples


class Echo(pulumi.runtime.Mocks):
    """Mocks that make everything as it is given."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        return f"{args.name}-id", args.inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> Any:
        return {}


def outputs(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """What a program reads of a resource that it gives these fields."""
    seen: dict[str, Any] = {}

    def program() -> pulumi.Output[None]:
        made = getattr(lumos, kind)("it", **given)
        spec = get_kind(kind).spec
        named = {name: getattr(made, name) for name in (*spec.fields, *spec.computed)}
        assert {type(value) for value in named.values()} == {pulumi.Output}
        return pulumi.Output.all(**named).apply(seen.update)

    def run() -> None:
        pulumi.runtime.set_mocks(Echo())
        pulumi.runtime.test(program)()  # type: ignore[no-untyped-call]

    # Pulumi keeps its settings in context variables, so other tests see nothing of these.
    contextvars.copy_context().run(run)
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_program_gives_is_read_and_the_rest_is_none(kind: str) -> None:
    given = samples(kind)[0] | {"adopt": "a-given-id"}
    seen = outputs(kind, given)
    assert {name: value for name, value in seen.items() if value is not None} == given
    assert outputs(kind, {n: v for n, v in given.items() if n != "adopt"})["adopt"] is None
