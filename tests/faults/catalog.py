"""A catalog with all kinds in it, in two versions, and what Lumos holds once it is there."""

from __future__ import annotations

import json
import re
from typing import Any

from pulumi_lumos.emulator import seed_ids

from ..drivers.played_engine import Program, Values
from ..drivers.tenant import Tenant
from ..kinds import KINDS, make_room, samples
from ..kinds.values import by_id

READER = "Reader"


def _permission(label: str, **given: Any) -> tuple[str, Values]:
    permission = {"app_id": seed_ids.GITHUB_APP_ID, "label": label, **given}
    return "RequestablePermission", permission


def _in_group(name: str) -> Values:
    return {
        "appstore_visibility": "VISIBLE",
        "request_fulfillment_config": {"provisioning_group": by_id(name)},
    }


def _adopted(message: str) -> tuple[str, Values]:
    fulfillment = {"manual_steps_needed": True, "manual_instructions": message}
    config = {"request_fulfillment_config": fulfillment}
    return _permission(READER, adopt=True, request_config=config)


FIRST: Program = {
    **{kind: (kind, samples(kind)[0]) for kind in KINDS},
    "adopted": _adopted("Invite the person."),
    "replaced": _permission("Maintainer", request_config=_in_group("IT")),
    "dropped": _permission("Triage"),
}
SECOND: Program = {
    # An app that gives access through groups needs a visible permission, which comes first here.
    **{kind: (kind, samples(kind)[1]) for kind in sorted(KINDS, reverse=True)},
    "adopted": _adopted("Invite the person to the team."),
    "replaced": _permission("Maintainer", request_config=_in_group("Engineering")),
    "added": _permission("Owner"),
}


def prepare(tenant: Tenant) -> None:
    """What the catalog finds there: an app not in the AppStore, a permission made by hand."""
    for kind in KINDS:
        make_room(tenant, kind)
    tenant.add_permission(seed_ids.GITHUB_APP_ID, READER, appstore_visibility="VISIBLE")
    tenant.forget_requests()


def catalog(tenant: Tenant) -> Values:
    """All that Lumos holds, with each object that is not of the seed under its name, not its id.

    Two objects of one name stay two.
    """
    state = tenant.state()
    names = {
        id: f"<{thing.get('label') or thing.get('justification') or _name(thing)}>".replace(
            f"{id[:8]})", "<id>)"
        )
        for objects in (
            state["permissions"],
            state["pre_approval_rules"],
            state["access_policies"],
            {id: app for id, app in state["apps"].items() if app["connection_source"] == "API"},
        )
        for id, thing in objects.items()
    }
    # A permission that has stepped aside has a part of its id in its label.
    names |= {f"{id[:8]})": "<id>)" for id in state["permissions"]}
    text = json.dumps({name: _listed(objects) for name, objects in state.items()})
    text = re.sub("|".join(map(re.escape, names)), lambda found: names[found[0]], text)
    held: Values = _sorted(json.loads(text))
    return held


def _name(thing: Values) -> Any:
    return thing.get("name") or thing["user_friendly_label"]


def _listed(objects: Any) -> Any:
    return list(objects.values()) if isinstance(objects, dict) else objects


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items() if name != "updated_at"}
    if not isinstance(value, list):
        return value
    items = [_sorted(item) for item in value]
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
