"""Properties as Pulumi's dynamic host passes them, and as the lifecycle takes them."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.output import Unknown
from pulumi.runtime import rpc

from pulumi_lumos.declare.spec import Values
from pulumi_lumos.declare.unknown import UNKNOWN


def read(props: Values) -> Values:
    """Read properties for the lifecycle: without Pulumi's own, with unknown values marked."""
    return {
        name: _known(value)
        for name, value in props.items()
        if name != PROVIDER_KEY and value is not None
    }


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_known(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # Pulumi passes every number as a float, and JSON would show that.
    # The marker arrives as an object from some releases of the SDK and as a string from others.
    unknown = isinstance(value, Unknown) or value == rpc.UNKNOWN
    return UNKNOWN if unknown else value


def written(value: Any) -> Any:
    """Write values for Pulumi: its marker stands for unknown ones."""
    if isinstance(value, dict):
        return {name: written(item) for name, item in value.items()}
    if isinstance(value, list):
        return [written(item) for item in value]
    return rpc.UNKNOWN if value is UNKNOWN else value
