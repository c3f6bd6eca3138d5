"""The portal over a Lumos that is busy, broken or silent: it says so, and no form is lost."""

from __future__ import annotations

from typing import Any

import pytest
from portal import people as patience
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..emulator.requests.acme import REQUESTS, Acme
from .conftest import People

ZOOM = f"/apps/{ids.APPS['Zoom']}"
DOWN: list[tuple[str, dict[str, Any]]] = [
    ("Lumos is busy", {"kind": "status", "status": 429}),
    ("Lumos does not answer", {"kind": "status", "status": 503}),
    ("Lumos does not answer", {"kind": "reset"}),
    ("Lumos does not answer", {"kind": "hang"}),
]
each_fault = pytest.mark.parametrize(
    ("title", "fault"), DOWN, ids=["429", "503", "reset", "silence"]
)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the portal lose its patience sooner than with people."""
    monkeypatch.setattr(patience, "REQUEST_TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(patience, "DEADLINE_SECONDS", 1.5)
    monkeypatch.setattr(patience, "LAG_SECONDS", 0.5)


@each_fault
def test_a_page_says_that_lumos_is_down(
    acme: Acme, people: People, title: str, fault: dict[str, Any]
) -> None:
    mei = people("Mei")
    mei.get("/")
    acme.admin.fault(path="^/appstore/apps", **fault)
    page = mei.get("/", 503)
    assert title in page
    assert 'href="/">Try again' in page


@each_fault
def test_a_form_is_kept_and_sent_again(
    acme: Acme, people: People, title: str, fault: dict[str, Any]
) -> None:
    mei = people("Mei")
    form = mei.form(mei.get(ZOOM), length="Unlimited", reason="Talks with “customers”")
    acme.admin.fault(path="^/appstore/access_request", **fault)
    page = mei.send(ZOOM, form, 503)
    assert title in page and "Talks with “customers”" in page
    acme.admin.ok("DELETE", "/_emulator/faults")
    kept = mei.form(page)
    assert kept == form
    assert "Omar Haddad" in mei.send(ZOOM, kept)
    assert acme.admin.ok("GET", REQUESTS)["total"] == 1


def test_a_request_that_lumos_made_and_then_fell_silent_is_made_once(
    acme: Acme, people: People
) -> None:
    mei = people("Mei")
    form = mei.form(mei.get(ZOOM), length="Unlimited", reason="Talks")
    acme.admin.fault(kind="reset", when="after", method="POST", path="/access_request$")
    lists = {"kind": "status", "status": 503, "method": "GET", "path": "/access_requests$"}
    acme.admin.fault(nth=[*range(2, 40)], **lists)
    page = mei.send(ZOOM, form, 503)
    assert "it counts once" in page
    acme.admin.ok("DELETE", "/_emulator/faults")
    assert "Omar Haddad" in mei.send(ZOOM, mei.form(page))
    assert acme.admin.ok("GET", REQUESTS)["total"] == 1


def test_a_decision_is_kept_and_sent_again(acme: Acme, people: People) -> None:
    people("Mei").ask("Zoom")
    omar = people("Omar")
    [task] = acme.as_("Omar").ok("GET", "/tasks")["items"]
    path = f"/inbox/{task['id']}"
    form = omar.form(omar.get(path), decision="deny", reason="Use Meet.")
    acme.admin.fault(kind="status", status=503, method="POST", path="/dismiss$")
    page = omar.send(path, form, 503)
    acme.admin.ok("DELETE", "/_emulator/faults")
    assert "You have denied it." in omar.send(path, omar.form(page))
    [request] = acme.admin.ok("GET", REQUESTS)["items"]
    assert request["notes"]["DENIED"] == "Use Meet."
