"""`/appstore/access_request(s)`: employees asking for access."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query

from pulumi_lumos.emulator import access, wire
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.refusal import Problems, RefusalError, invalid
from pulumi_lumos.emulator.routes.parts import Company, Expand, answers

router = APIRouter(prefix="/appstore")
STATUSES = get_args(wire.AccessRequest.model_fields["status"].annotation)


@router.post("/access_request", **answers(list[wire.AccessRequest], 201))
async def create_access_request(tenant: Company, body: wire.CreateAccessRequestInput) -> Any:
    """Ask for access to an app or to permissions of it, for oneself or for somebody else."""
    return [access.answer(tenant, request) for request in access.ask(tenant, body)]


@router.get("/access_requests", **answers(wire.PageAccessRequest))
async def get_access_requests(
    tenant: Company,
    paging: AskedPage,
    target_user_id: str | None = None,
    requester_user_id: str | None = None,
    user_id: str | None = None,
    statuses: Annotated[list[str] | None, Query()] = None,
    sort: str = "ASC",
    expand: Expand = None,
) -> Any:
    """Access requests, oldest first unless sorted DESC."""
    problems = Problems()
    for index, status in enumerate(statuses or []):
        if status not in STATUSES:
            problems.add(("query", "statuses", index), f"{status!r} is not a status.")
    problems.raise_any()
    found = [
        request
        for request in tenant.listed(tenant.collections["access_requests"].values())
        if target_user_id in (None, request["target_user"]["id"])
        and requester_user_id in (None, request["requester_user"]["id"])
        and user_id in (None, request["target_user"]["id"], request["requester_user"]["id"])
        and (not statuses or request["status"] in statuses)
    ]
    ordered = found[::-1] if sort.upper() == "DESC" else found
    return page_of(ordered, paging, lambda request: access.answer(tenant, request))


@router.get("/access_requests/{id}", **answers(wire.AccessRequest))
async def get_access_request(tenant: Company, id: str, expand: Expand = None) -> Any:
    """One access request."""
    return access.answer(tenant, tenant.get("access_requests", id))


@router.delete("/access_requests/{id}", status_code=204)
async def cancel_access_request(tenant: Company, id: str, reason: str | None = None) -> None:
    """Cancel a request that is not decided yet."""
    request = tenant.get("access_requests", id)
    own = request["requester_user"]["id"] == tenant.current_user_id
    if not own and not tenant.switches["token_is_admin"]:
        raise RefusalError(403, "Only the requester may cancel this request.")
    if not request["status"].startswith("PENDING"):
        raise invalid(("path", "id"), f"A request that is {request['status']} cannot be cancelled.")
    request["status"] = "CANCELLED"
    if reason:
        request["notes"]["cancellation"] = reason
    tenant.touch()
