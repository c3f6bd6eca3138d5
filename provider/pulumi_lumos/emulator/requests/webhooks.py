"""Inline webhooks: nothing leaves the machine, so each call is recorded and its answer scripted.

The payload has the parts that the help center lists ("Webhook FAQs"). There is no retry, and an
answer that takes longer than 15 seconds is a time-out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from pulumi_lumos.emulator import answers
from pulumi_lumos.emulator.state import Record, Tenant

from .requestable import Requestable

Outcome = Literal["ok", "refuse", "timeout", "error"]


class Said(NamedTuple):
    """How a webhook's call went; only `ok` is a yes. `message` is what it says when it refuses."""

    outcome: Outcome
    message: str

    @property
    def agrees(self) -> bool:
        """Whether it said yes in time."""
        return self.outcome == "ok"


def call(
    tenant: Tenant,
    webhook_id: str,
    app: Record,
    desired: Iterable[Requestable],
    people: tuple[str, str],
) -> Said:
    """Call a webhook about things that somebody wants; `people` are requester and target."""
    webhook = tenant.get("inline_webhooks", webhook_id)
    scripted = webhook.get("answer") or {"outcome": "ok", "message": ""}
    record = {
        "webhook_id": webhook_id,
        "hook_type": webhook["hook_type"],
        "called_at": tenant.clock.text(),
        "payload": _payload(tenant, app, desired, people),
        **scripted,
    }
    tenant.add("webhook_calls", record)
    return Said(scripted["outcome"], scripted["message"])


def _payload(
    tenant: Tenant, app: Record, desired: Iterable[Requestable], people: tuple[str, str]
) -> Record:
    permissions = (tenant.find("permissions", one.permission_id) for one in desired)
    requester, target = (answers.user(tenant, key) for key in people)
    return {
        "application": {
            "app_id": app["app_class_id"],
            "instance_id": app["instance_id"],
            "user_friendly_label": app["user_friendly_label"],
        },
        "permissions": [
            {"label": p["label"], "value": p["id"], "type": p["type"], "source": "LUMOS"}
            for p in permissions
            if p
        ],
        "requester_user": requester,
        "target_user": target,
        "custom_fields": [],
    }
