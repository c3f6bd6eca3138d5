"""Reads what is to be exported: the objects of each app, of all kinds that can be adopted."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..api.client import LumosClient
from ..api.paging import identified
from ..declare.spec import ListOf, ShapeSpec, TypeSpec, Values
from ..kinds import kinds
from ..lifecycle.call import Call
from ..lifecycle.diagnostics import Diagnostics
from ..lifecycle.object_lifecycle import ObjectLifecycle
from ..lifecycle.run import Run
from .inputs import declarable, leaves

CALLS_AT_ONCE = 8

Ref = tuple[str, str]
"""An object of Lumos by its kind and id."""


class Found(NamedTuple):
    """One object of Lumos, and the lifecycle of its kind."""

    lifecycle: ObjectLifecycle
    live: Values

    @property
    def ref(self) -> Ref:
        """Which object it is."""
        return self.lifecycle.spec.name, str(self.live["id"])

    @property
    def app_id(self) -> str:
        """The app that it belongs to."""
        return str(self.live[self.lifecycle.spec.scope])


def exported_kinds() -> list[ObjectLifecycle]:
    """The kinds that can take an object over, each after those that it points at."""
    lives: list[ObjectLifecycle] = [kind.lifecycle for kind in kinds().values()]
    adopting = [lifecycle for lifecycle in lives if lifecycle.stands_for_one_object]
    places = {lifecycle.spec.endpoints.list.path for lifecycle in adopting}
    return sorted(
        adopting,
        key=lambda lifecycle: (len(_places(lifecycle.spec.shape) & places), lifecycle.spec.name),
    )


def reading(client: LumosClient) -> Call:
    """What all apps of one export share."""

    def ignore(*_said: object) -> None:
        """Nothing is said of objects that are only read."""

    return Call(Run(lambda: client), "export", Diagnostics(ignore, ignore, ignore))


def objects_of(call: Call, app_id: str) -> list[Found]:
    """Everything of an app that a program can adopt, oldest first within a kind."""
    return [
        Found(lifecycle, live)
        for lifecycle in exported_kinds()
        for live in _live(lifecycle, call, app_id)
    ]


def is_configured(found: Found) -> bool:
    """Whether somebody has made or configured an object.

    An integration makes a permission of each group that it syncs. Such a permission has its key
    and that group, which nobody can change, and nothing else until somebody configures it.
    """
    if found.live.get("type") != "SYNCED":
        return True
    spec = found.lifecycle.spec
    inputs, left_out = declarable(found.lifecycle, found.live)
    configured = (
        at[0] not in spec.key and not field.marks.replaces
        for at, field in leaves(spec.shape, inputs)
    )
    return bool(left_out) or any(configured)


def _live(lifecycle: ObjectLifecycle, call: Call, app_id: str) -> list[Values]:
    spec = lifecycle.spec
    if spec.id:
        found = lifecycle.find_by_id(call, app_id)
        return [found] if found else []
    query: dict[str, Any] = {spec.scope: app_id, **spec.endpoints.query}
    address = spec.endpoints.list.path
    listed = identified(address, call.run.client.list(address, query))
    return [item for item in listed if item.get(spec.scope) == app_id]


def _places(spec: TypeSpec) -> set[str]:
    """The lists that a kind points into."""
    if isinstance(spec, ListOf):
        return _places(spec.item)
    if not isinstance(spec, ShapeSpec):
        return set()
    here = {spec.refers_to.path} if spec.refers_to else set()
    return here.union(*(_places(field.type) for field in spec.fields.values()))
