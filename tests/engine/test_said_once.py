"""A message of many resources appears once, with their number and names."""

from __future__ import annotations

import pytest

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

APPROVAL = "request_config.request_approval_config"
MANY = 33
PERMISSIONS = """
for number in range({count}):
    lumos.RequestablePermission(
        f"role-{{number:02}}",
        app_id=seed_ids.SALESFORCE_APP_ID,
        label=f"Role {{number}}",
        request_config={{
            "request_approval_config": {{
                "request_approval_config_override": True,
                "approvers": {{"users": {users!r}}},
            }},
        }},
    )
"""
APPS = """
for name in ("GITHUB", "SALESFORCE", "AWS"):
    lumos.AppStoreApp(
        name.lower(),
        app_id=getattr(seed_ids, f"{name}_APP_ID"),
        request_flow={"admins": {"users": [{"id": seed_ids.USERS["Grace"].id}]}},
        provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
    )
"""


def test_a_warning_of_many_permissions_and_an_info_of_many_apps_are_one_line_each(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(PERMISSIONS.format(count=MANY, users=[]) + APPS)
    names = ", ".join(f"role-{number:02}" for number in range(10))
    warning = f"warning: {APPROVAL}: nobody approves, so every request for this permission is"
    printed = diagnostics(stack.preview())
    assert printed.count("nobody approves, so every request for this permission") == 1
    assert warning in printed
    assert f"({MANY} resources: {names} and {MANY - 10} more)" in printed
    printed = diagnostics(stack.up())
    assert printed.count("waits for a visible permission") == 1
    assert "(3 resources: aws, github, salesforce)" in printed


@pytest.mark.slow
def test_what_one_resource_says_stands_at_that_resource(tenant: Tenant, stack: Stack) -> None:
    stack.program(PERMISSIONS.format(count=1, users=[]))
    printed = diagnostics(stack.preview())
    _, said = printed.split("RequestablePermission (role-00):")
    assert f"warning: {APPROVAL}: nobody approves" in said
    assert "resources:" not in printed


def diagnostics(printed: str) -> str:
    """What Pulumi shows once more at the end."""
    return printed.partition("Diagnostics:")[2]
