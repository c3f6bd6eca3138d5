"""Tasks: what a person has to do about a request.

Names of types and actions are assumed; the API document has no list of them. They stand here
alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pulumi_lumos.emulator.state import Record, Tenant

from . import journal, people, records
from .assignment import assigned
from .process import Members
from .requestable import Requestable


class Category(NamedTuple):
    """A category of tasks: its type, and its actions by the status that each leads to."""

    task_type: str
    actions: dict[str, str]


CATEGORIES = {
    "MANAGER_APPROVAL": Category(
        "ACCESS_REQUEST_MANAGER_APPROVAL", {"COMPLETED": "APPROVE", "DISMISSED": "DENY"}
    ),
    "APPROVAL": Category("ACCESS_REQUEST_APPROVAL", {"COMPLETED": "APPROVE", "DISMISSED": "DENY"}),
    "PROVISIONING": Category(
        "ACCESS_REQUEST_PROVISIONING", {"COMPLETED": "CONFIRM", "DISMISSED": "DENY"}
    ),
    "DEPROVISIONING": Category(
        "ACCESS_REQUEST_DEPROVISIONING", {"COMPLETED": "CONFIRM", "DISMISSED": "DISMISS"}
    ),
}
APPROVALS = ("MANAGER_APPROVAL", "APPROVAL")


def open_task(
    tenant: Tenant,
    request: Record,
    category: str,
    assignees: Members,
    description: str,
    about: Requestable | None = None,
) -> Record:
    """Make a task and tell everybody who has to act on it.

    `about` is the one thing that the task concerns, if it concerns one alone.
    """
    now = tenant.clock.text()
    manual = about is not None and category == "PROVISIONING"
    task = {
        **records.blank_task(),
        "task_type": CATEGORIES[category].task_type,
        "task_category": category,
        "description": description,
        "instructions": about.instructions if about and manual else None,
        "app_id": request["app_id"],
        "target_user": request["target_user"],
        "created_at": now,
        "updated_at": now,
        "assignees": assignees.as_record(),
        "access_request_id": request["id"],
        "requestable_permission_id": about.permission_id if about else None,
    }
    tenant.add("tasks", task)
    asked = assigned(tenant, task).people
    journal.tell(tenant, asked, "task_assigned", description, request, task["id"])
    return task


def close_task(tenant: Tenant, task: Record, status: str, by: str | None = None) -> None:
    """End a task; `by` is who did it, nobody where its time was up."""
    task.update(status=status, updated_at=tenant.clock.text())
    task["resolved_by"] = {"id": by} if by else None
    tenant.touch()


def of_request(tenant: Tenant, request: Record) -> list[Record]:
    """The tasks of a request, oldest first."""
    tasks = tenant.collections["tasks"].values()
    return [task for task in tasks if task["access_request_id"] == request["id"]]


def open_of_request(tenant: Tenant, request: Record) -> list[Record]:
    """The tasks of a request that wait for somebody."""
    return [task for task in of_request(tenant, request) if task["status"] == "PENDING"]


def close_all(tenant: Tenant, request: Record, status: str, by: str | None = None) -> None:
    """End all tasks of a request that wait for somebody."""
    for task in open_of_request(tenant, request):
        close_task(tenant, task, status, by)


def last_comment(task: Record, user_id: str) -> str | None:
    """The last comment of somebody on a task: it stands for a reason, which dismissing lacks."""
    own = [c["body"] for c in task["comments"] if c["created_by"] == {"id": user_id}]
    return own[-1] if own else None


def describe(tenant: Tenant, request: Record, desired: Iterable[Requestable]) -> str:
    """Say in a sentence who asks for what, for whom, for how long and why."""
    labels = ", ".join(one.label for one in desired if one.permission_id)
    what = f"{labels} of {request['app_name']}" if labels else request["app_name"]
    requester, target = request["requester_user"]["id"], request["target_user"]["id"]
    whom = "" if requester == target else f" for {people.name_of(tenant, target)}"
    length = request["access_length"] or f"{request['expiration_in_seconds']} seconds"
    lasting = "" if length == "Unlimited" else f", for {length}"
    why = request["notes"].get("PENDING")
    sentence = f"{people.name_of(tenant, requester)} asks for {what}{whom}{lasting}"
    sentence += f": {why}" if why else ""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
