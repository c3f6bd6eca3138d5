"""The company of the seed `requests`, whose people a test plays."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from pulumi_lumos.emulator import requests_seed_ids as ids
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.emulator.process import EmulatorProcess

from ...patience import wait_until
from ..company import Company

ASK = "/appstore/access_request"
REQUESTS = "/appstore/access_requests"
PERMISSIONS = "/appstore/requestable_permissions"
START = "2026-03-02T09:00:00"
"""What time it is when a test begins; the clock stands still until the test lets time pass."""


class Acme:
    """One tenant: `admin` is Ada with every right, `as_` everybody with their own."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.admin = Company(url, token)
        self.admin.ok("POST", "/_emulator/reset", {"seed": "requests"})
        self.admin.switch(sync_seconds=0)
        self.admin.ok("POST", "/_emulator/clock", {"now": START, "runs": False})
        self._people: dict[tuple[str, str], Company] = {}

    def close(self) -> None:
        for client in (self.admin, *self._people.values()):
            client.close()

    def as_(self, name: str, scope: str = "user") -> Company:
        """The client of a person, whose token has no more rights than the scope gives."""
        if (name, scope) not in self._people:
            desired = {"user_id": ids.USERS[name].id, "scope": scope}
            token = self.admin.ok("POST", "/_emulator/tokens", desired)["token"]
            self._people[name, scope] = Company(self.url, token)
        return self._people[name, scope]

    def ask(self, name: str, app: str, *labels: str, **fields: Any) -> Any:
        """The one request that somebody makes."""
        [request] = self.ask_all(name, app, *labels, **fields)
        return request

    def ask_all(self, name: str, app: str, *labels: str, **fields: Any) -> Any:
        """The requests that somebody makes in one call."""
        return self.as_(name).ok("POST", ASK, body(app, *labels, **fields))

    def refused(self, name: str, app: str, *labels: str, **fields: Any) -> dict[str, str]:
        """What is wrong with what somebody asks for, by place; and nothing has been made."""
        before = self.admin.ok("GET", REQUESTS)["total"]
        problems = self.as_(name).refused("POST", ASK, body(app, *labels, **fields))
        assert self.admin.ok("GET", REQUESTS)["total"] == before
        return dict(problems)

    def request(self, request: Any, **query: Any) -> Any:
        """A request as it is now."""
        return self.admin.ok("GET", f"{REQUESTS}/{request['id']}", **query)

    def status(self, request: Any) -> str:
        """The status of a request now."""
        return str(self.request(request)["status"])

    def tasks(self, request: Any, **query: Any) -> list[Any]:
        """The open tasks of a request, oldest first, with who has to act."""
        query = {"status": "PENDING", "sort_direction": "asc", **query}
        found: list[Any] = self.admin.ok(
            "GET",
            "/tasks",
            show_all_tasks=True,
            access_request_id=request["id"],
            expand="assignees",
            **query,
        )["items"]
        return found

    def task(self, request: Any) -> Any:
        """The one open task of a request."""
        [task] = self.tasks(request)
        return task

    def deciders(self, request: Any) -> set[str]:
        """Who has to act on a request, by first name or by name of the group."""
        return {assignee_name(one) for task in self.tasks(request) for one in task["assignees"]}

    def resolve(self, name: str, request: Any, how: str) -> int:
        """The status that somebody gets who completes or dismisses the task of a request."""
        return self.resolve_task(name, self.task(request), how)

    def resolve_task(self, name: str, task: Any, how: str) -> int:
        """The status that somebody gets who completes or dismisses a task."""
        return self.as_(name).post(f"/tasks/{task['id']}/{how}").status_code

    def approve(self, name: str, request: Any) -> None:
        """Let somebody complete the task of a request."""
        assert self.resolve(name, request, "complete") == 204

    def deny(self, name: str, request: Any, reason: str = "") -> None:
        """Let somebody dismiss the task of a request, with a comment."""
        task = self.task(request)
        if reason:
            url = f"/tasks/{task['id']}/comments"
            self.as_(name).ok("POST", url, {"comment": reason})
        assert self.resolve(name, request, "dismiss") == 204

    def pass_time(self, seconds: float) -> None:
        self.admin.ok("POST", "/_emulator/clock", {"advance_seconds": seconds})

    def members(self, group: str) -> set[str]:
        """The first names of the people in a group."""
        url = f"/groups/{ids.GROUPS[group].id}/users"
        return {user["given_name"] for user in self.admin.ok("GET", url)["items"]}

    def account(self, name: str, app: str) -> str | None:
        """The status of somebody's account of an app."""
        url = f"/users/{ids.USERS[name].id}/accounts"
        accounts = self.admin.ok("GET", url)["items"]
        found = {account["app_id"]: account["status"] for account in accounts}
        status: str | None = found.get(ids.APPS[app])
        return status

    def change(self, name: str, **fields: Any) -> None:
        """Let somebody leave or move."""
        self.admin.ok("PATCH", f"/_emulator/users/{ids.USERS[name].id}", fields)

    def script(self, hook_type: str, outcome: str, message: str = "") -> None:
        """Let a webhook answer so."""
        url = f"/_emulator/inline_webhooks/{seed_ids.WEBHOOK_IDS[hook_type]}/answer"
        self.admin.ok("PUT", url, {"outcome": outcome, "message": message})

    def automation(self, app: str, word: str) -> None:
        """Let an app do what Lumos asks of it, or fail."""
        url = f"/_emulator/apps/{ids.APPS[app]}/automation"
        self.admin.ok("PUT", url, {"automation": word})

    def settings(self, app: str, **fields: Any) -> Any:
        """Change the settings of an app."""
        return self.admin.ok("PATCH", f"/appstore/apps/{ids.APPS[app]}/settings", fields)

    def configure(self, app: str, label: str, **config: Any) -> Any:
        """Change the configuration of a permission."""
        url = f"{PERMISSIONS}/{ids.PERMISSIONS[app, label]}"
        config = {"appstore_visibility": "VISIBLE", **config}
        return self.admin.ok("PATCH", url, {"request_config": config})

    def wait_for_sync(self, app: str) -> None:
        """Wait until a sync that was started has ended."""
        url = f"/apps/{ids.APPS[app]}"
        wait_until(lambda: self.admin.ok("GET", url)["sync_status"] == "SUCCESS", "a sync")

    def told(self, name: str) -> list[str]:
        """What Lumos has told somebody, by kind, oldest first."""
        notes = self.admin.ok("GET", "/_emulator/notifications")
        return [note["kind"] for note in notes if note["user_id"] == ids.USERS[name].id]

    def switch(self, **values: Any) -> None:
        self.admin.switch(**values)


