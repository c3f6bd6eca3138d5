"""The lifecycle of an app in the AppStore, which is made of two objects of Lumos."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from pulumi_lumos.api.errors import ApiError, NotFound
from pulumi_lumos.api.paths import path
from pulumi_lumos.declare.flow import Answer, Body, Inputs
from pulumi_lumos.declare.spec import Problem
from pulumi_lumos.declare.unknown import UNKNOWN
from pulumi_lumos.kinds.requestable_permission.keep_visible import KeepVisible, advice, says_direct
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.errors import HalfMade, Unreadable
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle
from pulumi_lumos.lifecycle.objects import Objects
from pulumi_lumos.values.deferral import AWAITS
from pulumi_lumos.values.live import Live
from pulumi_lumos.values.removals import configured_beside


class AppStoreApps(Objects):
    """Settings and app data come from two calls, and neither answers with an id."""

    def find_by_id(self, call: Call, id: str) -> Answer | None:
        """Read the settings and the app's own data; return None if it is not in the AppStore."""
        try:
            settings = call.run.client.get(path("/apps/{app_id}/settings", app_id=id))
            if not isinstance(settings, dict) or "in_app_store" not in settings:
                # Without the flag nobody knows, so the app must not count as gone.
                raise Unreadable(self.spec, settings, id)
            if not settings["in_app_store"]:
                return None
            return self.with_id({**self._app(call, id), **settings}, id)
        except NotFound:
            return None

    def post(self, call: Call, inputs: Inputs) -> Answer:
        """Add the app to the AppStore with all its settings in one call.

        An app that was there before comes back with the settings that it had.
        """
        made = super().post(call, inputs)
        if kept := [*configured_beside(self.spec.shape, inputs, Live(self.spec, made))]:
            call.tell.info(f"comes back with settings from before: {', '.join(kept)}")
        if says_direct(inputs):
            call.run.shared(KeepVisible).hide(made["id"])
        try:
            return Answer({**self._app(call, made["id"]), **made})
        except (ApiError, Unreadable) as error:
            raise HalfMade(self.spec, made["id"], self.state(inputs, made), error) from None

    def patch(self, call: Call, id: str, body: Body, *, may_wait: bool = True) -> Answer:
        """Change the settings; what Lumos hides for it and the program shows is shown again."""
        now = super().patch(call, id, body, may_wait=may_wait)
        if says_direct(body):
            call.run.shared(KeepVisible).hide(id)
        return now

    def _app(self, call: Call, id: str) -> Answer:
        """Read the app's own data, from a page of the list of apps where many are read."""
        listed = call.run.apps.find(id)
        found = listed or call.run.client.get(path("/apps/{app_id}", app_id=id))
        if not isinstance(found, dict) or found.get("id") != id:
            raise Unreadable(self.spec, found, id)
        return Answer(found)


class AppStoreAppLifecycle(ObjectLifecycle):
    """An app can hide what a permission is to show, and needs one before it takes all settings."""

    remembers: Mapping[str, str] = {
        **ObjectLifecycle.remembers,
        AWAITS: "The arguments that Lumos takes only once the app has a permission people see.",
    }

    @cached_property
    def objects(self) -> AppStoreApps:
        """The apps of the AppStore in Lumos."""
        return AppStoreApps(self.spec)

    def check(
        self, call: Call, old: Inputs, new: Inputs, *, preview: bool
    ) -> tuple[Inputs, list[Problem]]:
        """Check the inputs; warn if the app hides what is to be VISIBLE."""
        inputs, found = super().check(call, old, new, preview=preview)
        if not found and says_direct(new) and new["app_id"] is not UNKNOWN:
            begins = not says_direct(old)
            labels = call.run.shared(KeepVisible).declare_direct(new["app_id"], begins=begins)
            if labels:
                named = f"the permission {' and '.join(map(repr, labels))} is declared"
                call.tell.warn(f"provisioning.groups_provisioning: {advice(named)}")
        return inputs, found
