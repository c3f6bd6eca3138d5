"""Decisions: the way of a request from PENDING to APPROVED, or to a denial."""

from __future__ import annotations

from pulumi_lumos.emulator.state import Record, Tenant

from . import journal, people, requestable, tasks
from .assignment import assigned
from .process import MANAGER, Members, Process, next_step, united
from .transitions import enter, involved

ASKED = {"manager": ("PENDING_MANAGER_APPROVAL", "MANAGER_APPROVAL")}
ASKED |= dict.fromkeys(("stage_1", "stage_2"), ("PENDING_APPROVAL", "APPROVAL"))
"""The status, and the category of the task, while each step waits for somebody."""


def route(tenant: Tenant, request: Record) -> None:
    """Ask whoever has to decide next; a request that nobody has to decide is approved.

    Each step takes its approvers when it is reached, so a change of the settings counts for the
    steps to come.
    """
    desired = requestable.of_request(tenant, request)
    process = united(one.process for one in desired)
    step = None if request["pre_approved_by"] else next_step(process, request["step"])
    if step is None:
        _approved(tenant, request)
        return
    request["step"] = step
    status, category = ASKED[step]
    enter(tenant, request, status)
    approvers, remark = _approvers(tenant, request, process, step)
    description = tasks.describe(tenant, request, desired) + remark
    about = desired[0] if len(desired) == 1 else None
    task = tasks.open_task(tenant, request, category, approvers, description, about)
    by = _has_decided_already(tenant, request, task)
    if by is not None:
        approve(tenant, request, task, by)


def approve(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """Note that somebody said yes, and go on to the next step."""
    override = by not in assigned(tenant, task).people
    event = "OVERRIDE_APPROVAL_FOR_ACCESS_REQUEST" if override else "APPROVE_ACCESS_REQUEST"
    tasks.close_task(tenant, task, "COMPLETED", by)
    request["approved_by"].append(by)
    request["supporter_user"] = {"id": by}
    journal.log(tenant, event, request, by, task_id=task["id"])
    if task["task_category"] == "MANAGER_APPROVAL":
        enter(tenant, request, "MANAGER_APPROVED")
    else:
        route(tenant, request)


def deny(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """End a request to which somebody said no."""
    managers = task["task_category"] == "MANAGER_APPROVAL"
    reason = tasks.last_comment(task, by)
    tasks.close_task(tenant, task, "DISMISSED", by)
    request["supporter_user"] = {"id": by}
    enter(tenant, request, "MANAGER_DENIED" if managers else "DENIED", reason)
    journal.log(tenant, "DENY_ACCESS_REQUEST", request, by, task_id=task["id"])
    text = f"{people.name_of(tenant, by)} has denied access to {request['app_name']}."
    journal.tell(tenant, involved(request), "denied", f"{text} {reason or ''}".strip(), request)


def _approved(tenant: Tenant, request: Record) -> None:
    """Tell the people of a request, in the words of the app or the permission."""
    enter(tenant, request, "APPROVED")
    rule = tenant.find("pre_approval_rules", request["pre_approved_by"])
    if rule is not None:
        justification = rule["justification"]
        journal.log(
            tenant, "PRE_APPROVE_ACCESS_REQUEST", request, rule=rule["id"], reason=justification
        )
    desired = requestable.of_request(tenant, request)
    own = dict.fromkeys(one.approval_message for one in desired if one.approval_message)
    text = " ".join(own) or f"Access to {request['app_name']} is approved."
    journal.tell(tenant, involved(request), "approved", text, request)


def _approvers(tenant: Tenant, request: Record, process: Process, step: str) -> tuple[Members, str]:
    """The approvers of a step, and a remark if none of them is active."""
    if step == MANAGER:
        manager = tenant.get("users", request["target_user"]["id"]).get("manager_id")
        members = Members(frozenset([manager] if manager else []))
    else:
        members = process.approvers(step)
    if people.active_among(tenant, members):
        return members, ""
    who = "no active manager" if step == MANAGER else "no active approver"
    return members, f" Lumos found {who}, so an admin of the app decides."


def _has_decided_already(tenant: Tenant, request: Record, task: Record) -> str | None:
    """Somebody whose yes counts already (switches same_person_again and self_approval)."""
    asked = assigned(tenant, task).people
    if tenant.switches["same_person_again"] == "count":
        for earlier in request["approved_by"]:
            if earlier in asked:
                return str(earlier)
    if tenant.switches["self_approval"] == "automatic":
        return min(involved(request) & asked, default=None)
    return None
