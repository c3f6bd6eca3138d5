"""Lookups in real programs: in the preview, with the settings of the stack, read once."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

BY_NAME = """
approvers = [{"id": lumos.get_user(email=email).id} for email in EMAILS]
salesforce = lumos.get_app(name="Salesforce")
for number in range(3):
    admin = lumos.RequestablePermission(
        f"admin-{number}",
        app_id=salesforce.id,
        label=f"Admin {number}",
        request_config={
            "request_approval_config": {
                "request_approval_config_override": True,
                "approvers": {"users": approvers},
            },
        },
    )
found = lumos.get_permission_output(id=admin.id)
pulumi.export("found", found.label)
"""
EMAILS = f"EMAILS = {[user.email for user in seed_ids.USERS.values()]!r}\n"


@pytest.mark.spread
def test_lookups_run_in_the_preview_with_the_settings_of_the_stack(
    tenant: Tenant, stack: Stack
) -> None:
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    stack.pulumi("config", "set", "--secret", "lumos:accessToken", tenant.token)
    stack.program(EMAILS + BY_NAME)
    tenant.forget_requests()
    assert "found: [unknown]" in stack.preview()
    assert tenant.requests("POST", "PATCH", "DELETE") == []
    # One listing in the program, one for the references that the provider's own process checks.
    assert tenant.calls().count("GET /users") == 2
    stack.up()
    assert stack.pulumi("stack", "output", "found").strip() == "Admin 2"
    stack.preview("--expect-no-changes")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ('lumos.get_app(name="Salesfroce")', "Similar are: Salesforce (acme.my.salesforce.com"),
        (
            'lumos.get_app_output(name=pulumi.Output.secret("Salesfroce"))',
            "Lumos has no app with name '[secret]'. Similar are: Salesforce (acme.my.salesforce",
        ),
    ],
)
def test_a_lookup_without_a_result_stops_the_preview_with_a_sentence(
    tenant: Tenant, stack: Stack, program: str, said: str
) -> None:
    stack.program(f'pulumi.export("it", {program}.id)\n')
    printed = stack.up_stopped_by_its_preview()
    assert said in printed
    assert f"(__main__.py:{stack.declared_at}): " in printed
    assert ("Salesfroce" in printed) == (".secret(" not in program)
    assert tenant.requests("POST", "PATCH", "DELETE") == []


MADE = """
lumos.get_permission(app_id=seed_ids.SLACK_APP_ID, label="Guest channels")
made = lumos.RequestablePermission("made", app_id=seed_ids.SLACK_APP_ID, label="Made")
after = pulumi.InvokeOutputOptions(depends_on=[made])
by_label = lumos.get_permission_output(app_id=made.app_id, label=made.label, opts=after)
by_output = lumos.get_permission_output(
    app_id=seed_ids.SLACK_APP_ID, label=made.id.apply(lambda _: "Made")
)
pulumi.export("found", pulumi.Output.format("{0} {1}", by_label.id, by_output.id))
pulumi.export("made", made.id)
"""


@pytest.mark.slow
def test_what_the_same_run_makes_is_found_although_its_list_was_read_before(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program(MADE)
    assert "found: [unknown]" in stack.preview()
    stack.up()
    made = stack.pulumi("stack", "output", "made").strip()
    assert stack.pulumi("stack", "output", "found").strip() == f"{made} {made}"


def test_a_lookup_needs_a_usable_token(tenant: Tenant, stack: Stack) -> None:
    stack.program('lumos.get_app(name="Salesforce")\n')
    stack.environment["LUMOS_ACCESS_TOKEN"] = "not-a-lumos-token"
    printed = stack.preview(fails=True)
    assert "401" in printed
    del stack.environment["LUMOS_ACCESS_TOKEN"]
    assert "The Lumos access token is not set" in stack.preview(fails=True)


@pytest.mark.slow
def test_a_permission_that_is_looked_up_stays_the_one_that_a_group_is_attached_to(
    tenant: Tenant, stack: Stack
) -> None:
    """Its label finds the successor by then, as `tests/lookups/test_lookups.py` shows."""
    tenant.switch(equal_labels="refuse")
    found = tenant.state()["permissions"]
    program = """
guests = lumos.get_permission(app_id=seed_ids.SLACK_APP_ID, label="Guest channels")
group = seed_ids.OKTA_GROUPS[{group!r}]
lumos.ProvisioningGroupAttachment(
    "guests", permission=guests.id, group={{"app_id": group.app_id, "id": group.id}}
)
"""
    stack.program(program.format(group="Engineering"))
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    stack.program(program.format(group="IT"))
    assert "~ 1 updated" in stack.up()
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert tenant.state()["permissions"] == found


@pytest.mark.slow
def test_too_few_admins_are_a_warning_or_an_error_in_the_preview(
    tenant: Tenant, stack: Stack
) -> None:
    stack.program('pulumi.export("lacking", len(lumos.check_admins(minimum=2)))\n')
    said = "Slack has 1 active admin (ada.admin@acme.example), fewer than 2"
    printed = stack.preview()
    assert "warning: Too few admins" in printed
    assert said in printed
    assert "lacking: 1" in printed
    stack.program('lumos.check_admins(minimum=2, enforcement_level="mandatory")\n')
    assert said in stack.up_stopped_by_its_preview()
