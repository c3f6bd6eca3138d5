"""A dynamic resource that does nothing: what Pulumi itself costs for a state of the same size."""

from __future__ import annotations

from typing import Any

import pulumi
from pulumi import dynamic

Values = dict[str, Any]


class NullProvider(dynamic.ResourceProvider):
    """Keeps the inputs as the state and asks nobody."""

    serialize_as_secret_always = False

    def diff(self, _id: str, _olds: Values, _news: Values) -> dynamic.DiffResult:
        """Compare the inputs."""
        names = [name for name in _news if name != "__provider"]
        same = all(_olds.get(name) == _news[name] for name in names)
        return dynamic.DiffResult(changes=None if not same else False)

    def create(self, props: Values) -> dynamic.CreateResult:
        """Keep the inputs."""
        return dynamic.CreateResult(f"null-{props['label']}", _plain(props))

    def read(self, id_: str, props: Values) -> dynamic.ReadResult:
        """Find everything as it was."""
        return dynamic.ReadResult(id_, _plain(props), _plain(props))

    def update(self, _id: str, _olds: Values, _news: Values) -> dynamic.UpdateResult:
        """Keep the new inputs."""
        return dynamic.UpdateResult(_plain(_news))


class NullPermission(dynamic.Resource, module="benchmarks", name="NullPermission"):
    """Takes what a RequestablePermission takes."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:
        super().__init__(NullProvider(), name, {**props, "type": "NATIVE"}, opts)


def _plain(props: Values) -> Values:
    return {name: value for name, value in props.items() if name != "__provider"}
