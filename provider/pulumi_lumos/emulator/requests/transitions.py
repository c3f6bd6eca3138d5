"""From one status of a request to the next."""

from __future__ import annotations

from pulumi_lumos.emulator.state import Record, Tenant

from .statuses import FOLLOWED_BY


def enter(tenant: Tenant, request: Record, status: str, reason: str | None = None) -> None:
    """Give a request its next status; `reason` is what somebody wrote about it."""
    if status not in FOLLOWED_BY[request["status"]]:
        raise AssertionError(f"a request cannot go from {request['status']} to {status}")
    request["status"] = status
    request["entered_at"] = tenant.clock.text()
    if reason:
        request["notes"][status] = reason
    tenant.touch()


def involved(request: Record) -> set[str]:
    """Who asked, and who gets the access."""
    return {request["requester_user"]["id"], request["target_user"]["id"]}
