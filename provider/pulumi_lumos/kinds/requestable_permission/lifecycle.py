"""The lifecycle of a requestable permission, and how one steps aside for another of the same label.

Whether Lumos allows two permissions of one label in one app is not documented. Where it refuses,
the older one steps aside: it is renamed, and its new label says why and how it was found. So a run
that is cut off at any point can be run again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, Literal, NamedTuple

from pulumi_lumos.api.errors import BadRequest, Conflict, Invalid, NotFound
from pulumi_lumos.declare.flow import Answer, Body, Inputs, State
from pulumi_lumos.declare.spec import Problem, Values
from pulumi_lumos.declare.unknown import UNKNOWN, contains_unknown
from pulumi_lumos.errors import LumosError
from pulumi_lumos.lifecycle import adoption
from pulumi_lumos.lifecycle.call import Call
from pulumi_lumos.lifecycle.errors import Gone
from pulumi_lumos.lifecycle.object_lifecycle import ObjectLifecycle
from pulumi_lumos.values.paths import value_at
from pulumi_lumos.values.projection import deep_merge, to_inputs

from .app_store import warn_of_absent_app, warn_of_unapproved
from .group_sync import WAIT_FOR_SYNC, GroupNotSynced, await_group, is_missing, named_group
from .keep_visible import KeepVisible, advice
from .synced import REMEMBERS, SyncedObjects, group_of, problems_of_gone

Aside = Literal["replaced", "succeeded", "adopted"]
"""Why a permission has stepped aside: it is being replaced, or has a successor and stays.

