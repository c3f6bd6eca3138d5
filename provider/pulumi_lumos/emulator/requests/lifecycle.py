"""What Lumos does by itself: the steps between those of people, and at certain times."""

from __future__ import annotations

from datetime import datetime, timedelta

from pulumi_lumos.emulator import clock
from pulumi_lumos.emulator.state import Record, Tenant

from . import approval, cancelling, provisioning, removal
from .statuses import WAITING

BY_ITSELF = {
    "PENDING": approval.route,
    "MANAGER_APPROVED": approval.route,
    "APPROVED": provisioning.begin,
    "PENDING_PROVISIONING": provisioning.provision,
    "PROVISIONED": provisioning.finish,
    "PENDING_DEPROVISIONING": removal.remove,
    "REVERTING": removal.revert,
}
"""What Lumos does next in a status in which it waits for nobody."""


def run(tenant: Tenant, request: Record) -> None:
    """Take the steps of a request that wait for nobody.

    People see each for as long as switch transient_status_seconds says, by default not at all.
    """
    while request["status"] in BY_ITSELF and _due(tenant, request) <= tenant.clock.now():
        BY_ITSELF[request["status"]](tenant, request)


def catch_up(tenant: Tenant) -> None:
    """Do everything that is due by now, in order, each at its time."""
    while True:
        due, request = _next_due(tenant)
        if request is None or due is None or due > tenant.clock.now():
            return
        with tenant.clock.at(due):
            _elapse(tenant, request)


def _next_due(tenant: Tenant) -> tuple[datetime | None, Record | None]:
    """The request with which something happens next, by itself. Remembered until a change."""
    if tenant.next_due is None or tenant.next_due[0] != tenant.changes:
        times = (
            (due, request)
            for request in tenant.collections["access_requests"].values()
            if (due := due_at(tenant, request)) is not None
        )
        found = min(times, key=lambda pair: pair[0], default=(None, None))
        tenant.next_due = (tenant.changes, *found)
    return tenant.next_due[1:]


def due_at(tenant: Tenant, request: Record) -> datetime | None:
    """When something happens with a request by itself; None when nothing ever does."""
    if request["status"] in BY_ITSELF:
        return _due(tenant, request)
    if request["status"] in WAITING:
        seconds = tenant.switches["request_expires_after_seconds"]
        return _entered(tenant, request) + timedelta(seconds=seconds) if seconds else None
    if request["status"] == "COMPLETED" and request["expires_at"]:
        return clock.read(request["expires_at"])
    return None


def _elapse(tenant: Tenant, request: Record) -> None:
    """Do what is due with a request."""
    if request["status"] in WAITING:
        cancelling.expire(tenant, request)
    elif request["status"] == "COMPLETED":
        removal.begin(tenant, request)
    run(tenant, request)


def _due(tenant: Tenant, request: Record) -> datetime:
    seconds = tenant.switches["transient_status_seconds"]
    return _entered(tenant, request) + timedelta(seconds=seconds)


def _entered(tenant: Tenant, request: Record) -> datetime:
    """When the status was reached; a seed made by hand may not say."""
    text = request["entered_at"]
    return clock.read(text) if text else tenant.clock.now()
