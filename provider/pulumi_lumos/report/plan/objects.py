"""Applies each kind's create, update and delete to a copy of what was read from Lumos.

Every kind takes the old inputs, the new inputs and the recorded state. The result has to be what
the emulator and the provider make of the same steps.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.spec import ResourceSpec
from pulumi_lumos.kinds import kinds
from pulumi_lumos.lifecycle.adoption import ADOPT, BEFORE_ADOPTION
from pulumi_lumos.report.model import Unknown
from pulumi_lumos.report.population import Population, Values
from pulumi_lumos.report.reading import OWN, Reader, read_permissions_of

from .inheriting import merge_stages, own_of
from .laying import lay_over
from .names import Names
from .steps import Later, PlanStep


def spec_of(kind: str) -> ResourceSpec:
    """The spec of a kind."""
    spec: ResourceSpec = kinds()[kind].spec
    return spec


@dataclass
class World:
    """Lumos as the plan leaves it so far; permissions hold only their own configuration."""

    after: Population
    before: Population
    reader: Reader
    names: Names
    ids: dict[str, str] = field(default_factory=dict)
    """The object of Lumos that a resource of the plan stands for, by URN."""
    leaving: set[str] = field(default_factory=set)
    """The objects that this plan deletes: a search by key skips them."""

    def id_of(self, value: Any) -> str | Unknown:
        """The id that a pointer of the program means."""
        if isinstance(value, Later):
            return self.ids.get(value.urn, value.urn) if value.urn else value
        return value if isinstance(value, Unknown) else str(value)

    def permission(self, id: str) -> Values | None:
        """The permission of an id, also of an app that is not in the AppStore."""
        return self.after.permissions.get(id) or self.after.elsewhere.get(id)

    def keep_permission(self, permission: Values) -> None:
        """Remember a permission, beside those of its app."""
        is_in = permission["app_id"] in self.after.apps
        place = self.after.permissions if is_in else self.after.elsewhere
        place[str(permission["id"])] = permission

    def forget_permission(self, id: str) -> None:
        """Drop a permission and its pointers; a rule without any then covers its app."""
        self.after.permissions.pop(id, None)
        self.after.elsewhere.pop(id, None)
        for rule in self.after.rules.values():
            pointers = rule.get("preapproved_permissions") or []
            rule["preapproved_permissions"] = [one for one in pointers if _id(one) != id]
        for policy in self.after.policies.values():
            for app in policy.get("apps") or ():
                named = app.get("permissions") or []
                if named and all(_id(one) == id for one in named):
                    app["permissions"] = [{"id": id}]  # An empty list would give the whole app.
                else:
                    app["permissions"] = [one for one in named if _id(one) != id]


def _id(pointer: Any) -> Any:
    return pointer.get("id") if isinstance(pointer, Mapping) else pointer


def own_permissions(world: World, app_id: str) -> dict[str, Values]:
    """Read the permissions of an app with their own configuration, a hundred on a page."""
    return {str(one["id"]): one for one in read_permissions_of(world.reader, app_id, OWN)}


def adopted(step: PlanStep, candidates: Mapping[str, Values], world: World) -> Values | None:
    """The object that a create takes over: the adopted one, or one equal to what it would make."""
    spec, given = spec_of(step.kind), step.new
    if isinstance(given.get(ADOPT), str):
        return candidates.get(given[ADOPT])
    found = [
        one
        for id, one in candidates.items()
        if id not in world.leaving
        and all(_same(one.get(name), world.id_of(given.get(name))) for name in spec.key)
    ]
    return found[0] if len(found) == 1 else None


def _same(live: Any, desired: Any) -> bool:
    return not isinstance(desired, Unknown) and str(live) == str(desired)


class PlannedApps:
    """Apps of the AppStore with their settings."""

    def create(self, world: World, step: PlanStep) -> None:
        app_id = world.id_of(step.new.get("app_id"))
        if isinstance(app_id, Unknown):
            app_id = step.urn
        world.ids[step.urn] = app_id
        if app_id not in world.after.apps:
            self._open(world, step, app_id)
        self._lay(world, app_id, {}, step.new)

    def update(self, world: World, step: PlanStep) -> None:
        world.ids[step.urn] = step.id
        if step.id in world.after.apps:
            self._lay(world, step.id, step.old, step.new)

    def delete(self, world: World, step: PlanStep) -> None:
        if BEFORE_ADOPTION in step.recorded and step.id in world.after.apps:
            self._lay(world, step.id, step.old, step.recorded[BEFORE_ADOPTION])
            return
        world.after.apps.pop(step.id, None)
        world.after.settings.pop(step.id, None)
        for id in [one["id"] for one in world.after.permissions_of(step.id)]:
            world.after.elsewhere[id] = world.after.permissions.pop(id)

    def _open(self, world: World, step: PlanStep, app_id: str) -> None:
        """Put an app into the AppStore, with the settings and permissions that it has there."""
        app: Values = {"id": app_id, "user_friendly_label": step.name}
        settings: Values = {}
        if not app_id.startswith("urn:"):
            what = f"the app {app_id}"
            app = world.reader.find(what, path("/apps/{app_id}", app_id=app_id)) or app
            there = path("/apps/{app_id}/settings", app_id=app_id)
            settings = world.reader.find(f"the settings of {what}", there) or settings
            for id, one in own_permissions(world, app_id).items():
                world.after.elsewhere.pop(id, None)
                world.after.permissions[id] = one
        world.after.apps[app_id] = app
        world.after.settings[app_id] = settings

    def _lay(self, world: World, app_id: str, old: Values, new: Values) -> None:
        shape = spec_of("AppStoreApp").shape
        settings = lay_over(shape, world.after.settings[app_id], old, new)
        merge_stages(settings.get("request_flow") or {})
        provisioning = settings.get("provisioning") or {}
        default = provisioning.get("default_time_based_access_option")
        if default and default not in (provisioning.get("time_based_access") or ()):
            provisioning["default_time_based_access_option"] = None
        world.names.complete(settings)
        world.after.settings[app_id] = settings


class PlannedPermissions:
    """Requestable permissions."""

    def create(self, world: World, step: PlanStep) -> None:
        known = {**world.after.elsewhere, **world.after.permissions}
        there = adopted(step, known, world)
        app_id = world.id_of(step.new.get("app_id"))
        live = there or {"id": step.urn, "type": "NATIVE", "app_id": str(_plain(app_id, step.urn))}
        world.ids[step.urn] = str(live["id"])
        lay_permission(world, live, {}, step.new)

    def update(self, world: World, step: PlanStep) -> None:
        world.ids[step.urn] = step.id
        live = world.permission(step.id)
        if live:
            lay_permission(world, live, step.old, step.new)

    def delete(self, world: World, step: PlanStep) -> None:
        remove_permission(world, step.id, step.old, step.recorded)


def _plain(value: str | Unknown, otherwise: str) -> str:
    return otherwise if isinstance(value, Unknown) else value


def lay_permission(world: World, live: Values, old: Values, new: Values, **fields: Any) -> Values:
    """A permission with the fields of a program; `fields` are added, such as another id."""
    shape = spec_of("RequestablePermission").shape
    changed = {**lay_over(shape, live, old, new), **fields}
    changed["app_id"] = live["app_id"]
    config = changed.setdefault("request_config", {}) or {}
    merge_stages(config.get("request_approval_config") or {})
    world.names.complete(changed)
    world.keep_permission(changed)
    return changed


def remove_permission(world: World, id: str, old: Values, recorded: Values) -> None:
    """Delete a permission, hide it, or give it back as it was found, as its state says."""
    live = world.permission(id)
    if live is None:
        return
    if BEFORE_ADOPTION in recorded:
        lay_permission(world, live, old, recorded[BEFORE_ADOPTION])
    elif old.get("deletion_policy") == "hide":
        show(live, "HIDDEN")
    else:
        world.forget_permission(id)


def show(permission: Values, visibility: str) -> None:
    """Show or hide a permission."""
    permission.setdefault("request_config", {})["appstore_visibility"] = visibility


class PlannedRules:
    """Pre-approval rules."""

    def create(self, world: World, step: PlanStep) -> None:
        live = adopted(step, world.after.rules, world)
        app_id = _plain(world.id_of(step.new.get("app_id")), step.urn)
        world.ids[step.urn] = str(live["id"]) if live else step.urn
        self._lay(world, live or {"id": step.urn, "app_id": app_id}, {}, step.new)

    def update(self, world: World, step: PlanStep) -> None:
        world.ids[step.urn] = step.id
        live = world.after.rules.get(step.id)
        if live:
            self._lay(world, live, step.old, step.new)

    def delete(self, world: World, step: PlanStep) -> None:
        live = world.after.rules.get(step.id)
        if live and BEFORE_ADOPTION in step.recorded:
            self._lay(world, live, step.old, step.recorded[BEFORE_ADOPTION])
        else:
            world.after.rules.pop(step.id, None)

    def _lay(self, world: World, live: Values, old: Values, new: Values) -> None:
        changed = lay_over(spec_of("PreApprovalRule").shape, live, old, new)
        changed["app_id"] = live["app_id"]
        pointers = changed.get("preapproved_permissions")
        if isinstance(pointers, list):
            ids = [one if isinstance(one, Unknown) else one.get("id") for one in pointers]
            changed["preapproved_permissions"] = [{"id": world.id_of(one)} for one in ids]
        world.names.complete(changed)
        world.after.rules[str(changed["id"])] = changed


def owned(population: Population) -> None:
    """Reduce every permission, in place, to its own configuration."""
    for permission in population.permissions.values():
        settings = population.settings[permission["app_id"]]
        permission["request_config"] = own_of(permission.get("request_config") or {}, settings)
    for permission in population.elsewhere.values():
        permission["request_config"] = own_of(permission.get("request_config") or {}, {})


def copied(population: Population) -> Population:
    """A copy that a plan may change."""
    return copy.deepcopy(population)
