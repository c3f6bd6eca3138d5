"""Reads the objects to export: those of each app, of all kinds that can be adopted."""

from __future__ import annotations

from typing import NamedTuple

from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.api.paging import identified
from pulumi_lumos.declare.flow import Answer
from pulumi_lumos.declare.spec import ListOf, ObjectSpec, Reference, ShapeSpec, TypeSpec, Values
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.diagnostics import SILENT
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle
from pulumi_lumos.lifecycle.run import Run

from .inputs import declarable, leaves

CALLS_AT_ONCE = 8
OF_AN_APP = "app_id"
"""The field of objects that belong to one app."""

Ref = tuple[str, str]
"""An object of Lumos by its kind and id."""


class Found(NamedTuple):
    """One object of Lumos, and the lifecycle of its kind."""

    lifecycle: ObjectLifecycle
    live: Answer

    @property
    def ref(self) -> Ref:
        """The kind and the id of the object."""
        return self.lifecycle.spec.name, str(self.live["id"])

    @property
    def app_id(self) -> str:
        """The app that it belongs to; "" where it belongs to none."""
        return str(self.live[OF_AN_APP]) if is_of_an_app(self.lifecycle.spec) else ""


def is_of_an_app(spec: ObjectSpec) -> bool:
    """Whether the objects of a kind belong to one app each."""
    return spec.listed_by == OF_AN_APP


def exported_kinds() -> list[ObjectLifecycle]:
    """The kinds that can take an object over, each after those that it points at."""
    lifecycles = [kind.lifecycle for kind in kinds().values()]
    adopting = [one for one in lifecycles if isinstance(one, ObjectLifecycle)]
    places = {lifecycle.spec.endpoints.list.path for lifecycle in adopting}
    return sorted(
        adopting,
        key=lambda lifecycle: (len(_places(lifecycle.spec.shape) & places), lifecycle.spec.name),
    )


def reading(client: LumosClient) -> Call:
    """The call that all apps of one export share."""
    return Call(Run(lambda: client), "export", SILENT)


def read_objects_of(call: Call, app_id: str) -> list[Found]:
    """Read all objects of an app that a program can adopt, oldest first within a kind."""
    return [
        Found(lifecycle, live)
        for lifecycle in exported_kinds()
        if is_of_an_app(lifecycle.spec)
        for live in _live(lifecycle, call, {OF_AN_APP: app_id})
    ]


def read_objects_of_no_app(call: Call) -> list[Found]:
    """Read all objects that a program can adopt and that belong to no single app."""
    return [
        Found(lifecycle, live)
        for lifecycle in exported_kinds()
        if not is_of_an_app(lifecycle.spec)
        for live in _live(lifecycle, call, {})
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


def _live(lifecycle: ObjectLifecycle, call: Call, within: Values) -> list[Answer]:
    spec = lifecycle.spec
    if spec.id:
        found = lifecycle.objects.find_by_id(call, within[spec.id])
        return [found] if found else []
    address = spec.endpoints.list.path
    query = {**spec.list_query(within), **spec.endpoints.export_query}
    listed = map(spec.in_own_names, identified(address, call.run.client.list(address, query)))
    return [item for item in listed if all(item.get(name) == within[name] for name in within)]


def _places(spec: TypeSpec) -> set[str]:
    """The lists that a kind points into."""
    if isinstance(spec, ListOf):
        return _places(spec.item)
    if not isinstance(spec, ShapeSpec):
        return set()
    here = {spec.refers_to.path} if isinstance(spec, Reference) and spec.refers_to else set()
    return here.union(*(_places(field.type) for field in spec.fields.values()))
