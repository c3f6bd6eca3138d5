"""The programs of docs/provisioning-groups.md, as one program through the real engine."""

from __future__ import annotations

import json
import re

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group, visibility

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..repository import ROOT

pytestmark = pytest.mark.engine

PAGE = ROOT / "docs" / "provisioning-groups.md"
OKTA, SALES = seed_ids.OKTA_APP_ID, seed_ids.SALESFORCE_APP_ID
BILLING = "00g9billing"
CONFIG = {
    "salesforceAppId": SALES,
    "oktaAppId": OKTA,
    "readOnlyGroup": seed_ids.OKTA_GROUPS["Salesforce Read-only"].integration_specific_id,
    "adminGroup": seed_ids.OKTA_GROUPS["Salesforce Admins"].integration_specific_id,
    "slackGuestGroup": seed_ids.OKTA_GROUPS["Engineering"].integration_specific_id,
    "slackGuestPermissionId": seed_ids.SLACK_PERMISSION_ID,
    "billingGroup": BILLING,
}


@pytest.mark.slow
def test_the_programs_of_the_page_do_what_it_says(tenant: Tenant, stack: Stack) -> None:
    group = {"integration_specific_id": BILLING, "name": "Billing"}
    tenant.call("POST", f"/_emulator/apps/{OKTA}/source_groups", group)
    before = tenant.state()["permissions"]
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    (stack.program_folder / "__main__.py").write_text("\n".join(blocks))
    stack.pulumi("config", "set-all", *(f"--plaintext={k}={v}" for k, v in CONFIG.items()))
    preview = " ".join(stack.preview().split())
    assert "gets a successor with this group and is hidden" in preview
    printed = stack.up()
    assert "waiting for up to 600 seconds" in printed

    offered = {one["label"]: one for one in tenant.permissions(SALES) if bound_group(one)}
    groups = {label: bound_group(one)["name"] for label, one in offered.items()}
    assert groups == {
        "Read-only": "Salesforce Read-only",
        "Admin": "Salesforce Admins",
        "Billing": "Billing",
    }
    outputs = json.loads(stack.pulumi("stack", "output", "--json"))
    assert visibility(tenant.permission(outputs["slack_guests"])) == "VISIBLE"
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    left = tenant.state()["permissions"]
    assert {id: left[id] for id in before} == before
    assert len(left) == len(before) + 1  # the permission that Lumos makes of a synced group
