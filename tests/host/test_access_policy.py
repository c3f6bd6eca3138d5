"""What is particular to access policies, through the real dynamic host."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.hosts.marks import PREVIEW_MARK

from ..drivers.dynamic_host import DynamicHost
from ..drivers.either_host import settings_for
from ..drivers.tenant import Tenant
from ..kinds import Values
from ..kinds.access_policy import condition

KIND = "AccessPolicy"
SLACK, GITHUB = seed_ids.SLACK_APP_ID, seed_ids.GITHUB_APP_ID
CONDITION = condition("and", "Engineering", "IT")


def policy(**given: Any) -> Values:
    """A policy that gives Slack to the people of a condition, unless it is said otherwise."""
    return {
        "name": "Builders",
        "business_justification": "They build.",
        "apps": [{"id": SLACK}],
        "access_condition": CONDITION,
        **given,
    }


def everyone(**given: Any) -> Values:
    """A policy that gives Slack to everyone."""
    return {**policy(**given), "access_condition": None, "is_everyone_condition": True}


def without_none(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize(
    "audience", [{"access_condition": CONDITION, "is_everyone_condition": True}, {}]
)
def test_a_policy_is_for_a_condition_or_for_everyone(audience: Values, host: DynamicHost) -> None:
    given = {**without_none(policy(access_condition=None)), **audience}
    failures = host.check(KIND, {}, given).failures
    assert list(failures) == ["access_condition"]


def test_all_that_is_wrong_is_said_at_once_at_its_path(tenant: Tenant, host: DynamicHost) -> None:
    other = tenant.add_permission(GITHUB, "Maintainer")["id"]
    given = policy(
        apps=[
            {"id": SLACK, "permissions": [{"id": other}, {"id": seed_ids.SLACK_PERMISSION_ID}]},
            {"id": GITHUB, "permissions": [{"id": "a-permission-that-never-was"}]},
            {"id": "an-app-that-never-was"},
        ]
    )
    failures = host.check(KIND, {}, {**given, PREVIEW_MARK: True}).failures
    assert failures.keys() == {
        "apps[0].permissions[0].id",
        "apps[1].permissions[0].id",
        "apps[2].id",
    }
    assert (
        f"the permission Maintainer belongs to the app GitHub ({GITHUB})"
        in (failures["apps[0].permissions[0].id"])
    )
    assert "get_permission" in failures["apps[1].permissions[0].id"]
    assert "get_app" in failures["apps[2].id"]


def test_a_permission_of_an_app_that_is_not_known_yet_is_no_mistake(host: DynamicHost) -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    app = {"id": unknown, "permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}]}
    assert host.check(KIND, {}, {**policy(apps=[app]), PREVIEW_MARK: True}).failures == {}


def test_the_spelling_of_a_condition_is_no_difference(tenant: Tenant, host: DynamicHost) -> None:
    given = host.check(KIND, {}, policy()).inputs
    id, state = host.create(KIND, given)
    turned: Values = copy.deepcopy(CONDITION)
    turned["and"].reverse()
    turned["and"][1]["in"].reverse()
    turned = {name: [dict(reversed(one.items())) for one in turned[name]] for name in turned}
    assert turned != CONDITION
    said = host.check(KIND, given, policy(access_condition=turned)).inputs
    assert said["access_condition"] == CONDITION
    assert not host.diff(KIND, id, state, said).changes
    tenant.edit_policy(id, access_condition=turned)
    assert host.read(KIND, id, state) == (id, state, given)
    number = {"and": [{"equals": 1}]}
    counted = {**state, "access_condition": number}
    for other in ({"and": [{"equals": True}]}, {"and": [{"equals": "1"}]}, {"or": number["and"]}):
        given = policy(access_condition=other, is_everyone_condition=False)
        assert host.diff(KIND, id, counted, given).changes


def test_a_whole_number_is_sent_as_one(tenant: Tenant, host: DynamicHost) -> None:
    given = policy(access_condition={"attribute": {"value": "level"}, "equals": 5})
    id, _ = host.create(KIND, given)
    assert repr(tenant.policy(id)["access_condition"]["equals"]) == "5"


def test_a_policy_that_somebody_opens_to_everyone_is_drift_and_closed_again(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    given = host.check(KIND, {}, policy()).inputs
    id, state = host.create(KIND, given)
    tenant.edit_policy(id, is_everyone_condition=True)
    _, seen, inputs = next_run.read(KIND, id, state)
    assert inputs["is_everyone_condition"] is True
    again = next_run.check(KIND, inputs, policy()).inputs
    assert next_run.diff(KIND, id, seen, again).changes
    next_run.update(KIND, id, seen, again)
    live = tenant.policy(id)
    assert live["is_everyone_condition"] is False
    assert live["access_condition"] == CONDITION


def test_a_policy_goes_from_a_condition_to_everyone_and_back(
    tenant: Tenant, host: DynamicHost
) -> None:
    narrow = host.check(KIND, {}, policy()).inputs
    id, state = host.create(KIND, narrow)
    wide = host.check(KIND, narrow, without_none(everyone())).inputs
    state = host.update(KIND, id, state, wide)
    assert tenant.policy(id)["is_everyone_condition"] is True
    back = host.check(KIND, wide, policy()).inputs
    host.update(KIND, id, state, back)
    assert tenant.policy(id)["access_condition"] == CONDITION
    assert tenant.policy(id)["is_everyone_condition"] is False


def test_a_condition_comes_back_as_it_was_found_and_is_never_mixed_with_another(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    found = {"or": [{"attribute": {"value": "identity.title"}, "in": []}]}
    made = tenant.add_policy("Builders", SLACK, access_condition=found)["id"]
    given = host.check(KIND, {}, policy(adopt=True)).inputs
    id, state = host.create(KIND, given)
    assert (id, tenant.policy(id)["access_condition"]) == (made, CONDITION)
    wider = {**given, "is_enabled": True, "access_condition": {"not": {"equals": "Sales"}}}
    state = host.update(KIND, id, state, wider)
    with host_of(settings_for(tenant)) as last:
        last.delete(KIND, id, state)
    live = tenant.policy(id)
    assert live["access_condition"] == found
    assert live["is_enabled"] is False


def test_what_is_found_of_an_app_comes_back_when_the_program_begins_to_manage_it(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    permission = {"id": seed_ids.SLACK_PERMISSION_ID}
    apps = [{"id": SLACK, "is_preapproved": True, "permissions": [permission]}]
    id = tenant.add_policy("Builders", SLACK, apps=apps, access_condition=CONDITION)["id"]
    _, state = host.create(KIND, policy(adopt=id, apps=[{"id": SLACK, "is_preapproved": False}]))
    more = policy(adopt=id, apps=[{"id": SLACK, "is_preapproved": False, "permissions": []}])
    state = host.update(KIND, id, state, more)
    assert tenant.policy(id)["apps"] == [{"id": SLACK, "is_preapproved": False, "permissions": []}]
    with host_of(settings_for(tenant)) as last:
        last.delete(KIND, id, state)
    assert tenant.policy(id)["apps"] == apps


def test_one_list_serves_all_policies(
    tenant: Tenant, host: DynamicHost, host_of: type[DynamicHost]
) -> None:
    made = [host.create(KIND, policy(name=f"Builders {n}"), f"p{n}") for n in range(20)]
    with host_of(settings_for(tenant)) as fresh:
        tenant.forget_requests()
        for number, (id, state) in enumerate(made):
            assert fresh.read(KIND, id, state, f"p{number}")[0] == id
        assert [one["path"] for one in tenant.requests("GET")].count("/access_policies") == 1
        assert len(tenant.requests("GET")) < 5


def test_a_name_that_another_one_contains_is_another_policy(
    tenant: Tenant, host: DynamicHost
) -> None:
    tenant.add_policy("Builders of all sorts", SLACK)
    assert host.check(KIND, {}, policy()).failures == {}
    id, _ = host.create(KIND, policy())
    assert tenant.policy(id)["name"] == "Builders"
