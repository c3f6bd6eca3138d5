"""The Tasks API: who sees what, what may be done, and in which order it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids

from .acme import Acme, assignee_name, people

NOT_A_TASK = "00000000-0000-0000-0000-000000000000"


def test_a_task_says_what_is_to_be_decided(acme: Acme) -> None:
    request = acme.ask(
        "Tomas",
        "Salesforce",
        "Admin",
        access_length="2 hours",
        business_justification="Quarter end",
    )
    task = acme.task(request)
    assert (task["task_type"], task["task_category"], task["product_area"]) == (
        "ACCESS_REQUEST_MANAGER_APPROVAL",
        "MANAGER_APPROVAL",
        "APPSTORE",
    )
    assert task["description"] == (
        "Tomas Novak asks for Admin of Salesforce, for 2 hours: Quarter end."
    )
    assert task["app"] == {"id": ids.APPS["Salesforce"]}
    assert task["target_user"]["given_name"] == "Tomas"
    assert task["access_request_id"] == request["id"]
    assert task["requestable_permission_id"] == ids.PERMISSIONS["Salesforce", "Admin"]
    assert (task["resolved_by"], task["instructions"], task["comments"]) == (None, None, None)
    assert task["created_at"] == task["updated_at"] == "2026-03-02T09:00:00"
    [assignee] = task["assignees"]
    assert assignee == {
        "id": ids.USERS["Priya"].id,
        "type": "USER",
        "name": "Priya Nair",
        "email": "priya.nair@acme.example",
    }


def test_what_is_not_asked_for_is_null(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}"
    plain = acme.admin.ok("GET", url)
    assert (plain["assignees"], plain["actions"], plain["comments"]) == (None, None, None)
    full = acme.admin.ok("GET", url, expand=["assignees", "actions", "comments"])
    assert full["comments"] == []
    assert full["actions"] == [
        {"action_type": "APPROVE", "transitions": [{"transition_to": "COMPLETED"}]},
        {"action_type": "DENY", "transitions": [{"transition_to": "DISMISSED"}]},
    ]
    [listed] = acme.as_("Omar").ok("GET", "/tasks", expand=["actions", "comments"])["items"]
    assert (listed["assignees"], listed["comments"]) == (None, None)
    assert listed["actions"] == full["actions"]
    [inside] = acme.request(request, expand="tasks")["tasks"]
    assert inside == plain


def test_people_see_the_tasks_they_have_to_act_on(acme: Acme) -> None:
    own = acme.ask("Mei", "Zoom")
    group = acme.ask("Mei", "AWS", "Prod admin", access_length="8 hours")
    for name, expected in (
        ("Omar", {own["id"], group["id"]}),
        ("Ada", {group["id"]}),
        ("Mei", set()),
    ):
        listed = acme.as_(name).ok("GET", "/tasks")["items"]
        assert {task["access_request_id"] for task in listed} == expected, name
    assert acme.admin.ok("GET", "/tasks")["total"] == 1
    assert acme.admin.ok("GET", "/tasks", show_all_tasks=True)["total"] == 2
    refused = acme.as_("Omar").get("/tasks", params={"show_all_tasks": True})
    assert refused.status_code == 403


def test_tasks_are_found_by_what_they_are(acme: Acme) -> None:
    zoom = acme.ask("Mei", "Zoom", business_justification="Calls with Kyoto")
    github = acme.ask("Tomas", "Figma", target_user_id="Mei")
    aws = acme.ask("Linus", "AWS", "Prod admin", access_length="8 hours")
    managed = acme.ask("Linus", "GitHub", access_length="8 hours")
    acme.deny("Omar", github)
    omar, security = ids.USERS["Omar"].id, ids.GROUPS["Security"].id
    queries: list[tuple[dict[str, Any], list[Any]]] = [
        ({}, [zoom, github, aws, managed]),
        ({"task_category": "APPROVAL"}, [zoom, github, aws]),
        ({"task_type": "ACCESS_REQUEST_MANAGER_APPROVAL"}, [managed]),
        ({"task_type": "nothing"}, []),
        ({"status": "PENDING"}, [zoom, aws, managed]),
        ({"status": "PENDING", "task_category": "APPROVAL"}, [zoom, aws]),
        ({"product_area": "APPSTORE"}, [zoom, github, aws, managed]),
        ({"product_area": "OFFBOARDING"}, []),
        ({"search": "kyoto"}, [zoom]),
        ({"search": "mei.tanaka"}, [zoom, github]),
        ({"search": "GITHUB"}, [managed]),
        ({"assigned_identity_ids": [omar, "x"]}, [zoom, github]),
        ({"assigned_group_ids": [security]}, [aws]),
        ({"assigned_identity_ids": [omar], "assigned_group_ids": [security]}, []),
        ({"access_request_id": aws["id"]}, [aws]),
        ({"access_request_id": "x"}, []),
        ({"size": 2, "page": 2}, [aws, managed]),
    ]
    for query, expected in queries:
        query = {"show_all_tasks": True, "sort_direction": "asc", **query}
        found = acme.admin.ok("GET", "/tasks", **query)["items"]
        assert [t["access_request_id"] for t in found] == [r["id"] for r in expected], query


def test_tasks_are_sorted(acme: Acme) -> None:
    for name, app in (("Tomas", "Zoom"), ("Mei", "Figma"), ("Linus", "Expenses")):
        acme.ask(name, app)
        acme.pass_time(1)
    expected = {
        ("createdAt", "asc"): ["Tomas", "Mei", "Linus"],
        (None, None): ["Linus", "Mei", "Tomas"],
        ("createdAt", None): ["Linus", "Mei", "Tomas"],
        ("app", "asc"): ["Linus", "Mei", "Tomas"],
        ("app", "desc"): ["Tomas", "Mei", "Linus"],
        ("targetUser", "asc"): ["Linus", "Mei", "Tomas"],
        ("taskType", "asc"): ["Tomas", "Mei", "Linus"],
    }
    for (sort_by, direction), names in expected.items():
        given = {"sort_by": sort_by, "sort_direction": direction}
        query = {name: value for name, value in given.items() if value}
        found = acme.admin.ok("GET", "/tasks", show_all_tasks=True, **query)["items"]
        assert [task["target_user"]["given_name"] for task in found] == names, query


@pytest.mark.parametrize(
    "query",
    [
        {"task_category": "FUN"},
        {"status": "pending"},
        {"product_area": "APP"},
        {"sort_by": "age"},
        {"sort_direction": "up"},
        {"size": 101},
        {"page": 0},
    ],
)
def test_a_word_that_a_filter_does_not_know_is_refused(acme: Acme, query: dict[str, Any]) -> None:
    answer = acme.admin.get("/tasks", params=query)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", *query]


@pytest.mark.parametrize(("how", "other"), [("complete", "dismiss"), ("dismiss", "complete")])
def test_refusals_come_in_one_order(acme: Acme, how: str, other: str) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}"
    assert acme.as_("Omar").post(f"/tasks/{NOT_A_TASK}/{how}").status_code == 404
    assert acme.as_("Grace").post(f"{url}/{how}").status_code == 403
    assert acme.as_("Omar").post(f"{url}/{how}").status_code == 204
    assert acme.as_("Grace").post(f"{url}/{how}").status_code == 403
    for again in (how, other):
        assert acme.as_("Omar").post(f"{url}/{again}").status_code == 409
    assert acme.as_("Omar").ok("GET", f"{url}/actions") == []
    action = {"action_type": "APPROVE"}
    assert acme.as_("Omar").post(f"{url}/perform-action", json=action).status_code == 409
    reassign = {"user_ids": [ids.USERS["Vera"].id]}
    assert acme.as_("Omar").post(f"{url}/reassign", json=reassign).status_code == 409


@pytest.mark.parametrize(
    ("action", "status", "becomes"),
    [
        ({"action_type": "APPROVE"}, 204, "PENDING_MANUAL_PROVISIONING"),
        ({"action_type": "APPROVE", "transition_to": "COMPLETED"}, 204, None),
        ({"action_type": "DENY"}, 204, "DENIED"),
        ({"action_type": "DENY", "transition_to": None}, 204, "DENIED"),
        ({"action_type": "approve"}, 400, "PENDING_APPROVAL"),
        ({"action_type": "APPROVE", "transition_to": "DISMISSED"}, 400, "PENDING_APPROVAL"),
        ({}, 422, "PENDING_APPROVAL"),
    ],
)
def test_an_action_is_done_by_its_name(
    acme: Acme, action: dict[str, Any], status: int, becomes: str | None
) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/perform-action"
    assert acme.as_("Omar").post(url, json=action).status_code == status
    assert becomes in (None, acme.status(request))


def test_a_task_is_reassigned_by_those_who_had_to_act(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/reassign"
    vera = {"user_ids": [ids.USERS["Vera"].id]}
    assert acme.as_("Mei").post(url, json=vera).status_code == 403
    assert acme.as_("Omar").post(url, json=vera).status_code == 204
    assert acme.deciders(request) == {"Vera"}
    assert acme.told("Vera") == ["task_assigned"]
    assert acme.resolve("Omar", request, "complete") == 403
    it = {"group_ids": [ids.GROUPS["IT"].id], "replace": False}
    assert acme.admin.post(url, json=it).status_code == 204
    assert acme.deciders(request) == {"Vera", "IT"}
    acme.approve("Ada", request)


@pytest.mark.parametrize(
    ("desired", "place"),
    [
        ({}, "body.user_ids"),
        ({"user_ids": [], "group_ids": None}, "body.user_ids"),
        ({"user_ids": ["nobody"]}, "body.user_ids.0"),
        ({"user_ids": [ids.USERS["Vera"].id, ids.USERS["Ines"].id]}, "body.user_ids.1"),
        ({"group_ids": [ids.GROUPS["Empty"].id]}, "body.group_ids.0"),
        ({"group_ids": ["nothing"]}, "body.group_ids.0"),
    ],
)
def test_a_task_is_reassigned_only_to_people_who_can_act(
    acme: Acme, desired: dict[str, Any], place: str
) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/reassign"
    assert [where for where, _ in acme.as_("Omar").refused("POST", url, desired)] == [place]
    assert acme.deciders(request) == {"Omar"}


@pytest.mark.parametrize(("switch", "status"), [("refuse", 400), ("allow", 204)])
def test_a_switch_says_whether_provisioning_can_be_reassigned(
    acme: Acme, switch: str, status: int
) -> None:
    acme.switch(reassign_provisioning=switch)
    request = acme.ask("Mei", "Slack", "Guest channels")
    url = f"/tasks/{acme.task(request)['id']}/reassign"
    desired = {"user_ids": [ids.USERS["Vera"].id]}
    assert acme.as_("Ada").post(url, json=desired).status_code == status
    assert acme.deciders(request) == ({"Vera"} if status == 204 else {"Ada"})


def test_people_of_a_request_and_those_who_decide_it_comment(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom", target_user_id="Kai")
    url = f"/tasks/{acme.task(request)['id']}"
    made = acme.as_("Mei").ok("POST", f"{url}/comments", {"comment": "For the launch"})
    assert (made["body"], made["created_by"]["given_name"]) == ("For the launch", "Mei")
    for name, status in (("Omar", 201), ("Kai", 201), ("Grace", 403), ("Vera", 403)):
        answer = acme.as_(name).post(f"{url}/comments", json={"comment": name})
        assert answer.status_code == status, name
    assert acme.admin.post(f"{url}/comments", json={"comment": "Ada"}).status_code == 201
    comments = acme.as_("Kai").ok("GET", url, expand="comments")["comments"]
    assert [one["body"] for one in comments] == ["For the launch", "Omar", "Kai", "Ada"]


@pytest.mark.parametrize(("text", "status"), [("", 422), ("x" * 4000, 201), ("x" * 4001, 422)])
def test_a_comment_has_1_to_4000_characters(acme: Acme, text: str, status: int) -> None:
    request = acme.ask("Mei", "Zoom")
    url = f"/tasks/{acme.task(request)['id']}/comments"
    assert acme.as_("Mei").post(url, json={"comment": text}).status_code == status


def test_a_task_is_read_by_those_whom_it_concerns(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom", target_user_id="Kai")
    url = f"/tasks/{acme.task(request)['id']}"
    for name, status in (
        ("Mei", 200),
        ("Kai", 200),
        ("Omar", 200),
        ("Vera", 200),
        ("Grace", 403),
        ("Ada", 403),
    ):
        assert acme.as_(name).get(url).status_code == status, name
        assert acme.as_(name).get(f"{url}/actions").status_code == status, name
    acme.approve("Omar", request)
    assert acme.as_("Omar").get(url).json()["resolved_by"]["given_name"] == "Omar"


def test_cancelling_closes_the_open_tasks(acme: Acme) -> None:
    request = acme.ask("Mei", "Zoom")
    task = acme.task(request)
    acme.as_("Mei").delete(f"/appstore/access_requests/{request['id']}").raise_for_status()
    closed = acme.admin.ok("GET", f"/tasks/{task['id']}")
    assert (closed["status"], closed["resolved_by"]["given_name"]) == ("DISMISSED", "Mei")


def test_assignees_come_in_random_order(acme: Acme) -> None:
    names = ("Omar", "Vera", "Linus", "Priya")
    acme.settings("Zoom", request_flow={"approvers": people(*names, groups=("IT",))})
    request = acme.ask("Mei", "Zoom")
    orders = {tuple(map(assignee_name, acme.task(request)["assignees"])) for _ in range(20)}
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset({*names, "IT"})}


@pytest.mark.parametrize("path", ["", f"/{NOT_A_TASK}", f"/{NOT_A_TASK}/actions"])
def test_the_tasks_api_can_be_off(acme: Acme, path: str) -> None:
    acme.switch(tasks_api=False)
    assert acme.admin.get(f"/tasks{path}").status_code == 404
