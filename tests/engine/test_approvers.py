"""Approvers: who has left is named once, by a refresh and by a program's own check."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

SLACK = seed_ids.SLACK_APP_ID
INES = seed_ids.USERS["Ines"]
GROUPS = """
everybody = {"users": [{"id": seed_ids.USERS[name].id} for name in ("Ada", "Ines")]}
lumos.AppStoreApp(
    "slack", app_id=seed_ids.SLACK_APP_ID, adopt=True, request_flow={"approvers": everybody}
)
for number in range(12):
    lumos.RequestablePermission(
        f"role-{number:02}",
        app_id=seed_ids.SLACK_APP_ID,
        label=f"Role {number}",
        request_config={
            "request_approval_config": {
                "request_approval_config_override": True, "approvers": everybody,
            },
        },
    )
"""
CHECKED = """
places = lumos.check_approvers()
pulumi.export("places", len(places))
"""


@pytest.mark.slow
def test_a_refresh_names_an_approver_who_has_left_once_with_the_places(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(GROUPS)
    left = f"the approver {INES.email} is INACTIVE in Lumos"
    assert stack.up().count(left) == 2, "while it goes on, and in the diagnostics"
    printed = stack.pulumi("refresh", "--yes", "--skip-preview")
    _, shown = printed.split("Diagnostics:")
    assert shown.count(left) == 1
    assert "(13 resources: role-00, role-01, " in shown
    assert "and 3 more)" in shown

    stack.program(CHECKED)
    printed = stack.preview()
    assert "warning: Approvers who cannot approve" in printed
    places = ", ".join(["Slack", *(f"Slack: Role {number}" for number in (0, 1, 10, 11))])
    assert f"{INES.email} is INACTIVE and approves {places}" in printed
    assert "and 3 more places" in printed


@pytest.mark.slow
def test_a_mandatory_check_stops_the_program(tenant: Tenant, stack: Stack) -> None:
    tenant.edit_settings(SLACK, request_flow={"approvers": {"users": [{"id": INES.id}]}})
    stack.program('lumos.check_approvers(enforcement_level="mandatory")\n')
    printed = stack.up_stopped_by_its_preview()
    assert "nobody is left to approve Slack" in printed
