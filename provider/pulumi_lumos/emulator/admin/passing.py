"""What happens while nobody calls: time passes, people get messages, access ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from pulumi_lumos.emulator import clock
from pulumi_lumos.emulator.exchange import ADMIN_PREFIX
from pulumi_lumos.emulator.refusal import Problems, RefusalError
from pulumi_lumos.emulator.requests import answers, lifecycle
from pulumi_lumos.emulator.requests.transitions import enter
from pulumi_lumos.emulator.routes.parts import Company
from pulumi_lumos.emulator.state import Record, Tenant

router = APIRouter(prefix=ADMIN_PREFIX)
LONGEST_SECONDS = 10 * 365 * 86400
"""How far the time may be advanced at once: ten years."""


class ClockChange(BaseModel):
    """A change of the clock: it sets the time, then advances it, then stops or starts the clock."""

    model_config = ConfigDict(extra="forbid")

    now: datetime | None = None
    advance_seconds: Annotated[float, Field(ge=0, le=LONGEST_SECONDS)] = 0
    runs: bool | None = None


@router.get("/clock")
async def get_clock(tenant: Company) -> Any:
    """The time of the tenant, and whether it passes by itself."""
    return _clock(tenant)


@router.post("/clock")
async def set_clock(tenant: Company, change: ClockChange) -> Any:
    """Set, advance, stop or start the clock, and do what is due by then."""
    _check_year(change)
    if change.runs is False:
        tenant.clock.stop()
    if change.now is not None:
        tenant.clock.set(clock.in_utc(change.now))
    if change.advance_seconds:
        tenant.clock.set(tenant.clock.now() + timedelta(seconds=change.advance_seconds))
    if change.runs and tenant.clock.stopped_at is not None:
        tenant.clock.go()
    tenant.touch()
    lifecycle.catch_up(tenant)
    return _clock(tenant)


@router.get("/notifications")
async def get_notifications(tenant: Company) -> Any:
    """All messages of Lumos to people, oldest first; none leaves the machine."""
    return list(tenant.collections["notifications"].values())


@router.post("/access_requests/{id}/revert")
async def revert_access_request(tenant: Company, id: str) -> Any:
    """Undo a completed request, as the screens' "Undo an action" does; the API has no call."""
    request = tenant.get("access_requests", id)
    if request["status"] != "COMPLETED":
        raise RefusalError(409, f"A request that is {request['status']} cannot be undone.")
    enter(tenant, request, "REVERTING")
    lifecycle.run(tenant, request)
    return answers.access_request(tenant, request)


def _check_year(change: ClockChange) -> None:
    """Refuse times at which access could end after the last possible date."""
    problems = Problems()
    if change.now is not None and not 2000 <= change.now.year < 2200:
        problems.add(("body", "now"), "The time must be from 2000 to 2199.")
    problems.raise_any()


def _clock(tenant: Tenant) -> Record:
    return {"now": tenant.clock.text(), "runs": tenant.clock.stopped_at is None}
