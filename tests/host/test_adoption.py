"""Every kind that stands for one object of Lumos can take over one that is there."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.adoption import ADOPT

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, Values, make_room, samples
from ..kinds.values import WEBHOOKS, by_id
from .adoption import ADOPTING, adopting, desired, in_any_order, least_of, made_by_hand
from .held import assert_held


def test_every_kind_can_adopt() -> None:
    """An attachment adopts the successor of its permission: tests/host/test_attachment.py."""
    assert all(ADOPT in kinds()[kind].spec.fields for kind in KINDS)
    assert set(ADOPTING) == {kind for kind in KINDS if FACTS[kind].is_one_object}


@adopting
def test_what_exists_is_named_with_the_way_out_unless_it_is_adopted(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id = made_by_hand(tenant, host, kind)
    (reason,) = next_run.check(kind, {}, desired(kind)).failures.values()
    assert id in reason
    assert "adopt=True" in reason
    assert next_run.check(kind, {}, desired(kind, adopt=True)).failures == {}


@adopting
def test_an_object_that_has_more_than_the_program_gives_is_nobodys_left_over(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id = made_by_hand(tenant, host, kind)
    assert_refused(next_run, kind, id, least_of(kind))
    assert_taken(next_run, kind, id, samples(kind)[0])


SLACK = seed_ids.SLACK_APP_ID
BY_HAND: dict[str, Values] = {
    "people see it": {"appstore_visibility": "VISIBLE"},
    "the manager approves": {
        "request_approval_config": {
            "request_approval_config_override": True,
            "manager_approval": "INITIAL_APPROVAL",
        },
    },
    "steps by hand": {"request_fulfillment_config": {"manual_steps_needed": True}},
    "a webhook": {"access_removal_inline_webhook": WEBHOOKS["DEPROVISION"]},
    "some may ask": {
        "allowed_groups_override": True,
        "allowed_groups": {"type": "SPECIFIED_GROUPS", "groups": [by_id("IT")]},
    },
}


@pytest.mark.parametrize("more", BY_HAND.values(), ids=BY_HAND)
def test_a_permission_that_differs_in_one_field_from_what_would_be_made_is_not_taken(
    more: Values, tenant: Tenant, host: DynamicHost
) -> None:
    kind, given = "RequestablePermission", {"app_id": SLACK, "label": "Guests"}
    id = tenant.add_permission(SLACK, "Guests", **more)["id"]
    assert_refused(host, kind, id, given)
    assert_taken(host, kind, id, {**given, "request_config": more})


def test_an_app_that_somebody_has_configured_is_not_taken(
    tenant: Tenant, host: DynamicHost
) -> None:
    assert_refused(host, "AppStoreApp", SLACK, {"app_id": SLACK})


@pytest.mark.parametrize(
    "more", [{"is_preapproved": True}, {"permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}]}]
)
def test_an_access_policy_that_gives_an_app_in_another_way_is_not_taken(
    more: Values, tenant: Tenant, host: DynamicHost
) -> None:
    given = {
        "name": "Everybody",
        "business_justification": "By hand.",
        "apps": [{"id": SLACK}],
        "is_everyone_condition": True,
    }
    apps = [{"id": SLACK, **more}]
    id = tenant.add_policy("Everybody", SLACK, apps=apps)["id"]
    assert_refused(host, "AccessPolicy", id, given)
    assert_taken(host, "AccessPolicy", id, {**given, "apps": apps})


def assert_refused(host: DynamicHost, kind: str, id: str, given: Values) -> None:
    """A preview names the object and the way to take it over."""
    (reason,) = host.check(kind, {}, given).failures.values()
    assert id in reason and "adopt=True" in reason


def assert_taken(host: DynamicHost, kind: str, id: str, given: Values) -> None:
    """A run takes over the object, which is just what the program says."""
    assert host.check(kind, {}, given).failures == {}
    assert host.create(kind, given)[0] == id


@adopting
@pytest.mark.parametrize("by", ["natural key", "id"])
def test_an_adopted_object_is_changed_and_given_back_as_it_was_found(
    kind: str,
    by: str,
    tenant: Tenant,
    host: DynamicHost,
    next_run: DynamicHost,
    host_of: type[DynamicHost],
) -> None:
    id = made_by_hand(tenant, host, kind)
    found = tenant.state()
    given = desired(kind, adopt=id if by == "id" else True)
    tenant.forget_requests()
    adopted, state = next_run.create(kind, next_run.check(kind, {}, given).inputs)
    assert adopted == id
    assert_held(FACTS[kind].held(tenant, state, id), declared(given))
    assert not next_run.diff(kind, id, state, given).changes
    assert_given_back(tenant, found, kind, id, state, given, host_of)


@adopting
def test_an_adopted_object_that_is_changed_later_is_given_back_as_it_was_found(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost, host_of: type[DynamicHost]
) -> None:
    id = made_by_hand(tenant, host, kind)
    found = tenant.state()
    as_it_is, given = desired(kind, 0, adopt=True), desired(kind, adopt=True)
    tenant.forget_requests()
    _, state = next_run.create(kind, next_run.check(kind, {}, as_it_is).inputs)
    assert tenant.requests("PUT", "PATCH") == []
    state = next_run.update(kind, id, state, next_run.check(kind, as_it_is, given).inputs)
    assert_held(FACTS[kind].held(tenant, state, id), declared(given))
    assert_given_back(tenant, found, kind, id, state, given, host_of)


def assert_given_back(
    tenant: Tenant,
    found: Values,
    kind: str,
    id: str,
    state: Values,
    given: Values,
    host_of: type[DynamicHost],
) -> None:
    """A later run deletes the resource, and Lumos has the object as it was `found`."""
    with host_of(settings_for(tenant)) as last_run:
        last_run.delete(kind, id, state)
    assert tenant.requests("POST", "DELETE") == []
    for company in (left := tenant.state(), found):
        forget_what_lumos_never_shows(company, kind, id, given)
    assert in_any_order(left) == in_any_order(found)


def declared(given: Values) -> Values:
    """What a program says of the object itself."""
    return {name: value for name, value in given.items() if name != ADOPT}


def forget_what_lumos_never_shows(state: Values, kind: str, id: str, given: Values) -> None:
    """Take the write-only fields that a program gives out of an object: they cannot come back."""
    fields = kinds()[kind].spec.fields
    hidden = [name for name in given if name in fields and fields[name].marks.write_only]
    for collection in state.values():
        for name in hidden if isinstance(collection, dict) and id in collection else ():
            del collection[id][name]


@pytest.mark.parametrize("kind", [kind for kind in ADOPTING if FACTS[kind].has_twins])
def test_of_two_objects_of_one_natural_key_both_are_named(
    kind: str, tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    first = made_by_hand(tenant, host, kind)
    second = FACTS[kind].add_twin(tenant, first)
    for adopt in ({}, {"adopt": True}):
        (reason,) = next_run.check(kind, {}, desired(kind, **adopt)).failures.values()
        assert first in reason and second in reason
    assert next_run.check(kind, {}, desired(kind, adopt=second)).failures == {}


@adopting
def test_nothing_to_adopt_is_a_mistake_and_makes_nothing(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    tenant.forget_requests()
    (reason,) = host.check(kind, {}, desired(kind, adopt=True)).failures.values()
    assert "to adopt" in reason
    assert tenant.requests("POST", "PATCH", "DELETE") == []
