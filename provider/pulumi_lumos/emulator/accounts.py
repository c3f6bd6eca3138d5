"""Accounts: one for each app that a person has a group of or has been given."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from . import apps
from .requests.answers import time
from .seed_ids import stable_id
from .state import Record, Tenant


def of_user(tenant: Tenant, user: Record) -> list[Record]:
    """The accounts of a person: in apps whose groups they are in, and through requests."""
    kept = tenant.collections["accounts"].values()
    given = [account for account in kept if account["user_id"] == user["id"]]
    known = {account["app_id"] for account in given}
    groups = tenant.collections["groups"].values()
    found = {g["app_id"]: None for g in groups if user["id"] in g.get("member_ids", [])}
    return [_found(user, app_id) for app_id in found if app_id not in known] + given


def of_everybody(tenant: Tenant) -> Iterator[Record]:
    """All accounts, by person."""
    for user in tenant.collections["users"].values():
        yield from of_user(tenant, user)


def answer(tenant: Tenant, account: Record, expand: Collection[str] = ()) -> Record:
    """An account as Lumos answers it; its app only on demand."""
    app = tenant.find("apps", account["app_id"]) if "app" in expand else None
    discovered_at = time(tenant, account.get("discovered_at"))
    shown = apps.answer(app) if app else None
    if shown is not None:
        del shown["custom_attributes"]
    return {**account, "discovered_at": discovered_at, "app": shown}


def _found(user: Record, app_id: str) -> Record:
    """The account that Lumos infers from a person's groups of an app."""
    return {
        "id": stable_id("account", f"{user['id']}/{app_id}"),
        "app_id": app_id,
        "account_type": "USER",
        "status": "ACTIVE" if user["status"] == "ACTIVE" else "SUSPENDED",
        "unique_identifier": user["email"] or user["id"],
        "email": user["email"],
        "user_id": user["id"],
        "sources": ["LUMOS_INTEGRATION"],
    }
