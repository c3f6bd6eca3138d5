"""Binds a provisioning group to a permission that already exists.

Lumos takes `provisioning_group` only when a permission is made (schema RequestConfigInputUpdate
lacks it), because changing it would rewrite what earlier grants meant in the audit trail. So a
permission that is not bound to the group gets a successor, made first; then the source is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pulumi import Input

from ..declare.fields import Computed, Field, computed, field
from ..declare.reading import rule
from ..declare.spec import Problem, Values
from ..declare.unknown import UNKNOWN
from ..host.dynamic import LumosResource
from ..lifecycle.body import clearing_body
from ..lifecycle.changes import changes
from ..lifecycle.identity import aliases_in
from ..lifecycle.life import ALIASES, Life
from ..lifecycle.projection import as_input, laid_over, project
from ..lifecycle.session import Session
from ..permission_life import as_found, shown, visibility
from ..shapes import GroupRef
from ..succession import bound_group, carries, found, hide, permissions, succeed
from .requestable_permission import RequestablePermission, RequestConfig


class PermissionField(Field[str]):
    """The id of a permission; the constructor takes a RequestablePermission too."""

    def __set__(self, instance: object, value: Input[str] | RequestablePermission) -> None:
        raise AttributeError("permission can only be given to the constructor")


def of_the_bound(values: Values, app_id: str) -> Values:
    """What the program says of the bound permission, as fields of a RequestablePermission."""
    config = dict(values.get("request_config") or {})
    fulfillment = config.get("request_fulfillment_config") or {}
    config["request_fulfillment_config"] = {**fulfillment, "provisioning_group": values["group"]}
    if values.get("appstore_visibility"):
        config["appstore_visibility"] = values["appstore_visibility"]
    label = {"label": values["label"]} if values.get("label") else {}
    return {"app_id": app_id, **label, "request_config": config}


class AttachmentLife(Life):
    """An attachment is up to two permissions: the source and its successor.

    Nothing of it is an object of its own in Lumos, so every step differs from the usual.
    """

    def check_new(self, session: Session, inputs: Values, owner: str) -> list[Problem]:
        """What a preview can tell: whether the permission is there."""
        source = inputs["permission"]
        if source is UNKNOWN:
            session.check_token()
        elif permissions.live(session, source, {}) is None:
            return [("permission", f"Lumos has no permission with the id {source}")]
        return []

    def create(self, session: Session, inputs: Values, owner: str) -> tuple[str, Values]:
        """Record the binding that is there, or make the successor and hide the source."""
        source = found(session, inputs["permission"])
        if carries(source, inputs["group"]):
            return source["id"], self._state(inputs, source, source["id"], "existing", "")
        bound = self._succeed(session, source, inputs)
        was = as_found(source).visibility
        if not inputs.get("appstore_visibility") and "VISIBLE" in (was, visibility(bound)):
            # A run that was cut off after hiding the source left its visibility on the successor.
            was = "VISIBLE"
        hide(session, source)
        return source["id"], self._state(inputs, bound, source["id"], "successor", was)

    def read(self, session: Session, id: str, state: Values) -> Values | None:
        """The binding as Lumos has it now; None where the permission itself is gone."""
        bound = permissions.live(session, state.get("bound_permission_id") or id, state)
        if bound is None:
            return self._without_successor(session, state)
        if "permission" not in state:
            group = as_input(self.spec.fields["group"].type, bound_group(bound))
            return self._state({"permission": id, "group": group}, bound, id, "existing", "")
        inputs = self.spec.inputs(state)
        outputs = {name: state[name] for name in state if name not in inputs}
        return {**outputs, **self._seen(inputs, bound)}

    def update(self, session: Session, id: str, state: Values, inputs: Values) -> Values:
        """Bring the successor up to date; another group makes another successor first."""
        old = self.spec.inputs(state)
        differs = changes(self.spec.shape, old, inputs, state.get(ALIASES) or {})
        if not any(difference.path[0] == "group" for difference in differs):
            return self._update_in_place(session, state, inputs)
        before = permissions.live(session, state["bound_permission_id"], state)
        if before is None:
            return self._succeed_again(session, state, inputs)
        was = state["source_visibility"] or as_found(before).visibility
        bound = self._succeed(session, before, inputs, old)
        if state["mode"] == "existing":
            hide(session, before)
        else:
            permissions.delete(session, before["id"], state)
        return self._state(inputs, bound, state["source_permission_id"], "successor", was)

    def delete(self, session: Session, id: str, state: Values) -> None:
        """Bring the source back as it was found, then remove the successor.

        What a create of this run has found to be there stays, as in `Life.delete`.
        """
        bound = state["bound_permission_id"]
        if state["mode"] == "existing" or session.spares(permissions.spec, bound):
            return
        source = permissions.live(session, state["source_permission_id"], {})
        if source and visibility(source) != state["source_visibility"]:
            permissions.change(session, source, shown(state["source_visibility"]))
        permissions.delete(session, bound, state)
        if source and as_found(source).gave_way:
            permissions.change(session, source, {"label": as_found(source).label})

    def _succeed(
        self, session: Session, before: Values, inputs: Values, old: Values | None = None
    ) -> Values:
        wanted = of_the_bound(inputs, before["app_id"])
        if old:
            said = of_the_bound(old, before["app_id"])
            no_longer = clearing_body(changes(permissions.spec.shape, said, wanted, {}))
            no_longer.pop("label", None)
            wanted = laid_over(no_longer, wanted)
        # The label of a definition in the same program belongs to that resource.
        its_own = before["id"] != inputs["permission"] or "label" not in inputs
        return succeed(session, before, wanted, inputs["group"], may_rename=its_own)

    def _update_in_place(self, session: Session, state: Values, inputs: Values) -> Values:
        if state["mode"] == "existing":
            return {**state, **inputs}
        aliases = {ALIASES: state.get(ALIASES) or {}}
        old = of_the_bound(self.spec.inputs(state), state["app_id"]) | aliases
        new = of_the_bound(self._completed(session, state, inputs), state["app_id"])
        permissions.update(session, state["bound_permission_id"], old, new)
        outputs = {name: state[name] for name in state if name not in self.spec.fields}
        return {**outputs, **inputs}

    def _without_successor(self, session: Session, state: Values) -> Values | None:
        """What is left when somebody has deleted the successor: a source without its group."""
        if state.get("mode") != "successor":
            return None
        if permissions.live(session, state["source_permission_id"], {}) is None:
            return None
        return {name: value for name, value in state.items() if name != "group"}

    def _succeed_again(self, session: Session, state: Values, inputs: Values) -> Values:
        """Another successor, where somebody has deleted the last one."""
        source = found(session, state["source_permission_id"])
        was = state["source_visibility"]
        bound = self._succeed(session, source, {"appstore_visibility": was, **inputs})
        return self._state(inputs, bound, source["id"], "successor", was)

    def _completed(self, session: Session, state: Values, inputs: Values) -> Values:
        """The inputs, with what they no longer say as the source has it."""
        completed = dict(inputs)
        if "label" in state and "label" not in inputs:
            completed["label"] = as_found(found(session, state["source_permission_id"])).label
        if "appstore_visibility" in state:
            completed.setdefault("appstore_visibility", state["source_visibility"])
        return completed

    def _seen(self, inputs: Values, bound: Values) -> Values:
        """The inputs as the bound permission shows them."""
        said = of_the_bound(inputs, bound["app_id"])
        aliases = aliases_in(permissions.spec.shape, bound)
        config = project(permissions.spec.shape, said, bound, aliases).get("request_config") or {}
        fulfillment = config.get("request_fulfillment_config") or {}
        seen = {
            "group": fulfillment.pop("provisioning_group", None),
            "label": bound["label"],
            "appstore_visibility": config.get("appstore_visibility"),
            "request_config": project(
                self.spec.shape,
                {"request_config": inputs.get("request_config")},
                {"request_config": config},
                aliases,
            ).get("request_config"),
        }
        kept = {name: value for name, value in seen.items() if name in inputs and value is not None}
        return {"permission": inputs["permission"], **kept}

    def _state(
        self, inputs: Values, bound: Values, source: str, mode: str, source_visibility: str
    ) -> Values:
        return {
            **self._seen(inputs, bound),
            ALIASES: aliases_in(permissions.spec.shape, bound),
            "app_id": bound["app_id"],
            "bound_permission_id": bound["id"],
            "source_permission_id": source,
            "group_id": (bound_group(bound) or {}).get("id"),
            "mode": mode,
            "source_visibility": source_visibility,
        }


class ProvisioningGroupAttachment(
    LumosResource,
    at="/appstore/requestable_permissions",
    key=("permission",),
    life=AttachmentLife,
):
    """A provisioning group bound to a permission that was made elsewhere.

    Where the permission is bound to the group already, that is recorded and nothing changes.
    Otherwise it gets a successor with the group, which is what people request from then on, and
    is hidden itself. Deleting the attachment brings it back.
    """

    permission: PermissionField = field(
        "The permission to bind: its id, or a RequestablePermission of this program that serves "
        "as the definition and is itself HIDDEN.",
        replaces=True,
    )
    group: Field[GroupRef] = field("The group that a grant puts the person into.")
    label: Field[str | None] = field(
        "The label of the successor, else that of the permission.", default=None, option=True
    )
    request_config: Field[RequestConfig | None] = field(
        "Settings of the successor, else those of the permission.", default=None
    )
    appstore_visibility: Field[Literal["HIDDEN", "VISIBLE"] | None] = field(
        "Whether people see the successor: VISIBLE for a definition of this program, else as the "
        "permission was found.",
        default=None,
        option=True,
    )
    app_id: Computed[str] = computed("ID of the app the permission belongs to.")
    bound_permission_id: Computed[str] = computed("ID of the permission that people request.")
    source_permission_id: Computed[str] = computed("ID of the permission that was given.")
    group_id: Computed[str] = computed("ID of the group in Lumos.")
    mode: Computed[Literal["existing", "successor"]] = computed(
        "Whether the permission was bound to the group already or has a successor."
    )
    source_visibility: Computed[str] = computed(
        "The visibility that deletion gives back to the permission."
    )

    @classmethod
    def expand(cls, fields: Values) -> Values:
        """A RequestablePermission stands for its id, label and configuration."""
        definition = fields.get("permission")
        if not isinstance(definition, RequestablePermission):
            return fields
        defined = {
            "label": definition.label,
            "request_config": definition.request_config,
            "appstore_visibility": "VISIBLE",
        }
        given = {name: value for name, value in fields.items() if value is not None}
        return {**defined, **given, "permission": definition.id}


@rule(
    ProvisioningGroupAttachment,
    "A RequestablePermission that serves as the definition is HIDDEN and names no group itself.",
)
def _definition(request_config: Any) -> Iterator[Problem]:
    config = request_config or {}
    if config.get("appstore_visibility") == "VISIBLE":
        yield (
            "permission",
            "leave this RequestablePermission HIDDEN, because people request its successor; or "
            "give it provisioning_group inline and remove the attachment",
        )
    fulfillment = config.get("request_fulfillment_config") or {}
    if fulfillment is not UNKNOWN and fulfillment.get("provisioning_group"):
        yield "permission", "it has a provisioning_group already; remove that or the attachment"
