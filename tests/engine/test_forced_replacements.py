"""Replacements that the engine decides on alone, and what they leave in Lumos."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds import FACTS, make_room, samples

pytestmark = pytest.mark.engine

SOURCE = seed_ids.SLACK_PERMISSION_ID
APP = """
lumos.AppStoreApp(
    "it",
    app_id=seed_ids.GITHUB_APP_ID,
    custom_request_instructions={text!r},
    opts=pulumi.ResourceOptions(replace_on_changes=["custom_request_instructions"]),
)
"""
AFTER = """
lumos.RequestablePermission(
    "after",
    app_id=seed_ids.SLACK_APP_ID,
    label="After",
    opts=pulumi.ResourceOptions(depends_on=[it]),
)
"""


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("AccessPolicy", marks=pytest.mark.slow),
        "AppStoreApp",
        pytest.param("PreApprovalRule", marks=pytest.mark.slow),
        "RequestablePermission",
    ],
)
def test_what_is_deleted_first_is_made_again(kind: str, stack: Stack, tenant: Tenant) -> None:
    """Also with other changes, which the error about the resource's own object leads to."""
    make_room(tenant, kind)
    first, second = samples(kind)[:2]
    changed = {**second, **kinds()[kind].spec.key_of(first)}
    stack.declare(kind, first)
    stack.up()
    urn = stack.resource()["urn"]
    stack.declare(kind, changed)
    told = "his very resource has it and is to be replaced{} give it delete_before_replace=True"
    assert f"If t{told.format(',')}" in stack.preview("--replace", urn, fails=True)
    refreshed = stack.preview("--replace", urn, "--refresh", fails=True)
    assert f"T{told.format(':')}" in refreshed
    assert "Pass adopt=True" not in refreshed
    stack.declare(kind, changed, "delete_before_replace=True, retain_on_delete=True")
    assert "unless it was adopted or retain_on_delete" in stack.preview(
        "--replace", urn, fails=True
    )

    for given in (first, changed):
        stack.declare(kind, given, "delete_before_replace=True")
        tenant.forget_requests()
        printed = stack.pulumi("up", "--yes", "--replace", urn)
        assert "1 replaced" in printed
        assert "over, which is just as declared" not in printed
        assert len(tenant.requests("DELETE")) == len(tenant.requests("POST")) == 1
    it = stack.resource()
    assert FACTS[kind].is_there(tenant, it["outputs"], it["id"])
    stack.preview("--refresh", "--expect-no-changes")


def test_an_object_that_was_replaced_in_place_outlives_a_run_that_failed(
    stack: Stack, tenant: Tenant
) -> None:
    """The state has its id twice then, once to be deleted."""
    stack.program("it = " + APP.format(text="first").strip())
    stack.up()
    tenant.fault("status", status=422, method="POST", path="/appstore/requestable_permissions")
    stack.program("it = " + APP.format(text="second").strip() + AFTER)
    stack.up(fails=True)
    tenant.call("DELETE", "/_emulator/faults")
    stack.up()
    assert tenant.settings(seed_ids.GITHUB_APP_ID)["custom_request_instructions"] == "second"
    stack.preview("--refresh", "--expect-no-changes")


ATTACHMENT = """
it = seed_ids.OKTA_GROUPS["IT"]
lumos.ProvisioningGroupAttachment(
    "attached",
    permission=seed_ids.SLACK_PERMISSION_ID,
    group={{"app_id": it.app_id, "id": it.id}},
    label={label!r},
    appstore_visibility="VISIBLE",
    opts=pulumi.ResourceOptions(replace_on_changes=["label"]),
)
"""


def test_a_replaced_attachment_leaves_one_successor(stack: Stack, tenant: Tenant) -> None:
    """Both attachments have the id of the source, and each has a successor of its own."""
    stack.program(ATTACHMENT.format(label="First"))
    stack.up()
    stack.program(ATTACHMENT.format(label="Second"))
    assert "1 replaced" in stack.up()
    assert shown(tenant) == {"source": "HIDDEN", "Second": "VISIBLE"}


def test_a_replaced_attachment_keeps_its_source_hidden_after_a_run_that_failed(
    stack: Stack, tenant: Tenant
) -> None:
    stack.program(ATTACHMENT.format(label="First"))
    stack.up()
    first = stack.resource("attached")["outputs"]["bound_permission_id"]
    where = f"/appstore/requestable_permissions/{first}"
    tenant.fault("status", status=422, method="DELETE", path=where)
    stack.program(ATTACHMENT.format(label="Second"))
    stack.up(fails=True)
    tenant.call("DELETE", "/_emulator/faults")
    stack.up()
    assert shown(tenant) == {"source": "HIDDEN", "Second": "VISIBLE"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("equal_labels", "forced"), [("allow", False), ("refuse", False), ("allow", True)]
)
def test_a_replaced_attachment_keeps_what_people_see(
    equal_labels: str, forced: bool, stack: Stack, tenant: Tenant
) -> None:
    """The older attachment has hidden the source, which the program does not say."""
    tenant.switch(equal_labels=equal_labels)
    tenant.edit_permission(SOURCE, request_config={"appstore_visibility": "VISIBLE"})
    found = tenant.permission(SOURCE)
    attachment = ATTACHMENT.replace('    appstore_visibility="VISIBLE",\n', "")
    stack.program(attachment.format(label="First"))
    stack.up()
    assert shown(tenant) == {"source": "HIDDEN", "First": "VISIBLE"}
    stack.program(attachment.format(label="Second"))
    # Of a forced replacement, only a refresh shows what the older attachment has found.
    how = ("--refresh", "--replace", stack.resource("attached")["urn"]) if forced else ()
    assert "successor is HIDDEN" not in stack.preview(*how)
    assert "1 replaced" in stack.up(*how)
    assert shown(tenant) == {"source": "HIDDEN", "Second": "VISIBLE"}
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.permission(SOURCE) == found


def shown(tenant: Tenant) -> dict[str, str]:
    """Whether people see each permission of Slack: the source by its id, others by their label."""
    made = [one for one in tenant.permissions(seed_ids.SLACK_APP_ID) if one["type"] == "NATIVE"]
    names = ["source" if one["id"] == SOURCE else one["label"] for one in made]
    seen = [one["request_config"]["appstore_visibility"] for one in made]
    return dict(zip(names, seen, strict=True))


def test_a_destroy_that_runs_the_program_deletes(stack: Stack, tenant: Tenant) -> None:
    given: dict[str, Any] = {"app_id": seed_ids.SLACK_APP_ID, "label": "Admin"}
    stack.declare("RequestablePermission", given)
    stack.up()
    id = stack.resource()["id"]
    stack.pulumi("destroy", "--yes", "--run-program")
    assert id not in tenant.state()["permissions"]
