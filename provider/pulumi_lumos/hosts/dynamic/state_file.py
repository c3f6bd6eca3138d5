"""Reads what `pulumi stack export` prints as Pulumi itself reads it, or refuses it.

Pulumi is written in Go, whose JSON reader takes a key for a field of the same letters in any case
(`Resources`, and even `reſources`), and merges two values of one key. Python's reader does neither.
A file with such keys would look harmless here and be something else to Pulumi. Pulumi never writes
one, so it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

STATE_FIELDS = {"version", "deployment"}
DEPLOYMENT_FIELDS = {"resources", "pending_operations"}
OPERATION_FIELDS = {"resource", "type"}
RESOURCE_FIELDS = {"urn", "type", "inputs", "outputs"}
"""The fields that are read here, whose spelling counts."""

Resource = Mapping[str, Any]


class UnreadableState(ValueError):
    """A text is not what `pulumi stack export` prints; the message says why."""


def read_state(text: str) -> dict[str, Any]:
    """Read a state as plain data. Raises UnreadableState."""
    try:
        state = json.loads(text, object_pairs_hook=_without_doubles)
    except RecursionError:
        raise UnreadableState("it is nested too deeply") from None
    except UnreadableState:
        raise
    except ValueError as error:
        raise UnreadableState(f"it is not JSON: {error}") from None
    if not isinstance(state, dict):
        raise UnreadableState("it is not a JSON object, as `pulumi stack export` prints one")
    return state


def resources_of(state: Mapping[str, Any]) -> Iterator[Resource]:
    """Every resource of a state, those of unfinished operations too. Raises UnreadableState."""
    _check_spelling(state, STATE_FIELDS)
    deployment = state.get("deployment")
    if not isinstance(deployment, dict):
        raise UnreadableState("it has no deployment, as `pulumi stack export` prints one")
    _check_spelling(deployment, DEPLOYMENT_FIELDS)
    found = _objects(deployment.get("resources"))
    operations = _objects(deployment.get("pending_operations"))
    for operation in operations:
        _check_spelling(operation, OPERATION_FIELDS)
    for resource in [*found, *_objects([one.get("resource") for one in operations])]:
        _check_spelling(resource, RESOURCE_FIELDS)
        yield resource


def _objects(items: Any) -> list[Mapping[str, Any]]:
    objects = [] if items is None else items
    if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
        raise UnreadableState("its resources are no list of objects")
    return objects


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the text; raises UnreadableState where it has a key twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UnreadableState(f"one of its objects has the key {twice!r} twice")
    return found


def _check_spelling(found: Mapping[str, Any], fields: set[str]) -> None:
    """Raise UnreadableState for a key that Go takes for one of the fields and Python does not."""
    for key in found:
        # Folding is Go's rule and more: it also takes ß for ss, which no field has.
        if key not in fields and key.casefold() in fields:
            raise UnreadableState(
                f"it has the key {key!r}, which Pulumi reads as {key.casefold()!r}"
            )
