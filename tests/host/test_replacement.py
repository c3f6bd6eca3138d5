"""What Lumos cannot change in place is made anew beside the old one, which then goes."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..answers import every_answer
from ..drivers.dynamic_host import DynamicHost
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

Values = dict[str, Any]

KIND = "RequestablePermission"
ADMIN: Values = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}
GROUP = "request_config.request_fulfillment_config.provisioning_group"


def bound(group: str) -> Values:
    """A permission that grants a group."""
    config = {"request_fulfillment_config": {"provisioning_group": by_id(group)}}
    return {**ADMIN, "request_config": config}


@every_answer
@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        (ADMIN, {**ADMIN, "app_id": seed_ids.GITHUB_APP_ID}, "app_id"),
        (bound("Salesforce Admins"), bound("IT"), GROUP),
    ],
    ids=["app_id", "provisioning_group"],
)
def test_a_permission_is_made_anew_and_has_the_label_of_the_old_one(
    before: Values,
    after: Values,
    path: str,
    equal_labels: str,
    patch_applies_defaults: bool,
    tenant: Tenant,
    host: DynamicHost,
    next_run: DynamicHost,
) -> None:
    tenant.switch(equal_labels=equal_labels, patch_applies_defaults=patch_applies_defaults)
    old, state = host.create(KIND, before)
    assert next_run.check(KIND, before, after).failures == {}
    (replaced,) = next_run.diff(KIND, old, state, after).replaces
    assert path.startswith(replaced)
    new, made = next_run.create(KIND, next_run.check(KIND, {}, after).inputs)
    assert new != old
    next_run.delete(KIND, old, state)
    native = [one for one in tenant.permissions(after["app_id"]) if one["type"] == "NATIVE"]
    assert [(one["id"], one["label"]) for one in native] == [(new, "Admin")]
    assert old not in tenant.state()["permissions"]
    assert next_run.read(KIND, new, made) == (new, made, after)
