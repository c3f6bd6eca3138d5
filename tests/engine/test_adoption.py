"""Objects that exist are taken over explicitly and given back as they were found."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import RULES, Tenant
from ..kinds.values import by_id

pytestmark = pytest.mark.engine

PROGRAM = """
slack = lumos.AppStoreApp(
    "slack", app_id=seed_ids.SLACK_APP_ID, custom_request_instructions="Ask.", adopt={app}
)
lumos.RequestablePermission(
    "guests",
    app_id=slack.app_id,
    label="Guest channels",
    request_config={{"appstore_visibility": "HIDDEN", **{more}}},
    adopt={native},
)
lumos.RequestablePermission(
    "on-call",
    app_id=seed_ids.OKTA_APP_ID,
    label="On-call",
    request_config={{"appstore_visibility": "VISIBLE"}},
    adopt={synced},
)
"""
STEPS = {
    "request_fulfillment_config": {"manual_steps_needed": True, "manual_instructions": "Call."}
}


def program(adopt: object = True, native: object = True, **more: object) -> str:
    return PROGRAM.format(app=adopt, native=repr(native), synced=adopt, more=more)


@pytest.mark.spread
def test_what_exists_is_refused_in_the_preview_and_taken_over_on_request(
    tenant: Tenant, stack: Stack
) -> None:
    found = tenant.state()
    tenant.forget_requests()
    stack.program(program(adopt=False, native=False))
    assert "Pass adopt=True" in stack.preview(fails=True)
    stack.program(program(native=seed_ids.SLACK_PERMISSION_ID))
    stack.up()
    assert tenant.requests("POST", "DELETE") == []
    assert stack.resource("guests")["id"] == seed_ids.SLACK_PERMISSION_ID
    guests = tenant.permission(seed_ids.SLACK_PERMISSION_ID)
    assert guests["request_config"]["appstore_visibility"] == "HIDDEN"
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.requests("POST", "DELETE") == []
    assert tenant.state() == found


@pytest.mark.slow
def test_a_program_that_no_longer_says_adopt_changes_nothing_and_still_gives_back(
    tenant: Tenant, stack: Stack
) -> None:
    source = tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE")["id"]
    bound = {"request_fulfillment_config": {"provisioning_group": ADMINS}}
    successor = tenant.add_permission(SALES, "Admin", **bound)["id"]
    found = tenant.state()
    fixed = {"source": source, "group": ADMINS}
    stack.program(program() + EACH["successor"].format(successor=successor, **fixed))
    stack.up()
    adopted = tenant.state()
    assert adopted != found

    stack.program(
        program(adopt=None, native=None) + EACH["successor"].format(successor=None, **fixed)
    )
    tenant.forget_requests()
    assert "~ 4 updated" in stack.up()
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    assert tenant.state() == adopted

    # What is changed after it was taken over is given back as it was found, too.
    stack.program(
        program(adopt=None, native=None, **STEPS)
        + EACH["successor"].format(successor=None, **fixed)
    )
    assert "~ 1 updated" in stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.requests("POST", "DELETE") == []
    assert tenant.state() == found


SALES = seed_ids.SALESFORCE_APP_ID
ADMINS = by_id("Salesforce Admins")
EACH = {
    "permission": """
lumos.RequestablePermission(
    "reader", app_id={app!r}, label="Reader", adopt={permission!r},
    request_config={{"appstore_visibility": "VISIBLE"}},
)
""",
    "rule": """
lumos.PreApprovalRule(
    "rule", app_id={app!r}, justification="Sales", adopt={rule!r}, time_based_access=["2 hours"],
)
""",
    "successor": """
lumos.ProvisioningGroupAttachment(
    "admin", permission={source!r}, group={group!r}, adopt={successor!r},
    request_config={{"request_fulfillment_config": {{"manual_instructions": "Call."}}}},
)
""",
}


@pytest.mark.slow
def test_of_several_objects_of_one_name_all_are_listed_and_one_is_adopted_by_its_id(
    tenant: Tenant, stack: Stack
) -> None:
    source = tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE")["id"]
    twins = {
        "permission": [tenant.add_permission(SALES, "Reader")["id"] for _ in range(2)],
        "rule": [
            tenant.call("POST", RULES, {"app_id": SALES, "justification": "Sales"})["id"]
            for _ in range(2)
        ],
        "successor": [
            tenant.add_permission(
                SALES, "Admin", request_fulfillment_config={"provisioning_group": ADMINS}
            )["id"]
            for _ in range(2)
        ],
    }
    found = tenant.state()
    fixed = {"app": SALES, "source": source, "group": ADMINS}
    tenant.forget_requests()
    stack.program(EACH["permission"].format(permission=None, **fixed))
    printed = stack.preview(fails=True)
    assert all(id in printed for id in twins["permission"])
    assert "adopt=" in printed

    chosen = {name: ids[1] for name, ids in twins.items()}
    stack.program("".join(EACH.values()).format(**chosen, **fixed))
    preview = " ".join(stack.preview().split())
    assert f"adopts RequestablePermission {chosen['permission']} and sets" in preview
    assert f"adopts PreApprovalRule {chosen['rule']} and sets time_based_access" in preview
    assert f"adopts RequestablePermission {chosen['successor']} and sets" in preview
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    assert tenant.rule(chosen["rule"])["time_based_access"] == ["2 hours"]
    shown = [tenant.permission(id) for id in (chosen["permission"], chosen["successor"])]
    assert [one["request_config"]["appstore_visibility"] for one in shown] == ["VISIBLE"] * 2
    assert stack.resource("admin")["outputs"]["bound_permission_id"] == chosen["successor"]
    stack.destroy()
    assert tenant.requests("POST", "DELETE") == []
    assert tenant.state() == found
