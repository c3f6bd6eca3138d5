"""`/appstore/access_request(s)`: employees asking for access."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.callers import Caller, reads_all
from pulumi_lumos.emulator.paging import AskedPage, page_of
from pulumi_lumos.emulator.refusal import Problems, RefusalError
from pulumi_lumos.emulator.requests import acting, asking, cancelling, tasks
from pulumi_lumos.emulator.requests import answers as shown
from pulumi_lumos.emulator.requests.transitions import involved
from pulumi_lumos.emulator.state import Record, Tenant
from pulumi_lumos.emulator.vocabulary import check_words, words_of

from .parts import Company, Expand, Person, answers

router = APIRouter(prefix="/appstore")
STATUSES = words_of(wire.AccessRequest, "status")


@router.post("/access_request", **answers(list[wire.AccessRequest], 201))
async def create_access_request(
    tenant: Company, caller: Person, body: wire.CreateAccessRequestInput
) -> Any:
    """Ask for access to an app or to permissions of it, for oneself or for somebody else."""
    return [shown.access_request(tenant, one) for one in asking.ask(tenant, caller, body)]


@router.get("/access_requests", **answers(wire.PageAccessRequest))
async def get_access_requests(
    tenant: Company,
    caller: Person,
    paging: AskedPage,
    target_user_id: str | None = None,
    requester_user_id: str | None = None,
    user_id: str | None = None,
    statuses: Annotated[list[str] | None, Query()] = None,
    sort: str = "ASC",
    expand: Expand = None,
) -> Any:
    """Access requests, oldest first unless sorted DESC; those of others for admins alone."""
    problems = Problems()
    check_words(statuses or [], STATUSES, ("query", "statuses"), problems)
    problems.raise_any()
    everybodys = reads_all(tenant, caller)
    found = [
        request
        for request in tenant.listed(tenant.collections["access_requests"].values())
        if (everybodys or caller.user_id in involved(request))
        and target_user_id in (None, request["target_user"]["id"])
        and requester_user_id in (None, request["requester_user"]["id"])
        and user_id in (None, *involved(request))
        and (not statuses or request["status"] in statuses)
    ]
    ordered = found[::-1] if sort.upper() == "DESC" else found
    return page_of(
        ordered, paging, lambda request: shown.access_request(tenant, request, expand or ())
    )


@router.get("/access_requests/{id}", **answers(wire.AccessRequest))
async def get_access_request(
    tenant: Company, caller: Person, id: str, expand: Expand = None
) -> Any:
    """One access request, for its people, those who decide it, and admins."""
    request = tenant.read("access_requests", id)
    if not (reads_all(tenant, caller) or _concerns(tenant, caller, request)):
        raise RefusalError(403, "You have no access to this access request.")
    return shown.access_request(tenant, request, expand or ())


@router.delete("/access_requests/{id}", status_code=204)
async def cancel_access_request(
    tenant: Company, caller: Person, id: str, reason: str | None = None
) -> None:
    """Cancel a request that is not decided yet."""
    cancelling.cancel(tenant, caller, tenant.get("access_requests", id), reason)


def _concerns(tenant: Tenant, caller: Caller, request: Record) -> bool:
    return caller.user_id in involved(request) or any(
        acting.concerns(tenant, caller, task) for task in tasks.of_request(tenant, request)
    )
