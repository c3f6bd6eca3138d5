"""Playing a company: tokens of its people, a clock, and what can be read about it all."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ..company import Company
from .acme import REQUESTS, START, Acme

CLOCK = "/_emulator/clock"


def test_a_token_acts_as_its_person_in_the_same_tenant(acme: Acme) -> None:
    grace = acme.as_("Grace")
    assert grace.ok("GET", "/users/current")["given_name"] == "Grace"
    assert acme.admin.ok("GET", "/users/current")["given_name"] == "Ada"
    acme.ask("Grace", "Wiki")
    assert acme.admin.ok("GET", REQUESTS)["total"] == 1
    assert [entry["user_id"] for entry in acme.admin.requests()[-3:]] == [
        ids.USERS["Ada"].id,
        ids.USERS["Grace"].id,
        ids.USERS["Ada"].id,
    ]


def test_the_scope_says_what_a_token_may_do(acme: Acme) -> None:
    query = {"all_visibilities": True}
    for scope, status in (("user", 403), ("admin", 200)):
        asked = acme.as_("Grace", scope).get("/appstore/apps", params=query)
        assert asked.status_code == status
        assert acme.as_("Grace", scope).get("/activity_logs").status_code == status


@pytest.mark.parametrize(
    "desired",
    [{"user_id": "nobody"}, {"scope": "admin"}, {"user_id": ids.USERS["Mei"].id, "scope": "god"}],
)
def test_a_token_is_of_somebody(acme: Acme, desired: Any) -> None:
    assert acme.admin.post("/_emulator/tokens", json=desired).status_code == 422


@pytest.mark.slow  # two processes
def test_no_token_is_kept_and_all_work_after_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "lumos.json"
    with EmulatorProcess(data=data) as process:
        acme = Acme(process.url, "lsk_CANARY")
        request = acme.ask("Linus", "AWS", "Prod admin", access_length="2 hours")
        token = acme.as_("Linus").headers["Authorization"].split()[1]
        acme.close()
    assert "CANARY" not in data.read_text()
    assert token not in data.read_text()
    with EmulatorProcess(data=data) as process, Company(process.url, token) as linus:
        assert linus.ok("GET", "/users/current")["given_name"] == "Linus"
        assert linus.ok("GET", CLOCK) == {"now": START, "runs": False}
        linus.ok("POST", CLOCK, {"advance_seconds": 7200})
        url = f"{REQUESTS}/{request['id']}"
        assert linus.ok("GET", url)["status"] == "TIME_BASED_EXPIRED"


def test_the_clock_passes_by_itself_unless_it_is_stopped(acme: Acme) -> None:
    assert acme.admin.ok("GET", CLOCK) == {"now": START, "runs": False}
    time.sleep(1.1)
    assert acme.admin.ok("GET", CLOCK)["now"] == START
    assert acme.admin.ok("POST", CLOCK, {"runs": True})["runs"] is True
    time.sleep(1.1)
    assert START < acme.admin.ok("GET", CLOCK)["now"] < "2026-03-02T10:00:00"


def test_the_clock_is_set_and_advanced(acme: Acme) -> None:
    at = "2027-01-01T12:00:00+02:00"
    assert acme.admin.ok("POST", CLOCK, {"now": at})["now"] == "2027-01-01T10:00:00"
    both = {"now": "2027-01-01T10:00:00", "advance_seconds": 90}
    assert acme.admin.ok("POST", CLOCK, both)["now"] == "2027-01-01T10:01:30"
    assert acme.ask("Mei", "Wiki")["requested_at"] == "2027-01-01T10:01:30"


@pytest.mark.parametrize(
    "change",
    [{"advance_seconds": -1}, {"now": "soon"}, {"now": "1999-01-01T00:00:00"}, {"hours": 1}],
)
def test_a_wrong_time_is_refused(acme: Acme, change: Any) -> None:
    assert acme.admin.post(CLOCK, json=change).status_code == 422
    assert acme.admin.ok("GET", CLOCK)["now"] == START


def test_a_reset_brings_the_time_back_and_keeps_the_tokens(acme: Acme) -> None:
    grace = acme.as_("Grace")
    acme.ask("Grace", "Wiki")
    acme.admin.post("/_emulator/reset").raise_for_status()
    assert grace.ok("GET", REQUESTS)["items"] == []
    assert acme.admin.ok("GET", CLOCK)["runs"] is True


def test_a_manager_is_an_attribute_of_a_person_and_can_change(acme: Acme) -> None:
    url = f"/users/{ids.USERS['Linus'].id}"
    shown = acme.admin.ok("GET", url, expand="custom_attributes")["custom_attributes"]["manager"]
    assert shown["type"] == "USER"
    assert [one["given_name"] for one in shown["value"]] == ["Grace"]
    acme.change("Linus", manager_id=ids.USERS["Vera"].id)
    assert acme.deciders(acme.ask("Linus", "GitHub", access_length="8 hours")) == {"Vera"}
    wrong = {"manager_id": "nobody"}
    assert acme.admin.patch(f"/_emulator{url}", json=wrong).status_code == 422


def test_the_activity_log_is_read_by_time_and_in_parts(acme: Acme) -> None:
    acme.ask("Mei", "Wiki")
    acme.pass_time(3600)
    acme.ask("Grace", "Wiki")
    log = acme.admin.ok("GET", "/activity_logs")
    assert [event["event_type"] for event in log["items"][:2]] == [
        "APP_STORE_CREATE_ACCESS_REQUEST",
        "APP_STORE_AUTOMATIC_PROVISIONING_FOR_ACCESS_REQUEST",
    ]
    assert log["items"][0]["actor"]["name"] == "Mei Tanaka"
    assert log["items"][1]["actor"]["name"] == "Lumos"
    later = acme.admin.ok("GET", "/activity_logs", since="2026-03-02T09:30:00Z")
    earlier = acme.admin.ok("GET", "/activity_logs", until="2026-03-02T09:30:00")
    assert later["total"] == earlier["total"] == log["total"] / 2
    part = acme.admin.ok("GET", "/activity_logs", limit=1, offset=1)
    assert part["items"] == log["items"][1:2]
    assert part["links"]["next"] == "/activity_logs?limit=1&offset=2"
    assert acme.admin.get(part["links"]["next"]).json()["items"] == log["items"][2:3]
    assert acme.admin.get(part["links"]["last"]).json()["links"]["next"] is None


def test_accounts_are_filtered(acme: Acme) -> None:
    acme.ask("Mei", "Wiki")
    queries: list[tuple[dict[str, Any], bool]] = [
        ({"app_id": ids.APPS["Wiki"]}, True),
        ({"app_id": ids.APPS["Zoom"]}, False),
        ({"status": ["ACCESS_CREATED", "STAGED"]}, True),
        ({"status": "DEPROVISIONED"}, False),
        ({"sources": "LUMOS_INTEGRATION", "status": "ACCESS_CREATED"}, True),
        ({"sources": "OKTA"}, False),
        ({"discovered_after": "2026-03-02T09:00:00Z"}, True),
        ({"discovered_after": "2026-03-02T09:00:01Z"}, False),
        ({"discovered_before": "2026-03-02T08:59:59Z"}, False),
    ]
    for query, found in queries:
        items = acme.admin.ok("GET", "/accounts", expand="app", **query)["items"]
        apps = {item["app"]["user_friendly_label"] for item in items}
        assert ("Wiki" in apps) == found, query
    assert acme.admin.get("/accounts", params={"status": "FINE"}).status_code == 422
    assert acme.admin.get("/accounts", params={"sources": "FAX"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/_emulator/inline_webhooks/nothing/answer", {"outcome": "ok"}),
        ("/_emulator/apps/nothing/automation", {"automation": "fails"}),
        (f"/_emulator/apps/{ids.APPS['Okta']}/automation", {"automation": "sometimes"}),
        (
            f"/_emulator/inline_webhooks/{seed_ids.WEBHOOK_IDS['SIEM']}/answer",
            {"outcome": "perhaps"},
        ),
    ],
)
def test_the_outside_accepts_only_known_words(acme: Acme, path: str, value: Any) -> None:
    assert acme.admin.put(path, json=value).status_code == (404 if "nothing" in path else 422)
