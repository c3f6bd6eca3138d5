"""What people see and do in the portal, and what Lumos holds afterwards."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from portal.people import from_file
from pulumi_lumos.emulator import requests_seed_ids as ids

from ..emulator.requests.acme import REQUESTS, Acme
from .conftest import People
from .serving import HEADER, Visitor

ADMIN = ids.PERMISSIONS["Salesforce", "Admin"]
READ_ONLY = ids.PERMISSIONS["Salesforce", "Read-only"]


def test_people_browse_and_find_by_searching(people: People) -> None:
    mei = people("Mei")
    page = mei.get("/")
    assert ">GitHub</a>" in page
    assert ">Figma</a>" not in page
    assert ">Figma</a>" in mei.get("/?q=fig")
    assert "no app that is called “payroll”" in mei.get("/?q=payroll")
    assert ">GitHub</a>" not in people("Tomas").get("/")


def test_an_app_says_what_each_permission_means(acme: Acme, people: People) -> None:
    acme.settings("Salesforce", custom_request_instructions="Name the accounts.")
    page = " ".join(people("Mei").get(f"/apps/{ids.APPS['Salesforce']}").split())
    assert "Name the accounts." in page
    assert "Your manager, then Priya Nair, then somebody in Security approves." in page
    assert "You join the group Salesforce Admins. For 2 hours, 8 hours." in page
    assert "For 2 hours, 8 hours, without an end." in page
    assert "At once for people whose department is Sales." in page
    assert "Nobody has to approve." in people("Mei").get(f"/apps/{ids.APPS['Wiki']}")
    assert ids.LEGACY_URL in people("Mei").get(f"/apps/{ids.APPS['Legacy']}")


def test_a_request_is_followed_to_its_end(acme: Acme, people: People) -> None:
    mei, omar = people("Mei"), people("Omar")
    page = mei.ask("Zoom", reason="Talks")
    assert mei.address.startswith("/requests/")
    for text in ("Waits for an approver", "Omar Haddad", "Talks", "Cancel request"):
        assert text in page
    [task] = re.findall(r'href="(/inbox/[^"]+)"', omar.get("/inbox"))
    form = omar.form(omar.get(task), decision="deny", reason="Use Meet.")
    assert "You have denied it." in omar.send(task, form)
    ended = mei.get(mei.address)
    for text in ("Denied", "Decided by", "Omar Haddad", "Use Meet."):
        assert text in ended
    assert "Cancel request" not in ended
    assert "data-final" in mei.get(f"{mei.address}/status")
    assert "Zoom</a>" in mei.get("/requests")


def test_one_day_is_one_day(acme: Acme, people: People) -> None:
    address = f"/appstore/apps/{ids.APPS['Zoom']}/settings"
    change = {"provisioning": {"time_based_access": ["1 day"]}}
    assert acme.admin.patch(address, json=change).is_success
    people("Mei").ask("Zoom", length="1 day")
    omar = people("Omar")
    [task] = re.findall(r'href="(/inbox/[^"]+)"', omar.get("/inbox"))
    assert "<dt>How long</dt><dd>1 day</dd>" in omar.get(task)


def test_the_same_decision_twice_counts_once_and_a_late_one_is_refused(
    acme: Acme, people: People
) -> None:
    fields: dict[str, Any] = {
        "permission": ids.PERMISSIONS["AWS", "Prod admin"],
        "length": "8 hours",
    }
    people("Mei").ask("AWS", **fields)
    omar, ada = people("Omar"), people("Ada")
    [task] = re.findall(r'href="(/inbox/[^"]+)"', omar.get("/inbox"))
    page = omar.get(task)
    assert "<dt>How long</dt><dd>8 hours</dd>" in page
    form = omar.form(page, decision="approve")
    late = ada.form(ada.get(task), decision="deny")
    for _ in range(2):
        assert "You have approved it." in omar.send(task, form)
    assert "completed already by Omar Haddad" in ada.send(task, late, 409)
    assert acme.members("Prod Admins") == {"Mei"}


def test_a_request_can_be_cancelled_until_it_is_too_late(acme: Acme, people: People) -> None:
    mei = people("Mei")
    page = mei.ask("Zoom")
    assert "Cancelled" in mei.send(f"{mei.address}/cancel", mei.form(page))
    mei.ask("Wiki")
    page = mei.send(f"{mei.address}/cancel", mei.form(page), 409)
    assert "too late to cancel" in page


def test_a_refusal_appears_beside_the_filled_in_form(people: People) -> None:
    page = people("Mei").ask("Salesforce", 422, permission=ADMIN, length="Unlimited", reason="My")
    assert "'Unlimited' is not offered. Offered: 2 hours, 8 hours." in page
    assert ">My</textarea>" in page
    assert re.search(rf'value="{ADMIN}"[^>]* checked', page)
    assert "Choose what you need." in people("Mei").ask("Salesforce", 422)
    page = people("Mei").ask("Zoom", 422, target="nobody@acme.example")
    assert "no people with the address 'nobody@acme.example'" in page


def test_several_permissions_become_requests_of_their_own(people: People) -> None:
    tomas = people("Tomas")
    page = tomas.ask("Salesforce", permission=[READ_ONLY, ADMIN], length="2 hours")
    assert tomas.address == "/requests"
    assert "Salesforce: Admin" in page and "Salesforce: Read-only" in page


def test_somebody_asks_for_a_colleague(acme: Acme, people: People) -> None:
    page = people("Priya").ask("Wiki", target=ids.USERS["Kai"].email)
    assert "Kai Sund" in page
    assert acme.account("Kai", "Wiki") == "ACCESS_CREATED"


def test_a_form_that_is_sent_twice_asks_once(acme: Acme, people: People) -> None:
    mei = people("Mei")
    path = f"/apps/{ids.APPS['Zoom']}"
    form = mei.form(mei.get(path), length="Unlimited", reason="Talks")
    first, second = (mei.send(path, form) and mei.address for _ in range(2))
    assert first == second
    assert acme.admin.ok("GET", REQUESTS)["total"] == 1


def test_administrators_see_apps_with_too_few_admins(acme: Acme, people: People) -> None:
    acme.change("Priya", status="INACTIVE")
    page = people("Ada").get("/admins")
    assert "fewer than 2 active admins" in page
    assert re.search(r"Salesforce</h2>\s*<p>Nobody can act.</p>\s*<p[^>]*>.*Priya Nair", page)
    assert "Lumos does not let you" in people("Mei").get("/admins", 403)
    assert "/admins" not in people("Mei").get("/")


def test_nobody_sees_what_concerns_others(people: People) -> None:
    mei, tomas = people("Mei"), people("Tomas")
    page = mei.ask("Zoom")
    for path in (mei.address, f"{mei.address}/status"):
        assert "does not let you" in tomas.get(path, 403)
    form = {**tomas.form(page), **tomas.form(tomas.ask("Zoom"))}
    assert "does not let you" in tomas.send(f"{mei.address}/cancel", form, 403)
    for path in ("/requests/none", "/apps/none", "/inbox/none", "/apps/%2e%2e", "/none"):
        tomas.get(path, 404)


def test_a_form_of_another_site_is_refused(acme: Acme, people: People) -> None:
    mei, tomas = people("Mei"), people("Tomas")
    path = f"/apps/{ids.APPS['Zoom']}"
    foreign = tomas.form(tomas.get(path), length="Unlimited", reason="Work")
    for form in (foreign, {**foreign, "signature": ""}, {"length": "Unlimited"}):
        assert "another site has sent it" in mei.send(path, form, 403)
    assert acme.admin.ok("GET", REQUESTS)["total"] == 0


def test_nobody_gets_in_without_a_name_or_without_a_token(portal_url: str) -> None:
    stranger = Visitor(portal_url)
    stranger.get("/", 401)
    stranger.send("/inbox/1", {"decision": "approve"}, 401)
    stranger.http.headers[HEADER] = "eve@elsewhere.example"
    assert "no token" in stranger.get("/", 403)
    stranger.http.close()


def test_no_token_reaches_a_browser_and_no_page_may_be_kept_or_framed(people: People) -> None:
    mei = people("Mei")
    mei.ask("Zoom")
    for path in ("/", "/requests", mei.address, "/inbox", f"/apps/{ids.APPS['Zoom']}"):
        assert "lsk_" not in mei.get(path)
    headers = mei.http.get("/").headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_names_of_lumos_are_shown_as_text(acme: Acme, people: People) -> None:
    hostile = "<script>alert(1)</script>"
    body = {"name": hostile, "category": "Other", "description": hostile}
    made = acme.admin.ok("POST", "/apps", body)
    acme.admin.ok("POST", "/appstore/apps", {"app_id": made["id"]})
    answer = people("Mei").http.get("/?q=script")
    assert "&lt;script&gt;alert(1)" in answer.text
    assert hostile not in answer.text
    answer = people("Mei").http.get(f"/apps/{made['id']}")
    assert hostile not in answer.text


def test_the_tokens_of_a_file_are_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps({"Mei@acme.example": "lsk_1"}))
    token_of = from_file(file)
    assert (token_of("mei@acme.example"), token_of("eve@acme.example")) == ("lsk_1", None)
    file.write_text("{}")
    assert token_of("mei@acme.example") is None
