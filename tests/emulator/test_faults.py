from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
from pulumi_lumos.emulator import seed_ids

from ..patience import wait_until
from .company import PERMISSIONS, Company

BODY = {"app_id": seed_ids.SALESFORCE_APP_ID, "label": "Admin"}


def made(lumos: Company) -> int:
    total: int = lumos.ok("GET", PERMISSIONS, app_id=seed_ids.SALESFORCE_APP_ID)["total"]
    return total


@pytest.mark.parametrize(("when", "committed"), [("before", 0), ("after", 1)])
def test_a_status_can_come_before_or_after_the_commit(
    lumos: Company, when: str, committed: int
) -> None:
    answer = {"status": 502, "headers": {"Retry-After": "9"}, "body_text": "bad gateway"}
    lumos.fault(method="POST", kind="status", when=when, content_type="text/plain", **answer)
    response = lumos.post(PERMISSIONS, json=BODY)
    assert (response.status_code, response.text) == (502, "bad gateway")
    assert response.headers["retry-after"] == "9"
    assert response.headers["content-type"].startswith("text/plain")
    assert made(lumos) == committed


@pytest.mark.parametrize(("when", "committed"), [("before", 0), ("after", 1)])
def test_a_reset_really_resets_the_connection(lumos: Company, when: str, committed: int) -> None:
    lumos.fault(method="POST", kind="reset", when=when)
    with pytest.raises(httpx.ReadError):
        lumos.post(PERMISSIONS, json=BODY)
    assert made(lumos) == committed
    assert [request["status"] for request in lumos.requests() if request["body"]] == [None]


def test_a_truncated_answer_promises_more_than_comes(lumos: Company) -> None:
    lumos.fault(method="POST", kind="truncate")
    with pytest.raises(httpx.RemoteProtocolError, match="complete message body"):
        lumos.post(PERMISSIONS, json=BODY)
    assert made(lumos) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_stall_holds_the_answer_back(lumos: Company, when: str) -> None:
    lumos.fault(method="POST", kind="stall", when=when, seconds=0.3)
    started = time.monotonic()
    assert lumos.post(PERMISSIONS, json=BODY).status_code == 201
    assert time.monotonic() - started >= 0.3


def test_a_client_that_does_not_wait_for_a_stall_may_find_its_request_done(lumos: Company) -> None:
    lumos.fault(method="POST", kind="stall", when="after", seconds=3)
    with pytest.raises(httpx.ReadTimeout):
        lumos.post(PERMISSIONS, json=BODY, timeout=0.2)
    wait_until(lambda: made(lumos) == 1, "Lumos carries out what it has received")


@pytest.mark.parametrize(("when", "committed"), [("before", 0), ("after", 1)])
def test_what_hangs_is_never_answered(lumos: Company, when: str, committed: int) -> None:
    lumos.fault(method="POST", kind="hang", when=when, times=1)
    with pytest.raises(httpx.ReadTimeout):
        lumos.post(PERMISSIONS, json=BODY, timeout=0.2)
    wait_until(lambda: made(lumos) == committed, "Lumos carries out what it has received")
    assert lumos.post(PERMISSIONS, json=BODY).status_code == 201
    assert made(lumos) == committed + 1


def test_another_body_comes_with_the_usual_status(lumos: Company) -> None:
    lumos.fault(method="POST", kind="body", body_text="<html>", content_type="text/html")
    response = lumos.post(PERMISSIONS, json=BODY)
    assert (response.status_code, response.text) == (201, "<html>")
    assert made(lumos) == 1


@pytest.mark.parametrize(
    ("choice", "statuses"),
    [
        ({"nth": [2, 4]}, [201, 503, 201, 503, 201]),
        ({"times": 2}, [503, 503, 201, 201, 201]),
        ({"probability": 0.0}, [201] * 5),
        ({"probability": 1.0}, [503] * 5),
        ({"body": '"label": ?"p3"'}, [201, 201, 201, 503, 201]),
        ({"path": "^/appstore/apps"}, [201] * 5),
        ({"method": "GET"}, [201] * 5),
    ],
)
def test_a_fault_strikes_the_chosen_requests(
    lumos: Company, choice: dict[str, Any], statuses: list[int]
) -> None:
    lumos.fault(kind="status", status=503, **choice)
    answered = [
        lumos.post(PERMISSIONS, json={**BODY, "label": f"p{number}"}).status_code
        for number in range(5)
    ]
    assert answered == statuses
    [fault] = lumos.ok("GET", "/_emulator/faults")
    assert fault["struck"] == statuses.count(503)


def test_chance_can_be_repeated_with_a_seed(lumos: Company) -> None:
    runs = []
    for _ in range(2):
        lumos.delete("/_emulator/faults")
        lumos.fault(kind="status", status=503, probability=0.5, seed=3)
        runs.append([lumos.get("/users/current").status_code for _ in range(12)])
    assert runs[0] == runs[1]
    assert {200, 503} == set(runs[0])


def test_faults_end_when_they_are_cleared(lumos: Company) -> None:
    lumos.fault(kind="status", status=500)
    assert lumos.get("/users/current").status_code == 500
    assert lumos.delete("/_emulator/faults").status_code == 204
    assert lumos.get("/users/current").status_code == 200


@pytest.mark.parametrize(
    "fault", [{"kind": "flood"}, {"kind": "reset", "path": "("}, {"kind": "reset", "nth": [0]}, {}]
)
def test_a_fault_that_makes_no_sense_is_refused(lumos: Company, fault: dict[str, Any]) -> None:
    lumos.refused("POST", "/_emulator/faults", fault)
