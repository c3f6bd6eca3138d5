"""Reads from `pulumi stack export` what a stack manages in Lumos."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.errors import LumosError
from pulumi_lumos.hosts.resource_types import kind_of_type
from pulumi_lumos.urns import stack_of

from .in_states import declared


class BadExport(LumosError):
    """A file is not an export of a stack; the text says why."""


@dataclass(frozen=True)
class ManagedByStacks:
    """The apps of some stacks, and the stack that manages each object, by the object's id."""

    app_ids: tuple[str, ...]
    stacks: Mapping[str, str]


def managed_by(texts: list[str]) -> ManagedByStacks:
    """Read what the exported stacks manage. Raises BadExport."""
    stacks: dict[str, str] = {}
    apps: dict[str, None] = {}
    for text in texts:
        for stack, app_id, ids in _resources(text):
            apps |= {app_id: None} if app_id else {}
            stacks |= dict.fromkeys(ids, stack)
    if not apps:
        raise BadExport("it has no resource of Lumos.")
    return ManagedByStacks(tuple(apps), stacks)


def _resources(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """The stack, the app and the objects of each resource."""
    try:
        deployment = json.loads(text)["deployment"]
        resources = deployment.get("resources") or []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadExport("it is not output of `pulumi stack export`.") from None
    for resource in resources:
        if kind := kind_of_type(str(resource.get("type") or "")):
            outputs = declared(kind, resource.get("outputs"))
            yield stack_of(str(resource.get("urn") or "")), *_objects(resource, outputs)


def _objects(resource: Mapping[str, Any], outputs: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The app of a resource, and the ids of the objects that it manages.

    An attachment manages the permission that it has made, not the one it was given.
    """
    ids = outputs.get("bound_permission_id") or resource.get("id")
    return str(outputs.get("app_id") or ""), [str(ids)] if ids else []
