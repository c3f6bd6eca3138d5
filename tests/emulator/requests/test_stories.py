"""What the people of a company do with a portal, as the portal does it over the API."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import ASK, PERMISSIONS, REQUESTS, Acme, assignee_name, body

FINAL = {
    "MANAGER_DENIED",
    "DENIED",
    "EXPIRED",
    "CANCELLED",
    "DENIED_PROVISIONING",
    "COMPLETED",
    "TIME_BASED_EXPIRED",
    "TIME_BASED_EXPIRED_FAILED",
    "TIME_BASED_EXPIRED_CANCELLED",
    "REVERTED",
}


def test_i_see_the_apps_i_may_ask_for_and_find_others_by_searching(acme: Acme) -> None:
    def shown(name: str, **query: Any) -> set[str]:
        items = acme.as_(name).ok("GET", "/appstore/apps", **query)["items"]
        return {app["user_friendly_label"] for app in items}

    usual = {"AWS", "Expenses", "Legacy", "Salesforce", "Slack", "Warehouse", "Wiki", "Zoom"}
    assert shown("Tomas") == usual
    assert shown("Mei") == usual | {"GitHub"}
    assert shown("Mei", name_search="fig") == {"Figma"}
    assert shown("Mei", name_search="payroll") == set()


def test_i_see_only_lengths_that_all_my_permissions_offer(acme: Acme) -> None:
    query = {"app_id": ids.APPS["Salesforce"], "in_app_store": True}
    permissions = acme.as_("Mei").ok("GET", PERMISSIONS, **query)["items"]
    offers = [
        set(p["request_config"]["request_fulfillment_config"]["time_based_access"])
        for p in permissions
    ]
    common = set.intersection(*offers)
    assert common == {"2 hours", "8 hours"}
    for length in common:
        acme.ask_all("Mei", "Salesforce", "Read-only", "Admin", access_length=length)


def test_i_ask_and_see_at_once_who_must_act(acme: Acme) -> None:
    mei = acme.as_("Mei")
    request = acme.ask("Mei", "GitHub", access_length="8 hours")
    [task] = mei.ok("GET", f"{REQUESTS}/{request['id']}", expand="tasks")["tasks"]
    assert task["task_category"] == "MANAGER_APPROVAL"
    whole = mei.ok("GET", f"/tasks/{task['id']}", expand="assignees")
    assert [assignee_name(one) for one in whole["assignees"]] == ["Grace"]


def test_i_ask_for_a_new_colleague_who_sees_it_too(acme: Acme) -> None:
    request = acme.ask("Priya", "Wiki", target_user_id="Kai")
    for name in ("Priya", "Kai"):
        [seen] = acme.as_(name).ok("GET", REQUESTS)["items"]
        assert (seen["id"], seen["target_user"]["given_name"]) == (request["id"], "Kai")


def test_i_am_told_when_it_is_decided_by_whom_and_why(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"{REQUESTS}/{request['id']}"
    assert acme.as_("Mei").ok("GET", url)["status"] not in FINAL
    acme.deny("Omar", request, "Use Meet.")
    ended = acme.as_("Mei").ok("GET", url)
    assert ended["status"] in FINAL
    assert ended["supporter_user"]["given_name"] == "Omar"
    assert ended["notes"][ended["status"]] == "Use Meet."


def test_i_cancel_while_nobody_has_decided_and_not_afterwards(acme: Acme) -> None:
    first, second = acme.ask("Mei", "Zoom"), acme.ask("Mei", "Wiki")
    assert acme.as_("Mei").delete(f"{REQUESTS}/{first['id']}").status_code == 204
    refused = acme.as_("Mei").delete(f"{REQUESTS}/{second['id']}")
    assert refused.status_code == 422
    assert "COMPLETED" in refused.text


def test_as_a_manager_i_see_what_waits_for_me_in_one_list(acme: Acme) -> None:
    acme.ask("Mei", "GitHub", access_length="8 hours")
    request = acme.ask("Linus", "GitHub", access_length="8 hours")
    acme.approve("Grace", request)
    found = []
    for category in ("MANAGER_APPROVAL", "APPROVAL"):
        query = {"task_category": category, "product_area": "APPSTORE", "status": "PENDING"}
        found += acme.as_("Grace").ok("GET", "/tasks", **query)["items"]
    assert [task["target_user"]["given_name"] for task in found] == ["Mei", "Linus"]
    urls = [f"/tasks/{task['id']}/complete" for task in found]
    assert acme.as_("Grace").post(urls[0]).status_code == 204
    assert acme.as_("Grace").post(urls[0]).status_code == 409


def test_as_an_approver_i_deny_with_a_reason(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    task = acme.task(request)
    omar = acme.as_("Omar")
    omar.ok("POST", f"/tasks/{task['id']}/comments", {"comment": "Too dear."})
    assert omar.post(f"/tasks/{task['id']}/dismiss").status_code == 204
    notes = acme.as_("Mei").ok("GET", f"{REQUESTS}/{request['id']}")["notes"]
    assert notes == {"DENIED": "Too dear."}


def test_as_an_app_admin_i_follow_the_instructions_and_only_then_the_time_runs(
    acme: Acme,
) -> None:
    acme.settings("Zoom", provisioning={"time_based_access": ["8 hours"]})
    request = acme.ask("Mei", "Zoom", access_length="8 hours")
    acme.approve("Omar", request)
    [task] = acme.as_("Ada").ok("GET", "/tasks", task_category="PROVISIONING")["items"]
    assert task["instructions"] == "Buy a licence."
    assert acme.request(request)["expires_at"] is None
    acme.as_("Ada").post(f"/tasks/{task['id']}/complete").raise_for_status()
    assert acme.request(request)["expires_at"] == "2026-03-02T17:00:00"


def test_i_ask_again_before_access_ends_and_there_is_no_gap(acme: Acme) -> None:
    length = {"access_length": "4 hours"}
    acme.ask("Linus", "AWS", "Prod admin", **length)
    for _ in range(5):
        acme.pass_time(3 * 3600)
        acme.ask("Linus", "AWS", "Prod admin", **length)
        acme.pass_time(3600)
        assert acme.members("Prod Admins") == {"Linus"}
    acme.pass_time(4 * 3600)
    assert acme.members("Prod Admins") == set()


def test_an_admin_hands_over_the_tasks_of_somebody_absent(acme: Acme) -> None:
    for name in ("Mei", "Linus"):
        acme.ask(name, "Zoom")
    query = {"show_all_tasks": True, "assigned_identity_ids": [ids.USERS["Omar"].id]}
    waiting = acme.admin.ok("GET", "/tasks", status="PENDING", **query)["items"]
    assert len(waiting) == 2
    for task in waiting:
        stand_in = {"user_ids": [ids.USERS["Vera"].id]}
        acme.admin.post(f"/tasks/{task['id']}/reassign", json=stand_in).raise_for_status()
    assert acme.as_("Omar").ok("GET", "/tasks")["items"] == []
    assert acme.as_("Vera").ok("GET", "/tasks")["total"] == 2


def test_two_people_press_the_button_at_once(acme: Acme) -> None:
    request = acme.ask("Mei", "AWS", "Prod admin", access_length="8 hours")
    task = acme.task(request)
    statuses = {acme.resolve_task(name, task, "complete") for name in ("Omar", "Ada")}
    assert statuses == {204, 409}


def test_a_lost_answer_can_be_looked_for(acme: Acme) -> None:
    acme.as_("Mei")
    acme.admin.fault(kind="status", status=502, when="after", path="^/appstore/access_request$")
    assert acme.as_("Mei").post(ASK, json=body("Zoom")).status_code == 502
    assert acme.as_("Mei").ok("GET", REQUESTS)["total"] == 1
