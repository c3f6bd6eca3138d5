"""Attachments of all sorts of permissions, through the real engine, from the preview to the end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group, visibility

from ..answers import opposite_answers
from ..drivers.stack import Stack
from ..drivers.tenant import RULES, Tenant

pytestmark = pytest.mark.engine

Values = dict[str, Any]

SALES, OKTA = seed_ids.SALESFORCE_APP_ID, seed_ids.OKTA_APP_ID
BY_HAND = ("Reports", "Quotes", "Orders", "Leads")
SYNCED = ("On-call", "Engineering")
PROGRAM = """
from pulumi_lumos.emulator.seed_ids import GROUPS

def group(name):
    return lumos.GroupRef(
        app_id=GROUPS[name].app_id, integration_specific_id=GROUPS[name].integration_specific_id
    )

def attach(name, permission, bound_to, **more):
    made = lumos.ProvisioningGroupAttachment(
        name, permission=permission, group=group(bound_to), **more
    )
    pulumi.export(name, made.bound_permission_id)

admin = lumos.RequestablePermission(
    "definition",
    app_id=seed_ids.SALESFORCE_APP_ID,
    label={label!r},
    request_config={{
        "appstore_visibility": "HIDDEN",
        "request_fulfillment_config": {{
            "manual_steps_needed": True, "manual_instructions": {instructions!r}
        }},
    }},
)
native = lumos.RequestablePermission(
    "native", app_id=seed_ids.SALESFORCE_APP_ID, label="Native", deletion_policy="delete"
)
attach("of-a-definition", admin, "Salesforce Admins")
attach("of-a-native", native.id, "Salesforce Read-only")
attach("of-one-by-hand", {Reports!r}, "Everyone", appstore_visibility="HIDDEN")
attach("moving", {Quotes!r}, {moving_to!r})
attach("losing-its-source", {Orders!r}, "Contractors")
attach("losing-its-successor", {Leads!r}, "All staff")
attach("of-a-synced", {On_call!r}, "Salesforce Admins")
attach("bound-already", {Engineering!r}, "Engineering")
"""
BEFORE = {"label": "Admin", "instructions": "Call.", "moving_to": "IT"}
AFTER = {"label": "Administrator", "instructions": "Write.", "moving_to": "Everyone"}


class Company:
    """What people have made by hand, and what they see of it."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.ids = {
            label: tenant.add_permission(SALES, label, appstore_visibility="VISIBLE")["id"]
            for label in BY_HAND
        }
        synced = {one["label"]: one["id"] for one in tenant.permissions(OKTA)}
        self.ids |= {label: synced[label] for label in SYNCED}
        for label in SYNCED:
            tenant.edit_permission(
                self.ids[label], request_config={"appstore_visibility": "VISIBLE"}
            )
        pointed = [{"id": self.ids["Reports"]}, {"id": self.ids["Quotes"]}]
        rule = {"app_id": SALES, "justification": "Sales", "preapproved_permissions": pointed}
        self.rule: str = tenant.call("POST", RULES, rule)["id"]
        tenant.call(
            "PATCH", f"/apps/{SALES}/settings", {"provisioning": {"default_permission": pointed[0]}}
        )
        self.found = tenant.state()["permissions"]

    def program(self, said: Values) -> str:
        """The program, with the ids of what is there."""
        ids = {label.replace("-", "_"): id for label, id in self.ids.items()}
        return PROGRAM.format(**said, **ids)

    def offered(self) -> dict[str, str]:
        """The permissions that people see: label to group, as "label -> group"."""
        shown = [p for app in (SALES, OKTA) for p in self.tenant.permissions(app)]
        visible = [p for p in shown if visibility(p) == "VISIBLE"]
        offered = {p["label"]: (bound_group(p) or {}).get("name", "") for p in visible}
        assert len(offered) == len(visible), "no label is offered twice"
        return offered

    def bound(self, outputs: Values) -> dict[str, str]:
        """The group of each attachment's bound permission."""
        return {
            name: str((bound_group(self.tenant.permission(id)) or {}).get("name"))
            for name, id in outputs.items()
        }


OFFERED = {
    "Admin": "Salesforce Admins",
    "Quotes": "IT",
    "Orders": "Contractors",
    "Leads": "All staff",
    "On-call": "Salesforce Admins",
    "Engineering": "Engineering",
}
BOUND = {
    "of-a-definition": "Salesforce Admins",
    "of-a-native": "Salesforce Read-only",
    "of-one-by-hand": "Everyone",
    "moving": "IT",
    "losing-its-source": "Contractors",
    "losing-its-successor": "All staff",
    "of-a-synced": "Salesforce Admins",
    "bound-already": "Engineering",
}


