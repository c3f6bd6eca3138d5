"""Resources that get other names or parents, with and without aliases, refreshed or not.

CI refreshes before it previews, which compares what the state has under the old names.
"""

from __future__ import annotations

import re

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..host.adoption import in_any_order
from ..kinds.values import WEBHOOKS
from .renamed import program

pytestmark = pytest.mark.engine


@pytest.mark.spread
def test_renamed_and_moved_resources_with_aliases_change_nothing(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(program(""))
    stack.up()
    made = tenant.state()
    stack.program(program("new-", aliases=True))
    stack.preview("--refresh", "--expect-no-changes")
    stack.program(program("new-", aliases=True, in_team=True))
    tenant.forget_requests()
    moved = stack.up("--refresh")
    assert ("+ 1 created" in moved, "updated" in moved) == (True, False), moved
    project = stack.program_folder / "Pulumi.yaml"
    project.write_text(project.read_text() + "options:\n  refresh: always\n")
    stack.preview("--expect-no-changes")
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    assert tenant.state() == made


@pytest.mark.slow
@pytest.mark.parametrize("refresh", [(), ("--refresh",)])
def test_renamed_resources_without_aliases_keep_their_objects(
    refresh: tuple[str, ...], tenant: Tenant, stack: Stack
) -> None:
    before = tenant.state()
    stack.program(program(""))
    stack.up()
    made = tenant.state()
    stack.program(program("new-"))
    taken = " ".join(stack.pulumi("up", "--yes", *refresh).split())
    assert "RequestablePermission (new-admin): takes RequestablePermission" in taken
    assert tenant.state() == made

    stack.program(program("newer-", text="Write.", duration="7 days"))
    refused = " ".join(stack.preview(*refresh, fails=True).split())
    name = r"new-\w+" if refresh else "<old name>"
    advice = rf'aliases=\[pulumi\.Alias\(name="{name}"\)\].*Pass adopt=True'
    assert re.search(advice, refused), refused

    stack.program(program("newer-", adopt=True, text="Write.", duration="7 days"))
    adopted = " ".join(stack.pulumi("up", "--yes", *refresh).split())
    assert "from new-admin, which has made it, and sets" in adopted
    assert not any("before_adoption" in one["outputs"] for one in stack.resources())
    stack.preview("--refresh", "--run-program", "--expect-no-changes")
    stack.destroy()
    after = tenant.state()
    for held in ("permissions", "pre_approval_rules"):
        assert in_any_order(after[held]) == in_any_order(before[held])
    assert not tenant.settings(seed_ids.SALESFORCE_APP_ID)["in_app_store"]


APP = {
    "redirect_url": "https://intranet.acme.example/github",
    "provisioning": {
        "provisioning_webhook": WEBHOOKS["PROVISION"],
        "time_based_access": ["7 days"],
    },
}
PERMISSION = {
    "label": "By hand",
    "request_config": {
        "request_approval_config": {
            "custom_approval_message": "Welcome.",
            "custom_approval_message_override": True,
        },
        "request_fulfillment_config": {
            "time_based_access": ["2 hours"],
            "time_based_access_override": True,
            "provisioning_webhook": WEBHOOKS["PROVISION"],
        },
    },
}


RENAMED = """
lumos.{kind}({name!r}, app_id={app!r}, {fields},
    opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name='it')], {options}))
"""
ENGINEERING = {
    "app_id": seed_ids.OKTA_APP_ID,
    "id": seed_ids.OKTA_GROUPS["Engineering"].id,
}


@pytest.mark.slow
@pytest.mark.parametrize("options", ["", "delete_before_replace=True"])
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("RequestablePermission", "label='Renamed'"),
        ("PreApprovalRule", f"justification='Renamed', preapproved_groups=[{ENGINEERING}]"),
    ],
)
def test_a_resource_that_is_renamed_with_an_alias_and_replaced_leaves_no_object(
    kind: str, fields: str, options: str, tenant: Tenant, stack: Stack
) -> None:
    before = tenant.state()
    given = {"kind": kind, "fields": fields, "options": options}
    stack.program(RENAMED.format(name="it", app=seed_ids.SLACK_APP_ID, **given))
    stack.up()
    old = stack.resource()["id"]
    stack.program(RENAMED.format(name="other", app=seed_ids.GITHUB_APP_ID, **given))
    tenant.forget_requests()
    assert "1 replaced" in stack.up()
    assert [one["path"].rpartition("/")[2] for one in tenant.requests("DELETE")] == [old]
    stack.destroy()
    assert tenant.state() == before


@pytest.mark.slow
def test_adopted_objects_are_given_back_with_their_empty_fields_under_other_names(
    tenant: Tenant, stack: Stack
) -> None:
    github = seed_ids.GITHUB_APP_ID
    tenant.call("POST", "/appstore/apps", {"app_id": github})
    tenant.add_permission(github, "By hand")
    found = tenant.state()
    for name in ("old", "new"):
        adopt = f"app_id={github!r}, adopt=True"
        stack.program(
            f"lumos.AppStoreApp('{name}-app', {adopt}, **{APP!r})\n"
            f"lumos.RequestablePermission('{name}', {adopt}, **{PERMISSION!r})\n"
        )
        stack.up()
        assert tenant.settings(github)["redirect_url"]
    stack.destroy()
    assert in_any_order(tenant.state()) == in_any_order(found)


@pytest.mark.slow
def test_a_label_moves_to_another_resource_in_one_update(tenant: Tenant, stack: Stack) -> None:
    given = f"app_id={seed_ids.SALESFORCE_APP_ID!r}"
    one = f"a = lumos.RequestablePermission('a', {given}, label={{label!r}})\n"
    other = f"lumos.RequestablePermission('c', {given}, label='Reader'{{options}})\n"
    stack.program(one.format(label="Reader"))
    stack.up()
    id = stack.resource("a")["id"]
    renamed = one.format(label="Old reader")
    for refresh in ((), ("--refresh",)):
        stack.program(renamed + other.format(options=""))
        refused = " ".join(stack.preview(*refresh, fails=True).split())
        assert "add depends_on=[<the resource a>] to the options of c" in refused
    dependent = ", opts=pulumi.ResourceOptions(depends_on=[a])"
    stack.program(renamed + other.format(options=dependent))
    preview = stack.pulumi("up", "--yes", "--refresh")
    assert ("+ 1 to create" in preview, "~ 1 to update" in preview) == (True, True)
    labels = {one["id"]: one["label"] for one in tenant.permissions(seed_ids.SALESFORCE_APP_ID)}
    assert labels == {id: "Old reader", stack.resource("c")["id"]: "Reader"}
    stack.preview("--refresh", "--expect-no-changes")
