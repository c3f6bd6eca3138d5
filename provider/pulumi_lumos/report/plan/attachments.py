"""Applies the attachments of a plan, which bind permissions to another group.

An attachment has no object in Lumos: its permission, the source, gets a successor with the group
and is hidden; deletion is the reverse.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pulumi_lumos.kinds.provisioning_group_attachment.bound import declared_visibility, of_the_bound
from pulumi_lumos.kinds.requestable_permission.lifecycle import (
    before_aside,
    label_aside,
    visibility,
)
from pulumi_lumos.lifecycle.adoption import ADOPT
from pulumi_lumos.report.model import Unknown
from pulumi_lumos.report.population import Values

from .objects import World, lay_permission, remove_permission, show
from .steps import PlanStep


class PlannedAttachments:
    """Provisioning groups bound to permissions that were made elsewhere."""

    def create(self, world: World, step: PlanStep) -> None:
        id = world.id_of(step.new.get("permission"))
        source = None if isinstance(id, Unknown) else world.permission(id)
        if source is None:
            return
        if _carries(source, step.new.get("group")):
            world.ids[step.urn] = str(source["id"])
            return
        self._succeed(world, step, source, source, {})

    def update(self, world: World, step: PlanStep) -> None:
        recorded = step.recorded
        bound_id, source_id = (
            recorded.get("bound_permission_id"),
            recorded.get("source_permission_id"),
        )
        bound, source = world.permission(str(bound_id)), world.permission(str(source_id))
        world.ids[step.urn] = str(bound_id)
        if step.old.get("group") == step.new.get("group"):
            if bound and recorded.get("mode") == "successor":
                app_id = bound["app_id"]
                before, now = of_the_bound(step.old, app_id), of_the_bound(step.new, app_id)
                lay_permission(world, bound, before, now)
            return
        if source and recorded.get("mode") == "successor" and _carries(source, step.new["group"]):
            self.delete(world, step)
        elif source and recorded.get("mode") != "successor":
            self._succeed(world, step, source, source, {})
        elif bound or source:
            self._succeed(world, step, source, bound or source, step.old)
            if bound:
                remove_permission(
                    world, str(bound_id), of_the_bound(step.old, bound["app_id"]), recorded
                )

    def delete(self, world: World, step: PlanStep) -> None:
        recorded = step.recorded
        if recorded.get("mode") == "existing":
            return
        bound, source = _recorded(world, step)
        if bound:
            managed = of_the_bound(step.old, bound["app_id"])
            remove_permission(world, str(bound["id"]), managed, recorded)
        if source:
            show(source, str(recorded.get("source_visibility") or "HIDDEN"))
            if before_aside(source).stays:
                source["label"] = before_aside(source).label

    def _succeed(
        self,
        world: World,
        step: PlanStep,
        source: Values | None,
        before: Values | None,
        old: Values,
    ) -> None:
        """Make the successor of `before`, and hide the source."""
        assert before is not None
        app_id, was = before["app_id"], before_aside(source or before)
        desired = of_the_bound(step.new, app_id)
        declared = declared_visibility(step.new)
        base = self._base(world, step, before)
        base.setdefault("request_config", {})["appstore_visibility"] = (
            step.recorded.get("source_visibility") or was.visibility
        )
        made = lay_permission(world, base, of_the_bound(old, app_id) if old else {}, desired)
        world.ids[step.urn] = str(made["id"])
        if source and visibility(source) == "VISIBLE":
            adopts = bool(step.new.get(ADOPT))
            if declared or adopts:
                source["label"] = label_aside(source, "adopted" if adopts else "succeeded")
            show(source, "HIDDEN")

    def _base(self, world: World, step: PlanStep, before: Values) -> Values:
        """The permission that becomes the successor: an adopted one, or a copy of the last one."""
        adopts = step.new.get(ADOPT)
        if adopts:
            label = step.new.get("label") or before_aside(before).label
            for one in list(world.after.permissions.values()):
                is_it = one["id"] == adopts or (adopts is True and one.get("label") == label)
                if is_it and one["id"] != before["id"] and one["app_id"] == before["app_id"]:
                    return one
        base = copy.deepcopy(before)
        base.update(id=step.urn, type="NATIVE", label=before_aside(before).label)
        return base


def _recorded(world: World, step: PlanStep) -> tuple[Values | None, Values | None]:
    """The successor and its source, as the last `up` has recorded them."""
    ids = (step.recorded.get(f"{name}_permission_id") for name in ("bound", "source"))
    bound, source = (world.permission(str(id)) for id in ids)
    return bound, source


def _carries(permission: Values, group: Any) -> bool:
    """Whether a permission is bound to a group, by either id of the group."""
    config = permission.get("request_config") or {}
    bound = (config.get("request_fulfillment_config") or {}).get("provisioning_group")
    if not isinstance(bound, Mapping) or not isinstance(group, Mapping):
        return False
    if group.get("id"):
        return bool(bound.get("id") == group["id"])
    names = ("app_id", "integration_specific_id")
    return all(bound.get(name) == group.get(name) for name in names)