@pytest.mark.slow
@opposite_answers
def test_attachments_of_all_sorts_live_and_leave_everything_as_they_found_it(
    equal_labels: str, patch_applies_defaults: bool, tenant: Tenant, stack: Stack
) -> None:
    tenant.switch(equal_labels=equal_labels, patch_applies_defaults=patch_applies_defaults)
    company = Company(tenant)
    are_announced(company, stack)
    first = are_made(company, stack)
    second = change_with_the_program(company, stack, first)
    outlive_what_people_delete(company, stack, second)
    stack.destroy()
    assert tenant.state()["permissions"] == company.found


def are_announced(company: Company, stack: Stack) -> None:
    tenant, ids = company.tenant, company.ids
    tenant.forget_requests()
    stack.program(company.program(BEFORE))
    printed = stack.preview()
    preview = words(printed)
    assert "+ 11 to create" in preview
    assert set(methods(tenant)) == {"GET"}
    assert "('Reports') gets a successor with this group and is renamed and hidden" in preview
    assert "('Quotes') gets a successor with this group and is hidden" in preview
    assert "('Engineering') is bound to this group already" in preview
    both = f"the pre-approval rule {company.rule} ('Sales') and default_permission point at"
    assert f"{both} the permission {ids['Reports']}" in preview
    rule = f"the pre-approval rule {company.rule} ('Sales') points at"
    assert f"{rule} the permission {ids['Quotes']}" in preview
    told = {
        line.split("In the app ")[-1]
        for line in printed.splitlines()
        if " point" in line and "In the app " in line
    }
    assert len(told) == 2


def are_made(company: Company, stack: Stack) -> Values:
    tenant = company.tenant
    stack.up()
    assert company.offered() == OFFERED
    outputs = stack_outputs(stack)
    assert company.bound(outputs) == BOUND
    assert outputs["bound-already"] == company.ids["Engineering"]
    stack.preview("--refresh", "--expect-no-changes")
    pointed = tenant.settings(SALES)["provisioning"]["default_permission"]["id"]
    assert pointed == company.ids["Reports"], "what points at a source is left alone"
    return outputs


def change_with_the_program(company: Company, stack: Stack, before: Values) -> Values:
    tenant = company.tenant
    tenant.edit_rule(company.rule, preapproved_permissions=[{"id": before["moving"]}])
    stack.program(company.program(AFTER))
    preview = words(stack.preview("--diff"))
    assert preview.count('label : "Admin" => "Administrator"') == 2
    assert preview.count('"Call." => "Write."') == 2
    assert f"points at the permission {before['moving']}" in preview
    assert "~ 3 to update" in preview
    tenant.forget_requests()
    stack.up()
    changed = {"Administrator": OFFERED["Admin"], **OFFERED, "Quotes": "Everyone"}
    del changed["Admin"]
    assert company.offered() == changed
    after = stack_outputs(stack)
    assert company.bound(after) == {**BOUND, "moving": "Everyone"}
    assert {name for name in after if after[name] != before[name]} == {"moving"}
    successor = tenant.permission(after["of-a-definition"])
    fulfillment = successor["request_config"]["request_fulfillment_config"]
    assert fulfillment["manual_instructions"] == "Write."
    writes = [method for method in methods(tenant) if method in ("POST", "DELETE")]
    assert writes[-1] == "DELETE", "the new successor first"
    stack.preview("--refresh", "--expect-no-changes")
    return after


def outlive_what_people_delete(company: Company, stack: Stack, bound: Values) -> None:
    tenant, offered = company.tenant, company.offered()
    tenant.remove_permission(company.ids["Orders"])
    tenant.remove_permission(bound["losing-its-successor"])
    assert "~ 1 updated" in stack.up("--refresh")
    assert company.offered() == offered
    stack.preview("--refresh", "--expect-no-changes")
    del company.found[company.ids["Orders"]]


def words(printed: str) -> str:
    """What was printed, with any run of blanks as one."""
    return " ".join(printed.split())


def methods(tenant: Tenant) -> list[str]:
    return [request["method"] for request in tenant.requests()]


def stack_outputs(stack: Stack) -> Values:
    found: Values = json.loads(stack.pulumi("stack", "output", "--json"))
    return found
