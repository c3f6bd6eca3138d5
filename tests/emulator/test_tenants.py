"""Tokens, recorded requests, switches, limits and the state of a tenant."""

from __future__ import annotations

import time

import httpx
import pytest
from pulumi_lumos.emulator import seed_ids, switches
from pulumi_lumos.emulator.process import EmulatorProcess

from ..patience import wait_until
from .company import PERMISSIONS, Company


@pytest.mark.parametrize("header", [None, "Bearer other", "Bearer lsk_", "Basic lsk_a", "lsk_a"])
def test_other_tokens_are_not_let_in(emulator: EmulatorProcess, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = httpx.get(f"{emulator.url}/users/current", headers=headers)
    assert answer.status_code == 401
    assert "x-ratelimit-limit" in answer.headers


def test_each_token_has_a_company_of_its_own_with_the_same_seed(
    lumos: Company, emulator: EmulatorProcess
) -> None:
    lumos.create()
    with Company(emulator.url, "lsk_neighbour") as neighbour:
        state = neighbour.ok("GET", "/_emulator/state")
        assert state["apps"].keys() == lumos.ok("GET", "/_emulator/state")["apps"].keys()
        permissions = neighbour.ok("GET", PERMISSIONS, app_id=seed_ids.SALESFORCE_APP_ID)
        assert permissions["total"] == 0


def test_published_ids_are_those_of_the_company(lumos: Company) -> None:
    state = lumos.ok("GET", "/_emulator/state")
    assert {group.id for group in seed_ids.GROUPS.values()} == state["groups"].keys()
    assert {user.id for user in seed_ids.USERS.values()} == state["users"].keys()
    assert state["apps"][seed_ids.SLACK_APP_ID]["in_app_store"] is True
    assert seed_ids.SLACK_PERMISSION_ID in state["permissions"]
    assert seed_ids.ACCESS_POLICY_ID in state["access_policies"]
    assert {user["status"] for user in state["users"].values()} == {
        "ACTIVE",
        "INACTIVE",
        "SUSPENDED",
    }


def test_requests_are_recorded_in_order_and_the_admin_api_is_not(lumos: Company) -> None:
    lumos.get("/groups?name=IT&size=7")
    lumos.post(PERMISSIONS, json={"label": "x"})
    first, second = lumos.requests()
    assert first == {
        "method": "GET",
        "path": "/groups",
        "query": {"name": ["IT"], "size": ["7"]},
        "body": None,
        "user_id": seed_ids.CURRENT_USER_ID,
        "status": 200,
        "sequence": 1,
    }
    assert (second["body"], second["status"], second["sequence"]) == ({"label": "x"}, 422, 2)
    lumos.delete("/_emulator/requests")
    assert lumos.requests() == []


def test_a_reset_brings_the_seed_back(lumos: Company) -> None:
    before = lumos.ok("GET", "/_emulator/state")
    lumos.create()
    lumos.delete(f"{PERMISSIONS}/{seed_ids.SLACK_PERMISSION_ID}")
    assert lumos.post("/_emulator/reset").status_code == 204
    assert lumos.ok("GET", "/_emulator/state") == before


def test_switches_are_shown_with_their_defaults(lumos: Company) -> None:
    assert lumos.ok("GET", "/_emulator/switches") == switches.defaults()


def test_a_wrong_switch_changes_nothing(lumos: Company) -> None:
    values = {"shuffle": False, "shufle": True, "equal_labels": "perhaps", "sync_seconds": -1}
    places = {place for place, _ in _refused_switches(lumos, values)}
    assert places == {"body.shufle", "body.equal_labels", "body.sync_seconds"}
    assert lumos.ok("GET", "/_emulator/switches")["shuffle"] is True


def _refused_switches(lumos: Company, values: dict[str, object]) -> list[tuple[str, str]]:
    return lumos.refused("PATCH", "/_emulator/switches", values)


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("shuffle=false", False),
        ("shuffle_seed=7", 7),
        ("shuffle_seed=null", None),
        ("sync_seconds=1.5", 1.5),
        ("conflict_status=422", 422),
        ("equal_labels=refuse", "refuse"),
    ],
)
def test_switches_are_read_from_the_command_line(assignment: str, value: object) -> None:
    assert switches.parse(assignment) == (assignment.partition("=")[0], value)


@pytest.mark.parametrize("assignment", ["shuffle=1", "shuffle", "nothing=1", "latency_ms=1.5"])
def test_a_switch_misread_on_the_command_line_is_an_error(assignment: str) -> None:
    with pytest.raises(ValueError, match=assignment.partition("=")[0]):
        switches.parse(assignment)


def test_every_answer_carries_the_headers_of_the_live_service(lumos: Company) -> None:
    for url in ("/users/current", "/groups/nothing", "/nothing"):
        headers = lumos.get(url).headers
        assert headers["retry-after"] == "1"
        assert int(headers["x-ratelimit-remaining"]) < int(headers["x-ratelimit-limit"])
        assert "." in headers["x-ratelimit-reset"]
        assert float(headers["x-ratelimit-reset"]) > time.time() - 1


def test_a_limit_answers_429_until_the_second_is_over(lumos: Company) -> None:
    lumos.switch(rate_limit_per_second=3)
    answers: list[httpx.Response] = []

    def all_in_one_second() -> bool:
        answers[:] = [lumos.get("/users/current") for _ in range(5)]
        return len({answer.headers["x-ratelimit-reset"] for answer in answers}) == 1

    wait_until(all_in_one_second, "five requests within a second")
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers[:3]] == ["2", "1", "0"]
    reset = float(answers[-1].headers["x-ratelimit-reset"])
    time.sleep(max(reset - time.time(), 0) + 0.01)
    assert lumos.get("/users/current").status_code == 200


def test_a_detail_can_be_one_string(lumos: Company) -> None:
    lumos.switch(detail="string")
    detail = lumos.post(PERMISSIONS, json={"label": "x"}).json()["detail"]
    assert detail == "body.app_id: Field required"


def test_latency_holds_every_answer_back(lumos: Company) -> None:
    lumos.switch(latency_ms=150)
    started = time.monotonic()
    lumos.get("/users/current")
    assert time.monotonic() - started >= 0.15


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:8080", "[::1]:9", "LOCALHOST", "127.9.9.9"]
)
def test_names_of_this_machine_are_answered(lumos: Company, host: str) -> None:
    assert lumos.get("/users/current", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "lumos.example",
        "localhost.example:80",
        "192.0.2.1",
        "[::2]",
    ],
)
@pytest.mark.parametrize("path", ["/users/current", "/_emulator/state"])
def test_a_name_that_a_web_page_could_point_here_is_turned_away(
    lumos: Company, host: str, path: str
) -> None:
    answer = lumos.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert set(answer.json()) == {"detail"}
