"""Whom a change adds and removes, field by field, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pulumi_lumos import AppStoreApp
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lifecycle.references import References
from pulumi_lumos.lifecycle.run import Run

from ..drivers.run import Run as RunOfCalls
from ..drivers.tenant import Tenant
from ..kinds.values import by_id, by_source_id

Values = dict[str, Any]
IT, ENGINEERING = by_id("IT"), by_id("Engineering")


@pytest.fixture
def run(tenant: Tenant) -> Iterator[Run]:
    client = LumosClient(Settings(tenant.token, tenant.url))
    yield Run(lambda: client)
    client.close()


def app(**people: list[Values]) -> Values:
    """An app in the AppStore, with the groups of some fields."""
    flow = {name: {"groups": groups} for name, groups in people.items()}
    return {"app_id": seed_ids.GITHUB_APP_ID, "request_flow": flow}


CHANGES: dict[str, tuple[Values, Values, str]] = {
    "an admin who approves no longer": (
        app(admins=[IT], approvers=[IT]),
        app(admins=[IT], approvers=[]),
        "request_flow.approvers.groups removes IT",
    ),
    "an admin in whose place another approves": (
        app(admins=[IT], approvers=[IT]),
        app(admins=[IT], approvers=[ENGINEERING]),
        "request_flow.approvers.groups adds Engineering, removes IT",
    ),
    "an admin who approves from now on": (
        app(admins=[IT], approvers=[]),
        app(admins=[IT], approvers=[IT]),
        "request_flow.approvers.groups adds IT",
    ),
    "an approver who goes from one stage to the other": (
        app(approvers=[IT, ENGINEERING], approvers_stage_2=[]),
        app(approvers=[ENGINEERING], approvers_stage_2=[IT]),
        "request_flow.approvers_stage_2.groups adds IT; request_flow.approvers.groups removes IT",
    ),
    "another order and another spelling": (
        app(admins=[IT], approvers=[IT, ENGINEERING]),
        app(admins=[IT], approvers=[by_source_id("Engineering"), by_source_id("IT")]),
        "",
    ),
}


@pytest.mark.parametrize(("old", "new", "words"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_put_into_words_field_by_field(
    old: Values, new: Values, words: str, run: Run
) -> None:
    references = References(AppStoreApp.spec.shape, old, new, run.directory)
    assert references.problems() == []
    assert references.names() == words


def test_an_id_of_the_third_party_given_as_id_says_which_group_it_is(run: Run) -> None:
    source_id = by_source_id("IT")["integration_specific_id"]
    new = app(admins=[{**IT, "id": source_id}])
    assert References(AppStoreApp.spec.shape, {}, new, run.directory).problems() == [
        (
            "request_flow.admins.groups[0].id",
            f"Lumos has no group with the id {source_id!r}; that is the integration_specific_id of "
            "the group IT: give it under that name",
        )
    ]


@pytest.mark.parametrize("may_list_apps", [True, False])
def test_a_group_of_the_wrong_app_names_both_apps_where_their_names_are_known(
    may_list_apps: bool, tenant: Tenant, new_run: Callable[..., RunOfCalls]
) -> None:
    """The app that the program names is looked up anyway, and nothing is asked beside that."""
    slack, okta = seed_ids.SLACK_APP_ID, seed_ids.OKTA_APP_ID
    if not may_list_apps:
        tenant.fault("status", path="/apps", status=403)
        tenant.fault("status", path=f"/apps/{slack}", status=403)
    tenant.forget_requests()
    whose = (f"Slack ({slack})", f"Okta ({okta})") if may_list_apps else (slack, okta)
    bound = {"app_id": slack, "id": IT["id"]}
    assert wrong_of_group(new_run(), bound) == f"the group IT belongs to the app {whose[1]}"
    bound = {"app_id": slack, "integration_specific_id": "00g-lost"}
    said = f"Lumos has no group with the integration_specific_id '00g-lost' in the app {whose[0]};"
    run = new_run()
    assert wrong_of_group(run, bound).startswith(said)
    tenant.call("DELETE", "/_emulator/faults")
    with pytest.raises(LumosError, match=f"no group '00g-lost' of the app {re.escape(whose[0])}"):
        run.create("RequestablePermission", bound_to(bound))
    asked = [call for call in tenant.calls() if call.startswith("GET /apps")]
    assert not may_list_apps or asked == ["GET /apps"] * 2, "one page for each of the runs"
    assert f"GET /apps/{okta}" not in asked


def wrong_of_group(run: RunOfCalls, group: Values) -> str:
    """What a preview says of a permission that is bound to a group."""
    (reason,) = run.check("RequestablePermission", {}, bound_to(group), preview=True).values()
    return reason


def bound_to(group: Values) -> Values:
    """A permission that is bound to a group."""
    config = {"request_fulfillment_config": {"provisioning_group": group}}
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin", "request_config": config}


def test_what_stays_in_its_field_is_not_asked_for(tenant: Tenant, run: Run) -> None:
    old = app(admins=[IT], approvers=[IT])
    tenant.forget_requests()
    assert References(AppStoreApp.spec.shape, old, old, run.directory).names() == ""
    assert tenant.requests() == []


def test_a_permission_of_another_app_is_wrong_where_a_rule_or_an_app_names_it(
    tenant: Tenant, new_run: Callable[..., RunOfCalls]
) -> None:
    other = tenant.add_permission(seed_ids.SALESFORCE_APP_ID, "Admin")["id"]
    belongs = f"the permission Admin belongs to the app Salesforce ({seed_ids.SALESFORCE_APP_ID})"
    rule: Values = {
        "app_id": seed_ids.SLACK_APP_ID,
        "justification": "On call.",
        "preapproved_groups": [by_source_id("On-call")],
        "preapproved_permissions": [{"id": seed_ids.SLACK_PERMISSION_ID}, {"id": other}],
    }
    wrong = new_run().check("PreApprovalRule", {}, rule, preview=True)
    assert list(wrong) == ["preapproved_permissions[1].id"]
    assert belongs in wrong["preapproved_permissions[1].id"]
    provisioning = {"default_permission": {"id": other}}
    listing: Values = {"app_id": seed_ids.SLACK_APP_ID, "adopt": True, "provisioning": provisioning}
    wrong = new_run().check("AppStoreApp", {}, listing, preview=True)
    assert list(wrong) == ["provisioning.default_permission.id"]
    assert belongs in wrong["provisioning.default_permission.id"]
