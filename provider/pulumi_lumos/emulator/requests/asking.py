"""Making requests: one for all things that the same people decide."""

from __future__ import annotations

from collections import defaultdict

from pulumi_lumos.emulator import wire
from pulumi_lumos.emulator.callers import Caller
from pulumi_lumos.emulator.state import Record, Tenant

from . import eligibility, journal, lifecycle, people, pre_approval, records, webhooks
from .eligibility import Asked
from .process import Process
from .requestable import Requestable


def ask(tenant: Tenant, caller: Caller, body: wire.CreateAccessRequestInput) -> list[Record]:
    """Make the requests of one call, all or none, and let each go as far as it gets by itself."""
    asked = eligibility.check(tenant, caller, body)
    made = [_make(tenant, asked, rule_id, part) for rule_id, part in _parts(tenant, asked)]
    for request in made:
        lifecycle.run(tenant, request)
    return made


def _parts(tenant: Tenant, asked: Asked) -> list[tuple[str | None, list[Requestable]]]:
    """Group what is asked for by the pre-approval rule that covers it, else by its approvers."""
    agreed: dict[str, bool] = {}
    parts: dict[tuple[str | None, Process], list[Requestable]] = defaultdict(list)
    for one in asked.desired:
        rule_id = _covering_rule(tenant, asked, one, agreed)
        parts[rule_id, Process() if rule_id else one.process].append(one)
    return [(rule_id, things) for (rule_id, _), things in parts.items()]


def _covering_rule(
    tenant: Tenant, asked: Asked, one: Requestable, agreed: dict[str, bool]
) -> str | None:
    """The first rule of the app that gives the person a thing without a decision."""
    receiver = people.receiver(tenant, asked.target_id)
    for rule in tenant.collections["pre_approval_rules"].values():
        if rule["app_id"] == asked.app["id"] and pre_approval.covers(
            rule,
            receiver,
            permission_id=one.permission_id,
            length=asked.length.label,
            without_people=tenant.switches["rule_without_people"],
        ):
            if rule["id"] not in agreed:
                agreed[rule["id"]] = _webhooks_agree(tenant, asked, rule, one)
            if agreed[rule["id"]]:
                return str(rule["id"])
    return None


def _webhooks_agree(tenant: Tenant, asked: Asked, rule: Record, one: Requestable) -> bool:
    """Whether all webhooks of a rule say yes; a missing answer is not a yes."""
    parties = (asked.requester_id, asked.target_id)
    answers = [
        webhooks.call(tenant, pointer["id"], asked.app, [one], parties).agrees
        for pointer in rule["preapproval_webhooks"]
    ]
    return all(answers)


def _make(tenant: Tenant, asked: Asked, rule_id: str | None, things: list[Requestable]) -> Record:
    now = tenant.clock.text()
    pointers = [{"id": one.permission_id} for one in things if one.permission_id]
    request = {
        **records.blank_request({}),
        "app_id": asked.app["id"],
        "app_name": asked.app["user_friendly_label"],
        "requester_user": {"id": asked.requester_id},
        "target_user": {"id": asked.target_id},
        "status": "PENDING",
        "notes": {"PENDING": asked.reason} if asked.reason else {},
        "requested_at": now,
        "entered_at": now,
        "expiration_in_seconds": asked.length.seconds,
        "access_length": asked.length.label,
        "requestable_permissions": pointers,
        "for_permissions": bool(pointers),
        "pre_approved_by": rule_id,
    }
    tenant.add("access_requests", request)
    journal.log(tenant, "CREATE_ACCESS_REQUEST", request, asked.requester_id)
    return request
