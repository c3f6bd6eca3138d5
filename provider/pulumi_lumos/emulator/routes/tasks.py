"""`/tasks`: what people have to do about requests."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.callers import Caller, reads_all
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.refusal import RefusalError, missing
from pulumi_lumos.emulator.requests import acting
from pulumi_lumos.emulator.requests import answers as shown
from pulumi_lumos.emulator.requests.finding import TaskFilter, list_asked_tasks
from pulumi_lumos.emulator.state import Record, Tenant

from .parts import Company, Expand, Person, answers


async def require_tasks_api(tenant: Company) -> None:
    """Refuse with 404 where the Tasks API is not enabled (API document; switch tasks_api)."""
    if not tenant.switches["tasks_api"]:
        raise missing("Tasks API")


router = APIRouter(prefix="/tasks", dependencies=[Depends(require_tasks_api)])
ONE = "/{task_id}"


@router.get("", **answers(wire.PageTask))
async def list_tasks(
    tenant: Company,
    caller: Person,
    paging: AskedPage,
    desired: Annotated[TaskFilter, Depends()],
    expand: Expand = None,
) -> Any:
    """Tasks that the caller has to act on, or all of them for admins; the newest first."""
    shows = {"actions", "assignees"} & set(expand or ())
    found = list_asked_tasks(tenant, caller, desired)
    return page_of(found, paging, lambda task: shown.task(tenant, task, shows))


@router.get(ONE, **answers(wire.Task))
async def get_task(tenant: Company, caller: Person, task_id: str, expand: Expand = None) -> Any:
    """One task."""
    return shown.task(tenant, _readable(tenant, caller, task_id), expand or ())


@router.get(f"{ONE}/actions", **answers(list[wire.TaskAction]))
async def get_task_actions(tenant: Company, caller: Person, task_id: str) -> Any:
    """What can be done with a task."""
    return shown.actions(_readable(tenant, caller, task_id))


@router.post(f"{ONE}/perform-action", status_code=204)
async def perform_task_action(
    tenant: Company, caller: Person, task_id: str, body: wire.PerformTaskActionInput
) -> None:
    """Do an action by its name."""
    acting.perform(tenant, caller, task_id, body)


@router.post(f"{ONE}/complete", status_code=204)
async def complete_task(tenant: Company, caller: Person, task_id: str) -> None:
    """Approve a request, or confirm what was to be done by hand."""
    acting.resolve(tenant, caller, task_id, "COMPLETED")


@router.post(f"{ONE}/dismiss", status_code=204)
async def dismiss_task(tenant: Company, caller: Person, task_id: str) -> None:
    """Deny a request, or leave undone what was to be done by hand."""
    acting.resolve(tenant, caller, task_id, "DISMISSED")


@router.post(f"{ONE}/reassign", status_code=204)
async def reassign_task(
    tenant: Company, caller: Person, task_id: str, body: wire.ReassignTaskInput
) -> None:
    """Let others decide."""
    acting.reassign(tenant, caller, task_id, body)


@router.post(f"{ONE}/comments", **answers(wire.TaskComment, 201))
async def add_task_comment(
    tenant: Company, caller: Person, task_id: str, body: wire.AddCommentInput
) -> Any:
    """Write on a task."""
    return shown.comment(tenant, acting.comment(tenant, caller, task_id, body.comment))


def _readable(tenant: Tenant, caller: Caller, task_id: str) -> Record:
    task = tenant.get("tasks", task_id)
    if not (reads_all(tenant, caller) or acting.concerns(tenant, caller, task)):
        raise RefusalError(403, "You have no access to this task.")
    return task
