"""A person's own requests: what became of them, live, and cancelling."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pulumi_lumos.access import Invalid

from portal.rendering import go_to, page
from portal.visits import Form, Visitor

router = APIRouter(prefix="/requests")


@router.get("")
def list_requests(request: Request, visitor: Visitor) -> Response:
    """All requests of a person."""
    return page(request, "requests.html", requests=visitor.lumos.list_requests())


@router.get("/{request_id}")
def show_request(request: Request, visitor: Visitor, request_id: str) -> Response:
    """One request, whose status a script keeps up to date."""
    found = visitor.lumos.get_request(request_id)
    return page(request, "request.html", found=found, problem="")


@router.get("/{request_id}/status")
def show_status(request: Request, visitor: Visitor, request_id: str) -> Response:
    """The part of the page that changes by itself."""
    found = visitor.lumos.get_request(request_id)
    return page(request, "status.html", found=found)


@router.post("/{request_id}/cancel")
def cancel(request: Request, visitor: Visitor, request_id: str, form: Form) -> Response:
    """Cancel a request that is not carried out yet."""
    try:
        visitor.lumos.cancel(request_id, str(form.get("reason", "")).strip())
    except Invalid:
        found = visitor.lumos.get_request(request_id)
        problem = "It is too late to cancel this request."
        return page(request, "request.html", 409, found=found, problem=problem)
    return go_to(f"/requests/{request_id}")
