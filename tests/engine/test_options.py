"""Pulumi's own resource options work on these resources."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..tenant import Tenant
from .stack import Stack

pytestmark = pytest.mark.engine

KIND = "RequestablePermission"
ADMIN = {
    "app_id": seed_ids.SALESFORCE_APP_ID,
    "label": "Admin",
    "request_config": {"appstore_visibility": "HIDDEN"},
}
SHOWN = {**ADMIN, "request_config": {"appstore_visibility": "VISIBLE"}}


def only(tenant: Tenant) -> dict[str, str]:
    """The one permission of the app: its id and visibility."""
    (found,) = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    return {"id": found["id"], "shown": found["request_config"]["appstore_visibility"]}


def test_options_of_pulumi_are_obeyed(tenant: Tenant, stack: Stack) -> None:
    stack.declare(KIND, ADMIN)
    stack.up()
    first = only(tenant)

    stack.declare(KIND, SHOWN, 'ignore_changes=["request_config.appstore_visibility"]')
    stack.up("--expect-no-changes")
    assert only(tenant) == first

    stack.program(
        f'lumos.{KIND}("renamed", **{ADMIN!r}, opts=pulumi.ResourceOptions('
        'aliases=[pulumi.Alias(name="it")]))\n'
    )
    stack.up()
    assert only(tenant) == first
    assert stack.resource("renamed")["id"] == first["id"]

    stack.program(
        f'lumos.{KIND}("renamed", **{ADMIN!r}, opts=pulumi.ResourceOptions(protect=True))\n'
    )
    stack.up()
    assert "protect" in stack.pulumi("destroy", "--yes", "--skip-preview", fails=True)
    assert only(tenant) == first
    stack.program(f'lumos.{KIND}("renamed", **{ADMIN!r})\n')
    stack.up()

    stack.program(
        f'lumos.{KIND}("renamed", **{SHOWN!r}, opts=pulumi.ResourceOptions('
        'replace_on_changes=["request_config"]))\n'
    )
    stack.up()
    assert only(tenant)["id"] != first["id"]
    assert only(tenant)["shown"] == "VISIBLE"
