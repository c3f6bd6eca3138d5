"""The file that keeps tenants: who may read it, what it may hold, and what a full disk does."""

from __future__ import annotations

import json
import resource
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pulumi_lumos.emulator import saved_state, seed_ids
from pulumi_lumos.emulator.process import (
    EmulatorFailedError,
    EmulatorNotReadyError,
    EmulatorProcess,
)

from ..patience import wait_until
from .company import PERMISSIONS, Company

TOKEN = "lsk_data"
ADA = {"id": "u"}
REQUEST = {
    "app_id": "a",
    "app_name": "A",
    "requester_user": ADA,
    "target_user": ADA,
    "status": "PENDING_APPROVAL",
}
TASK = {
    "task_category": "APPROVAL",
    "app_id": "a",
    "target_user": ADA,
    "created_at": "2026-01-01T00:00:00",
    "access_request_id": "r",
}
OKTA = f"/apps/{seed_ids.OKTA_APP_ID}"


class OwnProcess(EmulatorProcess):
    """Its id is the emulator's own, which `fill_disk` needs, and not that of a command."""

    _python = sys.executable


@contextmanager
def kept_in(data: Path, **options: Any) -> Iterator[tuple[EmulatorProcess, Company]]:
    """An emulator that keeps its tenants in a file, and one of them."""
    with OwnProcess(data=data, **options) as process, Company(process.url, TOKEN) as lumos:
        yield process, lumos


def fill_disk(process: EmulatorProcess, limit: int) -> None:
    """Let the process write files of so many bytes and no more, as a full disk does."""
    _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, most))


def wait_for_status(lumos: Company, desired: int) -> httpx.Response:
    """Repeat a POST that is wrong in itself until it gets a status; that answer."""
    answers: list[httpx.Response] = []

    def comes() -> bool:
        answers.append(lumos.post("/apps", json={}))
        return answers[-1].status_code == desired

    wait_until(comes, f"status {desired}")
    return answers[-1]


def test_only_its_owner_reads_the_file_and_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    data = tmp_path / "lumos.json"
    with kept_in(data) as (process, lumos):
        first = lumos.create("before")
        wait_until(lambda: first["id"] in data.read_text(), "the state is saved")
        fill_disk(process, 1000)
        second = lumos.create("unsaved")
        refused = wait_for_status(lumos, 503)
        assert "cannot be saved (File too large). Nothing was changed." in refused.json()["detail"]
        assert lumos.delete(f"{PERMISSIONS}/{first['id']}").status_code == 503
        assert lumos.post("/_emulator/reset").status_code == 503
        assert lumos.requests()[-1]["status"] == 503
        lumos.switch(latency_ms=0)  # is not kept anyway
        assert lumos.ok("GET", f"{PERMISSIONS}/{second['id']}")["label"] == "unsaved"
        _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        wait_for_status(lumos, 422)
        third = lumos.create("after")
    assert stat.S_IMODE(data.stat().st_mode) == 0o600
    with kept_in(data) as (_, lumos):
        for made in (first, second, third):
            assert lumos.ok("GET", f"{PERMISSIONS}/{made['id']}")["label"] == made["label"]


def test_an_end_that_loses_something_is_an_error_that_says_so(tmp_path: Path) -> None:
    data = tmp_path / "lumos.json"
    lost = r"cannot be saved \(File too large\)\. The emulator tries again, and refuses writes"
    lost += r" until it can\.\n"
    lost += r"The data file .* What has changed since the last save is lost\."
    with pytest.raises(EmulatorFailedError, match=lost), kept_in(data) as (process, lumos):
        fill_disk(process, 1000)
        lumos.create()
        wait_for_status(lumos, 503)
    assert json.loads(data.read_text()) == {"tenants": {}, "tokens": {}}


def test_a_data_file_that_cannot_be_written_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(EmulatorNotReadyError, match="there is no such file or folder"):
        EmulatorProcess(data=tmp_path / "nowhere" / "lumos.json").__enter__()


