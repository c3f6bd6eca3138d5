"""Applies a plan to access policies."""

from __future__ import annotations

from typing import Any

from pulumi_lumos.lifecycle.adoption import BEFORE_ADOPTION
from pulumi_lumos.report.model import Unknown
from pulumi_lumos.report.population import Values

from .laying import lay_over
from .objects import World, adopted, spec_of
from .steps import PlanStep

NEW_POLICY: Values = {
    "status": "DRAFT",
    "is_enabled": False,
    "is_everyone_condition": False,
    "access_condition": {},
    "apps": [],
}
"""The defaults of a new policy (schema AccessPolicyInput)."""


class PlannedPolicies:
    """Access policies."""

    def create(self, world: World, step: PlanStep) -> None:
        live = adopted(step, world.after.policies, world)
        world.ids[step.urn] = str(live["id"]) if live else step.urn
        self._lay(world, live or {**NEW_POLICY, "id": step.urn}, {}, step.new)

    def update(self, world: World, step: PlanStep) -> None:
        world.ids[step.urn] = step.id
        live = world.after.policies.get(step.id)
        if live:
            self._lay(world, live, step.old, step.new)

    def delete(self, world: World, step: PlanStep) -> None:
        live = world.after.policies.get(step.id)
        if live and BEFORE_ADOPTION in step.recorded:
            self._lay(world, live, step.old, step.recorded[BEFORE_ADOPTION])
        else:
            world.after.policies.pop(step.id, None)

    def _lay(self, world: World, live: Values, old: Values, new: Values) -> None:
        changed = lay_over(spec_of("AccessPolicy").shape, live, old, new)
        known = {str(app.get("id")): app for app in live.get("apps") or ()}
        apps = changed.get("apps")
        if isinstance(apps, list):
            changed["apps"] = [_app(world, one, known) for one in apps if isinstance(one, dict)]
        world.after.policies[str(changed["id"])] = changed


def _app(world: World, app: Values, known: dict[str, Values]) -> Values:
    """An app of a policy with resolved ids, and the other fields that Lumos has."""
    id = world.id_of(app.get("id"))
    there = {"is_preapproved": False, "permissions": [], **known.get(str(id), {})}
    permissions = app.get("permissions")
    if isinstance(permissions, list):
        app = {**app, "permissions": [{"id": _permission(world, one)} for one in permissions]}
    return {**there, **app, "id": id}


def _permission(world: World, pointer: Any) -> Any:
    return world.id_of(pointer if isinstance(pointer, Unknown) else pointer.get("id"))
