"""What a person has to decide or to do for others."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pulumi_lumos.access import AlreadyDecided

from portal.rendering import go_to, page
from portal.visits import Form, Visit, Visitor

router = APIRouter(prefix="/inbox")


@router.get("")
def list_tasks(request: Request, visitor: Visitor, done: str = "") -> Response:
    """Everything that waits for a person."""
    return page(request, "inbox.html", tasks=visitor.lumos.list_tasks(), done=done)


@router.get("/{task_id}")
def show_task(request: Request, visitor: Visitor, task_id: str) -> Response:
    """One task with the request that it is about."""
    return _task(request, visitor, task_id)


@router.post("/{task_id}")
def decide(request: Request, visitor: Visitor, task_id: str, form: Form) -> Response:
    """Approve or deny; doing it twice is no error."""
    try:
        if form.get("decision") == "approve":
            visitor.lumos.approve(task_id)
            return go_to("/inbox?done=approved")
        visitor.lumos.deny(task_id, str(form.get("reason", "")).strip()[:4000])
    except AlreadyDecided as late:
        return _task(request, visitor, task_id, str(late))
    return go_to("/inbox?done=denied")


def _task(request: Request, visitor: Visit, task_id: str, problem: str = "") -> Response:
    task = visitor.lumos.get_task(task_id)
    about = visitor.lumos.get_request(task.request_id) if task.request_id else None
    status = 409 if problem else 200
    return page(request, "task.html", status, task=task, about=about, problem=problem)
