"""Promotion through the real engine: three stages, each in a company of its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.tenant import Tenant
from ..drivers.workspace import Workspace
from ..repository import ROOT

EXAMPLE = ROOT / "examples" / "promotion"
STAGES = ("dev", "staging", "prod")
ADMINS = "Salesforce Admins"
LEFT_AS_IT_IS = "staging is left as it is, because dev is not what this program says"
pytestmark = pytest.mark.engine


@pytest.fixture
def companies(emulator: EmulatorProcess) -> Iterator[dict[str, Tenant]]:
    """The Lumos of each stage; no two have the same id for the group of administrators."""
    opened = {stage: Tenant(emulator.url, f"lsk_{stage}{uuid.uuid4().hex}") for stage in STAGES}
    for stage, tenant in opened.items():
        make_group_anew(tenant, f"00g-{stage}")
    yield opened
    for tenant in opened.values():
        tenant.close()


def make_group_anew(tenant: Tenant, integration_specific_id: str) -> None:
    """Give the group of administrators another id, as each real company has its own."""
    groups = f"/_emulator/apps/{seed_ids.OKTA_APP_ID}/source_groups"
    tenant.switch(sync_seconds=0)
    old = seed_ids.OKTA_GROUPS[ADMINS].integration_specific_id
    tenant.call("DELETE", f"{groups}/{old}")
    new = {"integration_specific_id": integration_specific_id, "name": ADMINS}
    tenant.call("POST", groups, new)
    tenant.call("POST", f"/apps/{seed_ids.OKTA_APP_ID}/sync", {"sync_type": "full_sync"})


class Project(Workspace):
    """A copy of the example with its stacks."""

    def set_up(self, stage: str, token: str) -> None:
        """What the README says to do once."""
        self.run("pulumi", "stack", "init", stage)
        setting = ("config", "set", "--secret", "--stack", stage, "lumos:accessToken", token)
        self.run("pulumi", *setting)

    def promote(self, stage: str, fails: bool = False) -> str:
        """Run the script of the example; what it printed."""
        return self.run("./promote", stage, fails=fails)

    def offer(self, durations: str) -> None:
        """Write a commit of the program that offers other durations."""
        program = (EXAMPLE / "__main__.py").read_text(encoding="utf-8")
        changed = program.replace('"2 hours", "7 days"', durations)
        (self.program / "__main__.py").write_text(changed, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, pulumi_folder: str, emulator: EmulatorProcess) -> Project:
    return Project.copy(EXAMPLE, tmp_path, pulumi_folder, LUMOS_SERVER_URL=emulator.url)


@pytest.mark.slow
def test_one_program_serves_every_stage_with_what_its_configuration_says(
    project: Project, companies: dict[str, Tenant]
) -> None:
    for stage, tenant in companies.items():
        project.set_up(stage, tenant.token)
        project.promote(stage)
    config = {stage: admin_permission(tenant) for stage, tenant in companies.items()}
    assert {stage: approvers(config[stage]) for stage in STAGES} == {
        "dev": {"ada.admin@acme.example"},
        "staging": {"IT"},
        "prod": {"grace.okafor@acme.example", "IT"},
    }
    assert [config[stage]["appstore_visibility"] for stage in STAGES] == [
        "HIDDEN",
        "VISIBLE",
        "VISIBLE",
    ]
    flows = [companies[stage].settings(seed_ids.SALESFORCE_APP_ID) for stage in STAGES]
    found_by = [settings["request_flow"]["discoverability"] for settings in flows]
    assert found_by == ["LIMITED", "LIMITED", "FULL"]
    groups = [fulfillment(config[stage])["provisioning_group"] for stage in STAGES]
    assert [group["name"] for group in groups] == [ADMINS] * 3
    assert len({group["id"] for group in groups}) == 3


@pytest.mark.slow
def test_a_change_waits_at_the_gate_and_is_rolled_back(
    project: Project, companies: dict[str, Tenant]
) -> None:
    dev, staging = companies["dev"], companies["staging"]
    for stage in ("dev", "staging"):
        project.set_up(stage, companies[stage].token)
        project.promote(stage)

    project.offer('"2 hours"')
    printed = project.promote("staging", fails=True)
    assert '- [1]: "7 days"' in printed
    assert LEFT_AS_IT_IS in printed
    project.promote("dev")
    assert (durations(dev), durations(staging)) == ({"2 hours"}, {"2 hours", "7 days"})

    nobody: dict[str, Any] = {"request_approval_config": {"approvers": {"users": [], "groups": []}}}
    [permission] = dev.permissions(seed_ids.SALESFORCE_APP_ID)
    dev.edit_permission(permission["id"], request_config=nobody)
    assert LEFT_AS_IT_IS in project.promote("staging", fails=True)
    assert durations(staging) == {"2 hours", "7 days"}
    project.promote("dev")
    project.promote("staging")
    assert durations(staging) == {"2 hours"}

    project.offer('"2 hours", "7 days"')
    project.promote("dev")
    assert (durations(dev), durations(staging)) == ({"2 hours", "7 days"}, {"2 hours"})


def durations(tenant: Tenant) -> set[str]:
    """For how long people can have the permission of Salesforce."""
    return set(fulfillment(admin_permission(tenant))["time_based_access"])


def admin_permission(tenant: Tenant) -> dict[str, Any]:
    """The configuration of the one permission of Salesforce."""
    [found] = tenant.permissions(seed_ids.SALESFORCE_APP_ID)
    assert found["label"] == "Admin"
    config: dict[str, Any] = found["request_config"]
    return config


def approvers(config: dict[str, Any]) -> set[str]:
    """What people call those who approve."""
    named = config["request_approval_config"]["approvers"]
    return {one["email"] for one in named["users"]} | {one["name"] for one in named["groups"]}


def fulfillment(config: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = config["request_fulfillment_config"]
    return found
