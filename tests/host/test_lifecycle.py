"""What is true of the lifecycle of every kind, asked of the real dynamic host."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi.runtime import rpc
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK
from pulumi_lumos.kinds import kinds

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, Values, make_room, samples
from .held import assert_cleared, assert_held, declared, leaves

every_kind = pytest.mark.parametrize("kind", KINDS)


def create(host: DynamicHost, kind: str, given: Values) -> tuple[str, Values]:
    """Check and create, as the engine does."""
    checked = host.check(kind, {}, given)
    assert checked.failures == {}
    return host.create(kind, checked.inputs)


@every_kind
def test_the_samples_give_and_change_every_declared_field(kind: str) -> None:
    given = [leaves(sample) for sample in samples(kind)]
    changed = {
        path
        for before, after in itertools.pairwise(given)
        for path in before
        if before[path] != after.get(path)
    }
    sent = {path for path, field in declared(kind).items() if not field.marks.option}
    missing = sent - changed
    assert missing == FACTS[kind].samples_cannot_change.keys()


@every_kind
def test_what_is_created_is_held_by_lumos_and_reads_back_as_given(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    given = samples(kind)[0]
    id, state = create(host, kind, given)
    assert_held(FACTS[kind].held(tenant, state, id), given)
    assert host.read(kind, id, state) == (id, state, given)
    assert not host.diff(kind, id, state, given).changes


@every_kind
@pytest.mark.parametrize("patch_applies_defaults", [True, False])
def test_an_update_sets_what_is_given_and_clears_what_is_not(
    kind: str, patch_applies_defaults: bool, tenant: Tenant, host: DynamicHost
) -> None:
    tenant.switch(patch_applies_defaults=patch_applies_defaults)
    make_room(tenant, kind)
    before, *following = samples(kind)
    id, state = create(host, kind, before)
    for given in following:
        checked = host.check(kind, before, given)
        assert checked.failures == {}
        difference = host.diff(kind, id, state, checked.inputs)
        assert difference.changes
        assert difference.replaces == []
        state = host.update(kind, id, state, checked.inputs)
        live = FACTS[kind].held(tenant, state, id)
        assert_held(live, given)
        assert_cleared(kind, live, before, given)
        assert host.read(kind, id, state) == (id, state, checked.inputs)
        assert not host.diff(kind, id, state, checked.inputs).changes
        before = given


@every_kind
def test_a_deleted_object_is_gone_and_deleting_it_again_is_no_error(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    make_room(tenant, kind)
    permissions = tenant.state()["permissions"]
    id, state = create(host, kind, samples(kind)[0])
    next_run.delete(kind, id, state)
    assert not FACTS[kind].is_there(tenant, state, id)
    assert tenant.state()["permissions"] == permissions
    next_run.delete(kind, id, state)


@every_kind
def test_an_object_that_somebody_removed_reads_as_gone(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    make_room(tenant, kind)
    id, state = create(host, kind, samples(kind)[0])
    FACTS[kind].vanish_for_good(tenant, state, id)
    assert next_run.read(kind, id, state)[0] == ""


@every_kind
def test_what_is_replaced_by_itself_stays(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    """`pulumi up --replace` asks for no difference: it creates, then deletes what was there."""
    make_room(tenant, kind)
    given = samples(kind)[0]
    id, state = create(host, kind, given)
    before = tenant.state()
    again, new = create(next_run, kind, given)
    next_run.delete(kind, id, state)
    assert again == id
    assert FACTS[kind].is_there(tenant, new, again)
    assert tenant.state() == before


@every_kind
def test_neither_order_nor_the_spelling_of_a_group_is_a_change(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    given = samples(kind)[0]
    id, state = create(host, kind, given)
    reordered, respelled = _reversed(given), _respelled(given)
    assert (reordered != given) == FACTS[kind].has_lists
    assert (respelled != given) == FACTS[kind].names_groups
    assert not host.diff(kind, id, state, host.check(kind, given, reordered).inputs).changes
    assert not host.diff(kind, id, state, host.check(kind, given, respelled).inputs).changes
    assert not host.diff(kind, id, state, reordered).changes


@every_kind
def test_unknown_values_are_never_wrong_and_always_a_change(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    given = samples(kind)[0]
    id, state = create(host, kind, given)
    for unknown in _each_part_unknown(given):
        checked = host.check(kind, given, unknown)
        assert checked.failures == {}
        assert _sorted(checked.inputs) == _sorted(unknown)
        assert host.diff(kind, id, state, unknown).changes


@every_kind
def test_unknown_values_are_never_wrong_in_a_new_resource(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    for unknown in _each_part_unknown(samples(kind)[0]):
        assert host.check(kind, {}, unknown).failures == {}


@every_kind
def test_a_preview_judges_unknown_values_beside_an_object_that_is_there(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    """Nobody knows yet whether it is the one, so that it is not refused."""
    make_room(tenant, kind)
    given = samples(kind)[0]
    create(host, kind, given)
    for unknown in _each_part_unknown(given):
        failures = next_run.check(kind, {}, {**unknown, PREVIEW_MARK: True}).failures
        assert failures == {}, unknown


@pytest.mark.parametrize("adopt", [True, "its id", rpc.UNKNOWN], ids=str)
@every_kind
def test_a_preview_of_an_adoption_judges_unknown_values(
    kind: str, adopt: Any, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    """It ends without an error of Python; at most the key is refused, with a sentence."""
    make_room(tenant, kind)
    given = samples(kind)[0]
    id, state = create(host, kind, given)
    which = state.get("bound_permission_id", id) if adopt == "its id" else adopt
    for unknown in _each_part_unknown(given):
        checked = next_run.check(kind, {}, {**unknown, "adopt": which, PREVIEW_MARK: True})
        assert checked.failures.keys() <= {*kinds()[kind].spec.key}, checked.failures


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _reversed(item) for name, item in value.items()}
    return [_reversed(item) for item in reversed(value)] if isinstance(value, list) else value


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    return sorted(
        (_sorted(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True)
    )


def _respelled(value: Any) -> Any:
    """Each group by the other of its two ids."""
    if isinstance(value, list):
        return [_respelled(item) for item in value]
    if not isinstance(value, dict):
        return value
    for group in seed_ids.GROUPS.values():
        if value == {"app_id": group.app_id, "id": group.id}:
            source_id = group.integration_specific_id
            return {"app_id": group.app_id, "integration_specific_id": source_id}
        if value.get("integration_specific_id") == group.integration_specific_id:
            return {"app_id": group.app_id, "id": group.id}
    return {name: _respelled(item) for name, item in value.items()}


def _each_part_unknown(given: Values) -> Iterator[Values]:
    """The values with one part after another not known yet, however deep."""
    for steps in _places(given, ()):
        values = copy.deepcopy(given)
        parent: Any = values
        for step in steps[:-1]:
            parent = parent[step]
        parent[steps[-1]] = rpc.UNKNOWN
        yield values


def _places(value: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    parts = dict(enumerate(value)) if isinstance(value, list) else value
    for step, part in parts.items() if isinstance(parts, dict) else ():
        if step == "app_id" and "id" in value:
            continue  # the id alone says which group it is
        yield (*above, step)
        yield from _places(part, (*above, step))
