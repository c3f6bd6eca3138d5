"""What people do with tasks: complete, dismiss, reassign, comment.

Refusals come in this order: 404, 403 (not theirs), 409 (closed already), 400 and 422.
"""

from __future__ import annotations

from collections.abc import Callable

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.refusal import Problems, RefusalError, invalid
from pulumi_lumos.emulator.state import Record, Tenant

from . import approval, assignment, journal, lifecycle, people, provisioning, removal, tasks
from .process import Members
from .transitions import involved

Effect = Callable[[Tenant, Record, Record, str], None]
EFFECTS: dict[tuple[str, str], Effect] = {
    ("MANAGER_APPROVAL", "COMPLETED"): approval.approve,
    ("MANAGER_APPROVAL", "DISMISSED"): approval.deny,
    ("APPROVAL", "COMPLETED"): approval.approve,
    ("APPROVAL", "DISMISSED"): approval.deny,
    ("PROVISIONING", "COMPLETED"): provisioning.confirm,
    ("PROVISIONING", "DISMISSED"): provisioning.refuse,
    ("DEPROVISIONING", "COMPLETED"): removal.confirm,
    ("DEPROVISIONING", "DISMISSED"): removal.give_up,
}
"""The effect on a request when one of its tasks gets a status."""


def resolve(tenant: Tenant, caller: Caller, task_id: str, status: str) -> None:
    """Complete or dismiss a task; the API document's `complete` and `dismiss`."""
    task = _open_task(tenant, caller, task_id)
    request = tenant.get("access_requests", task["access_request_id"])
    approving = task["task_category"] in tasks.APPROVALS and status == "COMPLETED"
    refused = tenant.switches["self_approval"] == "refuse"
    if approving and refused and caller.user_id in involved(request):
        raise RefusalError(403, "The requester and the target user may not approve a request.")
    EFFECTS[task["task_category"], status](tenant, request, task, caller.user_id)
    lifecycle.run(tenant, request)


def perform(
    tenant: Tenant, caller: Caller, task_id: str, body: wire.PerformTaskActionInput
) -> None:
    """Do an action by its name; 400 for a name or a status that the task does not have."""
    task = _open_task(tenant, caller, task_id)
    actions = tasks.CATEGORIES[task["task_category"]].actions
    leads_to = {name: status for status, name in actions.items()}.get(body.action_type)
    if leads_to is None:
        known = ", ".join(actions.values())
        raise RefusalError(400, f"The task has no action {body.action_type!r}; it has {known}.")
    if body.transition_to not in (None, leads_to):
        raise RefusalError(400, f"{body.action_type} can only lead to {leads_to}.")
    resolve(tenant, caller, task_id, leads_to)


def reassign(tenant: Tenant, caller: Caller, task_id: str, body: wire.ReassignTaskInput) -> None:
    """Give an approval new assignees, in place of the old ones or beside them."""
    task = _open_task(tenant, caller, task_id)
    allowed = tenant.switches["reassign_provisioning"] == "allow"
    if task["task_category"] not in tasks.APPROVALS and not allowed:
        raise RefusalError(400, "Only approvals can be reassigned.")
    members = _members(tenant, body)
    if not body.replace:
        members |= assignment.assigned(tenant, task).members
    task.update(assignees=members.as_record(), updated_at=tenant.clock.text(), reassigned=True)
    tenant.touch()
    request = tenant.get("access_requests", task["access_request_id"])
    journal.log(tenant, "REASSIGN_ACCESS_REQUEST", request, caller.user_id, task_id=task_id)
    asked = assignment.assigned(tenant, task).people
    journal.tell(tenant, asked, "task_assigned", task["description"], request, task_id)


def comment(tenant: Tenant, caller: Caller, task_id: str, text: str) -> Record:
    """Add a comment to a task, open or closed; give the comment as it is kept."""
    task = tenant.get("tasks", task_id)
    require_reader(tenant, caller, task)
    written = {
        "body": text,
        "created_by": {"id": caller.user_id},
        "created_at": tenant.clock.text(),
    }
    task["comments"].append(written)
    task["updated_at"] = written["created_at"]
    tenant.touch()
    return written


def require_reader(tenant: Tenant, caller: Caller, task: Record) -> None:
    """Refuse a caller whom a task does not concern (403)."""
    if not concerns(tenant, caller, task):
        raise RefusalError(403, "You have no access to this task.")


def concerns(tenant: Tenant, caller: Caller, task: Record) -> bool:
    """Whether somebody is an assignee, has resolved the task, or is one of its request's people."""
    request = tenant.get("access_requests", task["access_request_id"])
    return (
        assignment.may_act(tenant, caller, task)
        or caller.user_id in involved(request)
        or task["resolved_by"] == {"id": caller.user_id}
    )


def _open_task(tenant: Tenant, caller: Caller, task_id: str) -> Record:
    """Look for an open task on which the caller may act, or refuse."""
    task = tenant.get("tasks", task_id)
    if not assignment.may_act(tenant, caller, task):
        raise RefusalError(403, "Only an assignee of the task or a domain admin may do that.")
    if task["status"] != "PENDING":
        raise RefusalError(409, f"The task is already {task['status']}.")
    return task


def _members(tenant: Tenant, body: wire.ReassignTaskInput) -> Members:
    """The people and groups of a reassignment, all of whom can act."""
    problems = Problems()
    for index, key in enumerate(body.user_ids or []):
        if not people.is_active(tenant, key):
            problems.add(("body", "user_ids", index), f"There is no active user {key}.")
    for index, key in enumerate(body.group_ids or []):
        if not people.active_in(tenant, key):
            problems.add(("body", "group_ids", index), f"Group {key} has no active user.")
    problems.raise_any()
    members = Members(frozenset(body.user_ids or []), frozenset(body.group_ids or []))
    if not members:
        raise invalid(("body", "user_ids"), "Give at least one user or group.")
    return members
