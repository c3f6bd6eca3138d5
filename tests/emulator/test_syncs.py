from __future__ import annotations

from pulumi_lumos.emulator import seed_ids

from ..patience import wait_until
from .company import PERMISSIONS, Company, by_id

OKTA = seed_ids.OKTA_APP_ID
SOURCE = f"/_emulator/apps/{OKTA}/source_groups"
FULL = {"sync_type": "full_sync"}
NEW = {"integration_specific_id": "00gnew", "name": "Billing", "description": "Pays"}
NEW_REFERENCE = {"app_id": OKTA, "integration_specific_id": "00gnew"}


def sync(lumos: Company) -> None:
    assert lumos.ok("POST", f"/apps/{OKTA}/sync", FULL)["status"] == "SYNCING"
    wait_until(
        lambda: lumos.ok("GET", f"/apps/{OKTA}")["sync_status"] == "SUCCESS", "the sync ends"
    )


def test_lumos_learns_of_a_group_at_the_next_sync(lumos: Company) -> None:
    lumos.ok("POST", SOURCE, NEW)
    config = {"request_fulfillment_config": {"provisioning_group": NEW_REFERENCE}}
    body = {"app_id": seed_ids.GITHUB_APP_ID, "label": "Billing", "request_config": config}
    [(_, message)] = lumos.refused("POST", PERMISSIONS, body)
    assert "not synced" in message
    sync(lumos)
    assert lumos.ok("POST", PERMISSIONS, body)["label"] == "Billing"
    permissions = lumos.ok("GET", PERMISSIONS, app_id=OKTA)["items"]
    assert [p["type"] for p in permissions if p["label"] == "Billing"] == ["SYNCED"]


def test_a_group_gone_from_its_source_leaves_lumos_at_the_next_sync(lumos: Company) -> None:
    group = seed_ids.OKTA_GROUPS["On-call"]
    made = lumos.create(
        request_approval_config={
            "request_approval_config_override": True,
            "approvers": {"groups": [by_id("On-call"), by_id("IT")]},
        },
        request_fulfillment_config={"provisioning_group": by_id("On-call")},
    )
    lumos.delete(f"{SOURCE}/{group.integration_specific_id}").raise_for_status()
    assert lumos.ok("GET", f"/groups/{group.id}")["name"] == "On-call"
    sync(lumos)
    assert lumos.get(f"/groups/{group.id}").status_code == 404
    labels = {p["label"] for p in lumos.ok("GET", PERMISSIONS, app_id=OKTA)["items"]}
    assert "On-call" not in labels
    config = lumos.configure(made)
    assert config["request_fulfillment_config"]["provisioning_group"] is None
    assert len(config["request_approval_config"]["approvers"]["groups"]) <= 1


def test_only_one_sync_runs_at_a_time_and_only_for_connected_apps(lumos: Company) -> None:
    lumos.switch(sync_seconds=600)
    assert lumos.post(f"/apps/{OKTA}/sync", json=FULL).status_code == 202
    assert lumos.post(f"/apps/{OKTA}/sync", json=FULL).status_code == 409
    assert lumos.post(f"/apps/{seed_ids.SLACK_APP_ID}/sync", json=FULL).status_code == 400
    assert lumos.post(f"/apps/{OKTA}/sync", json={"sync_type": "half"}).status_code == 422
