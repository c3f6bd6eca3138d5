"""Who decides, in which order, and what becomes of a request then."""

from __future__ import annotations

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids

from .acme import Acme, body, people


def test_the_manager_decides_before_the_stages(acme: Acme) -> None:
    request = acme.ask("Linus", "GitHub", access_length="8 hours")
    assert (request["status"], acme.deciders(request)) == ("PENDING_MANAGER_APPROVAL", {"Grace"})
    acme.approve("Grace", request)
    assert acme.status(request) == "PENDING_APPROVAL"
    assert acme.deciders(request) == {"Engineering"}
    acme.approve("Mei", request)
    assert acme.status(request) == "COMPLETED"


def test_a_stage_without_approvers_is_skipped(acme: Acme) -> None:
    request = acme.ask("Mei", "Figma")
    assert (request["status"], acme.deciders(request)) == ("PENDING_APPROVAL", {"Omar"})


def test_a_request_that_nobody_decides_is_approved(acme: Acme) -> None:
    assert acme.ask("Mei", "Wiki")["status"] == "COMPLETED"
    assert "approved" in acme.told("Mei")


def test_it_is_the_manager_of_whoever_gets_access_who_decides(acme: Acme) -> None:
    request = acme.ask("Linus", "GitHub", target_user_id="Tomas", access_length="8 hours")
    assert acme.deciders(request) == {"Priya"}


@pytest.mark.parametrize("manager", ["who has left", "who is unknown"])
def test_without_a_manager_who_can_act_an_app_admin_decides(acme: Acme, manager: str) -> None:
    if manager == "who is unknown":
        acme.change("Noor", manager_id=None)
    request = acme.ask("Noor", "GitHub", access_length="8 hours")
    assert acme.deciders(request) == {"Ada"}
    assert "no active manager" in acme.task(request)["description"]


def test_where_all_approvers_have_left_an_app_admin_decides(acme: Acme) -> None:
    request = acme.ask("Mei", "Expenses")
    assert acme.deciders(request) == {"Ada"}
    assert "no active approver" in acme.task(request)["description"]


def test_where_the_app_admins_have_left_too_only_a_domain_admin_can_act(acme: Acme) -> None:
    acme.settings("Expenses", request_flow={"admins": people("Ines")})
    request = acme.ask("Mei", "Expenses")
    assert acme.tasks(request)[0]["assignees"] == []
    assert acme.resolve("Ada", request, "complete") == 403
    url = f"/tasks/{acme.task(request)['id']}/complete"
    assert acme.as_("Omar", "admin").post(url).status_code == 204


def test_one_approver_of_a_stage_is_enough_and_the_other_comes_too_late(acme: Acme) -> None:
    acme.settings("Zoom", request_flow={"approvers": people("Omar", "Vera")})
    request = acme.ask("Mei", "Zoom")
    task = acme.task(request)
    acme.approve("Vera", request)
    assert acme.as_("Omar").post(f"/tasks/{task['id']}/complete").status_code == 409
    assert acme.request(request)["supporter_user"]["given_name"] == "Vera"


def test_groups_are_read_when_somebody_acts(acme: Acme) -> None:
    request = acme.ask("Mei", "AWS", "Prod admin", access_length="8 hours")
    assert acme.resolve("Grace", request, "complete") == 403
    okta = seed_ids.OKTA_APP_ID
    security = ids.GROUPS["Security"]
    source = {
        "integration_specific_id": security.integration_specific_id,
        "name": "Security",
        "member_ids": [ids.USERS["Grace"].id],
    }
    acme.admin.ok("POST", f"/_emulator/apps/{okta}/source_groups", source)
    acme.admin.ok("POST", f"/apps/{okta}/sync", {"sync_type": "full_sync"})
    acme.wait_for_sync("Okta")
    assert acme.resolve("Omar", request, "complete") == 403
    acme.approve("Grace", request)


def test_each_stage_takes_its_approvers_when_it_is_reached(acme: Acme) -> None:
    request = acme.ask("Linus", "GitHub", access_length="8 hours")
    acme.settings("GitHub", request_flow={"approvers": people("Vera")})
    assert acme.deciders(request) == {"Grace"}
    acme.approve("Grace", request)
    assert acme.deciders(request) == {"Vera"}
    acme.settings("GitHub", request_flow={"approvers": people("Omar")})
    assert acme.deciders(request) == {"Vera"}


