"""What is kept of an access request and of a task."""

from __future__ import annotations

from pulumi_lumos.emulator.state import Record


def blank_request(given: Record) -> Record:
    """The fields of a request that a seed may leave out.

    `for_permissions` tells a request for the app from one whose permissions have been deleted.
    `step` is the last step of the approval process that was reached, `approved_by` who said yes,
    `entered_at` when the status was reached, and `given` what the person got through it.
    """
    return {
        "supporter_user": None,
        "notes": {},
        "requested_at": None,
        "expires_at": None,
        "expiration_in_seconds": None,
        "access_length": None,
        "requestable_permissions": [],
        "custom_fields": [],
        "for_permissions": bool(given.get("requestable_permissions")),
        "pre_approved_by": None,
        "step": None,
        "approved_by": [],
        "entered_at": given.get("requested_at"),
        "given": {"groups": [], "account_id": None},
    }


def blank_task() -> Record:
    """The fields of a task that a seed may leave out."""
    return {
        "status": "PENDING",
        "description": None,
        "instructions": None,
        "resolved_by": None,
        "assignees": {"groups": [], "users": []},
        "reassigned": False,
        "comments": [],
        "requestable_permission_id": None,
    }
