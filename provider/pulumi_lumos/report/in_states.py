"""What plans and states of Pulumi call the resources of Lumos, whichever host serves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_lumos.hosts.names import in_declared_names
from pulumi_lumos.kinds import kinds

from .population import Values


def declared(kind: str, values: Any) -> Values:
    """Properties by their declared names."""
    if not isinstance(values, Mapping):
        return {}
    known = kinds().get(kind)
    return in_declared_names(known, values) if known else dict(values)
