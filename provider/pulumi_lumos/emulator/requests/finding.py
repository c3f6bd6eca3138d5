"""Finding tasks: whose, which, and in what order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.callers import Caller, reads_all
from pulumi_lumos.emulator.permissions import matches
from pulumi_lumos.emulator.refusal import Problems, RefusalError
from pulumi_lumos.emulator.state import Record, Tenant
from pulumi_lumos.emulator.vocabulary import words_of

from . import people
from .assignment import assigned

Ids = Annotated[list[str] | None, Query()]
WORDS: dict[str, tuple[str, ...]] = {
    **{name: words_of(wire.Task, name) for name in ("task_category", "status", "product_area")},
    "sort_by": ("createdAt", "taskType", "app", "targetUser"),
    "sort_direction": ("asc", "desc"),
}
"""The words that a filter takes; `task_type` is any text (API document)."""


@dataclass(frozen=True)
class TaskFilter:
    """The query of `GET /tasks`; what it names must hold together."""

    show_all_tasks: bool = False
    task_type: str | None = None
    task_category: str | None = None
    status: str | None = None
    product_area: str | None = None
    search: str | None = None
    sort_by: str | None = None
    sort_direction: str | None = None
    assigned_identity_ids: Ids = None
    assigned_group_ids: Ids = None
    access_request_id: str | None = None


def list_asked_tasks(tenant: Tenant, caller: Caller, desired: TaskFilter) -> list[Record]:
    """List the tasks that a query asks for, the newest first unless it names an order."""
    _check(desired)
    if desired.show_all_tasks and not reads_all(tenant, caller):
        raise RefusalError(403, "Only administrators may use show_all_tasks.")
    found = [
        task
        for task in tenant.listed(tenant.collections["tasks"].values())
        if _is_meant(tenant, task, desired)
        and (desired.show_all_tasks or caller.user_id in assigned(tenant, task).people)
    ]
    found.sort(key=_order(tenant, desired.sort_by or "createdAt"))
    return found if desired.sort_direction == "asc" else found[::-1]


def _check(desired: TaskFilter) -> None:
    problems = Problems()
    for name, words in WORDS.items():
        value = getattr(desired, name)
        if value is not None and value not in words:
            problems.add(("query", name), f"Must be one of {', '.join(words)}.")
    problems.raise_any()


def _is_meant(tenant: Tenant, task: Record, desired: TaskFilter) -> bool:
    return (
        all(
            getattr(desired, name) in (None, task[name])
            for name in ("task_type", "task_category", "status", "access_request_id")
        )
        and desired.product_area in (None, "APPSTORE")
        and _has_assignee(tenant, task, desired)
        and (not desired.search or matches(_texts(tenant, task), desired.search, exact=False))
    )


def _has_assignee(tenant: Tenant, task: Record, desired: TaskFilter) -> bool:
    """Whether one of the people, and one of the groups, that a query names is an assignee."""
    asked = (desired.assigned_identity_ids, desired.assigned_group_ids)
    if asked == (None, None):
        return True
    members = assigned(tenant, task).members
    return all(
        ids is None or bool(known & set(ids))
        for ids, known in zip(asked, (members.users, members.groups), strict=True)
    )


def _texts(tenant: Tenant, task: Record) -> list[str | None]:
    target = tenant.get("users", task["target_user"]["id"])
    name = people.name_of(tenant, target["id"])
    return [task["description"], _app_name(tenant, task), name, target["email"]]


def _app_name(tenant: Tenant, task: Record) -> str:
    app = tenant.find("apps", task["app_id"])
    return str(app["user_friendly_label"]) if app else ""


def _order(tenant: Tenant, sort_by: str) -> Callable[[Record], str]:
    """What tasks are sorted by; equal ones stay as they were made."""
    return {
        "createdAt": lambda task: str(task["created_at"]),
        "taskType": lambda task: str(task["task_type"]),
        "app": lambda task: _app_name(tenant, task).casefold(),
        "targetUser": lambda task: people.name_of(tenant, task["target_user"]["id"]).casefold(),
    }[sort_by]