def test_a_sync_that_was_cut_off_has_ended_when_the_state_is_read(lumos: Company) -> None:
    group = {"integration_specific_id": "00gnew", "name": "Billing"}
    lumos.switch(sync_seconds=600)
    lumos.ok("POST", f"/_emulator{OKTA}/source_groups", group)
    assert lumos.ok("POST", f"{OKTA}/sync", {"sync_type": "full_sync"})["status"] == "SYNCING"
    lumos.ok("PUT", "/_emulator/state", lumos.ok("GET", "/_emulator/state"))
    assert lumos.ok("GET", OKTA)["sync_status"] == "SUCCESS"
    assert [g["name"] for g in lumos.ok("GET", "/groups", name="Billing")["items"]] == ["Billing"]
    assert lumos.post(f"{OKTA}/sync", json={"sync_type": "full_sync"}).status_code == 202


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ([], "must be a JSON object"),
        ({"users": []}, "must be a JSON object"),
        ({"users": {}}, "current_user_id"),
        ({"clock": {"stopped_at": "soon"}}, "its clock cannot be read"),
        ({"clock": []}, "its clock is not an object"),
        ({"clock": {"ahead_seconds": "1"}}, "its clock cannot be read"),
        ({"apps": []}, "apps is not an object"),
        ({"apps": {"a": 7}}, "apps.a is not an object"),
        ({"apps": {"a": {}}}, "apps.a has no user_friendly_label"),
        (
            {"apps": {"a": {"user_friendly_label": "A", "settings": []}}},
            "apps.a.settings is not an object",
        ),
        ({"groups": {"g": {"app_id": "a", "name": "G"}}}, "groups.g.app_id: there is no app a"),
        (
            {"access_requests": {"r": {**REQUEST, "target_user": {"id": "nobody"}}}},
            "access_requests.r.target_user: nobody is not one of users",
        ),
        ({"tasks": {"t": TASK}}, "tasks.t: there is no access request r"),
        (
            {"access_requests": {"r": REQUEST}, "tasks": {"t": {**TASK, "task_category": "FUN"}}},
            "tasks.t.task_category: must be one of MANAGER_APPROVAL",
        ),
        (
            {
                "apps": {
                    "a": {
                        "user_friendly_label": "A",
                        "settings": {"request_flow": {"admins": {"users": [{"id": "nobody"}]}}},
                    }
                }
            },
            "apps.a.settings.request_flow.admins: nobody is not one of users",
        ),
    ],
)
def test_a_state_that_would_crash_later_is_refused_with_the_place(
    spoilt: Any, complaint: str
) -> None:
    whole = {"current_user_id": "u", "users": {"u": {}}}
    with pytest.raises(ValueError, match=complaint):
        saved_state.complete({**whole, **spoilt} if isinstance(spoilt, dict) else spoilt)


def test_a_data_file_that_would_crash_the_emulator_later_is_refused_at_the_start(
    tmp_path: Path,
) -> None:
    state = {"current_user_id": "u", "users": {"u": {}}, "apps": {"a": {}}}
    data = tmp_path / "lumos.json"
    data.write_text(json.dumps({"tenants": {"t": state}}))
    with pytest.raises(EmulatorNotReadyError, match="has no user_friendly_label"):
        EmulatorProcess(data=data).__enter__()


def test_a_state_made_by_hand_may_be_short_and_syncs(lumos: Company) -> None:
    app = {"user_friendly_label": "Okta", "connected": True}
    group = {"app_id": "okta", "name": "Engineers", "integration_specific_id": "00g1"}
    config = {"request_fulfillment_config": {"provisioning_group": {"id": "g"}}}
    permission = {"app_id": "okta", "label": "Old name", "type": "SYNCED", "request_config": config}
    seed = {
        "current_user_id": "ada",
        "users": {"ada": {"email": "ada@example.com"}},
        "apps": {"okta": app},
        "groups": {"g": group, "without a permission": {**group, "integration_specific_id": "2"}},
        "permissions": {"any id": permission},
    }
    lumos.switch(sync_seconds=0)
    lumos.ok("PUT", "/_emulator/state", seed)
    lumos.ok("POST", "/apps/okta/sync", {"sync_type": "full_sync"})
    wait_until(lambda: lumos.ok("GET", "/apps/okta")["sync_status"] == "SUCCESS", "a sync")
    found = lumos.ok("GET", PERMISSIONS, app_id="okta")["items"]
    assert sorted(p["label"] for p in found) == ["Engineers", "Engineers"]
    assert "any id" in {p["id"] for p in found}
    assert {g["name"] for g in lumos.ok("GET", "/groups")["items"]} == {"Engineers"}
