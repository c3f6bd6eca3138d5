"""The options of resources and commands, and where each is tried."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

Values = dict[str, Any]
SALES, GITHUB = seed_ids.SALESFORCE_APP_ID, seed_ids.GITHUB_APP_ID

TRIED = {
    "protect",
    "retain_on_delete",
    "ignore_changes",
    "replace_on_changes",
    "delete_before_replace",
    "aliases",
    "depends_on",
    "import_",
    "deletion_policy",
    "deleted_with",
    "hide_diffs",
    "additional_secret_outputs",
    "custom_timeouts",
    "replace_with",
    "replacement_trigger",
    "--replace",
    "state taint",
    "--target",
    "--plan",
    "--continue-on-error",
}


def program(stack: Stack, resources: dict[str, tuple[Values, str]]) -> None:
    """Write a program with these permissions; what they depend on stands before them."""
    lines = [
        f"made[{name!r}] = lumos.RequestablePermission("
        f"{name!r}, **{given!r}, opts=pulumi.ResourceOptions({options}))"
        for name, (given, options) in resources.items()
    ]
    team = 'team = pulumi.ComponentResource("acme:index:Team", "team")\n'
    stack.program(f"{team}made = {{}}\n" + "\n".join(lines) + "\n")


def shown(label: str, visibility: str = "HIDDEN", **given: Any) -> Values:
    """A permission that people see or not."""
    config = {"appstore_visibility": visibility}
    return {"app_id": SALES, "label": label, "request_config": config, **given}


def ids(stack: Stack) -> dict[str, str]:
    """The ids in the state by name."""
    return {item["urn"].split("::")[-1]: item["id"] for item in stack.resources()}


@pytest.fixture(
    params=[
        pytest.param(("allow", True, ("--refresh",)), marks=pytest.mark.slow),
        ("refuse", False, ()),
    ],
    ids=["equal labels, PATCH defaults, refreshed", "unique labels, plain PATCH"],
)
def refresh(request: pytest.FixtureRequest, tenant: Tenant) -> tuple[str, ...]:
    """What each command is given, under both answers of Lumos to two open questions.

    CI refreshes before it previews and updates; people at a keyboard do not.
    """
    equal_labels, patch_applies_defaults, options = request.param
    tenant.switch(equal_labels=equal_labels, patch_applies_defaults=patch_applies_defaults)
    given: tuple[str, ...] = options
    return given


def visibility(tenant: Tenant, id: str) -> str:
    """Whether people see a permission."""
    found: str = tenant.permission(id)["request_config"]["appstore_visibility"]
    return found


def visible(tenant: Tenant, stack: Stack) -> dict[str, str]:
    """Whether people see the permissions of the state, by name."""
    return {name: visibility(tenant, id) for name, id in ids(stack).items()}
