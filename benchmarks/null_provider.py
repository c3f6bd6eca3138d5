"""A dynamic resource that does nothing: what Pulumi itself costs for a state of the same size."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pulumi
from pulumi import dynamic

Values = dict[str, Any]

# As long as what Lumos adds to a permission of programs.py.
COMPUTED: Values = {
    "type": "NATIVE",
    "response_describes_entire_approval_workflow": True,
    "group_ids": {f"{'0' * 20}@{'0' * 36}": "0" * 36},
}


class NullProvider(dynamic.ResourceProvider):
    """Keeps the inputs as the state and asks nobody."""

    serialize_as_secret_always = False

    def diff(self, _id: str, _olds: Values, _news: Values) -> dynamic.DiffResult:
        """Compare the inputs."""
        same = _inputs(_olds) == _inputs(_news)
        return dynamic.DiffResult(changes=None if not same else False)

    def create(self, props: Values) -> dynamic.CreateResult:
        """Keep the inputs."""
        id = str(uuid5(NAMESPACE_URL, props["label"]))
        return dynamic.CreateResult(id, {**_inputs(props), **COMPUTED})

    def read(self, id_: str, props: Values) -> dynamic.ReadResult:
        """Find everything as it was."""
        inputs = _inputs(props)
        return dynamic.ReadResult(id_, {**inputs, **COMPUTED}, inputs)

    def update(self, _id: str, _olds: Values, _news: Values) -> dynamic.UpdateResult:
        """Keep the new inputs."""
        return dynamic.UpdateResult({**_inputs(_news), **COMPUTED})


class NullPermission(dynamic.Resource, module="benchmarks", name="NullPermission"):
    """Takes what a RequestablePermission takes."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        # A program can read only the outputs that have been named.
        super().__init__(NullProvider(), name, {**dict.fromkeys(COMPUTED), **props}, opts)


def _inputs(props: Values) -> Values:
    return {
        name: value
        for name, value in props.items()
        if name != "__provider" and name not in COMPUTED
    }
