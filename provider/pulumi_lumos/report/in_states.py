"""What plans and states of Pulumi call the resources of Lumos, whichever host serves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.hosts.names import in_declared_names
from pulumi_lumos.hosts.resource_types import DYNAMIC_PREFIX, PACKAGED_PREFIX
from pulumi_lumos.kinds import kinds

from .population import Values


def kind_of_type(type: str) -> str:
    """The kind of a resource of this type, also of one that a later release knows; "" if none."""
    return type.rpartition(":")[2] if type.startswith((DYNAMIC_PREFIX, PACKAGED_PREFIX)) else ""


def declared(kind: str, values: Any) -> Values:
    """Properties by their declared names."""
    if not isinstance(values, Mapping):
        return {}
    known = kinds().get(kind)
    return in_declared_names(known, values) if known else dict(values)
