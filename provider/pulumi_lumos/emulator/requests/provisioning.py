"""Giving access: a webhook, then the group, then what a person has to do by hand."""

from __future__ import annotations

from datetime import timedelta

from pulumi_lumos.emulator.clock import written
from pulumi_lumos.emulator.state import Record, Tenant

from . import grants, journal, people, requestable, tasks, webhooks
from .requestable import Requestable
from .transitions import enter, involved


def begin(tenant: Tenant, request: Record) -> None:
    """Begin once a request is approved."""
    enter(tenant, request, "PENDING_PROVISIONING")


def provision(tenant: Tenant, request: Record) -> None:
    """Give what can be given automatically, and ask the admins of the app for the rest."""
    app = tenant.get("apps", request["app_id"])
    desired = requestable.of_request(tenant, request)
    by_hand = {one: _give(tenant, request, app, one) for one in desired}
    if not any(by_hand.values()):
        enter(tenant, request, "PROVISIONED")
        return
    enter(tenant, request, "PENDING_MANUAL_PROVISIONING")
    for one, reason in by_hand.items():
        if reason:
            description = f"{tasks.describe(tenant, request, [one])} {reason}"
            admins = people.admins_of(app)
            tasks.open_task(tenant, request, "PROVISIONING", admins, description, one)


def confirm(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """Note that somebody has done by hand what a task asked for."""
    tasks.close_task(tenant, task, "COMPLETED", by)
    request["supporter_user"] = {"id": by}
    event = "MANUAL_CONFIRM_PROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, by, task_id=task["id"])
    if not tasks.open_of_request(tenant, request):
        enter(tenant, request, "PROVISIONED")


def refuse(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """End a request that an admin refuses to provision, and take back what it gave."""
    reason = tasks.last_comment(task, by)
    tasks.close_all(tenant, request, "DISMISSED", by)
    grants.take_back(tenant, request)
    request["supporter_user"] = {"id": by}
    enter(tenant, request, "DENIED_PROVISIONING", reason)
    event = "MANUAL_DENY_PROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, by, task_id=task["id"])
    text = f"{people.name_of(tenant, by)} has not given access to {request['app_name']}."
    journal.tell(tenant, involved(request), "denied", f"{text} {reason or ''}".strip(), request)


def finish(tenant: Tenant, request: Record) -> None:
    """End the request; the time of access begins "after provisioning" (API document)."""
    grants.hold_account(tenant, request)
    seconds = request["expiration_in_seconds"]
    if seconds is not None:
        request["expires_at"] = written(tenant.clock.now() + timedelta(seconds=seconds))
    enter(tenant, request, "COMPLETED")
    until = f" until {request['expires_at']} UTC" if seconds is not None else ""
    target = people.name_of(tenant, request["target_user"]["id"])
    text = f"{target} has access to {request['app_name']}{until}."
    journal.tell(tenant, involved(request), "completed", text, request)


def _give(tenant: Tenant, request: Record, app: Record, one: Requestable) -> str:
    """Give one thing automatically; return why a person still has to act, or nothing.

    After a webhook that fails, Lumos still assigns the group and "always" asks a person too (help
    center, "Webhook FAQs"). An app that Lumos is connected to gets an account where no group
    brings one.
    """
    reasons = []
    if one.provisioning_webhook:
        reasons.append(_call_webhook(tenant, request, app, one, one.provisioning_webhook))
    if one.group_id:
        joined = grants.join(tenant, request, one.permission_id, one.group_id)
        reasons.append(_automated(tenant, request, one, joined))
    elif app["connected"]:
        works = grants.automation_works(tenant, app["id"])
        reasons.append(_automated(tenant, request, one, works))
    if not reasons:
        reasons.append("Nothing does this automatically: give the access, then confirm.")
    if "" in reasons:
        grants.hold_account(tenant, request)
    if one.manual_steps:
        reasons.append("It needs manual steps: do them, then confirm.")
    return " ".join(reason for reason in reasons if reason)


def _call_webhook(
    tenant: Tenant, request: Record, app: Record, one: Requestable, webhook_id: str
) -> str:
    people_of = (request["requester_user"]["id"], request["target_user"]["id"])
    said = webhooks.call(tenant, webhook_id, app, [one], people_of)
    event = "INLINE_WEBHOOK_PROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, succeeded=said.agrees, permission=one.label)
    return "" if said.agrees else f"The provisioning webhook failed ({said.outcome})."


def _automated(tenant: Tenant, request: Record, one: Requestable, works: bool) -> str:
    event = "AUTOMATIC_PROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, succeeded=works, permission=one.label)
    return "" if works else "Automatic provisioning failed: give the access, then confirm."