def body(app: str, *labels: str, **fields: Any) -> dict[str, Any]:
    """What `POST /appstore/access_request` takes, with things by their names."""
    desired: dict[str, Any] = {"app_id": ids.APPS[app], **fields}
    if labels:
        known = [ids.PERMISSIONS.get((app, label), label) for label in labels]
        desired["requestable_permission_ids"] = known
    for field in ("requester_user_id", "target_user_id"):
        if field in desired and desired[field] in ids.USERS:
            desired[field] = ids.USERS[desired[field]].id
    return desired


def assignee_name(assignee: Any) -> str:
    """The first name of a person, the name of a group."""
    name = str(assignee["name"])
    return name.split()[0] if assignee["type"] == "USER" else name


def people(*names: str, groups: tuple[str, ...] = ()) -> dict[str, Any]:
    """Approvers or admins as Lumos takes them."""
    return {"users": [{"id": ids.USERS[name].id} for name in names], "groups": group_refs(*groups)}


def group_refs(*names: str) -> list[dict[str, str]]:
    """Groups as Lumos takes them."""
    return [{"id": ids.GROUPS[name].id, "app_id": ids.GROUPS[name].app_id} for name in names]


def only(*groups: str) -> dict[str, Any]:
    """Allowed groups as Lumos takes them."""
    return {"type": "SPECIFIED_GROUPS", "groups": group_refs(*groups)}


@pytest.fixture
def acme(emulator: EmulatorProcess) -> Iterator[Acme]:
    opened = Acme(emulator.url, f"lsk_{uuid.uuid4().hex}")
    yield opened
    opened.close()