The successor of one that says `adopted` was there before.
"""

VISIBILITY = "request_config.appstore_visibility"
APPROVAL = "request_config.request_approval_config"
OVERRIDE = f"{APPROVAL}.request_approval_config_override"
PROVISIONING_GROUP = "request_config.request_fulfillment_config.provisioning_group"

_ASIDE = re.compile(
    r"^(?P<label>.*) \((?P<why>replaced|succeeded|adopted), was (?P<visibility>visible|hidden), "
    r"(?P<id>[0-9a-f]{8})\)$",
    re.S,
)


class BeforeAside(NamedTuple):
    """A permission as it was before it stepped aside, and why it did; "" where it did not."""

    label: str
    visibility: str
    aside: str

    @property
    def stays(self) -> bool:
        """Whether it has a successor, and gets its label back when the successor goes."""
        return self.aside in ("succeeded", "adopted")


def before_aside(permission: Values) -> BeforeAside:
    """Read off a permission how it was before it stepped aside, if it did."""
    label = str(permission["label"])
    aside = _ASIDE.match(label)
    if aside and str(permission["id"]).startswith(aside["id"]):
        return BeforeAside(aside["label"], aside["visibility"].upper(), aside["why"])
    return BeforeAside(label, visibility(permission), "")


def label_aside(permission: Values, why: Aside) -> str:
    """The label of a permission that steps aside; part of its id keeps several of them apart."""
    was = before_aside(permission)
    return f"{was.label} ({why}, was {was.visibility.lower()}, {permission['id'][:8]})"


def visibility(permission: Values) -> str:
    """Whether people see a permission: VISIBLE or HIDDEN."""
    config = permission.get("request_config") or {}
    return str(config.get("appstore_visibility") or "HIDDEN")


def visibility_body(desired: str) -> Body:
    """The fields of a permission that show or hide it: `desired` is VISIBLE or HIDDEN."""
    return Body({"request_config": {"appstore_visibility": desired}})


def _is_visible(inputs: Inputs) -> bool:
    """Whether a program lets people see a permission."""
    config = inputs.get("request_config")
    return isinstance(config, dict) and config.get("appstore_visibility") == "VISIBLE"


def _key(inputs: Inputs) -> Values:
    return {name: inputs[name] for name in ("app_id", "label")}


def bound_group(permission: Values) -> Any:
    """The provisioning group of a permission; UNKNOWN where that may be one."""
    found: Any = permission
    for step in PROVISIONING_GROUP.split("."):
        if found is not UNKNOWN:
            found = (found or {}).get(step)
    return found


def _at(inputs: Inputs, path: str) -> Any:
    return value_at(inputs, tuple(path.split(".")))


def is_about_the_label(refusal: Conflict | Invalid) -> bool:
    """Whether Lumos refuses a permission because another has its label."""
    problems = refusal.problems if isinstance(refusal, Invalid) else ()
    named = any("label" in problem.path for problem in problems)
    return isinstance(refusal, Conflict) or named or "label" in refusal.detail


class Permissions(SyncedObjects):
    """A permission can be hidden instead of deleted, and step aside for another.

    Its provisioning group may be one that Lumos has yet to learn of.
    """

    filled_in = frozenset({"app_class_id", "app_instance_id"})

    def post(self, call: Call, inputs: Inputs) -> Answer:
        """Make the permission, once Lumos has its provisioning group; raises GroupNotSynced."""
        group = bound_group(inputs)
        if group and inputs.get(WAIT_FOR_SYNC):
            await_group(call, group, inputs[WAIT_FOR_SYNC])
        try:
            return super().post(call, inputs)
        except (BadRequest, NotFound, Invalid) as refusal:
            if group and is_missing(call, group):
                raise GroupNotSynced.untold(named_group(call, group)) from refusal
            raise

    def delete(self, call: Call, id: str, state: State) -> None:
        """Delete the permission, or hide it where the program wants to keep the audit trail.

        One that is hidden because another has taken its place gives way to it, so that the next
        replacement does not find two of one label.
        """
        if state.get("deletion_policy") != "hide":
            return super().delete(call, id, state)
        twins = {str(twin["id"]): twin for twin in self.list_by_key(call, self.spec.inputs(state))}
        with suppress(Gone):
            if id in twins and len(twins) > 1:
                self._step_aside(call, twins[id])
            else:
                self.remember(call, self.patch(call, id, visibility_body("HIDDEN")))

    def state(self, managed: Inputs, live: Answer, before: State | None = None) -> State:
        """What Pulumi records: the label that a permission with a successor has by rights.

        A program may declare it under the label that it has meanwhile, as an exported one does.
        """
        was = before_aside(live)
        is_declared = managed.get("label") == live["label"]
        label = was.label if was.stays and not is_declared else live["label"]
        seen = super().state(managed, Answer({**live, "label": label}), before)
        return State({**seen, **group_of(live, bound_group(live))})

    def is_as_declared(self, inputs: Inputs, live: Answer) -> bool:
        """Whether a permission is what these inputs would make, bound to no group they lack."""
        bound = bound_group(inputs) is None and bound_group(live) is not None
        return not bound and super().is_as_declared(inputs, live)

    def is_just_made(self, call: Call, inputs: Inputs, live: Answer) -> bool:
        """Whether a permission that was not there before a POST of these inputs was made by it.

        The permissions of an app that provisions DIRECT_TO_USER are hidden, and Lumos may hide one
        that was to be visible.
        """
        hidden = (
            deep_merge(inputs, visibility_body("HIDDEN"))
            if visibility(live) == "HIDDEN"
            else inputs
        )
        return self.may_be_made_from(call, hidden, live)

    def make_room(self, call: Call, old: Answer, refusal: Conflict | Invalid) -> bool:
        """Rename and hide the old permission, if its label is what Lumos refuses."""
        if before_aside(old).aside or not is_about_the_label(refusal):
            return False
        self._step_aside(call, old)
        return True

    def _step_aside(self, call: Call, old: Answer) -> None:
        aside = {"label": label_aside(old, "replaced")}
        self.change(call, old, Body({**aside, **visibility_body("HIDDEN")}))

    def undo_make_room(self, call: Call, old: Answer) -> None:
        """Give the old permission its label and visibility back."""
        self.change(call, old, Body({"label": old["label"], **visibility_body(visibility(old))}))

    def change(self, call: Call, permission: Answer, body: Body) -> Answer:
        """PATCH a permission; return it as it is now."""
        now = self.patch(call, str(permission["id"]), body)
        self.remember(call, now)
        return now

    def keep_visible(self, call: Call, app_id: str, id: str, since: float) -> None:
        """Show a permission again whenever this run hides it, and has done so since a moment."""
        call.run.shared(KeepVisible).keep(app_id, id, partial(self._show, call, id), since)

    def _show(self, call: Call, id: str) -> None:
        try:
            now = self.patch(call, id, visibility_body("VISIBLE"))
        except LumosError as error:
            call.tell.warn(f"{self.spec.name} {id} is HIDDEN now, by its app: {error}")
            return
        self.remember(call, now)
        if visibility(now) != "VISIBLE":
            call.tell.warn(
                f"{self.spec.name} {id} stays HIDDEN although it is declared VISIBLE: Lumos shows "
                "no permission of an app with DIRECT_TO_USER. Every refresh will show that."
            )


class PermissionLifecycle(ObjectLifecycle):
    """A permission is seen by people only in an app of the AppStore that does not hide it."""

    remembers: Mapping[str, str] = {**ObjectLifecycle.remembers, **REMEMBERS}

    @cached_property
    def objects(self) -> Permissions:
        """The permissions in Lumos."""
        return Permissions(self.spec)

    def check(
        self, call: Call, old: Inputs, new: Inputs, *, preview: bool
    ) -> tuple[Inputs, list[Problem]]:
        """Check the inputs; warn of what becomes of a permission by its app."""
        inputs, found = super().check(call, old, new, preview=preview)
        found = problems_of_gone(self.spec, old) or found
        if found:
            return inputs, found
        self._warn_if_hidden(call, old, new)
        if preview and call.run.previews_ask and old != new:
            self._warn_of_the_app(call, old, new)
        return inputs, found

    def _warn_if_hidden(self, call: Call, old: Inputs, new: Inputs) -> None:
        if not _is_visible(new) or contains_unknown(_key(new)):
            return
        begins = not _is_visible(old)
        kept = call.run.shared(KeepVisible)
        if kept.declare(new["app_id"], call.resource, new["label"], begins=begins):
            call.tell.warn(f"{VISIBILITY}: {advice('this one is declared')}")

    def _warn_of_the_app(self, call: Call, old: Inputs, new: Inputs) -> None:
        if contains_unknown([new.get(name) for name in (*self.spec.key, "request_config")]):
            return
        if not old and new.get(adoption.ADOPT):
            # An existing permission keeps the fields that the program does not give.
            old = to_inputs(self.spec.shape, adoption.get_object_to_adopt(self.objects, call, new))
            new = deep_merge(old, self.spec.sent(new))
        new = self.with_imported(call, old, new)
        is_shown = _at(new, VISIBILITY) == "VISIBLE" != _at(old, VISIBILITY)
        loses_own = bool(_at(old, OVERRIDE)) and _at(new, VISIBILITY) != "HIDDEN"
        if is_shown:
            warn_of_absent_app(call, new["app_id"], VISIBILITY, "nobody sees this permission")
        if (is_shown or loses_own) and not _at(new, OVERRIDE):
            warn_of_unapproved(call, new["app_id"], APPROVAL, is_new=not loses_own)

    def keep_true(self, call: Call, id: str, state: State, inputs: Inputs, since: float) -> None:
        """Keep a permission VISIBLE that is declared so: the call of its app may hide it."""
        if _is_visible(inputs) and inputs["app_id"] is not UNKNOWN:
            self.objects.keep_visible(call, inputs["app_id"], id, since)
