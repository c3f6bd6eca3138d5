"""One wish is one request, and one decision one decision, whatever happens on the way."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pulumi_lumos.access import ApiError, ConfigError, Invalid, Settings
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..emulator.requests.acme import REQUESTS, Acme
from .conftest import As

ZOOM = ids.APPS["Zoom"]
ASK = "/access_request$"
LOST: list[dict[str, Any]] = [
    {"kind": "status", "status": 502, "when": "after"},
    {"kind": "reset", "when": "after"},
    {"kind": "truncate"},
    {"kind": "stall", "seconds": 4, "when": "after"},
    {"kind": "body", "body_text": "<html>", "content_type": "text/html"},
    {"kind": "body", "body_text": "{}"},
]


def made(acme: Acme) -> int:
    """How many requests Lumos has."""
    return int(acme.admin.ok("GET", REQUESTS)["total"])


def posts(acme: Acme, path: str) -> int:
    """How often something was sent."""
    sent = [(one["method"], one["path"]) for one in acme.admin.requests()]
    return sum(1 for method, at in sent if method == "POST" and at.endswith(path))


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault["kind"])
def test_a_request_whose_answer_is_lost_is_found(
    acme: Acme, as_: As, fault: dict[str, Any]
) -> None:
    mei = as_("Mei")
    [earlier] = mei.submit(ZOOM, reason="Talks")
    acme.admin.fault(method="POST", path=ASK, nth=[1], **fault)
    [request] = mei.submit(ZOOM, reason="Talks")
    assert request.id != earlier.id
    assert made(acme) == 2


def test_a_request_that_lumos_shows_late_is_found(acme: Acme, as_: As) -> None:
    acme.switch(read_after_write_lag_seconds=0.3)
    acme.admin.fault(kind="reset", when="after", method="POST", path=ASK, nth=[1])
    assert as_("Mei", sleep=time.sleep).submit(ZOOM)
    assert (made(acme), posts(acme, "/access_request")) == (1, 1)


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 503}, {"kind": "reset"}], ids=lambda fault: fault["kind"]
)
def test_a_request_that_was_not_made_is_made_when_it_is_sent_again(
    acme: Acme, as_: As, fault: dict[str, Any]
) -> None:
    acme.admin.fault(method="POST", path=ASK, nth=[1], **fault)
    submission = as_("Mei").prepare(ZOOM)
    with pytest.raises(ApiError) as lost:
        submission.send()
    assert lost.value.in_doubt
    assert (made(acme), posts(acme, "/access_request")) == (0, 1)
    [request] = submission.send()
    assert submission.send() == [request]
    assert made(acme) == 1


def test_a_request_is_not_made_again_while_nobody_can_look_for_it(acme: Acme, as_: As) -> None:
    acme.admin.fault(kind="reset", when="after", method="POST", path=ASK)
    submission = as_("Mei").prepare(ZOOM)
    down = {"kind": "status", "status": 503, "method": "GET", "path": "/access_requests$"}
    acme.admin.fault(nth=[*range(2, 1000)], **down)
    for _ in range(2):
        with pytest.raises(ApiError):
            submission.send()
    assert posts(acme, "/access_request") == 1
    acme.admin.ok("DELETE", "/_emulator/faults")
    assert len(submission.send()) == 1
    assert made(acme) == 1


def test_a_request_sent_by_many_at_once_is_made_once(acme: Acme, as_: As) -> None:
    submission = as_("Mei").prepare(ZOOM)
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda _: submission.send(), range(8)))
    assert len({one.id for answer in sent for one in answer}) == 1
    assert made(acme) == 1


def test_split_requests_whose_answer_is_lost_are_all_found(acme: Acme, as_: As) -> None:
    acme.admin.fault(kind="reset", when="after", method="POST", path=ASK, nth=[1])
    desired = [ids.PERMISSIONS["Salesforce", label] for label in ("Read-only", "Admin")]
    found = as_("Tomas").submit(ids.APPS["Salesforce"], desired, length="2 hours")
    assert sorted(one.labels for one in found) == [("Admin",), ("Read-only",)]


def test_a_busy_lumos_is_waited_for(acme: Acme, as_: As) -> None:
    busy = {"kind": "status", "status": 429, "headers": {"Retry-After": "1"}, "times": 3}
    acme.admin.fault(method="POST", path=ASK, **busy)
    as_("Mei").submit(ZOOM)
    assert made(acme) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["complete", "dismiss", "comments"])
def test_a_decision_whose_answer_is_lost_counts_once(
    acme: Acme, as_: As, how: str, when: str
) -> None:
    as_("Mei").submit(ZOOM)
    [task] = as_("Omar").list_tasks()
    acme.admin.fault(kind="reset", when=when, method="POST", path=f"/{how}$", nth=[1])
    if how == "complete":
        assert as_("Omar").approve(task.id).status == "COMPLETED"
        return
    if (how, when) == ("comments", "before"):
        with pytest.raises(ApiError):
            as_("Omar").deny(task.id, "No.")
    denied = as_("Omar").deny(task.id, "No.")
    assert (denied.status, [one.text for one in denied.comments]) == ("DISMISSED", ["No."])


def test_a_cancellation_whose_answer_is_lost_counts_once(acme: Acme, as_: As) -> None:
    [request] = as_("Mei").submit(ZOOM)
    acme.admin.fault(kind="reset", when="after", method="DELETE", path="", nth=[1])
    assert as_("Mei").cancel(request.id).status == "CANCELLED"


def test_errors_advise_a_program_and_hold_no_token(as_: As, acme: Acme) -> None:
    with pytest.raises(ApiError) as refused:
        as_("Mei").list_app_admins()
    text = str(refused.value)
    assert "use one of somebody whom Lumos allows this" in text
    assert "pulumi" not in text
    with pytest.raises(ConfigError):
        Settings(" ", acme.url)


def test_a_refusal_shows_what_was_asked_for_and_never_the_token(acme: Acme, as_: As) -> None:
    mei = as_("Mei")
    token = mei._client._settings.access_token
    said = json.dumps({"detail": f"{token} may not have 'Talks'"})
    acme.admin.fault(kind="status", status=422, body_text=said, method="POST", path=ASK)
    with pytest.raises(Invalid) as refused:
        mei.submit(ZOOM, reason="Talks")
    assert token not in str(refused.value)
    assert "may not have 'Talks'" in refused.value.problems[0].message
