"""Syncs: how groups of a third party become groups and permissions in Lumos."""

from __future__ import annotations

import asyncio

from . import permissions
from .references import PERMISSION_REFERENCES
from .refusal import RefusalError
from .requests import cancelling
from .seed_ids import stable_id
from .state import Record, Tenant


def start(tenant: Tenant, app: Record) -> None:
    """Begin a sync, which ends after switch sync_seconds.

    400 for an app without a connection, 409 while one runs (Lumos API document).
    """
    if not app["connected"]:
        raise RefusalError(400, "The app is not connected, so there is nothing to sync.")
    if app["sync_status"] == "SYNCING":
        raise RefusalError(409, "A sync of this app is already running.")
    app["sync_status"] = "SYNCING"
    tenant.touch()
    seconds = tenant.switches["sync_seconds"]
    asyncio.get_running_loop().call_later(seconds, finish, tenant, app)


def finish(tenant: Tenant, app: Record) -> None:
    """Let Lumos have exactly the groups that the third party has now."""
    if tenant.find("apps", app["id"]) is not app:
        return  # the tenant was reset while the sync ran
    known = {
        group["integration_specific_id"]: group
        for group in tenant.collections["groups"].values()
        if group["app_id"] == app["id"] and group["group_lifecycle"] == "SYNCED"
    }
    made_of = _permissions_by_group(tenant, app)
    for source_id in known.keys() - app["source_groups"].keys():
        _remove(tenant, known[source_id], made_of.get(known[source_id]["id"]))
    for source_id, source in app["source_groups"].items():
        group = known.get(source_id)
        if group is None:
            add_group(tenant, app, source_id, source)
        elif group["id"] in made_of:
            group.update(source)
            made_of[group["id"]]["label"] = source["name"]
        else:
            group.update(source)
            _add_permission(tenant, app, group)
    app["sync_status"] = "SUCCESS"
    tenant.touch()


def finish_interrupted(tenant: Tenant) -> None:
    """End the syncs that the state of a tenant was saved in the middle of.

    The timer of a sync ends with the process, so nothing else would ever end them.
    """
    for app in list(tenant.collections["apps"].values()):
        if app["sync_status"] == "SYNCING":
            finish(tenant, app)


def add_group(tenant: Tenant, app: Record, source_id: str, source: Record) -> Record:
    """Add a group to Lumos, with the SYNCED permission that Lumos makes for each group."""
    group = tenant.add(
        "groups",
        {
            "id": stable_id("group", f"{app['id']}/{source_id}"),
            "app_id": app["id"],
            "integration_specific_id": source_id,
            "group_lifecycle": "SYNCED",
            "source_app_id": app["id"],
            **source,
        },
    )
    _add_permission(tenant, app, group)
    return group


def _add_permission(tenant: Tenant, app: Record, group: Record) -> None:
    permission = permissions.new(app, group["name"], "SYNCED")
    permission["id"] = stable_id("synced-permission", group["id"])
    fulfillment = permission["request_config"]["request_fulfillment_config"]
    fulfillment["provisioning_group"] = {"id": group["id"]}
    tenant.add("permissions", permission)


def _permissions_by_group(tenant: Tenant, app: Record) -> dict[str, Record]:
    """The SYNCED permissions of an app by the group that each grants.

    Ids would not do: a seed made by hand gives a permission any id, or a group none.
    """
    found = {}
    for permission in tenant.permissions_of(app["id"]):
        granted = permission["request_config"]["request_fulfillment_config"]["provisioning_group"]
        if permission["type"] == "SYNCED" and granted is not None:
            found[granted["id"]] = permission
    return found


def _remove(tenant: Tenant, group: Record, permission: Record | None) -> None:
    """Forget a group that is gone from its source, and drop the pointers to it."""
    if permission is not None:
        permissions.delete(tenant, permission["id"])
        cancelling.end_without_permission(tenant, permission["id"])
    tenant.remove("groups", group["id"])
    permissions.forget(tenant, group["id"])
    for other in tenant.collections["permissions"].values():
        permissions.drop_pointers(other["request_config"], PERMISSION_REFERENCES, group["id"])
