"""A successor that a run has made before it was cut off, where all that was before it is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pulumi_lumos.api.paging import PAGE_SIZE
from pulumi_lumos.emulator import seed_ids

from ..drivers.run import Run
from ..drivers.tenant import Tenant
from ..kinds.values import by_id

KIND = "ProvisioningGroupAttachment"
SOURCE, APP = seed_ids.SLACK_PERMISSION_ID, seed_ids.SLACK_APP_ID


@pytest.mark.parametrize(
    "others",
    [0, pytest.param(4 * PAGE_SIZE + 1, id="so many that most reads do without the whole list")],
)
def test_the_next_run_finds_it_however_many_permissions_the_app_has(
    others: int, tenant: Tenant, new_run: Callable[..., Run]
) -> None:
    id, state = new_run().create(KIND, {"permission": SOURCE, "group": by_id("IT")})
    for number in range(others):
        tenant.add_permission(APP, f"Role {number}")
    group = {"provisioning_group": by_id("On-call")}
    left = tenant.add_permission(APP, "Member", request_fulfillment_config=group)
    for gone in (SOURCE, state["bound_permission_id"]):
        tenant.remove_permission(gone)
    given = {"permission": SOURCE, "group": by_id("On-call")}
    now = new_run().update(KIND, id, state, given)
    assert (now["bound_permission_id"], now["group"]) == (left["id"], by_id("On-call"))
