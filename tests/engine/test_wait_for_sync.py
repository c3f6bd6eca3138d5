"""Groups that Lumos has yet to learn of, such as those made in the same run."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds.requestable_permission.lifecycle import bound_group

from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..patience import wait_until

pytestmark = pytest.mark.engine

OKTA = seed_ids.OKTA_APP_ID
SYNC = f"POST /apps/{OKTA}/sync"
PROGRAM = """
import json, os, urllib.request
from pulumi import dynamic

class Okta(dynamic.ResourceProvider):
    '''Makes groups where Lumos does not see them before its next sync.'''

    def create(self, props):
        import json, os, urllib.request
        source = {{"integration_specific_id": props["key"], "name": props["key"]}}
        urllib.request.urlopen(urllib.request.Request(
            os.environ["LUMOS_SERVER_URL"] + "/_emulator/apps/{app}/source_groups",
            json.dumps(source).encode(),
            {{
                "Authorization": "Bearer " + os.environ["LUMOS_ACCESS_TOKEN"],
                "Content-Type": "application/json",
            }},
        ))
        return dynamic.CreateResult(props["key"], props)

class OktaGroup(dynamic.Resource):
    def __init__(self, key):
        super().__init__(Okta(), key, {{"key": key}})

def group(key):
    made = {made}
    return lumos.GroupRef(
        app_id={app!r}, integration_specific_id=OktaGroup(key).id if made else key
    )

wait = {wait}
lumos.RequestablePermission(
    "inline",
    app_id=seed_ids.SALESFORCE_APP_ID,
    label="Billing",
    request_config={{
        "request_fulfillment_config": {{"provisioning_group": group("00g9billing")}}
    }},
    wait_for_sync=wait,
)
lumos.ProvisioningGroupAttachment(
    "attached",
    permission=seed_ids.SLACK_PERMISSION_ID,
    group=group("00g9guests"),
    wait_for_sync=wait,
)
"""
BY_ID = ".integration_specific_id"
INLINE = f"request_config.request_fulfillment_config.provisioning_group{BY_ID}"


def program(*, made: bool, wait: float | None) -> str:
    return PROGRAM.format(app=OKTA, made=made, wait=wait)


@pytest.mark.slow
def test_a_group_that_is_not_synced_is_an_error_that_names_wait_for_sync(
    tenant: Tenant, stack: Stack
) -> None:
    before = tenant.state()
    stack.program(program(made=False, wait=None))
    # Whichever of the two the engine comes to first ends the run.
    preview = stack.preview(fails=True)
    assert INLINE in preview or f"property group{BY_ID}" in preview
    assert "if it has only just been made there, give wait_for_sync=<seconds>" in preview
    assert SYNC not in tenant.calls()

    stack.program(program(made=False, wait=1))
    stack.preview()
    assert SYNC not in tenant.calls()
    printed = stack.up(fails=True)
    refused = "GroupNotSynced: Lumos still has no group '00g9"
    assert refused in printed
    announced = printed.index("asking it to sync that app")
    assert announced < printed.index(refused), "while people wait"
    assert "after 1 seconds (" in printed
    assert "a longer wait_for_sync" in printed
    assert SYNC in tenant.calls()
    # The run gives up while Lumos still syncs, now and then.
    wait_until(lambda: tenant.state() == before, "the sync ends and has changed nothing")


@pytest.mark.slow
def test_groups_of_the_same_run_are_waited_for_while_lumos_syncs(
    tenant: Tenant, stack: Stack
) -> None:
    tenant.switch(sync_seconds=6)
    tenant.call("POST", f"/apps/{OKTA}/sync", {"sync_type": "full_sync"})
    stack.program(program(made=True, wait=120))
    printed = stack.up()
    assert "+ 5 created" in printed
    waits = {line.strip() for line in printed.splitlines() if "waiting for up to" in line}
    assert any("'00g9guests'" in line and "for up to 120 seconds" in line for line in waits)
    billing, guests = (
        tenant.permission(stack.resource("inline")["id"]),
        tenant.permission(stack.resource("attached")["outputs"]["bound_permission_id"]),
    )
    assert bound_group(billing)["integration_specific_id"] == "00g9billing"
    assert bound_group(guests)["integration_specific_id"] == "00g9guests"
    stack.preview("--refresh", "--expect-no-changes")
    stack.destroy()
    assert len(tenant.permissions(seed_ids.SALESFORCE_APP_ID)) == 0