def test_a_domain_admin_may_decide_for_others_and_the_log_says_so(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/complete"
    assert acme.as_("Ada").post(url).status_code == 403
    assert acme.admin.post(url).status_code == 204
    log = acme.admin.ok("GET", "/activity_logs")["items"]
    assert "APP_STORE_OVERRIDE_APPROVAL_FOR_ACCESS_REQUEST" in {e["event_type"] for e in log}


def test_a_read_only_admin_sees_all_and_decides_only_their_own(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    vera = acme.as_("Vera")
    [task] = vera.ok("GET", "/tasks", show_all_tasks=True)["items"]
    assert vera.ok("GET", f"/tasks/{task['id']}")["status"] == "PENDING"
    assert acme.resolve("Vera", request, "complete") == 403


@pytest.mark.parametrize(
    ("switch", "first", "second"),
    [("allow", 204, "asked"), ("refuse", 403, "asked"), ("automatic", None, "done")],
)
def test_a_switch_says_whether_people_approve_their_own_requests(
    acme: Acme, switch: str, first: int | None, second: str
) -> None:
    acme.switch(self_approval=switch)
    request = acme.ask("Omar", "Zoom")
    if second == "done":
        assert request["status"] == "PENDING_MANUAL_PROVISIONING"
        assert request["supporter_user"]["given_name"] == "Omar"
    else:
        assert acme.deciders(request) == {"Omar"}
        assert acme.resolve("Omar", request, "complete") == first


def test_who_gets_access_counts_as_their_own_too_and_may_still_deny(acme: Acme) -> None:
    acme.switch(self_approval="refuse")
    request = acme.ask("Mei", "Zoom", target_user_id="Omar")
    assert acme.resolve("Omar", request, "complete") == 403
    as_admin = acme.as_("Omar", "admin").post(f"/tasks/{acme.task(request)['id']}/complete")
    assert as_admin.status_code == 403
    assert acme.resolve("Omar", request, "dismiss") == 204
    assert acme.status(request) == "DENIED"


@pytest.mark.parametrize(("switch", "asked"), [("ask", {"Engineering"}), ("count", set())])
def test_a_switch_says_whether_the_same_person_is_asked_again(
    acme: Acme, switch: str, asked: set[str]
) -> None:
    acme.switch(same_person_again=switch)
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    acme.approve("Grace", request)
    assert acme.deciders(request) == asked


@pytest.mark.parametrize(
    ("app", "decider", "status"),
    [("GitHub", "Grace", "MANAGER_DENIED"), ("Zoom", "Omar", "DENIED")],
)
def test_a_denial_ends_the_request_and_its_reason_is_read(
    acme: Acme, app: str, decider: str, status: str
) -> None:
    given = {"access_length": "8 hours"} if app == "GitHub" else {}
    request = acme.ask("Mei", app, business_justification="Please", **given)
    acme.deny(decider, request, "Not this quarter")
    ended = acme.request(request)
    assert ended["status"] == status
    assert ended["notes"] == {"PENDING": "Please", status: "Not this quarter"}
    assert ended["supporter_user"]["given_name"] == decider
    assert acme.told("Mei") == ["denied"]


def test_only_the_last_comment_of_whoever_denies_is_the_reason(acme: Acme) -> None:
    acme.settings("Zoom", request_flow={"approvers": people("Omar", "Vera")})
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/comments"
    for name, text in (("Omar", "First"), ("Omar", "Last"), ("Vera", "Other"), ("Mei", "Why?")):
        acme.as_(name).ok("POST", url, {"comment": text})
    acme.deny("Omar", request)
    assert acme.request(request)["notes"] == {"DENIED": "Last"}


def test_an_app_taken_out_of_the_store_lets_open_requests_go_on(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    acme.admin.delete(f"/appstore/apps/{ids.APPS['Zoom']}").raise_for_status()
    assert acme.refused("Mei", "Zoom")
    acme.approve("Omar", request)
    acme.approve("Ada", request)
    assert acme.status(request) == "COMPLETED"


def test_a_request_whose_permission_is_deleted_is_cancelled(acme: Acme) -> None:
    request = acme.ask("Mei", "Expenses", "Employee")
    task = acme.task(request)
    url = f"/appstore/requestable_permissions/{ids.PERMISSIONS['Expenses', 'Employee']}"
    acme.admin.delete(url).raise_for_status()
    ended = acme.request(request)
    assert ended["status"] == "CANCELLED"
    assert "deleted" in ended["notes"]["CANCELLED"]
    assert acme.admin.ok("GET", f"/tasks/{task['id']}")["status"] == "DISMISSED"


def test_nobody_who_has_left_decides(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    omar = acme.as_("Omar", "admin")
    url = f"/tasks/{acme.task(request)['id']}/complete"
    acme.change("Omar", status="SUSPENDED")
    assert omar.post(url).status_code == 403
    assert omar.post("/appstore/access_request", json=body("Wiki")).status_code == 422


def test_a_request_that_nobody_decides_in_time_expires(acme: Acme) -> None:
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    acme.pass_time(20 * 86400)
    acme.approve("Grace", request)
    acme.pass_time(30 * 86400 - 1)
    assert acme.status(request) == "PENDING_APPROVAL"
    task = acme.task(request)
    acme.pass_time(1)
    assert acme.status(request) == "EXPIRED"
    assert acme.admin.ok("GET", f"/tasks/{task['id']}")["status"] == "EXPIRED"
    assert acme.resolve_task("Linus", task, "complete") == 409
    assert acme.told("Mei")[-1] == "expired"


def test_a_switch_says_when_and_whether_requests_expire(acme: Acme) -> None:
    acme.switch(request_expires_after_seconds=60)
    first = acme.ask("Mei", "Zoom")
    acme.pass_time(60)
    assert acme.status(first) == "EXPIRED"
    acme.switch(request_expires_after_seconds=0)
    second = acme.ask("Mei", "Zoom")
    acme.pass_time(9 * 365 * 86400)
    assert acme.status(second) == "PENDING_APPROVAL"


def test_statuses_in_which_lumos_acts_can_be_made_visible(acme: Acme) -> None:
    acme.switch(transient_status_seconds=10)
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    seen = [request["status"]]

    def wait() -> None:
        acme.pass_time(10)
        seen.append(acme.status(request))

    wait()
    acme.approve("Grace", request)
    seen.append(acme.status(request))
    wait()
    acme.approve("Grace", request)
    seen.append(acme.status(request))
    for _ in range(3):
        wait()
    assert seen == [
        "PENDING",
        "PENDING_MANAGER_APPROVAL",
        "MANAGER_APPROVED",
        "PENDING_APPROVAL",
        "APPROVED",
        "PENDING_PROVISIONING",
        "PROVISIONED",
        "COMPLETED",
    ]
