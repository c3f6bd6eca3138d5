"""A large company as a seed of the emulator: many apps in the AppStore, each with permissions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from pulumi_lumos.emulator import apps, permissions, seed_ids
from pulumi_lumos.emulator.seed_ids import stable_id
from pulumi_lumos.emulator.state import Record, Tenant

PEOPLE = 500
DURATIONS: tuple[list[str], ...] = (
    ["2 hours", "7 days"],
    ["30 days"],
    ["2 hours", "Unlimited"],
    [],
)


class Size(NamedTuple):
    """How much of what there is; permissions are counted per app."""

    apps: int = 1_000
    permissions: int = 10
    groups: int = 400
    rules: int = 200
    policies: int = 30


def write_seed(file: Path, size: Size) -> None:
    """Write a seed that `pulumi-lumos serve --seed FILE` takes."""
    file.write_text(json.dumps(large_company(size)), encoding="utf-8")


def large_company(size: Size) -> dict[str, Any]:
    """All objects of the company, the same in every run."""
    tenant = Tenant({})
    tenant.current_user_id = seed_ids.CURRENT_USER_ID
    people = [_person(number) for number in range(PEOPLE)]
    for person in people:
        tenant.add("users", person)
    source = tenant.add("apps", _app("okta.com", "Okta", 0))
    groups = [_group(source, number, people) for number in range(size.groups)]
    for group in groups:
        tenant.add("groups", group)
    stores = [_app("github.com", f"App {number:04}", number + 1) for number in range(size.apps)]
    for number, app in enumerate(stores):
        _furnish(tenant, app, number, groups, people)
        tenant.add("apps", app)
        for place in range(size.permissions):
            tenant.add("permissions", _permission(app, number, place, groups, people))
    _add_rules(tenant, stores, groups, size.rules)
    for number in range(size.policies):
        tenant.add("access_policies", _policy(stores[number], number))
    return tenant.export()


def _person(number: int) -> Record:
    email = f"person{number:03}@acme.example"
    id = seed_ids.CURRENT_USER_ID if number == 0 else stable_id("user", email)
    status = "INACTIVE" if number % 50 == 49 else "ACTIVE"
    names = {"given_name": "Person", "family_name": f"{number:03}"}
    return {"id": id, "email": email, **names, "status": status, "custom_attributes": {}}


def _app(app_class_id: str, name: str, number: int) -> Record:
    app = apps.new(app_class_id, name, category="Developers", instance_id=str(number))
    return {"id": stable_id("app", f"large-{number}"), **app}


def _group(app: Record, number: int, people: list[Record]) -> Record:
    members = [people[(number * 7 + place) % PEOPLE]["id"] for place in range(number % 30)]
    return {
        "id": stable_id("group", f"large-{number}"),
        "app_id": app["id"],
        "source_app_id": app["id"],
        "integration_specific_id": f"00g{number:05}",
        "name": f"Group {number:03}",
        "description": "",
        "group_lifecycle": "SYNCED",
        "member_ids": members,
    }


def _some(items: list[Record], number: int, count: int) -> list[Record]:
    return [{"id": items[(number + place) % len(items)]["id"]} for place in range(count)]


def _furnish(
    tenant: Tenant, app: Record, number: int, groups: list[Record], people: list[Record]
) -> None:
    """Put an app into the AppStore with settings of its own."""
    app["in_app_store"] = True
    flow, provisioning = app["settings"]["request_flow"], app["settings"]["provisioning"]
    flow["admins"] = {"groups": [], "users": _some(people, number, 2 + number % 2)}
    flow["approvers"] = {"groups": _some(groups, number, number % 3), "users": []}
    flow["require_manager_approval"] = number % 4 == 0
    if number % 5 == 0:
        asks = {"type": "SPECIFIED_GROUPS", "groups": _some(groups, number * 3, 2)}
        flow["allowed_groups"] = asks
    provisioning["time_based_access"] = list(DURATIONS[number % len(DURATIONS)])
    provisioning["groups_provisioning"] = "GROUPS_AND_VISIBLE"


def _permission(
    app: Record, number: int, place: int, groups: list[Record], people: list[Record]
) -> Record:
    """A permission; every third has approvers of its own, every fourth durations."""
    made = permissions.new(app, f"Permission {place:02}")
    made["id"] = stable_id("permission", f"large-{number}-{place}")
    config = made["request_config"]
    config["appstore_visibility"] = "HIDDEN" if place == 9 else "VISIBLE"
    fulfillment = config["request_fulfillment_config"]
    fulfillment["provisioning_group"] = _some(groups, number * 10 + place, 1)[0]
    if place % 3 == 0:
        approval = config["request_approval_config"]
        approval["request_approval_config_override"] = True
        approval["approvers"] = {"groups": [], "users": _some(people, number + place, 2)}
    if place % 4 == 0:
        fulfillment["time_based_access_override"] = True
        fulfillment["time_based_access"] = ["4 hours", "Unlimited" if place == 8 else "14 days"]
    return made


def _add_rules(tenant: Tenant, stores: list[Record], groups: list[Record], count: int) -> None:
    for number in range(count):
        app = stores[number % len(stores)]
        tenant.add(
            "pre_approval_rules",
            {
                "id": stable_id("rule", f"large-{number}"),
                "app_id": app["id"],
                "justification": f"Rule {number:03}",
                "time_based_access": ["2 hours"],
                "preapproved_groups": _some(groups, number, 1),
                "preapproved_permissions": [],
                "preapproved_users_by_attribute": [],
                "preapproval_webhooks": [],
            },
        )


def _policy(app: Record, number: int) -> Record:
    return {
        "id": stable_id("policy", f"large-{number}"),
        "name": f"Policy {number:02}",
        "business_justification": "Everybody needs it.",
        "status": "PUBLISHED",
        "is_enabled": True,
        "apps": [{"id": app["id"], "is_preapproved": True, "permissions": []}],
        "access_condition": {},
        "is_everyone_condition": True,
    }
