"""`/activity_logs`: what has happened with access requests, for administrators."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request

from pulumi_lumos.emulator import clock, wire
from pulumi_lumos.emulator.callers import reads_all
from pulumi_lumos.emulator.paging import AskedTime
from pulumi_lumos.emulator.refusal import RefusalError
from pulumi_lumos.emulator.requests.answers import time
from pulumi_lumos.emulator.state import Record

from .parts import Company, Person, answers

router = APIRouter()


@router.get("/activity_logs", **answers(wire.LimitOffsetPageActivityLog))
async def get_activity_logs(
    tenant: Company,
    caller: Person,
    request: Request,
    since: AskedTime = None,
    until: AskedTime = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Any:
    """The events of a span of time, oldest first."""
    if not reads_all(tenant, caller):
        raise RefusalError(403, "Only administrators may read the activity log.")
    found = [
        event
        for event in tenant.collections["activity_logs"].values()
        if (since is None or clock.read(event["event_began_at"]) >= clock.in_utc(since))
        and (until is None or clock.read(event["event_began_at"]) <= clock.in_utc(until))
    ]
    return {
        "items": [
            {**event, "event_began_at": time(tenant, event["event_began_at"])}
            for event in found[offset : offset + limit]
        ],
        "total": len(found),
        "limit": limit,
        "offset": offset,
        "links": _links(request, len(found), limit, offset),
    }


def _links(request: Request, total: int, limit: int, offset: int) -> Record:
    """Where the parts of the list are; null where there is none."""
    last = max(total - 1, 0) // limit * limit
    offsets = {
        "first": 0,
        "last": last,
        "self": offset,
        "next": offset + limit if offset + limit < total else None,
        "prev": max(offset - limit, 0) if offset else None,
    }
    return {name: _link(request, limit, place) for name, place in offsets.items()}


def _link(request: Request, limit: int, offset: int | None) -> str | None:
    if offset is None:
        return None
    query = {**request.query_params, "limit": limit, "offset": offset}
    return f"{request.url.path}?{urlencode(query)}"
