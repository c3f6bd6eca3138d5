"""Access requests: who may ask for what, and how far a request gets without a person."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

from pulumi_lumos.emulator import answers, permissions, wire
from pulumi_lumos.emulator.refusal import Problems, RefusalError
from pulumi_lumos.emulator.state import Record, Tenant

_SECONDS = {"hour": 3600, "day": 86400}


def ask(tenant: Tenant, body: wire.CreateAccessRequestInput) -> list[Record]:
    """Make the access requests of one call; an error when they may not be made."""
    current = tenant.current_user_id or ""
    requester, target = body.requester_user_id or current, body.target_user_id or current
    if requester != current and not tenant.switches["token_is_admin"]:
        raise RefusalError(403, "Only administrators may name another requester.")
    problems = Problems()
    app = _app(tenant, body.app_id, problems)
    wanted = _permissions(tenant, body, problems)
    for name, key in (("requester_user_id", requester), ("target_user_id", target)):
        if tenant.find("users", key) is None:
            problems.add(("body", name), f"User {key} not found.")
    seconds = _duration(body, problems)
    problems.raise_any()
    now = datetime.now(timezone.utc)
    note = body.business_justification or body.note
    request = {
        "app_id": body.app_id,
        "app_name": app["user_friendly_label"],
        "requester_user": {"id": requester},
        "target_user": {"id": target},
        "status": _status(tenant, app, wanted, target),
        "notes": {"business_justification": note} if note else {},
        "requested_at": _time(now),
        "expiration_in_seconds": seconds,
        "expires_at": _time(now + timedelta(seconds=seconds)) if seconds else None,
        "requestable_permissions": [{"id": permission["id"]} for permission in wanted],
    }
    return [tenant.add("access_requests", request)]


def _time(moment: datetime) -> str:
    """A time as it is kept: in UTC, whole seconds, no zone."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def answer(tenant: Tenant, request: Record) -> Record:
    """An access request with its people and permissions."""
    pointers = request["requestable_permissions"]
    known = (tenant.find("permissions", pointer["id"]) for pointer in pointers)
    zone = "Z" if tenant.switches["times_with_zone"] else ""
    times = {name: request[name] for name in ("requested_at", "expires_at") if request[name]}
    return {
        **request,
        **{name: time + zone for name, time in times.items()},
        "requester_user": answers.user(tenant, request["requester_user"]["id"]),
        "target_user": answers.user(tenant, request["target_user"]["id"]),
        "supporter_user": None,
        "requestable_permissions": tenant.shuffled(
            [permissions.answer(tenant, p, inherited=True) for p in known if p]
        ),
    }


def _app(tenant: Tenant, app_id: str, problems: Problems) -> Record:
    app = tenant.find("apps", app_id)
    if app is None or not app["in_app_store"]:
        problems.add(("body", "app_id"), f"App {app_id} is not in the AppStore.")
    return app or {}


def _permissions(
    tenant: Tenant, body: wire.CreateAccessRequestInput, problems: Problems
) -> list[Record]:
    found = []
    for index, key in enumerate(body.requestable_permission_ids or []):
        permission = tenant.find("permissions", key)
        at = ("body", "requestable_permission_ids", index)
        if permission is None or permission["app_id"] != body.app_id:
            problems.add(at, f"Requestable permission {key} is not one of the app.")
        elif permission["request_config"]["appstore_visibility"] != "VISIBLE":
            problems.add(at, f"Requestable permission {key} is hidden.")
        else:
            found.append(permission)
    return found


def _duration(body: wire.CreateAccessRequestInput, problems: Problems) -> int | None:
    """Seconds of access; None is for ever."""
    length = body.access_length
    if length is None or length == "Unlimited":
        seconds = body.expiration_in_seconds
    else:
        words = re.fullmatch(r"(\d{1,4}) (hour|day)s?", length)
        if words is None:
            problems.add(("body", "access_length"), f"{length!r} is not a length of access.")
            return None
        seconds = int(words[1]) * _SECONDS[words[2]]
    if seconds is not None and not 0 < seconds <= 100 * 365 * 86400:
        problems.add(("body", "expiration_in_seconds"), "Must be between 1 second and 100 years.")
        return None
    return seconds


def _status(tenant: Tenant, app: Record, wanted: list[Record], target: str) -> str:
    """How far the request gets by itself: to the first person who must act."""
    if _preapproved(tenant, app, wanted, target):
        return "COMPLETED"
    configs: list[dict[str, Any]] = [
        permissions.answer(tenant, p, inherited=True)["request_config"] for p in wanted
    ]
    flow = app["settings"]["request_flow"]
    approvals = [config["request_approval_config"] for config in configs]
    manager = [approval["manager_approval"] == "INITIAL_APPROVAL" for approval in approvals]
    approvers = [any(approval["approvers"].values()) for approval in approvals]
    manual = [config["request_fulfillment_config"]["manual_steps_needed"] for config in configs]
    if any(manager or [flow["require_manager_approval"]]):
        return "PENDING_MANAGER_APPROVAL"
    if any(approvers or [any(flow["approvers"].values())]):
        return "PENDING_APPROVAL"
    if any(manual or [app["settings"]["provisioning"]["manual_steps_needed"]]):
        return "PENDING_MANUAL_PROVISIONING"
    return "COMPLETED"


def _preapproved(tenant: Tenant, app: Record, wanted: list[Record], target: str) -> bool:
    """Whether one rule of the app lets this person have all that is wanted."""
    return any(
        _covers(rule, wanted) and _is_for(tenant, rule, target)
        for rule in tenant.collections["pre_approval_rules"].values()
        if rule["app_id"] == app["id"]
    )


def _covers(rule: Record, wanted: list[Record]) -> bool:
    allowed = {pointer["id"] for pointer in rule["preapproved_permissions"]}
    return not allowed or (bool(wanted) and all(p["id"] in allowed for p in wanted))


def _is_for(tenant: Tenant, rule: Record, target: str) -> bool:
    """A person in one of the groups, or with one of the attributes, of the rule."""
    groups = (tenant.get("groups", pointer["id"]) for pointer in rule["preapproved_groups"])
    attributes = tenant.get("users", target).get("custom_attributes", {})
    return any(target in group.get("member_ids", []) for group in groups) or any(
        attributes.get(wanted["attribute"], {}).get("value") == wanted["value"]
        for wanted in rule["preapproved_users_by_attribute"]
    )
