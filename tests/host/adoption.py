"""What exists already, and what a program says to adopt it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, Values, make_room, samples

ADOPTING = [kind for kind in KINDS if isinstance(kinds()[kind].lifecycle, ObjectLifecycle)]

adopting = pytest.mark.parametrize("kind", ADOPTING)


def made_by_hand(tenant: Tenant, host: DynamicHost, kind: str, number: int = 0) -> str:
    """An object that no program manages; its id."""
    make_room(tenant, kind)
    id, _ = host.create(kind, samples(kind)[number])
    return id


def desired(kind: str, number: int = 1, **adopt: Any) -> Values:
    """The settings of another sample for an object of the natural key that the first one has."""
    spec = kinds()[kind].spec
    kept = {name: samples(kind)[0][name] for name in spec.key}
    changed = {**samples(kind)[number], **kept, **adopt}
    for path in FACTS[kind].fixed_once_made:
        changed = _without(changed, path)
    return changed


def least_of(kind: str) -> Values:
    """The first sample with no more fields than a program has to give."""
    spec, facts, sample = kinds()[kind].spec, FACTS[kind], samples(kind)[0]
    required = [name for name, field in spec.fields.items() if field.required]
    names = {*required, *spec.key, *facts.needed_beside_required, *facts.never_cleared}
    return {name: value for name, value in sample.items() if name in names}


def _without(values: Values, path: tuple[str, ...]) -> Values:
    """The same without one field below others."""
    name, *below = path
    if not below:
        return {other: value for other, value in values.items() if other != name}
    return {**values, name: _without(values[name], tuple(below))}


def in_any_order(value: Any) -> Any:
    """A value in which the order of lists means nothing."""
    if isinstance(value, dict):
        return {name: in_any_order(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted((in_any_order(item) for item in value), key=repr)
    return value
