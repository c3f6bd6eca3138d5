"""What a request has given somebody: membership of groups, and an account of the app.

Only the request that added a membership takes it away, unless another request that gives the same
takes it over. The third party has it too, so that a sync does not undo it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_lumos.emulator.seed_ids import stable_id
from pulumi_lumos.emulator.state import Record, Tenant

HELD = ("ACCESS_CREATED", "ACTIVE")
"""The statuses of an account through which somebody has access."""


def automation_works(tenant: Tenant, app_id: str) -> bool:
    """Whether a third party does what Lumos asks of it; PUT /_emulator/apps/{id}/automation."""
    app = tenant.find("apps", app_id)
    return app is not None and app.get("automation", "works") == "works"


def join(tenant: Tenant, request: Record, permission_id: str | None, group_id: str) -> bool:
    """Put somebody into a group; False when the app that owns the group refuses."""
    group = tenant.find("groups", group_id)
    if group is None or not automation_works(tenant, group["app_id"]):
        return False
    user_id = request["target_user"]["id"]
    joined = user_id not in group["member_ids"]
    if joined:
        for members in _member_lists(tenant, group):
            members.append(user_id)
    given = {"id": group_id, "permission_id": permission_id, "joined": joined}
    request["given"]["groups"].append(given)
    tenant.touch()
    return True


def leave(tenant: Tenant, request: Record, given: Record) -> None:
    """Take somebody out of a group that a request gave, unless another request gives it too."""
    request["given"]["groups"].remove(given)
    tenant.touch()
    if not given["joined"]:
        return
    for other in _others_of(tenant, request):
        for same in other["given"]["groups"]:
            if same["id"] == given["id"]:
                same["joined"] = True
                return
    group = tenant.find("groups", given["id"])
    if group is not None:
        for members in _member_lists(tenant, group):
            if request["target_user"]["id"] in members:
                members.remove(request["target_user"]["id"])


def take_back(tenant: Tenant, request: Record, account_status: str = "DEPROVISIONED") -> None:
    """Take away everything that a request gave."""
    for given in list(request["given"]["groups"]):
        leave(tenant, request, given)
    let_go_of_account(tenant, request, account_status)


def hold_account(tenant: Tenant, request: Record) -> None:
    """Let somebody have an account of the app, and note that this request gives it."""
    user = tenant.get("users", request["target_user"]["id"])
    account_id = stable_id("account", f"{user['id']}/{request['app_id']}")
    account = tenant.find("accounts", account_id)
    if account is None:
        account = tenant.add("accounts", _account(tenant, account_id, user, request["app_id"]))
    if account["status"] not in HELD:
        account["status"] = "ACCESS_CREATED"
    request["given"]["account_id"] = account_id
    tenant.touch()


def mark_account(tenant: Tenant, request: Record, status: str) -> None:
    """Give the account another status, unless another request gives it too."""
    account = tenant.find("accounts", request["given"]["account_id"])
    others = (other["given"]["account_id"] for other in _others_of(tenant, request))
    if account is not None and account["id"] not in others:
        account["status"] = status
        tenant.touch()


def let_go_of_account(tenant: Tenant, request: Record, status: str) -> None:
    """Give the account a status, and note that the request no longer gives it."""
    mark_account(tenant, request, status)
    request["given"]["account_id"] = None


def _others_of(tenant: Tenant, request: Record) -> Iterator[Record]:
    """The other requests for the same person."""
    for other in tenant.collections["access_requests"].values():
        if other is not request and other["target_user"] == request["target_user"]:
            yield other


def _member_lists(tenant: Tenant, group: Record) -> Iterator[list[str]]:
    """The members of a group as Lumos has them, and as its third party does."""
    yield group["member_ids"]
    sources = tenant.get("apps", group["app_id"])["source_groups"]
    source = sources.get(group["integration_specific_id"])
    if source is not None and source["member_ids"] is not group["member_ids"]:
        yield source["member_ids"]


def _account(tenant: Tenant, account_id: str, user: Record, app_id: str) -> Record:
    return {
        "id": account_id,
        "app_id": app_id,
        "account_type": "USER",
        "status": "ACCESS_CREATED",
        "unique_identifier": user["email"] or user["id"],
        "email": user["email"],
        "user_id": user["id"],
        "discovered_at": tenant.clock.text(),
        "sources": ["LUMOS_INTEGRATION"],
    }
