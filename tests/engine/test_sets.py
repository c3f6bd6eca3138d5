"""Lists of Lumos are sets, in any order, and a group is the same under both of its ids."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids

from ..drivers.in_process import InProcess
from ..drivers.stack import Stack
from ..drivers.tenant import Tenant
from ..kinds import FACTS, KINDS, make_room, samples

OKTA = seed_ids.OKTA_APP_ID
APPROVERS = 50
REFRESHES = 100


def many_groups(tenant: Tenant) -> list[dict[str, str]]:
    """More groups than an order could be guessed of, with both of their ids."""
    for number in range(APPROVERS + 1):
        source = {"integration_specific_id": f"00gmany{number:02}", "name": f"Team {number:02}"}
        tenant.call("POST", f"/_emulator/apps/{OKTA}/source_groups", source)
    tenant.call("POST", f"/apps/{OKTA}/sync", {"sync_type": "full_sync"})
    while tenant.call("GET", f"/apps/{OKTA}")["sync_status"] == "SYNCING":
        time.sleep(0.05)
    groups = tenant.state()["groups"].values()
    return [group for group in groups if group["integration_specific_id"].startswith("00gmany")]


def approved_by(groups: list[dict[str, str]], *names: str) -> dict[str, Any]:
    """A permission with groups as approvers, given by their app and one of their ids."""
    approval = {
        "request_approval_config_override": True,
        "approvers": {
            "groups": [{name: group[name] for name in ("app_id", *names)} for group in groups]
        },
    }
    config = {"request_approval_config": approval}
    return {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin", "request_config": config}


@pytest.mark.nightly
def test_a_hundred_refreshes_in_a_row_show_nothing(tenant: Tenant) -> None:
    given = {kind: samples(kind)[0] for kind in KINDS}
    given["RequestablePermission"] = approved_by(many_groups(tenant), "integration_specific_id")
    made = {}
    with InProcess(tenant) as host:
        for kind in KINDS:
            make_room(tenant, kind)
            made[kind] = host.create(kind, given[kind])
    orders = set()
    for _ in range(REFRESHES):
        with InProcess(tenant) as host:
            for kind, (id, state) in made.items():
                assert host.read(kind, id, state) == (id, state, given[kind])
        id, state = made["RequestablePermission"]
        config = FACTS["RequestablePermission"].held(tenant, state, id)["request_config"]
        groups = config["request_approval_config"]["approvers"]["groups"]
        orders.add(tuple(group["id"] for group in groups))
    assert len(orders) > REFRESHES / 2, "Lumos answers in any order"


@pytest.mark.slow
@pytest.mark.engine
def test_neither_order_nor_spelling_is_a_change_and_one_approver_more_is_one_entry(
    tenant: Tenant, stack: Stack
) -> None:
    *fifty, more = many_groups(tenant)
    stack.declare("RequestablePermission", approved_by(fifty, "integration_specific_id"))
    stack.up()
    for same in (approved_by(fifty[::-1], "integration_specific_id"), approved_by(fifty, "id")):
        stack.declare("RequestablePermission", same)
        stack.preview("--refresh", "--expect-no-changes")
    tenant.forget_requests()
    stack.up("--expect-no-changes")
    assert tenant.requests("PATCH", "POST", "DELETE") == []
    stack.refresh("--expect-no-changes")

    stack.declare(
        "RequestablePermission", approved_by([more, *fifty[::-1]], "integration_specific_id")
    )
    preview = stack.preview("--diff")
    entries = re.findall(r"^ *([+~-]) +\[(\d+)\]", preview, re.M)
    assert entries == [("+", str(APPROVERS))], preview
    assert preview.count("00gmany") == 1
    assert f"approvers.groups adds {more['name']}" in preview
    stack.up()
    stack.preview("--refresh", "--expect-no-changes")
