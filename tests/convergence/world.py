"""What random programs are about: apps of the demo company, and what may be pointed at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pulumi_lumos.declare.endpoints import Endpoints
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.emulator import seed_ids
from pulumi_lumos.kinds import kinds

from ..drivers.tenant import Tenant
from ..kinds import FACTS

Values = dict[str, Any]

DURATIONS = ["2 hours", "7 days", "30 days", "Unlimited"]
TEXTS = {
    "category": ["Internal", "Other"],
    "time_based_access": DURATIONS,
    "default_time_based_access_option": DURATIONS,
    "redirect_url": ["https://intranet.acme.example/a", "http://b.example/?q=%C3%A4#x"],
}
"""Texts that are not free: Lumos, or a rule, takes these."""
FREE_TEXTS = ["One.", "Two, with **Markdown**.\n", "Drei «—» 四 \U0001f511", " "]
OF_THE_APP = {"app_class_id": "app_class_id", "app_instance_id": "instance_id"}
"""Fields that repeat what an app is, by the app's own name for them."""

IN_THE_APP_STORE = [
    seed_ids.SALESFORCE_APP_ID,
    seed_ids.GITHUB_APP_ID,
    seed_ids.AWS_APP_ID,
    seed_ids.SLACK_APP_ID,
]
"""The apps whose settings programs manage: nothing else of them is, since settings hide it."""
WITH_PERMISSIONS = [seed_ids.OKTA_APP_ID, seed_ids.GOOGLE_WORKSPACE_APP_ID]
"""The apps that programs give permissions, and what belongs to those."""


def refusals(values: Values) -> list[tuple[str, str]]:
    """What Lumos refuses though no rule speaks of it, because it depends on what Lumos holds."""
    provisioning = values.get("provisioning") or {}
    chosen = provisioning.get("default_time_based_access_option")
    if chosen and "time_based_access" not in provisioning:
        return [("provisioning.time_based_access", "what Lumos holds may lack the default")]
    return []


@dataclass(frozen=True)
class Place:
    """What one resource may be and point at: apps that no other resource of its kind has."""

    kind: str
    apps: list[str]
    texts: dict[str, dict[str, str]]
    permissions: dict[str, list[str]]
    sources: list[str]
    """The permissions that it may be attached to, which nothing else manages."""
    names: list[str]
    """The texts that name it for people, which no other resource takes."""

    @property
    def spec(self) -> ResourceSpec:
        """What its kind declares."""
        spec: ResourceSpec = kinds()[self.kind].spec
        return spec

    @property
    def endpoints(self) -> Endpoints:
        """Where the objects of its kind are made and changed."""
        endpoints: Endpoints = kinds()[self.kind].lifecycle.adopts.endpoints
        return endpoints


def furnish(tenant: Tenant) -> list[str]:
    """Give each app a permission that nobody manages; their ids."""
    tenant.remove_from_app_store(seed_ids.SLACK_APP_ID)
    apps = [*IN_THE_APP_STORE, *WITH_PERMISSIONS]
    made = [tenant.add_permission(app, "Nobody manages this")["id"] for app in apps]
    show(tenant, made)
    grant = {"provisioning": {"groups_provisioning": "GROUPS_AND_VISIBLE"}}
    for app in WITH_PERMISSIONS:
        tenant.call("PATCH", f"/apps/{app}/settings", {"in_app_store": True, **grant})
    return made


def granted_by_groups(given: Values) -> bool:
    """Whether these settings of an app need a permission that people see."""
    how = (given.get("provisioning") or {}).get("groups_provisioning")
    return how in ("GROUPS_AND_HIDDEN", "GROUPS_AND_VISIBLE")


def show(tenant: Tenant, permissions: list[str]) -> None:
    """Let people see these permissions, whatever their app grants.

    Lumos takes `GROUPS_*` for apps with a visible permission only, and hides all with
    `DIRECT_TO_USER`.
    """
    name = "visible_under_direct_to_user"
    switches = tenant.call("GET", "/_emulator/switches")
    tenant.switch(**{name: "allow"})
    for id in permissions:
        tenant.edit_permission(id, request_config={"appstore_visibility": "VISIBLE"})
    tenant.switch(**{name: switches[name]})


def places(tenant: Tenant) -> dict[str, Place]:
    """Two resources of every kind, by name."""
    state = tenant.state()
    texts = {
        id: {field: app[name] for field, name in OF_THE_APP.items()}
        for id, app in state["apps"].items()
    }
    permissions: dict[str, list[str]] = {id: [] for id in texts}
    for id, permission in state["permissions"].items():
        permissions[permission["app_id"]].append(id)
    found = {}
    for kind in sorted(kinds()):
        for number in (0, 1):
            name = f"{kind}-{number}"
            sources = [
                tenant.add_permission(app, f"{name} source", appstore_visibility=visibility)["id"]
                for app, visibility in zip(WITH_PERMISSIONS, ("VISIBLE", "HIDDEN"), strict=True)
                if FACTS[kind].stands_on_a_permission
            ]
            own = IN_THE_APP_STORE[2 * number :][:2]
            apps = own if FACTS[kind].one_to_an_app else WITH_PERMISSIONS
            names = [f"{name} one", f"{name} two"]
            found[name] = Place(kind, apps, texts, permissions, sources, names)
    return found
