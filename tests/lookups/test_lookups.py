"""One object by what people call it, or an error that says which ones there are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from pulumi_lumos.api.client import LumosClient
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.lookups import kinds
from pulumi_lumos.lookups.errors import NotOne, WrongArguments
from pulumi_lumos.lookups.kinds import (
    ACCESS_POLICY,
    APP,
    GROUP,
    INLINE_WEBHOOK,
    PERMISSION,
    USER,
    LookupKind,
)
from pulumi_lumos.lookups.reading import Lookups

from ..answers import each_answer_to_equal_labels
from ..drivers.run import Run
from ..drivers.tenant import PERMISSIONS, Tenant
from ..kinds.values import by_id

SLACK = {"app_id": seed_ids.SLACK_APP_ID}
OKTA = {"app_id": seed_ids.OKTA_APP_ID}
ADMINS = seed_ids.OKTA_GROUPS["Salesforce Admins"]
GRACE = seed_ids.USERS["Grace"]
HOOK_ID = seed_ids.WEBHOOK_IDS["PROVISION"]
WAYS: list[tuple[LookupKind[Any], Mapping[str, str], str]] = [
    (APP, {"id": seed_ids.SALESFORCE_APP_ID}, seed_ids.SALESFORCE_APP_ID),
    (APP, {"name": "Salesforce"}, seed_ids.SALESFORCE_APP_ID),
    (GROUP, {"id": ADMINS.id}, ADMINS.id),
    (GROUP, {"name": "Salesforce Admins"}, ADMINS.id),
    (GROUP, {"name": "Salesforce Admins", **OKTA}, ADMINS.id),
    (GROUP, {"integration_specific_id": ADMINS.integration_specific_id}, ADMINS.id),
    (GROUP, {"integration_specific_id": ADMINS.integration_specific_id, **OKTA}, ADMINS.id),
    (USER, {"id": GRACE.id}, GRACE.id),
    (USER, {"email": GRACE.email}, GRACE.id),
    (PERMISSION, {"id": seed_ids.SLACK_PERMISSION_ID}, seed_ids.SLACK_PERMISSION_ID),
    (PERMISSION, {"id": seed_ids.SLACK_PERMISSION_ID, **SLACK}, seed_ids.SLACK_PERMISSION_ID),
    (PERMISSION, {"label": "Guest channels", **SLACK}, seed_ids.SLACK_PERMISSION_ID),
    (ACCESS_POLICY, {"id": seed_ids.ACCESS_POLICY_ID}, seed_ids.ACCESS_POLICY_ID),
    (ACCESS_POLICY, {"name": "Slack for everyone"}, seed_ids.ACCESS_POLICY_ID),
    (INLINE_WEBHOOK, {"id": HOOK_ID}, HOOK_ID),
    (INLINE_WEBHOOK, {"name": "Provision"}, HOOK_ID),
]


def add_app(tenant: Tenant, name: str) -> str:
    """A custom app made by hand; its id."""
    body = {"name": name, "category": "Other", "description": "Made by a test."}
    made: str = tenant.call("POST", "/apps", body)["id"]
    return made


@pytest.mark.parametrize(("kind", "given", "id"), WAYS)
def test_an_object_is_found_by_each_of_its_names(
    lookups: Lookups, kind: LookupKind[Any], given: Mapping[str, str], id: str
) -> None:
    assert lookups.get(kind, given).id == id


def test_a_result_has_the_fields_of_lumos_and_cannot_be_changed(
    tenant: Tenant, lookups: Lookups
) -> None:
    grace = lookups.get(USER, {"email": GRACE.email})
    assert (grace.given_name, grace.family_name, grace.status) == ("Grace", "Okafor", "ACTIVE")
    app = lookups.get(APP, {"name": "Slack"})
    answered = tenant.call("GET", f"/apps/{app.id}")
    assert app.user_friendly_label == answered["user_friendly_label"] == "Slack"
    assert app.sources == tuple(answered["sources"])
    with pytest.raises(FrozenInstanceError):
        app.id = "another"  # type: ignore[misc]


def test_many_lookups_of_a_run_cost_one_listing_a_kind(tenant: Tenant, lookups: Lookups) -> None:
    for _ in range(3):
        for user in seed_ids.USERS.values():
            lookups.get(USER, {"email": user.email})
            lookups.get(USER, {"id": user.id})
        for group in seed_ids.OKTA_GROUPS.values():
            lookups.get(GROUP, {"name": group.name, **OKTA})
        lookups.get(PERMISSION, {"id": seed_ids.SLACK_PERMISSION_ID})
    assert sorted(tenant.calls()) == [
        "GET /groups",
        f"GET /requestable_permissions/{seed_ids.SLACK_PERMISSION_ID}",
        "GET /users",
    ]


def test_one_lookup_in_a_long_list_costs_a_page_and_a_search(
    tenant: Tenant, lookups: Lookups
) -> None:
    for number in range(6 * 100 + 1):
        tenant.add_permission(seed_ids.SALESFORCE_APP_ID, f"Role {number}")
    tenant.forget_requests()
    desired = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Role 599"}
    assert lookups.get(PERMISSION, desired).label == "Role 599"
    assert lookups.get(PERMISSION, desired).label == "Role 599"
    assert len(tenant.requests()) == 2
    with pytest.raises(NotOne, match=r"Similar are: Role 59 \(NATIVE"):
        lookups.get(PERMISSION, {**desired, "label": "role 59"})


def test_a_name_that_nobody_has_is_an_error_that_lists_similar_ones(lookups: Lookups) -> None:
    with pytest.raises(NotOne) as failure:
        lookups.get(APP, {"name": "Salesfroce"})
    assert str(failure.value) == (
        "Lumos has no app with name 'Salesfroce'. Similar are: Salesforce "
        f"(acme.my.salesforce.com, APPROVED, id {seed_ids.SALESFORCE_APP_ID}). "
        "Correct the name or the id."
    )
    with pytest.raises(NotOne, match=r"no user with email 'nobody'\. Correct"):
        lookups.get(USER, {"email": "nobody"})


def test_a_name_in_another_case_is_not_the_name(lookups: Lookups) -> None:
    with pytest.raises(NotOne, match="Similar are: Salesforce "):
        lookups.get(APP, {"name": "salesforce"})


def test_several_of_one_name_are_an_error_that_lists_them(tenant: Tenant, lookups: Lookups) -> None:
    ids = [add_app(tenant, "Wiki") for _ in range(2)]
    with pytest.raises(NotOne, match="2 apps with name 'Wiki'") as failure:
        lookups.get(APP, {"name": "Wiki"})
    assert all(id in str(failure.value) for id in ids)
    assert "Give the id" in str(failure.value)
    assert lookups.get(APP, {"id": ids[1]}).id == ids[1]


def test_of_several_permissions_of_one_label_the_one_that_people_see_is_meant(
    tenant: Tenant, client: LumosClient
) -> None:
    sales = seed_ids.SALESFORCE_APP_ID
    _, seen, _ = (
        tenant.add_permission(sales, "Admin", appstore_visibility=visibility)["id"]
        for visibility in ("HIDDEN", "VISIBLE", "HIDDEN")
    )
    given = {"app_id": sales, "label": "Admin"}
    assert Lookups(client).get(PERMISSION, given).id == seen
    tenant.edit_permission(seen, request_config={"appstore_visibility": "HIDDEN"})
    with pytest.raises(NotOne, match="3 permissions with"):
        Lookups(client).get(PERMISSION, given)


@each_answer_to_equal_labels
def test_the_label_of_a_permission_with_a_successor_finds_the_successor(
    equal_labels: str, tenant: Tenant, lookups: Lookups
) -> None:
    """An attachment takes its successor for its permission, so that nothing changes."""
    tenant.switch(equal_labels=equal_labels)
    given = {"permission": seed_ids.SLACK_PERMISSION_ID, "group": by_id("IT")}
    with closing(Run(tenant)) as run:
        _, state = run.create("ProvisioningGroupAttachment", given)
    successor = state["bound_permission_id"]
    assert successor != seed_ids.SLACK_PERMISSION_ID
    assert lookups.get(PERMISSION, {"label": "Guest channels", **SLACK}).id == successor


def test_the_label_of_a_permission_whose_successor_has_another_label_finds_it(
    tenant: Tenant, lookups: Lookups
) -> None:
    """Or the program that attaches would not find it in its next run."""
    given = {
        "permission": seed_ids.SLACK_PERMISSION_ID,
        "group": by_id("IT"),
        "label": "Guests",
        "appstore_visibility": "VISIBLE",
    }
    with closing(Run(tenant)) as run:
        run.create("ProvisioningGroupAttachment", given)
    assert tenant.permission(seed_ids.SLACK_PERMISSION_ID)["label"] != "Guest channels"
    found = lookups.get(PERMISSION, {"label": "Guest channels", **SLACK})
    assert found.id == seed_ids.SLACK_PERMISSION_ID


@pytest.mark.parametrize("named", ["label", "id"])
def test_what_was_not_there_is_asked_for_once_more(
    named: str, tenant: Tenant, lookups: Lookups
) -> None:
    lookups.get(PERMISSION, {"label": "Guest channels", **SLACK})
    made = tenant.add_permission(seed_ids.SLACK_APP_ID, "Made")
    tenant.forget_requests()
    assert lookups.get(PERMISSION, {named: made[named], **SLACK}).id == made["id"]
    assert len(tenant.requests()) == 1


def test_a_webhook_that_was_not_there_is_asked_for_once_more(
    tenant: Tenant, lookups: Lookups
) -> None:
    lookups.get(INLINE_WEBHOOK, {"id": HOOK_ID})
    tenant.forget_requests()
    with pytest.raises(NotOne, match="no inline webhook"):
        lookups.get(INLINE_WEBHOOK, {"name": "Made later"})
    assert set(tenant.calls()) == {"GET /inline_webhooks"}


def test_what_has_changed_is_read_anew_where_that_is_asked_for(
    tenant: Tenant, lookups: Lookups
) -> None:
    given = {"label": "Guest channels", **SLACK}
    lookups.get(PERMISSION, given)
    tenant.edit_permission(seed_ids.SLACK_PERMISSION_ID, label="Renamed")
    assert lookups.get(PERMISSION, given).label == "Guest channels"
    with pytest.raises(NotOne, match="no permission"):
        lookups.get(PERMISSION, given, anew=True)
    assert lookups.get(PERMISSION, {**given, "label": "Renamed"}, anew=True).label == "Renamed"


def test_a_policy_is_found_by_its_whole_name_alone(tenant: Tenant, lookups: Lookups) -> None:
    tenant.add_policy("Slack for everyone in Sales", seed_ids.SLACK_APP_ID)
    found = lookups.get(ACCESS_POLICY, {"name": "Slack for everyone"})
    assert (found.id, found.status, found.is_everyone_condition) == (
        seed_ids.ACCESS_POLICY_ID,
        "PUBLISHED",
        True,
    )
    with pytest.raises(NotOne, match="no access policy with name 'Slack for'") as failure:
        lookups.get(ACCESS_POLICY, {"name": "Slack for"})
    assert seed_ids.ACCESS_POLICY_ID in str(failure.value)


EVERY_KIND: list[LookupKind[Any]] = [
    one for one in vars(kinds).values() if isinstance(one, LookupKind)
]


def test_every_way_of_every_kind_is_tried() -> None:
    tried = {(kind.noun, argument) for kind, given, _ in WAYS for argument in given}
    assert tried >= {(kind.noun, argument) for kind in EVERY_KIND for argument in kind.keys}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_an_id_that_lumos_does_not_know_is_an_error(
    lookups: Lookups, kind: LookupKind[Any]
) -> None:
    with pytest.raises(NotOne, match=f"no {kind.noun} with id 'gone'"):
        lookups.get(kind, {"id": "gone"})


def test_an_object_of_another_app_is_not_found(lookups: Lookups) -> None:
    other = {"app_id": seed_ids.GOOGLE_WORKSPACE_APP_ID}
    with pytest.raises(NotOne, match="no group with id"):
        lookups.get(GROUP, {"id": ADMINS.id, **other})
    with pytest.raises(NotOne, match="no permission with label"):
        lookups.get(PERMISSION, {"label": "Guest channels", **other})


@pytest.mark.parametrize(
    ("kind", "given", "reason"),
    [
        (APP, {}, "get_app takes exactly one of id, name, but got none of them"),
        (APP, {"id": "a", "name": "b"}, "but got id and name"),
        (GROUP, OKTA, "exactly one of id, name, integration_specific_id"),
        (PERMISSION, {"label": "Admin"}, "get_permission takes app_id beside label"),
        (USER, {"email": " "}, "email of get_user must not be empty"),
        (INLINE_WEBHOOK, {"name": 7}, "name of get_inline_webhook must be a text, but is a number"),
        (APP, {"name": "Sl\ud83dck"}, "name of get_app holds half of a character"),
        (USER, {"id": "x" * 100_000}, "id of get_user has 100,000 characters"),
        (GROUP, {"id": "g", "app_id": "\udcff"}, "app_id of get_group holds half of a character"),
        (PERMISSION, {"label": "x" * 10_000, "app_id": "a"}, "label .* has 10,000 characters"),
    ],
)
def test_wrong_arguments_are_one_sentence_before_lumos_is_asked(
    tenant: Tenant, lookups: Lookups, kind: LookupKind[Any], given: Any, reason: str
) -> None:
    with pytest.raises(WrongArguments, match=reason):
        lookups.get(kind, given)
    assert tenant.requests() == []


def test_no_name_from_lumos_steers_a_terminal_or_shows_a_token(
    tenant: Tenant, lookups: Lookups
) -> None:
    for _ in range(2):
        tenant.add_permission(seed_ids.SLACK_APP_ID, "Evil\x1b[2J\u202e [red]lsk_secret")
    with pytest.raises(NotOne) as failure:
        lookups.get(PERMISSION, {"label": "Evil\x1b[2J\u202e [red]lsk_secret", **SLACK})
    assert str(failure.value).isprintable()
    assert "lsk_secret" not in str(failure.value)
    with pytest.raises(NotOne, match="Similar are: Evil") as failure:
        lookups.get(PERMISSION, {"label": "Evil [2J [red]lsk_secret", **SLACK})
    assert str(failure.value).isprintable()


def test_lists_are_read_without_inherited_settings(tenant: Tenant, lookups: Lookups) -> None:
    lookups.get(PERMISSION, {"label": "Guest channels", **SLACK})
    (request,) = tenant.requests()
    assert request["path"] == PERMISSIONS
    assert request["query"]["include_inherited_configs"] == ["false"]
