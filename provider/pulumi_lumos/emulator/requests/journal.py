"""The activity log, and the messages of Lumos to people.

Codes of events: Lumos help center, "How Lumos Logs to Your SIEM". Those marked below are only
known by their friendly names, so their codes are assumed.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any, Literal

from pulumi_lumos.emulator.state import Record, Tenant

from . import people

EVENTS = {
    "CREATE_ACCESS_REQUEST": "Create Access Request",
    "AUTOMATIC_PROVISIONING_FOR_ACCESS_REQUEST": "Automatic Provisioning For Access Request",
    "INLINE_WEBHOOK_PROVISIONING_FOR_ACCESS_REQUEST": "Webhook Provisioning For Access Request",
    "INLINE_WEBHOOK_REQUEST_VALIDATION_FOR_ACCESS_REQUEST": "Validate Access Request",
    "MANUAL_CONFIRM_PROVISIONING_FOR_ACCESS_REQUEST": "Complete Manual Steps",
    "MANUAL_DENY_PROVISIONING_FOR_ACCESS_REQUEST": "Deny Request For Manual Steps",
    "MANUAL_CONFIRM_DEPROVISIONING_FOR_ACCESS_REQUEST": "Confirm Removal Of Access",
    # Assumed codes from here on.
    "PRE_APPROVE_ACCESS_REQUEST": "Pre-approve Access Request",
    "APPROVE_ACCESS_REQUEST": "Approve Access Request",
    "OVERRIDE_APPROVAL_FOR_ACCESS_REQUEST": "Override Approval",
    "DENY_ACCESS_REQUEST": "Deny Access Request",
    "CANCEL_ACCESS_REQUEST": "Cancel Access Request",
    "EXPIRE_ACCESS_REQUEST": "Expire Access Request",
    "REASSIGN_ACCESS_REQUEST": "Reassign Access Request",
    "AUTOMATIC_DEPROVISIONING_FOR_ACCESS_REQUEST": "Automatic Removal Of Access",
    "MANUAL_DENY_DEPROVISIONING_FOR_ACCESS_REQUEST": "Dismiss Removal Of Access",
    "REVERT_ACCESS_REQUEST": "Undo Access Request",
}
Kind = Literal[
    "task_assigned", "approved", "denied", "completed", "access_ended", "cancelled", "expired"
]
LUMOS = {"type": "SYSTEM", "id": "lumos", "name": "Lumos"}


def log(
    tenant: Tenant,
    event: str,
    request: Record,
    actor_id: str | None = None,
    *,
    succeeded: bool = True,
    **metadata: Any,
) -> None:
    """Write an event of a request to the activity log; without an actor Lumos itself acted."""
    key = str(uuid.uuid4())
    entry = {
        "id": key,
        "event_hash": hashlib.sha256(key.encode()).hexdigest(),
        "event_type": f"APP_STORE_{event}",
        "event_type_user_friendly": EVENTS[event],
        "outcome": "SUCCESS" if succeeded else "FAILURE",
        "targets": [
            {"type": "ACCESS_REQUEST", "id": request["id"], "name": request["app_name"]},
            _person(tenant, request["target_user"]["id"]),
        ],
        "actor": _person(tenant, actor_id) if actor_id else LUMOS,
        "event_began_at": tenant.clock.text(),
        "event_metadata": metadata,
    }
    tenant.add("activity_logs", entry)


def tell(
    tenant: Tenant,
    user_ids: Iterable[str],
    kind: Kind,
    text: str,
    request: Record,
    task_id: str | None = None,
) -> None:
    """Note that Lumos told people something; nothing is sent anywhere."""
    for user_id in sorted(user_ids):
        notification = {
            "user_id": user_id,
            "kind": kind,
            "text": text,
            "access_request_id": request["id"],
            "task_id": task_id,
            "at": tenant.clock.text(),
        }
        tenant.add("notifications", notification)


def _person(tenant: Tenant, user_id: str) -> Record:
    user = tenant.find("users", user_id) or {}
    name = people.name_of(tenant, user_id)
    return {"type": "USER", "id": user_id, "name": name, "email": user.get("email")}
