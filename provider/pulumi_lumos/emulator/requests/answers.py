"""Access requests and tasks as Lumos answers them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pulumi_lumos.emulator import answers, permissions
from pulumi_lumos.emulator.state import Record, Tenant

from . import people, tasks
from .assignment import assigned


def access_request(tenant: Tenant, request: Record, expand: Collection[str] = ()) -> Record:
    """An access request with its people and permissions; tasks and fields only on demand."""
    pointers = request["requestable_permissions"]
    known = (tenant.find("permissions", pointer["id"]) for pointer in pointers)
    shown = [permissions.answer(tenant, p, inherited=True) for p in known if p]
    return {
        **{name: request[name] for name in ("id", "app_id", "app_name", "status", "notes")},
        "requester_user": answers.user(tenant, request["requester_user"]["id"]),
        "target_user": answers.user(tenant, request["target_user"]["id"]),
        "supporter_user": _user(tenant, request["supporter_user"]),
        "requested_at": time(tenant, request["requested_at"]),
        "expires_at": time(tenant, request["expires_at"]),
        "expiration_in_seconds": request["expiration_in_seconds"],
        "requestable_permissions": tenant.shuffled(shown),
        "tasks": _tasks(tenant, request) if "tasks" in expand else None,
        "custom_fields": request["custom_fields"] if "custom_fields" in expand else None,
    }


def _tasks(tenant: Tenant, request: Record) -> list[Record]:
    return [task(tenant, one) for one in tasks.of_request(tenant, request)]


def task(tenant: Tenant, task: Record, expand: Collection[str] = ()) -> Record:
    """A task; its assignees, actions and comments only on demand."""
    kept = ("id", "task_type", "task_category", "status", "description", "instructions")
    pointers = ("access_request_id", "requestable_permission_id")
    return {
        **{name: task[name] for name in (*kept, *pointers)},
        "product_area": "APPSTORE",
        "app": {"id": task["app_id"]},
        "target_user": _user(tenant, task["target_user"]),
        "resolved_by": _user(tenant, task["resolved_by"]),
        "created_at": time(tenant, task["created_at"]),
        "updated_at": time(tenant, task["updated_at"]),
        "assignees": assignees(tenant, task) if "assignees" in expand else None,
        "actions": actions(task) if "actions" in expand else None,
        "comments": comments(tenant, task) if "comments" in expand else None,
    }


def assignees(tenant: Tenant, task: Record) -> list[Record]:
    """The people and groups that have to act on a task, in random order."""
    members = assigned(tenant, task).members
    shown: list[Record] = []
    for key in sorted(members.users):
        user = tenant.get("users", key)
        name = people.name_of(tenant, key)
        shown.append({"id": key, "type": "USER", "name": name, "email": user["email"]})
    for key in sorted(members.groups):
        name = tenant.get("groups", key)["name"]
        shown.append({"id": key, "type": "GROUP", "name": name, "email": None})
    return tenant.shuffled(shown)


def actions(task: Record) -> list[Record]:
    """What can be done with a task; nothing once it is closed."""
    if task["status"] != "PENDING":
        return []
    known = tasks.CATEGORIES[task["task_category"]].actions
    return [
        {"action_type": name, "transitions": [{"transition_to": status}]}
        for status, name in known.items()
    ]


def comment(tenant: Tenant, comment: Record) -> Record:
    """One comment with who wrote it."""
    created_by = _user(tenant, comment["created_by"])
    return {**comment, "created_by": created_by, "created_at": time(tenant, comment["created_at"])}


def comments(tenant: Tenant, task: Record) -> list[Record]:
    """The comments on a task, oldest first."""
    return [comment(tenant, one) for one in task["comments"]]


def time(tenant: Tenant, text: str | None) -> str | None:
    """A time as it is answered (switch times_with_zone)."""
    return f"{text}Z" if text and tenant.switches["times_with_zone"] else text


def _user(tenant: Tenant, pointer: Any) -> Record | None:
    return answers.user(tenant, pointer["id"]) if pointer else None
