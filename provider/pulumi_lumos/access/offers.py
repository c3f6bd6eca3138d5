"""Reads what a person may ask for: the app, its settings and its permissions.

Settings that a token may not read (403) are left out: the permissions say what holds for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pulumi_lumos.api.errors import Forbidden
from pulumi_lumos.api.paging import identified
from pulumi_lumos.api.paths import path
from pulumi_lumos.api.request import Query

from . import reading
from .errors import NotKnown
from .model import App, AtOnce, Offer, Permission
from .reading import Values, part

if TYPE_CHECKING:
    from pulumi_lumos.api.client import LumosClient

APPS = "/appstore/apps"
SETTINGS = "/appstore/apps/{app_id}/settings"
PERMISSIONS = "/appstore/requestable_permissions"
RULES = "/appstore/pre_approval_rules"
MEMBERS = "/groups/{group_id}/users"


def list_apps(client: LumosClient, search: str) -> list[App]:
    """List the apps that Lumos shows to the person of the token, by name."""
    query = {"name_search": search} if search else {}
    found = [reading.read_app(one) for one in identified(APPS, client.list(APPS, query))]
    return sorted(found, key=lambda app: (app.name.casefold(), app.id))


def read_offer(client: LumosClient, app_id: str, person_id: str) -> Offer:
    """Read what somebody may ask for in one app. Raises NotKnown where Lumos does not show it."""
    found = identified(APPS, client.list(APPS, {"app_id": app_id}))
    app = next((reading.read_app(one) for one in found if one["id"] == app_id), None)
    if app is None:
        raise NotKnown("Lumos does not offer you this app. Ask an administrator of Lumos for it.")
    visible = _visible(client, app_id)
    settings: Values | None = None
    with suppress(Forbidden):
        settings = client.get(path(SETTINGS, app_id=app_id))
    how = _how_given(settings, visible)
    given = _given(settings, visible) if how == "GROUPS_AND_HIDDEN" else []
    allowed = _Allowed(client, person_id)
    choices = allowed.only(visible) if how == "GROUPS_AND_VISIBLE" else []
    if visible and how == "GROUPS_AND_VISIBLE" and not choices:
        raise NotKnown(f"Only people in other groups may ask for permissions of {app.name}.")
    rules = _rules(client, app_id)
    chosen, got = (
        [reading.read_permission(one, rules) for one in found] for found in (choices, given)
    )
    return replace(_offer(app, settings or {}, chosen, got), at_once=_at_once(got, rules))


def _rules(client: LumosClient, app_id: str) -> list[dict[str, Any]]:
    """The pre-approval rules of an app; none where the token may not read them."""
    with suppress(Forbidden):
        return identified(RULES, client.list(RULES, {"app_id": app_id}))
    return []


def _at_once(given: list[Permission], rules: list[dict[str, Any]]) -> tuple[AtOnce, ...]:
    """The rules that cover everything given to people who choose nothing."""
    if not given:
        return reading.rules_for(None, rules)
    first, *others = (one.at_once for one in given)
    return tuple(rule for rule in first if all(rule in other for other in others))


def _visible(client: LumosClient, app_id: str) -> list[dict[str, Any]]:
    query: Query = {"app_id": app_id, "in_app_store": True, "include_inherited_configs": True}
    listed = identified(PERMISSIONS, client.list(PERMISSIONS, query))
    return [one for one in listed if _is_visible(one)]


def _is_visible(permission: Values) -> bool:
    return part(permission, "request_config").get("appstore_visibility") == "VISIBLE"


def _how_given(settings: Values | None, visible: list[Any]) -> str:
    """How much people choose (`groups_provisioning`); if it is unread, all they see is a choice."""
    if settings is None:
        return "GROUPS_AND_VISIBLE" if visible else "DIRECT_TO_USER"
    return str(part(settings, "provisioning").get("groups_provisioning") or "DIRECT_TO_USER")


def _given(settings: Values | None, visible: list[dict[str, Any]]) -> list[Values]:
    """What everybody gets who may not choose: the default permission, else all that are shown."""
    default = part(part(settings or {}, "provisioning"), "default_permission")
    return [default] if default.get("id") else [*visible]


def _offer(app: App, settings: Values, choices: list[Permission], given: list[Permission]) -> Offer:
    flow, provisioning = part(settings, "request_flow"), part(settings, "provisioning")
    stages = (flow.get("approvers"), flow.get("approvers_stage_2"))
    own = reading.read_steps(flow.get("require_manager_approval"), *stages) if settings else None
    default = part(provisioning, "default_permission").get("id")
    return Offer(
        app=app,
        choices=tuple(sorted(choices, key=lambda one: (one.label.casefold(), one.id))),
        given=tuple(given),
        steps=_steps_of(given) if given else own,
        lengths=reading.read_lengths(provisioning.get("time_based_access")),
        instructions=str(settings.get("custom_request_instructions") or ""),
        ask_at=str(settings.get("redirect_url") or ""),
        preselected=str(default or ""),
        default_length=str(provisioning.get("default_time_based_access_option") or ""),
        is_whole=flow.get("response_describes_entire_approval_workflow") is not False,
    )


def _steps_of(given: list[Permission]) -> tuple[Any, ...]:
    """The steps of several permissions, each once."""
    return tuple(dict.fromkeys(step for one in given for step in one.steps))


class _Allowed:
    """Which permissions somebody may ask for; Lumos has no list of the groups of a person."""

    def __init__(self, client: LumosClient, person_id: str) -> None:
        self._client = client
        self._person_id = person_id
        self._is_in: dict[str, bool] = {}

    def only(self, permissions: Iterable[Values]) -> list[Values]:
        return [one for one in permissions if self._may_ask(one)]

    def _may_ask(self, permission: Values) -> bool:
        groups = reading.allowed_groups(part(permission, "request_config"))
        return groups is None or any(self._is_member(group) for group in sorted(groups))

    def _is_member(self, group_id: str) -> bool:
        if group_id not in self._is_in:
            address = path(MEMBERS, group_id=group_id)
            members = self._client.list(address)
            self._is_in[group_id] = any(one.get("id") == self._person_id for one in members)
        return self._is_in[group_id]
