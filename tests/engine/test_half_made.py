"""A create or update that did a part, through the real engine."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant

pytestmark = pytest.mark.engine

APP = {"app_id": seed_ids.SALESFORCE_APP_ID, "custom_request_instructions": "Ask."}


@pytest.mark.spread
def test_a_half_made_app_is_in_the_state_and_the_next_up_finishes_it(
    tenant: Tenant, stack: Stack
) -> None:
    stack.environment["LUMOS_MAX_RETRIES"] = "0"
    stack.declare("AppStoreApp", APP)
    tenant.fault("status", status=500, method="GET", path="^/apps(/[^/]+)?$")
    printed = stack.up(fails=True)
    assert f"AppStoreApp {APP['app_id']} is in Lumos" in printed
    assert "GET /apps" in printed
    half = stack.resource()
    assert half["id"] == APP["app_id"]
    assert half["initErrors"]
    tenant.call("DELETE", "/_emulator/faults")
    tenant.forget_requests()
    stack.up()
    assert tenant.requests("POST", "PATCH") == []
    whole = stack.resource()
    assert "initErrors" not in whole
    assert whole["outputs"]["user_friendly_label"] == "Salesforce"
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_a_half_made_update_is_read_before_the_next_one(tenant: Tenant, stack: Stack) -> None:
    stack.environment["LUMOS_MAX_RETRIES"] = "0"
    stack.declare("AppStoreApp", APP)
    stack.up()
    tenant.fault("status", status=502, method="PATCH", when="after")
    stack.declare("AppStoreApp", {**APP, "custom_request_instructions": "Ask Grace."})
    assert "the change may have been made all the same" in stack.up(fails=True)
    tenant.call("DELETE", "/_emulator/faults")
    # Without the read, this would look like what is there already.
    stack.declare("AppStoreApp", APP)
    stack.up()
    assert tenant.settings(APP["app_id"])["custom_request_instructions"] == "Ask."
    stack.preview("--refresh", "--expect-no-changes")


@pytest.mark.slow
def test_what_is_half_made_can_be_destroyed(tenant: Tenant, stack: Stack) -> None:
    stack.environment["LUMOS_MAX_RETRIES"] = "0"
    stack.declare("AppStoreApp", APP)
    tenant.fault("status", status=500, method="GET", path="^/apps(/[^/]+)?$")
    stack.up(fails=True)
    tenant.call("DELETE", "/_emulator/faults")
    stack.destroy()
    assert not tenant.settings(APP["app_id"])["in_app_store"]
