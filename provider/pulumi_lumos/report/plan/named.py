"""Applies a plan to the apps themselves, which other objects name."""

from __future__ import annotations

from .objects import World
from .steps import PlanStep


class Named:
    """Apps of the company, whether in the AppStore or not."""

    def create(self, world: World, step: PlanStep) -> None:
        adopts = step.new.get("adopt")
        world.ids[step.urn] = adopts if isinstance(adopts, str) else step.urn

    def update(self, world: World, step: PlanStep) -> None:
        world.ids[step.urn] = step.id
        app = world.after.apps.get(step.id)
        if app and isinstance(step.new.get("name"), str):
            app["user_friendly_label"] = step.new["name"]

    def delete(self, world: World, step: PlanStep) -> None:
        """Take the app out of the AppStore, as Lumos does when it is disconnected."""
        if "before_adoption" not in step.recorded:
            world.after.apps.pop(step.id, None)
            world.after.settings.pop(step.id, None)
