"""The declared types of what a lookup gives, where a dataclass does not say what is in a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.declare.spec import Json, ObjectSpec, TypeSpec, shapes_in
from pulumi_lumos.kinds import kinds as resource_kinds

from .kinds import LookupKind


def types_of(kind: LookupKind[Any]) -> Mapping[str, TypeSpec]:
    """Return the types of the fields that hold objects, as the kind of resource declares them."""
    return {
        name: field.type
        for one in resource_kinds().values()
        if isinstance(one.spec, ObjectSpec) and one.spec.endpoints.list.path == kind.collection.path
        for name, field in one.spec.fields.items()
        if isinstance(field.type, Json) or any(shapes_in(field.type))
    }
