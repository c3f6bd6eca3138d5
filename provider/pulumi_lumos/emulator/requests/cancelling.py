"""Requests that end undecided: cancelled by somebody, out of time, or for a thing that is gone."""

from __future__ import annotations

from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.refusal import RefusalError, invalid
from pulumi_lumos.emulator.state import Record, Tenant

from . import grants, journal, people, tasks
from .statuses import CANCELLABLE
from .transitions import enter, involved


def cancel(tenant: Tenant, caller: Caller, request: Record, reason: str | None) -> None:
    """Cancel a request that nobody has decided yet, for its people or a domain admin."""
    if caller.user_id not in involved(request) and not caller.is_admin:
        raise RefusalError(
            403, "Only the requester, the target user or a domain admin may cancel a request."
        )
    if request["status"] not in CANCELLABLE:
        raise invalid(("path", "id"), f"A request that is {request['status']} cannot be cancelled.")
    _end(tenant, request, "CANCELLED", caller.user_id, reason)
    journal.log(tenant, "CANCEL_ACCESS_REQUEST", request, caller.user_id)
    text = f"{people.name_of(tenant, caller.user_id)} has cancelled {_subject(request)}."
    journal.tell(tenant, involved(request) - {caller.user_id}, "cancelled", text, request)


def expire(tenant: Tenant, request: Record) -> None:
    """End a request on which nobody has acted in time."""
    tasks.close_all(tenant, request, "EXPIRED")
    grants.take_back(tenant, request)
    enter(tenant, request, "EXPIRED")
    journal.log(tenant, "EXPIRE_ACCESS_REQUEST", request)
    text = f"Nobody acted on {_subject(request)} in time."
    journal.tell(tenant, involved(request), "expired", text, request)


def end_without_permission(tenant: Tenant, permission_id: str) -> None:
    """Cancel the undecided requests that were for a deleted permission and for nothing else."""
    for request in tenant.collections["access_requests"].values():
        pointers = request["requestable_permissions"]
        if {"id": permission_id} in pointers:
            left = (tenant.find("permissions", pointer["id"]) for pointer in pointers)
            if not any(left):
                _end_for_want_of(tenant, request, "The permission has been deleted.")


def end_without_app(tenant: Tenant, app_id: str) -> None:
    """Cancel the undecided requests for an app that is gone."""
    for request in tenant.collections["access_requests"].values():
        if request["app_id"] == app_id:
            _end_for_want_of(tenant, request, "The app has been disconnected.")


def _end_for_want_of(tenant: Tenant, request: Record, reason: str) -> None:
    if request["status"] in CANCELLABLE:
        _end(tenant, request, "CANCELLED", None, reason)
        journal.log(tenant, "CANCEL_ACCESS_REQUEST", request, reason=reason)
        text = f"Lumos has cancelled {_subject(request)}: {reason}"
        journal.tell(tenant, involved(request), "cancelled", text, request)


def _end(tenant: Tenant, request: Record, status: str, by: str | None, reason: str | None) -> None:
    tasks.close_all(tenant, request, "DISMISSED", by)
    grants.take_back(tenant, request)
    enter(tenant, request, status, reason)


def _subject(request: Record) -> str:
    return f"the request for {request['app_name']}"
