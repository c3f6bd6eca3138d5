"""Checks credentials and settings against the connection schema of an integration.

Lumos gives a JSON schema (draft-07 style) of flat or nested objects. Only the names are checked,
never a value: no text here may hold a credential.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.values.paths import joined

COMBINED = ("oneOf", "anyOf", "allOf", "patternProperties", "if")
"""Words of JSON schema by which other names may be allowed: such a schema is left to Lumos."""


def configuration_problems(schema: Any, given: Any, at: str) -> Iterator[Problem]:
    """Find every name that the schema does not have, and every name that it needs and lacks."""
    properties = _properties(schema)
    if properties is None or not isinstance(given, Mapping):
        return
    yield from _unknown_names(schema, properties, given, at)
    for name in schema.get("required") or ():
        if given.get(name) in (None, "", {}):
            yield joined(at, name), "the integration needs it"
    for name, inner in properties.items():
        if name in given and given[name] is not UNKNOWN:
            yield from configuration_problems(inner, given[name], joined(at, name))


def example_of(schema: Any) -> Values:
    """An object of all names that a schema has, with "..." for each value."""
    properties = _properties(schema) or {"...": {}}
    return {
        name: example_of(one) if _properties(one) else "..." for name, one in properties.items()
    }


def _properties(schema: Any) -> Mapping[str, Any] | None:
    """The names that a schema has, where it says all of them."""
    if not isinstance(schema, Mapping) or any(word in schema for word in COMBINED):
        return None
    properties = schema.get("properties")
    return properties if isinstance(properties, Mapping) else None


def _unknown_names(
    schema: Mapping[str, Any], properties: Mapping[str, Any], given: Mapping[str, Any], at: str
) -> Iterator[Problem]:
    if schema.get("additionalProperties"):
        return
    known = ", ".join(map(str, properties)) or "none: somebody consents in a browser"
    for name in given:
        if name not in properties:
            yield joined(at, name), f"the integration has no such name here; it has {known}"
