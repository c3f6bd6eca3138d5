"""What is special about an attachment, asked of the real dynamic host."""

from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant
from .dynamic_host import DynamicHost
from .samples import by_id, by_source_id

KIND = "ProvisioningGroupAttachment"
GIVEN = {"permission": seed_ids.SLACK_PERMISSION_ID, "group": by_source_id("Contractors")}


def test_naming_the_successor_is_naming_the_same_attachment(
    tenant: Tenant, host: DynamicHost, next_run: DynamicHost
) -> None:
    id, state = host.create(KIND, GIVEN)
    successor = {**GIVEN, "permission": state["bound_permission_id"]}
    assert successor["permission"] != id
    assert not next_run.diff(KIND, id, state, successor).changes
    moved = next_run.diff(KIND, id, state, {**successor, "group": by_id("Everyone")})
    assert moved.changes
    assert moved.replaces == []
    now = next_run.update(KIND, id, state, {**successor, "group": by_id("Everyone")})
    assert now["source_permission_id"] == seed_ids.SLACK_PERMISSION_ID
    next_run.delete(KIND, id, now)
    (left,) = tenant.permissions(seed_ids.SLACK_APP_ID)
    assert left["id"] == seed_ids.SLACK_PERMISSION_ID
    assert left["request_config"]["appstore_visibility"] == "VISIBLE"
