"""Lumos hides new objects from lists and from a GET by id, for as long as it may."""

from __future__ import annotations

import pytest
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import PERMISSIONS, Tenant
from ..faults.faults import FAULTS

pytestmark = [pytest.mark.engine, pytest.mark.slow]

PROGRAM = """
app = lumos.AppStoreApp(
    "app",
    app_id=seed_ids.SALESFORCE_APP_ID,
    provisioning={"groups_provisioning": "GROUPS_AND_VISIBLE"},
)
lumos.RequestablePermission(
    "admin",
    app_id=app.app_id,
    label="Admin",
    request_config={"appstore_visibility": "VISIBLE"},
)
"""


@pytest.fixture
def lagging(tenant: Tenant, stack: Stack) -> Tenant:
    del stack.environment["LUMOS_LAG"]
    tenant.switch(read_after_write_lag_seconds=Settings.lag_seconds, lag_hides_from="lists_and_ids")
    return tenant


def test_a_lost_answer_doubles_nothing(stack: Stack, lagging: Tenant) -> None:
    stack.program(PROGRAM)
    lagging.fault(
        **{**FAULTS["502, carried out"], "method": "POST", "path": PERMISSIONS, "nth": [1]}
    )
    stack.up()
    made = [one for one in lagging.requests("POST") if one["path"] == PERMISSIONS]
    assert [one["status"] for one in made] == [502]
    held = lagging.state()["permissions"].values()
    made_of_it = [one["id"] for one in held if one["app_id"] == seed_ids.SALESFORCE_APP_ID]
    assert made_of_it == [stack.resource("admin")["id"]]


def test_a_refresh_right_after_an_up_drops_nothing(stack: Stack, lagging: Tenant) -> None:
    stack.program(PROGRAM)
    stack.up()
    stack.refresh("--expect-no-changes")
    stack.preview("--expect-no-changes")
    assert seed_ids.SALESFORCE_APP_ID in {one["id"] for one in stack.resources()}
