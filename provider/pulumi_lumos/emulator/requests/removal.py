"""Taking access away, when its time is up or when somebody undoes the request."""

from __future__ import annotations

from pulumi_lumos.emulator.state import Record, Tenant

from . import grants, journal, people, requestable, tasks, webhooks
from .requestable import Requestable
from .transitions import enter, involved


def begin(tenant: Tenant, request: Record) -> None:
    """End the access of a request whose time is up, unless a later request gives it too."""
    desired = requestable.of_request(tenant, request)
    if desired and all(_lasts_elsewhere(tenant, request, one) for one in desired):
        grants.take_back(tenant, request)
        enter(tenant, request, "TIME_BASED_EXPIRED_CANCELLED")
    else:
        enter(tenant, request, "PENDING_DEPROVISIONING")


def remove(tenant: Tenant, request: Record) -> None:
    """Take away what can be taken automatically, and ask the admins of the app for the rest."""
    desired = requestable.of_request(tenant, request)
    ending = [one for one in desired if not _lasts_elsewhere(tenant, request, one)]
    by_group = bool(request["given"]["groups"])
    by_hand = {one: _take(tenant, request, one) for one in ending}
    if not any(by_hand.values()):
        _removed(tenant, request, "ACCESS_REMOVED" if by_group else "DEPROVISIONED")
        return
    grants.mark_account(tenant, request, "WAITING_MANUAL_REMOVAL")
    enter(tenant, request, "PENDING_MANUAL_DEPROVISIONING")
    admins = people.admins_of(tenant.get("apps", request["app_id"]))
    target = people.name_of(tenant, request["target_user"]["id"])
    for one, reason in by_hand.items():
        if reason:
            what = f"{one.label} of {request['app_name']}" if one.permission_id else one.label
            description = f"Take {what} from {target}: the time is up. {reason}"
            tasks.open_task(tenant, request, "DEPROVISIONING", admins, description, one)


def confirm(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """Note that somebody has taken the access away by hand."""
    tasks.close_task(tenant, task, "COMPLETED", by)
    request["supporter_user"] = {"id": by}
    event = "MANUAL_CONFIRM_DEPROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, by, task_id=task["id"])
    if not tasks.open_of_request(tenant, request):
        _removed(tenant, request, "MANUALLY_REMOVED")


def give_up(tenant: Tenant, request: Record, task: Record, by: str) -> None:
    """End a request whose access nobody takes away: the person keeps it."""
    reason = tasks.last_comment(task, by)
    tasks.close_all(tenant, request, "DISMISSED", by)
    request["supporter_user"] = {"id": by}
    grants.mark_account(tenant, request, "ACCESS_CREATED")
    enter(tenant, request, "TIME_BASED_EXPIRED_FAILED", reason)
    event = "MANUAL_DENY_DEPROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, by, task_id=task["id"])


def revert(tenant: Tenant, request: Record) -> None:
    """Undo a request (the screens' "Undo an action", for which the API has no call)."""
    grants.take_back(tenant, request)
    enter(tenant, request, "REVERTED")
    journal.log(tenant, "REVERT_ACCESS_REQUEST", request)


def _removed(tenant: Tenant, request: Record, account_status: str) -> None:
    grants.take_back(tenant, request, account_status)
    enter(tenant, request, "TIME_BASED_EXPIRED")
    target = people.name_of(tenant, request["target_user"]["id"])
    text = f"{target} no longer has access to {request['app_name']}: the time is up."
    journal.tell(tenant, involved(request), "access_ended", text, request)


def _take(tenant: Tenant, request: Record, one: Requestable) -> str:
    """Take one thing away automatically; return why a person still has to act, or nothing."""
    app = tenant.get("apps", request["app_id"])
    own = [g for g in request["given"]["groups"] if g["permission_id"] == one.permission_id]
    reasons = []
    if one.removal_webhook:
        parties = (request["requester_user"]["id"], request["target_user"]["id"])
        said = webhooks.call(tenant, one.removal_webhook, app, [one], parties)
        reasons.append("" if said.agrees else f"The removal webhook failed ({said.outcome}).")
    for given in own:
        group = tenant.find("groups", given["id"])
        works = group is None or grants.automation_works(tenant, group["app_id"])
        if works:
            grants.leave(tenant, request, given)
        reasons.append("" if works else "Automatic removal failed.")
    if not own and app["connected"]:
        works = grants.automation_works(tenant, app["id"])
        reasons.append("" if works else "Automatic removal failed.")
    if not reasons:
        reasons.append("Nothing does this automatically.")
    trouble = " ".join(reason for reason in reasons if reason)
    event = "AUTOMATIC_DEPROVISIONING_FOR_ACCESS_REQUEST"
    journal.log(tenant, event, request, succeeded=not trouble, permission=one.label)
    return trouble


def _lasts_elsewhere(tenant: Tenant, request: Record, one: Requestable) -> bool:
    """Whether another request gives the same thing to the same person for longer."""
    return any(
        other["status"] == "COMPLETED"
        and other is not request
        and other["app_id"] == request["app_id"]
        and other["target_user"] == request["target_user"]
        and (other["expires_at"] is None or other["expires_at"] > request["expires_at"])
        and _gives(other, one)
        for other in tenant.collections["access_requests"].values()
    )


def _gives(request: Record, one: Requestable) -> bool:
    if one.permission_id is None:
        return not request["for_permissions"]
    return {"id": one.permission_id} in request["requestable_permissions"]
