"""Names from Lumos in previews and updates: none steers the terminal, in colour or without.

With `--color always` the engine obeys Pulumi's colour tags, and ends in a panic at one that it
does not know: that would fail these tests too.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..hostile import hostile, steering
from ..repository import ROOT

pytestmark = pytest.mark.engine

WARNED = """
def people(*names):
    return {{"users": [{{"id": seed_ids.USERS[name].id}} for name in names]}}


lumos.check_admins(minimum=2)
lumos.AppStoreApp(
    "github",
    app_id=seed_ids.GITHUB_APP_ID,
    request_flow={{"admins": people("Ines"), "approvers": people("Sam")}},
)
lumos.RequestablePermission(
    "guests",
    app_id=seed_ids.SLACK_APP_ID,
    label="Guests",
    adopt=seed_ids.SLACK_PERMISSION_ID,
    request_config={{
        "request_approval_config": {{
            "request_approval_config_override": True, "approvers": people({}),
        }},
    }},
)
group = seed_ids.OKTA_GROUPS["Engineering"]
lumos.ProvisioningGroupAttachment(
    "attached",
    permission={},
    group={{"app_id": group.app_id, "id": group.id}},
)
"""
LOOKUP = f"lumos.get_group(name={hostile('IT')!r}, app_id=seed_ids.SLACK_APP_ID)\n"


@pytest.fixture
def hostile_stack(tmp_path: Path, pulumi_folder: str, hostile_tenant: Tenant) -> Stack:
    return Stack(tmp_path, pulumi_folder, hostile_tenant)


@pytest.mark.slow
def test_warnings_and_information_steer_no_terminal(
    hostile_tenant: Tenant, hostile_stack: Stack
) -> None:
    source = hostile_tenant.add_permission(seed_ids.SLACK_APP_ID, hostile("Source"))["id"]
    hostile_stack.program(WARNED.format('"Ines"', repr(source)))
    printed = hostile_stack.pulumi("up", "--yes", "--color", "always")
    for said in ("Too few admins", "is INACTIVE in Lumos", "adopts", "gets a successor"):
        assert said in printed
    assert "Guest channels" in printed and "ines.gone" in printed and "Source" in printed
    assert steering(printed) == []
    hostile_stack.program(WARNED.format('"Ada", "Sam"', repr(source)))
    printed = hostile_stack.pulumi("preview", "--refresh", "--color", "always")
    assert "adds ada.admin" in printed
    assert steering(printed) == []


def test_the_error_of_a_lookup_steers_no_terminal(hostile_stack: Stack) -> None:
    hostile_stack.program(LOOKUP)
    printed = hostile_stack.pulumi("preview", "--color", "always", fails=True)
    assert "Lumos has no group with name 'IT" in printed
    assert steering(printed) == []


@pytest.mark.slow
def test_pulumi_itself_ends_at_a_colour_it_does_not_know_and_the_page_says_so(
    tenant: Tenant, stack: Stack
) -> None:
    """If this fails, Pulumi has become better: take the entry out of the page."""
    stack.program('pulumi.export("it", "<{%boom%}>")\n')
    ended = stack.workspace.end("pulumi", "preview", "--diff", "--color", "always")
    assert "panic: " in ended.text and "Unrecognized color code" in ended.text
    assert "it" in stack.preview("--diff")
    page = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    assert "Unrecognized color code" in page
