"""Programs whose permissions have options of Pulumi, and how their commands are given."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

Values = dict[str, Any]
SALES = seed_ids.SALESFORCE_APP_ID


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


def bound(label: str, group: str, **given: Any) -> Values:
    """A permission that grants a group."""
    fulfillment = {"provisioning_group": by_id(group)}
    config = {"appstore_visibility": "VISIBLE", "request_fulfillment_config": fulfillment}
    return {"app_id": SALES, "label": label, "request_config": config, **given}


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
