"""Lumos may hide a new object for some seconds: nothing is doubled, nothing is taken for deleted.

Waits go by faster here than in reality, and the lag of the emulator is as much shorter.
"""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

import pytest
from pulumi_lumos.config import Settings
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..drivers.dynamic_host import Failed
from ..drivers.in_process import InProcess
from ..drivers.tenant import PERMISSIONS, Tenant
from ..kinds import KINDS
from ..kinds.values import by_id
from .aftermath import undisturbed
from .catalog import catalog
from .faults import FAULTS
from .outcomes import Case

HURRY = 25.0
LAG: dict[str, Any] = {
    "read_after_write_lag_seconds": 0.9 * Settings.lag_seconds / HURRY,
    "lag_hides_from": "lists_and_ids",
}
SALES = seed_ids.SALESFORCE_APP_ID
PERMISSION, ATTACHMENT = "RequestablePermission", "ProvisioningGroupAttachment"
ADMIN = {"app_id": SALES, "label": "Admin", "request_config": {"appstore_visibility": "VISIBLE"}}
LOST = FAULTS["502, carried out"]


def opened(url: str, kind: str) -> Case:
    """A create in a Lumos that lags."""
    return Case(url, "create", f"a sample of {kind}", HURRY, **LAG)


@pytest.mark.parametrize("kind", KINDS)
def test_one_lost_answer_doubles_nothing(kind: str, emulator: EmulatorProcess) -> None:
    with closing(opened(emulator.url, kind)) as case:
        case.tenant.fault(**{**LOST, "method": "POST", "nth": [1]})
        assert case.run() == []
        assert catalog(case.tenant) == undisturbed(lambda: opened(emulator.url, kind)).held


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_cannot_look_leaves_nothing_hidden_to_the_next_one(
    kind: str, emulator: EmulatorProcess
) -> None:
    with closing(opened(emulator.url, kind)) as case:
        assert case.run() == []
        desired, methods = catalog(case.tenant), [one["method"] for one in case.tenant.requests()]
    looks = methods.index("POST")
    with closing(opened(emulator.url, kind)) as case:
        case.tenant.fault(**{**LOST, "method": "POST", "nth": [1]})
        case.tenant.fault(**{**FAULTS["401"], "method": "GET", "nth": [looks + 1]})
        assert case.run() != []
        assert case.run() == []
        assert catalog(case.tenant) == desired


@pytest.mark.parametrize("kind", KINDS)
def test_a_refresh_right_after_a_create_drops_nothing(kind: str, emulator: EmulatorProcess) -> None:
    with closing(opened(emulator.url, kind)) as case:
        assert case.run() == []
        assert case.differs() == []


def test_what_is_gone_is_found_to_be_gone(tenant: Tenant) -> None:
    with InProcess(tenant, hurry=HURRY) as host:
        id, state = host.create(PERMISSION, ADMIN)
        tenant.remove_permission(id)
    with InProcess(tenant, hurry=HURRY) as host:
        assert host.read(PERMISSION, id, state) == ("", {}, {})


def test_an_attachment_finds_the_permission_that_its_run_has_just_made(tenant: Tenant) -> None:
    tenant.switch(**LAG)
    with InProcess(tenant, hurry=HURRY) as host:
        id, _ = host.create(PERMISSION, ADMIN, "admin")
        given = {"permission": id, "group": by_id("IT")}
        _, state = host.create(ATTACHMENT, given, "attached")
    assert state["bound_permission_id"] != id


def test_an_attachment_that_fails_half_way_leaves_one_successor(tenant: Tenant) -> None:
    source = tenant.add_permission(SALES, "Admin", appstore_visibility="VISIBLE")
    given = {"permission": source["id"], "group": by_id("IT")}
    tenant.switch(**LAG)
    # Its source cannot be hidden, and the state records nothing.
    tenant.fault(**{**FAULTS["an empty list"], "method": "PATCH", "path": PERMISSIONS})
    with InProcess(tenant, hurry=HURRY) as host, pytest.raises(Failed, match="is in Lumos"):
        host.create(ATTACHMENT, given)
    tenant.call("DELETE", "/_emulator/faults")
    with InProcess(tenant, hurry=HURRY) as host:
        host.create(ATTACHMENT, given)
    time.sleep(LAG["read_after_write_lag_seconds"])
    assert len(tenant.permissions(SALES)) == 2
