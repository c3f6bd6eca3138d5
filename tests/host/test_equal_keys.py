"""Two resources of one program never take one natural key; no request is needed to see it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples

Values = dict[str, Any]

KIND = "RequestablePermission"
SALES = seed_ids.SALESFORCE_APP_ID
ADMIN, READER = ({"app_id": SALES, "label": label} for label in ("Admin", "Reader"))
WRONG = (
    "The resources one and two stand for the same RequestablePermission with "
    f"app_id '{SALES}', label 'Admin'. Remove one of them from the program, "
    "or give it another label."
)


@pytest.mark.parametrize("kind", KINDS)
def test_two_new_resources_of_one_key_are_wrong_at_the_second(
    kind: str, tenant: Tenant, host: DynamicHost
) -> None:
    make_room(tenant, kind)
    given = samples(kind)[0]
    assert host.check(kind, {}, given, name="one").failures == {}
    tenant.forget_requests()
    (path, reason), *others = host.check(kind, {}, given, name="eu::two").failures.items()
    assert (path, others) == (kinds()[kind].spec.key[-1], [])
    assert f"The resources one and eu::two stand for the same {kind} with " in reason
    assert tenant.requests() == []
    adopting = host.check(kind, {}, {**given, "adopt": True}, name="three").failures
    assert "The resources one and three stand for the same" in adopting[path]


def test_a_label_is_not_changed_to_one_that_another_resource_has_or_is_given(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    changes: dict[str, tuple[Values, Values]] = {"one": (ADMIN, ADMIN), "two": (READER, ADMIN)}
    assert checked(host, changes) == {"one": {}, "two": {"label": WRONG}}
    backwards = dict(reversed(changes.items()))
    (told,) = checked(next_run, backwards)["one"].values()
    assert "two and one stand for the same" in told
    assert tenant.requests() == []


def test_labels_that_change_places_and_equal_ones_that_stay_are_no_mistake(
    tenant: Tenant, host: DynamicHost
) -> None:
    swapped = {"one": (ADMIN, READER), "two": (READER, ADMIN)}
    assert checked(host, swapped) == {"one": {}, "two": {}}
    # Of several that people have made, a program may have adopted each by its id.
    boss = {**ADMIN, "label": "Boss"}
    equal = {"three": (boss, boss), "four": (boss, boss)}
    assert checked(host, equal) == {"three": {}, "four": {}}
    by_id = {**ADMIN, "adopt": "an-id"}
    assert checked(host, {"five": (by_id, {**by_id, "label": "Boss"})}) == {"five": {}}
    elsewhere = {**ADMIN, "app_id": seed_ids.SLACK_APP_ID}
    assert checked(host, {"six": (READER, elsewhere)}) == {"six": {}}
    assert tenant.requests() == []


def test_several_objects_of_one_label_are_adopted_each_by_its_id(
    tenant: Tenant, host: DynamicHost
) -> None:
    ids = [tenant.add_permission(SALES, "Admin")["id"] for _ in range(2)]
    changes: dict[str, tuple[Values, Values]] = {id: ({}, {**ADMIN, "adopt": id}) for id in ids}
    assert checked(host, changes) == {id: {} for id in ids}


def checked(host: DynamicHost, changes: dict[str, tuple[Values, Values]]) -> Values:
    """What is wrong with each resource, of which the old and the new inputs are given."""
    return {
        name: host.check(KIND, old, new, name=name).failures for name, (old, new) in changes.items()
    }
