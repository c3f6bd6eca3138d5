"""Applies the steps of a plan: an object before those that name it, deletions last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pulumi_lumos.report.model import Untold
from pulumi_lumos.report.population import Population
from pulumi_lumos.report.reading import Reader

from .attachments import PlannedAttachments
from .inheriting import WEBHOOKS, at, effective, own_of, passes_on_otherwise, put
from .named import Named
from .names import Names
from .objects import (
    PlannedApps,
    PlannedPermissions,
    PlannedRules,
    World,
    copied,
    own_permissions,
    owned,
)
from .policies import PlannedPolicies
from .presence import refuse_absent
from .steps import CREATES, KNOWN, PARTS_OF_REPLACE, REPLACES, PlanStep

_KINDS: dict[str, Any] = {
    "App": Named(),
    "AppStoreApp": PlannedApps(),
    "RequestablePermission": PlannedPermissions(),
    "ProvisioningGroupAttachment": PlannedAttachments(),
    "PreApprovalRule": PlannedRules(),
    "AccessPolicy": PlannedPolicies(),
}
"""The kinds, in the order in which they may name each other."""


@dataclass(frozen=True)
class Plan:
    """The steps of a plan that are about Lumos."""

    steps: tuple[PlanStep, ...]

    @property
    def opened(self) -> list[str]:
        """The apps that the plan puts into the AppStore, or takes over there."""
        steps = [one for one in self.steps if one.kind == "AppStoreApp" and one.op in CREATES]
        return [id for one in steps if isinstance(id := one.new.get("app_id"), str)]

    def applied(self, population: Population, reader: Reader) -> Population:
        """Compute Lumos as the plan leaves it; `reader` reads what only the plan needs.

        Raises PlanOfAnotherLumos if a step changes an object that is not there.
        """
        steps = [step for step in self.steps if step.op not in PARTS_OF_REPLACE]
        known = [step for step in steps if step.kind in _KINDS and step.op in KNOWN]
        refuse_absent(known, population, reader)
        after = copied(population)
        owned(after)
        world = World(after, population, reader, Names(population, reader))
        after.untold += [_untold(step) for step in steps if step not in known]
        goes = [one for one in known if one.op in ("delete", *REPLACES) and not one.is_kept]
        world.leaving |= {one.id for one in goes}
        for kind, objects in _KINDS.items():
            for step in _of(known, kind):
                if step.op in (*CREATES, *REPLACES):
                    objects.create(world, step)
                elif step.op == "update":
                    objects.update(world, step)
        for kind in reversed(_KINDS):
            for step in _of(goes, kind):
                # A replacement may have just taken over the same object: then the object stays.
                if world.ids.get(step.urn) != step.id:
                    _KINDS[kind].delete(world, step)
        _inherit(world)
        after.requests = reader.requests
        return after


def _of(steps: Iterable[PlanStep], kind: str) -> list[PlanStep]:
    return [step for step in steps if step.kind == kind]


def _untold(step: PlanStep) -> Untold:
    what = f"what the step {step.op!r} of the plan makes of {step.kind} {step.name}"
    return Untold(step.urn, f"{step.kind} {step.name}", what)


def _inherit(world: World) -> None:
    """Give every permission the values that it now inherits from its app."""
    before, after = world.before, world.after
    for app_id, settings in after.settings.items():
        was = before.settings.get(app_id)
        read_anew = was is not None and passes_on_otherwise(was, settings)
        own = own_permissions(world, app_id) if read_anew else {}
        for permission in after.permissions_of(app_id):
            config = permission.get("request_config") or {}
            if str(permission["id"]) in own and was is not None:
                config = _with_own_webhooks(world, permission, own[str(permission["id"])])
            permission["request_config"] = effective(config, settings)


def _with_own_webhooks(world: World, permission: Any, own: Any) -> Any:
    """The configuration with the webhooks and manual steps that Lumos says are its own.

    Values that the plan itself has changed stay as the plan says.
    """
    config, answered = permission["request_config"], own.get("request_config") or {}
    there = world.before.permissions.get(str(permission["id"])) or {}
    settings = world.before.settings[permission["app_id"]]
    was = own_of(there.get("request_config") or {}, settings)
    places = [mine for mine, _ in WEBHOOKS]
    for place in [*places, ("request_fulfillment_config", "manual_steps_needed")]:
        if at(config, place) == at(was, place):
            put(config, place, at(answered, place))
    return config
