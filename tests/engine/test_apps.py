"""An app of the company with everything that belongs to it, through the real engine."""

from __future__ import annotations

import re

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

SECRET = "a-key-that-nobody-may-read"
INTEGRATION = {
    "name": "Okta of the subsidiary",
    "app_class_id": "okta.com",
    "auth": {"api_key": SECRET},
    "settings": {"app_instance_identifier": "subsidiary.okta.com"},
}
APP = """\
wiki = lumos.App("wiki", name="Wiki", category="Internal", description="What all should know.")
"""
LISTING = f'''\
lumos.AppStoreApp(
    "wiki",
    app_id=wiki.id,
    request_flow={{"admins": {{"users": [{{"id": "{seed_ids.USERS["Grace"].id}"}}]}}}},
    provisioning={{"groups_provisioning": "GROUPS_AND_VISIBLE"}},
)
'''
PERMISSION = """\
editor = lumos.RequestablePermission(
    "editor", app_id=wiki.id, label="Editor", request_config={"appstore_visibility": "VISIBLE"}
)
"""
RULE = """\
lumos.PreApprovalRule(
    "editors",
    app_id=wiki.id,
    justification="Engineers write.",
    preapproved_permissions=[{"id": editor.id}],
    preapproved_users_by_attribute=[{"attribute": "department", "value": "Engineering"}],
)
"""
POLICY = """\
lumos.AccessPolicy(
    "everybody",
    name="Everybody reads",
    business_justification="It is for all.",
    apps=[{"id": wiki.id, "permissions": [{"id": editor.id}]}],
    is_everyone_condition=True,
)
"""
NATURAL = [APP, LISTING, PERMISSION, RULE, POLICY]
REVERSE = [APP, PERMISSION, POLICY, RULE, LISTING]
"""As far to the other end as Python lets a name stand before its use."""


@pytest.mark.slow
def test_credentials_are_encrypted_in_the_state_and_in_no_text(
    tenant: Tenant, stack: Stack
) -> None:
    stack.declare("App", INTEGRATION)
    printed = stack.preview("--diff") + stack.up()
    (app,) = stack.resources()
    assert tenant.app(app["id"])["instance_id"] == "subsidiary.okta.com"
    stack.declare("App", {**INTEGRATION, "auth": {"api_key": f"{SECRET}-2"}})
    printed += stack.preview("--diff") + stack.up("--refresh")
    stack.preview("--refresh", "--expect-no-changes")
    assert SECRET not in printed
    assert SECRET not in stack.export()


@pytest.mark.slow
def test_an_integration_that_takes_consent_says_where_to_give_it(stack: Stack) -> None:
    stack.declare("App", {"name": "Chat", "app_class_id": "slack.com", "auth": {}})
    printed = stack.up()
    (app,) = stack.resources()
    assert (
        f"warning: App {app['id']} is not connected before somebody consents in a browser: open "
    ) in printed
    assert "connect it there, and go on with the next `pulumi up`." in printed
    stack.up("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_an_integration_needs_no_name_and_gets_that_of_lumos_back(
    tenant: Tenant, stack: Stack
) -> None:
    zoom = {
        "app_class_id": "zoom.us",
        "auth": {"client_id": "acme", "client_secret": SECRET},
        "settings": {"app_instance_identifier": "acme.zoom.us"},
    }
    stack.declare("App", {**zoom, "name": "Meetings"})
    stack.up()
    (app,) = stack.resources()
    assert tenant.app(app["id"])["user_friendly_label"] == "Meetings"
    stack.declare("App", zoom)
    assert '- name: "Meetings"' in re.sub(" +", " ", stack.preview("--diff"))
    stack.up()
    assert tenant.app(app["id"])["user_friendly_label"] == "Zoom"
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.parametrize(
    "order", [NATURAL, pytest.param(REVERSE, marks=pytest.mark.slow)], ids=["natural", "reverse"]
)
def test_one_up_makes_an_app_with_everything_and_one_destroy_takes_it_away(
    order: list[str], tenant: Tenant, stack: Stack
) -> None:
    before = tenant.state()
    stack.program("".join(order))
    stack.up()
    assert len(stack.resources()) == 5
    stack.preview("--refresh", "--expect-no-changes")
    made = {re.split("[:/]", one["type"])[-1]: one for one in stack.resources()}
    assert len(tenant.policy(made["AccessPolicy"]["id"])["apps"][0]["permissions"]) == 1
    assert made["App"]["outputs"]["instance_id"] == "custom_app_import"
    assert made["AppStoreApp"]["outputs"]["instance_id"] == "custom_app_import"
    assert tenant.settings(made["App"]["id"])["in_app_store"] is True
    rule = tenant.rule(made["PreApprovalRule"]["id"])
    assert (rule["app_id"], rule["app_instance_id"]) == (made["App"]["id"], "custom_app_import")
    stack.destroy()
    after = tenant.state()
    for name in ("apps", "permissions", "pre_approval_rules", "access_policies"):
        assert after[name] == before[name]
