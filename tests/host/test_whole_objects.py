"""What every kind with a PUT, and every kind with items, keeps: what is not managed survives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_lumos.declare.spec import ResourceSpec, ShapeSpec
from pulumi_lumos.kinds import kinds
from pulumi_lumos.values.changes import item_shape

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import FACTS, Values, make_room, samples
from ..laws.law import OBJECTS, SPECS
from ..laws.vendor import request
from .held import assert_held

WHOLE = [name for name, spec in OBJECTS.items() if spec.endpoints.update.method == "PUT"]


def _items() -> Iterator[tuple[str, str, str]]:
    """Every own field of an item: its kind, the list, and the field."""
    for kind, spec in SPECS.items():
        for name, field in spec.fields.items():
            shape = item_shape(field.type)
            for own in shape.own if shape else ():
                yield kind, name, own


OWN_FIELDS = list(_items())
every_own_field = pytest.mark.parametrize(("kind", "name", "own"), OWN_FIELDS)


def spec_of(kind: str) -> ResourceSpec:
    spec: ResourceSpec = kinds()[kind].spec
    return spec


def body_of(tenant: Tenant, method: str) -> Values:
    """The body of the only request of a method."""
    (sent,) = tenant.requests(method)
    body: Values = sent["body"] if isinstance(sent["body"], dict) else json.loads(sent["body"])
    return body


def test_there_are_kinds_with_a_put_and_items_with_fields_of_their_own() -> None:
    assert "AccessPolicy" in WHOLE
    assert ("AccessPolicy", "apps", "is_preapproved") in OWN_FIELDS


@pytest.mark.parametrize("kind", WHOLE)
def test_a_put_sends_the_whole_object_with_what_lumos_has_of_the_rest(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    make_room(tenant, kind)
    full, other, *_ = samples(kind)
    made, _ = host.create(kind, full)
    key = spec_of(kind).key
    given = {name: full[name] for name in full if spec_of(kind).fields[name].required}
    also = {name: full[name] for name in FACTS[kind].needed_beside_required}
    adopted = {**given, "adopt": made, **also}
    id, state = next_run.create(kind, adopted, "adopted")
    named = {**adopted, key[-1]: other[key[-1]]}
    tenant.forget_requests()
    next_run.update(kind, id, state, named, "adopted")
    body = body_of(tenant, "PUT")
    shown = {name: full[name] for name in full if not spec_of(kind).fields[name].marks.write_only}
    assert body.keys() >= request(OBJECTS[kind].endpoints.update).properties.keys() & shown.keys()
    assert_held(body, {**shown, key[-1]: other[key[-1]]})
    assert_held(FACTS[kind].held(tenant, state, id), {**shown, key[-1]: other[key[-1]]})


def with_item(kind: str, name: str, own: str, index: int) -> tuple[Values, Values]:
    """A sample that says something of an item, and the same without it."""
    for sample in samples(kind):
        for number, item in enumerate(sample.get(name, ())):
            if item.get(own):
                fewer = {one: item[one] for one in item if one != own}
                others = [fewer if n == number else one for n, one in enumerate(sample[name])]
                return sample, {**sample, name: others}
    raise AssertionError(f"no sample of {kind} gives {own} of {name}")


def live_item(tenant: Tenant, kind: str, state: Values, id: str, name: str, own: str) -> Any:
    """What Lumos has of the first item that the sample speaks of."""
    sample, _ = with_item(kind, name, own, 0)
    desired, *_ = (one["id"] for one in sample[name] if one.get(own))
    (found,) = (one for one in FACTS[kind].held(tenant, state, id)[name] if one["id"] == desired)
    return found[own]


@every_own_field
def test_a_field_beside_an_identity_is_sent_diffed_cleared_and_refreshed(
    kind: str,
    name: str,
    own: str,
    tenant: Tenant,
    host: DynamicHost,
    next_run: DynamicHost,
    host_of: type[DynamicHost],
) -> None:
    make_room(tenant, kind)
    given, without = with_item(kind, name, own, 0)
    id, state = host.create(kind, given)
    assert live_item(tenant, kind, state, id, name, own)
    assert host.diff(kind, id, state, without).changes
    cleared = next_run.update(kind, id, state, without)
    assert not live_item(tenant, kind, state, id, name, own)
    assert next_run.read(kind, id, cleared) == (id, cleared, without)
    again = next_run.update(kind, id, cleared, given)
    assert live_item(tenant, kind, state, id, name, own)
    by_hand(tenant, kind, id, name, own)
    with host_of(settings_for(tenant)) as last:
        _, _, drifted = last.read(kind, id, again)
    assert drifted != given


def by_hand(tenant: Tenant, kind: str, id: str, name: str, own: str) -> None:
    """Somebody clears a field of every item."""
    shape = item_shape(spec_of(kind).fields[name].type)
    assert isinstance(shape, ShapeSpec)
    live = FACTS[kind].held(tenant, {}, id)
    items = [{**one, own: shape.fields[own].clearing} for one in live[name]]
    update = OBJECTS[kind].endpoints.update
    tenant.call(update.method, update.path.format(id=id), {**live, name: items})


@every_own_field
def test_what_a_program_does_not_say_of_an_item_is_no_drift_and_survives(
    kind: str, name: str, own: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    make_room(tenant, kind)
    full, without = with_item(kind, name, own, 0)
    made, _ = host.create(kind, full)
    given = {**without, "adopt": made}
    id, state = next_run.create(kind, given, "adopted")
    assert next_run.read(kind, id, state)[2] == given
    key = spec_of(kind).key[-1]
    next_run.update(kind, id, state, {**given, key: "Another"}, "adopted")
    assert live_item(tenant, kind, state, id, name, own)
    assert FACTS[kind].held(tenant, state, id)[key] == "Another"
